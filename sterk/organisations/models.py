"""Organisations, who belongs to them, who is invited, and who must stay away."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from sterk import policy
from sterk.policy import ROLES, OrganisationRole, Permission, PlatformRole

PERSON = settings.AUTH_USER_MODEL
ON_PLATFORM = Q(organisation__isnull=True, role__in=PlatformRole.values)
IN_ORGANISATION = Q(organisation__isnull=False, role__in=OrganisationRole.values)


class OrganisationQuerySet(models.QuerySet):
    """Questions about many organisations."""

    def visible_to(self, user):
        """For the bureau all of them; for others those that they belong to."""
        if policy.may(user, Permission.CREATE_ORGANISATION):
            return self.all()
        return self.filter(pk__in=policy.organisations_where(user, Permission.SEE_MEMBERS))

    def barred_for(self, user):
        """Those that this person may not judge: a recorded conflict, or ever a member there."""
        return self.filter(Q(conflicts__person=user) | Q(memberships__person=user))


class Organisation(models.Model):
    """An organisation for social work, or a certifying body (organisatie)."""

    class Kind(models.TextChoices):
        MEMBER = "member", "organisatie voor sociaal werk"
        CERTIFYING_BODY = "certifying_body", "certificerende instelling"

    name = models.CharField("naam", max_length=150, unique=True)
    kind = models.CharField("soort", max_length=20, choices=Kind, default=Kind.MEMBER)
    place = models.CharField("plaats", max_length=100)
    municipality = models.CharField("gemeente", max_length=100)
    fte = models.DecimalField("fte", max_digits=6, decimal_places=1, null=True, blank=True)
    website = models.URLField("website", blank=True)
    about = models.TextField("over de organisatie", blank=True, max_length=1000)
    created_at = models.DateTimeField(default=timezone.now)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="organisation_kind", condition=Q(kind__in=["member", "certifying_body"])
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("organisations:organisation", args=[self.pk])

    @property
    def organisation_id(self):
        """An organisation is its own organisation, so that its deeds land in its logbook."""
        return self.pk


class MembershipQuerySet(models.QuerySet):
    """Questions about many memberships."""

    def current(self):
        """Those that have not ended."""
        return self.filter(ended_at__isnull=True)

    def with_role(self, *roles):
        """Current ones in one of these roles."""
        return self.current().filter(role__in=roles)


class Membership(models.Model):
    """A person's role in an organisation or, without one, on the platform (lidmaatschap)."""

    person = models.ForeignKey(PERSON, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    role = models.CharField("rol", max_length=20, choices=ROLES)
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="membership_role_fits_place", condition=ON_PLATFORM | IN_ORGANISATION
            ),
            models.UniqueConstraint(
                name="membership_once",
                fields=["person", "organisation", "role"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
            ),
        ]

    def __str__(self):
        return f"{self.person} als {self.get_role_display()}"


class Invitation(models.Model):
    """A letter to one e-mail address, good for one role and for seven days (uitnodiging)."""

    email = models.EmailField("e-mailadres")
    name = models.CharField("naam", max_length=150)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    role = models.CharField("rol", max_length=20, choices=ROLES)
    digest = models.CharField(
        max_length=64, unique=True
    )  # of the secret in the link, never the secret
    invited_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="invitation_role_fits_place", condition=ON_PLATFORM | IN_ORGANISATION
            ),
            models.CheckConstraint(
                name="invitation_accepted_at_and_by",
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="invitation_expires_later", condition=Q(expires_at__gt=F("invited_at"))
            ),
        ]

    def __str__(self):
        return f"uitnodiging voor {self.email}"

    def is_open(self, now):
        """Whether it can still be accepted at this moment."""
        return not self.accepted_at and not self.withdrawn_at and now < self.expires_at


class Conflict(models.Model):
    """A person and an organisation that must stay apart, everywhere (belangenverstrengeling)."""

    person = models.ForeignKey(PERSON, models.PROTECT, related_name="conflicts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="conflicts")
    reason = models.CharField("reden", max_length=300)
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="conflict_once", fields=["person", "organisation"])
        ]

    def __str__(self):
        return f"{self.person} en {self.organisation}"
