"""Who reads an improvement plan, and when: nobody outside the organisation before it is handed in."""

import pytest
from django.urls import reverse

from labels.improvements.models import Improvement
from labels.registrations import actions as registrations
from tests.makers import (
    finish_review,
    make_assessment,
    make_review,
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
