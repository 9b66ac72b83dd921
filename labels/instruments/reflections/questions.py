"""The steps of professional decision-making and their questions, in our own words (``questions.yaml``)."""

from functools import cache
from pathlib import Path

import yaml


@cache
def guide():
    """The whole guide as it is in the file: ``meta`` and ``steps``."""
    return yaml.safe_load(Path(__file__).with_name("questions.yaml").read_text(encoding="utf-8"))


def short_steps(kept=()):
    """The steps of the short form: ``[{"key", "title", "purpose", "questions": [{"id", "text"}]}]``.

    Questions in ``kept`` (ids) are in it too: who answered more keeps seeing it.
    """
    steps = []
    for step in sorted(guide()["steps"], key=lambda step: step["order"]):
        chosen = [q for q in step["questions"] if q.get("short") or q["id"] in kept]
        if chosen:
            questions = [{"id": q["id"], "text": q["text"]} for q in chosen]
            steps.append(
                {**{k: step[k] for k in ("key", "title", "purpose")}, "questions": questions}
            )
    return steps


@cache
def texts():
    """Every question by its id."""
    return {q["id"]: q["text"] for step in guide()["steps"] for q in step["questions"]}
