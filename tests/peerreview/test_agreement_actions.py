"""A panel together: agreeing, findings, the summary, finishing, and the advice after it."""

import uuid

import pytest

from labels.assessments.models import Outcome
from labels.registrations import actions as registrations
from peerreview.panels import actions as panels
from peerreview.reviews import actions, clock
from sterk.lifecycle import Overtaken, Refusal
from sterk.logbook.models import Entry
from sterk.mail.models import Message
from sterk.organisations.models import Conflict
from tests.makers import (
    agree_all,
    finish_review,
    hand_in_all,
    make_assessment,
    make_review,
    plan_for,
)
from tests.peerreview.steps import card_of, hand_in


@pytest.fixture
def review(anna, lotte, chris, dora):
    """Lotte and Chris review Zonnehof; Lotte leads; both have handed in."""
    started = make_review(make_assessment(by=anna, submitted=True), [lotte, chris], by=dora)
    hand_in_all(started)
    return started


@pytest.fixture
def scoring(anna, lotte, chris, dora):
    """The same, when only Lotte has handed in."""
    started = make_review(make_assessment(by=anna, submitted=True), [lotte, chris], by=dora)
    hand_in(started, lotte)
    return started


def agree(review, *, by, code="V1", verdict="met", motivation="Gehoord.", version=0):
    return actions.agree(
        review, code, by=by, verdict=verdict, motivation=motivation, version=version
    )


def find(review, *, by, key=None, **said):
    facts = {"kind": "strength", "text": "Open houding.", **said}
    return actions.find(review, by=by, key=key or uuid.uuid4(), **facts)


def test_a_verdict_is_what_the_panel_agrees(review, lotte):
    agree(review, by=lotte, verdict="partly_met")

    verdict = review.verdicts.get(norm__code="V1")
    assert (verdict.verdict, verdict.motivation) == ("partly_met", "Gehoord.")
    assert (verdict.changed_by, verdict.version) == (lotte, 1)


def test_nothing_is_agreed_before_everybody_has_handed_in(scoring, lotte):
    deeds = [
        lambda: agree(scoring, by=lotte),
        lambda: find(scoring, by=lotte),
        lambda: actions.summarise(scoring, by=lotte, summary="Mooi.", version=0),
        lambda: actions.finish(scoring, by=lotte),
    ]

    for deed in deeds:
        with pytest.raises(Refusal, match="Nog niet iedereen"):
            deed()


def test_saving_the_same_verdict_twice_is_one_deed(review, lotte):
    agree(review, by=lotte)
    agree(review, by=lotte)

    assert review.verdicts.get(norm__code="V1").version == 1
    assert Entry.objects.filter(deed="review.agree").count() == 1


def test_two_who_write_at_once_do_not_overwrite_each_other(review, lotte, chris):
    agree(review, by=chris, motivation="Van Chris.")

    with pytest.raises(Overtaken) as overtaken:
        agree(review, by=lotte, motivation="Van Lotte.")

    assert overtaken.value.theirs.motivation == "Van Chris."
    agree(review, by=lotte, motivation="Van Lotte.", version=overtaken.value.theirs.version)
    assert review.verdicts.get(norm__code="V1").motivation == "Van Lotte."


def test_a_summary_is_not_overwritten_unseen(review, lotte, chris):
    actions.summarise(review, by=chris, summary="Van Chris.", version=0)

    with pytest.raises(Overtaken) as overtaken:
        actions.summarise(review, by=lotte, summary="Van Lotte.", version=0)

    assert overtaken.value.theirs.summary == "Van Chris."


def test_the_same_summary_twice_is_one_deed(review, lotte):
    actions.summarise(review, by=lotte, summary="Mooi.", version=0)
    actions.summarise(review, by=lotte, summary="Mooi.", version=0)

    assert Entry.objects.filter(deed="review.summarise").count() == 1


def test_a_finding_that_is_sent_twice_is_there_once(review, lotte):
    key = uuid.uuid4()

    first, again = find(review, by=lotte, key=key), find(review, by=lotte, key=key)

    assert first == again
    assert review.findings.count() == 1


def test_only_a_quote_says_who_said_it(review, lotte):
    strength = find(review, by=lotte, said_by="Inwoner")
    quote = find(review, by=lotte, kind="quote", said_by="Inwoner")

    assert (strength.said_by, quote.said_by) == ("", "Inwoner")


def test_a_finding_is_on_a_norm_of_this_review(review, lotte):
    review.verdicts.filter(norm__code="V2").delete()
    elsewhere = review.assessment.framework.norms.get(code="V2")

    with pytest.raises(Refusal, match="wordt in deze toetsing niet bekeken"):
        find(review, by=lotte, norm=elsewhere)


def test_a_finding_can_be_scrapped_and_scrapping_twice_is_one_deed(review, lotte):
    finding = find(review, by=lotte)

    actions.scrap(finding, by=lotte)
    actions.scrap(finding, by=lotte)

    assert not review.findings.exists()
    assert Entry.objects.filter(deed="review.scrap").count() == 1


def test_the_lead_finishes(review, lotte, chris):
    agree_all(review, by=chris)

    with pytest.raises(Refusal, match="De voorzitter van het toetsteam rondt af"):
        actions.finish(review, by=chris)

    assert actions.finish(review, by=lotte).verdicts.count() == 4


def test_finishing_asks_for_a_verdict_with_a_motivation_on_every_norm(review, lotte):
    agree_all(review, by=lotte)
    agree(review, by=lotte, motivation="", version=1)

    with pytest.raises(Refusal, match="1 norm heeft nog geen gezamenlijk oordeel"):
        actions.finish(review, by=lotte)

    agree(review, code="V2", by=lotte, verdict="", version=1)
    with pytest.raises(Refusal, match="2 normen hebben nog geen gezamenlijk oordeel"):
        actions.finish(review, by=lotte)


def test_finishing_asks_for_a_summary(review, lotte):
    agree_all(review, by=lotte)
    review.refresh_from_db()
    actions.summarise(review, by=lotte, summary=" ", version=review.summary_version)

    with pytest.raises(Refusal, match="Schrijf eerst een samenvatting"):
        actions.finish(review, by=lotte)


def test_a_panel_that_is_no_longer_complete_does_not_finish(review, lotte, chris, dora):
    agree_all(review, by=lotte)
    panels.let_go(card_of(review, chris).member, by=dora)

    with pytest.raises(Refusal, match="minstens 2 mensen"):
        actions.finish(review, by=lotte)


def test_a_tie_that_comes_to_light_stops_the_finish(review, lotte, chris, dora):
    agree_all(review, by=lotte)
    Conflict.objects.create(
        person=chris,
        organisation=review.assessment.organisation,
        reason="Zwager",
        recorded_by=dora,
    )

    with pytest.raises(Refusal, match="Chris heeft een band"):
        actions.finish(review, by=lotte)


def test_a_review_is_finished_once(review, lotte):
    agree_all(review, by=lotte)
    actions.finish(review, by=lotte)

    with pytest.raises(Refusal, match="afgerond"):
        actions.finish(review, by=lotte)

    assert Outcome.objects.count() == 1


def test_nothing_changes_after_the_finish(review, lotte):
    finding = find(review, by=lotte)
    agree_all(review, by=lotte)
    actions.finish(review, by=lotte)
    deeds = [
        lambda: agree(review, by=lotte, motivation="Later.", version=1),
        lambda: find(review, by=lotte),
        lambda: actions.scrap(finding, by=lotte),
        lambda: actions.summarise(review, by=lotte, summary="Later.", version=1),
    ]

    for deed in deeds:
        with pytest.raises(Refusal, match="Dit kan nu niet"):
            deed()


def test_the_outcome_takes_verdicts_and_findings_but_no_score(review, lotte):
    norm = review.assessment.framework.norms.get(code="V1")
    find(review, by=lotte, norm=norm, kind="quote", text="Zo is het.", said_by="Inwoner")
    agree_all(review, by=lotte, but={"V1": "partly_met"})

    outcome = actions.finish(review, by=lotte)

    assert outcome.verdicts.get(norm=norm).verdict == "partly_met"
    assert outcome.findings.get().said_by == "Inwoner"
    assert "Gezien." not in str(outcome.report.content)  # the note with every score


def test_no_text_of_a_review_lands_in_the_logbook_or_in_mail(review, lotte):
    find(review, by=lotte, text="BEVINDING")
    agree(review, by=lotte, motivation="MOTIVERING")
    actions.summarise(review, by=lotte, summary="SAMENVATTING", version=0)

    written = " ".join([str(entry.details) for entry in Entry.objects.all()])
    mailed = " ".join(message.subject + message.body for message in Message.objects.all())
    for word in ["BEVINDING", "MOTIVERING", "SAMENVATTING", "Gezien."]:
        assert word not in written + mailed


@pytest.fixture
def audited(anna, pieter, dora):
    """An audit of Zonnehof that is finished, with V1 not fully met."""
    started = make_review(
        make_assessment(by=anna, submitted=True), [pieter], by=dora, route="external"
    )
    finish_review(started, but={"V1": "partly_met"})
    started.refresh_from_db()
    return started


def advise(review, *, by, motivation="Een goed plan."):
    return actions.advise(review, by=by, advice="grant_with_plan", motivation=motivation)


def test_the_auditor_advises_when_the_plan_is_there(audited, anna, pieter):
    outcome = audited.assessment.outcomes.get()
    with pytest.raises(Refusal, match="Het verbeterplan is nog niet ingeleverd"):
        advise(audited, by=pieter)

    plan_for(outcome, by=anna)

    assert advise(audited, by=pieter).advice == "grant_with_plan"


def test_an_advice_has_a_motivation(audited, anna, pieter):
    plan_for(audited.assessment.outcomes.get(), by=anna)

    with pytest.raises(Refusal, match="altijd een motivering"):
        advise(audited, by=pieter, motivation=" ")


def test_an_advice_is_given_once(audited, anna, pieter):
    plan_for(audited.assessment.outcomes.get(), by=anna)
    advise(audited, by=pieter)

    with pytest.raises(Refusal, match="al een advies"):
        advise(audited, by=pieter)


def test_a_colleague_does_not_give_the_advice(anna, chris, pieter, dora):
    review = make_review(
        make_assessment(by=anna, submitted=True), [chris, pieter], by=dora, route="combined"
    )
    finish_review(review)

    with pytest.raises(Refusal, match="Het advies komt van de auditor"):
        advise(review, by=chris)


def test_there_is_no_advice_before_the_end(anna, pieter, dora):
    review = make_review(
        make_assessment(by=anna, submitted=True), [pieter], by=dora, route="external"
    )

    with pytest.raises(Refusal, match="Het advies komt na de toetsing"):
        advise(review, by=pieter)


def asked(person):
    return Message.objects.filter(event__startswith="review.advice", recipient=person.email).count()


def test_the_auditor_is_asked_for_advice_once_when_the_plan_comes_in(audited, anna, pieter):
    clock.ask_advice_due()
    assert asked(pieter) == 0

    plan_for(audited.assessment.outcomes.get(), by=anna)
    clock.ask_advice_due()
    clock.ask_advice_due()

    assert asked(pieter) == 1


def test_the_auditor_is_asked_at_once_when_no_plan_is_needed(anna, pieter, dora):
    review = make_review(
        make_assessment(by=anna, submitted=True), [pieter], by=dora, route="external"
    )

    finish_review(review)

    assert asked(pieter) == 1


def test_nobody_is_asked_for_an_advice_that_the_route_does_not_give(review, lotte, chris):
    agree_all(review, by=lotte)
    actions.finish(review, by=lotte)

    assert asked(lotte) == asked(chris) == 0


def test_there_is_no_advice_on_a_review_that_a_newer_one_took_over(
    audited, anna, pieter, dora, evert
):
    plan_for(audited.assessment.outcomes.get(), by=anna)
    actions.advise(audited, by=pieter, advice="hold", motivation="Eerst V1.")
    held = registrations.propose(
        audited.assessment, by=dora, ruling="conditional", motivation="Eerst V1."
    )
    registrations.confirm(held, by=evert)
    finish_review(actions.look_again(audited.assessment, by=dora))

    with pytest.raises(Refusal, match="Er loopt al een nieuwe toetsing"):
        advise(audited, by=pieter)
