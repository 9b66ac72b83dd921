"""Commands that let people in."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from sterk.accounts.models import User
from sterk.mail.models import Message
from sterk.organisations import actions
from sterk.organisations.models import Invitation, Membership
from tests.sterk.account_steps import enter, give_code, is_in


def told(*command, **options):
    out = StringIO()
    call_command(*command, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def rehearsed(settings, tmp_path):
    """A data folder in which a rehearsal left its password."""
    settings.DATA_DIR = tmp_path
    (tmp_path / "demo_password").write_text("een-lang-wachtwoord\n")


def test_the_first_administrator_comes_in_by_a_link(db, settings, frida):
    lines = told("create_admin", frida.email, "Frida").splitlines()

    letter = Invitation.objects.get()
    secret = lines[-1].removeprefix(f"{settings.BASE_URL}/uitnodiging/").rstrip("/")
    assert Invitation.objects.with_secret(secret).get() == letter
    assert Message.objects.get().recipient == frida.email
    actions.accept_invitation(letter, by=frida)
    assert frida.roles() == {"admin"}


def test_the_first_administrator_needs_an_address(db):
    with pytest.raises(CommandError, match="geen e-mailadres"):
        told("create_admin", "ada", "Ada")


def test_who_is_administrator_already_is_not_invited(ada):
    with pytest.raises(CommandError, match="heeft deze rol al"):
        told("create_admin", ada.email, "Ada")


def test_where_nobody_rehearsed_there_is_nothing_to_tell(settings, tmp_path, anna):
    settings.DATA_DIR = tmp_path

    with pytest.raises(CommandError, match="niet gerepeteerd"):
        told("demo_logins")


def test_every_line_really_logs_in(rehearsed, anna, chris, pieter, dora, ada):
    rows = json.loads(told("demo_logins", "--json"))

    assert [row["name"] for row in rows] == ["Anna", "Chris", "Pieter", "Dora", "Ada"]
    for row in rows:
        client = Client()
        enter(client, User(email=row["email"]), password=row["password"])
        if row["code"]:
            give_code(client, row["code"])
        assert is_in(client), row


def test_one_line_per_role(rehearsed, anna, bas, chris, lotte, dora):
    lines = told("demo_logins").splitlines()

    assert [line.split("  ")[0] for line in lines[1:-1]] == [
        "kwaliteitsfunctionaris",
        "medewerker",
        "toetser",
        "bureau",
    ]
    assert chris.email in told("demo_logins")
    assert lotte.email not in told("demo_logins")
    assert lotte.email in told("demo_logins", "--all")


def test_real_people_are_never_told(rehearsed, anna, bas):
    User.objects.filter(pk=anna.pk).update(email="anna@zonnehof.nl")

    assert "zonnehof.nl" not in told("demo_logins", "--all")


def test_who_left_is_not_told(rehearsed, anna, bas):
    actions.end_membership(Membership.objects.get(person=bas), by=anna)

    assert bas.email not in told("demo_logins", "--all")
