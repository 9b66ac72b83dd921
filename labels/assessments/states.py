"""The life of a self-assessment, on one page."""

from django.db.models import TextChoices

from sterk.lifecycle import Move


class State(TextChoices):
    """Where a self-assessment stands (stand)."""

    DRAFT = "draft", "concept"
    SUBMITTED = "submitted", "ingediend"
    IN_REVIEW = "in_review", "in toetsing"
    REVIEWED = "reviewed", "getoetst"
    CLOSED = "closed", "afgerond"


SUBMIT = Move("assessment.submit", frozenset({State.DRAFT}), State.SUBMITTED)
GIVE_BACK = Move("assessment.give_back", frozenset({State.SUBMITTED}), State.DRAFT)
START_REVIEW = Move(  # from REVIEWED: aangehouden, the open norms are looked at again
    "assessment.start_review", frozenset({State.SUBMITTED, State.REVIEWED}), State.IN_REVIEW
)
CONCLUDE = Move("assessment.conclude", frozenset({State.IN_REVIEW}), State.REVIEWED)
CLOSE = Move("assessment.close", frozenset({State.REVIEWED}), State.CLOSED)
