"""What somebody does on the pages of an account, for the tests about them."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.urls import reverse

from sterk.mail.models import Message
from tests.makers import PASSWORD

NEW_PASSWORD = "een-ander-lang-woord"


def enter(client, person, password=PASSWORD, **where):
    """Type address and password."""
    data = {"login": person.email, "password": password}
    return client.post(reverse("account_login"), data, **where)


def give_code(client, code):
    """Type a one-time code in the second step."""
    return client.post(reverse("mfa_authenticate"), {"code": code})


def code_of(person, step=0):
    """The one-time code of this person, now or a number of steps of half a minute away."""
    return code_for(Authenticator.objects.get(user=person, type="totp").data["secret"], step)


def code_for(secret, step=0):
    """The code that an app would show for this secret."""
    _, counter, _ = yield_hotp_counters_from_time()
    return format_hotp_value(hotp_value(secret, counter + step))


def logged_in(client, ago):
    """As if the password was typed in this session so many seconds ago."""
    session = client.session
    session["logged_in_at"] = time.time() - ago
    session.save()


def is_in(client):
    """Whether somebody is logged in here."""
    return "_auth_user_id" in client.session


def add_passkey(person, name="Telefoon"):
    """A passkey as the table keeps it; it cannot be used to log in."""
    data = {"name": name, "credential": {}}
    return Authenticator.objects.create(user=person, type="webauthn", data=data)


def link_in(message, part, base_url):
    """The path of the link in this mail that holds this part."""
    (line,) = [line for line in message.body.splitlines() if part in line]
    assert line.startswith(base_url)
    return line.removeprefix(base_url)


def reset_link(client, person, base_url):
    """Ask for a new password; the path in the mail that follows."""
    client.post(reverse("account_reset_password"), {"email": person.email})
    message = Message.objects.filter(subject="Kies een nieuw wachtwoord").latest("pk")
    return link_in(message, "/password/reset/key/", base_url)


def choose_password(client, link, password=NEW_PASSWORD):
    """Open the link of a reset and choose a password."""
    page = client.get(link, follow=True)
    data = {"password1": password, "password2": password}
    return client.post(page.request["PATH_INFO"], data)
