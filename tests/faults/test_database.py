"""The database goes away under the site for a moment, or is busy."""

import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest
from django.db import connection, connections, transaction

from labels.assessments import actions
from labels.assessments.models import Answer
from tests.faults.machines import wait_for
from tests.makers import make_assessment, make_organisation

pytestmark = pytest.mark.worker


def page(web):
    """The status of a public page that asks the database."""
    try:
        with urllib.request.urlopen(f"http://{web.address}/register/", timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as answer:
        return answer.code
    except OSError:
        return None


@contextmanager
def disturbed():
    """PostgreSQL has just cut every connection, as at a restart; on SQLite somebody writes and does not stop."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            assert cursor.rowcount >= 1
        yield
    else:
        with transaction.atomic():
            make_organisation("Halverwege")
            yield


def test_pages_are_answered_whatever_happens_to_the_database_beside_them(house):
    web = house.web()
    wait_for(lambda: page(web) == 200, 30, "de site")

    with disturbed():
        statuses = [page(web) for _ in range(4)]

    assert statuses == [200] * 4


def test_a_save_waits_for_another_writer_instead_of_failing(transactional_db, zonnehof, anna):
    assessment = make_assessment(zonnehof, by=anna, answered=False)
    busy, done = threading.Event(), []

    def write_for_long():
        with transaction.atomic():
            list(Answer.objects.select_for_update().filter(assessment=assessment))
            busy.set()
            time.sleep(1.5)
        connections.close_all()

    def save():
        actions.answer(assessment, "V1", by=anna, score="met", explanation="Dit.", version=0)
        done.append(time.monotonic())
        connections.close_all()

    other = threading.Thread(target=write_for_long)
    other.start()
    assert busy.wait(10)
    mine = threading.Thread(target=save)
    mine.start()
    other.join()
    mine.join()

    assert len(done) == 1
    assert Answer.objects.get(norm__code="V1").explanation == "Dit."
