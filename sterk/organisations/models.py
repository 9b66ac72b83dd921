"""Organisations, who belongs to them, who is invited, and who must stay away."""

import hashlib

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from sterk import policy
from sterk.policy import ROLES, OrganisationRole, Permission, PlatformRole

PERSON = settings.AUTH_USER_MODEL
ON_PLATFORM = Q(organisation__isnull=True, role__in=PlatformRole.values)
IN_ORGANISATION = Q(organisation__isnull=False, role__in=OrganisationRole.values)
UNANSWERED = Q(accepted_at__isnull=True, withdrawn_at__isnull=True)


def digest_of(secret):
    """What the table keeps of the secret in a link."""
    return hashlib.sha256(secret.encode()).hexdigest()


def in_the_hands_of(user):
    """The condition for memberships and invitations that this person may give and end."""
    condition = Q(organisation__in=policy.organisations_where(user, Permission.INVITE_MEMBERS))
    if policy.may(user, Permission.INVITE_MEMBERS):
        condition |= Q(organisation__isnull=False)
    if policy.may(user, Permission.INVITE_STAFF):
        condition |= Q(organisation__isnull=True)
    return condition


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

    def with_people(self):
        """Each with the number of people that belong there now, as ``people``."""
        belongs = Q(memberships__ended_at=None)
        return self.annotate(people=Count("memberships__person", belongs, distinct=True))

    def matching(self, words):
        """Those whose name, place or municipality contains these words."""
        return self.filter(
            Q(name__icontains=words) | Q(place__icontains=words) | Q(municipality__icontains=words)
        )


class Organisation(models.Model):
    """An organisation for social work, or a certifying body (organisatie)."""

    class Kind(models.TextChoices):
        MEMBER = "member", "organisatie voor sociaal werk"
        CERTIFYING_BODY = "certifying_body", "certificerende instelling"

    name = models.CharField("naam", max_length=150)
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
            models.UniqueConstraint(Lower("name"), name="organisation_name_once"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("organisations:organisation", args=[self.pk])

    @property
    def organisation_id(self):
        """An organisation is its own organisation, so that its deeds land in its logbook."""
        return self.pk

    @property
    def roles(self):
        """The roles that people can have here."""
        if self.kind == self.Kind.CERTIFYING_BODY:
            return [OrganisationRole.COORDINATOR, OrganisationRole.AUDITOR]
        return [role for role in OrganisationRole if role != OrganisationRole.AUDITOR]


class MembershipQuerySet(models.QuerySet):
    """Questions about many memberships."""

    def current(self):
        """Those that have not ended."""
        return self.filter(ended_at__isnull=True)

    def with_role(self, *roles):
        """Current ones in one of these roles."""
        return self.current().filter(role__in=roles)

    def by_person(self):
        """Current ones, those of one person together."""
        return self.current().select_related("person").order_by("person__name", "person_id", "pk")

    def addresses(self):
        """The e-mail addresses of these people."""
        return self.filter(person__is_active=True).values_list("person__email", flat=True)

    def in_the_hands_of(self, user):
        """Those that this person may end."""
        return self.filter(in_the_hands_of(user))


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
            # Two constraints: SQLite knows no NULLS NOT DISTINCT.
            models.UniqueConstraint(
                name="membership_once",
                fields=["person", "organisation", "role"],
                condition=Q(ended_at__isnull=True, organisation__isnull=False),
            ),
            models.UniqueConstraint(
                name="membership_once_on_platform",
                fields=["person", "role"],
                condition=Q(ended_at__isnull=True, organisation__isnull=True),
            ),
            models.CheckConstraint(
                name="membership_ends_later",
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("began_at")),
            ),
        ]

    def __str__(self):
        return f"{self.person} als {self.get_role_display()}"


class InvitationQuerySet(models.QuerySet):
    """Questions about many invitations."""

    def open(self, now=None):
        """Those that can still be accepted."""
        return self.unanswered().filter(expires_at__gt=now or timezone.now())

    def unanswered(self):
        """Neither accepted nor withdrawn; too old perhaps."""
        return self.filter(UNANSWERED)

    def with_secret(self, secret):
        """The one that this link belongs to, if any."""
        return self.filter(digest=digest_of(secret))

    def in_the_hands_of(self, user):
        """Those that this person may see and withdraw."""
        return self.filter(in_the_hands_of(user))


class Invitation(models.Model):
    """A letter to one e-mail address, good for one role and for seven days (uitnodiging)."""

    secret: str | None = (
        None  # what stands in the link; known only to the object that has just been made
    )

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

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="invitation_once",
                fields=["email", "organisation", "role"],
                condition=UNANSWERED & Q(organisation__isnull=False),
            ),
            models.UniqueConstraint(
                name="invitation_once_on_platform",
                fields=["email", "role"],
                condition=UNANSWERED & Q(organisation__isnull=True),
            ),
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

    def is_for(self, user):
        """Whether this person owns the address that is invited."""
        return user.email.lower() == self.email.lower()

    def is_open(self, now):
        """Whether it can still be accepted at this moment."""
        return not self.accepted_at and not self.withdrawn_at and now < self.expires_at


class ConflictQuerySet(models.QuerySet):
    """Questions about many conflicts."""

    def visible_to(self, user):
        """One's own; for bureau and committee also those of others, save with an organisation one is tied to."""
        if not policy.may(user, Permission.FOLLOW_REVIEWS):
            return self.filter(person=user)
        barred = Organisation.objects.barred_for(user).values("pk")
        return self.filter(Q(person=user) | ~Q(organisation__in=barred))


class Conflict(models.Model):
    """A person and an organisation that must stay apart, everywhere (belangenverstrengeling)."""

    person = models.ForeignKey(PERSON, models.PROTECT, related_name="conflicts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="conflicts")
    reason = models.CharField("reden", max_length=300)
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="conflict_once", fields=["person", "organisation"])
        ]

    def __str__(self):
        return f"{self.person} en {self.organisation}"
