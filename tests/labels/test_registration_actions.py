"""From outcome to register: the plan, the decision by two people, measures, the end."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from labels.assessments.states import State as AssessmentState
from labels.registrations import actions, clock
from labels.registrations.models import Decision, PublicState, Registration
from labels.registrations.states import State
from peerreview.reviews import actions as reviews
from sterk.lifecycle import Refusal
from sterk.mail.models import Message
from sterk.organisations.models import Conflict
from tests.makers import (
    finish_review,
    make_assessment,
    make_person,
    make_review,
    make_round,
    plan_for,
)


@pytest.fixture
def outcome(anna, pieter, dora):
    """An audit of Zonnehof that left V1 partly met."""
    assessment = make_assessment(by=anna, submitted=True)
    review = make_review(assessment, [pieter], by=dora, route="external")
    return finish_review(review, but={"V1": "partly_met"})


@pytest.fixture
def advised(outcome, anna, pieter):
    """The same, with the improvement plan handed in and the advice given."""
    plan_for(outcome, by=anna)
    review = outcome.assessment.reviews.get()
    reviews.advise(review, by=pieter, advice="grant_with_plan", motivation="Een goed plan.")
    outcome.refresh_from_db()
    return outcome


@pytest.fixture
def registration(advised, dora, evert):
    decision = propose(advised, by=dora)
    actions.confirm(decision, by=evert)
    return Registration.objects.get()


def propose(outcome, *, by, ruling="granted_with_plan", motivation="Wij volgen het advies."):
    return actions.propose(outcome.assessment, by=by, ruling=ruling, motivation=motivation)


def test_a_plan_is_not_handed_in_while_a_norm_that_asks_for_one_has_none(outcome, anna):
    with pytest.raises(Refusal, match="Nog zonder verbeterplan: V1"):
        actions.hand_in_plan(outcome.assessment, by=anna)


def test_a_plan_is_handed_in_once(advised, anna):
    with pytest.raises(Refusal, match="al ingeleverd"):
        actions.hand_in_plan(advised.assessment, by=anna)


def test_no_advice_before_the_plan(outcome, pieter):
    review = outcome.assessment.reviews.get()

    with pytest.raises(Refusal, match="verbeterplan is nog niet ingeleverd"):
        reviews.advise(review, by=pieter, advice="grant_with_plan", motivation="Goed.")


def test_no_proposal_before_the_plan(outcome, dora):
    with pytest.raises(Refusal, match="verbeterplan is nog niet ingeleverd"):
        propose(outcome, by=dora)


def test_no_proposal_before_the_advice(outcome, anna, dora):
    plan_for(outcome, by=anna)

    with pytest.raises(Refusal, match="advies van het toetsteam is er nog niet"):
        propose(outcome, by=dora)


def test_a_decision_always_has_a_motivation(advised, dora):
    with pytest.raises(Refusal, match="motivering"):
        propose(advised, by=dora, motivation="  ")


def test_granted_without_a_plan_needs_every_norm_met(advised, dora):
    with pytest.raises(Refusal, match="Niet elke norm voldoet"):
        propose(advised, by=dora, ruling="granted")


def test_one_proposal_at_a_time(advised, dora):
    propose(advised, by=dora)

    with pytest.raises(Refusal, match="ligt al een voorstel"):
        propose(advised, by=dora)


@pytest.mark.parametrize(
    ("judgement", "words"), [("not_met", "voldoet niet"), ("undetermined", "niet vastgesteld")]
)
def test_a_blocking_judgement_can_be_held_but_not_granted(anna, pieter, dora, judgement, words):
    assessment = make_assessment(by=anna, submitted=True)
    review = make_review(assessment, [pieter], by=dora, route="external")
    outcome = finish_review(review, but={"B1": judgement})
    plan_for(outcome, by=anna)
    reviews.advise(review, by=pieter, advice="hold", motivation="Eerst B1.")

    with pytest.raises(Refusal, match=words):
        propose(outcome, by=dora)
    assert propose(outcome, by=dora, ruling="conditional").open


def test_who_proposes_does_not_confirm(advised, evert):
    decision = propose(advised, by=evert)

    with pytest.raises(Refusal, match="Vraag een ander"):
        actions.confirm(decision, by=evert)
    with pytest.raises(Refusal, match="Vraag een ander"):
        actions.reject(decision, by=evert, reason="Toch niet.")


def test_the_database_too_wants_two_people(advised, dora):
    decision = propose(advised, by=dora)

    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(
            confirmed_by=dora, confirmed_at=timezone.now()
        )


def test_nobody_decides_about_an_organisation_with_which_they_have_a_tie(
    advised, dora, evert, zonnehof
):
    decision = propose(advised, by=dora)
    Conflict.objects.create(person=evert, organisation=zonnehof, reason="Zus", recorded_by=dora)

    with pytest.raises(Refusal, match="een band met deze organisatie"):
        actions.confirm(decision, by=evert)


def test_confirming_twice_makes_one_registration(advised, dora, evert):
    decision = propose(advised, by=dora)
    actions.confirm(decision, by=evert)

    with pytest.raises(Refusal, match="al beslist"):
        actions.confirm(decision, by=evert)

    assert Registration.objects.count() == 1
    assert Message.objects.filter(event=f"decision:{decision.pk}").count() == 1


def test_a_proposal_that_went_back_can_be_made_anew(advised, dora, evert):
    first = propose(advised, by=dora)
    actions.reject(first, by=evert, reason="De motivering is te kort.")

    second = propose(advised, by=dora, motivation="Een langere motivering.")

    assert second.open
    assert not Registration.objects.exists()


def test_going_back_needs_a_reason(advised, dora, evert):
    decision = propose(advised, by=dora)

    with pytest.raises(Refusal, match="waarom"):
        actions.reject(decision, by=evert, reason=" ")


def test_a_refusal_closes_and_registers_nothing(advised, dora, evert):
    decision = propose(advised, by=dora, ruling="refused", motivation="Nog te vroeg.")

    actions.confirm(decision, by=evert)

    assert not Registration.objects.exists()
    advised.assessment.refresh_from_db()
    assert advised.assessment.state == AssessmentState.CLOSED


def test_a_label_is_valid_for_two_years_to_the_day_before(advised, dora, evert):
    actions.confirm(propose(advised, by=dora), by=evert, on=date(2026, 3, 15))

    registration = Registration.objects.get()
    assert (registration.valid_from, registration.valid_until) == (
        date(2026, 3, 15),
        date(2028, 3, 14),
    )


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 2, 28), 24, date(2028, 2, 28)),
        (date(2024, 2, 29), 24, date(2026, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_months_later_stays_within_the_month(day, months, later):
    assert actions.months_later(day, months) == later


def test_numbers_do_not_repeat_and_hold_nothing_that_looks_alike():
    numbers = {actions.new_number(2026) for _ in range(500)}

    assert len(numbers) == 500
    assert not any(set(number[9:]) & set("01IO") for number in numbers)


def test_a_measure_needs_two_people_and_shows_at_once(registration, dora, evert):
    measure = actions.propose_measure(
        registration, by=dora, kind="suspend", motivation="Er loopt een onderzoek."
    )
    with pytest.raises(Refusal, match="Vraag een ander"):
        actions.confirm_measure(measure, by=dora)

    actions.confirm_measure(measure, by=evert)

    registration = Registration.objects.with_public_state().get()
    assert registration.public_state(timezone.localdate()) == PublicState.SUSPENDED


def test_a_suspended_label_can_be_restored_or_withdrawn_but_not_suspended_again(
    registration, dora, evert
):
    suspend(registration, dora, evert)

    with pytest.raises(Refusal, match="geschorst"):
        actions.propose_measure(registration, by=dora, kind="suspend", motivation="Nog eens.")
    restore = actions.propose_measure(registration, by=dora, kind="restore", motivation="Opgelost.")
    actions.confirm_measure(restore, by=evert)

    registration.refresh_from_db()
    assert registration.state == State.VALID


def test_one_open_measure_at_a_time(registration, dora):
    actions.propose_measure(registration, by=dora, kind="suspend", motivation="Onderzoek.")

    with pytest.raises(Refusal, match="ligt al een voorstel"):
        actions.propose_measure(registration, by=dora, kind="withdraw", motivation="Onderzoek.")


def suspend(registration, dora, evert):
    measure = actions.propose_measure(
        registration, by=dora, kind="suspend", motivation="Onderzoek."
    )
    return actions.confirm_measure(measure, by=evert)


def test_a_withdrawn_label_stays_withdrawn(registration, dora, evert):
    measure = actions.propose_measure(registration, by=dora, kind="withdraw", motivation="Fraude.")
    actions.confirm_measure(measure, by=evert)

    with pytest.raises(Refusal, match="ingetrokken"):
        actions.propose_measure(registration, by=dora, kind="restore", motivation="Toch niet.")


def test_the_clock_ends_what_has_passed_and_leaves_the_rest(registration):
    today = timezone.localdate()
    Registration.objects.update(
        valid_from=today - timedelta(days=800), valid_until=today - timedelta(days=1)
    )

    assert clock.expire_due() == 1
    assert clock.expire_due() == 0
    registration.refresh_from_db()
    assert registration.state == State.EXPIRED


def test_a_label_is_not_ended_on_its_last_day(registration):
    with pytest.raises(Refusal, match="nog niet verlopen"):
        actions.expire(registration, on=registration.valid_until)


def test_the_register_does_not_wait_for_the_clock(registration):
    later = registration.valid_until + timedelta(days=1)

    shown = Registration.objects.with_public_state().get()

    assert shown.public_state(registration.valid_until) == PublicState.VALID
    assert shown.public_state(later) == PublicState.EXPIRED


def test_a_passed_label_whose_holder_is_under_review_says_so(registration, anna, pieter, dora):
    again = make_assessment(by=anna, submitted=True)
    other = make_person("Petra", (pieter.memberships.get().organisation, "auditor"))
    spring = make_round(by=dora, name="Voorjaarsronde 2028")
    make_review(again, [other], by=dora, route="external", into=spring)

    shown = Registration.objects.with_public_state().get()

    assert shown.public_state(shown.valid_until + timedelta(days=1)) == PublicState.RENEWING
    assert shown.public_state(shown.valid_until) == PublicState.VALID
