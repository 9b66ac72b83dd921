"""Who works for the label and belongs to an organisation, or judged it once: the tie wins over the office."""

import pytest
from django.urls import reverse

from labels.registrations import actions as registrations
from peerreview.reviews import actions as reviews
from sterk.lifecycle import Refusal
from sterk.organisations import actions as organisations
from sterk.organisations.models import Conflict, Membership
from tests.makers import (
    finish_review,
    make_assessment,
    make_organisation,
    make_person,
    make_review,
    plan_for,
)


@pytest.fixture
def assessment(anna, pieter, dora, framework):
    """Zonnehof, audited and advised, with a proposal that nobody there may know of."""
    assessment = make_assessment(by=anna, submitted=True)
    review = make_review(assessment, [pieter], by=dora, route="external")
    outcome = finish_review(review, but={"V1": "partly_met"})
    plan_for(outcome, by=anna)
    reviews.advise(review, by=pieter, advice="grant_with_plan", motivation="ADVIESTEKST")
    assessment.refresh_from_db()
    return assessment


@pytest.fixture
def proposal(assessment, dora):
    return registrations.propose(
        assessment, by=dora, ruling="conditional", motivation="VOORSTELTEKST"
    )


@pytest.fixture
def hanna(zonnehof):
    """Works for the bureau and coordinates at Zonnehof."""
    return make_person("Hanna", (None, "bureau"), (zonnehof, "coordinator"))


@pytest.fixture
def henk(zonnehof):
    """Sits in the committee and directs Zonnehof."""
    return make_person("Henk", (None, "committee"), (zonnehof, "director"))


@pytest.mark.parametrize("who", ["hanna", "henk"])
def test_the_decision_on_ones_own_organisation_does_not_exist(as_, who, proposal, request):
    person = request.getfixturevalue(who)

    page = as_(person).get(reverse("labels:decision", args=[proposal.assessment_id]))

    assert page.status_code == 404


@pytest.mark.parametrize("who", ["hanna", "henk"])
def test_the_list_of_decisions_is_silent_about_ones_own_organisation(as_, who, proposal, request):
    person = request.getfixturevalue(who)

    page = as_(person).get(reverse("labels:decisions")).content.decode()

    assert "Zonnehof" not in page


def test_nobody_lets_a_second_look_at_the_own_organisation_begin(as_, hanna, evert, proposal):
    registrations.confirm(proposal, by=evert)

    response = as_(hanna).post(reverse("peerreview:look-again", args=[proposal.assessment_id]))

    assert response.status_code == 404
    assert proposal.assessment.reviews.count() == 1


def test_the_front_page_asks_no_deed_of_the_bureau_for_the_own_organisation(as_, hanna, assessment):
    page = as_(hanna).get(reverse("home")).content.decode()

    assert "Stel een besluit voor" not in page


def test_the_front_page_asks_nobody_to_make_the_panel_for_the_own_organisation(
    as_, hanna, anna, framework
):
    make_assessment(by=anna, submitted=True)

    page = as_(hanna).get(reverse("home")).content.decode()

    assert "in een ronde" not in page


@pytest.mark.parametrize("who", ["hanna"])
def test_the_logbook_of_ones_own_organisation_keeps_inside_what_is_inside(
    as_, who, proposal, zonnehof, request
):
    person = request.getfixturevalue(who)

    page = as_(person).get(reverse("organisations:logbook", args=[zonnehof.pk])).content.decode()

    assert "diende de zelfevaluatie in" in page
    assert "leverde de eigen oordelen in" not in page
    assert "stelde een besluit voor" not in page
    assert "gaf advies" not in page


@pytest.mark.parametrize("who", ["hanna", "henk"])
def test_who_has_a_conflict_with_ones_own_organisation_stays_unknown(
    as_, who, chris, dora, zonnehof, request
):
    organisations.record_conflict(chris, zonnehof, by=dora, reason="GEHEIMEREDEN")
    person = request.getfixturevalue(who)

    page = as_(person).get(reverse("organisations:conflicts")).content.decode()

    assert "GEHEIMEREDEN" not in page


def test_nobody_of_the_organisation_lifts_a_conflict_with_it(as_, hanna, chris, dora, zonnehof):
    conflict = organisations.record_conflict(chris, zonnehof, by=dora, reason="Zus.")

    response = as_(hanna).post(reverse("organisations:lift-conflict", args=[conflict.pk]))

    assert response.status_code == 404
    assert Conflict.objects.exists()


def test_an_own_conflict_is_still_there_to_see(as_, dora, evert, zonnehof):
    organisations.record_conflict(evert, zonnehof, by=dora, reason="Mijn zus.")

    page = as_(evert).get(reverse("organisations:conflicts")).content.decode()

    assert "Mijn zus." in page


def test_nobody_keeps_reviewers_away_from_the_own_organisation(hanna, chris, zonnehof):
    with pytest.raises(Refusal, match="band"):
        organisations.record_conflict(chris, zonnehof, by=hanna, reason="Te streng.")


def test_the_bureau_does_not_let_itself_into_an_organisation(dora, zonnehof):
    with pytest.raises(Refusal, match="jezelf"):
        organisations.invite(
            zonnehof, by=dora, email=dora.email.upper(), name="Dora", role="coordinator"
        )


def test_who_belongs_there_may_take_up_one_more_role(anna, zonnehof):
    letter = organisations.invite(zonnehof, by=anna, email=anna.email, name="Anna", role="reviewer")
    organisations.accept_invitation(letter, by=anna)

    assert Membership.objects.filter(person=anna).count() == 2


def test_who_reviewed_an_organisation_and_now_decides_for_the_label_sees_no_score(
    as_, anna, chris, lotte, dora, framework
):
    review = make_review(make_assessment(by=anna, submitted=True), [lotte, chris], by=dora)
    Membership.objects.create(person=chris, role="committee")

    page = as_(chris).get(reverse("peerreview:review", args=[review.pk]))

    assert page.status_code == 404


def test_the_other_hat_opens_nothing_at_a_third_organisation(as_, anna, dora, framework, meerpaal):
    both = make_person(
        "Beide", (make_organisation("Elders"), "coordinator"), (meerpaal, "reviewer")
    )
    assessment = make_assessment(by=anna, submitted=True)

    for name in ["assessment", "frozen", "outcome", "describe-assessment"]:
        assert as_(both).get(reverse(f"labels:{name}", args=[assessment.pk])).status_code == 404
