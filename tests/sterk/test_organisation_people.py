"""The pages on which people are invited and roles end."""

import pytest
from django.urls import reverse

from sterk.organisations import actions
from sterk.organisations.models import Invitation
from tests.makers import log_in, make_person


def page(name, *args):
    return reverse(f"organisations:{name}", args=args)


def text_of(response):
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def letter(anna, zonnehof):
    """An open invitation for Mo at Zonnehof."""
    return actions.invite(
        zonnehof, by=anna, email="mo@voorbeeld.example", name="Mo", role="contributor"
    )


@pytest.mark.parametrize("who", ["anna", "karin", "dora"])
def test_inviting_from_the_page(client, who, request, zonnehof):
    client = log_in(client, request.getfixturevalue(who))
    data = {"name": "Mo", "email": "mo@voorbeeld.example", "role": "reviewer"}

    response = client.post(page("invite", zonnehof.pk), data)

    assert response.url == page("organisation", zonnehof.pk)
    letter = Invitation.objects.get()
    assert (letter.organisation, letter.role) == (zonnehof, "reviewer")


@pytest.mark.parametrize("role", ["auditor", "bureau", "admin", ""])
def test_the_page_gives_no_role_that_is_not_its_own(client, anna, zonnehof, role):
    data = {"name": "Mo", "email": "mo@voorbeeld.example", "role": role}

    response = log_in(client, anna).post(page("invite", zonnehof.pk), data)

    assert "role" in response.context["form"].errors
    assert not Invitation.objects.exists()


def test_a_refused_invitation_keeps_what_was_typed(client, anna, zonnehof, letter):
    data = {"name": "Mo", "email": letter.email, "role": "contributor"}

    response = log_in(client, anna).post(page("invite", zonnehof.pk), data)

    form = response.context["form"]
    assert "Er ligt al een uitnodiging voor Mo" in form.non_field_errors()[0]
    assert form["email"].value() == letter.email


def test_a_name_stays_on_one_line(client, anna, zonnehof):
    data = {"name": "Mo\r\n\r\nKlik hier", "email": "m@voorbeeld.example", "role": "reviewer"}

    log_in(client, anna).post(page("invite", zonnehof.pk), data)

    assert Invitation.objects.get().name == "Mo Klik hier"


def test_asking_a_colleague_for_one_more_role_fills_in_who(client, anna, bas, zonnehof):
    role = bas.memberships.get()

    response = log_in(client, anna).get(page("invite", zonnehof.pk), {"rol": role.pk})

    assert response.context["form"]["email"].value() == bas.email


@pytest.mark.parametrize("guess", ["", "x", "-1", "9" * 30])
def test_a_wrong_role_fills_in_nothing(client, anna, zonnehof, guess):
    response = log_in(client, anna).get(page("invite", zonnehof.pk), {"rol": guess})

    assert response.context["form"]["email"].value() is None


def test_a_role_elsewhere_tells_no_address(client, anna, chris, zonnehof):
    role = chris.memberships.get()

    response = log_in(client, anna).get(page("invite", zonnehof.pk), {"rol": role.pk})

    assert chris.email not in text_of(response)


@pytest.mark.parametrize("who", ["anna", "karin", "dora"])
def test_withdrawing_from_the_page(client, who, request, zonnehof, letter):
    client = log_in(client, request.getfixturevalue(who))

    response = client.post(page("withdraw-invitation", letter.pk))

    letter.refresh_from_db()
    assert response.url == page("organisation", zonnehof.pk)
    assert letter.withdrawn_at


@pytest.mark.parametrize("who", ["bas", "chris", "evert", "ada", "frida"])
def test_an_invitation_of_others_does_not_exist(client, who, request, letter):
    client = log_in(client, request.getfixturevalue(who))

    assert client.post(page("withdraw-invitation", letter.pk)).status_code == 404
    letter.refresh_from_db()
    assert letter.withdrawn_at is None


def test_looking_withdraws_nothing(client, anna, letter):
    assert log_in(client, anna).get(page("withdraw-invitation", letter.pk)).status_code == 405


@pytest.mark.parametrize("who", ["anna", "karin", "dora"])
def test_ending_a_role_asks_first(client, who, request, bas, zonnehof):
    client = log_in(client, request.getfixturevalue(who))
    role = bas.memberships.get()

    asked = text_of(client.get(page("end-membership", role.pk)))
    role.refresh_from_db()
    assert "Bas is daarna geen medewerker meer" in asked
    assert role.ended_at is None
    response = client.post(page("end-membership", role.pk))

    role.refresh_from_db()
    assert role.ended_at
    assert response.url == page("organisation", zonnehof.pk)


@pytest.mark.parametrize("who", ["bas", "chris", "evert", "ada", "frida"])
def test_a_role_of_others_does_not_exist(client, who, request, anna):
    client = log_in(client, request.getfixturevalue(who))
    role = anna.memberships.get()

    assert client.get(page("end-membership", role.pk)).status_code == 404
    assert client.post(page("end-membership", role.pk)).status_code == 404
    assert anna.memberships.current().exists()


def test_a_coordinator_ends_no_role_elsewhere(client, anna, chris):
    role = chris.memberships.get()

    assert log_in(client, anna).post(page("end-membership", role.pk)).status_code == 404


def test_the_last_coordinator_hears_why_not(client, anna):
    response = log_in(client, anna).post(
        page("end-membership", anna.memberships.get().pk), follow=True
    )

    assert anna.memberships.current().exists()
    assert [str(message) for message in response.context["messages"]] == [
        "Dit is de enige kwaliteitsfunctionaris. Geef eerst een ander deze rol."
    ]


def test_who_ends_their_own_role_goes_home(client, anna, zonnehof):
    make_person("Wim", (zonnehof, "coordinator"))

    response = log_in(client, anna).post(page("end-membership", anna.memberships.get().pk))

    assert response.url == reverse("home")


def test_a_role_that_ended_closes_the_page_that_is_open(client, anna, bas, zonnehof):
    log_in(client, bas)
    assert client.get(page("organisation", zonnehof.pk)).status_code == 200

    actions.end_membership(bas.memberships.get(), by=anna)

    assert client.get(page("organisation", zonnehof.pk)).status_code == 404
