"""Planning what will be done."""

import uuid

from django.db import transaction
from django.utils import timezone

from labels.improvements.models import Improvement
from sterk.lifecycle import Overtaken, Refusal, locked
from sterk.logbook.models import Entry


@transaction.atomic
def plan(organisation, *, by, norm, what, why, who, due, key=None):
    """Write down one improvement. ``key`` (a UUID of the form) makes a repeated call harmless."""
    words = {"norm": norm, "what": what, "why": why, "who": who, "due": due}
    improvement, created = Improvement.objects.get_or_create(
        organisation=organisation, key=key or uuid.uuid4(), defaults={**words, "written_by": by}
    )
    if created:
        Entry.record(by, "improvement.plan", improvement, norm=norm.code if norm else "")
    elif any(getattr(improvement, field) != word for field, word in words.items()):
        raise Refusal(
            "Deze actie stond al in het plan, met andere woorden. Bewaar nog een keer om er een tweede van te maken."
        )
    return improvement


@transaction.atomic
def change(improvement, *, by, what, why, who, due, version):
    """Reword an improvement that has not been dropped or done.

    ``version`` is the one the person started from; ``Overtaken`` when somebody else saved something different since.
    """
    improvement = _standing(improvement)
    words = {"what": what, "why": why, "who": who, "due": due}
    if all(getattr(improvement, field) == word for field, word in words.items()):
        return improvement
    if improvement.version != version:
        raise Overtaken(improvement)
    for field, word in words.items():
        setattr(improvement, field, word)
    improvement.version = version + 1
    improvement.save(update_fields=[*words, "version"])
    Entry.record(by, "improvement.change", improvement)
    return improvement


@transaction.atomic
def finish(improvement, *, by):
    """Say that it has been done; saying so twice changes nothing."""
    improvement = locked(improvement)
    if improvement.done_at:
        return improvement
    improvement = _standing(improvement)
    improvement.done_at, improvement.done_by = timezone.now(), by
    improvement.save(update_fields=["done_at", "done_by"])
    Entry.record(by, "improvement.finish", improvement)
    return improvement


@transaction.atomic
def drop(improvement, *, by):
    """Take it out of the plan; it stays in the books. Doing so twice changes nothing."""
    improvement = locked(improvement)
    if improvement.dropped_at:
        return improvement
    improvement = _standing(improvement)
    improvement.dropped_at, improvement.dropped_by = timezone.now(), by
    improvement.save(update_fields=["dropped_at", "dropped_by"])
    Entry.record(by, "improvement.drop", improvement)
    return improvement


def _standing(improvement):
    improvement = locked(improvement)
    if improvement.dropped_at:
        raise Refusal("Deze actie is uit het plan gehaald.")
    if improvement.done_at:
        raise Refusal("Deze actie is al afgerond.")
    return improvement
