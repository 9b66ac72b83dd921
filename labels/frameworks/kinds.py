"""The kinds of value that a field of a norm file may hold, and how each is read.

Reading a value gives it back as we use it. A value that is wrong is reported and read as ``None``, so that the rest of
the file is still read and every defect comes out at once.
"""

import re
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from difflib import get_close_matches
from functools import cache
from typing import Any, Protocol, get_type_hints

from labels.frameworks.reading import Document, Place

ASIDE = "aside"  # marks a field that is read and checked, but that nothing in the house rests on


class Kind(Protocol):
    """Something that reads one value."""

    def read(self, value: Any, place: Place, document: Document) -> Any: ...


@dataclass(frozen=True)
class Text:
    """Words, not empty and not too long."""

    limit: int = 2000

    def read(self, value, place, document):
        if not isinstance(value, str):
            document.report(place, wrong_kind(value, "tekst"))
        elif not value.strip():
            document.report(place, "is leeg")
        elif len(value.strip()) > self.limit:
            document.report(
                place, f"is te lang: {len(value.strip())} tekens, {self.limit} is het meeste"
            )
        else:
            return value.strip()
        return None


@dataclass(frozen=True)
class Code:
    """A short name that also goes into addresses."""

    limit: int = 20
    shape = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")

    def read(self, value, place, document):
        text = Text(self.limit).read(value, place, document)
        if text is None or self.shape.fullmatch(text):
            return text
        document.report(place, f"'{text}' mag alleen letters, cijfers, punt, - en _ hebben")
        return None


@dataclass(frozen=True)
class Choice:
    """One word out of a few; each stands for a value of ours."""

    words: Mapping[str, Any]

    def read(self, value, place, document):
        if isinstance(value, str) and value in self.words:
            return self.words[value]
        document.report(place, f"{shown(value)} kan niet; kies uit {', '.join(self.words)}")
        return None


@dataclass(frozen=True)
class Whole:
    """A whole number; ``null`` only where that means something."""

    least: int = 0
    most: int = 1000
    nullable: bool = False

    def read(self, value, place, document):
        if value is None and self.nullable:
            return None
        if not isinstance(value, int) or isinstance(value, bool):
            document.report(place, wrong_kind(value, "een heel getal"))
        elif not self.least <= value <= self.most:
            document.report(place, f"is {value}; het moet van {self.least} tot {self.most} zijn")
        else:
            return value
        return None


@dataclass(frozen=True)
class Truth:
    """True or false."""

    def read(self, value, place, document):
        if isinstance(value, bool):
            return value
        document.report(place, wrong_kind(value, "true of false"))
        return None


@dataclass(frozen=True)
class Day:
    """A date, as text or as YAML's own; ``null`` where it is open."""

    def read(self, value, place, document):
        if value is None or type(value) is date:
            return value
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            document.report(place, f"{shown(value)} is geen datum zoals 2026-01-31")
        return None


@dataclass(frozen=True)
class ListOf:
    """Several of one kind, in an order that counts, none of them twice."""

    kind: Kind
    least: int = 0
    most: int = 500

    def read(self, value, place, document):
        if not isinstance(value, list):
            document.report(place, wrong_kind(value, "een lijst"))
            return None
        if not self.least <= len(value) <= self.most:
            bound = (
                f"minstens {self.least}" if len(value) < self.least else f"hoogstens {self.most}"
            )
            document.report(place, f"heeft er {len(value)}; het moeten er {bound} zijn")
            return None
        self.refuse_doubles(value, place, document)
        return [self.kind.read(item, (*place, at), document) for at, item in enumerate(value)]

    def refuse_doubles(self, value, place, document):
        seen = set()
        for at, item in enumerate(value):
            name = item.get("code") if isinstance(item, dict) else item
            if isinstance(name, str) and name in seen:
                document.report((*place, at), f"'{name[:40]}' staat er twee keer in")
            elif isinstance(name, str):
                seen.add(name)


@dataclass(frozen=True)
class OneOrMore:
    """One value, or a list of them."""

    kind: Kind

    def read(self, value, place, document):
        if isinstance(value, list):
            return ListOf(self.kind, least=1).read(value, place, document)
        read = self.kind.read(value, place, document)
        return None if read is None else [read]


@dataclass(frozen=True)
class TextsByName:
    """Names of our own choice, each with a text."""

    def read(self, value, place, document):
        if not isinstance(value, dict):
            document.report(place, wrong_kind(value, "een lijst van namen met tekst"))
            return None
        return {name: Text().read(text, (*place, name), document) for name, text in value.items()}


@dataclass(frozen=True)
class Record:
    """Named fields, as a dataclass says: without a default they must be there, others may not."""

    shape: type

    def read(self, value, place, document):
        if not isinstance(value, dict):
            document.report(place, wrong_kind(value, "een blok met velden"))
            return None
        kinds, must = kinds_of(self.shape)
        for name in [name for name in value if name not in kinds]:
            document.report((*place, name), unknown(name, kinds))
        for name in sorted(must - value.keys()):
            document.report(place, f"'{name}' ontbreekt")
        given = {
            name: kinds[name].read(item, (*place, name), document)
            for name, item in value.items()
            if name in kinds
        }
        return self.shape(**(dict.fromkeys(must) | given))


@cache
def kinds_of(shape) -> tuple[dict[str, Kind], frozenset[str]]:
    """The kind of every field of a record, and which fields must be there."""
    hints = get_type_hints(shape, include_extras=True)
    kinds = {each.name: hints[each.name].__metadata__[0] for each in fields(shape)}
    must = {
        each.name
        for each in fields(shape)
        if each.default is MISSING and each.default_factory is MISSING
    }
    return kinds, frozenset(must)


@cache
def told(shape) -> tuple[str, ...]:
    """The fields of a record that the house rests on."""
    hints = get_type_hints(shape, include_extras=True)
    return tuple(each.name for each in fields(shape) if ASIDE not in hints[each.name].__metadata__)


def unknown(name, kinds) -> str:
    """What to say about a field that nobody knows."""
    near = get_close_matches(name, kinds, n=1)
    return "dit veld kennen we niet" + (f"; bedoel je '{near[0]}'?" if near else "")


def wrong_kind(value, wanted) -> str:
    """What to say about a value of another kind than we want."""
    if value is None:
        return f"is leeg; hier hoort {wanted}"
    hint = (
        "; zet er aanhalingstekens om"
        if wanted == "tekst" and not isinstance(value, list | dict)
        else ""
    )
    return f"is {shown(value)}; hier hoort {wanted}{hint}"


def shown(value) -> str:
    """A value as the reader of the file knows it, but short."""
    if isinstance(value, list | dict):
        return "een lijst" if isinstance(value, list) else "een blok"
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "leeg"}[value]
    return f"'{str(value)[:40]}'"
