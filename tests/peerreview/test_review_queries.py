"""How many questions a reviewer's page puts to the database: few, and as many for thirty as for one."""

import uuid

import pytest
from django.urls import reverse

from labels.assessments import actions as assessments
from labels.evidence import actions as evidence
from labels.frameworks.models import Norm
from peerreview.reviews import actions
from tests.makers import (
    agree_all,
    finish_review,
    hand_in_all,
    make_assessment,
    make_framework,
    make_person,
    make_review,
    make_round,
)
from tests.peerreview.steps import hand_in

pytestmark = pytest.mark.slow

MOST = 12  # for opening a review or a norm


def url(name, *args):
    return reverse(f"peerreview:{name}", args=args)


def norms(count):
    return [(f"V{number}", "V", "VA") for number in range(1, count + 1)]


def a_review(people, anna, dora, *, count=4, shown=1, nth=0):
    """A review of so many norms, with so many pieces of evidence at the first of them; ``nth`` makes one more."""
    framework = make_framework(f"KADER-{count}-{shown}-{nth}", layout=norms(count))
    draft = make_assessment(by=anna, framework=framework)
    first = Norm.objects.get(framework=framework, code="V1")
    for number in range(shown):
        evidence.add_on_site(draft.organisation, by=anna, title=f"Zaal {number}", norms=[first])
    into = make_round(by=dora, framework=framework, name=f"Ronde {count} {shown} {nth}")
    return make_review(assessments.submit(draft, by=anna), people, by=dora, into=into)


def counted(client, count, review, names):
    return {
        name: count(client, url(name, review.pk, *(["V1"] if name == "review-norm" else [])))
        for name in names
    }


def test_opening_a_review_or_a_norm_asks_as_much_for_thirty_norms_as_for_one(
    as_, anna, lotte, chris, dora, connection_queries
):
    names, client = ["review", "review-norm", "hand-in-scores"], as_(lotte)
    reviews = [a_review([lotte, chris], anna, dora, count=count) for count in [1, 3, 30]]
    alone = [counted(client, connection_queries, review, names) for review in reviews]
    for review in reviews:
        hand_in_all(review)
    together = [counted(client, connection_queries, review, names) for review in reviews]

    assert alone[0] == alone[1] == alone[2]
    assert together[0] == together[1] == together[2]
    assert max(*alone[0].values(), *together[0].values()) <= MOST


def test_opening_a_norm_asks_as_much_for_thirty_pieces_of_evidence_as_for_one(
    as_, anna, lotte, chris, dora, connection_queries
):
    client = as_(lotte)
    counts = [
        connection_queries(client, url("review-norm", review.pk, "V1"))
        for review in [a_review([lotte, chris], anna, dora, shown=shown) for shown in [1, 3, 30]]
    ]

    assert counts[0] == counts[1] == counts[2] <= MOST


def test_a_page_asks_as_much_for_a_team_of_ten_as_for_a_team_of_two(
    as_, anna, lotte, chris, dora, waterland, connection_queries
):
    names = ["review", "review-norm", "agreement", "findings", "summary", "finish-review"]
    more = [make_person(f"Toetser {number}", (waterland, "reviewer")) for number in range(8)]
    client, counts = as_(lotte), []
    for shown, people in enumerate([[lotte, chris], [lotte, chris, *more]], start=1):
        review = a_review(people, anna, dora, shown=shown)
        hand_in_all(review)
        counts.append(counted(client, connection_queries, review, names))

    assert counts[0] == counts[1]
    assert max(counts[0].values()) <= MOST


def test_the_pages_of_a_panel_ask_as_much_for_thirty_norms_and_findings_as_for_one(
    as_, anna, lotte, chris, dora, connection_queries
):
    names = ["agreement", "findings", "summary", "finish-review"]
    client, counts = as_(lotte), []
    for count in [1, 3, 30]:
        review = a_review([lotte, chris], anna, dora, count=count)
        hand_in_all(review)
        agree_all(review, by=lotte)
        for verdict in review.verdicts.select_related("norm"):
            key = uuid.uuid4()
            actions.find(
                review, by=chris, kind="strength", text="Sterk.", norm=verdict.norm, key=key
            )
        counts.append(counted(client, connection_queries, review, names))

    assert counts[0] == counts[1] == counts[2]
    assert max(counts[0].values()) <= MOST


def test_the_advice_asks_as_much_for_thirty_open_norms_as_for_one(
    as_, anna, pieter, dora, connection_queries
):
    client, counts = as_(pieter), []
    for count in [1, 3, 30]:
        framework = make_framework(f"KADER-{count}", layout=norms(count))
        assessment = make_assessment(by=anna, framework=framework, submitted=True)
        into = make_round(by=dora, framework=framework, name=f"Ronde {count}")
        review = make_review(assessment, [pieter], by=dora, route="external", into=into)
        open_norms = dict.fromkeys([code for code, _, _ in norms(count)], "partly_met")
        finish_review(review, but=open_norms)
        counts.append(connection_queries(client, url("advise", review.pk)))

    assert counts[0] == counts[1] == counts[2] <= MOST


def test_the_list_of_reviews_asks_as_much_for_thirty_as_for_one(
    as_, anna, lotte, chris, dora, connection_queries
):
    client, counts = as_(lotte), []
    for number in range(1, 31):
        review = a_review([lotte, chris], anna, dora, count=1, nth=number)
        if number % 2:
            hand_in(review, lotte)
        if number in {1, 3, 30}:
            counts.append(connection_queries(client, url("reviews")))

    assert counts[0] == counts[1] == counts[2] <= MOST
