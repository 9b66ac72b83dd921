"""A whole round, played through the actions of the house: never a row written past them."""

from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from random import Random

from django.utils import timezone

from labels.assessments import actions as assessments
from labels.assessments.models import Assessment
from labels.frameworks.models import Route, RouteCode
from labels.registrations import actions as registrations
from peerreview.rehearsal import home, texts, visit
from peerreview.rehearsal.company import Member, gather
from peerreview.reviews import actions as reviews
from peerreview.rounds import actions as rounds
from sterk.jobs import JobState
from sterk.reports import rendering
from sterk.reports.models import Report

# How far an organisation comes, in the order of the story.
STEPS = ["draft", "submitted", "review", "handed_in", "agreed", "planned", "advised", "decided"]
STAGES = ["draft", "submitted", "review", "agreed", "decided", "spread"]
RENDERED = {
    "agreed",
    "decided",
}  # stages at which the PDFs are made at once; else the worker makes them
ROUTES = [RouteCode.PEER, RouteCode.EXTERNAL, RouteCode.COMBINED]
# At the stage *spread* something waits for everybody: how far each organisation in turn comes.
SPREAD = [
    "draft", "decided", "handed_in", "review", "advised", "review", "decided", "submitted", "planned",
]  # fmt: skip
ADVICES = ["grant_with_plan", "grant", "grant_with_plan", "hold", "grant_with_plan", "refuse"]
RULINGS = {
    "grant": "granted",
    "grant_with_plan": "granted_with_plan",
    "hold": "conditional",
    "refuse": "refused",
}


@dataclass
class Line:
    """What became of one organisation."""

    organisation: str
    route: str
    state: str
    advice: str = ""
    ruling: str = ""
    registration: str = ""
    report: str = ""
    certificate: str = ""

    as_dict = asdict


@dataclass
class Part:
    """One organisation on its way through the round."""

    member: Member
    place: int
    route: RouteCode
    story: texts.Storyline
    chance: Random

    def reaches(self, step: str, stage: str) -> bool:
        """Whether this organisation comes as far as this step at this stage."""
        last = SPREAD[self.place % len(SPREAD)] if stage == "spread" else stage
        return STEPS.index(step) <= STEPS.index(last)


def play(framework, *, organisations: int, stage: str, seed: int, password: str) -> list[Part]:
    """Play a round up to a stage; :func:`tell` says what became of each organisation.

    The same seed gives the same words and verdicts; numbers in the register are never the same.
    """
    company = gather(organisations, password=password)
    today = timezone.localdate()
    names = texts.round_names()
    into = rounds.open_round(
        by=company.bureau,
        name=f"{names[seed % len(names)]} {today.year}",
        framework=framework,
        opens_on=today - timedelta(days=60),
        closes_on=today + timedelta(days=60),
    )
    parts = [_part(member, place, seed) for place, member in enumerate(company.members)]
    for part in parts:
        _play_one(part, company, into, stage)
    return parts


def _part(member, place, seed):
    chance = Random(f"{seed}-{member.invented.code}")
    route = ROUTES[place % len(ROUTES)]
    turn = place // len(ROUTES) * 2 + place % len(ROUTES) - 1
    advice = (
        ["grant_with_plan", "grant"][place % 2] if route == RouteCode.PEER else ADVICES[turn % 6]
    )
    story = chance.choice(texts.storylines(member.invented, advice))
    return Part(member, place, route, story, chance)


def _play_one(part, company, into, stage):
    member, chance = part.member, part.chance
    share = 1.0 if part.reaches("submitted", stage) else home.HALF_WAY
    assessment = home.fill_in(member, into.framework, part.story, chance, share=share)
    sign_up = rounds.sign_up(into, member.row, by=company.bureau, route=part.route)
    if not part.reaches("submitted", stage):
        return
    assessments.submit(assessment, by=member.one("coordinator"))
    if not part.reaches("review", stage):
        return
    review = reviews.start(visit.make_panel(sign_up, company, part.place), by=company.bureau)
    visit.score(review, part.story, chance, everybody=part.reaches("handed_in", stage))
    if part.reaches("agreed", stage):
        outcome = _finish(review, part, part.story)
        _end(review, outcome, part, company, stage)


def _finish(review, part, story):
    verdicts = visit.agree(review, part.member, story, part.chance)
    visit.find(review, part.member, verdicts, part.chance)
    return reviews.finish(review, by=visit.lead_of(review))


def _end(review, outcome, part, company, stage):
    assessment = outcome.assessment
    if part.reaches("planned", stage) and assessments.plan_needed(outcome).exists():
        home.plan(part.member, outcome)
    if not part.reaches("advised", stage) or not _asks_decision(assessment, part.route):
        return
    visit.advise(review, outcome, part.story.advice, part.chance)
    decision = _propose(assessment, part, company, part.story.advice)
    if not part.reaches("decided", stage):
        return
    registrations.confirm(decision, by=company.staff["committee"][0])
    if part.story.advice == "hold":
        _look_again(assessment, part, company)


def _asks_decision(assessment, route):
    return assessment.framework.routes.get(code=route).gives(Route.Yield.DECISION)


def _propose(assessment, part, company, advice):
    ruling = RULINGS[advice]
    motivation = texts.ruling(ruling, part.member.invented, part.chance)
    return registrations.propose(
        assessment, by=company.bureau, ruling=ruling, motivation=motivation
    )


def _look_again(assessment, part, company):
    """Aangehouden: the panel looks again at the open norms, finds them met, and the label is granted."""
    better = replace(part.story, partly_met=(), not_met=(), advice="grant")
    review = reviews.look_again(assessment, by=company.bureau)
    visit.score(review, better, part.chance, everybody=True)
    outcome = _finish(review, part, better)
    visit.advise(review, outcome, "grant", part.chance)
    decision = _propose(assessment, part, company, "grant")
    registrations.confirm(decision, by=company.staff["committee"][0])


def render_all():
    """Make every report that waits, in this process, exactly as the worker does."""
    for pk in (
        Report.objects.filter(state=JobState.QUEUED).order_by("pk").values_list("pk", flat=True)
    ):
        rendering.fulfil(pk)


def tell(part: Part) -> Line:
    """What became of one organisation, read back from the house."""
    assessment = Assessment.objects.select_related("organisation").get(organisation=part.member.row)
    outcome = assessment.outcomes.last()
    decision = assessment.decisions.filter(confirmed_at__isnull=False).last()
    registration = getattr(assessment, "registration", None)
    return Line(
        organisation=assessment.organisation.name,
        route=part.route.label,
        state=assessment.get_state_display(),
        advice=outcome.get_advice_display() if outcome else "",
        ruling=decision.get_ruling_display() if decision else "",
        registration=registration.number if registration else "",
        report=_path(outcome and outcome.report),
        certificate=_path(registration and registration.certificate),
    )


def _path(report):
    return report.file.path if report and report.state == JobState.DONE else ""
