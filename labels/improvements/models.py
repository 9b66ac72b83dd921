"""What will be done, wherever it came from."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from labels.frameworks.models import Norm
from sterk import policy
from sterk.organisations.models import Organisation
from sterk.policy import Permission

PERSON = settings.AUTH_USER_MODEL


class ImprovementQuerySet(models.QuerySet):
    """Questions about many improvements."""

    def visible_to(self, user):
        """Those of the organisations where this person reads the assessment too."""
        mine = policy.organisations_where(user, Permission.READ_DRAFT)
        return self.filter(organisation__in=mine, dropped_at__isnull=True)

    def standing(self):
        """Those that have not been dropped."""
        return self.filter(dropped_at__isnull=True)


class Improvement(models.Model):
    """What will be done, by whom, when and why (verbeterplan, actie). It outlives the cycle it came from."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="improvements")
    norm = models.ForeignKey(
        Norm, models.PROTECT, null=True, blank=True, related_name="improvements"
    )
    what = models.TextField("wat gaan jullie doen?", max_length=2000)
    why = models.TextField("waarom?", blank=True, max_length=2000)
    who = models.CharField("wie", max_length=150)
    due = models.DateField("klaar op")
    written_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    key = models.UUIDField(
        null=True, blank=True
    )  # of the form that made it: a repeated POST makes it once

    objects = ImprovementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="improvement_done_at_and_by",
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
            ),
            models.CheckConstraint(
                name="improvement_dropped_at_and_by",
                condition=Q(dropped_at__isnull=True, dropped_by__isnull=True)
                | Q(dropped_at__isnull=False, dropped_by__isnull=False),
            ),
            models.UniqueConstraint(name="improvement_once", fields=["organisation", "key"]),
        ]

    def __str__(self):
        return self.what[:80]
