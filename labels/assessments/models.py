"""How an organisation judges itself, and what others found of it in the end."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from labels.assessments.querysets import (
    AnswerQuerySet,
    AssessmentQuerySet,
    FrozenCopyQuerySet,
    OutcomeQuerySet,
)
from labels.assessments.states import State
from labels.frameworks.models import OWN_JUDGEMENTS, Framework, Judgement, Norm, RouteCode
from sterk.organisations.models import Organisation
from sterk.reports.models import Report

PERSON = settings.AUTH_USER_MODEL


class Assessment(models.Model):
    """How an organisation judges itself against one framework (zelfevaluatie).

    ``state`` changes in ``labels.assessments.actions`` and nowhere else.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="assessments")
    framework = models.ForeignKey(Framework, models.PROTECT, related_name="assessments")
    state = models.CharField("stand", max_length=20, choices=State, default=State.DRAFT)
    summary = models.TextField("samenvatting", blank=True, max_length=4000)
    summary_version = models.PositiveIntegerField(default=0)  # of summary and scope together
    started_at = models.DateTimeField(default=timezone.now)
    started_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField("ingediend op", null=True, blank=True)
    submitted_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    given_back_because = models.TextField("reden van teruggave", blank=True, max_length=1000)
    plan_handed_in_at = models.DateTimeField(null=True, blank=True)
    plan_handed_in_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="assessment_state", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="assessment_submitted_at_and_by",
                condition=Q(submitted_at__isnull=True, submitted_by__isnull=True)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="assessment_plan_handed_in_at_and_by",
                condition=Q(plan_handed_in_at__isnull=True, plan_handed_in_by__isnull=True)
                | Q(plan_handed_in_at__isnull=False, plan_handed_in_by__isnull=False),
            ),
            models.CheckConstraint(
                name="assessment_submitted_from_there_on",
                condition=Q(state=State.DRAFT) | Q(submitted_at__isnull=False),
            ),
            models.UniqueConstraint(
                name="assessment_one_open_per_framework",
                fields=["organisation", "framework"],
                condition=~Q(state=State.CLOSED),
            ),
        ]

    def __str__(self):
        return f"de zelfevaluatie van {self.organisation}"

    def get_absolute_url(self):
        return reverse("labels:assessment", args=[self.pk])

    @property
    def editable(self):
        """Whether its answers can still be changed."""
        return self.state == State.DRAFT

    def unanswered(self):
        """Answers that still lack a judgement or an explanation, in the order of the norms."""
        return self.answers.filter(Q(score="") | Q(explanation="")).order_by("norm__order")


class Scope(models.Model):
    """Which work, in which municipality; without any line the whole organisation counts (werksoort, werkgebied)."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="scopes")
    work_type = models.CharField("werksoort", max_length=30)  # a code of the framework
    municipality = models.CharField("gemeente", max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="scope_once", fields=["assessment", "work_type", "municipality"]
            )
        ]

    def __str__(self):
        return f"{self.work_type} in {self.municipality}"


class Answer(models.Model):
    """What the organisation finds of one norm (oordeel van de organisatie). It never counts for the outcome.

    Every assessment has one row per norm from its start. ``version`` rises with each accepted edit.
    """

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="answers")
    norm = models.ForeignKey(Norm, models.PROTECT, related_name="answers")
    score = models.CharField("oordeel", max_length=12, choices=OWN_JUDGEMENTS, blank=True)
    explanation = models.TextField("toelichting", blank=True, max_length=8000)
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(null=True)
    changed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    objects = AnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="answer_once", fields=["assessment", "norm"]),
            models.CheckConstraint(
                name="answer_score",
                condition=Q(score__in=["", *(code for code, _ in OWN_JUDGEMENTS)]),
            ),
            models.CheckConstraint(
                name="answer_changed_at_and_by",
                condition=Q(changed_at__isnull=True, changed_by__isnull=True)
                | Q(changed_at__isnull=False, changed_by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"het antwoord op {self.norm}"


class FrozenCopy(models.Model):
    """What was handed in, word for word; reviewers and staff read this and nothing else (bevroren kopie).

    ``content``: ``{"summary": str, "norms": {code: {"score", "explanation", "evidence": [{"pk", "kind", "title",
    "note", "url", "file_name", "size", "digest", "passages"}]}}}``.
    """

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="frozen_copies")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)  # SHA-256 of the content as canonical JSON
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    objects = FrozenCopyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="frozen_copy_number_once", fields=["assessment", "number"])
        ]
        ordering = ["number"]

    def __str__(self):
        return f"versie {self.number} van {self.assessment}"

    def shows(self, evidence):
        """Whether this piece of evidence (a key) is in it."""
        norms = self.content["norms"].values()
        return any(shown["pk"] == evidence for norm in norms for shown in norm["evidence"])


class Reading(models.Model):
    """A member of staff who read a submitted assessment, and why. The organisation sees this."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="readings")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    reason = models.CharField("reden", max_length=300)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(name="reading_has_a_reason", condition=~Q(reason=""))]

    def __str__(self):
        return f"{self.person} las {self.assessment}"


class Outcome(models.Model):
    """The frozen result of one review, as this house keeps it (uitkomst van een toetsing)."""

    class Advice(models.TextChoices):
        """What the panel recommends to the association (advies)."""

        GRANT = "grant", "toekennen"
        GRANT_WITH_PLAN = "grant_with_plan", "toekennen met verbeterplan"
        HOLD = "hold", "aanhouden: open normen opnieuw bekijken"
        REFUSE = "refuse", "niet toekennen"

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="outcomes")
    number = models.PositiveSmallIntegerField()
    route = models.CharField("route", max_length=10, choices=RouteCode)
    frozen_copy = models.ForeignKey(FrozenCopy, models.PROTECT, related_name="+")
    summary = models.TextField("samenvatting van het team")
    panel = models.JSONField()  # [{name, organisation, capacity, lead}]
    concluded_at = models.DateTimeField(default=timezone.now)
    report = models.OneToOneField(Report, models.PROTECT, null=True, related_name="outcome")
    advice = models.CharField("advies", max_length=20, choices=Advice, blank=True)
    advice_motivation = models.TextField("motivering van het advies", blank=True)
    advised_at = models.DateTimeField(null=True, blank=True)
    advised_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="outcome_number_once", fields=["assessment", "number"]),
            models.CheckConstraint(name="outcome_route", condition=Q(route__in=RouteCode.values)),
            models.CheckConstraint(
                name="outcome_advice",
                condition=Q(advice__in=["", "grant", "grant_with_plan", "hold", "refuse"]),
            ),
            models.CheckConstraint(
                name="outcome_advised_at_and_by",
                condition=Q(advised_at__isnull=True, advised_by__isnull=True, advice="")
                | (
                    Q(advised_at__isnull=False, advised_by__isnull=False)
                    & ~Q(advice="")
                    & ~Q(advice_motivation="")
                ),
            ),
        ]
        ordering = ["number"]

    def __str__(self):
        return f"uitkomst {self.number} van {self.assessment}"


class OutcomeVerdict(models.Model):
    """What the panel agreed on one norm, frozen."""

    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="verdicts")
    norm = models.ForeignKey(Norm, models.PROTECT, related_name="+")
    verdict = models.CharField("oordeel", max_length=12, choices=Judgement)
    motivation = models.TextField("motivering")
    own_score = models.CharField(max_length=12, choices=OWN_JUDGEMENTS, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="outcome_verdict_once", fields=["outcome", "norm"]),
            models.CheckConstraint(
                name="outcome_verdict_verdict", condition=Q(verdict__in=Judgement.values)
            ),
            models.CheckConstraint(
                name="outcome_verdict_own_score", condition=Q(own_score__in=["", *Judgement.values])
            ),
        ]
        ordering = ["norm__order"]

    def __str__(self):
        return f"{self.norm}: {self.get_verdict_display()}"


class FindingKind(models.TextChoices):
    """What sort of remark it is (bevinding)."""

    STRENGTH = "strength", "sterk punt"
    IMPROVEMENT = "improvement", "verbeterpunt"
    TAKE_HOME = "take_home", "mee naar huis"
    QUOTE = "quote", "citaat"


class OutcomeFinding(models.Model):
    """One remark of the panel, frozen; on one norm or on the whole."""

    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="findings")
    norm = models.ForeignKey(Norm, models.PROTECT, null=True, related_name="+")
    kind = models.CharField("soort", max_length=12, choices=FindingKind)
    text = models.TextField()
    said_by = models.CharField(max_length=60, blank=True)  # of a quote: the role, never a name

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="outcome_finding_kind", condition=Q(kind__in=FindingKind.values)
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} bij {self.outcome}"
