"""The words of a rehearsal: there for every norm, fitting who writes them, the same for a seed."""

import re
from random import Random

import pytest
import yaml

from labels.assessments.models import Outcome
from labels.evidence.models import Evidence
from labels.frameworks.models import Judgement
from labels.registrations.models import Decision, Measure
from peerreview.rehearsal import cast, texts
from peerreview.rehearsal.cast import shelf
from tests.peerreview.rehearsal_words import ROOT, framework, norms

OWN_SCORES = ["met", "partly_met", "not_met"]


def one_of(size: str) -> cast.Organisation:
    """The first organisation of this size."""
    return next(one for one in cast.members() if one.size == size)


@pytest.mark.parametrize("name", ["answers", "evidence", "improvements"])
def test_every_norm_of_the_framework_has_its_texts(name):
    assert list(shelf(name)) == norms()


def test_every_norm_has_findings_and_motivations():
    wanted = {"strength", "improvement", *OWN_SCORES}

    assert list(shelf("findings")["norms"]) == norms()
    assert all(set(entry) == wanted for entry in shelf("findings")["norms"].values())


@pytest.mark.parametrize("size", cast.SIZES)
def test_an_organisation_of_any_size_has_something_to_say_on_every_norm(size):
    organisation = one_of(size)
    entries = shelf("answers")

    for norm in norms():
        assert len(texts.fitting(entries[norm]["met"], organisation)) >= 2 or size == "klein", norm
        for score in OWN_SCORES:
            assert texts.explanation(norm, score, organisation, Random(1))
            assert texts.motivation(norm, score, organisation, Random(1))


def test_nothing_is_left_to_fill_in():
    zonnehof = cast.members()[0]
    chance = Random(3)
    said = [texts.introduction(zonnehof, chance)]
    for norm in norms():
        said += [texts.explanation(norm, score, zonnehof, chance) for score in OWN_SCORES]
        said += [piece.url + piece.body + piece.note for piece in texts.evidence(norm, zonnehof)]
    said += [line.summary for line in texts.storylines(zonnehof)]
    said += [texts.ruling(code, zonnehof, chance) for code in Decision.Ruling.values]

    assert not [text for text in said if "{" in text]
    assert any("Zonnehof" in text for text in said)
    assert any("Amersfoort" in text for text in said)


@pytest.mark.parametrize("size", cast.SIZES)
def test_evidence_is_of_a_kind_and_has_what_that_kind_needs(size):
    organisation = one_of(size)
    kinds = set()
    for norm in norms():
        pieces = texts.evidence(norm, organisation)
        assert 1 <= len(pieces) <= 2
        for piece in pieces:
            kinds.add(piece.kind)
            assert bool(piece.body) == bool(piece.file_name) == (piece.kind == "file"), piece.title
            assert bool(piece.url) == (piece.kind == "link"), piece.title
            assert piece.body or piece.note, piece.title
            assert piece.url.startswith(organisation.website) or not piece.url
            assert set(piece.also) <= set(norms()) - {norm}

    assert kinds == set(Evidence.Kind.values) - {"reflection"}


def test_a_file_name_is_plain_and_short():
    pieces = [piece for norm in norms() for piece in texts.evidence(norm, one_of("middel"))]
    names = [piece.file_name for piece in pieces if piece.file_name]

    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9-]{5,60}\.(pdf|txt)", name) for name in names)
    assert {name[-3:] for name in names} == {"pdf", "txt"}


def test_every_cluster_has_quotes_of_both_moods_from_people_of_its_norms():
    groups = {row["code"] for row in framework()["interview_groups"]}
    assert set(shelf("findings")["said_by"]) == groups

    for theme in framework()["themes"]:
        asked = {norm["code"]: norm["interview_with"] for norm in theme["norms"]}
        for cluster in theme["clusters"]:
            rows = shelf("findings")["quotes"][cluster["code"]]
            assert len(rows) >= 6
            assert {row["mood"] for row in rows} == {"content", "critical"}
            for row in rows:
                assert row["norm"] in cluster["norms"], row
                assert row["said_by"] in asked[row["norm"]], row


def test_quotes_go_with_the_verdicts():
    verdicts = dict.fromkeys(norms(), "met") | {"V11": "partly_met", "V14": "undetermined"}

    found = texts.quotes("VB", verdicts, one_of("middel"), Random(1), count=20)

    assert {quote.norm for quote in found} == {"V11", "V12", "V13", "V15"}
    assert all(quote.content == (quote.norm != "V11") for quote in found)
    assert len(found) == len(set(found))


def test_a_small_organisation_quotes_no_works_council():
    verdicts = dict.fromkeys(norms(), "met")

    found = texts.quotes("BB", verdicts, one_of("klein"), Random(1), count=20)

    assert found
    assert not [quote for quote in found if quote.group in {"or", "clientenraad"}]


def test_reviewers_take_home_only_what_is_met():
    verdicts = dict.fromkeys(norms(), "partly_met") | {"V1": "met", "B7": "met"}

    assert len(shelf("findings")["take_home"]) == 25
    assert {norm for norm, _ in texts.take_homes(verdicts, Random(1), 9)} == {"V1", "B7"}


def test_every_judgement_has_notes():
    assert set(shelf("findings")["notes"]) == set(Judgement.values)
    assert all(len(rows) == 8 for rows in shelf("findings")["notes"].values())
    assert texts.motivation("V1", "undetermined", one_of("klein"), Random(1))


def test_a_storyline_fits_its_own_verdicts():
    told = texts.storylines(one_of("middel"))

    assert len(told) >= 8
    assert {line.advice for line in told} == set(Outcome.Advice.values)
    for line in told:
        named = [*line.partly_met, *line.not_met]
        assert len(named) == len(set(named))
        assert {*named, *line.own_higher, *line.own_lower} <= set(norms())
        assert bool(line.not_met) == (line.advice in {"hold", "refuse"}), line.code
        assert bool(named) == (line.advice != "grant"), line.code
        assert all(line.verdict(norm) != "met" for norm in line.own_higher), line.code
        assert all(line.verdict(norm) == "met" for norm in line.own_lower), line.code


def test_the_own_score_differs_only_where_the_storyline_says_so():
    line = next(line for line in texts.storylines(one_of("middel")) if line.code == "safety_first")

    assert (line.verdict("D11"), line.own_score("D11")) == ("not_met", "partly_met")
    assert (line.verdict("V1"), line.own_score("V1")) == ("met", "met")


def test_storylines_can_be_asked_by_their_advice():
    assert {line.advice for line in texts.storylines(one_of("groot"), "grant", "hold")} == {
        "grant",
        "hold",
    }


def test_every_advice_ruling_and_measure_has_motivations():
    decisions = shelf("decisions")

    assert set(shelf("panel")["advices"]) == set(Outcome.Advice.values)
    assert set(decisions["rulings"]) == set(Decision.Ruling.values)
    assert set(decisions["measures"]) == set(Measure.Kind.values)
    assert all(len(rows) >= 3 for rows in shelf("panel")["advices"].values())
    assert texts.measure("withdraw", one_of("klein"), Random(1))
    assert texts.sent_back(Random(1))
    assert texts.advice("hold", Random(1))


def test_an_improvement_says_what_why_who_and_when():
    for norm in norms():
        plan = texts.plan(norm)
        assert len(plan.what.split()) >= 15, norm
        assert 2 <= plan.months <= 12, norm
        assert plan.why, norm
        assert len(plan.who) <= 100, norm


def test_reflections_answer_the_short_questions():
    path = ROOT / "labels/instruments/reflections/questions.yaml"
    steps = yaml.safe_load(path.read_text("utf-8"))["steps"]
    short = [row["id"] for step in steps for row in step["questions"] if row.get("short")]

    assert len(texts.reflections()) == 6
    for reflection in texts.reflections():
        assert list(reflection.answers) == short, reflection.title
        assert set(reflection.norms) <= set(norms())


def test_the_same_seed_gives_the_same_words():
    def told(seed):
        chance = Random(seed)
        zonnehof = cast.members()[0]
        verdicts = dict.fromkeys(norms(), "met")
        return [
            *(texts.explanation(norm, "met", zonnehof, chance) for norm in norms()),
            *texts.quotes("VA", verdicts, zonnehof, chance),
            *texts.take_homes(verdicts, chance),
            *(texts.note(score, chance) for score in Judgement.values),
            texts.introduction(zonnehof, chance),
            texts.ruling("granted", zonnehof, chance),
        ]

    assert told(7) == told(7)
    assert told(7) != told(8)
