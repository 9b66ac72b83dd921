"""The people who do one review together."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from peerreview.rounds.models import SignUp
from sterk.organisations.models import Membership, Organisation
from sterk.policy import OrganisationRole

PERSON = settings.AUTH_USER_MODEL


class Panel(models.Model):
    """The people who review one organisation together (toetsteam)."""

    sign_up = models.OneToOneField(SignUp, models.PROTECT, related_name="panel")
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"het toetsteam voor {self.sign_up.organisation}"

    @property
    def organisation_id(self):
        """The organisation under review, for the logbook."""
        return self.sign_up.organisation_id


class PanelMemberQuerySet(models.QuerySet):
    """Questions about many members of panels."""

    def current(self):
        """Those that have not left."""
        return self.filter(left_at__isnull=True)

    def with_mandate(self):
        """Those who still have, in the organisation that they look for, the role in which they were placed."""
        held = Membership.objects.current().filter(
            person=OuterRef("person"), organisation=OuterRef("organisation")
        )
        peers = Q(Exists(held.with_role(OrganisationRole.REVIEWER)), capacity="peer")
        auditors = Q(Exists(held.with_role(OrganisationRole.AUDITOR)), capacity="auditor")
        return self.filter(peers | auditors)

    def tied(self):
        """Those who have a tie with the organisation under review: a recorded conflict, or ever a member there."""
        organisation = OuterRef("panel__sign_up__organisation")
        barred = Organisation.objects.barred_for(OuterRef("person")).filter(pk=organisation)
        return self.filter(Exists(barred))


class PanelMember(models.Model):
    """A person in a panel, for an own organisation, as colleague or as auditor."""

    class Capacity(models.TextChoices):
        PEER = "peer", "collega"
        AUDITOR = "auditor", "auditor"

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="members")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="panel_memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    capacity = models.CharField("als", max_length=10, choices=Capacity)
    lead = models.BooleanField("voorzitter", default=False)
    placed_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    placed_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = PanelMemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="panel_member_capacity", condition=Q(capacity__in=["peer", "auditor"])
            ),
            models.UniqueConstraint(
                name="panel_member_once",
                fields=["panel", "person"],
                condition=Q(left_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="panel_one_lead",
                fields=["panel"],
                condition=Q(lead=True, left_at__isnull=True),
            ),
        ]

    def __str__(self):
        return f"{self.person} ({self.organisation})"
