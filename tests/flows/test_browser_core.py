"""The core of the way, once without JavaScript and once with the keyboard alone."""

import pytest

from tests.flows.hands import Keys, Mouse
from tests.flows.steps_at_home import answer_all, submit
from tests.flows.steps_review import agree_on_all, hand_in, score_all, sum_up
from tests.makers import hand_in_all, make_assessment, make_framework, make_review

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(300),
]
WAYS = [
    pytest.param(Mouse, {"java_script_enabled": False}, id="zonder JavaScript"),
    pytest.param(Keys, {}, id="met het toetsenbord"),
]


@pytest.mark.parametrize(("hands", "traits"), WAYS)
def test_the_core_needs_no_script_and_no_mouse(street, hands, traits, anna, lotte, chris, dora):
    assessment = make_assessment(by=anna, framework=make_framework(), answered=False)
    coordinator = hands(street.window(**traits), anna).enter()
    lead = hands(street.window(**traits), lotte).enter()

    coordinator.follow("Verder gaan")
    coordinator.follow("Begin met V1")
    answer_all(coordinator)
    submit(coordinator)
    review = make_review(assessment, [lotte, chris], by=dora)
    score_all(lead, "Zonnehof", but={"D1": "Voldoet deels"})
    hand_in(lead)
    hand_in_all(review)
    agree_on_all(lead, "Zonnehof", but={"D1": "Voldoet deels"})
    sum_up(lead)
    lead.press("Rond de toetsing af")
    lead.sees("De toetsing is afgerond.")

    outcome = assessment.outcomes.get()
    found = dict(outcome.verdicts.values_list("norm__code", "verdict"))
    assert found == {"V1": "met", "V2": "met", "D1": "partly_met", "B1": "met"}
