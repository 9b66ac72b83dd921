"""The public register: pages, JSON and CSV."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from labels.registrations.models import Registration
from tests.makers import make_assessment, make_organisation

TODAY = timezone.localdate()


def make_registration(anna, number, name="Zonnehof", **facts):
    """A row of the register, for what the pages show of it."""
    organisation = make_organisation(name, place="Amersfoort")
    assessment = make_assessment(organisation, by=anna, answered=False)
    defaults = {
        "route": "peer",
        "public_title": "Intercollegiaal getoetst",
        "public_explanation": "Collega's kwamen kijken.",
        "organisation_name": organisation.name,
        "place": organisation.place,
        "municipality": organisation.municipality,
        "scope": "Jongerenwerk in Amersfoort",
        "valid_from": TODAY - timedelta(days=10),
        "valid_until": TODAY + timedelta(days=700),
    }
    return Registration.objects.create(
        number=number,
        organisation=organisation,
        assessment=assessment,
        framework=assessment.framework,
        **{**defaults, **facts},
    )


@pytest.fixture
def registration(anna):
    return make_registration(anna, "SSW-2026-7KQ4-M9XD")


def test_a_valid_label_is_said_to_be_valid_and_until_when(client, registration):
    page = client.get(registration.get_absolute_url()).content.decode()

    assert "Ja, dit label is geldig" in page
    assert "Collega&#x27;s kwamen kijken." in page


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("suspended", "Nee, dit label is geschorst."),
        ("withdrawn", "Nee, dit label is ingetrokken."),
        ("expired", "Nee, dit label is verlopen."),
    ],
)
def test_a_label_that_is_not_valid_is_said_not_to_be(client, registration, state, words):
    Registration.objects.update(state=state)

    page = client.get(registration.get_absolute_url()).content.decode()

    assert words in page
    assert "Ja, dit label" not in page


def test_a_number_in_small_letters_finds_its_page(client, registration):
    response = client.get("/register/ssw-2026-7kq4-m9xd/")

    assert response.headers["Location"] == "/register/SSW-2026-7KQ4-M9XD/"


def test_a_number_that_does_not_exist_is_not_found(client, registration):
    assert client.get("/register/SSW-2026-AAAA-AAAA/").status_code == 404


@pytest.mark.parametrize(
    "words", ["zonne", "AMERSFOORT", "zonnehof amersfoort", "ssw-2026-7kq4-m9xd"]
)
def test_people_search_by_name_place_or_number(client, registration, words):
    page = client.get(reverse("labels:register"), {"q": words}).content.decode()

    assert "1 gevonden" in page
    assert "Zonnehof" in page


def test_half_a_number_finds_nothing(client, registration):
    page = client.get(reverse("labels:register"), {"q": "SSW-2026-7KQ4"}).content.decode()

    assert "Niets gevonden" in page


def test_an_empty_register_says_what_will_come(client, db):
    assert "nog leeg" in client.get(reverse("labels:register")).content.decode()


def test_the_same_as_json(client, registration):
    answer = client.get("/register.json").json()

    row = answer["registrations"][0]
    assert answer["count"] == 1
    assert row["number"] == "SSW-2026-7KQ4-M9XD"
    assert (row["state"], row["valid_today"]) == ("geldig", True)
    assert row["scope"] == ["Jongerenwerk in Amersfoort"]
    assert row["url"].endswith("/register/SSW-2026-7KQ4-M9XD/")


def test_the_same_as_csv(client, registration):
    response = client.get("/register.csv", {"q": "zonnehof"})

    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row["number"] for row in rows] == ["SSW-2026-7KQ4-M9XD"]
    assert rows[0]["valid_until"] == registration.valid_until.isoformat()


def test_no_cell_is_taken_for_a_formula(client, anna):
    make_registration(anna, "SSW-2026-AAAA-BBBB", name="=CMD()")

    text = b"".join(client.get("/register.csv").streaming_content).decode("utf-8-sig")

    assert ";'=CMD();" in text


def test_json_and_csv_tell_the_same_of_every_state(client, anna):
    make_registration(anna, "SSW-2026-AAAA-2222", name="Een", state="suspended")
    past = {"valid_from": date(2020, 1, 1), "valid_until": date(2021, 12, 31)}
    make_registration(anna, "SSW-2020-AAAA-3333", name="Twee", **past)

    by_json = {
        r["number"]: r["state"] for r in client.get("/register.json").json()["registrations"]
    }

    assert by_json == {"SSW-2026-AAAA-2222": "geschorst", "SSW-2020-AAAA-3333": "verlopen"}


@pytest.mark.parametrize("address", ["/register/", "/register.json", "/register.csv"])
def test_searching_takes_as_many_queries_for_one_row_as_for_thirty(client, anna, address):
    counts = []
    for size in (1, 3, 30):
        for index in range(Registration.objects.count(), size):
            make_registration(anna, f"SSW-2026-CCCC-{index:04}", name=f"Huis {index}")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = client.get(address, {"q": "huis"})
            b"".join(response)
        counts.append(len(queries))

    assert counts[0] == counts[1] == counts[2]
    assert counts[0] <= 3


@pytest.mark.parametrize("words", ["'", "%", "\\", "a" * 5000, "\x00", "🏡", "; drop table"])
def test_strange_searches_are_answered(client, registration, words):
    assert client.get(reverse("labels:register"), {"q": words}).status_code == 200
