"""An invitation: for one address, one role, once, seven days."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from sterk.lifecycle import Refusal
from sterk.logbook.models import Entry
from sterk.mail.models import Message
from sterk.mail.tasks import deliver
from sterk.organisations import actions
from sterk.organisations.models import Invitation, Membership, digest_of
from sterk.policy import OrganisationRole, PlatformRole
from tests.makers import make_organisation


def invite(organisation, by, *, email="mo@voorbeeld.example", name="Mo", role="contributor"):
    return actions.invite(organisation, by=by, email=email, name=name, role=role)


def age(invitation, days):
    """Let this invitation have been sent so many days earlier."""
    earlier = timezone.now() - timedelta(days=days)
    Invitation.objects.filter(pk=invitation.pk).update(
        invited_at=earlier, expires_at=earlier + actions.VALID_FOR
    )
    return Invitation.objects.get(pk=invitation.pk)


def test_an_invitation_goes_to_one_address_and_the_mail_holds_the_only_link(anna, zonnehof):
    invitation = invite(zonnehof, anna, email=" Mo@Voorbeeld.example ")

    message = Message.objects.get()
    assert message.recipient == "mo@voorbeeld.example"
    assert message.subject == "Uitnodiging: doe mee bij Zonnehof"
    assert "Anna nodigt je uit als medewerker van Zonnehof" in message.body
    assert f"/uitnodiging/{invitation.secret}/" in message.body


def test_the_table_keeps_no_secret_of_an_invitation(anna, zonnehof):
    invitation = invite(zonnehof, anna)

    kept = Invitation.objects.filter(pk=invitation.pk).values().get()
    assert len(invitation.secret) >= 43
    assert invitation.secret not in str(kept)
    assert kept["digest"] == digest_of(invitation.secret)
    assert Invitation.objects.with_secret(invitation.secret).get() == invitation


def test_once_the_mail_is_sent_the_link_stands_nowhere(anna, zonnehof):
    invitation = invite(zonnehof, anna)

    deliver(Message.objects.get().pk)

    assert invitation.secret in mail.outbox[0].body
    assert Message.objects.get().body == ""


def test_the_logbook_holds_no_address(anna, zonnehof):
    invite(zonnehof, anna)

    entry = Entry.objects.get()
    assert entry.deed == "invitation.send"
    assert entry.details == {"role": "contributor"}


def test_an_apostrophe_stays_an_apostrophe_in_mail(anna):
    invite(make_organisation("Buurt & Co's"), anna, name="Ot d'Or")

    assert Message.objects.get().subject == "Uitnodiging: doe mee bij Buurt & Co's"
    assert "Beste Ot d'Or," in Message.objects.get().body


@pytest.mark.parametrize("role", ["auditor", "bureau", "committee", "admin", "keizer", ""])
def test_a_member_organisation_gives_no_role_that_is_not_its_own(anna, zonnehof, role):
    with pytest.raises(Refusal, match="Deze rol bestaat niet"):
        invite(zonnehof, anna, role=role)

    assert not Invitation.objects.exists()
    assert not Message.objects.exists()


@pytest.mark.parametrize("role", ["director", "contributor", "reviewer", "bureau"])
def test_a_certifying_body_has_coordinators_and_auditors_only(dora, keurkompas, role):
    with pytest.raises(Refusal, match="Deze rol bestaat niet"):
        invite(keurkompas, dora, role=role)


@pytest.mark.parametrize("role", ["coordinator", "auditor"])
def test_a_certifying_body_invites_its_own(dora, keurkompas, role):
    assert invite(keurkompas, dora, role=role).role == role


def test_the_same_person_is_not_invited_twice_for_the_same_role(anna, zonnehof):
    invite(zonnehof, anna)

    with pytest.raises(Refusal, match="Er ligt al een uitnodiging voor Mo"):
        invite(zonnehof, anna, email="MO@voorbeeld.example")

    assert Invitation.objects.count() == 1
    assert Message.objects.count() == 1


def test_the_same_person_may_be_invited_for_another_role(anna, zonnehof):
    invite(zonnehof, anna)
    invite(zonnehof, anna, role="reviewer")

    assert Invitation.objects.count() == 2


def test_an_invitation_that_grew_too_old_makes_way_for_a_new_one(anna, zonnehof):
    old = age(invite(zonnehof, anna), days=8)

    new = invite(zonnehof, anna)

    old.refresh_from_db()
    assert old.withdrawn_at
    assert list(Invitation.objects.open()) == [new]


def test_who_has_the_role_already_is_not_invited(anna, bas, zonnehof):
    with pytest.raises(Refusal, match="Bas heeft deze rol al"):
        invite(zonnehof, anna, email=bas.email.upper(), name="Bas")


def test_who_belongs_here_is_asked_for_another_role_in_the_same_way(anna, bas, zonnehof):
    invitation = invite(zonnehof, anna, email=bas.email, name="Bas", role="reviewer")

    assert not bas.reviews
    actions.accept_invitation(invitation, by=bas)
    assert bas.reviews


def test_the_database_itself_refuses_a_second_open_invitation(anna, zonnehof):
    first = invite(zonnehof, anna)

    first.pk, first.digest = None, "0" * 64
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save(force_insert=True)


def test_withdrawing_makes_the_link_worthless(anna, zonnehof, frida):
    invitation = invite(zonnehof, anna, email=frida.email)

    actions.withdraw_invitation(invitation, by=anna)

    with pytest.raises(Refusal, match="niet meer geldig"):
        actions.accept_invitation(invitation, by=frida)
    assert not Membership.objects.filter(person=frida).exists()


def test_an_invitation_is_withdrawn_once(anna, zonnehof):
    invitation = invite(zonnehof, anna)
    actions.withdraw_invitation(invitation, by=anna)

    with pytest.raises(Refusal, match="al aangenomen of ingetrokken"):
        actions.withdraw_invitation(invitation, by=anna)


def test_what_was_accepted_is_not_withdrawn(anna, zonnehof, frida):
    invitation = invite(zonnehof, anna, email=frida.email)
    actions.accept_invitation(invitation, by=frida)

    with pytest.raises(Refusal, match="al aangenomen of ingetrokken"):
        actions.withdraw_invitation(invitation, by=anna)


def test_accepting_takes_up_the_role(anna, zonnehof, frida):
    invitation = invite(zonnehof, anna, email=frida.email)

    membership = actions.accept_invitation(invitation, by=frida)

    assert (membership.person, membership.organisation) == (frida, zonnehof)
    assert frida.roles(zonnehof) == {OrganisationRole.CONTRIBUTOR}
    assert Entry.objects.filter(deed="membership.begin", by_pk=frida.pk).count() == 1


def test_an_invitation_works_once(anna, zonnehof, frida):
    invitation = invite(zonnehof, anna, email=frida.email)
    actions.accept_invitation(invitation, by=frida)

    with pytest.raises(Refusal, match="niet meer geldig"):
        actions.accept_invitation(invitation, by=frida)

    assert frida.memberships.count() == 1


def test_an_invitation_works_seven_days(anna, zonnehof, frida):
    invitation = age(invite(zonnehof, anna, email=frida.email), days=7)

    with pytest.raises(Refusal, match="niet meer geldig"):
        actions.accept_invitation(invitation, by=frida)


def test_an_invitation_of_six_days_old_still_works(anna, zonnehof, frida):
    invitation = age(invite(zonnehof, anna, email=frida.email), days=6)

    assert actions.accept_invitation(invitation, by=frida)


def test_a_forwarded_invitation_is_for_nobody_else(anna, zonnehof, frida):
    invitation = invite(zonnehof, anna)

    with pytest.raises(Refusal, match="voor een ander e-mailadres"):
        actions.accept_invitation(invitation, by=frida)

    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def test_who_left_can_come_back(anna, bas, zonnehof):
    actions.end_membership(bas.memberships.get(), by=anna)

    actions.accept_invitation(invite(zonnehof, anna, email=bas.email), by=bas)

    assert bas.memberships.count() == 2
    assert bas.memberships.current().count() == 1


@pytest.mark.parametrize("role", list(PlatformRole))
def test_an_administrator_invites_who_works_for_the_label(ada, frida, role):
    invitation = actions.invite_staff(by=ada, email=frida.email, name="Frida", role=role)

    actions.accept_invitation(invitation, by=frida)

    assert frida.roles() == {role}


@pytest.mark.parametrize("role", ["coordinator", "reviewer", "keizer"])
def test_the_label_gives_no_role_of_an_organisation(ada, role):
    with pytest.raises(Refusal, match="Deze rol bestaat niet"):
        actions.invite_staff(by=ada, email="mo@voorbeeld.example", name="Mo", role=role)


def test_an_administrator_gives_no_role_to_themselves(ada):
    with pytest.raises(Refusal, match="jezelf geen rol geven"):
        actions.invite_staff(by=ada, email=ada.email.upper(), name="Ada", role="bureau")


def test_a_second_open_invitation_for_the_label_is_refused(ada):
    facts = {"email": "mo@voorbeeld.example", "name": "Mo", "role": "bureau"}
    actions.invite_staff(by=ada, **facts)

    with pytest.raises(Refusal, match="Er ligt al een uitnodiging voor Mo"):
        actions.invite_staff(by=ada, **facts)
