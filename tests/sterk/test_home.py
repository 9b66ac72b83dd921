"""What waits for whom: always true, stored nowhere."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from labels.registrations import actions as registrations
from peerreview.reviews import actions as reviews
from peerreview.rounds import actions as rounds
from sterk.home.awaiting import tasks
from sterk.organisations.models import Conflict
from sterk.reports.models import Report
from tests.makers import (
    finish_review,
    hand_in_all,
    make_assessment,
    make_framework,
    make_organisation,
    make_panel,
    make_person,
    make_review,
    make_round,
    plan_for,
)


def whats(person):
    """What waits for this person, in words."""
    return [task.what for task in tasks(type(person).objects.get(pk=person.pk))]


def test_a_visitor_sees_the_way_in(client, db):
    page = client.get("/").content.decode()

    assert "Zoeken in het register" in page


def test_a_new_coordinator_is_asked_to_begin(anna, framework):
    assert whats(anna) == ["Begin met de zelfevaluatie"]


def test_a_draft_says_how_much_is_left_and_how_long_that_takes(anna):
    make_assessment(by=anna, answered=False)

    task = tasks(anna)[0]

    assert task.what == "Maak de zelfevaluatie af: nog 4 normen"
    assert task.hours == 1


def test_a_full_draft_waits_for_the_coordinator_to_hand_in(anna, bas):
    make_assessment(by=anna)

    assert whats(anna) == ["Dien de zelfevaluatie in"]
    assert whats(bas) == ["Lees de zelfevaluatie nog eens na"]


def test_the_end_of_the_round_is_the_date_of_the_task(anna, dora, zonnehof):
    into = make_round(by=dora)
    make_assessment(by=anna, answered=False)
    rounds.sign_up(into, zonnehof, by=dora, route="peer")

    assert tasks(anna)[0].on == into.closes_on


def test_the_bureau_is_told_the_next_step_of_what_was_handed_in(anna, dora, lotte, chris):
    assessment = make_assessment(by=anna, submitted=True)
    assert whats(dora) == ["Plaats deze organisatie in een ronde"]

    panel = make_panel(assessment, [lotte, chris], by=dora)
    assert whats(dora) == ["Stel het toetsteam samen en start de toetsing"]

    reviews.start(panel, by=dora)
    assert whats(dora) == []


def test_a_reviewer_scores_then_agrees_then_is_done(anna, dora, lotte, chris):
    review = make_review(make_assessment(by=anna, submitted=True), [lotte, chris], by=dora)
    assert whats(chris) == ["Geef je eigen scores: nog 4 normen"]

    hand_in_all(review)
    assert whats(chris) == ["Kom samen tot een oordeel"]


def test_who_handed_in_waits_without_being_told_how_far_the_others_are(anna, dora, lotte, chris):
    review = make_review(make_assessment(by=anna, submitted=True), [lotte, chris], by=dora)
    card = review.scorecards.get(member__person=lotte)
    for code in review.verdicts.values_list("norm__code", flat=True):
        reviews.score(card, code, score="met", note="", version=0)
    reviews.hand_in(card, by=lotte)

    assert whats(lotte) == []
    assert whats(chris) == ["Geef je eigen scores: nog 4 normen"]


def test_from_plan_to_advice_to_proposal_to_confirmation(anna, pieter, dora, evert):
    assessment = make_assessment(by=anna, submitted=True)
    review = make_review(assessment, [pieter], by=dora, route="external")
    outcome = finish_review(review, but={"V1": "partly_met"})
    assert (whats(anna), whats(pieter)) == (["Maak het verbeterplan: 1 norm"], [])

    plan_for(outcome, by=anna)
    assert (whats(anna), whats(pieter), whats(dora)) == ([], ["Geef je advies"], [])

    reviews.advise(review, by=pieter, advice="grant_with_plan", motivation="Een goed plan.")
    assert (whats(pieter), whats(dora)) == ([], ["Stel een besluit voor"])

    decision = registrations.propose(
        assessment, by=dora, ruling="granted_with_plan", motivation="Ja."
    )
    assert whats(evert) == ["Bevestig een besluit, of stuur het terug"]

    registrations.confirm(decision, by=evert)
    assert whats(evert) == []


def test_who_proposed_is_not_asked_to_confirm(anna, pieter, dora, evert):
    assessment = make_assessment(by=anna, submitted=True)
    review = make_review(assessment, [pieter], by=dora, route="external")
    finish_review(review)
    reviews.advise(review, by=pieter, advice="grant", motivation="Alles is er.")
    registrations.propose(assessment, by=evert, ruling="granted", motivation="Ja.")

    assert whats(evert) == []


def test_a_conflict_takes_the_task_away(anna, pieter, dora, evert, zonnehof):
    assessment = make_assessment(by=anna, submitted=True)
    review = make_review(assessment, [pieter], by=dora, route="external")
    finish_review(review)
    reviews.advise(review, by=pieter, advice="grant", motivation="Alles is er.")
    registrations.propose(assessment, by=dora, ruling="granted", motivation="Ja.")

    Conflict.objects.create(person=evert, organisation=zonnehof, reason="Zus", recorded_by=dora)

    assert whats(evert) == []


def test_a_failed_report_waits_for_the_bureau(anna, pieter, dora):
    review = make_review(
        make_assessment(by=anna, submitted=True), [pieter], by=dora, route="external"
    )
    finish_review(review)
    Report.objects.update(state="failed")

    assert "1 rapport is mislukt" in whats(dora)


@pytest.mark.parametrize("who", ["ada", "frida"])
def test_for_who_has_no_part_in_it_nothing_waits(request, who, as_):
    person = request.getfixturevalue(who)

    assert whats(person) == []
    assert "Er wacht nu niets op je" in as_(person).get("/").content.decode()


def test_the_page_takes_as_many_queries_for_one_organisation_as_for_thirty(as_, dora, framework):
    counts = []
    client = as_(dora)
    for size in (1, 3, 30):
        for index in range(len(whats(dora)), size):
            home = make_organisation(f"Huis {index}")
            who = make_person(
                f"Coördinator {index}", (home, "coordinator"), email=f"c{index}@voorbeeld.example"
            )
            make_assessment(home, by=who, submitted=True)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/").status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1] == counts[2]


def test_the_page_of_a_coordinator_too(as_, anna, zonnehof):
    counts = []
    client = as_(anna)
    for size in (1, 3, 12):
        for index in range(len(whats(anna)), size):
            make_assessment(zonnehof, by=anna, framework=make_framework(f"KADER-{index}"))
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/").status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1] == counts[2]
