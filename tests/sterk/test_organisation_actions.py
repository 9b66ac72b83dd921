"""Organisations, who leaves them, and who must stay away."""

import pytest

from sterk.lifecycle import Refusal
from sterk.logbook.models import Entry
from sterk.organisations import actions
from sterk.organisations.models import Conflict, Organisation
from tests.makers import make_person

FACTS = {"place": "Ede", "municipality": "Ede", "kind": "member"}


def test_the_bureau_writes_down_an_organisation_and_the_logbook_knows(dora):
    made = actions.create(by=dora, name="De Brug", **FACTS)

    assert Organisation.objects.get() == made
    assert Entry.objects.filter(organisation_pk=made.pk, deed="organisation.create").count() == 1


@pytest.mark.parametrize("name", ["Zonnehof", "ZONNEHOF"])
def test_two_organisations_never_have_the_same_name(dora, zonnehof, name):
    with pytest.raises(Refusal, match="al een organisatie met deze naam"):
        actions.create(by=dora, name=name, **FACTS)

    assert Organisation.objects.count() == 1
    assert not Entry.objects.exists()


def test_an_organisation_cannot_take_the_name_of_another(dora, zonnehof, waterland):
    with pytest.raises(Refusal, match="al een organisatie met deze naam"):
        actions.edit(waterland, by=dora, name="Zonnehof")

    waterland.refresh_from_db()
    assert waterland.name == "Waterland"


def test_editing_writes_only_what_differs(anna, zonnehof):
    actions.edit(zonnehof, by=anna, place="Soest", municipality=zonnehof.municipality)

    zonnehof.refresh_from_db()
    assert zonnehof.place == "Soest"
    assert Entry.objects.get().details == {"fields": ["place"]}


def test_editing_without_a_change_leaves_no_line(anna, zonnehof):
    actions.edit(zonnehof, by=anna, place=zonnehof.place)

    assert not Entry.objects.exists()


def test_a_role_that_ends_counts_no_more(anna, bas, zonnehof):
    actions.end_membership(bas.memberships.get(), by=anna)

    bas.forget_roles()
    assert bas.roles(zonnehof) == set()
    assert Entry.objects.get(deed="membership.end").details["person"] == "Bas"


def test_a_role_ends_once(anna, bas):
    membership = bas.memberships.get()
    actions.end_membership(membership, by=anna)

    with pytest.raises(Refusal, match="al beëindigd"):
        actions.end_membership(membership, by=anna)


def test_the_last_coordinator_stays(anna, karin):
    with pytest.raises(Refusal, match="de enige kwaliteitsfunctionaris"):
        actions.end_membership(anna.memberships.get(), by=karin)

    assert anna.memberships.current().exists()


def test_a_coordinator_of_another_organisation_does_not_count(anna, waterland):
    make_person("Wim", (waterland, "coordinator"))

    with pytest.raises(Refusal, match="de enige kwaliteitsfunctionaris"):
        actions.end_membership(anna.memberships.get(), by=anna)


def test_a_coordinator_whose_account_is_closed_does_not_count(anna, zonnehof):
    away = make_person("Wim", (zonnehof, "coordinator"))
    away.is_active = False
    away.save()

    with pytest.raises(Refusal, match="de enige kwaliteitsfunctionaris"):
        actions.end_membership(anna.memberships.get(), by=anna)


def test_a_coordinator_with_a_colleague_may_go(anna, zonnehof):
    make_person("Wim", (zonnehof, "coordinator"))

    assert actions.end_membership(anna.memberships.get(), by=anna).ended_at


def test_the_last_administrator_stays(ada):
    with pytest.raises(Refusal, match="de enige technisch beheerder"):
        actions.end_membership(ada.memberships.get(), by=ada)


def test_the_last_of_the_bureau_may_go(ada, dora):
    assert actions.end_membership(dora.memberships.get(), by=ada).ended_at


def test_a_conflict_bars_a_person_from_an_organisation(dora, chris, zonnehof):
    actions.record_conflict(chris, zonnehof, by=dora, reason="Werkte er tot 2024.")

    assert zonnehof in Organisation.objects.barred_for(chris)
    assert Entry.objects.get().deed == "conflict.record"


def test_a_conflict_is_recorded_once(dora, chris, zonnehof):
    actions.record_conflict(chris, zonnehof, by=dora, reason="Werkte er tot 2024.")

    with pytest.raises(Refusal, match="al vastgelegd"):
        actions.record_conflict(chris, zonnehof, by=dora, reason="Nog eens.")

    assert Conflict.objects.get().reason == "Werkte er tot 2024."


def test_whoever_belonged_there_needs_no_conflict(dora, bas, zonnehof):
    actions.end_membership(bas.memberships.get(), by=dora)

    with pytest.raises(Refusal, match="mag daar al niet toetsen"):
        actions.record_conflict(bas, zonnehof, by=dora, reason="Werkte er.")


def test_lifting_a_conflict_is_a_deed_of_its_own(dora, chris, zonnehof):
    conflict = actions.record_conflict(chris, zonnehof, by=dora, reason="Werkte er.")

    actions.lift_conflict(conflict, by=dora)

    assert zonnehof not in Organisation.objects.barred_for(chris)
    assert [entry.deed for entry in Entry.objects.order_by("pk")] == [
        "conflict.record",
        "conflict.lift",
    ]


def test_nobody_lifts_a_conflict_of_their_own(dora, zonnehof):
    conflict = actions.record_conflict(dora, zonnehof, by=dora, reason="Mijn zus werkt er.")

    with pytest.raises(Refusal, match="door een ander opheffen"):
        actions.lift_conflict(conflict, by=dora)

    assert Conflict.objects.exists()
