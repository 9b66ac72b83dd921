"""The one way to change a state, and the one way to say no."""

from dataclasses import dataclass

from django.db import transaction

from sterk.logbook.models import Entry


class Refusal(Exception):
    """A step the rules do not allow now. Its text is Dutch and is shown to whoever asked."""


class Overtaken(Refusal):
    """Somebody else saved this in the meantime; ``theirs`` is the row as it is now. The person chooses."""

    def __init__(self, theirs):
        super().__init__("Iemand anders heeft dit intussen ook bewaard. Kies welke tekst blijft.")
        self.theirs = theirs


@dataclass(frozen=True)
class Move:
    """One step in the life of a thing: from these states to that one."""

    name: str
    sources: frozenset
    target: str


def locked(subject):
    """The same row, read anew and held until the transaction ends."""
    return type(subject)._default_manager.select_for_update().get(pk=subject.pk)


def possible(subject, move: Move) -> None:
    """Raise ``Refusal`` when the subject is not in a state from which this move starts."""
    if subject.state not in move.sources:
        raise Refusal(f"Dit kan nu niet: {subject} is {subject.get_state_display()}.")


@transaction.atomic
def advance(subject, move: Move, *, by, details=None, **changes):
    """Take one step: check that it is possible, write it, and write it down.

    ``subject`` must be held by :func:`locked` in the same transaction. ``changes`` are other fields to write with it.
    """
    possible(subject, move)
    before, subject.state = subject.state, move.target
    for field, value in changes.items():
        setattr(subject, field, value)
    subject.save(update_fields=["state", *changes])
    Entry.record(by, move.name, subject, before=before, after=move.target, **(details or {}))
