"""A real worker on a real broker does its work once."""

import hashlib

import pypdfium2
import pytest

from sterk import jobs
from sterk.jobs import JobState
from sterk.mail.tasks import deliver
from sterk.reports.tasks import render_report
from tests.faults.machines import wait_for
from tests.faults.papers import ask_certificate, ask_report, write

pytestmark = pytest.mark.worker


def test_a_worker_makes_a_report_as_soon_as_it_is_asked(house, zonnehof, dora):
    house.worker()

    report = ask_report(zonnehof, by=dora)

    wait_for(lambda: report.refresh_from_db() or report.state == JobState.DONE, 60, "een rapport")
    with report.file.open("rb") as file:
        made = file.read()
    assert len(pypdfium2.PdfDocument(made)) > 20
    assert report.digest == hashlib.sha256(made).hexdigest()
    assert [path.name for path in house.files()] == [report.file.name.removeprefix("reports/")]
    assert report.attempts == 1


def test_two_workers_and_a_bell_that_rings_five_times_make_one_file_and_one_mail(
    house, zonnehof, dora
):
    server = house.post_office()
    report, message = ask_certificate(zonnehof, by=dora), write()
    for _ in range(4):
        jobs.ring(render_report, report.pk)
        jobs.ring(deliver, message.pk)

    workers = [house.worker(name="een"), house.worker(name="twee", clock=False)]

    wait_for(
        lambda: sum(worker.said("succeeded") for worker in workers) >= 10, 60, "tien keer gehoord"
    )
    report.refresh_from_db()
    message.refresh_from_db()
    assert (report.state, report.attempts) == (JobState.DONE, 1)
    assert (message.state, message.attempts) == (JobState.DONE, 1)
    assert len(house.files()) == 1
    assert len(server.taken) == 1
    assert server.taken[0].count("Er wacht iets op je") == 1
