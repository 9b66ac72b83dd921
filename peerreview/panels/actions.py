"""Making panels. A reviewer is never on a panel for an organisation he or she has a tie with."""

from django.db import transaction
from django.utils import timezone

from labels.frameworks.models import RouteCode
from peerreview.panels import mails
from peerreview.panels.models import Panel, PanelMember
from sterk.lifecycle import Refusal, locked
from sterk.logbook.models import Entry
from sterk.organisations.models import Membership, Organisation
from sterk.policy import OrganisationRole

Capacity = PanelMember.Capacity
ROLE = {
    Capacity.PEER: OrganisationRole.REVIEWER,
    Capacity.AUDITOR: OrganisationRole.AUDITOR,
}
FEWEST = {RouteCode.PEER: 2, RouteCode.EXTERNAL: 1, RouteCode.COMBINED: 2}  # label.md 3.3 and 3.5


def candidates(sign_up):
    """Memberships of people who may be placed in the panel for this sign-up, by capacity and name.

    Reviewers of other organisations and auditors, as far as the route asks for them; nobody with a recorded conflict,
    nobody who belongs or ever belonged to the organisation under review.
    """
    route = sign_up.round.framework.routes.get(code=sign_up.route)
    organisation = sign_up.organisation
    return (
        Membership.objects.with_role(*(ROLE[capacity] for capacity in route.reviewers))
        .filter(person__is_active=True)
        .exclude(person__conflicts__organisation=organisation)
        .exclude(person__memberships__organisation=organisation)
        .select_related("person", "organisation")
        .order_by("role", "organisation__name", "person__name")
    )


@transaction.atomic
def place(sign_up, membership, *, by, lead=False):
    """Put a person in the panel of this sign-up, for the organisation of this membership.

    The first one leads until somebody else is made lead. Placing somebody twice changes nothing.
    """
    sign_up = locked(sign_up)
    panel, _ = Panel.objects.get_or_create(sign_up=sign_up)
    person = membership.person
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
    if lead or not panel.members.current().filter(lead=True).exists():
        make_lead(member, by=by)
    return member


@transaction.atomic
def make_lead(member, *, by):
    """Let this member lead the panel; whoever led it no longer does."""
    panel = locked(member.panel)
    panel.members.current().filter(lead=True).update(lead=False)
    member = locked(member)
    if member.left_at:
        raise Refusal("Deze persoon zit niet meer in het toetsteam.")
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


def complete(panel):
    """Raise ``Refusal`` when the panel is not what its route asks for."""
    sign_up = panel.sign_up
    members = list(panel.members.current().select_related("person"))
    route = sign_up.round.framework.routes.get(code=sign_up.route)
    if len(members) < (fewest := FEWEST[sign_up.route]):
        raise Refusal(f"Een toetsteam voor deze route heeft minstens {fewest} mensen.")
    for capacity in route.reviewers:
        if not any(member.capacity == capacity for member in members):
            raise Refusal(f"In dit toetsteam zit nog geen {Capacity(capacity).label}.")
    if not any(member.lead for member in members):
        raise Refusal("Dit toetsteam heeft nog geen voorzitter.")
    for member in members:
        _untied(member.person, sign_up.organisation)


def _untied(person, organisation):
    if Organisation.objects.barred_for(person).filter(pk=organisation.pk).exists():
        raise Refusal(f"{person} heeft een band met {organisation} en kan daar niet toetsen.")
