"""The look, as far as a machine can judge it: contrast, and templates that keep to the rules of the house."""

import re
from itertools import product
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SHEET = (ROOT / "static/css/sterk.css").read_text()
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
COMPONENTS = [
    path for path in TEMPLATES if path.parent.name == "components" and path.name != "gallery.html"
]
GROUNDS = ["ground", "surface", "sunken", "own-soft"]
TEXTS = ["ink", "muted", "own", "own-strong", "urgent", "met", "partly", "not-met", "undetermined"]
ON_ITS_OWN_TINT = ["own", "urgent", "met", "partly", "not-met", "undetermined"]


def colours(scheme):
    """The colours of this scheme by name: the first :root of the sheet, with the dark one over it."""
    light, dark = re.findall(r":root \{([^}]*--ground: #[^}]*--shadow[^}]*)\}", SHEET)[:2]
    declared = light if scheme == "light" else light + dark
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", declared))


def luminance(colour):
    """Relative luminance as WCAG defines it."""
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """How far two colours are apart, from 1 to 21."""
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_is_readable_on_every_ground(scheme):
    colour = colours(scheme)
    pairs = list(product(TEXTS, GROUNDS)) + [(text, f"{text}-soft") for text in ON_ITS_OWN_TINT]
    pairs += [("on-own", "own"), ("on-own", "own-strong"), ("own-strong", "own-soft")]

    faint = {pair for pair in pairs if contrast(*(colour[name] for name in pair)) < 4.5}

    assert faint == set()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_edge_of_a_field_is_visible(scheme):
    colour = colours(scheme)

    assert all(contrast(colour["edge"], colour[ground]) >= 3 for ground in GROUNDS[:3])


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_is_short_and_holds_no_script_or_style(path):
    text = path.read_text()

    assert len(text.splitlines()) <= 120
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", text)
    assert all("src=" in tag or "json" in tag for tag in re.findall(r"<script\b[^>]*>", text))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_component_sees_only_what_it_is_given(path):
    calls = re.findall(r'{% include "components/[^%]*%}', path.read_text())

    assert [call for call in calls if not call.endswith("only %}")] == []


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.name)
def test_a_component_begins_with_its_name_and_inputs(path):
    first = path.read_text().splitlines()[0]

    assert first.startswith(f"{{# {path.stem}: ")
    assert first.endswith("#}")


def test_a_comment_of_a_template_stays_on_its_line():
    broken = [
        path.name
        for path in TEMPLATES
        if any(line.count("{#") != line.count("#}") for line in path.read_text().splitlines())
    ]

    assert broken == []


def test_the_script_stays_small():
    assert len((ROOT / "static/js/sterk.js").read_bytes()) < 10_000
