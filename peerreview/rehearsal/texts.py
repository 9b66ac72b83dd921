"""The words of a rehearsal: what organisations, panels and the association write.

They lie in ``texts/*.yaml`` and are read once. Nothing here knows a model or a database. Where
there is something to choose, the caller passes the chance (``random.Random``), so that the same seed
gives the same words. Judgements, advices and rulings are the codes of the models, as plain strings.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from random import Random
from typing import Any

from peerreview.rehearsal.cast import SIZES, Organisation, plain, shelf


@dataclass(frozen=True)
class Piece:
    """One piece of evidence. A file has a ``body`` and a ``format`` (pdf, text), a link an ``url``."""

    title: str
    kind: str
    format: str = ""
    body: str = ""
    note: str = ""
    url: str = ""
    also: Sequence[str] = ()  # other norms that it serves
    sizes: Sequence[str] = SIZES

    @property
    def file_name(self) -> str:
        """How the file of this piece is called; empty when it is none."""
        ending = {"pdf": "pdf", "text": "txt"}.get(self.format)
        words = plain(self.title.replace(" ", "-"))
        return f"{words[:60].rstrip('-')}.{ending}" if ending else ""


@dataclass(frozen=True)
class Quote:
    """What somebody said in a talk; ``said_by`` is the role in words, never a name."""

    norm: str
    text: str
    said_by: str
    group: str  # code of the interview group
    content: bool  # suits a norm that is met; otherwise one that is not fully met


@dataclass(frozen=True)
class Plan:
    """What an organisation will do for one norm, and after how many months it looks back."""

    what: str
    why: str
    who: str
    months: int


@dataclass(frozen=True)
class Reflection:
    """A professional's account of a decision; ``answers`` by the id of the short question."""

    title: str
    norms: tuple[str, ...]
    answers: Mapping[str, str]


@dataclass(frozen=True)
class Storyline:
    """What one whole review found: a summary, and the verdicts and the advice that belong to it."""

    code: str
    advice: str
    summary: str
    partly_met: Sequence[str]
    not_met: Sequence[str]
    own_higher: Sequence[str]
    own_lower: Sequence[str]

    def verdict(self, norm: str) -> str:
        """What the panel finds of this norm."""
        if norm in self.not_met:
            return "not_met"
        return "partly_met" if norm in self.partly_met else "met"

    def own_score(self, norm: str) -> str:
        """What the organisation itself finds: mostly the same, at times one step up or down."""
        ladder = ["not_met", "partly_met", "met"]
        step = ladder.index(self.verdict(norm))
        step += (norm in self.own_higher) - (norm in self.own_lower)
        return ladder[min(max(step, 0), 2)]


def filled(text: str, organisation: Organisation) -> str:
    """The text with this organisation's own name, municipality and site in it."""
    return (
        text.replace("{organisation}", organisation.name)
        .replace("{municipality}", organisation.municipality)
        .replace("{website}", organisation.website)
    )


def fitting(entry: Any, organisation: Organisation) -> list[str]:
    """The texts of an entry that suit an organisation of this size, filled in."""
    found = []
    for variant in entry if isinstance(entry, list) else [entry]:
        text, sizes = (
            (variant, None) if isinstance(variant, str) else (variant["text"], variant.get("sizes"))
        )
        if sizes is None or organisation.size in sizes:
            found.append(filled(text, organisation))
    return found


# What an organisation writes


def norm_codes() -> tuple[str, ...]:
    """The norms that have texts, in the order of the framework."""
    return tuple(shelf("answers"))


def introduction(organisation: Organisation, chance: Random) -> str:
    """How it opens its self-assessment."""
    return chance.choice(fitting(shelf("introductions")["introductions"], organisation))


def explanation(norm: str, score: str, organisation: Organisation, chance: Random) -> str:
    """What it says about one norm when it gives itself this score."""
    return chance.choice(fitting(shelf("answers")[norm][score], organisation))


def evidence(norm: str, organisation: Organisation) -> tuple[Piece, ...]:
    """What it can show for one norm: one or two pieces."""
    return tuple(
        replace(piece, url=filled(piece.url, organisation))
        for piece in (Piece(**row) for row in shelf("evidence")[norm])
        if organisation.size in piece.sizes
    )


def plan(norm: str) -> Plan:
    """What it will do about a norm that is not fully met."""
    return Plan(**shelf("improvements")[norm])


@cache
def reflections() -> tuple[Reflection, ...]:
    """All reflections; nobody can be recognised in them."""
    return tuple(
        Reflection(row["title"], tuple(row["norms"]), row["answers"])
        for row in shelf("reflections")
    )


# What a panel writes


def round_names() -> tuple[str, ...]:
    """Names for a round, without a year."""
    return tuple(shelf("panel")["rounds"])


def storylines(organisation: Organisation, *advices: str) -> tuple[Storyline, ...]:
    """The reviews that may be told of this organisation; with advices given, only those that lead there."""
    return tuple(
        replace(Storyline(**row), summary=filled(row["summary"], organisation))
        for row in shelf("panel")["storylines"]
        if not advices or row["advice"] in advices
    )


def note(score: str, chance: Random) -> str:
    """What one reviewer jots down with an own score; undetermined is a score too."""
    return chance.choice(shelf("findings")["notes"][score])


def motivation(norm: str, verdict: str, organisation: Organisation, chance: Random) -> str:
    """Why the panel comes to this verdict on one norm."""
    findings = shelf("findings")
    entry = (
        findings["undetermined"] if verdict == "undetermined" else findings["norms"][norm][verdict]
    )
    return chance.choice(fitting(entry, organisation))


def strength(norm: str) -> str:
    """The strong point of one norm."""
    return shelf("findings")["norms"][norm]["strength"]


def point_for_improvement(norm: str) -> str:
    """The point for improvement of one norm."""
    return shelf("findings")["norms"][norm]["improvement"]


def take_homes(
    verdicts: Mapping[str, str], chance: Random, count: int = 3
) -> tuple[tuple[str, str], ...]:
    """What the reviewers take home, as (norm, text): only from norms that are met, each at most once."""
    rows = [row for row in shelf("findings")["take_home"] if verdicts.get(row["norm"]) == "met"]
    return tuple((row["norm"], row["text"]) for row in _some(rows, chance, count))


def quotes(
    cluster: str,
    verdicts: Mapping[str, str],
    organisation: Organisation,
    chance: Random,
    count: int = 3,
) -> tuple[Quote, ...]:
    """Some quotes of a cluster that go with the verdicts on its norms, each at most once."""
    fit = [
        quote
        for quote in _quotes(cluster, organisation)
        if verdicts.get(quote.norm, "undetermined") != "undetermined"
        and (verdicts[quote.norm] == "met") == quote.content
    ]
    return tuple(_some(fit, chance, count))


def _quotes(cluster: str, organisation: Organisation) -> Iterable[Quote]:
    roles = shelf("findings")["said_by"]
    for row in shelf("findings")["quotes"][cluster]:
        if organisation.size in row.get("sizes", [organisation.size]):
            group = row["said_by"]
            content = row["mood"] == "content"
            yield Quote(row["norm"], row["text"], roles[group], group, content)


def _some(rows: list, chance: Random, count: int) -> list:
    return chance.sample(rows, min(count, len(rows)))


def advice(code: str, chance: Random) -> str:
    """Why the panel gives this advice."""
    return chance.choice(shelf("panel")["advices"][code])


# What the association writes


def ruling(code: str, organisation: Organisation, chance: Random) -> str:
    """Why it decides so: granted, granted_with_plan, conditional or refused."""
    return chance.choice(fitting(shelf("decisions")["rulings"][code], organisation))


def measure(kind: str, organisation: Organisation, chance: Random) -> str:
    """Why a registration changes: suspend, restore or withdraw."""
    return chance.choice(fitting(shelf("decisions")["measures"][kind], organisation))


def sent_back(chance: Random) -> str:
    """Why a second person sends a proposal back."""
    return chance.choice(shelf("decisions")["sent_back"])
