"""Coming in by an invitation."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from sterk.accounts.models import User
from sterk.logbook.models import Entry
from sterk.mail.models import Message
from sterk.organisations import actions
from sterk.policy import OrganisationRole
from tests.makers import log_in
from tests.sterk.account_steps import NEW_PASSWORD, enter, is_in

ADDRESS = "mo@voorbeeld.example"


@pytest.fixture
def letter(anna, zonnehof):
    """An invitation for Mo, who has no account yet."""
    return actions.invite(zonnehof, by=anna, email=ADDRESS, name="Mo", role="contributor")


def page_of(invitation):
    return reverse("organisations:invitation", args=[invitation.secret])


def sign_up(client, **data):
    """Fill in the form for an account; ``data`` is what is filled in otherwise."""
    facts = {"name": "Mo de Vries", "email": ADDRESS}
    passwords = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    return client.post(reverse("account_signup"), {**facts, **passwords, **data})


def test_without_an_invitation_nobody_signs_up(client, db):
    page = client.get(reverse("account_signup"))
    sign_up(client)

    assert "Alleen met een uitnodiging" in page.content.decode()
    assert not User.objects.exists()


def test_looking_at_an_invitation_opens_nothing_yet(client, letter):
    client.get(page_of(letter))

    sign_up(client)

    assert not User.objects.with_address(ADDRESS).exists()


def test_the_invitation_tells_who_asks_for_what(client, letter):
    page = client.get(page_of(letter)).content.decode()

    assert "Anna nodigt je uit als <strong>medewerker</strong>" in page
    assert "van <strong>Zonnehof</strong>" in page
    assert "Account maken" in page


def test_the_page_of_an_invitation_is_kept_by_no_cache(client, letter):
    assert "no-store" in client.get(page_of(letter))["Cache-Control"]


def test_the_form_knows_name_and_address(client, letter):
    client.post(page_of(letter))

    form = client.get(reverse("account_signup")).context["form"]

    assert form["name"].value() == "Mo"
    assert form["email"].value() == ADDRESS
    assert form.fields["email"].widget.attrs["readonly"]


def test_from_the_link_to_belonging(client, letter, zonnehof):
    to_form = client.post(page_of(letter))
    data = {"next": page_of(letter)}
    back = sign_up(client, **data)
    client.post(page_of(letter))

    mo = User.objects.with_address(ADDRESS).get()
    assert to_form.url.startswith(reverse("account_signup"))
    assert back.url == page_of(letter)
    assert mo.name == "Mo de Vries"
    assert mo.roles(zonnehof) == {OrganisationRole.CONTRIBUTOR}
    assert Entry.objects.filter(deed="account.register", by_pk=mo.pk).count() == 1


def test_after_signing_up_the_address_counts_as_verified(client, letter):
    client.post(page_of(letter))
    sign_up(client)
    client.logout()
    mo = User.objects.with_address(ADDRESS).get()

    enter(client, mo, password=NEW_PASSWORD)

    address = EmailAddress.objects.get(user=mo)
    assert (address.email, address.verified, address.primary) == (ADDRESS, True, True)
    assert is_in(client)
    assert not Message.objects.filter(event__contains="email_confirmation").exists()


def test_no_other_address_than_the_invited_one_signs_up(client, letter):
    client.post(page_of(letter))

    response = sign_up(client, email="iemand.anders@voorbeeld.example")

    form = response.context["form"]
    assert form.errors["email"] == [f"Je bent uitgenodigd op {ADDRESS}."]
    assert form["name"].value() == "Mo de Vries"
    assert User.objects.count() == 1


def test_an_invitation_opens_sign_up_once(client, letter):
    client.post(page_of(letter))
    sign_up(client)
    client.logout()

    sign_up(client, email="tweede@voorbeeld.example")

    assert not User.objects.with_address("tweede@voorbeeld.example").exists()


def test_a_name_is_asked(client, letter):
    client.post(page_of(letter))

    response = sign_up(client, name="  ")

    assert response.context["form"].errors["name"] == ["Dit veld is verplicht."]


def test_an_easy_password_is_refused_beside_the_field(client, letter):
    client.post(page_of(letter))

    response = sign_up(client, password1="wachtwoord", password2="wachtwoord")

    assert "password1" in response.context["form"].errors
    assert not User.objects.with_address(ADDRESS).exists()


def test_who_has_an_account_logs_in_and_comes_back(client, anna, frida, zonnehof):
    letter = actions.invite(zonnehof, by=anna, email=frida.email, name="Frida", role="contributor")

    page = client.get(page_of(letter)).content.decode()
    response = client.post(page_of(letter))

    assert "Je hebt al een account" in page
    assert response.url.startswith(reverse("account_login") + "?next=")
    back = client.post(response.url, {"login": frida.email, "password": "een-lang-wachtwoord"})
    assert back.url == page_of(letter)


def test_one_click_takes_up_another_role(client, anna, bas, zonnehof):
    letter = actions.invite(zonnehof, by=anna, email=bas.email, name="Bas", role="director")

    log_in(client, bas).post(page_of(letter))

    bas.forget_roles()
    assert bas.roles(zonnehof) == {OrganisationRole.CONTRIBUTOR, OrganisationRole.DIRECTOR}


def test_somebody_else_cannot_take_it_up(client, letter, frida):
    log_in(client, frida)

    page = client.get(page_of(letter)).content.decode()
    client.post(page_of(letter))

    assert f"Deze uitnodiging is voor {ADDRESS}" in page
    assert not frida.memberships.exists()


@pytest.mark.parametrize("secret", ["x", "a" * 43, "%00", "..", "é"])
def test_a_guess_opens_nothing(client, letter, secret):
    response = client.get(f"/uitnodiging/{secret}/")

    assert response.status_code == 404


def test_a_used_or_withdrawn_link_reads_the_same_as_a_guess(client, anna, zonnehof, frida, letter):
    used = actions.invite(zonnehof, by=anna, email=frida.email, name="F", role="contributor")
    actions.accept_invitation(used, by=frida)
    actions.withdraw_invitation(letter, by=anna)

    pages = [client.get(page_of(used)), client.get(page_of(letter)), client.post(page_of(letter))]
    guess = client.get(reverse("organisations:invitation", args=["a" * 43]))

    for page in pages:
        assert page.status_code == 404
        assert page.content == guess.content


def test_who_took_it_up_earlier_just_goes_on(client, anna, zonnehof, frida):
    letter = actions.invite(zonnehof, by=anna, email=frida.email, name="F", role="contributor")
    actions.accept_invitation(letter, by=frida)

    response = log_in(client, frida).get(page_of(letter))

    assert response.url == reverse("home")
