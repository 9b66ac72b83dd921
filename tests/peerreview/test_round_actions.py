"""Rounds: opening them, and who takes part."""

from datetime import date

import pytest

from labels.frameworks.models import Framework
from peerreview.panels import actions as panels
from peerreview.panels.models import Panel
from peerreview.reviews import actions as reviews
from peerreview.rounds import actions
from peerreview.rounds.models import Round, SignUp
from sterk.lifecycle import Refusal
from sterk.logbook.models import Entry
from tests.makers import make_assessment, make_round
from tests.peerreview.steps import reviewer_at

AUTUMN = {"opens_on": date(2026, 9, 1), "closes_on": date(2026, 12, 31)}


def test_the_bureau_opens_a_round(dora, framework):
    made = actions.open_round(by=dora, name="Najaar", framework=framework, **AUTUMN)

    assert made.opened_by == dora
    assert Entry.objects.get(deed="round.open").subject_pk == made.pk


def test_a_round_may_last_one_day(dora, framework):
    day = date(2026, 9, 1)

    made = actions.open_round(
        by=dora, name="Een dag", framework=framework, opens_on=day, closes_on=day
    )

    assert made.opens_on == made.closes_on


def test_a_round_does_not_end_before_it_begins(dora, framework):
    with pytest.raises(Refusal, match="eindigt voordat zij begint"):
        actions.open_round(
            by=dora,
            name="Najaar",
            framework=framework,
            opens_on=date(2026, 9, 2),
            closes_on=date(2026, 9, 1),
        )


def test_a_round_needs_norms_to_look_at(dora, db):
    title = Framework.objects.create(code="OUD", title="Oud kader", digest="0" * 64)

    with pytest.raises(Refusal, match="geen normen om op te toetsen"):
        actions.open_round(by=dora, name="Najaar", framework=title, **AUTUMN)


def test_two_rounds_have_two_names(dora, framework):
    actions.open_round(by=dora, name="Najaar", framework=framework, **AUTUMN)

    with pytest.raises(Refusal, match="al een ronde met deze naam"):
        actions.open_round(by=dora, name="Najaar", framework=framework, **AUTUMN)

    assert Round.objects.count() == 1


def test_an_organisation_takes_part_along_one_route(dora, zonnehof):
    into = make_round(by=dora)

    made = actions.sign_up(into, zonnehof, by=dora, route="peer")

    assert (made.organisation, made.route) == (zonnehof, "peer")
    assert Entry.objects.get(deed="round.sign_up").organisation_pk == zonnehof.pk


def test_signing_up_twice_changes_nothing(dora, zonnehof):
    into = make_round(by=dora)
    first = actions.sign_up(into, zonnehof, by=dora, route="peer")

    again = actions.sign_up(into, zonnehof, by=dora, route="peer")

    assert again == first
    assert Entry.objects.filter(deed="round.sign_up").count() == 1


def test_an_organisation_does_not_follow_two_routes_in_one_round(dora, zonnehof):
    into = make_round(by=dora)
    actions.sign_up(into, zonnehof, by=dora, route="peer")

    with pytest.raises(Refusal, match="langs een andere route"):
        actions.sign_up(into, zonnehof, by=dora, route="external")


def test_a_certifying_body_is_not_reviewed_itself(dora, keurkompas):
    with pytest.raises(Refusal, match="wordt zelf niet getoetst"):
        actions.sign_up(make_round(by=dora), keurkompas, by=dora, route="peer")


def test_a_route_that_the_framework_does_not_know_is_refused(dora, framework, zonnehof):
    framework.routes.filter(code="combined").delete()

    with pytest.raises(Refusal, match="kent deze route niet"):
        actions.sign_up(make_round(by=dora), zonnehof, by=dora, route="combined")


def test_several_organisations_come_in_all_or_none(dora, zonnehof, waterland, keurkompas):
    into = make_round(by=dora)

    with pytest.raises(Refusal):
        actions.sign_up_all(into, [zonnehof, keurkompas], by=dora, route="peer")
    assert not SignUp.objects.exists()

    actions.sign_up_all(into, [zonnehof, waterland], by=dora, route="peer")
    assert SignUp.objects.count() == 2


def test_an_organisation_without_a_panel_can_be_taken_out(dora, zonnehof):
    sign_up = actions.sign_up(make_round(by=dora), zonnehof, by=dora, route="peer")

    actions.take_out(sign_up, by=dora)

    assert not SignUp.objects.exists()
    assert Entry.objects.get(deed="round.take_out").organisation_pk == zonnehof.pk


def test_an_organisation_stays_while_somebody_sits_in_its_panel(dora, zonnehof, chris):
    sign_up = actions.sign_up(make_round(by=dora), zonnehof, by=dora, route="peer")
    member = panels.place(sign_up, reviewer_at(chris), by=dora)

    with pytest.raises(Refusal, match="Er zitten nog mensen in het toetsteam"):
        actions.take_out(sign_up, by=dora)

    panels.let_go(member, by=dora)
    actions.take_out(SignUp.objects.get(), by=dora)
    assert not Panel.objects.exists()


def test_an_organisation_stays_once_its_review_has_begun(anna, dora, chris, lotte):
    assessment = make_assessment(by=anna, submitted=True)
    sign_up = actions.sign_up(make_round(by=dora), assessment.organisation, by=dora, route="peer")
    for person in [chris, lotte]:
        member = panels.place(sign_up, reviewer_at(person), by=dora)
    reviews.start(member.panel, by=dora)

    with pytest.raises(Refusal, match="De toetsing is al begonnen"):
        actions.take_out(sign_up, by=dora)
