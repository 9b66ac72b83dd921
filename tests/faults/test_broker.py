"""The broker is gone, hangs, or comes back with nothing in it. Nobody waits for it and nothing is lost."""

import signal
import time

import pytest
from django.urls import reverse

from sterk.jobs import JobState
from sterk.mail.models import Message
from sterk.reports.models import Report
from tests.faults.machines import wait_for
from tests.faults.papers import ask_certificate, ask_report, write
from tests.makers import make_assessment

pytestmark = [pytest.mark.worker, pytest.mark.timeout(180)]
AT_ONCE = 1.5  # seconds in which a page answers, also when the broker does not
AFTER = 60  # seconds after the broker is back in which all is done


def pending():
    """How much is not done yet."""
    return sum(model.objects.exclude(state=JobState.DONE).count() for model in (Message, Report))


def hand_in(as_, assessment, person):
    """Submit on the page; how many seconds that took. The broker rang before, as in a site that is up."""
    client = as_(person)
    client.get(reverse("labels:assessment", args=[assessment.pk]))
    began = time.perf_counter()
    response = client.post(reverse("labels:submit-assessment", args=[assessment.pk]))
    assert response.status_code == 302
    return time.perf_counter() - began


def test_without_a_broker_handing_in_answers_at_once_and_the_mail_goes_when_it_is_back(
    house, anna, karin, dora, as_, zonnehof
):
    assessment = make_assessment(zonnehof, by=anna)
    ask_report(zonnehof, by=dora, wordy=2)
    worker = house.worker()
    wait_for(lambda: Report.objects.filter(state=JobState.RUNNING).exists(), 30, "een dag vol werk")
    house.broker.kill()

    seconds = hand_in(as_, assessment, anna)

    assessment.refresh_from_db()
    assert assessment.state == "submitted"
    assert seconds < AT_ONCE
    told = Message.objects.filter(event__startswith="assessment.submit:")
    assert {message.recipient for message in told} == {anna.email, karin.email, dora.email}
    ask_certificate(zonnehof, by=dora)
    time.sleep(
        12
    )  # the worker notices, ends what it was making, and tries to reach the broker a few times
    assert told.filter(state=JobState.QUEUED).count() == 3

    house.broker.start()
    wait_for(lambda: pending() == 0, AFTER, f"alle mail en rapporten\n{worker.last_words()}")

    assert told.filter(attempts=1).count() == 3
    assert len(house.files()) == Report.objects.filter(attempts=1).count() == 2


def test_a_broker_that_hangs_holds_nobody_up_either(house, anna, as_, zonnehof):
    assessment = make_assessment(zonnehof, by=anna)
    write()  # a bell that rang: there is a connection to the broker now
    house.broker.signal(signal.SIGSTOP)

    try:
        seconds = hand_in(as_, assessment, anna)
    finally:
        house.broker.signal(signal.SIGCONT)

    assert seconds < AT_ONCE


def test_a_broker_that_forgot_every_bell_is_rung_again_by_the_clock(house, zonnehof, dora):
    reports = [ask_certificate(zonnehof, by=dora, title=f"Certificaat {i}") for i in range(3)]
    messages = [write(f"proef:{i}") for i in range(3)]
    assert house.broker.waiting() == len(reports) + len(messages)

    house.broker.kill()
    house.broker.start()
    assert house.broker.waiting() == 0
    house.worker()

    wait_for(lambda: pending() == 0, AFTER, "alles na een nieuwe bel")
    assert len(house.files()) == len(reports)
    assert {*Message.objects.values_list("attempts", flat=True)} == {1}
