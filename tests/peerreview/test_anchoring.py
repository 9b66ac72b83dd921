"""Nobody learns what colleagues find before own scores are in: every address, everybody, at every moment.

Each text carries a word of its own. A test walks all addresses of this house as each person and tells exactly which words
were found, in bodies and in headers.
"""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from labels.assessments import actions as assessments
from peerreview.reviews import actions
from peerreview.reviews.models import Review
from peerreview.urls import urlpatterns
from sterk.mail.models import Message
from sterk.organisations.models import Conflict
from tests.makers import (
    agree_all,
    log_in,
    make_assessment,
    make_evidence,
    make_person,
    make_review,
)
from tests.peerreview.steps import body_of, card_of, reviewer_at, score_all

OURS = {"OORDEEL", "BEVINDING", "SAMENVATTING"}
pytestmark = pytest.mark.slow

PANEL = ["lotte", "chris", "pieter"]
OUTSIDERS = ["anna", "bas", "karin", "dora", "evert", "ada", "frida"]


@pytest.fixture
def cast(anna, bas, karin, chris, lotte, pieter, dora, evert, ada, frida):
    """Everybody, by name; they sit in the order in which they were made."""
    people = [anna, bas, karin, chris, lotte, pieter, dora, evert, ada, frida]
    return {person.name.lower(): person for person in people}


@pytest.fixture
def review(cast):
    """Lotte, Chris and Pieter review Zonnehof; each has scored everything and nobody has handed in."""
    anna, panel = cast["anna"], [cast["lotte"], cast["chris"], cast["pieter"]]
    draft = make_assessment(by=anna)
    make_evidence(draft.organisation, draft.framework.norms.get(code="V1"), by=anna)
    assessment = assessments.submit(draft, by=anna)
    started = make_review(assessment, panel, by=cast["dora"], route="combined")
    for person in panel:
        score_all(started, person, note=word_of(person))
    return started


def word_of(person):
    """The word in every note of this person."""
    return f"NOTITIE-{person.name.upper()}"


def hand_in(review, *people):
    for person in people:
        actions.hand_in(card_of(review, person), by=person)


def agree(review, lotte):
    """The panel writes down everything it finds together, each text with its word."""
    agree_all(review, by=lotte)
    for verdict in review.verdicts.select_related("norm"):
        actions.agree(
            review,
            verdict.norm.code,
            by=lotte,
            verdict="met",
            motivation="OORDEEL",
            version=verdict.version,
        )
    actions.find(review, by=lotte, kind="strength", text="BEVINDING", key=uuid.uuid4())
    review.refresh_from_db()
    actions.summarise(review, by=lotte, summary="SAMENVATTING", version=review.summary_version)


def addresses(review):
    """Every address of this house for this review, and the page of what awaits one."""
    sign_up, member = review.panel.sign_up, review.panel.members.first()
    keys = {
        "rondes/<": sign_up.round_id,
        "rondes/deelname/<": sign_up.pk,
        "rondes/hertoetsing/<": review.assessment_id,
        "toetsingen/<": review.pk,
        "zelfevaluaties/<": review.assessment_id,
    }
    finding = review.findings.first()
    others = {
        "code": "V1",
        "member_pk": member.pk,
        "evidence_pk": review.frozen_copy.content["norms"]["V1"]["evidence"][0]["pk"],
        "finding_pk": finding.pk if finding else 1,
    }
    found = ["/"]
    for pattern in urlpatterns:
        route = str(pattern.pattern)
        names = re.findall(r"<\w+:(\w+)>", route)
        kwargs = {name: others[name] for name in names if name != "pk"}
        if "pk" in names:
            kwargs["pk"] = keys[route[: route.index("<") + 1]]
        found.append(reverse(f"peerreview:{pattern.name}", kwargs=kwargs))
    return found


def words_seen(client, review, person):
    """Which of the words this person finds, looking everywhere; and how each address answered."""
    log_in(client, person)
    words, answers = set(), {}
    pattern = re.compile(r"NOTITIE-\w+|OORDEEL|BEVINDING|SAMENVATTING")
    for address in addresses(review):
        response = client.get(address)
        answers[address] = response.status_code
        words |= set(pattern.findall(body_of(response) + str(response.headers)))
    return words, answers


def seen_by(client, review, cast):
    """The words that each member of the panel finds."""
    return {name: words_seen(client, review, cast[name])[0] for name in PANEL}


def notes(*names):
    return {f"NOTITIE-{name.upper()}" for name in names}


def test_while_nobody_has_handed_in_one_sees_only_the_own_notes(client, review, cast):
    assert seen_by(client, review, cast) == {
        "lotte": notes("lotte"),
        "chris": notes("chris"),
        "pieter": notes("pieter"),
    }


def test_what_one_hands_in_others_see_only_after_handing_in_too(client, review, cast):
    hand_in(review, cast["chris"])
    assert seen_by(client, review, cast) == {
        "lotte": notes("lotte"),
        "chris": notes("chris"),
        "pieter": notes("pieter"),
    }

    hand_in(review, cast["pieter"])
    assert seen_by(client, review, cast) == {
        "lotte": notes("lotte"),
        "chris": notes("chris", "pieter"),
        "pieter": notes("chris", "pieter"),
    }


def test_when_all_have_handed_in_the_panel_sees_everything(client, review, cast):
    hand_in(review, cast["lotte"], cast["chris"], cast["pieter"])
    agree(review, cast["lotte"])

    all_of_it = notes(*PANEL) | OURS
    assert seen_by(client, review, cast) == dict.fromkeys(PANEL, all_of_it)


def test_who_joins_late_sees_nothing_of_what_lies_there(client, review, cast, waterland):
    hand_in(review, cast["lotte"], cast["chris"], cast["pieter"])
    agree(review, cast["lotte"])
    teun = make_person("Teun", (waterland, "reviewer"))
    actions.join(review, reviewer_at(teun), by=cast["dora"])

    assert words_seen(client, review, teun)[0] == set()
    score_all(review, teun, note=word_of(teun))
    assert words_seen(client, review, teun)[0] == notes("teun")
    assert seen_by(client, review, cast) == dict.fromkeys(PANEL, notes(*PANEL))

    hand_in(review, teun)
    everything = notes("lotte", "chris", "pieter", "teun") | OURS
    assert words_seen(client, review, teun)[0] == everything


def test_who_leaves_sees_nothing_any_more_and_takes_the_own_notes_along(client, review, cast):
    hand_in(review, cast["lotte"], cast["chris"], cast["pieter"])
    agree(review, cast["lotte"])

    actions.leave(review, card_of(review, cast["chris"]).member, by=cast["dora"])

    rest = notes("lotte", "pieter") | OURS
    assert seen_by(client, review, cast) == {"lotte": rest, "chris": set(), "pieter": rest}


def test_who_turns_out_to_have_a_tie_sees_nothing_any_more(client, review, cast):
    hand_in(review, cast["lotte"], cast["chris"], cast["pieter"])

    Conflict.objects.create(
        person=cast["chris"],
        organisation=review.assessment.organisation,
        reason="Zwager",
        recorded_by=cast["dora"],
    )

    words, answers = words_seen(client, review, cast["chris"])
    assert words == set()
    assert {code for at, code in answers.items() if re.match(r"/toetsingen/\d", at)} == {404, 405}


def test_after_the_finish_the_panel_reads_on_for_ninety_days(client, review, cast):
    hand_in(review, cast["lotte"], cast["chris"], cast["pieter"])
    agree(review, cast["lotte"])
    actions.finish(review, by=cast["lotte"])
    everything = notes(*PANEL) | OURS
    assert seen_by(client, review, cast) == dict.fromkeys(PANEL, everything)

    Review.objects.update(finished_at=timezone.now() - timedelta(days=91))

    assert seen_by(client, review, cast) == {name: set() for name in PANEL}


def snapshot(client, review, person):
    """All that this person can notice: every answer with its headers, its length and its number of queries."""
    log_in(client, person)
    told = {}
    for address in addresses(review):
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        headers = {name: value for name, value in response.headers.items() if name != "Date"}
        told[address] = (response.status_code, body_of(response), headers, len(queries))
    return told


def tries(client, review, person):
    """What this person is told on trying to do what is not yet possible."""
    log_in(client, person)
    attempts = {
        reverse("peerreview:agree", args=[review.pk, "V1"]): {"verdict": "met", "version": 0},
        reverse("peerreview:findings", args=[review.pk]): {"kind": "strength", "text": "Iets."},
        reverse("peerreview:scrap-finding", args=[review.pk, 1]): {},
        reverse("peerreview:summary", args=[review.pk]): {"summary": "Iets.", "version": 0},
        reverse("peerreview:finish-review", args=[review.pk]): {},
        reverse("peerreview:advise", args=[review.pk]): {"advice": "grant", "motivation": "Iets."},
    }
    told = {}
    for address, form in attempts.items():
        with CaptureQueriesContext(connection) as queries:
            response = client.post(address, form, follow=True)
        told[address] = (response.redirect_chain, body_of(response), len(queries))
    return told


def test_nothing_that_colleagues_do_can_be_noticed_before_handing_in(client, review, cast):
    lotte = cast["lotte"]
    before, refused = snapshot(client, review, lotte), tries(client, review, lotte)
    mailed = Message.objects.filter(recipient=lotte.email).count()

    for name in ["chris", "pieter"]:
        card = card_of(review, cast[name])
        actions.score(card, "V1", score="not_met", note="Nog eens bekeken.", version=1)
        hand_in(review, cast[name])

        assert snapshot(client, review, lotte) == before
        assert tries(client, review, lotte) == refused

    assert Message.objects.filter(recipient=lotte.email).count() == mailed
    assert not review.findings.exists()
    assert not review.verdicts.exclude(verdict="").exists()


def test_whoever_joins_late_cannot_notice_how_far_the_others_were(client, review, cast, waterland):
    teun = make_person("Teun", (waterland, "reviewer"))
    hand_in(review, cast["lotte"])
    actions.join(review, reviewer_at(teun), by=cast["dora"])
    before, refused = snapshot(client, review, teun), tries(client, review, teun)
    member = card_of(review, teun).member

    actions.leave(review, member, by=cast["dora"])
    hand_in(review, cast["chris"], cast["pieter"])
    agree(review, cast["lotte"])
    review.findings.all().delete()  # the address of a finding would differ; what it says is looked for above
    actions.join(review, reviewer_at(teun), by=cast["dora"])

    assert snapshot(client, review, teun) == before
    assert tries(client, review, teun) == refused


def test_nobody_outside_the_panel_finds_a_word_of_it(client, review, cast):
    hand_in(review, cast["lotte"], cast["chris"], cast["pieter"])
    agree(review, cast["lotte"])
    for finish in [False, True]:
        if finish:
            actions.finish(review, by=cast["lotte"])
        for name in OUTSIDERS:
            words, answers = words_seen(client, review, cast[name])

            assert words == set(), name
            inside = {code for at, code in answers.items() if re.match(r"/toetsingen/\d", at)}
            assert inside == {404, 405}, (name, answers)


@pytest.mark.parametrize("name", ["anna", "dora", "frida"])
def test_an_outsider_is_told_the_same_of_a_review_that_is_there_and_one_that_is_not(
    name, client, review, cast
):
    log_in(client, cast[name])
    for address in addresses(review):
        if not re.match(r"/toetsingen/\d", address):
            continue
        absent = re.sub(r"/toetsingen/\d+/", "/toetsingen/987654/", address)
        for ask in [client.get, client.post]:
            here, there = ask(address), ask(absent)
            assert here.status_code == there.status_code
            assert here.status_code in {404, 405}
            assert body_of(here).replace(address, "") == body_of(there).replace(absent, "")
