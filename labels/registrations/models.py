"""What the association decides, and the label as it is carried."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from labels.assessments.models import Assessment, Outcome
from labels.assessments.states import State as AssessmentState
from labels.frameworks.models import Framework, RouteCode
from labels.registrations.states import State
from sterk import policy
from sterk.organisations.models import Organisation
from sterk.policy import Permission
from sterk.reports.models import Report

PERSON = settings.AUTH_USER_MODEL
UNCONFIRMED = Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
CONFIRMED = Q(confirmed_at__isnull=False, confirmed_by__isnull=False)


class Proposal(models.Model):
    """What two people do together: one proposes with a motivation, another confirms."""

    motivation = models.TextField("motivering", max_length=4000)
    proposed_at = models.DateTimeField(default=timezone.now)
    proposed_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    rejected_at = models.DateTimeField(null=True, blank=True)
    rejected_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    rejected_because = models.TextField("reden van terugsturen", blank=True, max_length=1000)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_confirmed_at_and_by", condition=UNCONFIRMED | CONFIRMED
            ),
            models.CheckConstraint(
                name="%(class)s_rejected_at_and_by",
                condition=Q(rejected_at__isnull=True, rejected_by__isnull=True)
                | (
                    Q(rejected_at__isnull=False, rejected_by__isnull=False)
                    & ~Q(rejected_because="")
                ),
            ),
            models.CheckConstraint(
                name="%(class)s_two_people",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="%(class)s_not_both",
                condition=Q(confirmed_at__isnull=True) | Q(rejected_at__isnull=True),
            ),
            models.CheckConstraint(name="%(class)s_motivated", condition=~Q(motivation="")),
        ]

    @property
    def open(self):
        """Whether somebody still has to confirm or reject it."""
        return self.confirmed_at is None and self.rejected_at is None


class DecisionQuerySet(models.QuerySet):
    """Questions about many decisions."""

    def visible_to(self, user):
        """For bureau and committee all but those on a barred organisation; for an organisation its confirmed ones."""
        own = Q(
            assessment__organisation__in=policy.organisations_where(user, Permission.READ_OUTCOME)
        )
        readable = own & Q(confirmed_at__isnull=False)
        if policy.may(user, Permission.READ_OUTCOME):
            barred = Organisation.objects.barred_for(user).values("pk")
            readable |= ~Q(assessment__organisation__in=barred)
        return self.filter(readable)


class Decision(Proposal):
    """What the association decides on one outcome (besluit)."""

    class Ruling(models.TextChoices):
        GRANTED = "granted", "toegekend"
        GRANTED_WITH_PLAN = "granted_with_plan", "toegekend met verbeterplan"
        CONDITIONAL = "conditional", "aangehouden"
        REFUSED = "refused", "niet toegekend"

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="decisions")
    outcome = models.ForeignKey(Outcome, models.PROTECT, related_name="decisions")
    ruling = models.CharField("besluit", max_length=20, choices=Ruling)

    objects = DecisionQuerySet.as_manager()

    class Meta(Proposal.Meta):
        constraints = [
            *Proposal.Meta.constraints,
            models.CheckConstraint(
                name="decision_ruling",
                condition=Q(ruling__in=["granted", "granted_with_plan", "conditional", "refused"]),
            ),
            models.UniqueConstraint(
                name="decision_one_per_outcome",
                fields=["outcome"],
                condition=Q(rejected_at__isnull=True),
            ),
        ]

    def __str__(self):
        return f"het besluit over {self.assessment.organisation}"

    def get_absolute_url(self):
        return reverse("labels:decision", args=[self.assessment_id])


class PublicState(models.TextChoices):
    """The only states that the register ever shows: never a refusal, an objection or a sign-up."""

    VALID = "valid", "geldig"
    RENEWING = "renewing", "hertoetsing loopt"
    SUSPENDED = "suspended", "geschorst"
    EXPIRED = "expired", "verlopen"
    WITHDRAWN = "withdrawn", "ingetrokken"


class RegistrationQuerySet(models.QuerySet):
    """Questions about many registrations."""

    def search(self, words):
        """Those whose organisation, place, municipality or number holds every one of these words."""
        found = self
        for word in words.split()[:8]:
            found = found.filter(
                Q(organisation_name__icontains=word)
                | Q(place__icontains=word)
                | Q(municipality__icontains=word)
                | Q(number__iexact=word)
            )
        return found

    def own_of(self, user):
        """Those of organisations whose outcomes this person may read."""
        return self.filter(
            organisation__in=policy.organisations_where(user, Permission.READ_OUTCOME)
        )

    def visible_to(self, user):
        """With their inner life: for bureau and committee all but those of a barred organisation.

        What the public sees of a registration is on the pages of the register, for everybody.
        """
        if not policy.may(user, Permission.FOLLOW_REVIEWS):
            return self.none()
        return self.exclude(organisation__in=Organisation.objects.barred_for(user).values("pk"))

    def with_public_state(self):
        """Add ``renewing``: whether the holder's next assessment is being reviewed."""
        busy = Assessment.objects.filter(
            organisation=models.OuterRef("organisation"),
            state__in=[AssessmentState.IN_REVIEW, AssessmentState.REVIEWED],
            submitted_at__gt=models.OuterRef("registered_at"),
        )
        return self.annotate(renewing=models.Exists(busy))


class Registration(models.Model):
    """The label as an organisation carries it (registervermelding, certificaat)."""

    number = models.CharField("nummer", max_length=30, unique=True)  # SSW-2026-0001-X7KQ4M
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="registrations")
    assessment = models.OneToOneField(Assessment, models.PROTECT, related_name="registration")
    decision = models.OneToOneField(
        Decision, models.PROTECT, null=True, related_name="registration"
    )
    framework = models.ForeignKey(Framework, models.PROTECT, related_name="registrations")
    route = models.CharField("route", max_length=10, choices=RouteCode)
    public_title = models.CharField(max_length=100)
    public_explanation = models.TextField()
    organisation_name = models.CharField("naam van de organisatie", max_length=150)
    place = models.CharField("plaats", max_length=100)
    municipality = models.CharField("gemeente", max_length=100)
    scope = models.TextField("reikwijdte")
    valid_from = models.DateField("geldig vanaf")
    valid_until = models.DateField("geldig tot en met")
    state = models.CharField("stand", max_length=10, choices=State, default=State.VALID)
    registered_at = models.DateTimeField(default=timezone.now)
    certificate = models.OneToOneField(
        Report, models.PROTECT, null=True, related_name="registration"
    )

    renewing: bool  # added by ``with_public_state``

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="registration_state", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="registration_route", condition=Q(route__in=RouteCode.values)
            ),
            models.CheckConstraint(
                name="registration_ends_later", condition=Q(valid_until__gt=F("valid_from"))
            ),
            models.CheckConstraint(
                name="registration_certificate_needs_decision",
                condition=Q(certificate__isnull=True) | Q(decision__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["organisation_name"]), models.Index(fields=["valid_until"])]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("labels:register-entry", args=[self.number])

    def public_state(self, on):
        """What the public may know on this day: one of ``PublicState``.

        Needs ``with_public_state``. A last day that has passed counts at once, also when the clock has not yet said so.
        """
        if self.state in {State.WITHDRAWN, State.SUSPENDED}:
            return PublicState(self.state)
        if self.valid_until >= on and self.state == State.VALID:
            return PublicState.VALID
        return PublicState.RENEWING if self.renewing else PublicState.EXPIRED


class Measure(Proposal):
    """A proposal to suspend, restore or withdraw a registration, and what came of it (maatregel)."""

    class Kind(models.TextChoices):
        SUSPEND = "suspend", "schorsen"
        RESTORE = "restore", "herstellen"
        WITHDRAW = "withdraw", "intrekken"

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="measures")
    kind = models.CharField("maatregel", max_length=10, choices=Kind)

    class Meta(Proposal.Meta):
        constraints = [
            *Proposal.Meta.constraints,
            models.CheckConstraint(
                name="measure_kind", condition=Q(kind__in=["suspend", "restore", "withdraw"])
            ),
            models.UniqueConstraint(
                name="measure_one_open",
                fields=["registration"],
                condition=Q(confirmed_at__isnull=True, rejected_at__isnull=True),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} van {self.registration}"
