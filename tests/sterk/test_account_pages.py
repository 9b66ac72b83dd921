"""Logging in and getting back in."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from tests.makers import log_in
from tests.sterk.account_steps import (
    code_of,
    enter,
    give_code,
    is_in,
)

TOO_MANY = ["Inloggen ging te vaak mis. Wacht vijf minuten en probeer het dan nog eens."]
WRONG = ["Het e-mailadres of het wachtwoord klopt niet. Probeer het nog eens."]


@pytest.fixture(autouse=True)
def _empty_cache(db):
    cache.clear()


def guess(client, times, **where):
    """Type wrong passwords for as many addresses that nobody has."""
    for number in range(times):
        data = {"login": f"p{number}@voorbeeld.example", "password": "fout-wachtwoord"}
        client.post(reverse("account_login"), data, **where)


def faults(response):
    """What the page says is wrong."""
    errors = response.context["form"].errors
    return [fault for field in errors.values() for fault in field]


def test_who_needs_no_second_factor_logs_in_with_a_password(client, anna):
    response = enter(client, anna)

    assert response.status_code == 302
    assert response.url == reverse("home")
    assert is_in(client)


def test_capitals_in_the_address_do_not_matter(client, anna):
    anna.email = anna.email.upper()

    enter(client, anna)

    assert is_in(client)


def test_a_wrong_password_and_an_unknown_address_read_the_same(client, anna, frida):
    frida.email = "niemand@voorbeeld.example"

    wrong = enter(client, anna, password="iets-heel-anders")
    unknown = enter(client, frida, password="iets-heel-anders")

    assert faults(wrong) == WRONG
    assert faults(unknown) == WRONG


def test_five_wrong_passwords_close_an_account_for_a_while_from_everywhere(client, anna):
    for number in range(5):
        enter(client, anna, password="fout-wachtwoord", REMOTE_ADDR=f"192.0.2.{number}")

    response = enter(client, anna, REMOTE_ADDR="198.51.100.7")

    assert faults(response) == TOO_MANY
    assert not is_in(client)


def test_ten_wrong_passwords_from_one_address_close_it_for_every_account(client, bas):
    guess(client, 10)

    response = enter(client, bas)

    assert faults(response) == TOO_MANY
    assert not is_in(client)


def test_trying_on_and_on_gets_a_page_in_dutch_that_says_to_wait(client, db):
    guess(client, 30)

    data = {"login": "p@voorbeeld.example", "password": "fout-wachtwoord"}
    response = client.post(reverse("account_login"), data)

    assert response.status_code == 429
    assert "Even wachten" in response.content.decode()


def test_another_address_is_not_closed_by_that(client, bas):
    guess(client, 10)

    enter(client, bas, REMOTE_ADDR="198.51.100.7")

    assert is_in(client)


def test_a_header_of_a_stranger_buys_no_new_attempts(client, bas):
    for number in range(10):
        guess(client, 1, headers={"X-Forwarded-For": f"203.0.113.{number}"})

    response = enter(client, bas, headers={"X-Forwarded-For": "203.0.113.99"})

    assert faults(response) == TOO_MANY


def test_behind_our_own_proxy_every_visitor_counts_alone(client, bas, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    guess(client, 10, headers={"X-Forwarded-For": "203.0.113.1"})

    enter(client, bas, headers={"X-Forwarded-For": "203.0.113.2"})

    assert is_in(client)


def test_limits_are_kept_in_the_database_for_all_processes(settings):
    kept = settings.CACHES["default"]

    assert kept["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"
    assert kept["OPTIONS"]["MAX_ENTRIES"] >= 10_000


def test_a_password_alone_is_not_enough_for_a_reviewer(client, chris):
    response = enter(client, chris)

    assert response.url == reverse("mfa_authenticate")
    assert not is_in(client)


def test_a_one_time_code_lets_a_reviewer_in(client, chris):
    enter(client, chris)

    give_code(client, code_of(chris))

    assert is_in(client)
    assert client.get(reverse("organisations:conflicts")).status_code == 200


@pytest.mark.parametrize("step", [-1, 0, 1])
def test_a_one_time_code_works_once_for_as_long_as_it_would_pass(client, chris, step):
    code = code_of(chris, step)
    enter(client, chris)
    give_code(client, code)
    client.logout()
    # allauth itself remembers a code for half a minute, and lets it pass for one and a half.
    assert cache.delete(f"allauth.mfa.totp.used?user={chris.pk}&code={code}")

    enter(client, chris)
    response = give_code(client, code)

    assert "Deze code klopt niet" in faults(response)[0]
    assert not is_in(client)


def test_guessing_one_time_codes_stops_after_five(client, chris):
    enter(client, chris)
    for _ in range(5):
        give_code(client, "000000")

    response = give_code(client, code_of(chris))

    assert faults(response) == TOO_MANY
    assert not is_in(client)


def test_a_closed_account_is_out_at_once(client, bas):
    log_in(client, bas)
    bas.is_active = False
    bas.save()

    response = client.get(reverse("organisations:conflicts"))

    assert response.url.startswith(reverse("account_login"))
