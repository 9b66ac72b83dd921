"""Writing for oneself, and sharing a frozen copy."""

import uuid

from django.db import transaction
from django.utils import timezone

from labels.evidence import actions as evidence
from labels.instruments.reflections import mails
from labels.instruments.reflections.models import Reflection, ReflectionRequest, Share
from labels.instruments.reflections.questions import texts
from sterk.lifecycle import Overtaken, Refusal, locked
from sterk.logbook.models import Entry


@transaction.atomic
def write(*, by, title, answers, key=None):
    """Begin a reflection. ``answers``: ``{question id: text}``. ``key`` makes a repeated call harmless.

    The same key with other words is the same page sent once more (a step back in the browser): it rewrites what the first
    call made, or raises ``Overtaken`` when that was changed since.
    """
    reflection, created = Reflection.objects.get_or_create(
        author=by, key=key or uuid.uuid4(), defaults={"title": title, "answers": _filled(answers)}
    )
    if not created:
        return rewrite(reflection, by=by, title=title, answers=answers, version=1)
    Entry.record(by, "reflection.write", reflection)
    return reflection


@transaction.atomic
def rewrite(reflection, *, by, title, answers, version):
    """Change an own reflection; ``Overtaken`` when it was saved elsewhere since ``version``."""
    reflection = _own(reflection, by)
    if (reflection.title, reflection.answers) == (title, _filled(answers)):
        return reflection
    if reflection.version != version:
        raise Overtaken(reflection)
    reflection.title, reflection.answers = title, _filled(answers)
    reflection.version, reflection.changed_at = version + 1, timezone.now()
    reflection.save(update_fields=["title", "answers", "version", "changed_at"])
    Entry.record(by, "reflection.rewrite", reflection)
    return reflection


@transaction.atomic
def throw_away(reflection, *, by):
    """Delete an own reflection for good. What was shared before stays with the norm."""
    reflection = _own(reflection, by)
    Entry.record(by, "reflection.throw_away", reflection)
    reflection.delete()


@transaction.atomic
def share(reflection, organisation, norm, *, by, questions, request=None, key=None):
    """Put a frozen copy of the chosen answers with a norm, as evidence of this organisation.

    ``questions`` are the ids whose answers may be read by colleagues, the panel and staff. Later changes do not touch the copy.
    """
    reflection = _own(reflection, by)
    passages = passages_of(reflection, questions)
    if not passages:
        raise Refusal("Kies minstens één antwoord om te delen.")
    shown = evidence.share(
        organisation, by=by, title=reflection.title, passages=passages, norm=norm, key=key
    )
    made, created = Share.objects.get_or_create(
        evidence=shown, defaults={"reflection": reflection, "shared_by": by}
    )
    if created and request:
        _answer(request, by, made)
    return made


def passages_of(reflection, questions):
    """What a copy of these answers says, in the order of the steps: exactly what others will read."""
    return [
        {"question": text, "answer": reflection.answers[question]}
        for question, text in texts().items()
        if question in questions and reflection.answers.get(question)
    ]


@transaction.atomic
def ask(organisation, norm, *, by, of, note=""):
    """Ask a colleague for a reflection with a norm. An open request is not asked twice."""
    if not of.memberships.current().filter(organisation=organisation).exists():
        raise Refusal("Deze persoon hoort niet bij jullie organisatie.")
    request, created = ReflectionRequest.objects.get_or_create(
        organisation=organisation,
        norm=norm,
        asked_of=of,
        answered_at=None,
        defaults={"asked_by": by, "note": note},
    )
    if created:
        Entry.record(by, "reflection.ask", request)
        mails.asked(request)
    elif request.note != note:
        raise Refusal(f"Bij {of} staat al een vraag open over {norm.code}. Wacht het antwoord af.")
    return request


@transaction.atomic
def decline(request, *, by):
    """Say no to a request; nobody needs to say why."""
    request = locked(request)
    if request.asked_of_id != by.pk:
        raise Refusal("Deze vraag is aan iemand anders gesteld.")
    if request.answered_at is None:
        request.answered_at = timezone.now()
        request.save(update_fields=["answered_at"])
        Entry.record(by, "reflection.decline", request)
    return request


def _answer(request, by, made):
    request = locked(request)
    if request.asked_of_id != by.pk or request.answered_at:
        return
    request.answered_at, request.share = timezone.now(), made
    request.save(update_fields=["answered_at", "share"])
    mails.shared(request)


def _own(reflection, by):
    reflection = locked(reflection)
    if reflection.author_id != by.pk:
        raise Refusal("Deze reflectie is van iemand anders.")
    return reflection


def _filled(answers):
    return {question: text for question, text in answers.items() if text.strip()}
