"""The invented organisations of a rehearsal and their people: many, unlike, whole, and nobody real."""

import re
from pathlib import Path

import yaml

from peerreview.rehearsal import cast
from sterk.organisations.models import Organisation

ROOT = Path(__file__).resolve().parents[2]


def test_organisations_are_many_and_unlike():
    members = cast.members()

    assert [one.name for one in members[:3]] == ["Zonnehof", "Waterland", "Meerpaal"]
    assert len(members) >= 24
    assert len(cast.certifying_bodies()) == 2
    assert len({one.name for one in cast.organisations()}) == len(cast.organisations())
    assert len({one.domain for one in cast.organisations()}) == len(cast.organisations())
    assert (min(one.fte for one in members), max(one.fte for one in members)) == (3, 280)
    assert {one.size for one in members} == {"klein", "middel", "groot"}
    assert {one.kind for one in cast.organisations()} == set(Organisation.Kind.values)


def test_an_organisation_is_whole():
    path = ROOT / "labels/frameworks/data/norms.yaml"
    found = yaml.safe_load(path.read_text("utf-8"))
    known = {row["code"] for row in found["work_types"]["items"]}

    for one in cast.organisations():
        assert one.municipality in one.municipalities, one.name
        assert one.website == f"https://www.{one.domain}"
        assert one.domain.endswith(".example")
        assert set(one.work_types) <= known, one.name
        assert 40 <= len(one.about) <= 300, one.name
    assert all(one.work_types for one in cast.members())


def test_every_organisation_has_five_people_and_nobody_works_at_two():
    for one in cast.members():
        roles = [person.role for person in one.people]
        assert roles == ["coordinator", "director", "contributor", "reviewer", "reviewer"]
    for one in cast.certifying_bodies():
        assert len(one.people_with("auditor")) == 3

    names = [person.name for one in cast.organisations() for person in one.people]
    assert len(set(names)) == len(names) == 5 * len(cast.organisations())


def test_an_address_is_made_of_plain_letters():
    for one in cast.organisations():
        for person in one.people:
            assert re.fullmatch(r"[a-z-]+\.[a-z-]+@[a-z]+\.example", person.address_at(one.domain))
