"""What the logbook tells, and to whom; and what long lists cost."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

import sterk
from sterk.logbook import sentences
from sterk.logbook.models import Entry
from sterk.organisations import actions
from sterk.organisations.models import Invitation
from tests.makers import log_in, make_organisation, make_person

HOUSES = Path(sterk.__file__).parent.parent


def page(name, *args):
    return reverse(f"organisations:{name}", args=args)


def lines_of(response):
    assert response.status_code == 200
    return [line["text"] for line in response.context["lines"]]


@pytest.mark.parametrize("who", ["anna", "karin", "dora"])
def test_the_logbook_tells_who_did_what(client, who, request, anna, bas, zonnehof):
    actions.invite(zonnehof, by=anna, email="mo@x.example", name="Mo", role="reviewer")
    actions.end_membership(bas.memberships.get(), by=anna)

    response = log_in(client, request.getfixturevalue(who)).get(page("logbook", zonnehof.pk))

    assert lines_of(response) == [
        "beëindigde de rol van Bas als medewerker.",
        "nodigde iemand uit als toetser.",
    ]
    assert [line["by"] for line in response.context["lines"]] == ["Anna", "Anna"]


def test_the_logbook_holds_no_line_of_another_organisation(client, anna, dora, waterland, zonnehof):
    actions.edit(waterland, by=dora, place="Edam")

    assert lines_of(log_in(client, anna).get(page("logbook", zonnehof.pk))) == []


@pytest.mark.parametrize("deed", ["reflection.write", "review.agree", "conflict.record", "new.one"])
def test_an_organisation_reads_only_what_somebody_decided_to_show(client, anna, zonnehof, deed):
    Entry.record(anna, deed, zonnehof)

    assert lines_of(log_in(client, anna).get(page("logbook", zonnehof.pk))) == []


@pytest.mark.parametrize("deed", ["reflection.write", "review.agree"])
def test_the_bureau_does_not_read_what_is_kept(client, anna, dora, zonnehof, deed):
    Entry.record(anna, deed, zonnehof)

    assert lines_of(log_in(client, dora).get(page("logbook", zonnehof.pk))) == []


def test_a_deed_without_a_sentence_still_makes_a_line_for_the_bureau(client, anna, dora, zonnehof):
    Entry.record(anna, "new.one", zonnehof)

    lines = lines_of(log_in(client, dora).get(page("logbook", zonnehof.pk)))

    assert lines == ["deed iets waar nog geen zin voor is."]


def test_what_the_worker_did_has_no_name(client, anna, zonnehof):
    Entry.record(None, "report.deliver", zonnehof)

    text = log_in(client, anna).get(page("logbook", zonnehof.pk)).content.decode()

    assert "<strong>Het systeem</strong> maakte een rapport." in text


def test_the_logbook_has_pages(client, anna, zonnehof):
    for _ in range(51):
        Entry.record(anna, "assessment.answer", zonnehof, norm="V1")
    log_in(client, anna)

    first = client.get(page("logbook", zonnehof.pk))
    second = client.get(page("logbook", zonnehof.pk), {"pagina": 2})

    assert (len(lines_of(first)), len(lines_of(second))) == (50, 1)


def test_a_line_that_lacks_a_detail_is_still_readable():
    assert sentences.told("evidence.cite", {}) == "legde een bewijsstuk bij norm –."


def test_braces_in_a_name_stay_braces():
    details = {"person": "{role}", "role": "reviewer"}

    told = sentences.told("membership.end", details)

    assert told == "beëindigde de rol van {role} als toetser."


def test_no_deed_stands_in_two_tables():
    tables = [set(sentences.OPEN), set(sentences.INSIDE), set(sentences.KEPT)]

    assert sum(map(len, tables)) == len(set.union(*tables))


def test_every_deed_in_the_code_has_its_place_in_the_logbook():
    known = {*sentences.OPEN, *sentences.INSIDE, *sentences.KEPT}

    assert {deed for deed in deeds() if deed not in known} == set()


def deeds():
    """The name of every deed that the code writes down."""
    for house in ["sterk", "labels", "peerreview"]:
        for path in (HOUSES / house).rglob("*.py"):
            for call in ast.walk(ast.parse(path.read_text())):
                if isinstance(call, ast.Call):
                    yield from named_in(call)


def named_in(call):
    """The deed in ``Entry.record(by, "a.b", …)`` or ``Move("a.b", …)``."""
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    place = {"record": 1, "Move": 0}.get(name)
    if place is None or len(call.args) <= place:
        return
    argument = call.args[place]
    if isinstance(argument, ast.Constant) and "." in str(argument.value):
        yield argument.value


@pytest.mark.parametrize("number", [1, 3, 30])
@pytest.mark.parametrize("who", ["anna", "bas", "karin", "dora"])
def test_more_people_cost_no_more_queries(
    client, who, number, request, zonnehof, anna, django_assert_num_queries
):
    log_in(client, request.getfixturevalue(who))
    for place in range(number):
        make_person(f"P{place}", (zonnehof, "contributor"))
        invite(zonnehof, anna, place)
        Entry.record(anna, "assessment.answer", zonnehof, norm="V1")
    expected = {"anna": 6, "karin": 6, "bas": 5, "dora": 6}[who]

    with django_assert_num_queries(expected):
        assert client.get(page("organisation", zonnehof.pk)).status_code == 200


def invite(organisation, by, place):
    """An open invitation, without its mail."""
    return Invitation.objects.create(
        email=f"m{place}@voorbeeld.example",
        name="Mo",
        organisation=organisation,
        role="reviewer" if organisation else "bureau",
        digest=f"{organisation}{place}",
        invited_by=by,
        expires_at=timezone.now() + timedelta(days=7),
    )


@pytest.mark.parametrize("number", [1, 3, 30])
def test_more_organisations_cost_no_more_queries(client, dora, number, django_assert_num_queries):
    for place in range(number):
        make_person(f"P{place}", (make_organisation(f"O{place}"), "contributor"))
    log_in(client, dora)

    with django_assert_num_queries(5):
        assert client.get(page("organisations")).status_code == 200


@pytest.mark.parametrize("number", [1, 3, 30])
@pytest.mark.parametrize("name", ["staff", "conflicts", "logbook"])
def test_longer_lists_cost_no_more_queries(
    client, ada, dora, zonnehof, name, number, django_assert_num_queries
):
    for place in range(number):
        person = make_person(f"P{place}", (None, "committee"))
        invite(None, dora, place)
        actions.record_conflict(person, zonnehof, by=dora, reason="Werkte er.")
    log_in(client, ada if name == "staff" else dora)
    where = page(name, zonnehof.pk) if name == "logbook" else page(name)

    with django_assert_num_queries({"staff": 5, "conflicts": 5, "logbook": 6}[name]):
        assert client.get(where).status_code == 200
