"""Questions about many assessments, and about what was handed in and found."""

from datetime import timedelta

from django.db import models
from django.db.models import Q

from labels.frameworks.models import Judgement
from sterk import policy
from sterk.organisations.models import Organisation
from sterk.policy import Permission

FRESH = timedelta(hours=8)  # how long staff may read on one reason


def _not_barred(user):
    barred = Organisation.objects.barred_for(user).values("pk")
    return Q(submitted_at__isnull=False) & ~Q(organisation__in=barred)


class AssessmentQuerySet(models.QuerySet):
    """Questions about many assessments."""

    def visible_to(self, user):
        """Those of one's own organisations; for bureau and committee what was submitted, save by a barred one."""
        readable = Q(organisation__in=policy.organisations_where(user, Permission.READ_DRAFT))
        if policy.may(user, Permission.READ_SUBMITTED):
            readable |= _not_barred(user)
        return self.filter(readable)

    def open_to_staff(self, user):
        """What was submitted, for bureau and committee, save by a barred organisation."""
        if not policy.may(user, Permission.READ_SUBMITTED):
            return self.none()
        return self.filter(_not_barred(user))

    def own_of(self, user, permission=Permission.READ_DRAFT):
        """Those of organisations in which this person's own role there grants this."""
        return self.filter(organisation__in=policy.organisations_where(user, permission))

    def readable_by(self, user, now):
        """Those of which one may read the words: one's own; for staff what they gave a reason for not long ago."""
        own = Q(organisation__in=policy.organisations_where(user, Permission.READ_DRAFT))
        fresh = self.model._default_manager.filter(
            readings__person=user, readings__at__gt=now - FRESH
        )
        return self.visible_to(user).filter(own | Q(pk__in=fresh.values("pk")))


class AnswerQuerySet(models.QuerySet):
    """Questions about many answers."""

    def own_of(self, user):
        """Those of one's own organisations."""
        places = policy.organisations_where(user, Permission.READ_DRAFT)
        return self.filter(assessment__organisation__in=places)

    def light(self):
        """With what saving needs and without the long texts around it, which cost more to read than the answer itself."""
        fields = ["score", "explanation", "version", "changed_at", "changed_by"]
        return self.select_related("assessment__organisation", "norm").only(
            *fields,
            "assessment__state",
            "assessment__framework",
            "assessment__organisation__name",
            "norm__code",
            "norm__order",
            "norm__framework",
        )


class FrozenCopyQuerySet(models.QuerySet):
    """Questions about many frozen copies."""

    def last_ones(self):
        """Of every assessment the last copy only."""
        later = self.model._default_manager.filter(
            assessment=models.OuterRef("assessment"), number__gt=models.OuterRef("number")
        )
        return self.filter(~models.Exists(later))


class OutcomeQuerySet(models.QuerySet):
    """Questions about many outcomes."""

    def last_ones(self):
        """Of every assessment the last outcome only."""
        later = self.model._default_manager.filter(
            assessment=models.OuterRef("assessment"), number__gt=models.OuterRef("number")
        )
        return self.filter(~models.Exists(later))

    def with_tally(self):
        """Add how often each judgement was given: ``met``, ``partly_met``, ``not_met``, ``undetermined``."""
        counts = {
            code: models.Count("verdicts", filter=Q(verdicts__verdict=code))
            for code in Judgement.values
        }
        return self.annotate(**counts)
