"""The words of a rehearsal are fit to print: whole, varied, and about nobody who can be recognised."""

import re
from collections import Counter

import pytest

from peerreview.rehearsal import cast, texts
from peerreview.rehearsal.cast import shelf
from tests.peerreview.rehearsal_words import strings

FILES = sorted(path.stem for path in cast.SHELF.glob("*.yaml"))
OWN_SCORES = ["met", "partly_met", "not_met"]
PERSONAL = {
    "an e-mail address": r"\S@\S",
    "a telephone number": r"(?<!\d)(\+31|0)[\s-]?\d{1,3}[\s-]?\d{6,8}(?!\d)",
    "a number like a BSN": r"(?<!\d)\d{8,9}(?!\d)",
    "a postcode": r"(?<!\d)\d{4}\s?[A-Z]{2}(?![A-Za-z])",
    "a year": r"(?<!\d)(19|20)\d\d(?!\d)",
    "a house number": r"\b\w+(straat|laan|weg|plein|gracht) \d",
}
UNFINISHED = r"lorem|ipsum|todo|tbd|xxx|\.\.\.|…|\bvul in\b|\bvoorbeeldtekst\b"


def written() -> list[tuple[str, str]]:
    """Every sentence that a person will read, with where it stands."""
    return [
        (place, text)
        for name in FILES
        for place, text in strings(shelf(name), name)
        if len(text.split()) > 3
    ]


def test_no_text_is_empty_or_unfinished():
    for place, text in written():
        assert text.strip() == text, place
        assert not re.search(UNFINISHED, text, re.IGNORECASE), place
    for name in FILES:
        assert all(text for _, text in strings(shelf(name)))


def test_a_text_ends_as_a_sentence_does():
    names = r"rounds/|/title$|/name$|/municipalities/|/who$|/said_by/"
    for place, text in written():
        if not re.search(names, place):
            assert text.rstrip('"').endswith((".", "?", "!")), (place, text)


@pytest.mark.parametrize("kind", PERSONAL)
def test_no_text_holds_personal_data(kind):
    found = [(place, text) for place, text in written() if re.search(PERSONAL[kind], text)]

    assert not found


def test_no_text_names_somebody_of_an_organisation():
    families = {person.family for one in cast.organisations() for person in one.people}
    people = {person.name for one in cast.organisations() for person in one.people}
    stories = [text for place, text in written() if not place.startswith("organisations")]

    assert len(families) > 100
    assert not [text for text in stories if any(name in text for name in people)]


def test_only_known_places_are_filled_in():
    known = {"{organisation}", "{municipality}", "{website}"}

    for place, text in (pair for name in FILES for pair in strings(shelf(name), name)):
        assert set(re.findall(r"\{[^}]*\}", text)) <= known, place


def test_no_sentence_is_written_twice():
    sentences = Counter(
        sentence
        for place, text in written()
        if "/rounds/" not in place
        for sentence in re.split(r"(?<=[.?!]) ", text)
        if len(sentence.split()) > 4
    )

    assert not [sentence for sentence, times in sentences.items() if times > 1]


def test_norms_do_not_share_a_shell():
    told = [
        text
        for name in ["answers", "improvements"]
        for place, text in strings(shelf(name))
        if not place.endswith(("/sizes/0", "/sizes/1", "/who"))
    ]
    told += [text for entry in shelf("findings")["norms"].values() for _, text in strings(entry)]
    openings = Counter(" ".join(text.split()[:3]).lower() for text in told)

    assert openings.most_common(1)[0][1] <= 3


def test_lengths_are_sensible():
    def words(thing):
        return [len(text.split()) for _, text in strings(thing) if len(text.split()) > 3]

    findings = shelf("findings")["norms"].values()
    bodies = [row["body"] for rows in shelf("evidence").values() for row in rows if "body" in row]

    assert 20 <= min(words(shelf("answers"))) <= max(words(shelf("answers"))) <= 75
    assert 40 <= min(words(bodies)) <= max(words(bodies)) <= 120
    assert all(6 <= len(entry["strength"].split()) <= 40 for entry in findings)
    assert all(10 <= len(entry["improvement"].split()) <= 40 for entry in findings)
    assert all(20 <= len(entry[score].split()) <= 70 for entry in findings for score in OWN_SCORES)
    assert all(80 <= len(row["summary"].split()) <= 150 for row in shelf("panel")["storylines"])
    assert max(words(shelf("introductions"))) <= 120


def test_nobody_can_be_recognised_in_a_reflection():
    inside = r"(?<=[a-zë,;] )[A-Z]\w+"
    for reflection in texts.reflections():
        for text in reflection.answers.values():
            assert not re.search(inside, text), (reflection.title, text)
