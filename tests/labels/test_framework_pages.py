"""The norms and what taking part means, as anybody reads them."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape
from pytest_django.asserts import assertContains, assertNotContains, assertTemplateUsed

from labels.frameworks import actions
from labels.frameworks.models import Framework
from tests.makers_framework import SMALL, load_concept_framework, small_framework

pytestmark = pytest.mark.django_db
NORMS, JOIN = "/normen/", "/meedoen/"
CONCEPT = "conceptnorm, eigen formulering"
READERS = ["nobody", "anna", "chris", "dora", "frida"]


@pytest.fixture
def read(request, client):
    """``read("anna", url)``: a page as this person gets it, and the number of queries it took."""

    def read(who, url):
        if who != "nobody":
            client.force_login(request.getfixturevalue(who))
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url)
        return response, len(queries)

    return read


def text_of(response):
    """What a page says, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def title(number):
    """A framework without norms, for old certificates."""
    return Framework.objects.create(
        code=f"OUD-{number}",
        title=f"Kader {number}",
        valid_from=date(2000, 1, 1),
        valid_until=date(2000, 12, 31),
        digest=str(number),
    )


def test_the_addresses_of_the_norms_are_plain():
    assert reverse("labels:frameworks") == NORMS
    assert reverse("labels:framework", args=["SSW-3.0"]) == "/normen/SSW-3.0/"
    assert reverse("labels:norm", args=["KLEIN-2026", "V1"]) == "/normen/KLEIN-2026/V1/"
    assert reverse("labels:join") == JOIN


def test_the_list_shows_what_is_in_force_first_and_old_titles_below(client):
    load_concept_framework()

    response = client.get(NORMS)

    assert [framework.code for framework in response.context["current"]] == ["SSW-2019-CONCEPT"]
    assert [framework.code for framework in response.context["others"]] == ["KSW-2017"]
    assertContains(response, "gold van 30 november 2016 tot en met 31 december 2019")
    assertContains(response, CONCEPT, count=1)


def test_a_framework_that_has_yet_to_begin_is_announced_as_such(client):
    actions.publish(SMALL.replace("2026-01-01", "2099-01-01"))

    response = client.get(NORMS)

    assertContains(response, "geldt vanaf 1 januari 2099")
    assertContains(response, "Er geldt nu geen normenkader")


def test_without_any_framework_the_pages_say_what_will_come(client):
    assertContains(client.get(NORMS), "Er geldt nu geen normenkader")
    assertContains(client.get(JOIN), "Aanmelden kan nu niet")
    assertContains(
        client.get(JOIN, {"wish": "learn", "fte": "4", "before": "never"}), "Aanmelden kan nu niet"
    )


def test_a_framework_shows_its_groups_its_clusters_and_every_norm(client):
    framework = load_concept_framework()

    response = client.get(framework.get_absolute_url())

    for norm in framework.norms.all():
        assertContains(response, f'href="/normen/{framework.code}/{norm.code}/"')
        assertContains(response, escape(norm.statement))
    for theme in framework.themes.all():
        assertContains(response, theme.value)
    for cluster in framework.clusters.all():
        assertContains(response, cluster.title)


def test_a_concept_says_so_at_the_framework_and_at_every_norm(client):
    framework = load_concept_framework()

    response = client.get(framework.get_absolute_url())

    assertContains(response, CONCEPT, count=1 + 49)
    assertContains(response, framework.notice)
    assertContains(client.get(f"{framework.get_absolute_url()}B19/"), CONCEPT, count=1)


def test_official_texts_carry_no_such_mark(client):
    text = SMALL.replace("status: concept", "status: vastgesteld")
    actions.publish(text.replace("certainty: inferred", "certainty: official"))

    for url in (NORMS, "/normen/KLEIN-2026/", "/normen/KLEIN-2026/V1/"):
        assertNotContains(client.get(url), CONCEPT)


def test_a_title_shows_how_it_was_built_and_that_its_text_is_not_here(client):
    load_concept_framework()

    response = client.get("/normen/KSW-2017/")

    assertContains(response, "Dit kader telde 52 normen. De tekst ervan staat niet op deze site.")
    assertContains(response, "20 normen")
    assertNotContains(response, CONCEPT)


@pytest.mark.parametrize(
    "url",
    [
        "/normen/SSW-3.0/",
        "/normen/WEG/",
        "/normen/SSW-2019-CONCEPT/X1/",
        "/normen/KSW-2017/V1/",
        "/normen/a%00b/",
        "/normen/SSW-2019-CONCEPT/V%001/",
    ],
)
def test_what_is_not_there_is_not_found(client, url):
    load_concept_framework()

    assert client.get(url).status_code == 404


def test_a_norm_shows_its_questions_for_each_group_that_one_speaks_with(client):
    small_framework()

    response = client.get("/normen/KLEIN-2026/V1/")

    assert response.context["norm"].questions_by_group() == [
        ("Sociaal werkers", ["Hoe kom je achter de vraag?", "Hoe ging het eerste gesprek?"]),
        ("Inwoners", ["Hoe ging het eerste gesprek?"]),
    ]
    said = text_of(response)
    assert said.index("Sociaal werkers") < said.index("Inwoners")
    assertContains(response, "Kunt u een voorbeeld noemen?")
    assertContains(response, '<details class="fold">')


def test_a_norm_shows_evidence_competences_and_accents(client):
    small_framework()

    said = text_of(client.get("/normen/KLEIN-2026/V2/"))

    assert "Een planning" in said
    assert "Versterkt eigen kracht en zelfregie" in said
    assert "Jongerenwerk Denk aan de straat." in said
    assert "Klein: minder dan 10 fte Samen met een ander team telt ook." in said


def test_a_norm_says_what_is_particular_about_it(client):
    small_framework()

    assertContains(client.get("/normen/KLEIN-2026/V1/"), "Een kernnorm geldt voor elke organisatie")
    assertContains(client.get("/normen/KLEIN-2026/D1/"), "‘niet van toepassing’")
    assertNotContains(client.get("/normen/KLEIN-2026/D2/"), "kernnorm")


@pytest.mark.parametrize(
    ("code", "number", "previous", "following"),
    [("V1", 1, None, "V2"), ("V2", 2, "V1", "D1"), ("D2", 4, "D1", None)],
)
def test_a_norm_leads_to_the_one_before_and_the_one_after(
    client, code, number, previous, following
):
    small_framework()

    context = client.get(f"/normen/KLEIN-2026/{code}/").context

    assert (context["number"], context["many"]) == (number, 4)
    assert getattr(context["previous"], "code", None) == previous
    assert getattr(context["next"], "code", None) == following


def test_the_form_asks_three_questions_and_answers_nothing_yet(client):
    load_concept_framework()

    response = client.get(JOIN)

    assert list(response.context["form"].fields) == ["wish", "fte", "before"]
    assertNotContains(response, "Dit past bij u")
    assertContains(response, "Intercollegiale adviesmeting")
    assertNotContains(response, "Dit lukte nog niet")


@pytest.mark.parametrize(
    ("wish", "route", "certificate"),
    [
        ("learn", "intercollegiale adviesmeting", False),
        ("certificate", "externe audit", True),
        ("both", "combinatietoets", True),
    ],
)
def test_the_answers_lead_to_the_route_that_fits(client, wish, route, certificate):
    load_concept_framework()

    said = text_of(client.get(JOIN, {"wish": wish, "fte": "24", "before": "never"}))

    assert f"Dit past bij u: {route}" in said
    assert ("U krijgt ook een certificaat." in said) is certificate
    assert ("De beheercommissie besluit over het label." in said) is certificate
    assert "Dit is een schatting van ons, geen officieel getal." in said


def test_the_answer_shows_the_hours_and_what_they_rest_on(client):
    load_concept_framework()

    response = client.get(JOIN, {"wish": "learn", "fte": "7,5", "before": "never"})

    assertContains(response, "<strong>80 tot 140 uur</strong>")
    assertContains(response, "49 normen, per norm 1 persoon, 30 minuten per persoon.")


def test_the_answer_leads_to_a_mail_that_is_already_begun(client, settings):
    settings.STERK_CONTACT = "bureau@label.example"
    load_concept_framework()

    response = client.get(JOIN, {"wish": "learn", "fte": "24", "before": "valid"})

    assertContains(
        response,
        'href="mailto:bureau@label.example?subject=Aanmelden%20voor%20het%20kwaliteitslabel%3A%20'
        "Intercollegiale%20adviesmeting&amp;body=Wij%20willen%20meedoen.",
    )
    assertContains(response, "Begin een half jaar voordat het verloopt")


@pytest.mark.parametrize(
    ("answers", "field", "said"),
    [
        ({"fte": "24", "before": "never"}, "wish", "Dit veld is verplicht."),
        ({"wish": "learn", "before": "never"}, "fte", "Dit veld is verplicht."),
        (
            {"wish": "learn", "fte": "veel", "before": "never"},
            "fte",
            "Vul een getal in, bijvoorbeeld 24 of 7,5.",
        ),
        (
            {"wish": "learn", "fte": "-1", "before": "never"},
            "fte",
            "Zorg ervoor dat deze waarde minstens 0 is.",
        ),
        (
            {"wish": "taart", "fte": "24", "before": "never"},
            "wish",
            "Selecteer een geldige keuze. taart is geen beschikbare keuze.",
        ),
    ],
)
def test_a_wrong_answer_is_told_beside_its_question_and_the_rest_stays(
    client, answers, field, said
):
    load_concept_framework()

    response = client.get(JOIN, answers)

    assert response.status_code == 200
    assert response.context["form"].errors == {field: [said]}
    assertNotContains(response, "Dit past bij u")
    assertContains(response, "checked")
    if answers.get("fte"):
        assertContains(response, f'value="{answers["fte"]}"')


@pytest.mark.parametrize(
    ("typed", "fte"), [("7,5", "7.5"), ("7.5", "7.5"), ("1.200", "1200"), (" 24 ", "24")]
)
def test_a_size_is_understood_as_people_here_write_it(client, typed, fte):
    load_concept_framework()

    response = client.get(JOIN, {"wish": "learn", "fte": typed, "before": "never"})

    assert str(response.context["form"].cleaned_data["fte"]) == fte


def test_an_address_with_other_people_s_marks_on_it_is_no_answer(client):
    load_concept_framework()

    assertNotContains(client.get(JOIN, {"utm_source": "nieuwsbrief"}), "Dit lukte nog niet")


@pytest.mark.parametrize("url", [NORMS, "/normen/KLEIN-2026/", "/normen/KLEIN-2026/V1/", JOIN])
def test_these_pages_are_for_reading_only(client, url):
    small_framework()

    assert client.post(url).status_code == 405


@pytest.mark.parametrize("who", READERS)
def test_everybody_reads_the_same_pages(read, who):
    small_framework()

    for url, template in [
        (NORMS, "labels/frameworks.html"),
        ("/normen/KLEIN-2026/", "labels/framework.html"),
        ("/normen/KLEIN-2026/V1/", "labels/framework_norm.html"),
        (JOIN, "labels/framework_join.html"),
    ]:
        response, _ = read(who, url)
        assert response.status_code == 200
        assertTemplateUsed(response, template)


@pytest.mark.parametrize("who", READERS)
def test_the_list_asks_as_many_queries_for_1_3_and_30_titles(read, who):
    small_framework()
    asked = []
    for number in range(30):
        title(number)
        if number + 1 in (1, 3, 30):
            asked.append(read(who, NORMS)[1])

    assert len(set(asked)) == 1, asked


@pytest.mark.parametrize("who", READERS)
def test_the_pages_of_a_framework_ask_as_many_queries_for_4_norms_as_for_49(read, who):
    small, large = small_framework(), load_concept_framework()
    read(who, NORMS)

    for rest, most in [("", 6), ("V1/", 3)]:
        asked = [read(who, f"{each.get_absolute_url()}{rest}")[1] for each in (small, large)]
        assert asked[0] == asked[1]
        if who == "nobody":
            assert asked[0] == most


def test_the_form_asks_two_queries(read):
    load_concept_framework()

    assert read("nobody", f"{JOIN}?wish=both&fte=24&before=never")[1] == 2
