"""Publishing a norm set: whole or not at all, once, and for ever."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from labels.frameworks import actions
from labels.frameworks.models import Cluster, Competence, Framework, Lens, Norm, Route, Theme
from sterk.lifecycle import Refusal
from sterk.logbook.models import Entry
from tests.makers_framework import CONCEPT, SMALL, load_concept_framework, small_framework

pytestmark = pytest.mark.django_db
ROWS = [Framework, Theme, Cluster, Competence, Norm, Lens, Route, Entry]


def counts():
    """How many rows there are of everything that publishing writes."""
    return [model.objects.count() for model in ROWS]


def test_the_norm_set_of_the_house_comes_in_whole():
    framework = load_concept_framework()

    assert framework.norms.count() == 49
    assert [theme.norms.count() for theme in framework.themes.all()] == [15, 15, 19]
    assert framework.clusters.count() == 10
    assert framework.competences.count() == 10
    assert [route.code for route in framework.routes.order_by("pk")] == [
        "peer",
        "external",
        "combined",
    ]
    assert framework.lenses.get(code="PB").norms.count() == 6
    assert (
        framework.norms.get(code="V1").competences.get().title == "Verheldert vragen en behoeften"
    )


def test_the_norms_keep_the_order_of_the_file_across_the_groups():
    framework = load_concept_framework()

    codes = [norm.code for norm in framework.norms.all()]

    assert codes[:2] == ["V1", "V2"]
    assert codes[14:17] == ["V15", "D1", "D2"]
    assert codes[-1] == "B19"


def test_a_framework_carries_its_own_rules():
    framework = small_framework()

    assert framework.plan_required_for == ["partly_met", "not_met"]
    assert framework.blocking_judgements == ["not_met"]
    assert framework.max_partly_met is None
    assert framework.repair_term_weeks == 12
    assert [step["code"] for step in framework.scale] == ["met", "partly_met", "not_met"]
    assert [size["fte_below"] for size in framework.sizes] == [10, None]
    assert framework.valid_from == date(2026, 1, 1)


def test_a_route_without_a_term_of_its_own_gets_that_of_the_decision_rules():
    framework = small_framework()

    terms = dict(framework.routes.values_list("code", "validity_months"))

    assert terms == {"peer": 24, "external": 36, "combined": 24}


def test_a_norm_carries_its_questions_its_accents_and_its_competences():
    norm = small_framework().norms.get(code="V2")

    assert norm.theme.code == "V"
    assert norm.cluster.code == "VB"
    assert norm.guiding_questions == [{"to": ["professional"], "text": "Wat ging je anders doen?"}]
    assert norm.accents == [
        {"work_type": "jongerenwerk", "text": "Denk aan de straat."},
        {"size": "klein", "text": "Samen met een ander team telt ook."},
    ]
    assert [competence.code for competence in norm.competences.all()] == ["C1", "C2"]


def test_nothing_in_a_concept_is_official_whatever_a_norm_says_of_itself():
    actions.publish(SMALL.replace("certainty: inferred", "certainty: official"))

    framework = Framework.objects.get()

    assert not framework.official
    assert framework.notice == "Eigen formuleringen. Niet vastgesteld."
    assert not framework.norms.filter(official=True).exists()


def test_in_an_adopted_set_a_norm_is_official_where_it_says_so():
    text = SMALL.replace("status: concept", "status: vastgesteld")
    head, _, norms = text.partition("norm_count: 4")
    text = head + "norm_count: 4" + norms.replace("certainty: inferred", "certainty: official", 2)

    actions.publish(text)

    assert Framework.objects.get().official
    assert [norm.code for norm in Norm.objects.filter(official=True)] == ["V1"]


def test_the_second_time_changes_nothing():
    small_framework()
    before = counts()

    assert actions.publish(SMALL) == {"KLEIN-2026": False}

    assert counts() == before


def test_other_words_under_the_same_code_are_refused():
    small_framework()
    before = counts()

    with pytest.raises(Refusal, match=r"^Al gepubliceerd met een andere inhoud: KLEIN-2026\."):
        actions.publish(SMALL.replace("Denk aan de straat.", "Denk aan de stoep."))

    assert counts() == before
    assert Norm.objects.get(code="V2").accents[0]["text"] == "Denk aan de straat."


def test_a_file_in_which_one_framework_is_refused_brings_in_no_other_one_either():
    small_framework()
    new, _, _ = SMALL.partition("frameworks:")
    title = "frameworks:\n  - {code: NIEUW, title: Nieuw, valid_from: null, valid_until: null, norm_count: null, certainty: inferred, themes: []}\n"
    changed = SMALL.partition("frameworks:\n")[2].replace("Klein kader 2026", "Ander kader")

    with pytest.raises(Refusal):
        actions.publish(new + title + changed)

    assert [framework.code for framework in Framework.objects.all()] == ["KLEIN-2026"]


def test_a_text_with_defects_writes_nothing():
    with pytest.raises(actions.Unsound) as unsound:
        actions.publish(SMALL.replace("norm_count: 4", "norm_count: 5"))

    assert str(unsound.value) == "Er zit één fout in dit bestand. Er is niets opgeslagen."
    assert len(unsound.value.defects) == 1
    assert counts() == [0] * len(ROWS)


def test_publishing_leaves_one_line_in_the_logbook(dora):
    actions.publish(SMALL, by=dora)

    entry = Entry.objects.get(deed="framework.publish")
    assert entry.by_name == "Dora"
    assert entry.subject_pk == Framework.objects.get().pk
    assert entry.details["code"] == "KLEIN-2026"


def test_a_title_without_norms_cannot_be_answered():
    load_concept_framework()

    title = Framework.objects.get(code="KSW-2017")

    assert [theme.norm_count for theme in title.themes.all()] == [16, 16, 20]
    assert not title.routes.exists()
    assert title not in Framework.objects.answerable(date(2018, 1, 1))


@pytest.mark.parametrize(
    ("on", "answerable"),
    [(date(2025, 12, 31), 0), (date(2026, 1, 1), 1), (date(2027, 6, 30), 1), (date(2027, 7, 1), 0)],
)
def test_a_framework_can_be_answered_from_its_first_to_its_last_day(on, answerable):
    actions.publish(SMALL.replace("valid_until: null", 'valid_until: "2027-06-30"'))

    assert Framework.objects.answerable(on).count() == answerable


def test_only_a_framework_with_a_date_is_public():
    load_concept_framework()

    public = Framework.objects.public().values_list("code", flat=True)

    assert set(public) == {"KSW-2017", "SSW-2019-CONCEPT"}


def test_publishing_asks_as_many_queries_for_4_norms_as_for_49(django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        load_concept_framework()


def command(path):
    """Run the command; give what it says to the world and to the one who must repair the file."""
    out, err = StringIO(), StringIO()
    try:
        call_command("load_framework", str(path), stdout=out, stderr=err)
    except CommandError as error:
        return out.getvalue(), f"{err.getvalue()}{error}"
    return out.getvalue(), err.getvalue()


def test_the_command_says_what_it_did_and_the_second_time_that_it_did_nothing():
    first, second = command(CONCEPT), command(CONCEPT)

    assert first == (
        "KSW-2017: gepubliceerd\nSSW-2019-CONCEPT: gepubliceerd\nSSW-3.0: gepubliceerd\n",
        "",
    )
    assert second == (
        "KSW-2017: was er al, niets veranderd\n"
        "SSW-2019-CONCEPT: was er al, niets veranderd\n"
        "SSW-3.0: was er al, niets veranderd\n",
        "",
    )


def test_the_command_names_every_defect_and_writes_nothing(tmp_path):
    path = tmp_path / "kader.yaml"
    path.write_text(SMALL.replace("status: concept", "status: af").replace("[C1]", "[C9]"), "utf-8")

    out, err = command(path)

    assert out == ""
    assert err.splitlines() == [
        "regel 3: meta, status: 'af' kan niet; kies uit concept, vastgesteld",
        "regel 83: kader KLEIN-2026, groep V, norm V1, competences 1: competentie 'C9' bestaat niet",
        "Er zitten 2 fouten in dit bestand. Er is niets opgeslagen.",
    ]
    assert counts() == [0] * len(ROWS)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "bestaat niet."),
        (b"a: cli\xebnt", "Dit is geen UTF-8."),
        (b"a: [1", "Dit is geen geldige YAML"),
        (b"", "Het bestand is leeg."),
    ],
)
def test_the_command_says_why_it_cannot_read_a_file(tmp_path, content, said):
    path = tmp_path / "kader.yaml"
    if content is not None:
        path.write_bytes(content)

    out, err = command(path)

    assert out == ""
    assert said in err
    assert err.endswith("Er zit één fout in dit bestand. Er is niets opgeslagen.")


def test_a_refused_file_ends_the_command_with_exit_code_1(tmp_path):
    with pytest.raises(CommandError) as error:
        call_command("load_framework", str(tmp_path / "weg.yaml"), stderr=StringIO())

    assert error.value.returncode == 1


def test_the_command_refuses_other_words_under_a_published_code(tmp_path):
    small_framework()
    path = tmp_path / "kader.yaml"
    path.write_text(SMALL.replace("Denk aan de straat.", "Denk aan de stoep."), "utf-8")

    assert command(path) == (
        "",
        "Al gepubliceerd met een andere inhoud: KLEIN-2026. Een gepubliceerd kader verandert niet meer: "
        "geef het een nieuwe code. Er is niets opgeslagen.",
    )
