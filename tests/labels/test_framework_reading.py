"""A norm file is read with suspicion."""

import pytest

from labels.frameworks import reading
from labels.frameworks.reading import Unreadable, document, text_of


def told(text):
    """The one thing that stops the reading of this text, or else the defects in it."""
    try:
        return [str(defect) for defect in document(text).defects]
    except Unreadable as end:
        return [str(end.defect)]


def test_plain_values_come_out_as_they_are_written():
    text = "a: tekst\nb: [1, true, null, 2026-01-31]\nc: {d: '007', e: \"ja\"}\n"

    read = document(text)

    assert read.defects == []
    assert read.value["a"] == "tekst"
    assert [type(item).__name__ for item in read.value["b"]] == ["int", "bool", "NoneType", "date"]
    assert read.value["c"] == {"d": "007", "e": "ja"}


def test_every_value_knows_its_line_and_its_place_in_words():
    text = "frameworks:\n  - code: K1\n    themes:\n      - code: V\n        norms:\n          - code: V1\n            accents: [a, b]\n"
    place = ("frameworks", 0, "themes", 0, "norms", 0, "accents", 1)

    read = document(text)

    assert read.mark(place) == (7, 26)
    assert read.words(place) == "kader K1, groep V, norm V1, accents 2"


@pytest.mark.parametrize(
    ("text", "defects"),
    [
        ("", ["Het bestand is leeg."]),
        ("# alleen een opmerking\n", ["Het bestand is leeg."]),
        (
            "a: 1\nb: 2\na: 3\n",
            ["regel 3, kolom 4: a (nog eens): 'a' staat hier dubbel"],
        ),
        (
            "a: &x 1\nb: *x\n",
            [
                "regel 1, kolom 4: a: verwijzingen (&, *) en typen (!) mogen hier niet: schrijf het voluit",
                "regel 2, kolom 4: b: verwijzingen (&, *) en typen (!) mogen hier niet: schrijf het voluit",
            ],
        ),
        (
            "a: !!python/object/apply:os.system [ls]\n",
            [
                "regel 1, kolom 4: a: verwijzingen (&, *) en typen (!) mogen hier niet: schrijf het voluit"
            ],
        ),
        ("a: 2026-13-45\n", ["regel 1, kolom 4: a: '2026-13-45' is geen geldige waarde"]),
        ("? [a]\n: 1\n", ["regel 1, kolom 3: Links van ':' hoort één gewoon woord."]),
        ("a: 1\n---\nb: 2\n", ["regel 2: Na '---' begint een tweede document. Maak er één van."]),
        ("a: b\x00c\n", ["regel 1, kolom 5: Hier staat een onleesbaar teken."]),
        ("[" * 100_000, ["regel 1: Dit is dieper dan 20 lagen."]),
    ],
)
def test_what_a_norm_file_never_needs_is_refused_with_its_place(text, defects):
    assert told(text) == defects


def test_text_that_is_no_yaml_is_told_with_line_and_column():
    [defect] = told("meta:\n  title: 'a\n")

    assert defect.startswith("regel 3, kolom 1: Dit is geen geldige YAML (")
    assert defect.endswith("Kijk naar het inspringen, de aanhalingstekens en de dubbele punten.")


def test_a_doubled_key_hides_nothing_that_stands_under_the_first_one():
    read = document("a: {b: 1}\na: {c: 2}\n")

    assert read.value == {"a": {"b": 1}}
    assert read.mark(("a", "b")) == (1, 8)


def test_references_cannot_make_a_small_file_grow():
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]

    read = document("\n".join(rows))

    assert len(read.defects) == 12 + 110
    assert read.value["a11"] == [None] * 10


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(Unreadable) as end:
        text_of(tmp_path / "weg.yaml")

    assert str(end.value) == f"Het bestand {tmp_path / 'weg.yaml'} bestaat niet."


def test_a_folder_is_told_to_be_unreadable(tmp_path):
    with pytest.raises(Unreadable, match="is niet te lezen"):
        text_of(tmp_path)


def test_a_file_in_another_encoding_is_told_with_its_line(tmp_path):
    path = tmp_path / "oud.yaml"
    path.write_bytes("a: 1\nb: cliënt\n".encode("latin-1"))

    with pytest.raises(Unreadable) as end:
        text_of(path)

    assert str(end.value.defect) == "regel 2: Dit is geen UTF-8. Bewaar het bestand als UTF-8."


def test_the_mark_that_some_editors_put_in_front_does_no_harm(tmp_path):
    path = tmp_path / "merk.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\n")

    assert document(text_of(path)).value == {"a": 1}


def test_a_file_that_is_far_too_large_is_not_read(tmp_path):
    path = tmp_path / "groot.yaml"
    path.write_bytes(b"a" * (reading.SIZE_LIMIT + 1))

    with pytest.raises(Unreadable, match=r"^Het bestand is groter dan 1024 kB\.$"):
        text_of(path)
