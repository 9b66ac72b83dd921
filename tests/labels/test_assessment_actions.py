"""The rules of the self-assessment, through its actions."""

import pytest
from django.utils import timezone

from labels.assessments import actions
from labels.assessments.freezing import digest_of
from labels.assessments.models import Answer, Reading
from labels.assessments.states import State
from labels.evidence import actions as evidence
from labels.frameworks.models import Framework
from sterk.lifecycle import Overtaken, Refusal
from sterk.logbook.models import Entry
from sterk.mail.models import Message
from tests.makers import (
    answer,
    finish_review,
    make_assessment,
    make_evidence,
    make_organisation,
    make_review,
    plan_for,
)


@pytest.fixture
def assessment(anna, zonnehof):
    return make_assessment(zonnehof, by=anna, answered=False)


@pytest.fixture
def submitted(anna, zonnehof):
    return make_assessment(zonnehof, by=anna, submitted=True)


def deeds(deed):
    return Entry.objects.filter(deed=deed)


# Beginning


def test_an_assessment_begins_with_an_empty_answer_for_every_norm(anna, zonnehof, framework):
    assessment = actions.start(zonnehof, framework, by=anna)

    assert list(assessment.answers.values_list("norm__code", "score").order_by("norm__order")) == [
        ("V1", ""),
        ("V2", ""),
        ("D1", ""),
        ("B1", ""),
    ]
    assert assessment.state == State.DRAFT
    assert deeds("assessment.start").count() == 1


def test_beginning_again_gives_the_one_that_is_open(anna, assessment):
    again = actions.start(assessment.organisation, assessment.framework, by=anna)

    assert again == assessment
    assert Answer.objects.count() == 4


def test_after_one_is_closed_a_new_one_may_begin(anna, chris, lotte, dora, submitted):
    finish_review(make_review(submitted, [lotte, chris], by=dora))

    again = actions.start(submitted.organisation, submitted.framework, by=anna)

    assert again != submitted


def test_a_certifying_body_does_not_assess_itself(anna, keurkompas, framework):
    with pytest.raises(Refusal, match="Een certificerende instelling doet zelf geen"):
        actions.start(keurkompas, framework, by=anna)


def test_a_norm_set_without_norms_cannot_be_answered(anna, zonnehof):
    title = Framework.objects.create(code="OUD", title="Oud kader", digest="0" * 64)

    with pytest.raises(Refusal, match="geen normen om te beantwoorden"):
        actions.start(zonnehof, title, by=anna)


# Answering


def test_an_answer_is_kept_with_who_and_when_and_a_line_in_the_logbook(bas, assessment):
    saved = answer(assessment, "V1", by=bas)

    assert (saved.score, saved.version, saved.changed_by) == ("met", 1, bas)
    assert saved.changed_at
    assert deeds("assessment.answer").get().details == {"norm": "V1"}
    assert deeds("assessment.answer").get().organisation_pk == assessment.organisation_id


def test_the_same_words_again_change_nothing(anna, bas, assessment):
    answer(assessment, "V1", by=bas)

    again = answer(assessment, "V1", by=anna, version=0)

    assert (again.version, again.changed_by) == (1, bas)
    assert deeds("assessment.answer").count() == 1


def test_an_older_version_is_overtaken_and_carries_what_is_there_now(anna, bas, assessment):
    answer(assessment, "V1", by=anna, explanation="Van Anna.")

    with pytest.raises(Overtaken) as overtaken:
        answer(assessment, "V1", by=bas, explanation="Van Bas.", version=0)

    assert overtaken.value.theirs.explanation == "Van Anna."
    assert overtaken.value.theirs.changed_by == anna
    assert assessment.answers.get(norm__code="V1").explanation == "Van Anna."


def test_what_was_handed_in_does_not_change(bas, submitted):
    with pytest.raises(Refusal, match="De zelfevaluatie is ingediend"):
        answer(submitted, "V1", by=bas, explanation="Later.", version=1)


# Summary and scope


def test_summary_and_scope_are_kept_together(anna, assessment):
    pairs = {("opbouwwerk", "Amersfoort"), ("opbouwwerk", "Leusden")}

    described = actions.describe(assessment, by=anna, summary="Wij.", scopes=pairs)

    assert (described.summary, described.summary_version) == ("Wij.", 1)
    assert set(assessment.scopes.values_list("work_type", "municipality")) == pairs


def test_describing_the_same_again_changes_nothing(anna, assessment):
    for _ in range(2):
        actions.describe(assessment, by=anna, summary="Wij.", scopes={("opbouwwerk", "Amersfoort")})

    assert deeds("assessment.describe").count() == 1


def test_an_older_summary_never_overwrites(anna, bas, assessment):
    actions.describe(assessment, by=bas, summary="Van Bas.", scopes=set())

    with pytest.raises(Overtaken) as overtaken:
        actions.describe(assessment, by=anna, summary="Van Anna.", scopes=set())

    assert overtaken.value.theirs.summary == "Van Bas."


def test_after_handing_in_the_summary_stays(anna, submitted):
    with pytest.raises(Refusal, match="is ingediend"):
        actions.describe(submitted, by=anna, summary="Later.", scopes=set())


# Handing in, and back


def test_handing_in_waits_for_every_judgement_and_explanation(anna, zonnehof):
    assessment = make_assessment(zonnehof, by=anna)
    answer(assessment, "V1", by=anna, explanation="", version=1)

    with pytest.raises(Refusal, match="1 norm heeft nog geen oordeel of toelichting"):
        actions.submit(assessment, by=anna)

    answer(assessment, "V2", by=anna, score="", version=1)
    with pytest.raises(Refusal, match="2 normen hebben"):
        actions.submit(assessment, by=anna)
    assessment.refresh_from_db()
    assert assessment.state == State.DRAFT
    assert not assessment.frozen_copies.exists()


def test_handing_in_freezes_what_is_said_and_tells_both_sides(anna, karin, dora, zonnehof):
    assessment = make_assessment(zonnehof, by=anna)
    norm = assessment.framework.norms.get(code="V1")
    shown = make_evidence(zonnehof, norm, by=anna)

    actions.submit(assessment, by=anna)

    copy = assessment.frozen_copies.get()
    assert copy.content["norms"]["V1"]["explanation"] == "Zo doen wij dat."
    assert copy.content["norms"]["V1"]["evidence"][0]["pk"] == shown.pk
    assert copy.content["norms"]["V2"]["evidence"] == []
    assert copy.shows(shown.pk)
    assert not copy.shows(shown.pk + 1)
    assert copy.digest == digest_of(copy.content)
    to = set(Message.objects.values_list("recipient", flat=True))
    assert to == {anna.email, karin.email, dora.email}


def test_handing_in_twice_is_refused(anna, submitted):
    with pytest.raises(Refusal, match="is ingediend"):
        actions.submit(submitted, by=anna)

    assert submitted.frozen_copies.count() == 1


def test_giving_back_opens_it_again_with_the_reason(anna, dora, submitted):
    actions.give_back(submitted, by=dora, reason="D1 mist nog iets.")

    submitted.refresh_from_db()
    assert submitted.state == State.DRAFT
    assert submitted.submitted_at is None
    assert submitted.given_back_because == "D1 mist nog iets."
    answer(submitted, "D1", by=anna, explanation="Nu beter.", version=1)
    actions.submit(submitted, by=anna)
    submitted.refresh_from_db()
    assert submitted.given_back_because == ""
    assert submitted.frozen_copies.count() == 2


def test_giving_back_needs_a_reason(dora, submitted):
    with pytest.raises(Refusal, match="Schrijf op waarom"):
        actions.give_back(submitted, by=dora, reason="  ")


def test_once_the_review_runs_nothing_is_given_back(dora, chris, lotte, submitted):
    make_review(submitted, [lotte, chris], by=dora)

    with pytest.raises(Refusal, match="is in toetsing"):
        actions.give_back(submitted, by=dora, reason="Toch nog iets.")


def test_a_draft_is_not_given_back(dora, assessment):
    with pytest.raises(Refusal, match="is concept"):
        actions.give_back(assessment, by=dora, reason="Te vroeg.")


# Reading along


def test_reading_along_is_written_down_for_the_organisation(dora, submitted):
    reading = actions.read_along(submitted, by=dora, reason="Een vraag.")

    assert (reading.person, reading.reason) == (dora, "Een vraag.")
    assert deeds("assessment.read_along").get().organisation_pk == submitted.organisation_id


def test_the_same_reason_within_eight_hours_is_the_same_reading(dora, submitted):
    first = actions.read_along(submitted, by=dora, reason="Een vraag.")

    again = actions.read_along(submitted, by=dora, reason="Een vraag.")
    other = actions.read_along(submitted, by=dora, reason="Nog een vraag.")
    Reading.objects.update(at=timezone.now() - timezone.timedelta(hours=9))
    later = actions.read_along(submitted, by=dora, reason="Een vraag.")

    assert first == again
    assert len({first, other, later}) == 3


def test_reading_along_needs_a_reason(dora, submitted):
    with pytest.raises(Refusal, match="De organisatie ziet dat"):
        actions.read_along(submitted, by=dora, reason=" ")


def test_a_draft_is_read_by_nobody_else(dora, assessment):
    with pytest.raises(Refusal, match="is niet ingediend"):
        actions.read_along(assessment, by=dora, reason="Een vraag.")


# A review ends in it


def test_a_review_starts_only_on_what_was_handed_in(dora, assessment):
    with pytest.raises(Refusal, match="is concept"):
        actions.start_review(assessment, by=dora)


def test_a_second_look_freezes_the_new_evidence(anna, dora, submitted, chris, lotte):
    finish_review(make_review(submitted, [lotte, chris], by=dora), but={"V1": "not_met"})
    norm = submitted.framework.norms.get(code="V1")
    added = evidence.add_on_site(submitted.organisation, by=anna, title="Nieuw", norms=[norm])

    copy = actions.start_review(submitted, by=dora)

    assert copy.number == 2
    assert copy.shows(added.pk)


def test_advice_waits_for_the_plan_and_comes_once(anna, dora, pieter, submitted):
    review = make_review(submitted, [pieter], by=dora, route="external")
    outcome = finish_review(review, but={"V1": "partly_met"})
    words = {"by": pieter, "advice": "grant_with_plan", "motivation": "Een goed plan."}

    with pytest.raises(Refusal, match="Het verbeterplan is nog niet ingeleverd"):
        actions.record_advice(outcome, **words)
    plan_for(outcome, by=anna)
    given = actions.record_advice(outcome, **words)
    with pytest.raises(Refusal, match="Er is al een advies gegeven"):
        actions.record_advice(outcome, **words)

    assert given.advised_by == pieter


def test_an_outcome_that_is_closed_takes_no_advice(anna, dora, chris, lotte, submitted):
    outcome = finish_review(make_review(submitted, [lotte, chris], by=dora))

    with pytest.raises(Refusal, match="kan geen advies meer"):
        actions.record_advice(outcome, by=lotte, advice="grant", motivation="Goed.")


def test_an_assessment_of_another_organisation_is_untouched(anna, zonnehof, waterland):
    one, other = (
        make_assessment(place, by=anna, answered=False) for place in (zonnehof, waterland)
    )

    answer(one, "V1", by=anna)

    assert other.answers.get(norm__code="V1").score == ""
    assert make_organisation("Waterland") == waterland
