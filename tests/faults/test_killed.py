"""A worker is killed while it works. What it was doing is done after all, and done once."""

import hashlib
import os
import signal

import pypdfium2
import pytest

from sterk.jobs import JobState
from sterk.mail.models import Message
from sterk.reports.models import Report
from tests.faults.machines import wait_for
from tests.faults.papers import ask_report, write

pytestmark = [pytest.mark.worker, pytest.mark.timeout(240)]
BACK = 90  # seconds after a worker is back in which all must be well
RUNNING, DONE, FAILED = JobState.RUNNING, JobState.DONE, JobState.FAILED


def states(model):
    """The states of all rows, the oldest first."""
    return list(model.objects.order_by("pk").values_list("state", flat=True))


def killed_amid_work(house, organisation, *, by):
    """A worker of which the child that renders was killed, and then all of it, amid another report and a mail.

    The mail server has heard the whole text of that mail and has not answered yet.
    """
    post = house.post_office()
    post.manner = "keep silent"
    worker = house.worker(concurrency=2)
    ask_report(organisation, by=by, title="Kind gedood", wordy=8)
    wait_for(lambda: states(Report) == [RUNNING], 30, "het eerste rapport begint")
    os.kill(worker.busiest_child(), signal.SIGKILL)
    ask_report(organisation, by=by, title="Worker gedood", wordy=8)
    write()
    wait_for(lambda: states(Report) == [RUNNING] * 2, 30, "het tweede rapport begint")
    assert post.heard.wait(20)
    worker.kill()
    return worker


def test_what_a_killed_worker_was_making_is_made_after_all_and_once(house, zonnehof, dora):
    worker = killed_amid_work(house, zonnehof, by=dora)
    assert (states(Report), states(Message)) == ([RUNNING, RUNNING], [RUNNING])
    assert set(Report.objects.values_list("file", flat=True)) == {""}

    worker.start()
    wait_for(lambda: (states(Report), states(Message)) == ([DONE] * 2, [FAILED]), BACK, "gedaan")

    reports = Report.objects.order_by("pk")
    assert list(reports.values_list("attempts", flat=True)) == [2, 2]
    assert house.files() == sorted(house.data / "files" / report.file.name for report in reports)
    for report in reports:
        made = (house.data / "files" / report.file.name).read_bytes()
        assert report.digest == hashlib.sha256(made).hexdigest()
        assert len(pypdfium2.PdfDocument(made)) > 20
    message = Message.objects.get()
    assert (message.attempts, message.fault) == (1, "Afgebroken tijdens het verzenden.")
    assert len(house.mail_server.taken) == 1  # it may have arrived, so it is not sent again
