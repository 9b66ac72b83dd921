"""Bringing evidence forward."""

import uuid
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils import timezone

from labels.evidence.models import Citation, Evidence
from sterk import screening
from sterk.lifecycle import Refusal, locked
from sterk.logbook.models import Entry

Kind = Evidence.Kind


def add(organisation, *, kind, file=None, url="", **words):
    """Add a file, a link or something to see on the spot; ``words`` are those of the three below."""
    if kind == Kind.FILE:
        return add_file(organisation, file=file, **words)
    if kind == Kind.LINK:
        return add_link(organisation, url=url, **words)
    return add_on_site(organisation, **words)


@transaction.atomic
def add_file(organisation, *, by, title, file, note="", norms=(), key=None):
    """Keep a file as evidence for these norms.

    ``file`` is a Django ``File``; what it really is decides, not its name. Raises ``Refusal`` in Dutch when it is not
    accepted. ``key`` (a UUID of the form) makes a repeated call harmless. Nothing is stored when the row is not.
    """
    try:
        found = screening.screen(file)
    except screening.Unacceptable as fault:
        raise Refusal(str(fault)) from fault
    facts = {
        "file_name": screening.tidy_name(file.name),
        "media": found.media,
        "size": file.size,
        "digest": screening.sha256_of(file),
    }
    return _add(organisation, Kind.FILE, by, key, norms, title=title, note=note, file=file, **facts)


@transaction.atomic
def add_link(organisation, *, by, title, url, note="", norms=(), key=None):
    """Bring forward a page on the web for these norms."""
    return _add(organisation, Kind.LINK, by, key, norms, title=title, note=note, url=url)


@transaction.atomic
def add_on_site(organisation, *, by, title, note="", norms=(), key=None):
    """Say what reviewers can see or hear on the spot (ter plekke te zien)."""
    return _add(organisation, Kind.ON_SITE, by, key, norms, title=title, note=note)


@transaction.atomic
def share(organisation, *, by, title, passages, norm, key=None):
    """Make a frozen copy of something private into evidence for one norm.

    ``passages`` is ``[{"question": str, "answer": str}]``; what happens to the source later does not touch it.
    """
    return _add(organisation, Kind.REFLECTION, by, key, [norm], title=title, passages=passages)


def _add(organisation, kind, by, key, norms, *, file=None, **facts):
    evidence = Evidence(
        organisation=organisation, kind=kind, key=key or uuid.uuid4(), added_by=by, **facts
    )
    if known := _same(evidence, facts):
        return known
    with _stored(evidence, file):
        try:
            with transaction.atomic():
                evidence.save(force_insert=True)
        except IntegrityError:
            known = _same(evidence, facts)
            if known is None:
                raise
            if file is not None:  # the same form, sent twice at the same moment
                evidence.file.delete(save=False)
            return known
        Entry.record(by, "evidence.add", evidence, kind=kind)
        for norm in norms:
            cite(evidence, norm, by=by)
    return evidence


def _same(evidence, facts):
    """What this form made before, if it did; refuses when it said something else then."""
    known = Evidence.objects.filter(organisation=evidence.organisation, key=evidence.key).first()
    if known and any(
        getattr(known, name) != fact for name, fact in {**facts, "kind": evidence.kind}.items()
    ):
        raise Refusal(
            f"Dit formulier is al een keer bewaard, als “{known}”. Druk nog een keer op de knop om dit er ook bij te zetten."
        )
    return known


@contextmanager
def _stored(evidence, file):
    """The file on its place as long as the row gets there too."""
    if file is not None:
        file.seek(0)
        evidence.file.save("file", file, save=False)
    try:
        yield
    except BaseException:
        if file is not None:
            evidence.file.delete(save=False)
        raise


@transaction.atomic
def cite(evidence, norm, *, by):
    """Bring a piece of evidence forward for one more norm; doing so twice changes nothing."""
    if evidence.withdrawn_at:
        raise Refusal("Dit bewijs is ingetrokken.")
    _, created = Citation.objects.get_or_create(
        evidence=evidence,
        norm=norm,
        defaults={"added_by": by, "organisation_id": evidence.organisation_id},
    )
    if created:
        Entry.record(by, "evidence.cite", evidence, norm=norm.code)


@transaction.atomic
def uncite(evidence, norm, *, by):
    """Take it away from one norm. What was frozen when the assessment was handed in stays as it was."""
    gone, _ = Citation.objects.filter(evidence=evidence, norm=norm).delete()
    if gone:
        Entry.record(by, "evidence.uncite", evidence, norm=norm.code)


@transaction.atomic
def withdraw(evidence, *, by):
    """Take it out of the library and away from every norm. Frozen copies keep it."""
    evidence = locked(evidence)
    if evidence.withdrawn_at:
        return evidence
    evidence.citations.all().delete()
    evidence.withdrawn_at, evidence.withdrawn_by = timezone.now(), by
    evidence.save(update_fields=["withdrawn_at", "withdrawn_by"])
    Entry.record(by, "evidence.withdraw", evidence)
    return evidence
