"""Rendered documents."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from sterk.jobs import Job, JobState
from sterk.organisations.models import Organisation


def place(report, _name):
    """Where the file lies: a name of its own that tells nothing."""
    return f"reports/{report.pk}-{report.lease.hex}.pdf"


class Report(Job):
    """A PDF about something, made by the worker from content that is frozen when it is asked for (rapport)."""

    class Kind(models.TextChoices):
        LEARNING = "learning", "leerrapport"
        REVIEW = "review", "toetsingsrapport"
        CERTIFICATE = "certificate", "certificaat"

    kind = models.CharField("soort", max_length=20, choices=Kind)
    title = models.CharField("titel", max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="reports")
    template = models.CharField(max_length=60)
    content = models.JSONField()
    asked_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField(upload_to=place, blank=True)
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of the file

    class Meta:
        constraints = [
            models.CheckConstraint(name="report_state", condition=Q(state__in=JobState.values)),
            models.CheckConstraint(
                name="report_kind", condition=Q(kind__in=["learning", "review", "certificate"])
            ),
            models.CheckConstraint(
                name="report_done_has_file",
                condition=~Q(state=JobState.DONE)
                | (Q(made_at__isnull=False) & ~Q(file="") & ~Q(digest="")),
            ),
        ]
        indexes = [models.Index(fields=["state", "not_before"])]

    def __str__(self):
        return self.title

    @property
    def file_name(self):
        """What the file is called on somebody's disk."""
        return f"{self.title}.pdf".replace("/", "-")
