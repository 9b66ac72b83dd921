"""Choosing another password or address, and hearing of it."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from sterk.mail.models import Message
from tests.makers import PASSWORD, log_in
from tests.sterk.account_steps import (
    NEW_PASSWORD,
    choose_password,
    enter,
    is_in,
    link_in,
    reset_link,
)


@pytest.fixture(autouse=True)
def _empty_cache(db):
    cache.clear()


def test_a_forgotten_password_is_chosen_anew_with_a_link_in_a_mail(client, anna, settings):
    choose_password(client, reset_link(client, anna, settings.BASE_URL))

    enter(client, anna, password=NEW_PASSWORD)

    assert is_in(client)


def test_the_mail_waits_for_the_worker(client, anna, settings):
    reset_link(client, anna, settings.BASE_URL)

    assert Message.objects.get().recipient == anna.email
    assert Message.objects.get().event.startswith("account.password_reset_key:")
    assert mail.outbox == []


def test_asking_twice_gives_two_mails(client, anna, settings):
    reset_link(client, anna, settings.BASE_URL)
    reset_link(client, anna, settings.BASE_URL)

    assert Message.objects.count() == 2


def test_a_stranger_hears_the_same_and_gets_no_mail(client, anna):
    known = client.post(reverse("account_reset_password"), {"email": anna.email})
    unknown = client.post(reverse("account_reset_password"), {"email": "x@voorbeeld.example"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [message.recipient for message in Message.objects.all()] == [anna.email]


def test_a_link_to_choose_a_password_works_once(client, anna, settings):
    link = reset_link(client, anna, settings.BASE_URL)
    choose_password(client, link)

    page = Client().get(link, follow=True)

    assert "Deze link werkt niet meer" in page.content.decode()


def test_a_link_to_choose_a_password_dies_with_a_new_password(client, anna, settings):
    link = reset_link(client, anna, settings.BASE_URL)
    anna.set_password(NEW_PASSWORD)
    anna.save()

    page = client.get(link, follow=True)

    assert "Deze link werkt niet meer" in page.content.decode()


def test_a_link_to_choose_a_password_works_an_hour(client, anna, settings, monkeypatch):
    link = reset_link(client, anna, settings.BASE_URL)
    now = PasswordResetTokenGenerator._now
    later = timedelta(minutes=61)
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda self: now(self) + later)

    page = client.get(link, follow=True)

    assert "Deze link werkt niet meer" in page.content.decode()


def test_a_link_for_one_account_opens_no_other(client, anna, bas, settings):
    link = reset_link(client, anna, settings.BASE_URL)
    other = reset_link(client, bas, settings.BASE_URL)
    swapped = other.partition("-")[0] + "-" + link.partition("-")[2]

    page = client.get(swapped, follow=True)

    assert "Deze link werkt niet meer" in page.content.decode()


def test_links_in_mail_have_our_own_address_whatever_the_host(client, anna, settings):
    settings.ALLOWED_HOSTS = ["*"]
    client.defaults["HTTP_HOST"] = "kwaad.example"

    reset_link(client, anna, settings.BASE_URL)

    assert "kwaad.example" not in Message.objects.get().body


def test_a_reset_does_not_skip_the_second_factor(client, chris, settings):
    choose_password(client, reset_link(client, chris, settings.BASE_URL))
    assert not is_in(client)

    response = enter(client, chris, password=NEW_PASSWORD)

    assert response.url == reverse("mfa_authenticate")


def test_a_new_password_ends_the_other_sessions_and_not_this_one(client, anna):
    elsewhere = log_in(Client(), anna)
    log_in(client, anna)
    data = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}

    client.post(reverse("account_change_password"), data)

    assert client.get(reverse("account_email")).status_code == 200
    assert elsewhere.get(reverse("account_email")).status_code == 302


def test_whoever_gets_a_new_password_hears_of_it(client, anna):
    log_in(client, anna)
    data = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}

    client.post(reverse("account_change_password"), data)

    message = Message.objects.get()
    assert message.subject == "Je wachtwoord is veranderd"
    assert message.body.startswith("Beste Anna,")
    assert NEW_PASSWORD not in message.body


@pytest.mark.parametrize("password", ["kort", "wachtwoord", "1234567890", "anna@voorbeeld"])
def test_an_easy_password_is_refused(client, anna, password):
    log_in(client, anna)
    data = {"oldpassword": PASSWORD, "password1": password, "password2": password}

    client.post(reverse("account_change_password"), data)

    anna.refresh_from_db()
    assert anna.check_password(PASSWORD)


def test_another_address_counts_after_its_owner_confirms_and_the_old_one_hears(
    client, anna, settings
):
    enter(client, anna)
    client.post(reverse("account_email"), {"email": "anna@nieuw.example", "action_add": ""})
    message = Message.objects.get(recipient="anna@nieuw.example")
    anna.refresh_from_db()
    assert anna.email == "anna@voorbeeld.example"

    client.post(link_in(message, "/confirm-email/", settings.BASE_URL))

    anna.refresh_from_db()
    assert anna.email == "anna@nieuw.example"
    assert EmailAddress.objects.get(user=anna).email == "anna@nieuw.example"
    assert Message.objects.filter(
        recipient="anna@voorbeeld.example", subject="Je e-mailadres is veranderd"
    ).exists()


def test_an_address_of_somebody_else_is_not_told_apart(client, anna, bas):
    enter(client, anna)

    taken = client.post(reverse("account_email"), {"email": bas.email, "action_add": ""})
    free = client.post(reverse("account_email"), {"email": "x@voorbeeld.example", "action_add": ""})

    assert (taken.status_code, taken.url) == (free.status_code, free.url)
