"""Periods in which organisations are reviewed, and who takes part."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from labels.frameworks.models import Framework, RouteCode
from sterk import policy
from sterk.organisations.models import Organisation
from sterk.policy import Permission

PERSON = settings.AUTH_USER_MODEL


class RoundQuerySet(models.QuerySet):
    """Questions about many rounds."""

    def visible_to(self, user):
        """For bureau and committee all of them, for others none."""
        return self.all() if policy.may(user, Permission.FOLLOW_REVIEWS) else self.none()


class Round(models.Model):
    """A period in which organisations are reviewed (toetsingsronde). An audit at any date is a round of one."""

    name = models.CharField("naam", max_length=100, unique=True)
    framework = models.ForeignKey(Framework, models.PROTECT, related_name="rounds")
    opens_on = models.DateField("begint op")
    closes_on = models.DateField("eindigt op")
    opened_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)

    objects = RoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="round_closes_after_it_opens", condition=Q(closes_on__gte=F("opens_on"))
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("peerreview:round", args=[self.pk])


class SignUpQuerySet(models.QuerySet):
    """Questions about many sign-ups."""

    def visible_to(self, user):
        """For bureau and committee all but those of a barred organisation; for an organisation its own."""
        own = self.filter(
            organisation__in=policy.organisations_where(user, Permission.READ_OUTCOME)
        )
        return own | self.followed_by(user)

    def followed_by(self, user):
        """For bureau and committee all but those of a barred organisation; for others none."""
        if not policy.may(user, Permission.FOLLOW_REVIEWS):
            return self.none()
        barred = Organisation.objects.barred_for(user).values("pk")
        return self.exclude(organisation__in=barred)


class SignUp(models.Model):
    """An organisation in a round, along one route (aanmelding)."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="sign_ups")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="sign_ups")
    route = models.CharField("route", max_length=10, choices=RouteCode)
    signed_up_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    signed_up_at = models.DateTimeField(default=timezone.now)

    objects = SignUpQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="sign_up_once", fields=["round", "organisation"]),
            models.CheckConstraint(name="sign_up_route", condition=Q(route__in=RouteCode.values)),
        ]

    def __str__(self):
        return f"{self.organisation} in {self.round}"
