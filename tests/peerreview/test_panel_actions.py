"""Panels: who may sit in them, who leads, when they are complete."""

import pytest
from django.utils import timezone

from peerreview.panels import actions
from peerreview.panels.models import PanelMember
from peerreview.rounds import actions as rounds
from sterk.accounts.models import User
from sterk.lifecycle import Refusal
from sterk.logbook.models import Entry
from sterk.mail.models import Message
from sterk.organisations.models import Conflict, Membership
from tests.makers import make_assessment, make_person, make_review, make_round
from tests.peerreview.steps import reviewer_at


@pytest.fixture
def sign_up(dora, zonnehof):
    """Zonnehof in a round, to be reviewed by colleagues."""
    return rounds.sign_up(make_round(by=dora), zonnehof, by=dora, route="peer")


def along(route, dora, organisation):
    """Another round, along this route."""
    into = make_round(by=dora, name=f"Ronde {route}")
    return rounds.sign_up(into, organisation, by=dora, route=route)


def names(found):
    return [membership.person.name for membership in found]


def conflict(person, organisation, dora):
    return Conflict.objects.create(
        person=person, organisation=organisation, reason="Zwager", recorded_by=dora
    )


def test_colleagues_of_other_organisations_can_review(sign_up, chris, lotte, pieter, anna):
    assert names(actions.candidates(sign_up)) == ["Lotte", "Chris"]


def test_an_audit_asks_for_auditors(dora, zonnehof, chris, pieter):
    assert names(actions.candidates(along("external", dora, zonnehof))) == ["Pieter"]


def test_a_combination_asks_for_both(dora, zonnehof, chris, pieter):
    assert names(actions.candidates(along("combined", dora, zonnehof))) == ["Pieter", "Chris"]


def test_nobody_reviews_an_organisation_where_they_ever_belonged(sign_up, chris, zonnehof):
    now = timezone.now()
    Membership.objects.create(
        person=chris, organisation=zonnehof, role="contributor", began_at=now, ended_at=now
    )

    assert names(actions.candidates(sign_up)) == []
    with pytest.raises(Refusal, match="Chris heeft een band met Zonnehof"):
        actions.place(sign_up, reviewer_at(chris), by=None)


def test_nobody_reviews_an_organisation_with_a_recorded_conflict(sign_up, chris, dora):
    conflict(chris, sign_up.organisation, dora)

    assert names(actions.candidates(sign_up)) == []
    with pytest.raises(Refusal, match="heeft een band"):
        actions.place(sign_up, reviewer_at(chris), by=dora)
    assert not PanelMember.objects.exists()


def test_staff_never_sit_in_a_panel(sign_up, waterland, dora):
    both = make_person("Bo", (waterland, "reviewer"), (None, "committee"))

    assert names(actions.candidates(sign_up)) == []
    with pytest.raises(Refusal, match="past niet bij de route"):
        actions.place(sign_up, reviewer_at(both), by=dora)


def test_whoever_cannot_log_in_any_more_is_not_placed(sign_up, chris):
    User.objects.filter(pk=chris.pk).update(is_active=False)

    assert names(actions.candidates(sign_up)) == []


def test_an_auditor_is_not_placed_on_a_route_for_colleagues(sign_up, pieter, dora):
    with pytest.raises(Refusal, match="past niet bij de route"):
        actions.place(sign_up, reviewer_at(pieter), by=dora)


def test_a_coordinator_of_elsewhere_is_not_a_reviewer(sign_up, waterland, dora):
    greet = make_person("Greet", (waterland, "coordinator"))

    with pytest.raises(Refusal, match="past niet bij de route"):
        actions.place(sign_up, greet.memberships.get(), by=dora)


def test_the_first_in_a_panel_leads_until_somebody_else_does(sign_up, chris, lotte, dora):
    first = actions.place(sign_up, reviewer_at(chris), by=dora)
    second = actions.place(sign_up, reviewer_at(lotte), by=dora)
    assert (first.lead, second.lead) == (True, False)

    actions.make_lead(second, by=dora)

    leads = PanelMember.objects.filter(lead=True)
    assert [member.person for member in leads] == [lotte]


def test_somebody_can_be_placed_as_lead_at_once(sign_up, chris, lotte, dora):
    actions.place(sign_up, reviewer_at(chris), by=dora)

    member = actions.place(sign_up, reviewer_at(lotte), by=dora, lead=True)

    assert member.lead
    assert PanelMember.objects.filter(lead=True).count() == 1


def test_whoever_is_placed_hears_of_it_once(sign_up, chris, dora):
    first = actions.place(sign_up, reviewer_at(chris), by=dora)
    again = actions.place(sign_up, reviewer_at(chris), by=dora)

    assert again == first
    assert Message.objects.filter(recipient=chris.email).count() == 1
    assert Entry.objects.filter(deed="panel.place").count() == 1


def test_making_somebody_lead_twice_is_one_deed(sign_up, chris, lotte, dora):
    actions.place(sign_up, reviewer_at(chris), by=dora)
    member = actions.place(sign_up, reviewer_at(lotte), by=dora)
    actions.make_lead(member, by=dora)

    actions.make_lead(member, by=dora)

    assert Entry.objects.filter(deed="panel.make_lead").count() == 2  # Chris first, then Lotte


def test_letting_somebody_go_twice_is_one_deed(sign_up, chris, dora):
    member = actions.place(sign_up, reviewer_at(chris), by=dora)

    actions.let_go(member, by=dora)
    actions.let_go(member, by=dora)

    assert Entry.objects.filter(deed="panel.let_go").count() == 1
    assert not sign_up.panel.members.current().exists()


def test_whoever_left_cannot_lead(sign_up, chris, dora):
    member = actions.let_go(actions.place(sign_up, reviewer_at(chris), by=dora), by=dora)

    with pytest.raises(Refusal, match="zit niet meer in het toetsteam"):
        actions.make_lead(member, by=dora)


def test_a_panel_of_colleagues_has_at_least_two_people(sign_up, chris, lotte, dora):
    panel = actions.place(sign_up, reviewer_at(chris), by=dora).panel
    with pytest.raises(Refusal, match="minstens 2 mensen"):
        actions.complete(panel)

    actions.place(sign_up, reviewer_at(lotte), by=dora)

    actions.complete(panel)


def test_one_auditor_is_enough_for_an_audit(dora, zonnehof, pieter):
    member = actions.place(along("external", dora, zonnehof), reviewer_at(pieter), by=dora)

    actions.complete(member.panel)
    actions.let_go(member, by=dora)
    with pytest.raises(Refusal, match="minstens 1 persoon"):
        actions.complete(member.panel)


def test_a_combination_is_not_complete_without_an_auditor(dora, zonnehof, chris, lotte):
    sign_up = along("combined", dora, zonnehof)
    for person in [chris, lotte]:
        member = actions.place(sign_up, reviewer_at(person), by=dora)

    with pytest.raises(Refusal, match="nog geen auditor"):
        actions.complete(member.panel)


def test_a_panel_without_a_lead_is_not_complete(sign_up, chris, lotte, waterland, dora):
    first = actions.place(sign_up, reviewer_at(chris), by=dora)
    actions.place(sign_up, reviewer_at(lotte), by=dora)
    third = make_person("Teun", (waterland, "reviewer"))
    actions.place(sign_up, reviewer_at(third), by=dora)

    actions.let_go(first, by=dora)

    with pytest.raises(Refusal, match="nog geen voorzitter"):
        actions.complete(first.panel)


def test_a_tie_that_comes_to_light_makes_a_panel_incomplete(sign_up, chris, lotte, dora):
    for person in [chris, lotte]:
        panel = actions.place(sign_up, reviewer_at(person), by=dora).panel
    conflict(lotte, sign_up.organisation, dora)

    with pytest.raises(Refusal, match="Lotte heeft een band met Zonnehof"):
        actions.complete(panel)
    assert [member.person for member in PanelMember.objects.tied()] == [lotte]


def test_nobody_is_placed_beside_a_review_that_is_under_way(anna, dora, chris, lotte, waterland):
    review = make_review(make_assessment(by=anna, submitted=True), [chris, lotte], by=dora)
    teun = make_person("Teun", (waterland, "reviewer"))

    with pytest.raises(Refusal, match="De toetsing loopt inmiddels"):
        actions.place(review.panel.sign_up, reviewer_at(teun), by=dora)


def test_a_panel_does_not_begin_with_somebody_who_no_longer_reviews(sign_up, chris, lotte, dora):
    for person in [chris, lotte]:
        panel = actions.place(sign_up, reviewer_at(person), by=dora).panel

    Membership.objects.filter(person=lotte).update(ended_at=timezone.now())

    actions.complete(panel)
    with pytest.raises(Refusal, match="Lotte toetst niet meer voor Meerpaal"):
        actions.ready(panel)
