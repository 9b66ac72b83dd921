"""What the worker and the clock do is all known, and a state changes in one place only."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from sterk.celery import TASK_MODULES, app

ROOT = Path(__file__).resolve().parents[2]
HOUSES = ["sterk", "labels", "peerreview"]
ONLY_IN_A_WORKER = {"weasyprint", "pydyf", "fontTools"}


def modules():
    """Every module of the houses, migrations apart, with its syntax tree."""
    for house in HOUSES:
        for path in sorted((ROOT / house).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(ROOT), ast.parse(path.read_text(), str(path))


def test_every_module_with_tasks_is_known_to_the_worker():
    there = {
        ".".join(path.with_suffix("").parts)
        for path, _ in modules()
        if path.name in {"tasks.py", "clock.py"}
    }

    assert set(TASK_MODULES) == there
    assert len(TASK_MODULES) == len(there)


def test_tasks_stand_in_modules_for_tasks_only():
    elsewhere = [
        str(path)
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id == "shared_task"
        if path.name not in {"tasks.py", "clock.py"}
    ]

    assert elsewhere == []


def test_the_clock_names_tasks_that_exist_and_rings_for_each_that_is_meant_for_it():
    app.loader.import_default_modules()
    ours = {name for name in app.tasks if name.startswith(tuple(f"{house}." for house in HOUSES))}
    rung = [entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()]

    assert set(rung) == {name for name in ours if ".clock." in name}
    assert len(rung) == len(set(rung))


def assigned_states(tree):
    """Where ``something.state = …`` stands, alone or among others, and ``update(state=…)`` on rows."""
    for node in ast.walk(tree):
        targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
        for target in targets:
            for part in ast.walk(target) if target is not None else ():
                if isinstance(part, ast.Attribute) and part.attr == "state":
                    yield node.lineno
        if getattr(getattr(node, "func", None), "attr", "") in {"update", "bulk_update"} and any(
            keyword.arg == "state" for keyword in node.keywords
        ):
            yield node.lineno


def test_nothing_but_the_lifecycle_changes_a_state():
    found = {
        f"{path}:{line}"
        for path, tree in modules()
        for line in assigned_states(tree)
        if path != Path("sterk/lifecycle.py")
    }

    assert found == set()


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("a.state = 1", [1]),
        ("a.b.state, c = 1, 2", [1]),
        ("a.state: str = 1", [1]),
        ("rows.update(state=1)", [1]),
        ("rows.filter(state=1)\nx = a.state\nstate = 1", []),
    ],
)
def test_the_guard_of_states_sees_what_it_should(code, lines):
    assert list(assigned_states(ast.parse(code))) == lines


@pytest.mark.slow
def test_the_web_process_never_loads_what_only_a_worker_needs(tmp_path):
    """All pages are there, Pango is not: a web server needs no library for documents."""
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, sterk.wsgi, sterk.urls; from django.urls import reverse; reverse('home');"
            "print(*sorted({name.partition('.')[0] for name in sys.modules}))",
        ],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "STERK_DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )

    loaded = set(told.stdout.split())
    assert {"django", "sterk", "labels", "peerreview"} <= loaded
    assert not loaded & ONLY_IN_A_WORKER
