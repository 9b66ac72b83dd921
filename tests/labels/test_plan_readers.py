"""Who reads an improvement plan, and when: nobody outside the organisation before it is handed in."""

import pytest
from django.urls import reverse

from labels.improvements import actions
from labels.improvements.models import Improvement
from labels.registrations import actions as registrations
from peerreview.reviews import actions as reviews
from tests.makers import (
    finish_review,
    make_assessment,
    make_review,
    plan_for,
)
from tests.world import plan_one

WORDS = "PLANTEKST"


@pytest.fixture
def outcome(anna, pieter, dora, framework):
    assessment = make_assessment(by=anna, submitted=True)
    review = make_review(assessment, [pieter], by=dora, route="external")
    return finish_review(review, but={"V1": "partly_met"})


def write_down(outcome, anna):
    """An improvement with words that can be found anywhere."""
    made = plan_one(
        outcome.assessment.organisation, outcome.assessment.framework.norms.get(code="V1"), by=anna
    )
    Improvement.objects.filter(pk=made.pk).update(what=WORDS)
    return made


@pytest.mark.parametrize("who", ["dora", "evert"])
@pytest.mark.parametrize("name", ["outcome", "decision"])
def test_staff_reads_no_plan_that_was_not_handed_in(as_, who, name, outcome, anna, request):
    write_down(outcome, anna)
    person = request.getfixturevalue(who)

    page = as_(person).get(reverse(f"labels:{name}", args=[outcome.assessment_id]))

    assert page.status_code == 200
    assert WORDS not in page.content.decode()


@pytest.mark.parametrize("who", ["dora", "evert"])
@pytest.mark.parametrize("name", ["outcome", "decision"])
def test_staff_reads_a_plan_that_was_handed_in(as_, who, name, outcome, anna, request):
    write_down(outcome, anna)
    registrations.hand_in_plan(outcome.assessment, by=anna)
    person = request.getfixturevalue(who)

    page = as_(person).get(reverse(f"labels:{name}", args=[outcome.assessment_id]))

    assert WORDS in page.content.decode()


@pytest.mark.parametrize("who", ["anna", "bas", "karin"])
def test_the_organisation_always_reads_its_own(as_, who, outcome, anna, request):
    write_down(outcome, anna)
    person = request.getfixturevalue(who)

    page = as_(person).get(reverse("labels:outcome", args=[outcome.assessment_id]))

    assert WORDS in page.content.decode()


def test_the_report_tells_nothing_of_a_plan_that_was_not_handed_in(anna, pieter, dora, framework):
    assessment = make_assessment(by=anna, submitted=True)
    plan_one(assessment.organisation, framework.norms.get(code="V1"), by=anna)
    review = make_review(assessment, [pieter], by=dora, route="external")

    outcome = finish_review(review, but={"V1": "partly_met"})

    assert "Oefenen." not in str(outcome.report.content)


def test_the_report_on_a_second_look_tells_of_the_plan_that_was_handed_in(
    outcome, anna, pieter, dora, evert
):
    plan_for(outcome, by=anna)
    later = plan_one(
        outcome.assessment.organisation, outcome.assessment.framework.norms.get(code="D1"), by=anna
    )
    actions.change(later, by=anna, what="LATER", why="", who="Bas", due=later.due, version=1)
    first = outcome.assessment.reviews.get()
    reviews.advise(first, by=pieter, advice="hold", motivation="Nog eens kijken.")
    held = registrations.propose(outcome.assessment, by=dora, ruling="conditional", motivation="x")
    registrations.confirm(held, by=evert)
    second = reviews.look_again(outcome.assessment, by=dora)

    told = str(finish_review(second).report.content)

    assert "We oefenen dit in het team." in told
    assert "LATER" not in told
