"""The life of a review, on one page. Where the panel stands within it follows from who has handed in."""

from django.db.models import TextChoices

from sterk.lifecycle import Move


class State(TextChoices):
    """Where a review stands (stand)."""

    UNDER_WAY = "under_way", "in behandeling"
    FINISHED = "finished", "afgerond"


FINISH = Move("review.finish", frozenset({State.UNDER_WAY}), State.FINISHED)
