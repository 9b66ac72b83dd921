"""A browser in which only the password was given, from before there was a second factor, changes nothing about it."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.cache import cache
from django.urls import reverse

from sterk.accounts import actions
from tests.makers import make_person
from tests.sterk.account_steps import add_passkey, code_of, enter

INSIDE = "organisations:conflicts"  # any page that everybody who is logged in may open
ABOUT_FACTORS = [
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
]


@pytest.fixture(autouse=True)
def _empty_cache(db):
    cache.clear()


@pytest.fixture
def rik(waterland):
    """A reviewer who had no second factor yet when this browser logged in."""
    person = make_person("Rik", (waterland, "reviewer"))
    Authenticator.objects.filter(user=person).delete()
    return person


@pytest.mark.parametrize("verb", ["get", "post"])
@pytest.mark.parametrize("name", ABOUT_FACTORS)
def test_it_first_shows_the_factor_that_was_set_up_elsewhere(client, rik, name, verb):
    enter(client, rik)
    actions.add_one_time_codes(rik)
    RecoveryCodes.activate(rik)

    response = getattr(client, verb)(reverse(name))

    assert response.url.startswith(reverse("mfa_reauthenticate"))


def test_it_gets_no_recovery_codes_to_come_in_with(client, rik):
    enter(client, rik)
    actions.add_one_time_codes(rik)

    client.post(reverse("mfa_generate_recovery_codes"))

    assert not Authenticator.objects.filter(user=rik, type="recovery_codes").exists()
    assert client.get(reverse(INSIDE)).status_code == 302


@pytest.mark.parametrize("name", ["mfa_remove_webauthn", "mfa_edit_webauthn"])
def test_it_leaves_a_passkey_alone(client, rik, name):
    enter(client, rik)
    actions.add_one_time_codes(rik)
    passkey = add_passkey(rik)

    response = client.post(reverse(name, args=[passkey.pk]), {"name": "Anders"})

    passkey.refresh_from_db()
    assert response.url.startswith(reverse("mfa_reauthenticate"))
    assert passkey.wrap().name == "Telefoon"


def test_it_does_not_change_the_address_either(client, rik):
    enter(client, rik)
    actions.add_one_time_codes(rik)

    response = client.post(
        reverse("account_email"), {"email": "dief@voorbeeld.example", "action_add": ""}
    )

    assert response.url.startswith(reverse("mfa_reauthenticate"))


def test_who_needs_none_but_has_one_shows_it_as_well(client, bas):
    enter(client, bas)
    actions.add_one_time_codes(bas)

    response = client.post(reverse("mfa_deactivate_totp"))

    assert response.url.startswith(reverse("mfa_reauthenticate"))
    assert Authenticator.objects.filter(user=bas, type="totp").exists()


def test_after_the_code_it_goes_on(client, rik):
    enter(client, rik)
    actions.add_one_time_codes(rik)
    step = client.get(reverse("mfa_generate_recovery_codes")).url

    client.post(step, {"code": code_of(rik), "next": reverse("mfa_generate_recovery_codes")})

    assert client.get(reverse("mfa_generate_recovery_codes")).status_code == 200


@pytest.mark.parametrize("name", ["mfa_index", "account_logout", "account_change_password"])
def test_what_changes_no_factor_stays_in_reach(client, rik, name):
    enter(client, rik)
    actions.add_one_time_codes(rik)

    assert client.get(reverse(name)).status_code == 200


def test_a_first_factor_asks_for_nothing_else(client, rik):
    enter(client, rik)

    assert client.get(reverse("mfa_activate_totp")).status_code == 200
