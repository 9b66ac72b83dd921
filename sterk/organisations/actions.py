"""Organisations and their people: who comes in, in which role, and who must stay apart."""

import secrets
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from sterk.lifecycle import Refusal, locked
from sterk.logbook.models import Entry
from sterk.organisations import mails
from sterk.organisations.models import Conflict, Invitation, Membership, Organisation, digest_of
from sterk.policy import OrganisationRole, PlatformRole

VALID_FOR = timedelta(days=7)
# Without these nobody is left to let others in.
INDISPENSABLE = {OrganisationRole.COORDINATOR, PlatformRole.ADMIN}


@transaction.atomic
def create(*, by, **facts) -> Organisation:
    """A new organisation, still without people. ``facts`` are fields of the model."""
    organisation = _written(Organisation(**facts))
    Entry.record(by, "organisation.create", organisation)
    return organisation


@transaction.atomic
def edit(organisation, *, by, **facts) -> Organisation:
    """Change the facts of an organisation; only those that really differ are written."""
    organisation = locked(organisation)
    changed = [field for field, value in facts.items() if getattr(organisation, field) != value]
    if not changed:
        return organisation
    for field in changed:
        setattr(organisation, field, facts[field])
    _written(organisation, update_fields=changed)
    Entry.record(by, "organisation.edit", organisation, fields=changed)
    return organisation


def _written(organisation, **how):
    try:
        with transaction.atomic():
            organisation.save(**how)
    except IntegrityError as fault:
        raise Refusal("Er is al een organisatie met deze naam.") from fault
    return organisation


@transaction.atomic
def invite(organisation, *, by, email, name, role) -> Invitation:
    """Ask somebody to take up a role here; the mail is written in the same transaction.

    Who already belongs here is asked in the same way: a role is taken up by its holder, never laid upon.
    """
    organisation = locked(organisation)
    if role not in organisation.roles:
        raise Refusal("Deze rol bestaat niet bij deze organisatie.")
    if by and by.email.lower() == email.strip().lower() and not _belongs(by, organisation):
        raise Refusal("Je kunt jezelf geen rol geven. Vraag het iemand van deze organisatie.")
    return _invitation(organisation, by=by, email=email, name=name, role=role)


def _belongs(person, organisation):
    return person.memberships.current().filter(organisation=organisation).exists()


@transaction.atomic
def invite_staff(*, by, email, name, role) -> Invitation:
    """Ask somebody to work for the label itself. ``by`` is None for the very first, from the command line."""
    if role not in PlatformRole.values:
        raise Refusal("Deze rol bestaat niet bij het label.")
    if by and by.email.lower() == email.strip().lower():
        raise Refusal("Je kunt jezelf geen rol geven. Vraag het een andere beheerder.")
    return _invitation(None, by=by, email=email, name=name, role=role)


def _invitation(organisation, *, by, email, name, role):
    email, now = email.strip().lower(), timezone.now()
    same = {"organisation": organisation, "role": role}
    if Membership.objects.current().filter(person__email__iexact=email, **same).exists():
        raise Refusal(f"{name} heeft deze rol al.")
    earlier = Invitation.objects.unanswered().filter(email=email, **same)
    earlier.filter(expires_at__lte=now).update(withdrawn_at=now)
    secret = secrets.token_urlsafe(32)
    invitation = Invitation(email=email, name=name, invited_by=by, invited_at=now, **same)
    invitation.digest, invitation.expires_at = digest_of(secret), now + VALID_FOR
    try:
        with transaction.atomic():
            invitation.save()
    except IntegrityError as fault:
        raise Refusal(f"Er ligt al een uitnodiging voor {name} in deze rol.") from fault
    invitation.secret = secret
    Entry.record(by, "invitation.send", invitation, role=role)
    mails.invited(invitation)
    return invitation


@transaction.atomic
def withdraw_invitation(invitation, *, by) -> Invitation:
    """Make the link in the mail worthless."""
    invitation = locked(invitation)
    if invitation.accepted_at or invitation.withdrawn_at:
        raise Refusal("Deze uitnodiging is al aangenomen of ingetrokken.")
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    Entry.record(by, "invitation.withdraw", invitation, role=invitation.role)
    return invitation


@transaction.atomic
def accept_invitation(invitation, *, by) -> Membership:
    """Take up the role. Only who owns the address that was invited can do so, and only once."""
    invitation = locked(invitation)
    now = timezone.now()
    if not invitation.is_open(now):
        raise Refusal("Deze uitnodiging is niet meer geldig.")
    if not invitation.is_for(by):
        raise Refusal("Deze uitnodiging is voor een ander e-mailadres.")
    invitation.accepted_at, invitation.accepted_by = now, by
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    membership, _ = Membership.objects.current().get_or_create(
        person=by, organisation_id=invitation.organisation_id, role=invitation.role
    )
    by.forget_roles()
    Entry.record(by, "membership.begin", membership, role=membership.role)
    return membership


@transaction.atomic
def end_membership(membership, *, by) -> Membership:
    """End one role of one person; it stops counting with the next request."""
    _hold_place(membership)
    membership = locked(membership)
    if membership.ended_at:
        raise Refusal("Deze rol is al beëindigd.")
    if membership.role in INDISPENSABLE and not _others(membership).exists():
        label = membership.get_role_display()
        raise Refusal(f"Dit is de enige {label}. Geef eerst een ander deze rol.")
    membership.ended_at = timezone.now()
    membership.save(update_fields=["ended_at"])
    Entry.record(
        by, "membership.end", membership, role=membership.role, person=membership.person.name
    )
    return membership


def _hold_place(membership):
    """Let nobody else end a role in this place meanwhile: two who leave together would leave nobody."""
    place = Membership.objects.current().filter(organisation_id=membership.organisation_id)
    list(place.select_for_update().order_by("pk").values_list("pk"))


def _others(membership):
    place = Membership.objects.with_role(membership.role).exclude(pk=membership.pk)
    return place.filter(organisation_id=membership.organisation_id, person__is_active=True)


@transaction.atomic
def record_conflict(person, organisation, *, by, reason) -> Conflict:
    """Keep a person away from everything of an organisation, in every role outside it."""
    if Membership.objects.filter(person=person, organisation=organisation).exists():
        raise Refusal(f"{person} hoort of hoorde bij {organisation} en mag daar al niet toetsen.")
    tied = Organisation.objects.barred_for(by).filter(pk=organisation.pk)
    if by != person and tied.exists():
        raise Refusal(f"Je hebt zelf een band met {organisation}. Laat een collega dit vastleggen.")
    conflict, created = Conflict.objects.get_or_create(
        person=person, organisation=organisation, defaults={"reason": reason, "recorded_by": by}
    )
    if not created:
        raise Refusal(f"Dit belang van {person} is al vastgelegd.")
    Entry.record(by, "conflict.record", conflict)
    return conflict


@transaction.atomic
def lift_conflict(conflict, *, by) -> None:
    """The conflict is over. Nobody says so of themselves."""
    conflict = locked(conflict)
    if conflict.person_id == by.pk:
        raise Refusal("Je eigen belang laat je door een ander opheffen.")
    Entry.record(by, "conflict.lift", conflict)
    conflict.delete()
