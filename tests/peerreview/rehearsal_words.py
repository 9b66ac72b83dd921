"""What the tests of the rehearsal's words share: the norms they must cover, and every text there is."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]


@cache
def framework() -> dict:
    """The concept framework, as the house brings it along."""
    found = yaml.safe_load((ROOT / "labels/frameworks/data/norms.yaml").read_text("utf-8"))
    return found | next(row for row in found["frameworks"] if row["code"] == "SSW-2019-CONCEPT")


@cache
def norms() -> list[str]:
    """The codes of its norms."""
    return [norm["code"] for theme in framework()["themes"] for norm in theme["norms"]]


def strings(thing, place="") -> Iterator[tuple[str, str]]:
    """Every text in a file, with where it stands."""
    if isinstance(thing, str):
        yield place, thing
    elif isinstance(thing, dict):
        for key, value in thing.items():
            yield from strings(value, f"{place}/{key}")
    elif isinstance(thing, list):
        for number, value in enumerate(thing):
            yield from strings(value, f"{place}/{number}")
