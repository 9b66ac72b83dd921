"""A reviewer looks for an organisation. Whoever no longer does so there has nothing to look for at others."""

import pytest
from django.urls import reverse

from labels.assessments import actions as assessments
from peerreview.panels.models import PanelMember
from peerreview.reviews import actions
from sterk.lifecycle import Refusal
from sterk.mail.models import Message
from sterk.organisations import actions as organisations
from sterk.organisations.models import Membership
from tests.makers import (
    finish_review,
    make_assessment,
    make_evidence,
    make_panel,
    make_review,
    plan_for,
)
from tests.peerreview.steps import body_of, hand_in, reviewer_at, text_of

PAGES = ["review", "hand-in-scores", "agreement", "findings", "summary", "finish-review", "advise"]


def stop(person):
    """The role in which this person reviews is ended at home."""
    organisations.end_membership(reviewer_at(person), by=person)


@pytest.fixture
def draft(anna, framework):
    return make_assessment(by=anna)


@pytest.fixture
def shown(draft, anna):
    return make_evidence(draft.organisation, draft.framework.norms.get(code="V1"), by=anna)


@pytest.fixture
def review(draft, shown, anna, lotte, chris, dora):
    return make_review(assessments.submit(draft, by=anna), [lotte, chris], by=dora)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_the_review_is_gone_at_once(as_, chris, review, name):
    client = as_(chris)
    address = reverse(f"peerreview:{name}", args=[review.pk])
    assert client.get(address).status_code in {200, 302}

    stop(chris)

    assert client.get(address).status_code == 404


def test_yesterdays_link_to_a_file_no_longer_works(as_, chris, review, shown):
    client = as_(chris)
    address = reverse("peerreview:review-evidence-file", args=[review.pk, shown.pk])
    assert body_of(client.get(address))

    stop(chris)

    assert client.get(address).status_code == 404


def test_an_open_form_saves_nothing_any_more(as_, chris, review):
    client = as_(chris)
    stop(chris)

    address = reverse("peerreview:review-norm", args=[review.pk, "V1"])
    response = client.post(address, {"score": "met", "note": "Toch.", "version": 0})

    assert response.status_code == 404


def test_the_report_of_a_finished_review_is_gone_too(as_, chris, review):
    finish_review(review)
    stop(chris)

    assert as_(chris).get(reverse("peerreview:review", args=[review.pk])).status_code == 404


@pytest.mark.parametrize("name", ["home", "peerreview:reviews"])
def test_no_list_names_the_organisation(as_, chris, review, name):
    stop(chris)

    assert "Zonnehof" not in text_of(as_(chris).get(reverse(name)))


def test_a_panel_that_still_waits_is_not_named_either(as_, chris, lotte, anna, dora, framework):
    make_panel(make_assessment(by=anna), [lotte, chris], by=dora)
    stop(chris)

    assert "Zonnehof" not in text_of(as_(chris).get(reverse("peerreview:reviews")))


def test_another_role_at_home_is_not_enough(as_, chris, review, waterland):
    Membership.objects.create(person=chris, organisation=waterland, role="contributor")
    stop(chris)

    assert as_(chris).get(reverse("peerreview:review", args=[review.pk])).status_code == 404


def test_the_same_role_somewhere_else_is_not_enough(as_, chris, review, meerpaal):
    stop(chris)
    Membership.objects.create(person=chris, organisation=meerpaal, role="reviewer")

    assert as_(chris).get(reverse("peerreview:review", args=[review.pk])).status_code == 404


def test_who_takes_the_role_up_again_goes_on(as_, chris, review, waterland):
    stop(chris)
    Membership.objects.create(person=chris, organisation=waterland, role="reviewer")

    assert as_(chris).get(reverse("peerreview:review", args=[review.pk])).status_code == 200


def test_an_auditor_without_a_mandate_gives_no_advice(as_, anna, pieter, dora, framework):
    audit = make_review(
        make_assessment(by=anna, submitted=True), [pieter], by=dora, route="external"
    )
    outcome = finish_review(audit, but={"V1": "partly_met"})
    plan_for(outcome, by=anna)
    stop(pieter)

    said = {"advice": "grant_with_plan", "motivation": "Goed."}
    response = as_(pieter).post(reverse("peerreview:advise", args=[audit.pk]), said)

    outcome.refresh_from_db()
    assert response.status_code == 404
    assert outcome.advice == ""


def test_no_mail_goes_to_who_no_longer_reviews(review, lotte, chris):
    hand_in(review, chris)
    stop(chris)

    hand_in(review, lotte)

    told = Message.objects.filter(event__startswith="review.all_in")
    assert list(told.values_list("recipient", flat=True)) == [lotte.email]


def test_a_review_does_not_begin_with_who_no_longer_reviews(anna, lotte, chris, dora, framework):
    panel = make_panel(make_assessment(by=anna, submitted=True), [lotte, chris], by=dora)
    stop(chris)

    with pytest.raises(Refusal, match="Chris toetst niet meer voor Waterland"):
        actions.start(panel, by=dora)


def test_the_bureau_sees_whom_to_take_out(as_, dora, chris, review):
    stop(chris)

    page = text_of(as_(dora).get(reverse("peerreview:panel", args=[review.panel.sign_up_id])))

    assert "Chris toetst niet meer voor Waterland en moet uit het toetsteam." in page


def test_scores_that_were_handed_in_before_still_count(as_, dora, chris, review):
    hand_in(review, chris)
    stop(chris)

    page = text_of(as_(dora).get(reverse("peerreview:panel", args=[review.panel.sign_up_id])))

    assert "toetst niet meer" not in page
    assert [member.person.name for member in review.awaited()] == ["Lotte"]


def test_members_without_a_mandate_are_told_apart(chris, lotte, review):
    stop(chris)

    with_mandate = PanelMember.objects.with_mandate()

    assert [member.person for member in with_mandate] == [lotte]
