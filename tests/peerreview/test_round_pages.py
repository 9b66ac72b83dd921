"""Pages on rounds and panels, for bureau and committee."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from labels.registrations import actions as registrations
from peerreview.panels.models import PanelMember
from peerreview.reviews import actions as reviews
from peerreview.reviews.models import Review
from peerreview.rounds import actions as rounds
from peerreview.rounds.models import Round, SignUp
from sterk.organisations.models import Conflict
from tests.makers import (
    finish_review,
    make_assessment,
    make_framework,
    make_organisation,
    make_panel,
    make_person,
    make_review,
    make_round,
    plan_for,
)
from tests.peerreview.steps import card_of, hand_in, reviewer_at, text_of


def url(name, *args):
    return reverse(f"peerreview:{name}", args=args)


@pytest.fixture
def sign_up(anna, dora):
    """Zonnehof, which has handed in, in a round for colleagues."""
    assessment = make_assessment(by=anna, submitted=True)
    return rounds.sign_up(make_round(by=dora), assessment.organisation, by=dora, route="peer")


@pytest.fixture
def review(anna, lotte, chris, dora):
    return make_review(make_assessment(by=anna, submitted=True), [lotte, chris], by=dora)


def test_the_bureau_opens_a_round(as_, dora, framework):
    form = {
        "name": "Najaar",
        "framework": framework.pk,
        "opens_on": "2026-09-01",
        "closes_on": "2026-12-31",
    }

    response = as_(dora).post(url("new-round"), form)

    made = Round.objects.get()
    assert response.url == url("sign-up", made.pk)
    assert (made.opens_on, made.closes_on) == (date(2026, 9, 1), date(2026, 12, 31))


def test_a_round_that_ends_too_early_is_told_beside_the_field(as_, dora, framework):
    form = {
        "name": "Najaar",
        "framework": framework.pk,
        "opens_on": "2026-09-02",
        "closes_on": "2026-09-01",
    }

    page = text_of(as_(dora).post(url("new-round"), form))

    assert "Deze dag ligt voor de eerste dag van de ronde." in page
    assert 'value="Najaar"' in page
    assert not Round.objects.exists()


def test_a_name_that_is_taken_keeps_what_was_typed(as_, dora):
    known = make_round(by=dora)
    form = {
        "name": known.name,
        "framework": known.framework_id,
        "opens_on": "2026-09-01",
        "closes_on": "2026-09-09",
    }

    page = text_of(as_(dora).post(url("new-round"), form))

    assert "Er is al een ronde met deze naam." in page
    assert 'value="2026-09-09"' in page


def test_without_a_framework_in_force_no_round_can_be_opened(as_, dora):
    assert "Er is nog geen normenkader" in text_of(as_(dora).get(url("new-round")))


def test_the_bureau_puts_several_organisations_in_a_round(as_, dora, zonnehof, waterland):
    into = make_round(by=dora)
    form = {"route": "peer", "organisations": [zonnehof.pk, waterland.pk]}

    response = as_(dora).post(url("sign-up", into.pk), form)

    assert response.url == into.get_absolute_url()
    assert SignUp.objects.filter(round=into, route="peer").count() == 2


def test_an_organisation_that_takes_part_is_not_offered_again(as_, dora, zonnehof, waterland):
    into = make_round(by=dora)
    rounds.sign_up(into, zonnehof, by=dora, route="peer")

    page = text_of(as_(dora).get(url("sign-up", into.pk)))

    assert "Waterland" in page
    assert "Zonnehof" not in page


def test_an_organisation_can_be_searched(as_, dora, zonnehof, waterland):
    into = make_round(by=dora)

    page = text_of(as_(dora).get(url("sign-up", into.pk), {"zoek": "purmer\x00end"}))

    assert "Waterland" in page
    assert "Zonnehof" not in page


def test_choosing_nobody_is_told_beside_the_field(as_, dora, zonnehof):
    page = text_of(as_(dora).post(url("sign-up", make_round(by=dora).pk), {"route": "peer"}))

    assert "Kies minstens één organisatie." in page


def test_a_round_says_what_comes_next_for_everybody(as_, dora, sign_up, chris, lotte):
    page = as_(dora).get(url("round", sign_up.round_id))
    assert "Een toetsteam voor deze route heeft minstens 2 mensen." in text_of(page)
    make_panel(sign_up.organisation.assessments.get(), [lotte, chris], by=dora, into=sign_up.round)

    page = as_(dora).get(url("round", sign_up.round_id))
    assert "De zelfevaluatie is ingediend en het team is compleet." in text_of(page)
    as_(dora).post(url("start-review", sign_up.pk))

    page = as_(dora).get(url("round", sign_up.round_id))
    assert "Wacht op de scores van Lotte en Chris." in text_of(page)


def test_an_assessment_that_another_round_reviews_is_not_started_here(
    as_, dora, review, pieter, zonnehof
):
    other = make_round(by=dora, name="Anders")
    sign_up = rounds.sign_up(other, zonnehof, by=dora, route="external")
    client = as_(dora)
    client.post(url("place", sign_up.pk), {"membership": reviewer_at(pieter).pk})

    page = text_of(client.get(url("round", other.pk)))

    assert "Deze zelfevaluatie wordt al getoetst, in een andere ronde." in page
    assert "Toetsing starten" not in page


def test_a_round_says_who_has_handed_in_and_nothing_of_what(as_, dora, review, lotte):
    hand_in(review, lotte, score="partly_met", note="GEHEIM")

    page = text_of(as_(dora).get(url("round", review.panel.sign_up.round_id)))

    assert page.count("heeft ingeleverd") == 1
    assert page.count("nog niet ingeleverd") == 1
    assert "Wacht op de scores van Chris." in page
    assert "GEHEIM" not in page
    assert "voldoet" not in page


def test_a_round_follows_a_review_to_its_end(as_, anna, dora, evert, pieter):
    assessment = make_assessment(by=anna, submitted=True)
    review = make_review(assessment, [pieter], by=dora, route="external")
    here = url("round", review.panel.sign_up.round_id)
    hand_in(review, pieter)
    assert "Het team komt tot een oordeel." in text_of(as_(dora).get(here))

    reviews.leave(review, card_of(review, pieter).member, by=dora)
    assert "minstens 1 persoon" in text_of(as_(dora).get(here))


def test_a_round_ends_with_klaar(as_, anna, dora, review):
    here = url("round", review.panel.sign_up.round_id)
    outcome = finish_review(review, but={"V1": "partly_met"})
    assert "Wacht op het verbeterplan van de organisatie." in text_of(as_(dora).get(here))

    plan_for(outcome, by=anna)

    assert "Klaar." in text_of(as_(dora).get(here))


def test_a_round_leads_to_the_decision(as_, anna, dora, pieter):
    assessment = make_assessment(by=anna, submitted=True)
    review = make_review(assessment, [pieter], by=dora, route="external")
    finish_review(review)
    reviews.advise(review, by=pieter, advice="grant", motivation="Alles is er.")

    page = text_of(as_(dora).get(url("round", review.panel.sign_up.round_id)))

    assert "Een besluit kan worden voorgesteld." in page
    assert reverse("labels:decision", args=[assessment.pk]) in page


def test_staff_with_a_tie_do_not_see_the_organisation_in_the_round(as_, dora, sign_up):
    Conflict.objects.create(
        person=dora, organisation=sign_up.organisation, reason="Broer", recorded_by=dora
    )

    assert "Zonnehof" not in text_of(as_(dora).get(url("round", sign_up.round_id)))
    assert as_(dora).get(url("panel", sign_up.pk)).status_code == 404
    assert as_(dora).post(url("take-out", sign_up.pk)).status_code == 404


def test_the_bureau_takes_an_organisation_out(as_, dora, sign_up):
    response = as_(dora).post(url("take-out", sign_up.pk))

    assert response.url == url("round", sign_up.round_id)
    assert not SignUp.objects.exists()


def test_only_candidates_are_listed_with_their_organisation(as_, dora, sign_up, chris, pieter, bas):
    page = text_of(as_(dora).get(url("panel", sign_up.pk)))

    assert "Chris" in page
    assert "toetser, Waterland" in page
    assert "Pieter" not in page
    assert "Bas" not in page


def test_candidates_can_be_searched(as_, dora, sign_up, chris, lotte):
    page = text_of(as_(dora).get(url("panel", sign_up.pk), {"zoek": "meer"}))

    assert "Lotte" in page
    assert "Chris" not in page


def test_the_bureau_makes_a_panel_and_starts_the_review(as_, dora, sign_up, chris, lotte):
    client = as_(dora)
    for person in [chris, lotte]:
        client.post(url("place", sign_up.pk), {"membership": reviewer_at(person).pk})
    second = PanelMember.objects.get(person=lotte)
    client.post(url("make-lead", sign_up.pk, second.pk))

    response = client.post(url("start-review", sign_up.pk))

    assert response.url == url("panel", sign_up.pk)
    second.refresh_from_db()
    assert second.lead
    assert Review.objects.get().panel == second.panel


def test_the_page_says_why_the_panel_is_not_complete(as_, dora, sign_up, chris):
    client = as_(dora)
    client.post(url("place", sign_up.pk), {"membership": reviewer_at(chris).pk})

    assert "Nog niet compleet: Een toetsteam voor deze route heeft minstens 2 mensen." in text_of(
        client.get(url("panel", sign_up.pk))
    )
    client.post(url("start-review", sign_up.pk))
    assert not Review.objects.exists()


def test_a_tie_that_comes_to_light_is_shown_to_the_bureau(as_, dora, review, chris):
    Conflict.objects.create(
        person=chris, organisation=review.assessment.organisation, reason="x", recorded_by=dora
    )

    page = text_of(as_(dora).get(url("panel", review.panel.sign_up_id)))

    assert "heeft een band" in page
    assert "Chris heeft een band met deze organisatie en moet uit het toetsteam." in page


@pytest.mark.parametrize("name", ["place", "join-review"])
def test_somebody_who_is_no_candidate_is_not_placed(name, as_, dora, review, anna, pieter):
    sign_up = review.panel.sign_up
    for pk in [anna.memberships.get().pk, reviewer_at(pieter).pk, 999_999, "x"]:
        page = as_(dora).post(url(name, sign_up.pk), {"membership": pk}, follow=True)

        assert "Deze persoon kan niet meer in dit toetsteam." in text_of(page)
    assert PanelMember.objects.count() == 2


def test_the_bureau_lets_somebody_go_before_the_review(as_, dora, sign_up, chris):
    client = as_(dora)
    client.post(url("place", sign_up.pk), {"membership": reviewer_at(chris).pk})
    member = PanelMember.objects.get()

    for _ in range(2):
        response = client.post(url("let-go", sign_up.pk, member.pk))

    assert response.url == url("panel", sign_up.pk)
    assert not PanelMember.objects.current().exists()


def test_a_member_of_another_panel_is_not_reached_through_this_one(as_, dora, review, waterland):
    other = rounds.sign_up(make_round(by=dora, name="Anders"), waterland, by=dora, route="peer")
    member = review.panel.members.first()

    for name in ["let-go", "make-lead", "leave-review"]:
        assert as_(dora).post(url(name, other.pk, member.pk)).status_code == 404


def test_the_bureau_replaces_somebody_while_the_review_is_under_way(
    as_, dora, review, chris, waterland
):
    teun = make_person("Teun", (waterland, "reviewer"))
    client, pk = as_(dora), review.panel.sign_up_id
    member = card_of(review, chris).member
    asked = text_of(client.get(url("leave-review", pk, member.pk)))
    assert "Chris uit het team halen?" in asked
    member.refresh_from_db()
    assert member.left_at is None

    client.post(url("leave-review", pk, member.pk))
    client.post(url("join-review", pk), {"membership": reviewer_at(teun).pk})

    people = {card.member.person.name for card in review.scorecards.all()}
    assert people == {"Lotte", "Chris", "Teun"}
    assert [awaited.person.name for awaited in review.awaited()] == ["Lotte", "Teun"]


def test_the_bureau_starts_a_second_look_from_the_decision(as_, anna, dora, evert, pieter):
    assessment = make_assessment(by=anna, submitted=True)
    review = make_review(assessment, [pieter], by=dora, route="external")
    plan_for(finish_review(review, but={"V1": "not_met"}), by=anna)
    reviews.advise(review, by=pieter, advice="hold", motivation="Eerst V1.")
    held = registrations.propose(assessment, by=dora, ruling="conditional", motivation="Eerst V1.")
    registrations.confirm(held, by=evert)

    response = as_(dora).post(url("look-again", assessment.pk))

    assert response.url == reverse("labels:decision", args=[assessment.pk])
    assert assessment.reviews.count() == 2


def test_the_committee_follows_but_does_not_touch(as_, evert, dora, review, chris):
    client, sign_up = as_(evert), review.panel.sign_up
    member = card_of(review, chris).member
    for name, args in [("rounds", []), ("round", [sign_up.round_id]), ("panel", [sign_up.pk])]:
        page = client.get(url(name, *args))
        assert page.status_code == 200
        assert "<form" not in page.content.decode().partition("<main")[2].partition("</main")[0]
    for name, args in [
        ("new-round", []),
        ("sign-up", [sign_up.round_id]),
        ("take-out", [sign_up.pk]),
        ("place", [sign_up.pk]),
        ("make-lead", [sign_up.pk, member.pk]),
        ("let-go", [sign_up.pk, member.pk]),
        ("start-review", [sign_up.pk]),
        ("join-review", [sign_up.pk]),
        ("leave-review", [sign_up.pk, member.pk]),
        ("look-again", [review.assessment_id]),
    ]:
        assert client.post(url(name, *args)).status_code == 403


def test_a_round_that_is_over_says_so(as_, dora, framework):
    today = timezone.localdate()
    rounds.open_round(
        by=dora,
        name="Vorig jaar",
        framework=framework,
        opens_on=today - timedelta(days=300),
        closes_on=today - timedelta(days=200),
    )

    assert "voorbij" in text_of(as_(dora).get(url("rounds")))


def fill(into, count, dora):
    """So many more organisations in this round, each handed in and with a review of three under way."""
    for number in range(into.sign_ups.count(), count):
        home = make_organisation(f"Organisatie {number}")
        coordinator = make_person(f"Coördinator {number}", (home, "coordinator"))
        panel = [
            make_person(f"Toetser {number} {seat}", (make_organisation("Waterland"), "reviewer"))
            for seat in range(3)
        ]
        assessment = make_assessment(home, by=coordinator, framework=into.framework, submitted=True)
        review = make_review(assessment, panel, by=dora, into=into)
        if number % 2:
            finish_review(review, but={"V1": "partly_met"})


def test_a_round_asks_as_many_questions_for_one_organisation_as_for_three(
    as_, dora, connection_queries
):
    into = make_round(by=dora, framework=make_framework())
    client, counts = as_(dora), {}
    for count in [2, 3, 6]:
        fill(into, count, dora)
        counts[count] = connection_queries(client, into.get_absolute_url())

    assert len(set(counts.values())) == 1, counts


@pytest.mark.parametrize("person", ["dora", "evert"])
def test_a_panel_asks_as_many_questions_for_one_candidate_as_for_thirty(
    person, request, as_, sign_up, waterland, chris, connection_queries
):
    client = as_(request.getfixturevalue(person))
    counts = [connection_queries(client, url("panel", sign_up.pk))]
    for number in range(30):
        make_person(f"Toetser {number}", (waterland, "reviewer"))
    counts.append(connection_queries(client, url("panel", sign_up.pk)))

    assert counts[0] == counts[1]


def test_the_list_of_rounds_asks_as_many_questions_for_one_as_for_thirty(
    as_, dora, connection_queries
):
    counts = []
    for number in range(30):
        make_round(by=dora, name=f"Ronde {number}")
        if number in {0, 2, 29}:
            counts.append(connection_queries(as_(dora), url("rounds")))

    assert len(set(counts)) == 1, counts
