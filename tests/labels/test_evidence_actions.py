"""The rules of evidence, through its actions."""

import uuid

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from labels.evidence import actions
from labels.evidence.models import Citation, Evidence
from sterk.lifecycle import Refusal
from sterk.logbook.models import Entry
from tests.makers import make_evidence

PLAN = b"Een gewone tekst.\n"


def file_of(content=PLAN, name="plan.txt"):
    return ContentFile(content, name=name)


def stored():
    """Names of all files of evidence on disk."""
    if not default_storage.exists("evidence"):
        return []
    places = default_storage.listdir("evidence")[0]
    return [name for place in places for name in default_storage.listdir(f"evidence/{place}")[1]]


@pytest.fixture
def norm(framework):
    return framework.norms.get(code="V1")


def test_a_file_is_kept_with_what_it_really_is(bas, zonnehof, norm):
    evidence = actions.add_file(
        zonnehof, by=bas, title="Plan", file=file_of(name="../Mijn plan.txt"), norms=[norm]
    )

    assert (evidence.media, evidence.size) == ("text/plain", len(PLAN))
    assert len(evidence.digest) == 64
    assert "/" not in evidence.file_name
    assert evidence.file.read() == PLAN
    evidence.file.close()
    assert list(evidence.norms.all()) == [norm]
    assert Entry.objects.filter(deed="evidence.add").count() == 1


def test_a_file_that_is_something_else_leaves_nothing_behind(bas, zonnehof):
    with pytest.raises(Refusal):
        actions.add_file(zonnehof, by=bas, title="Plan", file=file_of(b"MZ\x90", "plan.pdf"))

    assert not Evidence.objects.exists()
    assert stored() == []


def test_the_same_form_adds_once(bas, zonnehof, norm):
    key = uuid.uuid4()

    first, again = (
        actions.add_file(zonnehof, by=bas, title="Plan", file=file_of(), norms=[norm], key=key)
        for _ in range(2)
    )

    assert first == again
    assert len(stored()) == 1
    assert Entry.objects.filter(deed="evidence.add").count() == 1


def test_the_same_form_with_something_else_is_refused_and_leaves_nothing(bas, zonnehof):
    key = uuid.uuid4()
    actions.add_file(zonnehof, by=bas, title="Plan", file=file_of(), key=key)

    with pytest.raises(Refusal, match="al een keer bewaard, als “Plan”"):
        actions.add_file(zonnehof, by=bas, title="Plan", file=file_of(b"Iets anders.\n"), key=key)

    assert len(stored()) == 1


def test_a_file_goes_when_its_row_cannot_be_written(bas, zonnehof):
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.add_link(zonnehof, by=bas, title="Zonder adres", url="")
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.add_file(zonnehof, by=bas, title="Plan", file=file_of(), norms=[None])

    assert stored() == []


def test_each_kind_goes_its_own_way(bas, zonnehof):
    words = {"by": bas, "title": "Iets", "note": ""}

    link = actions.add(zonnehof, kind="link", url="https://voorbeeld.nl", **words)
    seen = actions.add(zonnehof, kind="on_site", **words)
    file = actions.add(zonnehof, kind="file", file=file_of(), **words)

    assert [each.kind for each in (link, seen, file)] == ["link", "on_site", "file"]


def test_citing_twice_cites_once(bas, zonnehof, norm):
    evidence = make_evidence(zonnehof, norm, by=bas)

    actions.cite(evidence, norm, by=bas)

    assert Citation.objects.count() == 1
    assert Entry.objects.filter(deed="evidence.cite").count() == 1


def test_taking_away_what_does_not_lie_there_changes_nothing(bas, zonnehof, norm, framework):
    evidence = make_evidence(zonnehof, norm, by=bas)

    actions.uncite(evidence, framework.norms.get(code="D1"), by=bas)

    assert Citation.objects.count() == 1
    assert not Entry.objects.filter(deed="evidence.uncite").exists()


def test_what_was_withdrawn_lies_nowhere_and_comes_back_nowhere(bas, zonnehof, norm):
    evidence = make_evidence(zonnehof, norm, by=bas)

    for _ in range(2):
        evidence = actions.withdraw(evidence, by=bas)

    assert evidence.withdrawn_by == bas
    assert not Citation.objects.exists()
    assert Entry.objects.filter(deed="evidence.withdraw").count() == 1
    with pytest.raises(Refusal, match="ingetrokken"):
        actions.cite(evidence, norm, by=bas)
