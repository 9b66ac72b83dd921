"""The rules of the improvement plan, through its actions."""

import uuid
from datetime import date

import pytest

from labels.improvements import actions
from labels.improvements.models import Improvement
from sterk.lifecycle import Overtaken, Refusal
from sterk.logbook.models import Entry

WORDS = {"what": "Oefenen.", "why": "Beter worden.", "who": "Bas", "due": date(2099, 1, 1)}


@pytest.fixture
def improvement(anna, zonnehof):
    return actions.plan(zonnehof, by=anna, norm=None, **WORDS)


def deeds(deed):
    return Entry.objects.filter(deed=deed).count()


def test_the_same_form_plans_once(anna, zonnehof):
    key = uuid.uuid4()

    first, again = (actions.plan(zonnehof, by=anna, norm=None, key=key, **WORDS) for _ in range(2))

    assert first == again
    assert deeds("improvement.plan") == 1


def test_the_same_form_with_other_words_is_refused(anna, zonnehof):
    key = uuid.uuid4()
    actions.plan(zonnehof, by=anna, norm=None, key=key, **WORDS)

    with pytest.raises(Refusal, match="met andere woorden"):
        actions.plan(zonnehof, by=anna, norm=None, key=key, **{**WORDS, "who": "Karin"})

    assert Improvement.objects.count() == 1


def test_rewording_raises_the_version_and_the_same_words_do_not(anna, improvement):
    changed = actions.change(improvement, by=anna, version=1, **{**WORDS, "who": "Karin"})
    again = actions.change(improvement, by=anna, version=1, **{**WORDS, "who": "Karin"})

    assert (changed.who, changed.version, again.version) == ("Karin", 2, 2)
    assert deeds("improvement.change") == 1


def test_an_older_copy_is_overtaken(anna, improvement):
    actions.change(improvement, by=anna, version=1, **{**WORDS, "who": "Karin"})

    with pytest.raises(Overtaken) as overtaken:
        actions.change(improvement, by=anna, version=1, **{**WORDS, "who": "Bas en Anna"})

    assert overtaken.value.theirs.who == "Karin"


def test_what_is_done_is_done_once_and_stays_as_it_was(anna, bas, improvement):
    actions.finish(improvement, by=anna)

    again = actions.finish(improvement, by=bas)

    assert again.done_by == anna
    assert deeds("improvement.finish") == 1
    with pytest.raises(Refusal, match="al afgerond"):
        actions.change(improvement, by=anna, version=1, **{**WORDS, "who": "Karin"})
    with pytest.raises(Refusal, match="al afgerond"):
        actions.drop(improvement, by=anna)


def test_what_is_dropped_is_dropped_once_and_cannot_be_finished(anna, bas, improvement):
    actions.drop(improvement, by=anna)

    again = actions.drop(improvement, by=bas)

    assert again.dropped_by == anna
    assert deeds("improvement.drop") == 1
    with pytest.raises(Refusal, match="uit het plan gehaald"):
        actions.finish(improvement, by=anna)
