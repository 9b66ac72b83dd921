"""Pages of bureau and committee: decisions, registrations, measures."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from labels.registrations import actions
from labels.registrations.models import Decision, Measure, Registration
from peerreview.reviews import actions as reviews
from sterk.organisations.models import Conflict
from sterk.reports import rendering
from tests.makers import (
    finish_review,
    make_assessment,
    make_organisation,
    make_person,
    make_review,
    make_round,
    plan_for,
)


@pytest.fixture
def spring(dora, framework):
    return make_round(by=dora)


def advised(name, coordinator, auditor, dora, spring):
    """An organisation whose audit is ripe for a decision."""
    assessment = make_assessment(make_organisation(name), by=coordinator, submitted=True)
    review = make_review(assessment, [auditor], by=dora, route="external", into=spring)
    outcome = finish_review(review, but={"V1": "partly_met"})
    plan_for(outcome, by=coordinator)
    reviews.advise(review, by=auditor, advice="grant_with_plan", motivation="Een goed plan.")
    return assessment


@pytest.fixture
def assessment(anna, pieter, dora, spring):
    return advised("Zonnehof", anna, pieter, dora, spring)


@pytest.fixture
def proposal(assessment, dora):
    return actions.propose(
        assessment, by=dora, ruling="granted_with_plan", motivation="Wij volgen het advies."
    )


def page_of(assessment):
    return reverse("labels:decision", args=[assessment.pk])


def test_the_bureau_proposes_and_the_committee_confirms(as_, assessment, dora, evert):
    form = {"ruling": "granted_with_plan", "motivation": "Wij volgen het advies."}
    as_(dora).post(page_of(assessment), form)
    decision = Decision.objects.get()
    as_(evert).post(reverse("labels:confirm-decision", args=[decision.pk]))

    decision.refresh_from_db()
    assert (decision.proposed_by, decision.confirmed_by) == (dora, evert)
    assert Registration.objects.get().decision == decision


def test_the_page_shows_what_the_decision_rests_on(as_, assessment, dora):
    page = as_(dora).get(page_of(assessment)).content.decode()

    assert "We oefenen dit in het team." in page  # the improvement plan
    assert "Een goed plan." in page  # the advice
    assert "Toekennen met verbeterplan" in page


def test_a_refused_proposal_keeps_what_was_typed_and_says_why(as_, assessment, dora):
    form = {"ruling": "granted", "motivation": "Een lange motivering."}

    page = as_(dora).post(page_of(assessment), form).content.decode()

    assert "Niet elke norm voldoet" in page
    assert "Een lange motivering." in page
    assert not Decision.objects.exists()


def test_a_proposal_without_words_is_sent_back_beside_the_field(as_, assessment, dora):
    page = as_(dora).post(page_of(assessment), {"ruling": "refused"}).content.decode()

    assert "Dit veld is verplicht." in page


def test_who_proposed_sees_no_button_to_confirm(as_, assessment, evert):
    decision = actions.propose(assessment, by=evert, ruling="refused", motivation="Te vroeg.")

    page = as_(evert).get(page_of(assessment)).content.decode()
    as_(evert).post(reverse("labels:confirm-decision", args=[decision.pk]))

    assert reverse("labels:confirm-decision", args=[decision.pk]) not in page
    decision.refresh_from_db()
    assert decision.open


def test_the_bureau_may_not_confirm(as_, proposal, dora):
    response = as_(dora).post(reverse("labels:confirm-decision", args=[proposal.pk]))

    assert response.status_code == 403


def test_sending_back_without_a_reason_says_so_and_changes_nothing(as_, proposal, evert):
    response = as_(evert).post(
        reverse("labels:reject-decision", args=[proposal.pk]), {"reason": ""}
    )

    assert response.status_code == 400
    assert "Dit veld is verplicht." in response.content.decode()
    proposal.refresh_from_db()
    assert proposal.open


def test_sending_back_with_a_reason_shows_it(as_, proposal, evert):
    as_(evert).post(
        reverse("labels:reject-decision", args=[proposal.pk]), {"reason": "Leg norm V1 uit."}
    )

    assert "Leg norm V1 uit." in as_(evert).get(page_of(proposal.assessment)).content.decode()


def test_a_conflict_hides_the_organisation_everywhere(as_, proposal, evert, dora, zonnehof):
    Conflict.objects.create(person=evert, organisation=zonnehof, reason="Zus", recorded_by=dora)
    client = as_(evert)

    assert client.get(page_of(proposal.assessment)).status_code == 404
    confirm = reverse("labels:confirm-decision", args=[proposal.pk])
    assert client.post(confirm).status_code == 404
    assert "Zonnehof" not in client.get(reverse("labels:decisions")).content.decode()
    assert "Zonnehof" not in client.get("/").content.decode()


@pytest.mark.parametrize("who", ["anna", "bas", "karin", "chris", "pieter", "ada", "frida"])
def test_nobody_else_sees_a_proposal(request, as_, proposal, who):
    client = as_(request.getfixturevalue(who))

    assert client.get(page_of(proposal.assessment)).status_code == 404
    assert client.get(reverse("labels:decisions")).status_code == 403


def test_suspending_takes_two_people_and_the_register_shows_it(as_, proposal, dora, evert):
    actions.confirm(proposal, by=evert)
    registration = Registration.objects.get()
    page = reverse("labels:registration", args=[registration.pk])
    as_(dora).post(page, {"kind": "suspend", "motivation": "Er loopt een onderzoek."})
    as_(evert).post(reverse("labels:confirm-measure", args=[Measure.objects.get().pk]))

    public = as_(evert).get(registration.get_absolute_url()).content.decode()
    assert "Nee, dit label is geschorst." in public
    assert "Er loopt een onderzoek." not in public


def test_a_measure_can_be_sent_back(as_, proposal, dora, evert):
    actions.confirm(proposal, by=evert)
    registration = Registration.objects.get()
    measure = actions.propose_measure(registration, by=dora, kind="withdraw", motivation="Onzin.")

    as_(evert).post(reverse("labels:reject-measure", args=[measure.pk]), {"reason": "Te zwaar."})

    registration.refresh_from_db()
    assert registration.state == "valid"


def test_the_certificate_is_downloaded_by_who_it_concerns(as_, proposal, anna, chris, evert, frida):
    actions.confirm(proposal, by=evert)
    registration = Registration.objects.get()
    address = reverse("labels:certificate", args=[registration.pk])

    assert as_(anna).get(address).status_code == 404  # not made yet
    rendering.fulfil(registration.certificate_id)
    response = as_(anna).get(address)

    assert b"".join(response.streaming_content).startswith(b"%PDF-")
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert as_(chris).get(address).status_code == 404
    assert as_(frida).get(address).status_code == 404


def test_the_list_takes_as_many_queries_for_two_as_for_twenty(
    as_, dora, pieter, keurkompas, spring
):
    counts = []
    client = as_(dora)
    for size in (2, 4, 20):  # from the first on there is one of each kind
        for index in range(Decision.objects.count(), size):
            home = make_organisation(f"Huis {index}")
            coordinator = make_person(
                f"Coördinator {index}", (home, "coordinator"), email=f"c{index}@voorbeeld.example"
            )
            ripe = advised(home.name, coordinator, pieter, dora, spring)
            if index % 2:
                actions.propose(ripe, by=dora, ruling="refused", motivation="Te vroeg.")
            else:
                decided = actions.propose(
                    ripe, by=dora, ruling="granted_with_plan", motivation="Ja."
                )
                actions.confirm(
                    decided,
                    by=make_person(
                        f"Lid {index}", (None, "committee"), email=f"l{index}@voorbeeld.example"
                    ),
                )
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("labels:decisions")).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1] == counts[2]
