"""Who may what, as a table (``access.txt``): every address, everybody, and the phases of the thing in it.

An address that is not in the table fails the build. What a role may stands in ``sterk/policy.py``, what a relation opens in
``visible_to``; the table says what comes of both, and follows A3 of the trust model.
"""

from pathlib import Path

import pytest
from django.db import transaction
from django.urls import get_resolver, reverse

from tests.makers import log_in
from tests.world import CAST, PHASES, SECRET, make_world

PEOPLE = ["nobody", *CAST, "frida"]
TABLE = Path(__file__).with_name("access.txt")
NOT_OURS = ("allauth", "sterk.accounts")  # the account pages are tested by themselves
NO_PHASE = "-"

# Which words of which texts may reach whom. Whoever is not named here must never see them, anywhere.
READERS = {
    SECRET["draft"]: {"anna", "bas", "karin"},
    SECRET["private"]: {"bas"},
    SECRET["score"]: {"lotte"},
    SECRET["verdict"]: {"lotte", "chris"},
    SECRET["measure"]: {"dora", "evert"},
}


def our_addresses():
    """Every named address of ours, as ``namespace:name``."""
    found = set()

    def walk(patterns, space):
        for pattern in patterns:
            if not hasattr(pattern, "url_patterns"):
                found.add(":".join([*space, pattern.name]))
                continue
            module = getattr(pattern.urlconf_name, "__name__", "")
            if not module.startswith(NOT_OURS):
                inner = [*space, pattern.namespace] if pattern.namespace else space
                walk(pattern.url_patterns, inner)

    walk(get_resolver().url_patterns, [])
    return found


def rows():
    """The table: (verb, address, phase, answers by person)."""
    for line in TABLE.read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            verb, address, phase, *answers = line.split()
            yield verb, address, phase, dict(zip(PEOPLE, map(int, answers), strict=True))


def arguments(world, address, phase):
    """What stands in the address, for a thing in this phase."""
    things, people = world.things, world.people
    assessment, review = world.assessments.get(phase), world.reviews.get(phase)
    name = address.rpartition(":")[2]
    single = {
        "organisation": things["organisation"].pk,
        "edit-organisation": things["organisation"].pk,
        "invite": things["organisation"].pk,
        "logbook": things["organisation"].pk,
        "withdraw-invitation": things["invitation"].pk,
        "invitation": things["invitation"].secret,
        "end-membership": people["bas"].memberships.get().pk,
        "lift-conflict": things["conflict"].pk,
        "remake-report": things["outcome"].report_id,
        "framework": "KLEIN-DRAFT",
        "register-entry": things["registration"].number,
        "registration": things["registration"].pk,
        "certificate": things["registration"].pk,
        "confirm-measure": things["measure"].pk,
        "reject-measure": things["measure"].pk,
        "confirm-decision": things["decision"].pk,
        "reject-decision": things["decision"].pk,
        "decline-request": things["request"].pk,
        "reflection": things["reflection"].pk,
        "share-reflection": things["reflection"].pk,
        "throw-away-reflection": things["reflection"].pk,
    }
    if name in single:
        return [single[name]]
    if name == "norm":
        return ["KLEIN-DRAFT", "V1"]
    if name.endswith("improvement") and name != "plan-improvement":
        return [things["improvement"].pk]
    if name == "evidence-item" or name.endswith(("-evidence", "evidence-file")):
        shown = things.get(f"evidence-{phase}", things["evidence"]).pk
        if name == "add-evidence":
            return []
        return [review.pk, shown] if name == "review-evidence-file" else [shown]
    return by_phase(address, name, assessment, review, things.get(f"round-{phase}"))


def by_phase(address, name, assessment, review, into):
    """Arguments of the addresses that belong to an assessment, a review, a panel or a round."""
    if name in {"round", "sign-up"}:
        return [into.pk]
    if name in {"take-out", "panel", "place", "start-review", "join-review"}:
        return [review.panel.sign_up.pk]
    if name in {"make-lead", "let-go", "leave-review"}:
        return [review.panel.sign_up.pk, review.panel.members.get(person__name="Chris").pk]
    if name in {"review-norm", "agree"}:
        return [review.pk, "V1"]
    if name == "scrap-finding":
        return [review.pk, review.findings.get().pk]
    if name == "answer-norm":
        return [assessment.pk, "V1"]
    of_review = {"assessment-panel", "look-again"}
    if address.startswith("peerreview:") and name not in of_review | {
        "reviews",
        "rounds",
        "new-round",
    }:
        return [review.pk]
    needs = address.startswith("labels:") or name in of_review
    return [assessment.pk] if needs and assessment else []


def text_of(response):
    """All that reaches the browser: headers and body."""
    body = b"".join(response) if response.streaming else response.content
    return f"{response.headers}{body.decode(errors='replace')}"


def ask(client, verb, url):
    """Ask, and undo whatever came of it."""
    with transaction.atomic():
        response = client.get(url) if verb == "GET" else client.post(url)
        text = text_of(response)
        transaction.set_rollback(True)
    return response.status_code, text


def test_every_address_is_in_the_table():
    listed = {address for _, address, _, _ in rows()}

    assert our_addresses() - listed == set(), "not in the table"
    assert listed - our_addresses() == set(), "in the table, and nowhere else"


def test_every_address_is_asked_both_ways():
    asked = {(verb, address) for verb, address, _, _ in rows()}

    assert {address for _, address in asked if ("GET", address) not in asked} == set()
    assert {address for _, address in asked if ("POST", address) not in asked} == set()


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("verb", ["GET", "POST"])
def test_everybody_gets_what_the_table_says_and_reads_nothing_else(client, db, verb):
    world = make_world()
    wrong = []

    for who in PEOPLE:
        client.logout()
        if who != "nobody":
            log_in(client, world.people[who])
        for asked, address, phase, answers in rows():
            if asked == verb:
                url = reverse(address, args=arguments(world, address, phase))
                code, text = ask(client, verb, url)
                found = faults(who, code, text, answers[who])
                wrong += [f"{verb} {address} {phase}: {fault}" for fault in found]

    assert wrong == []


def faults(who, code, text, expected):
    """What is wrong with an answer to somebody."""
    if code != expected:
        yield f"{who} gets {code}, not {expected}"
    if text.count("<textarea") > text.count("Wie leest dit?"):
        yield f"a text field does not tell {who} who reads it"
    for secret, readers in READERS.items():
        if secret in text and who not in readers:
            yield f"{who} reads {secret}"


def test_the_phases_of_the_table_exist():
    assert {phase for _, _, phase, _ in rows()} <= {NO_PHASE, *PHASES}
