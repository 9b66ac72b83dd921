"""Passkeys, in a real browser with a virtual authenticator."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser import launched
from tests.makers import PASSWORD

FRONT = re.compile(r"//[^/]+/$")  # the front page and no other; "**/" would be the log-in page too

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def tab(live_server):
    """A tab of a browser on a device that can keep passkeys and knows its owner."""
    with launched() as browser:
        page = browser.new_page(base_url=live_server.url)
        device = page.context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        device.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                }
            },
        )
        yield page


def enter(tab, person):
    tab.goto(reverse("account_login"))
    tab.get_by_label("E-mailadres").fill(person.email)
    tab.get_by_label("Wachtwoord").fill(PASSWORD)
    tab.get_by_role("main").get_by_role("button", name="Inloggen", exact=True).click()


def add_passkey(tab):
    tab.goto(reverse("mfa_add_webauthn"))
    tab.get_by_label("Naam").fill("Laptop")
    tab.get_by_label("Ook inloggen zonder wachtwoord").check()
    tab.get_by_role("button", name="Voeg de passkey toe").click()
    expect(tab.get_by_role("heading", name="Herstelcodes")).to_be_visible()


def leave(tab):
    tab.goto(reverse("account_logout"))
    tab.get_by_role("main").get_by_role("button", name="Uitloggen").click()


def test_a_passkey_alone_lets_somebody_in(tab, anna):
    enter(tab, anna)
    add_passkey(tab)
    leave(tab)

    tab.goto(reverse("account_login"))
    tab.get_by_role("button", name="Inloggen met een passkey").click()

    tab.wait_for_url(FRONT)
    tab.goto(reverse("account_email"))
    expect(tab.get_by_role("main").get_by_text(anna.email)).to_be_visible()


def test_a_passkey_is_a_second_factor_after_the_password(tab, chris):
    Authenticator.objects.filter(user=chris).delete()
    enter(tab, chris)
    expect(tab).to_have_url(reverse("mfa_index"))
    add_passkey(tab)
    tab.goto(reverse("organisations:conflicts"))
    expect(tab.get_by_role("heading", name="Belangen", exact=True)).to_be_visible()
    leave(tab)

    enter(tab, chris)
    tab.get_by_role("button", name="Gebruik een passkey").click()
    tab.wait_for_url(FRONT)

    tab.goto(reverse("organisations:conflicts"))
    expect(tab.get_by_role("heading", name="Belangen", exact=True)).to_be_visible()
