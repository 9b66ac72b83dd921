"""A norm file, read with suspicion: text in, plain values and the place of each of them out.

YAML can do far more than a norm file needs, and some of it is dangerous (tags that build objects, references that grow
a small file into a huge one) or treacherous (a key that is there twice). All that is refused here.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from yaml.constructor import SafeConstructor
from yaml.reader import Reader
from yaml.resolver import Resolver

SIZE_LIMIT = 1024 * 1024  # bytes; 49 norms take 90 kB
DEPTH_LIMIT = 20
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # seven times as fast where it is built in
NAMES = {"frameworks": "kader", "themes": "groep", "clusters": "cluster", "norms": "norm"}

Place = tuple[str | int, ...]  # keys and list positions, from the top of the file


@dataclass(frozen=True)
class Defect:
    """One thing that is wrong in a file, told in Dutch, with where it is."""

    place: str
    message: str
    line: int | None = None
    column: int | None = None

    def __str__(self):
        spot = f"regel {self.line}" if self.line else ""
        if self.column:
            spot += f", kolom {self.column}"
        return ": ".join(part for part in (spot, self.place, self.message) if part)


class Unreadable(Exception):
    """The file cannot be read any further than its first defect."""

    def __init__(self, message, *, line=None, column=None):
        super().__init__(message)
        self.defect = Defect("", message, line, column)


@dataclass
class Document:
    """What a file says, where it says it, and what is already wrong with it."""

    value: Any = None
    marks: dict[Place, tuple[int, int]] = field(default_factory=dict)
    defects: list[Defect] = field(default_factory=list)

    def report(self, place: Place, message: str, *, exactly=False) -> None:
        """Note a defect at this place; ``exactly`` adds the column."""
        line, column = self.mark(place)
        self.defects.append(Defect(self.words(place), message, line, column if exactly else None))

    def mark(self, place: Place) -> tuple[int | None, int | None]:
        """Line and column of a place, or of the nearest thing around it."""
        while place and place not in self.marks:
            place = place[:-1]
        return self.marks.get(place, (None, None))

    def words(self, place: Place) -> str:
        """A place as somebody reads it in the file: "kader KLEIN-2026, groep V, norm V2, statement"."""
        words: list[str] = []
        value = self.value
        for step in place:
            value = within(value, step)
            if step == "items" and words:
                continue
            if isinstance(step, str):
                words.append(step)
                continue
            code = value.get("code") if isinstance(value, dict) else None
            named = words.pop() if words else "deel"
            words.append(f"{NAMES.get(named, named)} {code}" if code else f"{named} {step + 1}")
        return ", ".join(words)


def within(value, step):
    """One step down into plain values; ``None`` where there is nothing."""
    try:
        return value[step]
    except (KeyError, IndexError, TypeError):
        return None


def text_of(path) -> str:
    """The text of a file. Raises :class:`Unreadable`, in Dutch."""
    try:
        with Path(path).open("rb") as file:
            raw = file.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        raise Unreadable(f"Het bestand {path} bestaat niet.") from None
    except OSError as error:
        raise Unreadable(f"Het bestand {path} is niet te lezen ({error.strerror}).") from None
    if len(raw) > SIZE_LIMIT:
        raise Unreadable(f"Het bestand is groter dan {SIZE_LIMIT // 1024} kB.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Unreadable("Dit is geen UTF-8. Bewaar het bestand als UTF-8.", line=line) from None


def document(text: str) -> Document:
    """Read YAML into plain values. Raises :class:`Unreadable` where the text is no YAML at all."""
    if len(text) > SIZE_LIMIT:
        raise Unreadable(f"De tekst is groter dan {SIZE_LIMIT // 1024} kB.")
    if strange := Reader.NON_PRINTABLE.search(text):
        line, column = line_and_column(text, strange.start())
        raise Unreadable("Hier staat een onleesbaar teken.", line=line, column=column)
    try:
        return Builder(yaml.parse(text, Loader=LOADER)).build()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Unreadable(
            f"Dit is geen geldige YAML ({error.problem}). "
            "Kijk naar het inspringen, de aanhalingstekens en de dubbele punten.",
            line=mark.line + 1 if mark else None,
            column=mark.column + 1 if mark else None,
        ) from None


def line_and_column(text, position):
    """Where a character stands, counted from one."""
    before = re.split(r"\r\n|\r|\n", text[:position])
    return len(before), len(before[-1]) + 1


class Builder:
    """Makes plain values from the events of the YAML parser.

    From events and not from finished values, because only these still know lines, doubled keys, references and depth.
    """

    def __init__(self, events):
        self.events = events
        self.document = Document()
        self.resolver, self.constructor = Resolver(), SafeConstructor()

    def build(self) -> Document:
        next(self.events)  # the stream starts
        if isinstance(next(self.events), yaml.StreamEndEvent):
            raise Unreadable("Het bestand is leeg.")
        self.document.value = self.value(next(self.events), ())
        next(self.events)  # the document ends
        if not isinstance(extra := next(self.events), yaml.StreamEndEvent):
            line = extra.start_mark.line + 1
            raise Unreadable("Na '---' begint een tweede document. Maak er één van.", line=line)
        return self.document

    def value(self, event, place: Place):
        mark = event.start_mark
        self.document.marks[place] = (mark.line + 1, mark.column + 1)
        if isinstance(event, yaml.AliasEvent) or event.anchor or event.tag:
            self.document.report(
                place,
                "verwijzingen (&, *) en typen (!) mogen hier niet: schrijf het voluit",
                exactly=True,
            )
        if isinstance(event, yaml.AliasEvent):
            return None
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, place)
        if len(place) >= DEPTH_LIMIT:
            raise Unreadable(f"Dit is dieper dan {DEPTH_LIMIT} lagen.", line=mark.line + 1)
        return (
            self.items(place) if isinstance(event, yaml.SequenceStartEvent) else self.pairs(place)
        )

    def items(self, place: Place) -> list:
        found: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            found.append(self.value(event, (*place, len(found))))
        return found

    def pairs(self, place: Place) -> dict:
        found: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.key(event, place)
            if key in found:
                again = (*place, f"{key} (nog eens)")
                self.value(next(self.events), again)
                self.document.report(again, f"'{key}' staat hier dubbel", exactly=True)
            else:
                found[key] = self.value(next(self.events), (*place, key))
        return found

    def key(self, event, place: Place) -> str:
        if isinstance(event, yaml.ScalarEvent) and not event.tag and not event.anchor:
            return event.value
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        raise Unreadable("Links van ':' hoort één gewoon woord.", line=line, column=column)

    def scalar(self, event, place: Place) -> str | int | float | bool | date | None:
        if event.tag or event.implicit[0] is False:
            return event.value
        tag = self.resolver.resolve(yaml.ScalarNode, event.value, event.implicit)
        try:
            return self.constructor.construct_object(yaml.ScalarNode(tag, event.value))
        except (ValueError, yaml.YAMLError):
            self.document.report(
                place, f"'{event.value[:40]}' is geen geldige waarde", exactly=True
            )
            return None
