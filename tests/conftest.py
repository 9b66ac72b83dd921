"""The cast: the same people in every test."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sterk import jobs
from tests.makers import log_in, make_framework, make_organisation, make_person


@pytest.fixture(autouse=True)
def _house(settings, tmp_path):
    """Files of a test stay in its own folder, and a broker that a test took away is not remembered."""
    settings.MEDIA_ROOT = tmp_path / "files"
    jobs._broker["silent_until"] = 0.0


@pytest.fixture
def framework(db):
    """A small norm set: V1 and V2, D1, B1, and all three routes."""
    return make_framework()


@pytest.fixture
def zonnehof(db):
    return make_organisation("Zonnehof")


@pytest.fixture
def waterland(db):
    return make_organisation("Waterland", place="Purmerend", municipality="Purmerend")


@pytest.fixture
def meerpaal(db):
    return make_organisation("Meerpaal", place="Dronten", municipality="Dronten")


@pytest.fixture
def keurkompas(db):
    return make_organisation("Keurkompas", kind="certifying_body", place="Zwolle")


@pytest.fixture
def anna(zonnehof):
    """Coordinates at Zonnehof."""
    return make_person("Anna", (zonnehof, "coordinator"))


@pytest.fixture
def bas(zonnehof):
    """Works at Zonnehof."""
    return make_person("Bas", (zonnehof, "contributor"))


@pytest.fixture
def karin(zonnehof):
    """Directs Zonnehof."""
    return make_person("Karin", (zonnehof, "director"))


@pytest.fixture
def chris(waterland):
    """Reviews for Waterland."""
    return make_person("Chris", (waterland, "reviewer"))


@pytest.fixture
def lotte(meerpaal):
    """Reviews for Meerpaal, and mostly leads."""
    return make_person("Lotte", (meerpaal, "reviewer"))


@pytest.fixture
def pieter(keurkompas):
    """Audits for Keurkompas."""
    return make_person("Pieter", (keurkompas, "auditor"))


@pytest.fixture
def dora(db):
    """The bureau."""
    return make_person("Dora", (None, "bureau"))


@pytest.fixture
def evert(db):
    """The committee."""
    return make_person("Evert", (None, "committee"))


@pytest.fixture
def ada(db):
    """The technical administrator."""
    return make_person("Ada", (None, "admin"))


@pytest.fixture
def frida(db):
    """Has an account and belongs nowhere."""
    return make_person("Frida")


@pytest.fixture
def as_(client):
    """``as_(anna).get(…)``: the client, logged in as this person."""
    return lambda person: log_in(client, person)


@pytest.fixture
def connection_queries():
    """``connection_queries(client, url, data)``: how many queries a request takes, transactions not counted."""

    def count(client, url, data=None):
        with CaptureQueriesContext(connection) as captured:
            response = client.get(url) if data is None else client.post(url, data)
        assert response.status_code in {200, 302}
        begins = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
        return len([each for each in captured if not each["sql"].startswith(begins)])

    return count
