"""Several people save at the very same moment. Exactly one of two who began with the same text wins; nothing is lost unseen."""

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connection

from labels.assessments import actions
from labels.assessments.models import Answer
from sterk.lifecycle import Overtaken, Refusal
from sterk.logbook.models import Entry
from tests.makers import make_assessment, make_person

PEOPLE, ROUNDS = 4, 15


@pytest.fixture
def draft(transactional_db, zonnehof, framework):
    """A self-assessment that nobody has written in yet, and the people who are about to."""
    people = [make_person(f"Saver {number}", (zonnehof, "contributor")) for number in range(PEOPLE)]
    return make_assessment(zonnehof, by=people[0], answered=False), people


def at_once(deeds):
    """Do these at the same moment, each in a thread and with a connection of its own; what each returned, in order."""
    start = threading.Barrier(len(deeds))

    def alone(deed):
        try:
            start.wait(10)
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(alone, deeds))


def save(assessment, person, code, text, version):
    """What came of it: (True, the answer), or (False, what the person is shown beside the own text)."""
    try:
        saved = actions.answer(
            assessment, code, by=person, score="met", explanation=text, version=version
        )
    except Overtaken as overtaken:
        return False, overtaken.theirs
    return True, saved


def test_of_those_who_began_with_the_same_text_exactly_one_wins_and_the_others_see_both(draft):
    assessment, people = draft

    for version in range(ROUNDS):
        texts = [f"ronde {version} van {person.name}" for person in people]
        came = at_once(
            [
                partial(save, assessment, person, "V1", text, version)
                for person, text in zip(people, texts, strict=True)
            ]
        )
        winners = [saved for won, saved in came if won]
        assert [saved.version for saved in winners] == [version + 1]
        for won, shown in came:
            assert won or (shown.explanation, shown.version) == (
                winners[0].explanation,
                version + 1,
            )
        kept = Answer.objects.get(assessment=assessment, norm__code="V1")
        assert (kept.explanation, kept.version) == (winners[0].explanation, version + 1)
        assert kept.changed_by_id == winners[0].changed_by_id

    assert Entry.objects.filter(deed="assessment.answer").count() == ROUNDS


def test_those_who_write_at_different_norms_do_not_hinder_each_other(draft):
    assessment, people = draft
    codes = ["V1", "V2", "D1", "B1"]

    def write_on(person, code):
        return [
            save(assessment, person, code, f"{code} {version}", version)
            for version in range(ROUNDS)
        ]

    came = at_once(
        [partial(write_on, person, code) for person, code in zip(people, codes, strict=True)]
    )

    assert all(won for each in came for won, _ in each)
    kept = Answer.objects.values_list("norm__code", "explanation", "version")
    assert set(kept) == {(code, f"{code} {ROUNDS - 1}", ROUNDS) for code in codes}


def test_whoever_gives_in_and_saves_again_loses_nothing_that_was_acknowledged(draft):
    """Everybody appends a line of their own and starts again from what others saved, as on the page with both texts."""
    assessment, people = draft

    def keep_adding(person):
        text, version, acknowledged = "", 0, []
        while len(acknowledged) < ROUNDS:
            line = f"{person.name}:{len(acknowledged)}\n"
            won, row = save(assessment, person, "V1", text + line, version)
            text, version = row.explanation, row.version
            if won:
                acknowledged.append((row.version, line))
        return acknowledged

    came = at_once([partial(keep_adding, person) for person in people])

    kept = Answer.objects.get(assessment=assessment, norm__code="V1")
    versions = sorted(version for each in came for version, _ in each)
    assert versions == list(range(1, PEOPLE * ROUNDS + 1))
    assert kept.version == PEOPLE * ROUNDS
    for each in came:
        assert [version for version, _ in each] == sorted(version for version, _ in each)
        assert all(line in kept.explanation for _, line in each)


def test_starting_twice_at_once_gives_one_assessment(transactional_db, zonnehof, framework, anna):
    came = at_once([lambda: actions.start(zonnehof, framework, by=anna)] * PEOPLE)

    assert len({assessment.pk for assessment in came}) == 1
    assert Answer.objects.count() == framework.norms.count()


def test_handing_in_while_somebody_saves_freezes_what_is_kept(
    transactional_db, zonnehof, anna, bas
):
    """Either the last words are in what was handed in, or whoever wrote them is told that it was too late."""
    assessment = make_assessment(zonnehof, by=anna)
    for number in range(5):
        before = Answer.objects.get(assessment=assessment, norm__code="V1")

        def last_words(before=before, number=number):
            try:
                return save(assessment, bas, "V1", f"nog net {number}", before.version)[0]
            except Refusal as refusal:
                return str(refusal)

        saved, handed_in = at_once([last_words, lambda: actions.submit(assessment, by=anna)])

        frozen = handed_in.frozen_copies.last().content["norms"]["V1"]["explanation"]
        kept = Answer.objects.get(pk=before.pk).explanation
        assert frozen == kept
        assert (saved is True) == (kept == f"nog net {number}")
        assert saved is True or "is ingediend" in saved
        actions.give_back(assessment, by=anna, reason="Voor de volgende ronde.")
