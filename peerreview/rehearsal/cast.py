"""The invented organisations of a rehearsal and the people who work there.

They lie in ``texts/organisations.yaml`` and are read once. Nothing here knows a model or a database.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

SHELF = Path(__file__).parent / "texts"
MEMBER, CERTIFYING_BODY = "member", "certifying_body"
SIZES = ("klein", "middel", "groot")
SMALL_BELOW, LARGE_FROM = 10, 100  # fte, as in the framework


@dataclass(frozen=True)
class Person:
    """Somebody at an organisation. ``role``: coordinator, director, contributor, reviewer or auditor."""

    given: str
    family: str
    role: str

    @property
    def name(self) -> str:
        """As it stands on the screen."""
        return f"{self.given} {self.family}"

    def address_at(self, domain: str) -> str:
        """The e-mail address that this person has there."""
        return f"{plain(self.given)}.{plain(self.family)}@{domain}"


@dataclass(frozen=True)
class Organisation:
    """An invented organisation; ``kind`` is MEMBER or CERTIFYING_BODY."""

    code: str
    name: str
    kind: str
    place: str
    municipality: str
    municipalities: tuple[str, ...]
    fte: int
    volunteers: int
    work_types: tuple[str, ...]
    website: str
    about: str
    people: tuple[Person, ...]

    @property
    def domain(self) -> str:
        """Where its mail goes."""
        return self.website.removeprefix("https://www.")

    @property
    def size(self) -> str:
        """klein, middel or groot: some texts only suit one of them."""
        if self.fte < SMALL_BELOW:
            return "klein"
        return "groot" if self.fte >= LARGE_FROM else "middel"

    def people_with(self, role: str) -> tuple[Person, ...]:
        """Those with this role here, in a fixed order."""
        return tuple(person for person in self.people if person.role == role)


@cache
def shelf(name: str) -> Any:
    """What one of the files holds."""
    return yaml.safe_load((SHELF / f"{name}.yaml").read_text(encoding="utf-8"))


def plain(words: str) -> str:
    """Only small letters, digits and hyphens: for addresses and file names."""
    bare = unicodedata.normalize("NFKD", words.lower())
    return "".join(sign for sign in bare if sign.isascii() and (sign.isalnum() or sign == "-"))


@cache
def organisations() -> tuple[Organisation, ...]:
    """All of them, in a fixed order; Zonnehof, Waterland and Meerpaal come first."""
    return tuple(_organisation(**row) for row in shelf("organisations"))


def members() -> tuple[Organisation, ...]:
    """The organisations for social work."""
    return tuple(one for one in organisations() if one.kind == MEMBER)


def certifying_bodies() -> tuple[Organisation, ...]:
    """The organisations of auditors."""
    return tuple(one for one in organisations() if one.kind == CERTIFYING_BODY)


def _organisation(*, people, municipalities, work_types, **row) -> Organisation:
    return Organisation(
        municipalities=tuple(municipalities),
        work_types=tuple(work_types),
        people=tuple(Person(**person) for person in people),
        **row,
    )
