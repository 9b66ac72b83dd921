"""Who may do what: every permission, every role, and the one table that joins them.

*Who* is this table; *when* is a guard in the action; what follows from a relation (member of this panel, author of this
reflection, conflict with this organisation) is in ``visible_to``. Being a reviewer or an auditor grants nothing by
itself: it only means that one may be placed in a panel.
"""

from enum import StrEnum, auto

from django.core.exceptions import PermissionDenied
from django.db.models import TextChoices


class OrganisationRole(TextChoices):
    """What somebody is at home, in one organisation. A person may hold several."""

    COORDINATOR = "coordinator", "kwaliteitsfunctionaris"
    DIRECTOR = "director", "bestuurder"
    CONTRIBUTOR = "contributor", "medewerker"
    REVIEWER = "reviewer", "toetser"
    AUDITOR = "auditor", "auditor"


class PlatformRole(TextChoices):
    """What somebody is for the label as a whole."""

    BUREAU = "bureau", "bureau"
    COMMITTEE = "committee", "beheercommissie"
    ADMIN = "admin", "technisch beheerder"


ROLES = [*OrganisationRole.choices, *PlatformRole.choices]


class Permission(StrEnum):
    """Every question that may be asked, in the order of the story."""

    CREATE_ORGANISATION = auto()
    EDIT_ORGANISATION = auto()
    SEE_MEMBERS = auto()
    INVITE_MEMBERS = auto()
    READ_LOGBOOK = auto()
    INVITE_STAFF = auto()
    RECORD_CONFLICT = auto()
    START_ASSESSMENT = auto()
    READ_DRAFT = auto()
    EDIT_ASSESSMENT = auto()
    SUBMIT_ASSESSMENT = auto()
    ASK_REFLECTION = auto()
    WRITE_REFLECTION = auto()
    OPEN_ROUND = auto()
    SIGN_UP = auto()
    PLACE_REVIEWERS = auto()
    GIVE_BACK = auto()
    FOLLOW_REVIEWS = auto()
    READ_SUBMITTED = auto()  # with a reason, and a line that the organisation can see
    READ_OUTCOME = auto()
    PLAN_IMPROVEMENT = auto()
    HAND_IN_PLAN = auto()
    PROPOSE_DECISION = auto()
    CONFIRM_DECISION = auto()  # never by whom proposed
    REMAKE_REPORT = auto()


P = Permission
GRANTS: dict[str, frozenset[Permission]] = {
    OrganisationRole.COORDINATOR: frozenset(
        {
            P.EDIT_ORGANISATION,
            P.SEE_MEMBERS,
            P.INVITE_MEMBERS,
            P.READ_LOGBOOK,
            P.START_ASSESSMENT,
            P.READ_DRAFT,
            P.EDIT_ASSESSMENT,
            P.SUBMIT_ASSESSMENT,
            P.ASK_REFLECTION,
            P.WRITE_REFLECTION,
            P.READ_OUTCOME,
            P.PLAN_IMPROVEMENT,
            P.HAND_IN_PLAN,
        }
    ),
    OrganisationRole.DIRECTOR: frozenset(
        {
            P.EDIT_ORGANISATION,
            P.SEE_MEMBERS,
            P.INVITE_MEMBERS,
            P.READ_LOGBOOK,
            P.READ_DRAFT,
            P.READ_OUTCOME,
        }
    ),
    OrganisationRole.CONTRIBUTOR: frozenset(
        {P.SEE_MEMBERS, P.READ_DRAFT, P.EDIT_ASSESSMENT, P.WRITE_REFLECTION, P.READ_OUTCOME}
    ),
    OrganisationRole.REVIEWER: frozenset(),
    OrganisationRole.AUDITOR: frozenset(),
    PlatformRole.BUREAU: frozenset(
        {
            P.CREATE_ORGANISATION,
            P.EDIT_ORGANISATION,
            P.SEE_MEMBERS,
            P.INVITE_MEMBERS,
            P.READ_LOGBOOK,
            P.RECORD_CONFLICT,
            P.OPEN_ROUND,
            P.SIGN_UP,
            P.PLACE_REVIEWERS,
            P.GIVE_BACK,
            P.FOLLOW_REVIEWS,
            P.READ_SUBMITTED,
            P.READ_OUTCOME,
            P.PROPOSE_DECISION,
            P.REMAKE_REPORT,
        }
    ),
    PlatformRole.COMMITTEE: frozenset(
        {
            P.FOLLOW_REVIEWS,
            P.READ_SUBMITTED,
            P.READ_OUTCOME,
            P.PROPOSE_DECISION,
            P.CONFIRM_DECISION,
        }
    ),
    PlatformRole.ADMIN: frozenset({P.INVITE_STAFF}),
}

# Whoever can see the text of another organisation needs a second factor; so does whoever runs the machine.
SECOND_FACTOR = frozenset(
    {OrganisationRole.REVIEWER, OrganisationRole.AUDITOR, *PlatformRole.values}
)


def may(user, permission: Permission, organisation=None) -> bool:
    """Is this allowed, for this organisation or (without one) on the platform?

    A platform role holds for every organisation; a role in an organisation holds only there.
    """
    if not user.is_authenticated:
        return False
    return any(permission in GRANTS[role] for role in user.roles(organisation))


def require(user, permission: Permission, organisation=None) -> None:
    """Raise ``PermissionDenied`` (403) where :func:`may` says no."""
    if not may(user, permission, organisation):
        raise PermissionDenied


def roles_with(permission: Permission) -> list[str]:
    """The roles that grant this permission, for queries."""
    return [role for role, granted in GRANTS.items() if permission in granted]


def organisations_where(user, permission: Permission) -> list[int]:
    """Keys of the organisations in which this person's own role there grants this permission."""
    if not user.is_authenticated:
        return []
    return [pk for pk, role in user.held if pk is not None and permission in GRANTS[role]]
