"""What an organisation can show."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from labels.frameworks.models import Norm
from sterk import policy
from sterk.organisations.models import Organisation
from sterk.policy import Permission

PERSON = settings.AUTH_USER_MODEL


def place(evidence, _name):
    """Where the file lies: under a name of our own, that tells nothing."""
    return f"evidence/{evidence.organisation_id}/{evidence.key.hex}"


class EvidenceQuerySet(models.QuerySet):
    """Questions about many pieces of evidence."""

    def visible_to(self, user):
        """Those of the person's own organisations. Others read it through a page of their own that knows why."""
        return self.filter(organisation__in=policy.organisations_where(user, Permission.READ_DRAFT))

    def standing(self):
        """Those that have not been withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class Evidence(models.Model):
    """One thing an organisation can show; it serves several norms and the next cycle too (bewijsstuk)."""

    class Kind(models.TextChoices):
        FILE = "file", "bestand"
        LINK = "link", "link"
        ON_SITE = "on_site", "ter plekke te zien"
        REFLECTION = "reflection", "gedeelde reflectie"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="evidence")
    kind = models.CharField("soort", max_length=12, choices=Kind)
    title = models.CharField("titel", max_length=200)
    note = models.TextField("toelichting", blank=True, max_length=2000)
    key = models.UUIDField()  # of the form that made it: a repeated POST makes it once
    file = models.FileField(upload_to=place, blank=True)
    file_name = models.CharField(max_length=150, blank=True)
    media = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(null=True)
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of the file
    url = models.URLField("adres", max_length=500, blank=True)
    passages = models.JSONField(
        default=list
    )  # of a shared reflection: [{question, answer}], frozen
    added_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    norms = models.ManyToManyField(Norm, through="Citation", related_name="evidence")

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="evidence_once", fields=["organisation", "key"]),
            models.CheckConstraint(
                name="evidence_kind_has_what_it_needs",
                condition=(Q(kind="file", url="") & ~Q(file="") & ~Q(digest=""))
                | (Q(kind="link", file="") & ~Q(url=""))
                | Q(kind="on_site", file="", url="")
                | (Q(kind="reflection", file="", url="") & ~Q(passages=[])),
            ),
            models.CheckConstraint(
                name="evidence_withdrawn_at_and_by",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("labels:evidence-item", args=[self.pk])

    def in_the_hands_of(self, user):
        """Whether this person may withdraw it: who brought it, and whoever hands the assessment in."""
        if self.added_by_id == user.pk:
            return policy.may(user, Permission.EDIT_ASSESSMENT, self.organisation)
        return policy.may(user, Permission.SUBMIT_ASSESSMENT, self.organisation)


class Citation(models.Model):
    """A piece of evidence brought forward for one norm (verwijzing)."""

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="citations")
    norm = models.ForeignKey(Norm, models.PROTECT, related_name="citations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="citations")
    added_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="citation_once", fields=["evidence", "norm"]),
        ]
        indexes = [models.Index(fields=["organisation", "norm"])]

    def __str__(self):
        return f"{self.evidence} bij {self.norm}"
