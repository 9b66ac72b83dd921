"""Mail about decisions and registrations."""

from labels.assessments.mails import at_home, bureau
from sterk.mail import actions as mail
from sterk.organisations.models import Membership
from sterk.policy import PlatformRole


def committee():
    """Addresses of the committee."""
    return Membership.objects.with_role(PlatformRole.COMMITTEE).addresses()


def plan_handed_in(assessment, number):
    """To the bureau: the improvement plan is there."""
    event = f"assessment.plan:{assessment.pk}:{number}"
    mail.send("plan_handed_in", bureau(), event=event, assessment=assessment)


def proposed(proposal):
    """To the committee: something waits for a second person."""
    event = f"{proposal._meta.model_name}.propose:{proposal.pk}"
    mail.send("proposal_waits", committee(), event=event)


def rejected(proposal):
    """To the bureau: a proposal came back."""
    event = f"{proposal._meta.model_name}.reject:{proposal.pk}"
    mail.send("proposal_rejected", bureau(), event=event)


def decided(decision):
    """To those at home: the association has decided; what, they read on the page."""
    assessment = decision.assessment
    mail.send(
        "decision_taken",
        at_home(assessment.organisation),
        event=f"decision:{decision.pk}",
        assessment=assessment,
    )


def registered(registration):
    """To those at home: they are in the register."""
    mail.send(
        "registered",
        at_home(registration.organisation),
        event=f"registration:{registration.pk}",
        registration=registration,
    )


def changed(registration, event):
    """To those at home: something changed in the register."""
    mail.send(
        "registration_changed",
        at_home(registration.organisation),
        event=f"registration.{event}:{registration.pk}",
        registration=registration,
    )
