"""Who can see the text of others shows a second factor first."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sterk.accounts import actions
from sterk.accounts.middleware import SEEN
from sterk.mail.models import Message
from sterk.organisations import actions as organisations
from sterk.organisations.models import Membership
from tests.makers import log_in, make_person
from tests.sterk.account_steps import add_passkey, code_for, code_of, enter, give_code, logged_in

INSIDE = "organisations:conflicts"  # any page that everybody who is logged in may open


@pytest.fixture(autouse=True)
def _empty_cache(db):
    cache.clear()


@pytest.fixture
def rik(waterland):
    """A reviewer who has not set up a second factor yet."""
    person = make_person("Rik", (waterland, "reviewer"))
    Authenticator.objects.filter(user=person).delete()
    return person


def test_a_reviewer_without_one_is_sent_to_set_it_up(client, rik):
    enter(client, rik)

    response = client.get(reverse(INSIDE))

    assert response.url == reverse("mfa_index")


def test_the_front_page_waits_as_well(client, rik):
    enter(client, rik)

    assert client.get(reverse("home")).url == reverse("mfa_index")


@pytest.mark.parametrize("name", ["mfa_index", "account_email", "account_logout"])
def test_the_own_account_stays_in_reach(client, rik, name):
    enter(client, rik)

    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("path", ["/register/", "/normen/", "/meedoen/"])
def test_public_pages_stay_in_reach(client, rik, path):
    enter(client, rik)

    assert client.get(path).status_code == 200


def test_an_invitation_stays_in_reach(client, rik, dora, zonnehof):
    letter = organisations.invite(
        zonnehof, by=dora, email=rik.email, name="Rik", role="contributor"
    )
    enter(client, rik)

    page = client.get(reverse("organisations:invitation", args=[letter.secret]))

    assert page.status_code == 200


@pytest.mark.django_db(transaction=True)
def test_setting_up_one_time_codes_opens_the_door_at_once(client, rik):
    enter(client, rik)
    client.get(reverse("mfa_activate_totp"))
    code = code_for(client.session["mfa.totp.secret"])

    client.post(reverse("mfa_activate_totp"), {"code": code})

    assert client.get(reverse(INSIDE)).status_code == 200
    assert Authenticator.objects.filter(user=rik, type="totp").exists()


def test_who_just_logged_in_is_not_asked_for_the_password_again(client, rik):
    enter(client, rik)

    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_who_logged_in_a_while_ago_is_asked_for_the_password_again(client, rik):
    enter(client, rik)
    logged_in(client, ago=600)

    response = client.get(reverse("mfa_activate_totp"))

    assert response.url.startswith(reverse("account_reauthenticate"))


def test_a_session_that_showed_only_a_password_gains_nothing_by_a_factor_set_up_elsewhere(
    client, rik
):
    enter(client, rik)
    actions.add_one_time_codes(rik)

    response = client.get(reverse(INSIDE))

    assert response.url == f"{reverse('mfa_reauthenticate')}?next=%2Fbelangen%2F"


def test_such_a_session_goes_on_after_the_code(client, rik):
    enter(client, rik)
    actions.add_one_time_codes(rik)
    step = client.get(reverse(INSIDE)).url

    response = client.post(step, {"code": code_of(rik), "next": reverse(INSIDE)})

    assert response.url == reverse(INSIDE)
    assert client.get(reverse(INSIDE)).status_code == 200


def test_such_a_session_shows_a_passkey_where_that_is_what_there_is(client, rik):
    enter(client, rik)
    add_passkey(rik)

    response = client.get(reverse(INSIDE))

    assert response.url.startswith(reverse("mfa_reauthenticate_webauthn"))


def test_who_becomes_a_reviewer_is_asked_with_the_next_page(client, bas, zonnehof):
    enter(client, bas)
    assert client.get(reverse(INSIDE)).status_code == 200

    Membership.objects.create(person=bas, organisation=zonnehof, role="reviewer")

    assert client.get(reverse(INSIDE)).url == reverse("mfa_index")


@pytest.mark.parametrize("role", ["bureau", "committee", "admin"])
def test_everybody_of_the_label_needs_one(client, role):
    person = make_person("Rik", (None, role))
    Authenticator.objects.all().delete()
    enter(client, person)

    assert client.get(reverse(INSIDE)).url == reverse("mfa_index")


@pytest.mark.parametrize("who", ["anna", "bas", "karin", "frida"])
def test_others_are_left_alone(client, who, request):
    enter(client, request.getfixturevalue(who))

    assert client.get(reverse(INSIDE)).status_code == 200


@pytest.mark.parametrize("who", ["anna", "chris"])
def test_it_costs_no_query(client, who, request, settings, django_assert_num_queries):
    person = request.getfixturevalue(who)
    log_in(client, person).get(reverse(INSIDE))
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "SecondFactor" not in name]
    without = Client()
    without.cookies = client.cookies
    with CaptureQueriesContext(connection) as bare:
        without.get(reverse(INSIDE))

    with django_assert_num_queries(len(bare)):
        client.get(reverse(INSIDE))


def test_a_reviewer_cannot_turn_off_the_last_one(client, chris):
    enter(client, chris)
    give_code(client, code_of(chris))

    response = client.post(reverse("mfa_deactivate_totp"))

    assert "Voor jouw rol is een tweede stap nodig" in str(response.context["form"].errors)
    assert Authenticator.objects.filter(user=chris, type="totp").exists()


def test_a_reviewer_may_turn_off_one_of_two(client, chris):
    add_passkey(chris)
    enter(client, chris)
    give_code(client, code_of(chris))

    client.post(reverse("mfa_deactivate_totp"))

    assert [one.type for one in Authenticator.objects.filter(user=chris)] == ["webauthn"]


def test_recovery_codes_are_no_second_factor(client, chris):
    Authenticator.objects.create(user=chris, type="recovery_codes", data={"seed": "x"})
    enter(client, chris)
    give_code(client, code_of(chris))

    client.post(reverse("mfa_deactivate_totp"))

    assert Authenticator.objects.filter(user=chris, type="totp").exists()


def test_a_reviewer_cannot_take_away_the_last_passkey(client, rik):
    passkey = add_passkey(rik)
    log_in(client, rik)
    logged_in(client, ago=0)

    response = client.post(reverse("mfa_remove_webauthn", args=[passkey.pk]))

    assert response.url == reverse("mfa_index")
    assert Authenticator.objects.filter(pk=passkey.pk).exists()


def test_a_passkey_beside_another_can_go(client, rik):
    old, new = add_passkey(rik, "Oud"), add_passkey(rik, "Nieuw")
    log_in(client, rik)
    logged_in(client, ago=0)

    client.post(reverse("mfa_remove_webauthn", args=[old.pk]))

    assert list(Authenticator.objects.filter(user=rik)) == [new]


def test_who_needs_none_may_turn_off_the_last_one(client, bas):
    passkey = add_passkey(bas)
    log_in(client, bas)
    logged_in(client, ago=0)
    session = client.session
    session[SEEN] = True
    session.save()

    client.post(reverse("mfa_remove_webauthn", args=[passkey.pk]))

    assert not Authenticator.objects.filter(user=bas).exists()
    assert Message.objects.get().subject == "Een passkey is weggehaald"


def test_a_passkey_of_somebody_else_does_not_exist(client, bas, chris):
    passkey = add_passkey(chris)

    response = log_in(client, bas).post(reverse("mfa_remove_webauthn", args=[passkey.pk]))

    assert response.status_code == 404


def test_what_is_taken_away_no_longer_counts_as_shown(client, bas, waterland):
    enter(client, bas)
    actions.add_one_time_codes(bas)
    session = client.session
    session[SEEN] = True
    session.save()
    client.post(reverse("mfa_deactivate_totp"))

    Membership.objects.create(person=bas, organisation=waterland, role="reviewer")

    assert client.get(reverse(INSIDE)).url == reverse("mfa_index")
