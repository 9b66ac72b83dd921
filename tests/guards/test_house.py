"""The rules of the house: sizes, states, and what the database holds."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from labels.assessments import states as assessment
from labels.registrations import states as registration
from labels.registrations.models import PublicState
from peerreview.reviews import states as review
from sterk.jobs import JobState
from sterk.lifecycle import Move
from sterk.mail import states as mail
from sterk.reports import states as reports

ROOT = Path(__file__).parents[2]
HOUSES = ["sterk", "labels", "peerreview"]
OURS = [
    "logbook",
    "mail",
    "accounts",
    "organisations",
    "reports",
    "labels",
    "instruments",
    "peerreview",
]
LONGEST_MODULE, LONGEST_TEMPLATE = 300, 120
UNCONSTRAINED = {  # choices that a constraint of another shape holds
    ("organisations", "membership", "role"),
    ("organisations", "invitation", "role"),
    ("labels", "evidence", "kind"),
}
ALONE = {  # stamps of deeds whose doer is told elsewhere, or that nobody in particular did
    "added_by", "placed_by", "written_by", "recorded_by", "signed_up_by", "opened_by", "proposed_by",
    "shared_by", "started_by", "made_by", "invited_by", "asked_by",
}  # fmt: skip


def modules():
    """Every Python file of the three houses but migrations."""
    for house in HOUSES:
        for path in (ROOT / house).rglob("*.py"):
            if "migrations" not in path.parts:
                yield path


def our_models():
    """Every model of ours that has a table."""
    return [model for label in OURS for model in apps.get_app_config(label).get_models()]


@pytest.mark.parametrize("path", list(modules()), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_no_longer_than_one_can_read(path):
    assert len(path.read_text().splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize(
    "path",
    sorted((ROOT / "templates").rglob("*.html")),
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_a_template_is_no_longer_than_one_can_read(path):
    assert len(path.read_text().splitlines()) <= LONGEST_TEMPLATE


@pytest.mark.parametrize(
    "path",
    sorted((ROOT / "templates").rglob("*.html")),
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_no_template_holds_a_style_or_a_handler(path):
    text = path.read_text()

    assert not re.search(r"\sstyle=|\son\w+=|<style|javascript:", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", text)


def test_no_migration_is_missing(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_app_of_ours_has_migrations():
    for label in OURS:
        assert (Path(apps.get_app_config(label).path) / "migrations" / "0001_initial.py").exists()


def test_every_choice_is_held_by_the_database():
    for model in our_models():
        held = " ".join(str(constraint.deconstruct()) for constraint in model._meta.constraints)
        for field in model._meta.get_fields():
            place = (model._meta.app_label, model._meta.model_name, field.name)
            if getattr(field, "choices", None) and place not in UNCONSTRAINED:
                assert f"'{field.name}__in'" in held, place


def test_every_when_and_who_is_held_together():
    """A pair ``…_at`` and ``…_by`` of which the one may be empty needs a constraint that names both."""
    for model in our_models():
        held = [str(constraint.deconstruct()) for constraint in model._meta.constraints]
        for field in model._meta.get_fields():
            if not (isinstance(field, models.ForeignKey) and field.name.endswith("_by")):
                continue
            at = field.name.removesuffix("_by") + "_at"
            if field.name in ALONE or not field.null:
                continue
            assert any(field.name in text and at in text for text in held), (model, field.name)


@pytest.mark.parametrize(
    ("module", "states"),
    [
        (assessment, assessment.State),
        (registration, registration.State),
        (review, review.State),
        (mail, JobState),
        (reports, JobState),
    ],
    ids=["assessment", "registration", "review", "message", "report"],
)
def test_every_state_can_be_reached_from_the_first(module, states):
    moves = [move for move in vars(module).values() if isinstance(move, Move)]
    reached = {next(iter(states))}
    for _ in states:
        reached |= {move.target for move in moves if move.sources & reached}

    assert reached == set(states)


def test_the_public_register_has_no_other_states_than_these():
    assert PublicState.labels == [
        "geldig",
        "hertoetsing loopt",
        "geschorst",
        "verlopen",
        "ingetrokken",
    ]
