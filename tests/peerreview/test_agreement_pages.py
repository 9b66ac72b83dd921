"""Pages of a panel together: the agreement, findings, the summary, finishing, and the advice."""

import re
import uuid

import pytest
from django.urls import reverse

from peerreview.agreement.reading import spread
from peerreview.reviews import actions
from peerreview.reviews.models import Finding, Verdict
from tests.makers import (
    agree_all,
    finish_review,
    hand_in_all,
    make_assessment,
    make_framework,
    make_review,
    make_round,
    plan_for,
)
from tests.peerreview.steps import hand_in, text_of

IN_PLACE = {"HX-Request": "true"}


def url(name, *args):
    return reverse(f"peerreview:{name}", args=args)


@pytest.fixture
def review(anna, lotte, chris, dora):
    """Lotte leads, with Chris: they differ a step on V2, and are far apart on D1."""
    started = make_review(make_assessment(by=anna, submitted=True), [lotte, chris], by=dora)
    hand_in(started, lotte, but={"V2": "partly_met"}, note="Van Lotte.")
    hand_in(started, chris, but={"D1": "not_met"}, note="Van Chris.")
    return started


@pytest.fixture
def audited(anna, pieter, chris, dora):
    """A combination on another framework that is finished, V1 not fully met; Pieter is the auditor."""
    assessment = make_assessment(by=anna, framework=make_framework("ANDERS-2026"), submitted=True)
    into = make_round(by=dora, framework=assessment.framework, name="Andere ronde")
    started = make_review(assessment, [pieter, chris], by=dora, route="combined", into=into)
    finish_review(started, but={"V1": "partly_met"})
    started.refresh_from_db()
    return started


def save(client, review, code="V1", headers=None, **typed):
    form = {"verdict": "met", "motivation": "Gehoord.", "version": 0, **typed}
    return client.post(url("agree", review.pk, code), form, headers=headers or {})


def topics_in(page):
    """The norms in the order of the page, with whether their card lies open."""
    cards = re.findall(r'<details class="fold topic panel" id="norm-(\w+)" (open)?', page)
    return [(code, bool(opened)) for code, opened in cards]


@pytest.mark.parametrize(
    ("judgements", "far"),
    [
        (["met", "met"], 0),
        (["undetermined", "undetermined"], 0),
        (["met", "partly_met"], 1),
        (["partly_met", "not_met"], 1),
        (["met", "undetermined"], 1),
        (["met", "not_met"], 2),
        (["met", "undetermined", "not_met"], 2),
        (["met"], 0),
        ([], 0),
    ],
)
def test_how_far_scores_lie_apart(judgements, far):
    assert spread(judgements) == far


def test_what_differs_most_comes_first_and_lies_open(as_, review, lotte):
    page = text_of(as_(lotte).get(url("agreement", review.pk)))

    assert topics_in(page) == [("D1", True), ("V2", True), ("V1", False), ("B1", False)]


def test_names_stand_beside_scores_and_notes(as_, review, chris):
    page = text_of(as_(chris).get(url("agreement", review.pk)))

    for words in ["<strong>Lotte</strong>", "<strong>Chris</strong>", "Van Lotte.", "Van Chris."]:
        assert words in page


def test_what_all_found_is_filled_in_and_what_differs_is_not(as_, review, lotte):
    page = text_of(as_(lotte).get(url("agreement", review.pk)))

    chosen = re.findall(r'value="(\w+)" id="id_(\w+)_verdict_\d" (?:[^>]*)checked', page)
    assert sorted(chosen) == [("met", "B1"), ("met", "V1")]
    assert Verdict.objects.filter(verdict="").count() == 4


def test_an_auditor_alone_begins_with_the_own_note(as_, anna, pieter, dora):
    review = make_review(
        make_assessment(by=anna, submitted=True), [pieter], by=dora, route="external"
    )
    hand_in(review, pieter, note="In drie gesprekken gehoord.")

    page = text_of(as_(pieter).get(url("agreement", review.pk)))

    assert "Jouw scores" in page
    assert page.count("In drie gesprekken gehoord.</textarea>") == 4


def test_a_verdict_is_saved_and_leads_back_to_its_norm(as_, review, lotte):
    response = save(as_(lotte), review, verdict="partly_met")

    assert response.url == url("agreement", review.pk) + "#norm-V1"
    assert review.verdicts.get(norm__code="V1").verdict == "partly_met"


def test_a_verdict_can_be_saved_in_place(as_, review, lotte):
    page = text_of(save(as_(lotte), review, headers=IN_PLACE))

    assert topics_in(page) == [("V1", True)]
    assert "Bewaard" in page
    assert 'name="version" value="1"' in page
    assert "<html" not in page


def test_a_verdict_without_a_motivation_is_kept_but_not_done(as_, review, lotte):
    page = text_of(save(as_(lotte), review, motivation="", headers=IN_PLACE))

    assert review.verdicts.get(norm__code="V1").verdict == "met"
    assert "nog niet bewaard" in page


@pytest.mark.parametrize("headers", [{}, IN_PLACE])
def test_two_who_write_at_once_see_both_texts_and_choose(headers, as_, review, lotte, chris):
    actions.agree(review, "V1", by=chris, verdict="met", motivation="Van Chris, nu.", version=0)
    client = as_(lotte)

    response = save(client, review, verdict="not_met", motivation="Van Lotte, nu.", headers=headers)

    page = text_of(response)
    assert response.status_code == 409
    assert "Chris bewaarde dit intussen ook." in page
    assert "Van Chris, nu." in page
    assert "Van Lotte, nu.</textarea>" in page
    assert ("V1", True) in topics_in(page)
    save(client, review, verdict="not_met", motivation="Van Lotte, nu.", version=1)
    assert review.verdicts.get(norm__code="V1").motivation == "Van Lotte, nu."


@pytest.mark.parametrize("headers", [{}, IN_PLACE])
def test_a_motivation_that_is_too_long_is_told_beside_the_field_and_kept(
    headers, as_, review, lotte
):
    long = "a" * 4001

    response = save(as_(lotte), review, motivation=long, headers=headers)

    assert response.status_code == 422
    page = text_of(response)
    assert long in page
    assert 'id="id_V1_motivation_error"' in page


@pytest.mark.parametrize("headers", [{}, IN_PLACE])
def test_a_note_can_be_put_under_the_motivation_without_saving(headers, as_, review, lotte, chris):
    score = review.scorecards.get(member__person=chris).scores.get(norm__code="V1")

    response = save(as_(lotte), review, motivation="Wij zagen:", neem=score.pk, headers=headers)

    assert "Wij zagen: Van Chris.</textarea>" in text_of(response)
    assert review.verdicts.get(norm__code="V1").version == 0


def test_a_note_on_another_norm_or_of_another_review_is_not_put_there(as_, review, lotte, chris):
    score = review.scorecards.get(member__person=chris).scores.get(norm__code="V2")

    for taken in [score.pk, 999_999, "x"]:
        page = text_of(save(as_(lotte), review, motivation="Wij zagen:", neem=taken))
        assert "Wij zagen:</textarea>" in page


def test_a_norm_that_is_not_looked_at_has_no_verdict(as_, review, lotte):
    assert save(as_(lotte), review, code="X9").status_code == 404


def test_the_agreement_is_closed_until_everybody_has_handed_in(as_, anna, lotte, chris, dora):
    review = make_review(make_assessment(by=anna, submitted=True), [lotte, chris], by=dora)
    hand_in(review, lotte)

    for person in [lotte, chris]:
        for name in ["agreement", "findings", "summary", "finish-review"]:
            page = as_(person).get(url(name, review.pk), follow=True)

            assert page.redirect_chain == [(url("review", review.pk), 302)]
            assert "Dit kan pas als iedereen" in text_of(page)


def add(client, review, address="", **said):
    form = {"kind": "strength", "norm": "V1", "text": "Open houding.", "key": uuid.uuid4(), **said}
    return client.post(url("findings", review.pk) + address, form)


def test_a_finding_is_added_and_seen_beside_its_norm(as_, review, lotte):
    client = as_(lotte)

    response = add(client, review, "?norm=V1")

    assert response.url == url("findings", review.pk) + "?norm=V1"
    assert Finding.objects.get().norm.code == "V1"
    assert "Open houding." in text_of(client.get(url("agreement", review.pk)))
    assert "Sterk punt bij V1 Onderwerp V1" in text_of(client.get(url("findings", review.pk)))


def test_a_finding_can_be_about_the_whole(as_, review, lotte):
    add(as_(lotte), review, norm="", kind="take_home")

    assert Finding.objects.get().norm is None


def test_a_double_click_adds_a_finding_once(as_, review, lotte):
    key = uuid.uuid4()
    for _ in range(2):
        add(as_(lotte), review, key=key)

    assert Finding.objects.count() == 1


def test_a_quote_says_by_role_who_said_it(as_, review, lotte):
    client = as_(lotte)
    response = add(client, review, kind="quote", text="Zo is het.")
    assert response.status_code == 422
    page = text_of(response)
    assert "Kies bij een citaat wie het zei." in page
    assert "Zo is het.</textarea>" in page

    add(client, review, kind="quote", text="Zo is het.", said_by="Inwoners / cliënten")
    assert Finding.objects.get().said_by == "Inwoners / cliënten"
    assert add(client, review, kind="quote", said_by="Truus Jansen").status_code == 422


def test_a_finding_can_be_scrapped(as_, review, lotte, chris):
    add(as_(lotte), review)
    pk = Finding.objects.get().pk

    for _ in range(2):
        response = as_(chris).post(url("scrap-finding", review.pk, pk))

    assert response.url == url("findings", review.pk)
    assert not Finding.objects.exists()


def test_a_finding_of_another_review_is_out_of_reach(as_, review, audited, pieter):
    finding = actions.find(review, by=pieter, kind="strength", text="Van ons.", key=uuid.uuid4())

    as_(pieter).post(url("scrap-finding", audited.pk, finding.pk))

    assert Finding.objects.filter(pk=finding.pk).exists()


def test_the_summary_is_saved_and_leads_to_finishing(as_, review, lotte):
    response = as_(lotte).post(url("summary", review.pk), {"summary": "Mooi.", "version": 0})

    assert response.url == url("finish-review", review.pk)
    review.refresh_from_db()
    assert review.summary == "Mooi."


def test_a_summary_of_a_colleague_is_not_overwritten_unseen(as_, review, lotte, chris):
    actions.summarise(review, by=chris, summary="Van Chris.", version=0)
    client, here = as_(lotte), url("summary", review.pk)

    response = client.post(here, {"summary": "Van Lotte.", "version": 0})

    page = text_of(response)
    assert response.status_code == 409
    assert "Van Chris." in page
    assert "Van Lotte.</textarea>" in page
    client.post(here, {"summary": "Van Lotte.", "version": 1})
    review.refresh_from_db()
    assert review.summary == "Van Lotte."


def test_an_empty_summary_is_told_beside_the_field(as_, review, lotte):
    response = as_(lotte).post(url("summary", review.pk), {"summary": " ", "version": 0})

    assert response.status_code == 422
    assert "Schrijf een samenvatting." in text_of(response)


def test_the_page_before_finishing_says_what_is_missing(as_, review, lotte):
    page = text_of(as_(lotte).get(url("finish-review", review.pk)))

    assert "een samenvatting voor het rapport" in page
    for code in ["V1", "V2", "D1", "B1"]:
        assert f"#norm-{code}" in page
    assert "<form" not in page.partition("<main")[2].partition("</main")[0]


def test_the_lead_finishes_after_a_page_that_says_what_happens(as_, review, lotte, chris):
    agree_all(review, by=chris)
    here = url("finish-review", review.pk)
    assert "Lotte is voorzitter en rondt de toetsing af." in text_of(as_(chris).get(here))
    client = as_(lotte)
    page = text_of(client.get(here))
    assert "het rapport wordt gemaakt en de organisatie krijgt een mail" in page
    review.refresh_from_db()
    assert review.finished_at is None

    response = client.post(here)

    assert response.url == url("review", review.pk)
    review.refresh_from_db()
    assert review.finished_at is not None
    assert "De toetsing is afgerond op" in text_of(client.get(here))


def test_somebody_else_cannot_finish(as_, review, chris):
    agree_all(review, by=chris)

    page = as_(chris).post(url("finish-review", review.pk), follow=True)

    assert "De voorzitter van het toetsteam rondt af." in text_of(page)
    review.refresh_from_db()
    assert review.finished_at is None


def test_after_the_finish_everything_is_read_and_nothing_is_written(as_, review, lotte):
    agree_all(review, by=lotte, but={"V1": "partly_met"})
    actions.finish(review, by=lotte)
    client = as_(lotte)

    for name in ["agreement", "findings", "summary"]:
        page = text_of(client.get(url(name, review.pk)))
        assert "<form" not in page.partition("<main")[2].partition("</main")[0]
    response = save(client, review, motivation="Te laat.", version=1)

    assert response.status_code == 422
    assert "Te laat." in text_of(response)
    assert add(client, review, text="Te laat.").status_code == 422


def test_the_auditor_reads_outcome_and_plan_and_gives_advice(as_, audited, anna, pieter):
    client, here = as_(pieter), url("advise", audited.pk)
    page = text_of(client.get(here))
    assert "Het advies komt na het verbeterplan" in page
    assert "We oefenen dit in het team." not in page

    plan_for(audited.assessment.outcomes.get(), by=anna)
    page = text_of(client.get(here))
    assert "We oefenen dit in het team." in page
    assert "Geef dit advies" in page

    response = client.post(here, {"advice": "grant_with_plan", "motivation": "Een goed plan."})
    assert response.url == here
    page = text_of(client.get(here))
    assert "Toekennen met verbeterplan" in page
    assert "Geef dit advies" not in page


def test_a_plan_that_is_not_handed_in_stays_at_home(as_, audited, anna, pieter):
    plan_for(audited.assessment.outcomes.get(), by=anna)
    audited.assessment.plan_handed_in_at = audited.assessment.plan_handed_in_by = None
    audited.assessment.save()

    page = text_of(as_(pieter).get(url("advise", audited.pk)))

    assert "We oefenen dit in het team." not in page


def test_a_colleague_reads_but_does_not_advise(as_, audited, anna, chris):
    plan_for(audited.assessment.outcomes.get(), by=anna)
    client, here = as_(chris), url("advise", audited.pk)
    assert "De auditor geeft het advies" in text_of(client.get(here))

    response = client.post(here, {"advice": "grant", "motivation": "Mooi."})

    assert "Het advies komt van de auditor in het toetsteam." in text_of(response)
    assert audited.assessment.outcomes.get().advice == ""


def test_an_advice_without_a_motivation_is_told_beside_the_field(as_, audited, anna, pieter):
    plan_for(audited.assessment.outcomes.get(), by=anna)

    response = as_(pieter).post(url("advise", audited.pk), {"advice": "grant", "motivation": ""})

    assert response.status_code == 422
    assert "Een advies heeft altijd een motivering." in text_of(response)


def test_there_is_nothing_to_advise_before_the_end_or_without_an_advice(as_, review, lotte):
    client, here = as_(lotte), url("advise", review.pk)
    assert client.get(here).url == url("review", review.pk)

    agree_all(review, by=lotte)
    actions.finish(review, by=lotte)

    assert client.get(here).url == url("review", review.pk)


def test_texts_are_shown_as_text(as_, review, lotte):
    nasty = "<script>alert(1)</script>{{ settings.SECRET_KEY }}"
    actions.agree(review, "V1", by=lotte, verdict="met", motivation=nasty, version=0)
    actions.find(review, by=lotte, kind="strength", text=nasty, key=uuid.uuid4())
    actions.summarise(review, by=lotte, summary=nasty, version=0)

    for name in ["agreement", "findings", "summary"]:
        page = text_of(as_(lotte).get(url(name, review.pk)))
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_all_in_opens_the_agreement_for_everybody(as_, anna, lotte, chris, dora):
    review = make_review(make_assessment(by=anna, submitted=True), [lotte, chris], by=dora)
    hand_in_all(review)

    for person in [lotte, chris]:
        assert as_(person).get(url("agreement", review.pk)).status_code == 200
