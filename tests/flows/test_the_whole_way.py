"""From self-assessment to label, through the actions."""

import pytest

from labels.assessments.states import State
from labels.registrations import actions as registrations
from peerreview.reviews import actions as reviews
from sterk.jobs import JobState
from sterk.lifecycle import Refusal
from sterk.logbook.models import Entry
from tests.makers import finish_review, make_assessment, make_review, plan_for


def test_a_peer_review_ends_in_a_learning_report_and_the_register(anna, chris, lotte, dora):
    assessment = make_assessment(by=anna, submitted=True)
    review = make_review(assessment, [lotte, chris], by=dora)

    outcome = finish_review(review, but={"V1": "partly_met"})
    plan_for(outcome, by=anna)

    assessment.refresh_from_db()
    assert assessment.state == State.CLOSED
    assert assessment.registration.public_title == "Intercollegiaal getoetst"
    assert assessment.registration.certificate is None
    assert outcome.report.kind == "learning"
    assert outcome.report.state == JobState.QUEUED


def test_an_audit_ends_in_a_decision_by_two_people_and_a_certificate(anna, pieter, dora, evert):
    assessment = make_assessment(by=anna, submitted=True)
    review = make_review(assessment, [pieter], by=dora, route="external")
    outcome = finish_review(review, but={"V1": "partly_met"})
    plan_for(outcome, by=anna)
    reviews.advise(review, by=pieter, advice="grant_with_plan", motivation="Een goed plan.")

    decision = registrations.propose(
        assessment, by=dora, ruling="granted_with_plan", motivation="Wij volgen het advies."
    )
    with pytest.raises(Refusal, match="Vraag een ander"):
        registrations.confirm(decision, by=dora)
    registrations.confirm(decision, by=evert)

    assessment.refresh_from_db()
    assert assessment.state == State.CLOSED
    assert assessment.registration.certificate.kind == "certificate"
    assert Entry.objects.filter(deed="decision.confirm", by_name="Evert").count() == 1


def test_aangehouden_lets_the_same_panel_look_again_at_the_open_norms_only(
    anna, pieter, chris, dora, evert
):
    assessment = make_assessment(by=anna, submitted=True)
    review = make_review(assessment, [chris, pieter], by=dora, route="combined")
    outcome = finish_review(review, but={"D1": "not_met"})
    plan_for(outcome, by=anna)
    reviews.advise(review, by=pieter, advice="hold", motivation="Eerst D1.")
    held = registrations.propose(assessment, by=dora, ruling="conditional", motivation="Eerst D1.")
    registrations.confirm(held, by=evert)

    second = reviews.look_again(assessment, by=dora)
    new_outcome = finish_review(second)

    assert [verdict.norm.code for verdict in second.verdicts.all()] == ["D1"]
    assert new_outcome.verdicts.filter(verdict="met").count() == 4
    reviews.advise(second, by=pieter, advice="grant", motivation="Nu is het er.")
    decision = registrations.propose(assessment, by=dora, ruling="granted", motivation="Nu wel.")
    registrations.confirm(decision, by=evert)
    assert assessment.registration.state == "valid"
