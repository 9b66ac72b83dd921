"""Making panels. A reviewer is never on a panel for an organisation he or she has a tie with."""

from django.db import transaction
from django.utils import timezone

from peerreview.panels import mails
from peerreview.panels.models import Panel, PanelMember
from peerreview.rounds.matching import lacking
from sterk import policy
from sterk.lifecycle import Refusal, locked
from sterk.logbook.models import Entry
from sterk.organisations.models import Membership, Organisation
from sterk.policy import OrganisationRole, Permission

Capacity = PanelMember.Capacity
ROLE = {
    Capacity.PEER: OrganisationRole.REVIEWER,
    Capacity.AUDITOR: OrganisationRole.AUDITOR,
}


def candidates(sign_up):
    """Memberships of people who may be placed in the panel for this sign-up, by capacity and name.

    Reviewers of other organisations and auditors, as far as the route asks for them; nobody with a recorded conflict,
    nobody who belongs or ever belonged to the organisation under review, nobody of bureau or committee: they never see
    a score.
    """
    organisation = sign_up.organisation
    roles = [ROLE[capacity] for capacity in route_of(sign_up).reviewers]
    staff = Membership.objects.with_role(*policy.roles_with(Permission.FOLLOW_REVIEWS))
    return (
        Membership.objects.with_role(*roles)
        .filter(person__is_active=True)
        .exclude(person__conflicts__organisation=organisation)
        .exclude(person__memberships__organisation=organisation)
        .exclude(person__in=staff.values("person"))
        .select_related("person", "organisation")
        .order_by("role", "organisation__name", "person__name", "pk")
    )


def route_of(sign_up):
    """The route of this sign-up, with what it asks under its framework."""
    return sign_up.round.framework.routes.get(code=sign_up.route)


@transaction.atomic
def place(sign_up, membership, *, by, lead=False):
    """Put a person in the panel of this sign-up, for the organisation of this membership.

    The first one leads until somebody else is made lead. Placing somebody twice changes nothing. While a review is
    under way one joins it by ``reviews.actions.join``.
    """
    sign_up = locked(sign_up)
    panel, _ = Panel.objects.get_or_create(sign_up=sign_up)
    _at_rest(panel)
    member = add(panel, membership, by=by)
    return make_lead(member, by=by) if lead and not member.lead else member


@transaction.atomic
def add(panel, membership, *, by):
    """Put a person in this panel, whether or not a review is under way. Somebody who is in it already stays as they are."""
    panel = locked(panel)
    sign_up, person = panel.sign_up, membership.person
    if known := panel.members.current().filter(person=person).first():
        return known
    _untied(person, sign_up.organisation)
    if not candidates(sign_up).filter(pk=membership.pk).exists():
        raise Refusal("Deze persoon past niet bij de route van deze organisatie.")
    capacity = Capacity.PEER if membership.role == OrganisationRole.REVIEWER else Capacity.AUDITOR
    member = PanelMember.objects.create(
        panel=panel,
        person=person,
        organisation=membership.organisation,
        capacity=capacity,
        lead=False,
        placed_by=by,
    )
    Entry.record(by, "panel.place", panel, person=person.pk)
    mails.placed(member)
    if not panel.members.current().filter(lead=True).exists():
        member = make_lead(member, by=by)
    return member


@transaction.atomic
def make_lead(member, *, by):
    """Let this member lead the panel; whoever led it no longer does. Doing so twice changes nothing."""
    panel = locked(member.panel)
    member = locked(member)
    if member.left_at:
        raise Refusal("Deze persoon zit niet meer in het toetsteam.")
    if member.lead:
        return member
    panel.members.current().filter(lead=True).update(lead=False)
    member.lead = True
    member.save(update_fields=["lead"])
    Entry.record(by, "panel.make_lead", panel, person=member.person_id)
    return member


@transaction.atomic
def let_go(member, *, by):
    """Take a person out of the panel; what he or she scored stays in the books and no longer counts."""
    panel = locked(member.panel)
    member = locked(member)
    if member.left_at:
        return member
    member.left_at, member.lead = timezone.now(), False
    member.save(update_fields=["left_at", "lead"])
    Entry.record(by, "panel.let_go", panel, person=member.person_id)
    return member


def ready(panel):
    """Raise ``Refusal`` when this panel cannot begin: it is not complete, or somebody in it no longer reviews."""
    complete(panel)
    members = panel.members.current()
    lapsed = members.exclude(pk__in=members.with_mandate().values("pk"))
    if gone := lapsed.select_related("person", "organisation").first():
        raise Refusal(f"{gone.person} toetst niet meer voor {gone.organisation}.")


def complete(panel):
    """Raise ``Refusal`` when the panel is not what its route asks for."""
    sign_up = panel.sign_up
    members = list(panel.members.current().select_related("person"))
    if lack := lacking(route_of(sign_up), members):
        raise Refusal(lack)
    for member in members:
        _untied(member.person, sign_up.organisation)


def _at_rest(panel):
    if panel.reviews.filter(finished_at__isnull=True).exists():
        raise Refusal("De toetsing loopt inmiddels. Kijk nog eens en probeer het opnieuw.")


def _untied(person, organisation):
    if Organisation.objects.barred_for(person).filter(pk=organisation.pk).exists():
        raise Refusal(f"{person} heeft een band met {organisation} en kan daar niet toetsen.")
