"""The pages of organisations and their people."""

import pytest
from django.urls import reverse

from sterk.organisations import actions
from sterk.organisations.models import Membership, Organisation
from tests.makers import log_in, make_organisation

FACTS = {
    "name": "De Brug",
    "kind": "member",
    "place": "Ede",
    "municipality": "Ede",
    "fte": "12,5",
    "website": "https://debrug.example",
    "about": "Wij zijn er voor iedereen.",
}


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


@pytest.mark.parametrize("who", ["anna", "bas", "karin"])
def test_with_one_organisation_the_list_goes_straight_to_it(client, who, request, zonnehof):
    log_in(client, request.getfixturevalue(who))

    assert client.get(page("organisations")).url == page("organisation", zonnehof.pk)


def test_with_two_organisations_one_chooses(client, anna, waterland):
    Membership.objects.create(person=anna, organisation=waterland, role="contributor")

    text = text_of(log_in(client, anna).get(page("organisations")))

    assert "Zonnehof" in text
    assert "Waterland" in text
    assert "Organisatie toevoegen" not in text


@pytest.mark.parametrize("who", ["chris", "pieter", "evert", "ada", "frida"])
def test_others_see_no_organisation_in_the_list(client, who, request, zonnehof, meerpaal):
    text = text_of(log_in(client, request.getfixturevalue(who)).get(page("organisations")))

    assert "Zonnehof" not in text
    assert "Meerpaal" not in text


def test_the_bureau_finds_an_organisation_by_a_part_of_its_place(client, dora, zonnehof, meerpaal):
    log_in(client, dora)

    response = client.get(page("organisations"), {"zoek": "dront"})

    assert [one.name for one in response.context["page"]] == ["Meerpaal"]


def test_nothing_found_says_so(client, dora, zonnehof):
    response = log_in(client, dora).get(page("organisations"), {"zoek": "bestaat niet"})

    assert "Niets gevonden" in text_of(response)


def test_the_first_organisation_has_a_beginning(client, dora):
    assert "Organisatie toevoegen" in text_of(log_in(client, dora).get(page("organisations")))


@pytest.mark.parametrize("who", ["chris", "pieter", "evert", "ada", "frida"])
def test_an_organisation_of_others_does_not_exist(client, who, request, zonnehof):
    log_in(client, request.getfixturevalue(who))

    for name in ["organisation", "edit-organisation", "invite", "logbook"]:
        assert client.get(page(name, zonnehof.pk)).status_code == 404
        assert client.post(page(name, zonnehof.pk)).status_code == 404


def test_a_coordinator_sees_nothing_of_another_organisation(client, anna, waterland):
    log_in(client, anna)

    for name in ["organisation", "edit-organisation", "invite", "logbook"]:
        assert client.get(page(name, waterland.pk)).status_code == 404


@pytest.mark.parametrize("who", ["anna", "karin", "dora"])
def test_addresses_are_for_who_may_invite(client, who, request, bas, zonnehof, letter):
    log_in(client, request.getfixturevalue(who))

    text = text_of(client.get(page("organisation", zonnehof.pk)))

    assert bas.email in text
    assert letter.email in text
    assert "Iemand uitnodigen" in text


def test_a_contributor_sees_names_and_roles_only(client, bas, anna, zonnehof, letter):
    response = log_in(client, bas).get(page("organisation", zonnehof.pk))

    text = text_of(response)
    assert {one.person.name for one in response.context["memberships"]} == {"Anna", "Bas"}
    assert anna.email not in text
    assert letter.email not in text
    assert "Mo" not in text
    assert "Beëindigen" not in text
    assert "uitnodigen" not in text
    assert "logboek" not in text.lower()


def test_who_left_is_no_longer_named(client, anna, bas, zonnehof):
    actions.end_membership(bas.memberships.get(), by=anna)

    text = text_of(log_in(client, anna).get(page("organisation", zonnehof.pk)))

    assert bas.email not in text


def test_the_bureau_adds_an_organisation_and_goes_on_to_invite(client, dora):
    response = log_in(client, dora).post(page("new-organisation"), FACTS)

    made = Organisation.objects.get()
    assert response.url == page("invite", made.pk)
    assert (made.name, str(made.fte)) == ("De Brug", "12.5")


def test_a_name_that_exists_is_told_and_nothing_typed_is_lost(client, dora, zonnehof):
    response = log_in(client, dora).post(page("new-organisation"), {**FACTS, "name": "zonnehof"})

    form = response.context["form"]
    assert form.non_field_errors() == ["Er is al een organisatie met deze naam."]
    assert form["about"].value() == FACTS["about"]
    assert "Wij zijn er voor iedereen." in text_of(response)


def test_what_is_wrong_stands_beside_the_field(client, dora):
    response = log_in(client, dora).post(page("new-organisation"), {**FACTS, "fte": "veel"})

    assert response.context["form"].errors == {"fte": ["Voer een getal in."]}
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("who", ["anna", "bas", "karin", "chris", "evert", "ada", "frida"])
def test_only_the_bureau_adds_organisations(client, who, request):
    log_in(client, request.getfixturevalue(who))
    before = Organisation.objects.count()

    assert client.get(page("new-organisation")).status_code == 403
    assert client.post(page("new-organisation"), FACTS).status_code == 403
    assert Organisation.objects.count() == before


def test_a_coordinator_keeps_the_facts_but_not_the_name(client, anna, zonnehof):
    client = log_in(client, anna)

    client.post(page("edit-organisation", zonnehof.pk), FACTS)

    zonnehof.refresh_from_db()
    assert (zonnehof.name, zonnehof.place) == ("Zonnehof", "Ede")


def test_the_bureau_changes_the_name_as_well(client, dora, zonnehof):
    log_in(client, dora).post(page("edit-organisation", zonnehof.pk), FACTS)

    zonnehof.refresh_from_db()
    assert zonnehof.name == "De Brug"


def test_the_form_shows_what_is_there(client, anna, zonnehof):
    response = log_in(client, anna).get(page("edit-organisation", zonnehof.pk))

    assert response.context["form"]["place"].value() == "Amersfoort"


def test_a_contributor_changes_nothing(client, bas, zonnehof):
    log_in(client, bas)

    assert client.get(page("edit-organisation", zonnehof.pk)).status_code == 403
    assert client.post(page("edit-organisation", zonnehof.pk), FACTS).status_code == 403
    assert client.get(page("invite", zonnehof.pk)).status_code == 403
    assert client.get(page("logbook", zonnehof.pk)).status_code == 403


def test_what_people_write_is_never_markup(client, anna, dora):
    rude = make_organisation('<script>alert("x")</script>', about="<img src=x onerror=alert(1)>")

    text = text_of(log_in(client, dora).get(page("organisation", rude.pk)))

    assert "<script>alert" not in text
    assert "<img src=x" not in text
