"""How far each organisation in a round is: who takes part, who has handed in, what comes next. Never a score."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from labels.assessments.models import Assessment
from labels.assessments.states import State as AssessmentState
from labels.registrations.steps import next_step, outcomes_to_decide
from peerreview.panels.models import PanelMember
from peerreview.reviews.models import Review, Scorecard
from peerreview.reviews.states import State as ReviewState
from peerreview.rounds.matching import lacking

TIED = "{} heeft een band met deze organisatie en moet uit het toetsteam."
GONE = "{} toetst niet meer voor {} en moet uit het toetsteam."


@dataclass
class Line:
    """One organisation in a round."""

    sign_up: Any
    route: Any
    members: list  # current ones; each with ``handed_in``: True, False, or None when nothing is asked now
    assessment: Any = None
    review: Any = None  # the last one
    lack: str = ""  # why the panel is not complete
    step: str = ""  # what comes next, in plain Dutch
    verb: str = (
        ""  # what the bureau does about it on the page of the panel; empty when it can only wait
    )

    @property
    def under_way(self):
        """Whether a review is going on now."""
        return self.review is not None and self.review.state == ReviewState.UNDER_WAY

    @property
    def done(self):
        """Whether all that this round asks has been done."""
        finished = self.review is not None and self.review.state == ReviewState.FINISHED
        return finished and self.assessment.state == AssessmentState.CLOSED

    @property
    def awaited(self):
        """Names of those who have not handed in."""
        return [member.person.name for member in self.members if member.handed_in is False]


def lines(sign_ups):
    """A line for each of these sign-ups of one round, in a number of queries that does not depend on how many."""
    found = list(with_everything(sign_ups))
    if not found:
        return []
    routes = {route.code: route for route in found[0].round.framework.routes.all()}
    present = PanelMember.objects.current().filter(panel__sign_up__in=found)
    tied, fit = set(present.tied()), set(present.with_mandate())
    told = [_line(sign_up, routes[sign_up.route], tied, fit) for sign_up in found]
    reviewed = [line.assessment.pk for line in told if line.review and not line.under_way]
    to_decide = outcomes_to_decide(Assessment.objects.filter(pk__in=reviewed))
    steps = {outcome.assessment_id: outcome for outcome in to_decide}
    for line in told:
        line.step, line.verb = _next(line, steps)
    return told


def with_everything(sign_ups):
    """These sign-ups with panel, members, reviews, cards and assessments read along."""
    members = PanelMember.objects.current().select_related("person", "organisation")
    reviews = Review.objects.select_related("assessment").order_by("pk")
    standing = Assessment.objects.exclude(state=AssessmentState.CLOSED)
    return sign_ups.select_related("organisation", "round__framework", "panel").prefetch_related(
        Prefetch("panel__members", members.order_by("-lead", "pk"), to_attr="present"),
        Prefetch("panel__reviews", reviews, to_attr="held"),
        Prefetch("panel__held__scorecards", Scorecard.objects.all(), to_attr="cards"),
        Prefetch("organisation__assessments", standing, to_attr="standing"),
    )


def _line(sign_up, route, tied, fit):
    panel = getattr(sign_up, "panel", None)
    members = panel.present if panel else []
    review = panel.held[-1] if panel and panel.held else None
    line = Line(sign_up, route, members, review=review, lack=lacking(route, members))
    for member in members:
        member.handed_in = member.pk in _in(review) if line.under_way else None
        member.unfit = ""
        if member in tied:
            member.unfit, line.lack = "heeft een band", TIED.format(member.person)
        elif member not in fit and not member.handed_in:  # what was handed in before still counts
            member.unfit = "toetst niet meer"
            line.lack = GONE.format(member.person, member.organisation)
    framework = sign_up.round.framework_id
    standing = [a for a in sign_up.organisation.standing if a.framework_id == framework]
    line.assessment = review.assessment if review else next(iter(standing), None)
    return line


def _in(review):
    return {card.member_id for card in review.cards if card.handed_in_at}


def _next(line, to_decide):
    if line.review and not line.under_way:
        return _after(line, to_decide.get(line.assessment.pk))
    if line.lack:
        return line.lack, "Naar het team"
    if line.under_way:
        return _during(line), ""
    if line.assessment is None or line.assessment.state == AssessmentState.DRAFT:
        return "Wacht op de zelfevaluatie van de organisatie.", ""
    if line.assessment.state != AssessmentState.SUBMITTED:
        return "Deze zelfevaluatie wordt al getoetst, in een andere ronde.", ""
    return "De zelfevaluatie is ingediend en het team is compleet.", "Toetsing starten"


def _during(line):
    if line.awaited:
        return f"Wacht op de scores van {' en '.join(line.awaited)}."
    return "Iedereen heeft ingeleverd. Het team komt tot een oordeel."


def _after(line, outcome):
    if line.done:
        return "Klaar.", ""
    if outcome is None:
        return "Wacht op het verbeterplan van de organisatie.", ""
    label = next_step(outcome).label
    return f"{label[:1].upper()}{label[1:]}.", "Naar het besluit"
