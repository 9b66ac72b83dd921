"""The life of a registration, on one page."""

from django.db.models import TextChoices

from sterk.lifecycle import Move


class State(TextChoices):
    """Where a registration stands (stand)."""

    VALID = "valid", "geldig"
    SUSPENDED = "suspended", "geschorst"
    WITHDRAWN = "withdrawn", "ingetrokken"
    EXPIRED = "expired", "verlopen"


SUSPEND = Move("registration.suspend", frozenset({State.VALID}), State.SUSPENDED)
RESTORE = Move("registration.restore", frozenset({State.SUSPENDED}), State.VALID)
WITHDRAW = Move("registration.withdraw", frozenset({State.VALID, State.SUSPENDED}), State.WITHDRAWN)
EXPIRE = Move("registration.expire", frozenset({State.VALID, State.SUSPENDED}), State.EXPIRED)
