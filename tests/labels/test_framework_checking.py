"""The rules that a norm file keeps. Each row breaks one thing in a sound file and names what must be said."""

import random

import pytest

from labels.frameworks.checking import check, digest
from tests.makers_framework import CONCEPT, SMALL

K, V1, V2, D1 = (
    "kader KLEIN-2026",
    "kader KLEIN-2026, groep V, norm V1",
    "kader KLEIN-2026, groep V, norm V2",
    "kader KLEIN-2026, groep D, norm D1",
)
COUNT_V = '        norm_count: 2\n        clusters:\n          - {code: VA, title: "Vragen"'
BROKEN = [
    # what is written, what is written instead, what is said
    (
        'subject: "Reflectie"',
        'subjct: "Reflectie"',
        [
            f"{V2}, subjct: dit veld kennen we niet; bedoel je 'subject'?",
            f"{V2}: 'subject' ontbreekt",
        ],
    ),
    ('subject: "Reflectie"', 'subject: "  "', [f"{V2}, subject: is leeg"]),
    (
        'subject: "Reflectie"',
        "subject: 12",
        [f"{V2}, subject: is '12'; hier hoort tekst; zet er aanhalingstekens om"],
    ),
    ('subject: "Reflectie"', "subject: [a]", [f"{V2}, subject: is een lijst; hier hoort tekst"]),
    ('subject: "Reflectie"', "subject:", [f"{V2}, subject: is leeg; hier hoort tekst"]),
    (
        'subject: "Reflectie"',
        f"subject: {'x' * 201}",
        [f"{V2}, subject: is te lang: 201 tekens, 200 is het meeste"],
    ),
    (
        "code: KLEIN-2026",
        "code: KLEIN 2026",
        ["kader KLEIN 2026, code: 'KLEIN 2026' mag alleen letters, cijfers, punt, - en _ hebben"],
    ),
    (
        "code: D2\n",
        "code: D1\n",
        [
            f"{D1}: 'D1' staat er twee keer in",
            "kader KLEIN-2026, groep D, cluster DA, norms 2: norm 'D2' bestaat niet in deze groep",
            "lenses LO, norms 2: norm 'D2' bestaat niet in kader KLEIN-2026",
        ],
    ),
    (
        "code: D1\n",
        "code: V1\n",
        [
            "kader KLEIN-2026, groep D, norm V1, code: 'V1' staat ook in een andere groep",
            "kader KLEIN-2026, groep D, cluster DA, norms 1: norm 'D1' bestaat niet in deze groep",
            "kader KLEIN-2026, groep D, norm V1: staat in geen enkel cluster",
        ],
    ),
    (
        "{code: DA,",
        "{code: VA,",
        ["kader KLEIN-2026, groep D, cluster VA, code: 'VA' staat ook in een andere groep"],
    ),
    ("norm_count: 4", "norm_count: 5", [f"{K}, norm_count: is 5, maar er staan 4 normen"]),
    ("norm_count: 4", "norm_count: null", [f"{K}, norm_count: is leeg, maar er staan 4 normen"]),
    ("norm_count: 4", "norm_count: true", [f"{K}, norm_count: is true; hier hoort een heel getal"]),
    ("norm_count: 4", "norm_count: -1", [f"{K}, norm_count: is -1; het moet van 0 tot 1000 zijn"]),
    (
        COUNT_V,
        COUNT_V.replace("2", "3"),
        [f"{K}, groep V, norm_count: is 3, maar er staan 2 normen"],
    ),
    (
        "norms: [V1]}",
        "norms: [V1, V9]}",
        [f"{K}, groep V, cluster VA, norms 2: norm 'V9' bestaat niet in deze groep"],
    ),
    (
        "norms: [V1]}",
        "norms: [V1, V2]}",
        [f"{K}, groep V, cluster VB, norms 1: norm 'V2' staat ook in cluster VA"],
    ),
    (
        "norms: [V1]}",
        "norms: [V1, V1]}",
        [f"{K}, groep V, cluster VA, norms 2: 'V1' staat er twee keer in"],
    ),
    ("norms: [D1, D2]}", "norms: [D1]}", [f"{K}, groep D, norm D2: staat in geen enkel cluster"]),
    (
        "norms: [V2, D2]}",
        "norms: [V2, X1]}",
        ["lenses LO, norms 2: norm 'X1' bestaat niet in kader KLEIN-2026"],
    ),
    (
        "competences: [C1]",
        "competences: [C9]",
        [f"{V1}, competences 1: competentie 'C9' bestaat niet"],
    ),
    (
        "interview_with: [inwoner]",
        "interview_with: [inwoner, wethouder]",
        [
            f"{D1}, interview_with 2: 'wethouder' staat niet in 'interview_groups'",
            f"{D1}, interview_with 2: voor 'wethouder' is er geen vraag",
        ],
    ),
    (
        "interview_with: [inwoner]",
        "interview_with: []",
        [f"{D1}, interview_with: heeft er 0; het moeten er minstens 1 zijn"],
    ),
    (
        '{to: [professional], text: "Wat ging',
        '{to: [inwoner], text: "Wat ging',
        [
            f"{V2}, guiding_questions 1, to 1: 'inwoner' staat niet in 'interview_with' van deze norm",
            f"{V2}, interview_with 1: voor 'professional' is er geen vraag",
        ],
    ),
    (
        "{work_type: jongerenwerk,",
        "{work_type: ruimtevaart,",
        [f"{V2}, accents 1, work_type: 'ruimtevaart' bestaat niet"],
    ),
    ("{size: klein,", "{size: reus,", [f"{V2}, accents 2, size: 'reus' bestaat niet"]),
    (
        "{size: klein,",
        "{",
        [f"{V2}, accents 2: noem één werksoort (work_type) of één grootte (size)"],
    ),
    (
        "{size: klein,",
        "{size: klein, work_type: opbouwwerk,",
        [f"{V2}, accents 2: noem één werksoort (work_type) of één grootte (size)"],
    ),
    (
        "key: true\n            na_allowed: false",
        "key: true\n            na_allowed: true",
        [f"{V1}, na_allowed: een kernnorm kan nooit 'niet van toepassing' zijn"],
    ),
    ("key: true", "key: ja", [f"{V1}, key: is 'ja'; hier hoort true of false"]),
    (
        "na_allowed: true\n            certainty: inferred",
        "na_allowed: true\n            certainty: zeker",
        [f"{D1}, certainty: 'zeker' kan niet; kies uit official, inferred"],
    ),
    (
        "valid_until: null",
        'valid_until: "2025-12-31"',
        [f"{K}, valid_until: ligt vóór valid_from (2026-01-01)"],
    ),
    (
        'valid_from: "2026-01-01"',
        "valid_from: null",
        [f"{K}, valid_from: een kader met normen moet een begindatum hebben"],
    ),
    (
        'valid_from: "2026-01-01"',
        "valid_from: 1 januari 2026",
        [f"{K}, valid_from: '1 januari 2026' is geen datum zoals 2026-01-31"],
    ),
    (
        "code: combinatie",
        "code: zwaar",
        ["routes zwaar, code: 'zwaar' kan niet; kies uit intercollegiaal, extern, combinatie"],
    ),
    ("code: combinatie", "code: extern", ["routes extern: 'extern' staat er twee keer in"]),
    (
        "reviewers: [auditor]",
        "reviewers: [buurman]",
        ["routes extern, reviewers 1: 'buurman' kan niet; kies uit collega, auditor"],
    ),
    (
        "yields: [leerrapport, register]",
        "yields: [taart]",
        [
            "routes intercollegiaal, yields 1: 'taart' kan niet; kies uit leerrapport, toetsingsrapport, advies, besluit, certificaat, register"
        ],
    ),
    (
        "yields: [toetsingsrapport, advies, besluit, certificaat, register]",
        "yields: [toetsingsrapport, certificaat]",
        [
            "routes extern, yields: een certificaat vraagt ook 'besluit'",
            "routes extern, yields: een certificaat vraagt ook 'register'",
        ],
    ),
    (
        "validity_months: 36",
        "validity_months: 0",
        ["routes extern, validity_months: is 0; het moet van 1 tot 120 zijn"],
    ),
    (
        "reviewers: [collega]\n",
        "reviewers: [collega]\n      judged_per: cluster\n",
        ["routes intercollegiaal, judged_per: 'cluster' kan niet; kies uit norm"],
    ),
    (
        "blocking_scores: [voldoet_niet]",
        "blocking_scores: [onvoldoende]",
        [
            "decision_rule_defaults, blocking_scores 1: 'onvoldoende' kan niet; kies uit voldoet, voldoet_deels, voldoet_niet"
        ],
    ),
    (
        "code: voldoet_niet, label",
        "code: voldoet, label",
        ["scoring_scale voldoet: 'voldoet' staat er twee keer in"],
    ),
    ("order: 3", "order: 2", ["scoring_scale: 'order' moet oplopen"]),
    (
        "fte_from: 10,",
        "fte_from: 12,",
        ["sizes groot, fte_from: sluit niet aan: is 12, maar hier hoort 10"],
    ),
    (
        "fte_from: 10, fte_below: null",
        "fte_from: 10, fte_below: 10",
        [
            "sizes groot, fte_below: moet meer zijn dan 10",
            "sizes groot, fte_below: de laatste klasse heeft geen grens: null",
        ],
    ),
    (
        "fte_from: 0, fte_below: 10",
        "fte_from: 0, fte_below: null",
        ["sizes groot, fte_from: na een klasse zonder grens komt er geen meer"],
    ),
    (
        'notice: "Eigen formuleringen. Niet vastgesteld."',
        "language: nl",
        ["meta: een concept moet zeggen dat het een concept is: vul 'notice' in"],
    ),
    (
        "status: concept",
        "status: af",
        ["meta, status: 'af' kan niet; kies uit concept, vastgesteld"],
    ),
    (
        'subject: "Reflectie"',
        'subject: "Reflectie"\n            source: onbekend',
        [f"{V2}, source: bron 'onbekend' staat niet in 'sources'"],
    ),
    (
        "lenses:\n  items:",
        "lenses:\n  dingen: 3\n  items:",
        ["lenses, dingen: dit veld kennen we niet"],
    ),
    (
        "work_types:\n",
        "werksoorten:\n",
        ["werksoorten: dit veld kennen we niet", "'work_types' ontbreekt"],
    ),
]


def said(text):
    """The defects of a text, without their lines."""
    return [f"{each.place}: {each.message}".removeprefix(": ") for each in check(text)[1]]


def test_the_norm_set_of_the_house_is_sound():
    file, defects = check(CONCEPT.read_text("utf-8"))

    assert defects == []
    assert [framework.code for framework in file.frameworks] == [
        "KSW-2017",
        "SSW-2019-CONCEPT",
        "SSW-3.0",
    ]


@pytest.mark.parametrize(("written", "instead", "expected"), BROKEN)
def test_each_defect_is_said_with_its_place_and_nothing_besides(written, instead, expected):
    assert written in SMALL

    assert sorted(said(SMALL.replace(written, instead, 1))) == sorted(expected)


def test_a_defect_carries_its_line():
    [defect] = check(SMALL.replace("norm_count: 4", "norm_count: 5"))[1]

    line = SMALL.splitlines().index("    norm_count: 4") + 1
    assert str(defect) == f"regel {line}: {K}, norm_count: is 5, maar er staan 4 normen"


def test_all_defects_come_out_at_once_in_the_order_of_the_lines():
    text = SMALL
    for written, instead in [
        ("status: concept", "status: af"),
        ("norm_count: 4", "norm_count: 5"),
        ('subject: "Reflectie"', "onderwerp: 3"),
        ("competences: [C2]", "competences: [C7]"),
    ]:
        text = text.replace(written, instead, 1)

    defects = check(text)[1]

    assert [defect.place for defect in defects] == [
        "meta, status",
        f"{K}, norm_count",
        V2,
        f"{V2}, onderwerp",
        f"{K}, groep D, norm D2, competences 1",
    ]
    assert [defect.line for defect in defects] == sorted(defect.line for defect in defects)


def test_the_number_of_norms_of_a_mere_title_is_not_checked():
    title = """
  - code: OUD-2017
    title: "Een oud kader"
    valid_from: "2016-11-30"
    valid_until: "2019-12-31"
    norm_count: 52
    certainty: official
    themes:
      - {code: V, title: "Vakmanschap", norm_count: 16, norms: []}
"""

    assert check(SMALL + title)[1] == []


@pytest.mark.parametrize("text", ["- a\n- b\n", "tekst\n", "3\n", "null\n", "frameworks: []\n"])
def test_a_file_that_is_something_else_altogether_is_told_so(text):
    file, defects = check(text)

    assert file is None
    assert defects


def test_a_text_that_cannot_be_read_gives_the_one_defect_that_stopped_it():
    file, defects = check("a: [1\n")

    assert file is None
    assert [defect.line for defect in defects] == [2]


def test_the_digest_rests_on_what_people_see_and_not_on_where_it_comes_from():
    def mark(text):
        file, _ = check(text)
        return digest(file, file.frameworks[0])

    sourced = SMALL.replace(
        'subject: "Reflectie"', 'subject: "Reflectie"\n            source: eigen'
    )
    relaid = SMALL.replace(
        "competences: [C2, C1]", "competences:\n              - C2\n              - C1"
    )

    assert mark(SMALL) == mark(sourced) == mark(relaid) == mark("# een opmerking\n" + SMALL)
    for written, instead in [
        ("Denk aan de straat.", "Denk aan de stoep."),
        ('title: "Verheldert vragen en behoeften"', 'title: "Anders"'),
        ('question: "Hoe leren zij?"', 'question: "Anders?"'),
        ("validity_months: 36", "validity_months: 12"),
        ("Het is niet te zien.", "Nergens."),
        ("max_partly_met: null", "max_partly_met: 0"),
        ("repair_term_weeks: 12", "repair_term_weeks: 8"),
        ('label: "Inwoners"', 'label: "Bewoners"'),
        ('label: "Jongerenwerk"', 'label: "Jeugdwerk"'),
        ("Klein: minder dan", "Kleiner dan"),
        ("na_allowed: true", "na_allowed: false"),
        ("Kunt u een voorbeeld noemen?", "Hoe weet u dat?"),
        ("Geen gegevens van cliënten.", "Geen namen."),
        ("norms: [V2, D2]", "norms: [D2, V2]"),
    ]:
        assert written in SMALL
        assert mark(SMALL.replace(written, instead)) != mark(SMALL), written


@pytest.mark.slow
def test_no_damage_to_a_file_makes_the_checking_itself_fall_over():
    chance = random.Random(2026)
    lines = SMALL.splitlines()
    values = [
        "null",
        "[]",
        "{}",
        "[[1]]",
        "{code: x}",
        "true",
        "-1",
        "'x'",
        "2026-01-01",
        "~",
        "!!set {}",
    ]
    for _ in range(400):
        torn = list(lines)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(torn))
            if chance.random() < 0.4:
                torn[at] = torn[at].partition(":")[0] + ": " + chance.choice(values)
            elif chance.random() < 0.5:
                del torn[at]
            else:
                torn[at] = " " * chance.randint(0, 14) + torn[at].strip()

        file, defects = check("\n".join(torn))

        assert (file is None) == bool(defects)
