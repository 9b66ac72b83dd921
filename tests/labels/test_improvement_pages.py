"""The improvement plan, through the client."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from labels.improvements import actions
from labels.improvements.models import Improvement
from tests.makers import make_assessment, make_person

LATER = timezone.localdate() + timedelta(days=90)


def url(name, *args):
    return reverse(f"labels:{name}", args=args)


def text(response):
    return response.content.decode()


def words(what="Elke maand intervisie.", **more):
    return {"what": what, "why": "", "who": "Bas", "due": LATER.isoformat(), **more}


def planned(what="Elke maand intervisie.", **more):
    return words(what, key=str(uuid.uuid4()), **more)


def plan(organisation, *, by, what="Elke maand intervisie.", norm=None):
    return actions.plan(organisation, by=by, norm=norm, what=what, why="", who="Bas", due=LATER)


@pytest.fixture
def norm(anna, zonnehof):
    return make_assessment(zonnehof, by=anna).framework.norms.get(code="V1")


@pytest.fixture
def improvement(anna, zonnehof, norm):
    return plan(zonnehof, by=anna, norm=norm)


def test_an_improvement_is_planned_with_a_norm(as_, anna, norm):
    client = as_(anna)
    page = client.get(url("plan-improvement"), {"norm": norm.pk})

    response = client.post(url("plan-improvement"), planned(norm=norm.pk))

    assert f'<option value="{norm.pk}" selected' in text(page)
    assert response.url == url("improvements")
    listed = text(client.get(url("improvements")))
    assert "V1 Onderwerp V1" in listed
    assert "Elke maand intervisie." in listed


def test_the_same_form_twice_plans_once(as_, anna, norm):
    form = planned()

    for _ in range(2):
        as_(anna).post(url("plan-improvement"), form)

    assert Improvement.objects.count() == 1


def test_the_same_form_with_other_words_is_not_dropped(as_, anna, norm):
    form, client = planned(), as_(anna)
    client.post(url("plan-improvement"), form)

    response = client.post(url("plan-improvement"), {**form, "what": "Iets anders."})

    assert "Deze actie stond al in het plan, met andere woorden." in text(response)
    assert "Iets anders." in text(response)
    key = response.context["form"]["key"].value()
    client.post(url("plan-improvement"), {**form, "what": "Iets anders.", "key": key})
    assert Improvement.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("what", "", "Dit veld is verplicht."),
        ("due", "2020-01-01", "Deze dag is al voorbij."),
        ("due", "morgen", "Voer een geldige datum in."),
        ("key", "", "Laad de pagina opnieuw."),
    ],
)
def test_a_wrong_field_says_so_and_keeps_the_rest(as_, anna, field, value, message):
    response = as_(anna).post(url("plan-improvement"), {**planned(why="Blijft."), field: value})

    assert message in text(response)
    assert "Blijft." in text(response)
    assert not Improvement.objects.exists()


def test_a_plan_belongs_to_the_organisation_that_one_chooses(as_, zonnehof, waterland, meerpaal):
    both = make_person("Rik", (zonnehof, "coordinator"), (waterland, "coordinator"))
    client = as_(both)

    client.post(url("plan-improvement"), planned(organisation=meerpaal.pk))
    client.post(url("plan-improvement"), planned(organisation=waterland.pk))

    assert [each.organisation for each in Improvement.objects.all()] == [waterland]


def test_an_improvement_is_reworded(as_, anna, improvement):
    here = url("change-improvement", improvement.pk)

    response = as_(anna).post(here, words("Elke week intervisie.", version=1))

    assert response.url == url("improvements")
    improvement.refresh_from_db()
    assert (improvement.what, improvement.version) == ("Elke week intervisie.", 2)


def test_an_older_copy_shows_what_a_colleague_wrote(as_, anna, improvement):
    actions.change(
        improvement, by=anna, what="Van een ander.", why="", who="Bas", due=LATER, version=1
    )
    here = url("change-improvement", improvement.pk)
    client = as_(anna)

    response = client.post(here, words("Van mij.", version=1))

    assert response.status_code == 409
    assert "Van een ander." in text(response)
    assert "Van mij." in text(response)
    again = words("Van mij.", version=response.context["form"]["version"].value())
    assert client.post(here, again).status_code == 302


def test_what_was_finished_is_said_and_stays(as_, anna, improvement):
    client = as_(anna)

    for _ in range(2):
        client.post(url("finish-improvement", improvement.pk))

    assert "afgerond op" in text(client.get(url("improvements")))
    late = client.post(url("change-improvement", improvement.pk), words("Te laat.", version=1))
    assert "Deze actie is al afgerond." in text(late)
    assert "Te laat." in text(late)


def test_what_was_dropped_is_gone_from_the_plan(as_, anna, improvement):
    client = as_(anna)

    client.post(url("drop-improvement", improvement.pk))

    assert "Er staat nog niets in het verbeterplan" in text(client.get(url("improvements")))
    assert client.get(url("change-improvement", improvement.pk)).status_code == 404


@pytest.mark.parametrize("person", ["bas", "karin"])
def test_colleagues_read_the_plan_and_do_not_change_it(as_, request, improvement, person):
    client = as_(request.getfixturevalue(person))

    page = text(client.get(url("improvements")))

    assert "Elke maand intervisie." in page
    assert "Wijzigen" not in page
    assert client.get(url("plan-improvement")).status_code == 403
    for name in ("change-improvement", "finish-improvement", "drop-improvement"):
        assert client.post(url(name, improvement.pk)).status_code == 403


@pytest.mark.parametrize("person", ["chris", "pieter", "dora", "evert", "ada", "frida"])
def test_the_plan_of_an_organisation_does_not_exist_for_others(as_, request, improvement, person):
    client = as_(request.getfixturevalue(person))

    assert "Elke maand intervisie." not in text(client.get(url("improvements")))
    for name in ("change-improvement", "finish-improvement", "drop-improvement"):
        assert client.post(url(name, improvement.pk)).status_code == 404


@pytest.mark.parametrize("person", ["anna", "bas", "karin"])
def test_the_list_asks_as_much_for_one_as_for_thirty(
    as_, request, anna, zonnehof, norm, person, connection_queries
):
    client = as_(request.getfixturevalue(person))
    counts = []
    for number in range(1, 31):
        plan(zonnehof, by=anna, norm=norm, what=f"Actie {number}")
        if number in {1, 3, 30}:
            counts.append(connection_queries(client, url("improvements")))

    assert len(set(counts)) == 1
