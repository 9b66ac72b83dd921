"""What the panel finds: alone first, then together."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from labels.assessments.models import Assessment, FindingKind, FrozenCopy
from labels.frameworks.models import Judgement, Norm
from peerreview.panels.models import Panel, PanelMember
from peerreview.reviews.states import State
from sterk import policy
from sterk.organisations.models import Organisation
from sterk.policy import Permission

PERSON = settings.AUTH_USER_MODEL
ACCESS_AFTER = timedelta(days=90)  # how long a panel reads on after it has finished (trust: row 17)


class ReviewQuerySet(models.QuerySet):
    """Questions about many reviews."""

    def visible_to(self, user):
        """Those in which one holds a scorecard, until ninety days after the end, and as long as one still reviews for the
        organisation for which one was placed.

        Never of an organisation one is barred for, and never for bureau and committee: they do not see scores.
        """
        if not user.is_authenticated or policy.may(user, Permission.FOLLOW_REVIEWS):
            return self.none()
        recent = Q(finished_at__isnull=True) | Q(finished_at__gt=timezone.now() - ACCESS_AFTER)
        places = PanelMember.objects.current().with_mandate().filter(person=user).values("pk")
        barred = Organisation.objects.barred_for(user).values("pk")
        mine = Scorecard.objects.filter(member__in=places).values("review")
        return self.filter(recent, pk__in=mine).exclude(assessment__organisation__in=barred)


class Review(models.Model):
    """One look at one organisation by one panel (toetsing). A second one looks only at the norms left open."""

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="reviews")
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="reviews")
    frozen_copy = models.ForeignKey(FrozenCopy, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField("stand", max_length=10, choices=State, default=State.UNDER_WAY)
    summary = models.TextField("samenvatting", blank=True, max_length=6000)
    summary_version = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(default=timezone.now)
    started_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="review_state", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="review_finished_at_and_by",
                condition=Q(finished_at__isnull=True, finished_by__isnull=True)
                | Q(finished_at__isnull=False, finished_by__isnull=False),
            ),
            models.UniqueConstraint(name="review_number_once", fields=["assessment", "number"]),
            models.UniqueConstraint(
                name="review_one_under_way",
                fields=["assessment"],
                condition=Q(state=State.UNDER_WAY),
            ),
        ]

    def __str__(self):
        return f"de toetsing van {self.assessment.organisation}"

    def get_absolute_url(self):
        return reverse("peerreview:review", args=[self.pk])

    @property
    def organisation_id(self):
        """The organisation under review, for the logbook."""
        return self.assessment.organisation_id

    def awaited(self):
        """Members of the panel who have not handed in their own scores."""
        handed_in = self.scorecards.filter(handed_in_at__isnull=False).values("member")
        return self.panel.members.current().exclude(pk__in=handed_in)


class ScorecardQuerySet(models.QuerySet):
    """Questions about many scorecards."""

    def own_of(self, user):
        """The cards that this person fills in or filled in, in the reviews that are open to them."""
        return self.filter(
            member__person=user,
            member__left_at__isnull=True,
            review__in=Review.objects.visible_to(user),
        )

    def open_to(self, card):
        """Cards of the same review that the holder of this one may read: none before the own one is handed in.

        After that those of the present members who handed in too, in the order in which they were placed.
        """
        if card.handed_in_at is None:
            return self.none()
        handed_in = self.filter(review=card.review_id, handed_in_at__isnull=False)
        return handed_in.filter(member__left_at__isnull=True).order_by("member")


class Scorecard(models.Model):
    """One reviewer's own scores in one review (scorekaart). Nobody else sees it until they handed in theirs."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="scorecards")
    member = models.ForeignKey(PanelMember, models.PROTECT, related_name="scorecards")
    handed_in_at = models.DateTimeField(null=True, blank=True)

    objects = ScorecardQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="scorecard_once", fields=["review", "member"])]

    def __str__(self):
        return f"de scorekaart van {self.member}"


class Score(models.Model):
    """What one reviewer finds of one norm alone (score van een toetser). It never leaves the panel."""

    scorecard = models.ForeignKey(Scorecard, models.CASCADE, related_name="scores")
    norm = models.ForeignKey(Norm, models.PROTECT, related_name="+")
    score = models.CharField("score", max_length=12, choices=Judgement, blank=True)
    note = models.TextField("aantekening", blank=True, max_length=4000)
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="score_once", fields=["scorecard", "norm"]),
            models.CheckConstraint(
                name="score_score", condition=Q(score__in=["", *Judgement.values])
            ),
        ]

    def __str__(self):
        return f"een score op {self.norm}"


class Verdict(models.Model):
    """What the panel agrees on one norm (gezamenlijk oordeel). Every norm under review has a row from the start."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="verdicts")
    norm = models.ForeignKey(Norm, models.PROTECT, related_name="+")
    verdict = models.CharField("oordeel", max_length=12, choices=Judgement, blank=True)
    motivation = models.TextField("motivering", blank=True, max_length=4000)
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(null=True)
    changed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="verdict_once", fields=["review", "norm"]),
            models.CheckConstraint(
                name="verdict_verdict", condition=Q(verdict__in=["", *Judgement.values])
            ),
            models.CheckConstraint(
                name="verdict_changed_at_and_by",
                condition=Q(changed_at__isnull=True, changed_by__isnull=True)
                | Q(changed_at__isnull=False, changed_by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"het oordeel over {self.norm}"


class Finding(models.Model):
    """One remark of the panel, on one norm or on the whole (bevinding)."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="findings")
    norm = models.ForeignKey(Norm, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField("soort", max_length=12, choices=FindingKind)
    text = models.TextField("tekst", max_length=2000)
    said_by = models.CharField("gezegd door", max_length=60, blank=True)
    key = models.UUIDField()  # of the form that made it: a repeated POST makes it once
    written_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="finding_once", fields=["review", "key"]),
            models.CheckConstraint(name="finding_kind", condition=Q(kind__in=FindingKind.values)),
            models.CheckConstraint(
                name="finding_said_by_only_of_a_quote", condition=Q(said_by="") | Q(kind="quote")
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} bij {self.review}"
