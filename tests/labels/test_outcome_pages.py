"""What the panel found, as the organisation and staff see it."""

import uuid

import pytest
from django.urls import reverse

from labels.registrations import actions as registrations
from peerreview.reviews import actions as reviews
from sterk.organisations.models import Conflict
from sterk.reports.rendering import fulfil
from tests.makers import (
    agree_all,
    finish_review,
    hand_in_all,
    make_assessment,
    make_review,
    plan_for,
)


def url(name, *args):
    return reverse(f"labels:{name}", args=args)


def text(response):
    return response.content.decode()


@pytest.fixture
def assessment(anna, zonnehof):
    return make_assessment(zonnehof, by=anna, submitted=True)


@pytest.fixture
def outcome(assessment, chris, lotte, dora):
    review = make_review(assessment, [lotte, chris], by=dora)
    hand_in_all(review)
    norm = assessment.framework.norms.get(code="V1")
    words = {"kind": "strength", "text": "Jullie luisteren goed.", "key": uuid.uuid4()}
    reviews.find(review, by=lotte, norm=norm, **words)
    agree_all(review, by=lotte, but={"V1": "partly_met"})
    return reviews.finish(review, by=lotte)


@pytest.mark.parametrize("person", ["anna", "bas", "karin", "dora", "evert"])
def test_the_organisation_and_staff_read_what_was_found(as_, request, assessment, outcome, person):
    page = text(as_(request.getfixturevalue(person)).get(url("outcome", assessment.pk)))

    assert "Een mooie organisatie." in page
    assert "We hoorden het van drie kanten." in page
    assert "Jullie luisteren goed." in page
    assert "Intercollegiale adviesmeting" in page


@pytest.mark.parametrize("person", ["chris", "pieter", "ada", "frida"])
def test_for_others_there_is_no_such_page(as_, request, assessment, outcome, person):
    client = as_(request.getfixturevalue(person))

    assert client.get(url("outcome", assessment.pk)).status_code == 404
    assert client.get(url("outcome-report", assessment.pk)).status_code == 404
    assert client.post(url("hand-in-plan", assessment.pk)).status_code == 404


def test_staff_with_a_tie_to_the_organisation_does_not_see_it(as_, assessment, outcome, dora):
    Conflict.objects.create(
        person=dora, organisation=assessment.organisation, reason="Werkte daar.", recorded_by=dora
    )

    assert as_(dora).get(url("outcome", assessment.pk)).status_code == 404


def test_before_the_review_is_finished_there_is_nothing(as_, anna, assessment):
    assert as_(anna).get(url("outcome", assessment.pk)).status_code == 404


def test_the_plan_is_asked_for_the_norms_that_do_not_fully_meet(as_, anna, assessment, outcome):
    client = as_(anna)

    before = text(client.get(url("outcome", assessment.pk)))
    refused = client.post(url("hand-in-plan", assessment.pk), follow=True)

    assert "Nog zonder actie: V1." in before
    assert "Verbeterplan inleveren" not in before
    assert "Nog zonder verbeterplan: V1." in text(refused)


def test_the_coordinator_hands_the_plan_in(as_, anna, assessment, outcome):
    norm = assessment.framework.norms.get(code="V1")
    client = as_(anna)
    here = f"{url('plan-improvement')}?norm={norm.pk}&organisation={assessment.organisation_id}"
    key = client.get(here).context["form"]["key"].value()
    client.post(
        here,
        {"norm": norm.pk, "what": "Oefenen.", "who": "Bas", "due": "2099-01-01", "key": key},
    )

    page = text(client.get(url("outcome", assessment.pk)))
    response = client.post(url("hand-in-plan", assessment.pk), follow=True)

    assert "Oefenen." in page
    assert "Verbeterplan inleveren" in page
    assert "Het verbeterplan is ingeleverd." in text(response)
    assert "Kwaliteitsregister onder nummer" in text(response)


@pytest.mark.parametrize("person", ["bas", "karin", "dora"])
def test_others_do_not_hand_the_plan_in(as_, request, assessment, outcome, person):
    client = as_(request.getfixturevalue(person))

    assert client.post(url("hand-in-plan", assessment.pk)).status_code == 403


@pytest.mark.slow
def test_the_report_is_there_when_it_is_made(as_, anna, assessment, outcome):
    client = as_(anna)

    too_early = client.get(url("outcome-report", assessment.pk))
    fulfil(outcome.report_id)
    page = text(client.get(url("outcome", assessment.pk)))
    response = client.get(url("outcome-report", assessment.pk))

    assert too_early.status_code == 404
    assert url("outcome-report", assessment.pk) in page
    assert b"".join(response.streaming_content)[:5] == b"%PDF-"


def test_a_decision_is_shown_once_it_is_confirmed(as_, anna, pieter, dora, evert, zonnehof):
    assessment = make_assessment(zonnehof, by=anna, submitted=True)
    review = make_review(assessment, [pieter], by=dora, route="external")
    plan_for(finish_review(review, but={"V1": "partly_met"}), by=anna)
    reviews.advise(review, by=pieter, advice="grant_with_plan", motivation="Een goed plan.")
    decision = registrations.propose(
        assessment, by=dora, ruling="granted_with_plan", motivation="Wij volgen het advies."
    )
    client = as_(anna)

    before = text(client.get(url("outcome", assessment.pk)))
    registrations.confirm(decision, by=evert)
    after = text(client.get(url("outcome", assessment.pk)))

    assert "Wij volgen het advies." not in before
    assert "Het besluit: toegekend met verbeterplan" in after
    assert "Wij volgen het advies." in after


@pytest.mark.parametrize("person", ["anna", "bas", "dora"])
def test_the_page_asks_as_much_for_one_plan_as_for_thirty(
    as_, request, anna, assessment, outcome, person, connection_queries
):
    client, counts = as_(request.getfixturevalue(person)), []
    norm = assessment.framework.norms.get(code="V1")
    for number in range(1, 31):
        assessment.organisation.improvements.create(
            norm=norm, what=f"Actie {number}", who="Bas", due="2099-01-01", written_by=anna
        )
        if number in {1, 3, 30}:
            counts.append(connection_queries(client, url("outcome", assessment.pk)))

    assert len(set(counts)) == 1
