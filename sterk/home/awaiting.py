"""What waits for somebody: a question to both houses, that is always true and stored nowhere."""

from dataclasses import dataclass
from datetime import date
from itertools import chain, islice

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from labels.assessments.models import Assessment, Outcome
from labels.assessments.states import State as AssessmentState
from labels.frameworks.models import Framework
from labels.instruments.reflections.models import ReflectionRequest
from labels.registrations.models import Decision, Measure, Registration
from labels.registrations.steps import Step, next_step, outcomes_to_decide
from peerreview.reviews.models import Review, Scorecard
from peerreview.reviews.states import State as ReviewState
from peerreview.rounds.models import SignUp
from sterk import policy
from sterk.jobs import JobState
from sterk.organisations.models import Organisation
from sterk.policy import Permission
from sterk.reports.models import Report

MINUTES_PER_NORM = 10  # our estimate, until similar organisations have shown what it takes
FOR_BUREAU = {Step.PROPOSE: "Stel een besluit voor", Step.LOOK_AGAIN: "Start de hertoetsing"}
MOST = 50  # rows that are looked at for one kind of task


@dataclass(frozen=True)
class Task:
    """One line of *Wat wacht op mij*: what, for which organisation, until when, how long, one button."""

    what: str
    url: str
    verb: str
    organisation: str = ""
    on: date | None = None
    hours: int | None = None

    @property
    def days(self):
        """Days that are left, today not counted; None without a date."""
        return (self.on - timezone.localdate()).days if self.on else None


def tasks(user):
    """Everything that waits for this person, what has the nearest date first."""
    found = chain(
        _requests(user),
        _own_assessments(user),
        _first_assessments(user),
        _plans(user),
        _scorecards(user),
        _agreements(user),
        _advices(user),
        _for_bureau(user),
        _for_committee(user),
    )
    return sorted(found, key=lambda task: (task.on is None, task.on or date.max))


def _requests(user):
    for request in ReflectionRequest.objects.waiting_for(user).select_related(
        "asked_by", "norm", "organisation"
    )[:MOST]:
        yield Task(
            what=f"{request.asked_by} vraagt een reflectie bij {request.norm.code}",
            url=reverse("instruments:write-reflection") + f"?request={request.pk}",
            verb="Bekijken",
            organisation=str(request.organisation),
        )


def _own_assessments(user):
    missing = Count("answers", filter=Q(answers__score="") | Q(answers__explanation=""))
    closes = SignUp.objects.filter(
        organisation=OuterRef("organisation"), round__framework=OuterRef("framework")
    ).order_by("-round__closes_on")
    drafts = (
        Assessment.objects.own_of(user, Permission.EDIT_ASSESSMENT)
        .filter(state=AssessmentState.DRAFT)
        .annotate(missing=missing, closes_on=Subquery(closes.values("round__closes_on")[:1]))
        .select_related("organisation")
    )
    for assessment in drafts[:MOST]:
        yield _draft_task(user, assessment)


def _draft_task(user, assessment):
    ready = not assessment.missing
    may_submit = policy.may(user, Permission.SUBMIT_ASSESSMENT, assessment.organisation)
    what = "Maak de zelfevaluatie af"
    if assessment.given_back_because:
        what = "De zelfevaluatie is teruggelegd: lees waarom"
    elif ready:
        what = "Dien de zelfevaluatie in" if may_submit else "Lees de zelfevaluatie nog eens na"
    return Task(
        what=what if ready else f"{what}: nog {assessment.missing} normen",
        url=assessment.get_absolute_url(),
        verb="Naar indienen" if ready and may_submit else "Verder gaan",
        organisation=str(assessment.organisation),
        on=assessment.closes_on,
        hours=-(-assessment.missing * MINUTES_PER_NORM // 60) or None,
    )


def _first_assessments(user):
    places = policy.organisations_where(user, Permission.START_ASSESSMENT)
    if not places or not Framework.objects.answerable(timezone.localdate()).exists():
        return
    busy = Assessment.objects.filter(organisation=OuterRef("pk"))
    fresh = Organisation.objects.filter(~Exists(busy), pk__in=places, kind="member")
    for organisation in fresh[:MOST]:
        yield Task(
            what="Begin met de zelfevaluatie",
            url=reverse("labels:assessments"),
            verb="Beginnen",
            organisation=str(organisation),
        )


def _plans(user):
    waiting = Assessment.objects.own_of(user, Permission.HAND_IN_PLAN).filter(
        state=AssessmentState.REVIEWED, plan_handed_in_at__isnull=True
    )
    outcomes = (
        Outcome.objects.filter(assessment__in=waiting)
        .last_ones()
        .with_tally()
        .select_related("assessment__organisation", "assessment__framework")
    )
    for outcome in outcomes[:MOST]:
        asked = outcome.assessment.framework.plan_required_for
        if count := sum(getattr(outcome, code) for code in asked):
            yield Task(
                what=f"Maak het verbeterplan: {count} {'norm' if count == 1 else 'normen'}",
                url=reverse("labels:outcome", args=[outcome.assessment_id]),
                verb="Naar het plan",
                organisation=str(outcome.assessment.organisation),
            )


def _scorecards(user):
    if not user.reviews:
        return
    mine = Scorecard.objects.filter(
        member__person=user,
        member__left_at__isnull=True,
        handed_in_at__isnull=True,
        review__in=Review.objects.visible_to(user).filter(state=ReviewState.UNDER_WAY),
    )
    cards = mine.annotate(missing=Count("scores", filter=Q(scores__score=""))).select_related(
        "review__assessment__organisation", "review__panel__sign_up__round"
    )
    for card in cards[:MOST]:
        left = f"nog {card.missing} normen" if card.missing else "klaar om in te leveren"
        yield Task(
            what=f"Geef je eigen scores: {left}",
            url=card.review.get_absolute_url(),
            verb="Verder gaan",
            organisation=str(card.review.assessment.organisation),
            on=card.review.panel.sign_up.round.closes_on,
            hours=-(-card.missing * MINUTES_PER_NORM // 60) or None,
        )


def _agreements(user):
    if not user.reviews:
        return
    open_cards = Scorecard.objects.filter(
        review=OuterRef("pk"), handed_in_at__isnull=True, member__left_at__isnull=True
    )
    reviews = (
        Review.objects.visible_to(user)
        .filter(~Exists(open_cards), state=ReviewState.UNDER_WAY)
        .select_related("assessment__organisation", "panel__sign_up__round")
    )
    for review in reviews[:MOST]:
        yield Task(
            what="Kom samen tot een oordeel",
            url=reverse("peerreview:agreement", args=[review.pk]),
            verb="Naar het gesprek",
            organisation=str(review.assessment.organisation),
            on=review.panel.sign_up.round.closes_on,
        )


def _advices(user):
    if not user.reviews:
        return
    reviews = Review.objects.visible_to(user).filter(
        state=ReviewState.FINISHED,
        assessment__state=AssessmentState.REVIEWED,
        panel__members__person=user,
        panel__members__capacity="auditor",
        panel__members__left_at__isnull=True,
    )
    ripe = outcomes_to_decide(
        Assessment.objects.filter(pk__in=reviews.values("assessment"))
    ).filter(advice="")
    pages = dict(reviews.values_list("assessment", "pk"))
    for outcome in ripe[:MOST]:
        if next_step(outcome) == Step.ADVISE:
            yield Task(
                what="Geef je advies",
                url=reverse("peerreview:advise", args=[pages[outcome.assessment_id]]),
                verb="Naar het advies",
                organisation=str(outcome.assessment.organisation),
            )


def _for_bureau(user):
    if not policy.may(user, Permission.PLACE_REVIEWERS):
        return
    signed_up = SignUp.objects.filter(
        organisation=OuterRef("organisation"), round__framework=OuterRef("framework")
    ).order_by("-pk")
    waiting = (
        Assessment.objects.open_to_staff(user)
        .filter(state=AssessmentState.SUBMITTED)
        .annotate(sign_up=Subquery(signed_up.values("pk")[:1]))
        .select_related("organisation")
        .order_by("submitted_at")
    )
    for assessment in waiting[:MOST]:
        if assessment.sign_up:
            url, verb = reverse("peerreview:panel", args=[assessment.sign_up]), "Naar het team"
            what = "Stel het toetsteam samen en start de toetsing"
        else:
            url, verb = reverse("peerreview:rounds"), "Naar de rondes"
            what = "Plaats deze organisatie in een ronde"
        yield Task(what=what, url=url, verb=verb, organisation=str(assessment.organisation))
    yield from _to_decide(user)
    if failed := Report.objects.filter(state=JobState.FAILED).count():
        what = "1 rapport is mislukt" if failed == 1 else f"{failed} rapporten zijn mislukt"
        yield Task(what=what, url=reverse("reports:reports"), verb="Bekijken")


def _to_decide(user):
    seen = Assessment.objects.open_to_staff(user).filter(state=AssessmentState.REVIEWED)
    for outcome in outcomes_to_decide(seen)[:MOST]:
        if what := FOR_BUREAU.get(next_step(outcome)):
            yield Task(
                what=what,
                url=reverse("labels:decision", args=[outcome.assessment_id]),
                verb="Naar het besluit",
                organisation=str(outcome.assessment.organisation),
            )


def _for_committee(user):
    if not policy.may(user, Permission.CONFIRM_DECISION):
        return
    undecided = Q(confirmed_at__isnull=True, rejected_at__isnull=True) & ~Q(proposed_by=user)
    decisions = Decision.objects.visible_to(user).filter(undecided)
    for decision in decisions.select_related("assessment__organisation")[:MOST]:
        yield Task(
            what="Bevestig een besluit, of stuur het terug",
            url=decision.get_absolute_url(),
            verb="Naar het voorstel",
            organisation=str(decision.assessment.organisation),
        )
    measures = Measure.objects.filter(
        undecided, registration__in=Registration.objects.visible_to(user)
    )
    for measure in measures.select_related("registration")[:MOST]:
        yield Task(
            what=f"Voorstel tot {measure.get_kind_display()}",
            url=reverse("labels:registration", args=[measure.registration_id]),
            verb="Naar het voorstel",
            organisation=measure.registration.organisation_name,
        )


def running(user):
    """What is under way for one's own organisations and asks nothing of anybody there now."""
    busy = (
        Assessment.objects.own_of(user)
        .exclude(state__in=[AssessmentState.DRAFT, AssessmentState.CLOSED])
        .select_related("organisation")
        .order_by(F("submitted_at").desc())
    )
    return list(islice(busy, MOST))
