"""Which route fits, and the hours it takes."""

from decimal import Decimal

import pytest

from labels.frameworks import matching
from labels.frameworks.matching import Before, Task, Wish
from labels.frameworks.models import Route
from tests.makers_framework import small_framework


@pytest.fixture
def routes(db):
    return list(small_framework().routes.order_by("pk"))


def hours(route, fte="24", before=Before.NEVER, norms=49):
    """The hours of each part."""
    parts = matching.tasks(route, norms=norms, fte=Decimal(fte), before=before)
    return {part.title: part.hours for part in parts}


@pytest.mark.parametrize(
    ("wish", "code"),
    [(Wish.LEARN, "peer"), (Wish.CERTIFICATE, "external"), (Wish.BOTH, "combined")],
)
def test_the_route_that_yields_what_is_wanted_and_the_least_besides(routes, wish, code):
    assert matching.fitting(routes, wish).code == code


def test_without_the_best_route_the_next_best_is_offered(routes):
    without_combined = [route for route in routes if route.code != "combined"]
    without_peer = [route for route in routes if route.code != "peer"]

    assert matching.fitting(without_combined, Wish.BOTH).code == "peer"
    assert matching.fitting(without_peer, Wish.LEARN).code == "combined"


def test_the_parts_of_the_work_follow_who_reviews(routes):
    parts = {route.code: list(hours(route)) for route in routes}

    assert parts == {
        "peer": [
            "Zelfevaluatie",
            "Toetsdagen bij u",
            "Zelf toetsen bij een ander",
            "Rapport en verbeterplan",
        ],
        "external": [
            "Zelfevaluatie",
            "Afspraken maken",
            "Toetsdagen bij u",
            "Rapport en verbeterplan",
        ],
        "combined": [
            "Zelfevaluatie",
            "Afspraken maken",
            "Toetsdagen bij u",
            "Zelf toetsen bij een ander",
            "Rapport en verbeterplan",
        ],
    }


@pytest.mark.parametrize(
    ("fte", "evaluation", "days"),
    [
        ("0", 24, 26),
        ("9.9", 24, 26),
        ("10", 49, 52),
        ("99", 49, 52),
        ("100", 74, 78),
        ("900", 74, 78),
    ],
)
def test_a_larger_organisation_needs_more_people_and_more_days(routes, fte, evaluation, days):
    told = hours(routes[0], fte=fte)

    assert (told["Zelfevaluatie"], told["Toetsdagen bij u"]) == (evaluation, days)


def test_who_has_done_it_before_needs_less_time_and_no_training(routes):
    first, again = hours(routes[0]), hours(routes[0], before=Before.VALID)

    assert (first["Zelfevaluatie"], again["Zelfevaluatie"]) == (49, 24)
    assert first["Zelf toetsen bij een ander"] - again["Zelf toetsen bij een ander"] == 16


def test_the_estimate_follows_the_number_of_norms(routes):
    assert hours(routes[0], norms=98)["Zelfevaluatie"] == 2 * hours(routes[0])["Zelfevaluatie"]


def test_every_figure_comes_with_what_it_rests_on(routes):
    parts = matching.tasks(routes[2], norms=49, fte=Decimal(24), before=Before.NEVER)

    assert all(len(part.why) > 40 for part in parts)


def test_the_sum_is_told_as_a_span_in_steps_of_five():
    assert matching.between([Task("a", 60, ""), Task("b", 40, "")]) == (75, 125)
    assert matching.between([Task("a", 41, "")]) == (30, 55)


def test_the_words_for_yields_are_those_of_the_routes():
    assert {code for wanted in matching.WANTED.values() for code in wanted} <= set(Route.Yield)
