"""The library of evidence, through the client."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from labels.assessments import actions as assessments
from labels.evidence import actions
from labels.evidence.models import Evidence
from tests.makers import make_assessment, make_evidence, make_person


def url(name, *args):
    return reverse(f"labels:{name}", args=args)


def text(response):
    return response.content.decode()


def said(kind, **more):
    return {"kind": kind, "key": str(uuid.uuid4()), **more}


@pytest.fixture
def assessment(anna, zonnehof):
    return make_assessment(zonnehof, by=anna, answered=False)


@pytest.fixture
def norm(assessment):
    return assessment.framework.norms.get(code="V1")


@pytest.fixture
def shown(zonnehof, norm, anna):
    return make_evidence(zonnehof, norm, by=anna)


def test_the_library_begins_with_how_to_begin(as_, bas):
    page = text(as_(bas).get(url("evidence")))

    assert "Er is nog geen bewijs" in page
    assert url("add-evidence") in page


def test_the_library_shows_what_there_is_and_for_which_norms(as_, bas, shown):
    page = text(as_(bas).get(url("evidence")))

    assert "Jaarplan" in page
    assert "bij V1" in page
    assert "txt, 18" in page


def test_the_library_can_be_searched(as_, bas, shown):
    client = as_(bas)

    assert "Jaarplan" in text(client.get(url("evidence"), {"zoek": "jaar"}))
    assert "Niets gevonden" in text(client.get(url("evidence"), {"zoek": "xyz\x00"}))


@pytest.mark.parametrize("person", ["chris", "dora", "evert", "ada", "frida"])
def test_evidence_of_an_organisation_does_not_exist_for_others(as_, request, shown, person):
    client = as_(request.getfixturevalue(person))

    assert "Jaarplan" not in text(client.get(url("evidence")))
    assert client.get(url("evidence-item", shown.pk)).status_code == 404
    assert client.get(url("evidence-file", shown.pk)).status_code == 404
    for name in ("cite-evidence", "uncite-evidence", "withdraw-evidence"):
        assert client.post(url(name, shown.pk)).status_code == 404


def test_a_file_comes_as_a_download_and_is_never_shown_in_the_page(as_, bas, shown):
    response = as_(bas).get(url("evidence-file", shown.pk))

    assert response["Content-Disposition"] == 'attachment; filename="jaarplan.txt"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content) == b"Een gewone tekst.\n"


def test_only_a_file_has_a_file(as_, bas, zonnehof, norm):
    seen = actions.add_on_site(zonnehof, by=bas, title="Prikbord", norms=[norm])

    assert as_(bas).get(url("evidence-file", seen.pk)).status_code == 404


def test_a_file_is_added_under_its_own_name(as_, bas, assessment, norm):
    file = SimpleUploadedFile("Scholingsplan 2026.txt", b"Een plan.\n")

    response = as_(bas).post(url("add-evidence"), said("file", file=file, norm=norm.pk))

    made = Evidence.objects.get()
    assert response.url == made.get_absolute_url()
    assert made.title == "Scholingsplan 2026"
    assert list(made.norms.all()) == [norm]


def test_a_file_that_is_not_what_its_name_says_is_refused_beside_the_field(
    as_, bas, assessment, norm
):
    file = SimpleUploadedFile("plan.pdf", b"MZ\x90\x00 geen pdf")

    response = as_(bas).post(
        url("add-evidence"), said("file", file=file, title="Plan", note="Bladzijde 4", norm=norm.pk)
    )

    assert response.context["form"].errors["file"]
    assert "Bladzijde 4" in text(response)
    assert not Evidence.objects.exists()


def test_an_empty_file_is_said_to_be_empty(as_, bas, assessment):
    response = as_(bas).post(
        url("add-evidence"), said("file", file=SimpleUploadedFile("leeg.txt", b""))
    )

    assert "Dit bestand is leeg." in text(response)


def test_the_norm_in_the_address_is_chosen_already(as_, bas, assessment, norm):
    page = text(as_(bas).get(url("add-evidence"), {"norm": norm.pk}))

    assert f'<option value="{norm.pk}" selected' in page


def test_the_organisation_is_asked_only_of_who_works_at_two(as_, bas, zonnehof, waterland):
    both = make_person("Rik", (zonnehof, "contributor"), (waterland, "contributor"))

    assert 'name="organisation"' not in text(as_(bas).get(url("add-evidence")))
    assert 'name="organisation"' in text(as_(both).get(url("add-evidence")))
    as_(both).post(
        url("add-evidence"), said("on_site", title="Prikbord", organisation=waterland.pk)
    )
    assert Evidence.objects.get().organisation == waterland


def test_an_organisation_of_others_cannot_be_chosen(as_, zonnehof, waterland, meerpaal):
    both = make_person("Rik", (zonnehof, "contributor"), (waterland, "contributor"))

    as_(both).post(url("add-evidence"), said("on_site", title="Prikbord", organisation=meerpaal.pk))

    assert not Evidence.objects.exists()


def test_a_director_reads_evidence_and_changes_nothing(as_, karin, shown, norm):
    client = as_(karin)

    assert client.get(url("evidence-item", shown.pk)).status_code == 200
    assert client.get(url("add-evidence")).status_code == 403
    for name in ("cite-evidence", "uncite-evidence", "withdraw-evidence"):
        assert client.post(url(name, shown.pk), {"norm": norm.pk}).status_code == 403


def test_evidence_is_laid_with_more_norms_and_taken_away_again(as_, bas, shown, assessment, norm):
    other, client = assessment.framework.norms.get(code="D1"), as_(bas)

    client.post(url("cite-evidence", shown.pk), {"norm": other.pk})
    with_both = set(shown.norms.all())
    client.post(url("uncite-evidence", shown.pk), {"norm": norm.pk})

    assert with_both == {norm, other}
    assert list(shown.norms.all()) == [other]


@pytest.mark.parametrize("key", ["", "onzin", "999999"])
def test_a_norm_that_is_none_is_refused(as_, bas, shown, key):
    client = as_(bas)

    assert client.post(url("cite-evidence", shown.pk), {"norm": key}).status_code == 422
    assert client.post(url("uncite-evidence", shown.pk), {"norm": key}).status_code == 404


def test_who_brought_it_and_the_coordinator_may_withdraw_it(as_, anna, bas, zonnehof, norm):
    of_anna = make_evidence(zonnehof, norm, by=anna)
    of_bas = make_evidence(zonnehof, norm, by=bas)

    assert as_(bas).post(url("withdraw-evidence", of_anna.pk)).status_code == 403
    assert as_(bas).post(url("withdraw-evidence", of_bas.pk)).status_code == 302
    assert as_(anna).post(url("withdraw-evidence", of_anna.pk)).status_code == 302
    assert not Evidence.objects.standing().exists()


def test_what_was_withdrawn_is_gone_from_the_library_and_stays_in_the_frozen_copy(
    as_, anna, zonnehof
):
    assessment = make_assessment(zonnehof, by=anna)
    shown = make_evidence(zonnehof, assessment.framework.norms.get(code="V1"), by=anna)
    assessments.submit(assessment, by=anna)
    client = as_(anna)

    client.post(url("withdraw-evidence", shown.pk), follow=True)

    assert "Jaarplan" not in text(client.get(url("evidence")))
    assert "Dit bewijs is ingetrokken" in text(client.get(url("evidence-item", shown.pk)))
    assert "Jaarplan" in text(client.get(url("frozen", assessment.pk)))
    response = client.get(url("evidence-file", shown.pk))
    assert b"".join(response.streaming_content) == b"Een gewone tekst.\n"


@pytest.mark.parametrize("person", ["anna", "bas", "karin", "dora"])
def test_lists_and_pages_ask_as_much_for_one_as_for_thirty(
    as_, request, anna, zonnehof, assessment, person, connection_queries
):
    client = as_(request.getfixturevalue(person))
    norms = list(assessment.framework.norms.all())
    pages = [url("evidence")]
    if person != "dora":
        pages.append(url("answer-norm", assessment.pk, "V1"))
        pages.append(assessment.get_absolute_url())
    counts = []
    for number in range(1, 31):
        shown = actions.add_on_site(zonnehof, by=anna, title=f"Stuk {number}", norms=norms)
        if number in {1, 3, 30}:
            item = [url("evidence-item", shown.pk)] if person != "dora" else []
            counts.append([connection_queries(client, page) for page in pages + item])

    assert counts[0] == counts[1] == counts[2]
