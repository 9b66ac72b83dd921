"""A review: beginning, scoring alone, handing in, and who comes and goes."""

import pytest

from labels.assessments import actions as assessments
from labels.registrations import actions as registrations
from labels.registrations.models import Decision
from peerreview.panels import actions as panels
from peerreview.reviews import actions
from peerreview.reviews.models import Review, Scorecard
from sterk.lifecycle import Overtaken, Refusal
from sterk.logbook.models import Entry
from sterk.mail.models import Message
from sterk.organisations.models import Conflict
from tests.makers import (
    answer,
    finish_review,
    make_assessment,
    make_panel,
    make_person,
    make_review,
    plan_for,
)
from tests.peerreview.steps import card_of, hand_in, reviewer_at, score_all


@pytest.fixture
def submitted(anna):
    return make_assessment(by=anna, submitted=True)


@pytest.fixture
def review(submitted, lotte, chris, dora):
    """Lotte and Chris review Zonnehof; Lotte leads."""
    return make_review(submitted, [lotte, chris], by=dora)


def mails_of(event, person):
    return Message.objects.filter(event__startswith=event, recipient=person.email).count()


def test_a_review_begins_with_an_empty_card_for_everybody(review, submitted, lotte, chris, anna):
    submitted.refresh_from_db()

    assert submitted.state == "in_review"
    assert [card.scores.filter(score="").count() for card in review.scorecards.all()] == [4, 4]
    assert review.verdicts.filter(verdict="", motivation="").count() == 4
    assert mails_of("review.start", lotte) == mails_of("review.start", chris) == 1
    assert mails_of("review.start", anna) == 1


def test_starting_twice_gives_the_same_review(review, dora):
    again = actions.start(review.panel, by=dora)

    assert again == review
    assert Entry.objects.filter(deed="review.start").count() == 1


def test_a_review_waits_for_the_assessment(anna, lotte, chris, dora):
    draft = make_assessment(by=anna)
    panel = make_panel(draft, [lotte, chris], by=dora)

    with pytest.raises(Refusal, match="nog niet ingediend"):
        actions.start(panel, by=dora)


def test_a_review_waits_for_an_organisation_that_has_not_begun(anna, lotte, chris, dora):
    draft = make_assessment(by=anna)
    panel = make_panel(draft, [lotte, chris], by=dora)
    draft.answers.all().delete()
    draft.delete()

    with pytest.raises(Refusal, match="nog niet ingediend"):
        actions.start(panel, by=dora)


def test_a_review_waits_for_its_panel(submitted, lotte, dora):
    panel = make_panel(submitted, [lotte], by=dora)

    with pytest.raises(Refusal, match="minstens 2 mensen"):
        actions.start(panel, by=dora)

    submitted.refresh_from_db()
    assert submitted.state == "submitted"


def test_what_was_reviewed_is_not_reviewed_again_by_itself(review, dora):
    finish_review(review, but={"V1": "not_met"})

    with pytest.raises(Refusal, match="al getoetst"):
        actions.start(review.panel, by=dora)


def test_the_panel_reads_what_was_handed_in_and_nothing_later(submitted, review):
    submitted.answers.filter(norm__code="V1").update(explanation="Later geschreven.")

    assert review.frozen_copy.content["norms"]["V1"]["explanation"] == "Zo doen wij dat."


def test_a_reviewer_scores_alone(review, lotte, chris):
    actions.score(card_of(review, lotte), "V1", score="partly_met", note="Half.", version=0)

    own = card_of(review, lotte).scores.get(norm__code="V1")
    assert (own.score, own.note, own.version) == ("partly_met", "Half.", 1)
    assert card_of(review, chris).scores.get(norm__code="V1").score == ""


def test_saving_the_same_score_twice_is_one_change(review, lotte):
    card = card_of(review, lotte)
    actions.score(card, "V1", score="met", note="Ja.", version=0)

    again = actions.score(card, "V1", score="met", note="Ja.", version=0)

    assert again.version == 1


def test_an_older_window_does_not_overwrite_a_newer_score(review, lotte):
    card = card_of(review, lotte)
    actions.score(card, "V1", score="met", note="Nieuw.", version=0)

    with pytest.raises(Overtaken) as overtaken:
        actions.score(card, "V1", score="not_met", note="Oud.", version=0)

    assert overtaken.value.theirs.note == "Nieuw."
    assert card.scores.get(norm__code="V1").score == "met"


def test_handing_in_asks_for_a_score_on_every_norm(review, lotte):
    card = card_of(review, lotte)
    with pytest.raises(Refusal, match="4 normen hebben nog geen score"):
        actions.hand_in(card, by=lotte)

    score_all(review, lotte, but={"V1": ""}, note="")

    with pytest.raises(Refusal, match="1 norm heeft nog geen score"):
        actions.hand_in(card, by=lotte)


def test_what_is_handed_in_does_not_change(review, lotte):
    card = hand_in(review, lotte)

    with pytest.raises(Refusal, match="ze veranderen niet meer"):
        actions.score(card, "V1", score="not_met", note="Toch niet.", version=1)


def test_handing_in_twice_is_one_deed(review, lotte):
    first = hand_in(review, lotte)

    again = actions.hand_in(first, by=lotte)

    assert again.handed_in_at == first.handed_in_at
    assert Entry.objects.filter(deed="review.hand_in").count() == 1


def test_the_panel_hears_it_only_when_everybody_has_handed_in(review, lotte, chris):
    hand_in(review, lotte)
    assert mails_of("review.all_in", chris) == 0

    hand_in(review, chris)

    assert mails_of("review.all_in", lotte) == mails_of("review.all_in", chris) == 1


def test_whoever_may_not_read_any_more_gets_no_mail_either(review, lotte, chris, dora):
    hand_in(review, chris)
    Conflict.objects.create(
        person=chris,
        organisation=review.assessment.organisation,
        reason="Zwager",
        recorded_by=dora,
    )

    hand_in(review, lotte)

    assert mails_of("review.all_in", lotte) == 1
    assert mails_of("review.all_in", chris) == 0


def test_no_line_of_scoring_lands_in_the_logbook(review, lotte):
    score_all(review, lotte, note="GEHEIM")

    assert not Entry.objects.filter(deed__startswith="review.score").exists()
    assert not any("GEHEIM" in str(entry.details) for entry in Entry.objects.all())


def test_somebody_who_joins_begins_with_an_empty_card(review, waterland, dora):
    teun = make_person("Teun", (waterland, "reviewer"))

    actions.join(review, reviewer_at(teun), by=dora)

    assert card_of(review, teun).scores.filter(score="").count() == 4
    assert mails_of("review.start", teun) == 1


def test_joining_twice_is_one_deed(review, waterland, dora):
    teun = make_person("Teun", (waterland, "reviewer"))

    actions.join(review, reviewer_at(teun), by=dora)
    actions.join(review, reviewer_at(teun), by=dora)

    assert Scorecard.objects.filter(member__person=teun).count() == 1
    assert mails_of("panel.place", teun) == 1


def test_whoever_has_seen_scores_does_not_begin_anew(review, chris, lotte, dora):
    hand_in(review, chris)
    actions.leave(review, card_of(review, chris).member, by=dora)

    with pytest.raises(Refusal, match="kan niet opnieuw beginnen"):
        actions.join(review, reviewer_at(chris), by=dora)


def test_whoever_left_without_handing_in_can_come_back(review, chris, dora):
    actions.leave(review, card_of(review, chris).member, by=dora)

    actions.join(review, reviewer_at(chris), by=dora)

    assert card_of(review, chris).handed_in_at is None


def test_nobody_joins_a_review_that_is_finished(review, waterland, dora):
    finish_review(review)
    teun = make_person("Teun", (waterland, "reviewer"))

    with pytest.raises(Refusal, match="Dit kan nu niet"):
        actions.join(review, reviewer_at(teun), by=dora)


def test_the_others_hear_it_when_the_one_they_waited_for_leaves(
    review, lotte, chris, waterland, dora
):
    hand_in(review, lotte)
    hand_in(review, chris)
    Message.objects.all().delete()
    teun = make_person("Teun", (waterland, "reviewer"))
    actions.join(review, reviewer_at(teun), by=dora)
    assert review.awaited().count() == 1

    actions.leave(review, card_of(review, teun).member, by=dora)

    assert mails_of("review.all_in", lotte) == 1
    assert mails_of("review.all_in", teun) == 0


def test_somebody_who_leaves_keeps_nobody_waiting_and_is_still_waited_for_by_nobody(
    review, lotte, chris, dora
):
    actions.leave(review, card_of(review, chris).member, by=dora)

    assert [member.person for member in review.awaited()] == [lotte]
    assert mails_of("review.all_in", lotte) == 0


def test_only_the_holders_of_a_card_see_a_review(review, anna, lotte, chris, pieter, dora, evert):
    seen = {
        person.name: Review.objects.visible_to(person).count()
        for person in [anna, lotte, chris, pieter, dora, evert]
    }

    assert seen == {"Anna": 0, "Lotte": 1, "Chris": 1, "Pieter": 0, "Dora": 0, "Evert": 0}


def test_open_cards_are_none_before_the_own_is_handed_in(review, lotte, chris):
    hand_in(review, chris)
    assert not Scorecard.objects.open_to(card_of(review, lotte)).exists()

    hand_in(review, lotte)

    cards = Scorecard.objects.open_to(card_of(review, lotte))
    assert [card.member.person for card in cards] == [lotte, chris]


def test_the_card_of_somebody_who_left_is_open_to_nobody(review, lotte, chris, dora):
    hand_in(review, lotte)
    hand_in(review, chris)

    panels.let_go(card_of(review, chris).member, by=dora)

    cards = Scorecard.objects.open_to(card_of(review, lotte))
    assert [card.member.person for card in cards] == [lotte]


def held(anna, pieter, dora, evert):
    """An audit of Zonnehof whose decision was put off because of D1."""
    assessment = make_assessment(by=anna, submitted=True)
    review = make_review(assessment, [pieter], by=dora, route="external")
    plan_for(finish_review(review, but={"D1": "not_met"}), by=anna)
    actions.advise(review, by=pieter, advice="hold", motivation="Eerst D1.")
    decision = registrations.propose(
        assessment, by=dora, ruling=Decision.Ruling.CONDITIONAL, motivation="Eerst D1."
    )
    registrations.confirm(decision, by=evert)
    return assessment


def test_a_second_look_takes_only_the_open_norms(anna, pieter, dora, evert):
    assessment = held(anna, pieter, dora, evert)

    second = actions.look_again(assessment, by=dora)

    assert second.number == 2
    assert [verdict.norm.code for verdict in second.verdicts.all()] == ["D1"]
    assert [score.norm.code for score in card_of(second, pieter).scores.all()] == ["D1"]


def test_looking_again_twice_gives_the_same_review(anna, pieter, dora, evert):
    assessment = held(anna, pieter, dora, evert)
    first = actions.look_again(assessment, by=dora)

    assert actions.look_again(assessment, by=dora) == first
    assert assessment.reviews.count() == 2


def test_a_second_look_waits_for_a_decision_that_was_put_off(anna, lotte, chris, dora):
    assessment = make_assessment(by=anna, submitted=True)
    with pytest.raises(Refusal, match="als er een toetsing is geweest"):
        actions.look_again(assessment, by=dora)

    finish_review(make_review(assessment, [lotte, chris], by=dora), but={"V1": "not_met"})

    with pytest.raises(Refusal, match="als het besluit is aangehouden"):
        actions.look_again(assessment, by=dora)


def test_a_second_look_needs_a_complete_panel(anna, pieter, dora, evert):
    assessment = held(anna, pieter, dora, evert)
    panel = assessment.reviews.get().panel
    panels.let_go(panel.members.current().get(), by=dora)

    with pytest.raises(Refusal, match="minstens 1 persoon"):
        actions.look_again(assessment, by=dora)


def test_an_assessment_that_was_given_back_is_read_in_its_newest_words(anna, lotte, chris, dora):
    assessment = make_assessment(by=anna, submitted=True)
    assessments.give_back(assessment, by=dora, reason="Maak V1 duidelijker.")
    answer(assessment, "V1", by=anna, explanation="Nu duidelijker.", version=1)
    assessments.submit(assessment, by=anna)

    review = make_review(assessment, [lotte, chris], by=dora)

    assert review.frozen_copy.content["norms"]["V1"]["explanation"] == "Nu duidelijker."
