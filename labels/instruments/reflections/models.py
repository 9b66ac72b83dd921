"""A professional's own account of a decision."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from labels.evidence.models import Evidence
from labels.frameworks.models import Norm
from sterk.organisations.models import Organisation

PERSON = settings.AUTH_USER_MODEL


class ReflectionQuerySet(models.QuerySet):
    """Questions about many reflections."""

    def visible_to(self, user):
        """One's own. Nobody else's, whatever the role."""
        return self.filter(author=user)


class Reflection(models.Model):
    """A professional's own account of a decision; private until a frozen copy is shared (reflectie)."""

    author = models.ForeignKey(PERSON, models.PROTECT, related_name="reflections")
    title = models.CharField("titel", max_length=150)
    answers = models.JSONField(default=dict)  # question id -> text
    begun_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)
    key = models.UUIDField()  # of the form that made it: a repeated POST makes it once

    objects = ReflectionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="reflection_once", fields=["author", "key"])]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("instruments:reflection", args=[self.pk])


class Share(models.Model):
    """That a frozen copy of a reflection became evidence (gedeeld). What was shared lives in the evidence."""

    reflection = models.ForeignKey(
        Reflection, models.SET_NULL, null=True, related_name="shares"
    )  # throwing a reflection away leaves what was shared
    evidence = models.OneToOneField(Evidence, models.PROTECT, related_name="share")
    shared_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    shared_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"{self.evidence} gedeeld"


class RequestQuerySet(models.QuerySet):
    """Questions about many requests."""

    def visible_to(self, user):
        """Those that this person was asked; who asked sees them beside the norm."""
        return self.filter(asked_of=user)

    def waiting_for(self, user):
        """Those that this person has neither honoured nor declined."""
        return self.filter(asked_of=user, answered_at__isnull=True)


class ReflectionRequest(models.Model):
    """A coordinator asks a colleague for a reflection with one norm (vraag om een reflectie)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    norm = models.ForeignKey(Norm, models.PROTECT, related_name="+")
    asked_of = models.ForeignKey(PERSON, models.PROTECT, related_name="reflection_requests")
    asked_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    note = models.CharField("bericht", max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    share = models.OneToOneField(Share, models.PROTECT, null=True, related_name="request")

    objects = RequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="reflection_request_one_open",
                fields=["norm", "asked_of", "organisation"],
                condition=Q(answered_at__isnull=True),
            ),
            models.CheckConstraint(
                name="reflection_request_share_is_an_answer",
                condition=Q(share__isnull=True) | Q(answered_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"vraag aan {self.asked_of} bij {self.norm}"
