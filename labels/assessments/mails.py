"""Mail about a self-assessment. No score, no text: only that something waits."""

from sterk.mail import actions as mail
from sterk.organisations.models import Membership
from sterk.policy import OrganisationRole, PlatformRole


def at_home(organisation):
    """Addresses of the coordinators and directors of an organisation."""
    return organisation.memberships.with_role(
        OrganisationRole.COORDINATOR, OrganisationRole.DIRECTOR
    ).addresses()


def bureau():
    """Addresses of the bureau."""
    return Membership.objects.with_role(PlatformRole.BUREAU).addresses()


def submitted(assessment, frozen_copy):
    """To the bureau: an assessment came in. To those at home: it has arrived."""
    event = f"assessment.submit:{assessment.pk}:{frozen_copy.number}"
    mail.send(
        "assessment_submitted", at_home(assessment.organisation), event=event, assessment=assessment
    )
    mail.send("assessment_came_in", bureau(), event=event, assessment=assessment)


def given_back(assessment, frozen_copies):
    """To those at home: it came back, with a reason to read on the page."""
    event = f"assessment.give_back:{assessment.pk}:{frozen_copies}"
    mail.send(
        "assessment_given_back",
        at_home(assessment.organisation),
        event=event,
        assessment=assessment,
    )


def concluded(outcome):
    """To those at home: the report is being made, and what is asked of them now."""
    assessment = outcome.assessment
    event = f"outcome:{outcome.pk}"
    mail.send("outcome_ready", at_home(assessment.organisation), event=event, assessment=assessment)


def advised(outcome):
    """To the bureau: the advice is there, a decision can be proposed."""
    mail.send("advice_given", bureau(), event=f"advice:{outcome.pk}", assessment=outcome.assessment)
