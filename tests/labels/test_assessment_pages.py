"""The pages of the self-assessment, through the client."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from labels.assessments import actions
from labels.assessments.models import Assessment, Reading
from labels.evidence.models import Evidence
from tests.makers import (
    answer,
    make_assessment,
    make_evidence,
    make_framework,
    make_organisation,
    make_person,
)


def url(name, *args):
    return reverse(f"labels:{name}", args=args)


def text(response):
    return response.content.decode()


@pytest.fixture
def assessment(anna, zonnehof):
    return make_assessment(zonnehof, by=anna, answered=False)


@pytest.fixture
def submitted(anna, zonnehof):
    return make_assessment(zonnehof, by=anna, submitted=True)


def written(score="met", explanation="Wij oefenen elke week.", version=0, **more):
    return {"score": score, "explanation": explanation, "version": version, **more}


# The list, and beginning


def test_a_coordinator_begins_a_self_assessment_from_the_list(as_, anna, zonnehof, framework):
    client = as_(anna)
    page = client.get(url("assessments"))
    ids = {"organisation": zonnehof.pk, "framework": framework.pk}

    response = client.post(url("start-assessment"), ids)

    assert "Begin met de zelfevaluatie" in text(page)
    made = Assessment.objects.get()
    assert response.url == made.get_absolute_url()
    assert made.answers.count() == 4


def test_beginning_twice_gives_the_same_self_assessment(as_, anna, zonnehof, framework):
    client, ids = as_(anna), {"organisation": zonnehof.pk, "framework": framework.pk}

    client.post(url("start-assessment"), ids)
    client.post(url("start-assessment"), ids)

    assert Assessment.objects.count() == 1


def test_a_colleague_sees_that_there_is_none_and_may_not_begin_one(as_, bas, zonnehof, framework):
    client = as_(bas)

    page = client.get(url("assessments"))
    response = client.post(
        url("start-assessment"), {"organisation": zonnehof.pk, "framework": framework.pk}
    )

    assert "Begin met de zelfevaluatie" not in text(page)
    assert response.status_code == 403


@pytest.mark.parametrize("organisation", ["", "onzin", "999999"])
def test_an_organisation_that_one_does_not_belong_to_does_not_exist(
    as_, anna, framework, waterland, organisation
):
    for key in (organisation, waterland.pk):
        ids = {"organisation": key, "framework": framework.pk}
        assert as_(anna).post(url("start-assessment"), ids).status_code == 404


def test_a_certifying_body_is_not_asked_to_begin(as_, keurkompas, framework):
    somebody = make_person("Rik", (keurkompas, "coordinator"))

    assert "Begin met de zelfevaluatie" not in text(as_(somebody).get(url("assessments")))


def test_the_list_is_grouped_by_organisation_for_somebody_who_works_at_two(
    as_, zonnehof, waterland, framework
):
    somebody = make_person("Rik", (zonnehof, "coordinator"), (waterland, "coordinator"))
    for place in (zonnehof, waterland):
        make_assessment(place, by=somebody, answered=False)

    page = text(as_(somebody).get(url("assessments")))

    assert page.count(f'id="organisatie-{zonnehof.pk}"') == 1
    assert page.count(f'id="organisatie-{waterland.pk}"') == 1


# The overview


def test_the_overview_says_what_is_still_missing_and_links_to_it(as_, anna, assessment):
    answer(assessment, "V1", by=anna)
    answer(assessment, "V2", by=anna, explanation="")

    page = text(as_(anna).get(assessment.get_absolute_url()))

    assert "3 normen" in page
    assert "nog geen toelichting" in page
    assert "nog geen oordeel en toelichting" in page
    assert page.count(url("answer-norm", assessment.pk, "D1")) >= 2
    assert "Verder met V2" in page
    assert "telt nooit mee" in page


def test_the_overview_says_who_wrote_last(as_, anna, bas, assessment):
    answer(assessment, "D1", by=bas)

    page = text(as_(anna).get(assessment.get_absolute_url()))

    assert "<strong>Bas</strong> schreef bij" in page


def test_only_when_all_is_ready_the_coordinator_sees_the_button(as_, anna, bas, assessment):
    half = text(as_(anna).get(assessment.get_absolute_url()))
    for code in ("V1", "V2", "D1", "B1"):
        answer(assessment, code, by=anna)

    whole = text(as_(anna).get(assessment.get_absolute_url()))
    of_bas = text(as_(bas).get(assessment.get_absolute_url()))

    assert "Indienen bij de toetsers" not in half
    assert "Indienen bij de toetsers" in whole
    assert "Indienen bij de toetsers" not in of_bas


def test_handing_in_twice_hands_in_once(as_, anna, zonnehof):
    assessment = make_assessment(zonnehof, by=anna)
    client = as_(anna)

    first = client.post(url("submit-assessment", assessment.pk), follow=True)
    client.post(url("submit-assessment", assessment.pk))

    assert "De zelfevaluatie is ingediend. Mooi werk!" in text(first)
    assert assessment.frozen_copies.count() == 1


def test_an_unfinished_one_is_refused_with_the_reason(as_, anna, assessment):
    response = as_(anna).post(url("submit-assessment", assessment.pk), follow=True)

    assert "Nog niet compleet: 4 normen hebben nog geen oordeel of toelichting." in text(response)


def test_a_colleague_and_a_director_may_not_hand_in(as_, anna, bas, karin, zonnehof):
    assessment = make_assessment(zonnehof, by=anna)

    for person in (bas, karin):
        assert as_(person).post(url("submit-assessment", assessment.pk)).status_code == 403


def test_opening_takes_at_most_twelve_queries_however_many_norms(
    as_, anna, zonnehof, waterland, connection_queries
):
    small = make_assessment(zonnehof, by=anna)
    layout = [(f"V{n}", "V", f"V{n % 7}") for n in range(1, 99)]
    large = make_assessment(
        zonnehof, by=anna, framework=make_framework("GROOT", layout), answered=False
    )
    client = as_(anna)

    few, many = (connection_queries(client, a.get_absolute_url()) for a in (small, large))

    assert few == many <= 12


# A norm


def test_a_norm_page_asks_one_thing_and_says_who_will_read(as_, bas, assessment):
    page = text(as_(bas).get(url("answer-norm", assessment.pk, "V2")))

    assert "De sociaal werker doet wat V2 vraagt." in page
    assert "<strong>V2</strong> · 2 van 4" in page
    assert "conceptnorm, eigen formulering" in page
    assert "Hoe doe je dat?" in page
    assert "Je eigen oordeel telt nooit mee voor de uitkomst." in page
    assert "Wie leest dit?" in page


def test_saving_keeps_the_answer_and_says_who_saved(as_, bas, assessment):
    here = url("answer-norm", assessment.pk, "V1")
    client = as_(bas)

    response = client.post(here, written())
    page = text(client.get(here))

    assert response.url == here
    assert "door jou" in page
    assert "Wij oefenen elke week." in page
    saved = assessment.answers.get(norm__code="V1")
    assert (saved.score, saved.version, saved.changed_by) == ("met", 1, bas)


def test_saving_may_go_on_to_the_next_norm_and_at_last_to_the_overview(as_, bas, assessment):
    client = as_(bas)

    onward = client.post(url("answer-norm", assessment.pk, "V1"), written(volgende="1"))
    at_last = client.post(url("answer-norm", assessment.pk, "B1"), written(volgende="1"))

    assert onward.url == url("answer-norm", assessment.pk, "V2")
    assert at_last.url == assessment.get_absolute_url()


def test_half_an_answer_may_be_saved_too(as_, bas, assessment):
    as_(bas).post(url("answer-norm", assessment.pk, "V1"), written(score=""))

    assert assessment.answers.get(norm__code="V1").explanation == "Wij oefenen elke week."


def test_lines_of_a_browser_are_the_lines_that_we_keep(as_, bas, anna, assessment):
    answer(assessment, "V1", by=anna, explanation="Een.\nTwee.")

    as_(bas).post(
        url("answer-norm", assessment.pk, "V1"), written(explanation="Een.\r\nTwee.", version=1)
    )

    saved = assessment.answers.get(norm__code="V1")
    assert (saved.version, saved.changed_by) == (1, anna)


def test_an_older_copy_never_overwrites_and_both_texts_are_shown(as_, anna, bas, assessment):
    answer(assessment, "V1", by=anna, explanation="Van Anna.", score="partly_met")
    here = url("answer-norm", assessment.pk, "V1")
    client = as_(bas)

    response = client.post(here, written(explanation="Van Bas."))

    page = text(response)
    assert response.status_code == 409
    assert "Anna bewaarde V1 ook" in page
    assert "Van Anna." in page
    assert "Van Bas." in page
    assert assessment.answers.get(norm__code="V1").explanation == "Van Anna."

    again = client.post(here, written(explanation="Van Bas.", version=1))

    assert again.status_code == 302
    assert assessment.answers.get(norm__code="V1").explanation == "Van Bas."


def test_a_page_that_saves_in_place_is_told_to_show_the_choice(as_, anna, bas, assessment):
    answer(assessment, "V1", by=anna)

    response = as_(bas).post(
        url("answer-norm", assessment.pk, "V1"),
        written(explanation="Van Bas."),
        headers={"HX-Request": "true"},
    )

    assert response.status_code == 409
    assert response["HX-Retarget"] == "#norm"
    assert 'id="norm"' in text(response)


def test_what_was_typed_stays_when_the_assessment_was_handed_in_meanwhile(as_, bas, submitted):
    response = as_(bas).post(
        url("answer-norm", submitted.pk, "V1"), written(explanation="Te laat.", version=1)
    )

    assert response.status_code == 422
    assert "De zelfevaluatie is ingediend; je kunt haar nu niet meer veranderen." in text(response)
    assert "Te laat." in text(response)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("score", "prima", "Selecteer een geldige keuze"),
        ("explanation", "x" * 8001, "hoogstens 8000 tekens"),
        ("version", "", "Laad de pagina opnieuw."),
    ],
)
def test_a_wrong_field_says_so_and_keeps_the_rest(as_, bas, assessment, field, value, message):
    response = as_(bas).post(
        url("answer-norm", assessment.pk, "V1"), {**written(explanation="Blijft."), field: value}
    )

    assert response.status_code == 422
    assert "Dit lukte nog niet" in text(response)
    assert not assessment.answers.exclude(score="").exists()


def test_saving_costs_at_most_eight_queries(as_, bas, assessment, connection_queries):
    client = as_(bas)
    here = url("answer-norm", assessment.pk, "V1")

    saving = connection_queries(client, here, written())
    going_on = connection_queries(client, here, written(score="not_met", version=1, volgende="1"))

    assert saving <= 8
    assert going_on <= 8


def test_a_director_reads_a_norm_and_may_not_write(as_, karin, assessment):
    client = as_(karin)

    page = client.get(url("answer-norm", assessment.pk, "V1"))
    response = client.post(url("answer-norm", assessment.pk, "V1"), written())

    assert "Bewaren" not in text(page)
    assert response.status_code == 403


def test_an_answer_that_was_handed_in_is_read_only(as_, anna, submitted):
    page = text(as_(anna).get(url("answer-norm", submitted.pk, "V1")))

    assert "Antwoorden kunnen nu niet veranderen." in page
    assert "Bewaren" not in page


def test_a_norm_that_does_not_exist_is_not_found(as_, anna, assessment):
    assert as_(anna).get(url("answer-norm", assessment.pk, "V99")).status_code == 404


# Evidence beside an answer


def file_of(name="plan.txt", content=b"Een plan.\n"):
    return SimpleUploadedFile(name, content)


def proof(kind, **more):
    key = "6b3a9c0e-5b6f-4c11-9d0d-3d7c2a1f0b11"
    fields = {"kind": kind, "key": key, **more}
    return {f"bewijs-{name}": value for name, value in fields.items()}


def test_evidence_is_added_without_losing_the_answer(as_, bas, assessment):
    here = url("answer-norm", assessment.pk, "V1")

    response = as_(bas).post(
        here, written(bewijs="1", **proof("file", title="Scholingsplan", file=file_of()))
    )

    assert response.url == f"{here}#bewijs"
    evidence = Evidence.objects.get()
    assert [norm.code for norm in evidence.norms.all()] == ["V1"]
    assert (evidence.title, evidence.added_by) == ("Scholingsplan", bas)
    assert assessment.answers.get(norm__code="V1").explanation == "Wij oefenen elke week."


def test_evidence_that_was_begun_is_added_by_every_button(as_, bas, assessment):
    as_(bas).post(
        url("answer-norm", assessment.pk, "V1"),
        written(volgende="1", **proof("link", url="www.voorbeeld.nl/plan")),
    )

    evidence = Evidence.objects.get()
    assert (evidence.title, evidence.url) == (
        "voorbeeld.nl/plan",
        "https://www.voorbeeld.nl/plan",
    )


def test_evidence_sent_twice_is_added_once(as_, bas, assessment):
    client, here = as_(bas), url("answer-norm", assessment.pk, "V1")

    for _ in range(2):
        client.post(here, written(bewijs="1", **proof("on_site", title="Prikbord")))

    assert Evidence.objects.count() == 1


def test_a_form_that_says_something_else_the_second_time_is_not_dropped(as_, bas, assessment):
    client, here = as_(bas), url("answer-norm", assessment.pk, "V1")
    client.post(here, written(bewijs="1", **proof("on_site", title="Prikbord")))

    response = client.post(
        here, written(version=1, bewijs="1", **proof("on_site", title="Koffiehoek"))
    )

    assert "al een keer bewaard, als “Prikbord”" in text(response)
    assert "Koffiehoek" in text(response)
    key = response.context["proof"]["key"].value()
    client.post(
        here,
        written(
            version=1, bewijs="1", **{**proof("on_site", title="Koffiehoek"), "bewijs-key": key}
        ),
    )
    assert set(Evidence.objects.values_list("title", flat=True)) == {"Prikbord", "Koffiehoek"}


def test_evidence_from_the_library_is_laid_with_the_norm(as_, bas, assessment):
    norm = assessment.framework.norms.get(code="D1")
    known = make_evidence(assessment.organisation, norm, by=bas)

    as_(bas).post(
        url("answer-norm", assessment.pk, "V1"),
        written(bewijs="1", **proof("library", known=known.pk)),
    )

    assert {norm.code for norm in known.norms.all()} == {"D1", "V1"}


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        (proof("file"), "Kies een bestand."),
        (proof("link", title="Zonder adres"), "Vul het adres van de pagina in."),
        (proof("link", url="geen adres"), "Dit is geen adres."),
        (proof("on_site", note="Alleen dit"), "Schrijf op wat er ter plekke te zien"),
        (proof("library"), "Kies een bewijsstuk uit de lijst."),
        (proof("library", known="999999"), "Selecteer een geldige keuze"),
    ],
)
def test_evidence_that_is_not_complete_says_what_is_missing(as_, bas, assessment, sent, message):
    response = as_(bas).post(
        url("answer-norm", assessment.pk, "V1"), written(explanation="Blijft.", bewijs="1", **sent)
    )

    assert response.status_code == 422
    assert message in text(response)
    assert "Blijft." in text(response)
    assert not Evidence.objects.exists()


def test_a_file_that_is_too_big_says_so_beside_the_field(as_, bas, assessment, settings):
    settings.UPLOAD_LIMIT = 1000

    response = as_(bas).post(
        url("answer-norm", assessment.pk, "V1"),
        written(
            explanation="Blijft.", bewijs="1", **proof("file", file=file_of(content=b"x" * 1001))
        ),
    )

    assert response.context["proof"].errors["file"][0].startswith("Dit bestand is")
    assert "Blijft." in text(response)


def test_evidence_of_another_organisation_cannot_be_laid_with_a_norm(
    as_, bas, assessment, waterland
):
    other = make_person("Rik", (waterland, "coordinator"))
    norm = assessment.framework.norms.get(code="D1")
    theirs = make_evidence(waterland, norm, by=other, title="Geheim stuk")

    response = as_(bas).post(
        url("answer-norm", assessment.pk, "V1"),
        written(bewijs="1", **proof("library", known=theirs.pk)),
    )

    assert response.status_code == 422
    assert "Geheim stuk" not in text(response)
    assert theirs.norms.count() == 1


# Summary and scope


def test_the_summary_and_the_scope_are_kept(as_, anna, assessment):
    here = url("describe-assessment", assessment.pk)

    response = as_(anna).post(
        here,
        {
            "summary": "Wij zijn Zonnehof.",
            "whole": "no",
            "work_types": ["opbouwwerk", "jongerenwerk"],
            "municipalities": "Amersfoort\r\nLeusden\r\n",
            "version": 0,
        },
    )

    assert response.url == assessment.get_absolute_url()
    page = text(as_(anna).get(assessment.get_absolute_url()))
    assert "Wij zijn Zonnehof." in page
    assert "Opbouwwerk en buurtwerk in Amersfoort, Leusden" in page
    assert assessment.scopes.count() == 4


def test_the_whole_organisation_counts_unless_one_says_otherwise(as_, anna, assessment):
    as_(anna).post(
        url("describe-assessment", assessment.pk),
        {"summary": "", "whole": "yes", "municipalities": "", "version": 0},
    )

    assert not assessment.scopes.exists()


def test_a_part_needs_work_and_a_place(as_, anna, assessment):
    response = as_(anna).post(
        url("describe-assessment", assessment.pk),
        {"summary": "Blijft.", "whole": "no", "municipalities": "", "version": 0},
    )

    assert "Kies minstens één soort werk." in text(response)
    assert "Noem minstens één gemeente." in text(response)
    assert "Blijft." in text(response)


def test_two_summaries_at_once_are_shown_beside_each_other(as_, anna, bas, assessment):
    actions.describe(assessment, by=bas, summary="Van Bas.", scopes=set())
    here = url("describe-assessment", assessment.pk)
    sent = {"summary": "Van Anna.", "whole": "yes", "version": 0}

    response = as_(anna).post(here, sent)

    assert response.status_code == 409
    assert "Van Bas." in text(response)
    assert "Van Anna." in text(response)
    again = as_(anna).post(here, {**sent, "version": response.context["form"]["version"].value()})
    assert again.status_code == 302


# Staff


def test_staff_sees_where_it_stands_and_none_of_its_words(as_, dora, evert, submitted):
    for person in (dora, evert):
        page = text(as_(person).get(submitted.get_absolute_url()))
        assert "Ingediend op" in page
        assert "Zo doen wij dat." not in page
        assert as_(person).get(url("answer-norm", submitted.pk, "V1")).status_code == 404


def test_staff_says_why_before_reading_and_the_organisation_sees_it(as_, anna, dora, submitted):
    client = as_(dora)

    sent_away = client.get(url("frozen", submitted.pk))
    client.post(url("read-along", submitted.pk), {"reason": "Een vraag van het toetsteam."})
    read = client.get(url("frozen", submitted.pk))

    assert sent_away.url == url("read-along", submitted.pk)
    assert "Zo doen wij dat." in text(read)
    page = text(as_(anna).get(submitted.get_absolute_url()))
    assert "Wie las mee" in page
    assert "<strong>Dora</strong>: Een vraag van het toetsteam." in page


def test_a_reason_sent_twice_is_one_reading(as_, dora, submitted):
    for _ in range(2):
        as_(dora).post(url("read-along", submitted.pk), {"reason": "Een vraag."})

    assert Reading.objects.count() == 1


def test_after_eight_hours_a_reason_is_asked_again(as_, dora, submitted):
    actions.read_along(submitted, by=dora, reason="Een vraag.")
    Reading.objects.update(at=timezone.now() - timezone.timedelta(hours=8, minutes=1))

    assert as_(dora).get(url("frozen", submitted.pk)).status_code == 302


def test_reading_without_a_reason_is_not_reading(as_, dora, submitted):
    response = as_(dora).post(url("read-along", submitted.pk), {"reason": "  "})

    assert response.status_code == 200
    assert "Dit veld is verplicht" in text(response)
    assert not Reading.objects.exists()


def test_a_file_is_open_to_staff_only_while_they_read_the_copy_that_shows_it(
    as_, anna, dora, zonnehof
):
    assessment = make_assessment(zonnehof, by=anna)
    norm = assessment.framework.norms.get(code="V1")
    shown = make_evidence(zonnehof, norm, by=anna)
    actions.submit(assessment, by=anna)
    later = make_evidence(zonnehof, norm, by=anna, title="Van daarna")
    client = as_(dora)

    before = client.get(url("evidence-file", shown.pk)).status_code
    actions.read_along(assessment, by=dora, reason="Een vraag.")
    response = client.get(url("evidence-file", shown.pk))

    assert before == 404
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert b"".join(response.streaming_content) == b"Een gewone tekst.\n"
    assert client.get(url("evidence-file", later.pk)).status_code == 404


def test_the_bureau_gives_back_with_a_reason_that_the_organisation_reads(
    as_, anna, dora, submitted
):
    response = as_(dora).post(
        url("give-back-assessment", submitted.pk), {"reason": "Norm D1 is nog leeg."}, follow=True
    )

    assert "Teruggelegd." in text(response)
    page = text(as_(anna).get(submitted.get_absolute_url()))
    assert "Norm D1 is nog leeg." in page
    assert as_(dora).get(submitted.get_absolute_url()).status_code == 404


def test_giving_back_without_a_reason_asks_for_one(as_, dora, submitted):
    response = as_(dora).post(url("give-back-assessment", submitted.pk), {"reason": ""})

    assert response.status_code == 422
    submitted.refresh_from_db()
    assert submitted.state == "submitted"


def test_the_committee_and_the_organisation_may_not_give_back(as_, anna, evert, submitted):
    for person in (anna, evert):
        here = url("give-back-assessment", submitted.pk)
        assert as_(person).post(here, {"reason": "x"}).status_code == 403


def test_whoever_works_there_too_never_looks_as_staff(as_, zonnehof, submitted):
    both = make_person("Rik", (None, "bureau"), (zonnehof, "contributor"))

    assert as_(both).get(submitted.get_absolute_url()).status_code == 200
    assert as_(both).get(url("read-along", submitted.pk)).status_code == 404
    here = url("give-back-assessment", submitted.pk)
    assert as_(both).post(here, {"reason": "x"}).status_code == 404


def test_a_draft_does_not_exist_for_others(as_, assessment, chris, pieter, dora, evert, ada, frida):
    pages = ["assessment", "describe-assessment", "read-along", "frozen", "outcome"]
    for person in (chris, pieter, dora, evert, ada, frida):
        client = as_(person)
        for name in pages:
            assert client.get(url(name, assessment.pk)).status_code == 404, (person, name)
        here = url("answer-norm", assessment.pk, "V1")
        assert client.get(here).status_code == 404
        assert client.post(here, written()).status_code == 404


def test_the_frozen_copy_says_what_was_said_then(as_, anna, submitted):
    actions.give_back(submitted, by=anna, reason="Nog iets.")
    answer(submitted, "V1", by=anna, explanation="Later geschreven.", version=1)

    page = text(as_(anna).get(url("frozen", submitted.pk)))

    assert "Zo doen wij dat." in page
    assert "Later geschreven." not in page


def test_without_a_frozen_copy_there_is_nothing_to_read(as_, anna, assessment):
    assert as_(anna).get(url("frozen", assessment.pk)).status_code == 404


# The same number of queries for few and for many


@pytest.mark.parametrize("role", ["anna", "dora", "evert"])
def test_the_list_asks_as_much_for_one_as_for_thirty(
    as_, request, framework, zonnehof, role, connection_queries
):
    own = role == "anna"
    somebody = request.getfixturevalue(role)
    counts = []
    for number in range(1, 31):
        if own:
            places = [make_organisation(f"Plaats {n}") for n in range(number)]
            somebody = make_person(f"Rik {number}", *[(p, "coordinator") for p in places])
        make_assessment(
            make_organisation(f"Plaats {number - 1}"),
            by=somebody,
            answered=False,
            submitted=not own,
        )
        if number in {1, 3, 30}:
            counts.append(connection_queries(as_(somebody), url("assessments")))

    assert len(set(counts)) == 1


@pytest.mark.parametrize("role", ["anna", "bas", "karin", "dora", "evert"])
def test_the_pages_of_one_ask_as_much_after_one_reading_as_after_thirty(
    as_, request, dora, evert, submitted, role, connection_queries
):
    client, counts = as_(request.getfixturevalue(role)), []
    for person in (dora, evert):
        actions.read_along(submitted, by=person, reason="Om te beginnen.")
    for number in range(1, 31):
        actions.read_along(submitted, by=dora, reason=f"Vraag {number}.")
        if number in {1, 3, 30}:
            pages = [submitted.get_absolute_url(), url("frozen", submitted.pk)]
            counts.append([connection_queries(client, page) for page in pages])

    assert counts[0] == counts[1] == counts[2]
