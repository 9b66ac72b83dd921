"""The pages about the label's own people, and about conflicts."""

import pytest
from django.urls import reverse

from sterk.organisations import actions
from sterk.organisations.models import Conflict, Invitation
from tests.makers import log_in


def page(name, *args):
    return reverse(f"organisations:{name}", args=args)


def test_the_administrator_sees_who_works_for_the_label(client, ada, dora, evert, anna):
    text = log_in(client, ada).get(page("staff")).content.decode()

    assert dora.email in text
    assert evert.email in text
    assert anna.email not in text


@pytest.mark.parametrize("who", ["anna", "chris", "pieter", "dora", "evert", "frida"])
def test_nobody_else_comes_near(client, who, request, ada):
    log_in(client, request.getfixturevalue(who))
    data = {"name": "Mo", "email": "mo@voorbeeld.example", "role": "bureau"}

    assert client.get(page("staff")).status_code == 403
    assert client.get(page("invite-staff")).status_code == 403
    assert client.post(page("invite-staff"), data).status_code == 403
    assert client.post(page("end-membership", ada.memberships.get().pk)).status_code == 404
    assert not Invitation.objects.exists()


def test_the_administrator_invites_for_the_label(client, ada):
    data = {"name": "Mo", "email": "mo@voorbeeld.example", "role": "committee"}

    response = log_in(client, ada).post(page("invite-staff"), data)

    assert response.url == page("staff")
    assert Invitation.objects.get().organisation is None


def test_the_administrator_withdraws_and_ends(client, ada, dora):
    letter = actions.invite_staff(by=ada, email="m@voorbeeld.example", name="Mo", role="bureau")
    log_in(client, ada)

    withdrawn = client.post(page("withdraw-invitation", letter.pk))
    ended = client.post(page("end-membership", dora.memberships.get().pk))

    assert (withdrawn.url, ended.url) == (page("staff"), page("staff"))
    assert not Invitation.objects.open().exists()
    assert not dora.memberships.current().exists()


def test_the_administrator_has_no_hand_in_organisations(client, ada, anna, zonnehof):
    letter = actions.invite(
        zonnehof, by=anna, email="mo@voorbeeld.example", name="Mo", role="contributor"
    )
    log_in(client, ada)

    assert client.post(page("withdraw-invitation", letter.pk)).status_code == 404
    assert client.post(page("end-membership", anna.memberships.get().pk)).status_code == 404


@pytest.mark.parametrize("who", ["dora", "evert"])
def test_bureau_and_committee_see_every_conflict(client, who, request, chris, zonnehof, dora):
    actions.record_conflict(chris, zonnehof, by=dora, reason="Werkte er tot 2024.")

    text = log_in(client, request.getfixturevalue(who)).get(page("conflicts")).content.decode()

    assert "Werkte er tot 2024." in text
    assert ("Opheffen" in text) is (who == "dora")


def test_a_reviewer_sees_only_the_own_conflicts(client, chris, lotte, zonnehof, dora):
    actions.record_conflict(chris, zonnehof, by=dora, reason="Reden van Chris.")
    actions.record_conflict(lotte, zonnehof, by=dora, reason="Reden van Lotte.")

    text = log_in(client, chris).get(page("conflicts")).content.decode()

    assert "Reden van Chris." in text
    assert "Reden van Lotte." not in text


def test_the_organisation_sees_no_conflict(client, anna, chris, zonnehof, dora):
    actions.record_conflict(chris, zonnehof, by=dora, reason="Reden van Chris.")
    log_in(client, anna)

    assert "Chris" not in client.get(page("conflicts")).content.decode()
    assert "Chris" not in client.get(page("logbook", zonnehof.pk)).content.decode()


def test_the_bureau_records_for_anybody(client, dora, chris, zonnehof):
    data = {"person": chris.pk, "organisation": zonnehof.pk, "reason": "Werkte er."}

    response = log_in(client, dora).post(page("record-conflict"), data)

    assert response.url == page("conflicts")
    conflict = Conflict.objects.get()
    assert (conflict.person, conflict.recorded_by) == (chris, dora)


@pytest.mark.parametrize("who", ["chris", "pieter", "evert"])
def test_who_reads_others_records_for_themselves_and_nobody_else(
    client, who, request, lotte, zonnehof
):
    person = request.getfixturevalue(who)
    data = {"person": lotte.pk, "organisation": zonnehof.pk, "reason": "Mijn zus werkt er."}

    log_in(client, person).post(page("record-conflict"), data)

    assert Conflict.objects.get().person == person


@pytest.mark.parametrize("who", ["anna", "bas", "karin", "frida"])
def test_others_record_nothing(client, who, request, zonnehof):
    log_in(client, request.getfixturevalue(who))
    data = {"organisation": zonnehof.pk, "reason": "Zomaar."}

    assert client.get(page("record-conflict")).status_code == 403
    assert client.post(page("record-conflict"), data).status_code == 403
    assert not Conflict.objects.exists()


def test_a_conflict_that_is_there_is_told_on_the_form(client, dora, chris, zonnehof):
    actions.record_conflict(chris, zonnehof, by=dora, reason="Werkte er.")
    data = {"organisation": zonnehof.pk, "reason": "Werkte er tot 2024."}

    response = log_in(client, chris).post(page("record-conflict"), data)

    form = response.context["form"]
    assert form.non_field_errors() == ["Dit belang van Chris is al vastgelegd."]
    assert form["reason"].value() == "Werkte er tot 2024."


def test_only_the_bureau_lifts(client, dora, evert, chris, zonnehof):
    conflict = actions.record_conflict(chris, zonnehof, by=dora, reason="Werkte er.")

    assert log_in(client, chris).post(page("lift-conflict", conflict.pk)).status_code == 403
    assert log_in(client, evert).post(page("lift-conflict", conflict.pk)).status_code == 403
    assert log_in(client, dora).post(page("lift-conflict", conflict.pk)).status_code == 302
    assert not Conflict.objects.exists()


def test_a_conflict_of_others_does_not_exist(client, anna, dora, chris, zonnehof):
    conflict = actions.record_conflict(chris, zonnehof, by=dora, reason="Werkte er.")

    assert log_in(client, anna).post(page("lift-conflict", conflict.pk)).status_code == 404
