"""The row is the job: leases, attempts, and a bell that may fail."""

import time
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from sterk import jobs
from sterk.jobs import JobState
from sterk.lifecycle import locked
from sterk.mail.models import Message
from sterk.mail.tasks import claim
from tests.faults.machines import ring_at
from tests.faults.papers import write


def put(message, **changes):
    """Write these fields past the actions, as time or a killed worker would leave them."""
    Message.objects.filter(pk=message.pk).update(**changes)
    message.refresh_from_db()
    return message


def due(message):
    """Whether the queue offers this row, and whether a worker would take it."""
    offered = Message.objects.due().filter(pk=message.pk).exists()
    assert offered == message.is_due(timezone.now())
    return offered


def test_a_row_that_waits_is_due_when_its_time_has_come(db):
    message = write()
    assert due(message)

    put(message, not_before=timezone.now() + timedelta(minutes=1))

    assert not due(message)


def test_a_row_that_runs_is_due_when_its_lease_has_ended(db):
    message = claim(write().pk)
    assert not due(message)

    put(message, lease_until=timezone.now() - timedelta(seconds=1))

    assert due(message)


@pytest.mark.parametrize("state", [JobState.DONE, JobState.FAILED])
def test_a_row_that_is_done_with_is_never_due(db, state):
    message = put(write(), state=state, sent_at=timezone.now())

    assert not due(message)


def test_only_one_of_two_workers_gets_the_lease(db):
    message = write()

    first, second = claim(message.pk), claim(message.pk)

    assert first.attempts == 1
    assert second is None


def test_a_lease_is_renewed_for_as_long_as_the_work_lasts(transactional_db, monkeypatch):
    monkeypatch.setattr(jobs, "HEARTBEAT", 0.05)
    message = claim(write().pk)
    put(message, lease_until=timezone.now())

    with jobs.kept(message):
        time.sleep(0.5)

    message.refresh_from_db()
    assert message.lease_until > timezone.now() + jobs.LEASE / 2


def test_a_lease_that_another_worker_took_over_is_not_renewed(transactional_db, monkeypatch):
    monkeypatch.setattr(jobs, "HEARTBEAT", 0.05)
    message = claim(write().pk)
    ended = timezone.now() - timedelta(seconds=1)
    Message.objects.filter(pk=message.pk).update(lease=None, lease_until=ended)

    with jobs.kept(message):
        time.sleep(0.3)

    message.refresh_from_db()
    assert message.lease_until == ended


@pytest.fixture
def impatient(monkeypatch, settings):
    """Connections made from now on give up on a lock at once."""
    soon = {"sqlite": {"timeout": 0.05}, "postgresql": {"options": "-c lock_timeout=50"}}
    options = settings.DATABASES["default"].setdefault("OPTIONS", {})
    for name, value in soon[connection.vendor].items():
        monkeypatch.setitem(options, name, value)


def test_a_beat_that_finds_the_row_locked_is_only_missed(
    transactional_db, monkeypatch, caplog, impatient
):
    monkeypatch.setattr(jobs, "HEARTBEAT", 0.05)
    message = claim(write().pk)
    put(message, lease_until=timezone.now())

    with jobs.kept(message):
        with transaction.atomic():
            locked(message)
            time.sleep(0.5)
        time.sleep(0.5)

    assert "was not renewed" in caplog.text
    message.refresh_from_db()
    assert message.lease_until > timezone.now() + jobs.LEASE / 2


def test_a_bell_that_nobody_hears_does_not_spoil_the_deed(transactional_db, settings, tmp_path):
    ring_at(f"redis+socket://{tmp_path}/nobody.sock")
    try:
        messages = [write(f"proef:{number}") for number in range(3)]
    finally:
        ring_at(settings.CELERY_BROKER_URL)

    assert [message.state for message in messages] == [JobState.QUEUED] * 3


def test_a_broker_that_is_silent_is_left_alone_for_a_while(transactional_db, settings, tmp_path):
    ring_at(f"redis+socket://{tmp_path}/nobody.sock")
    try:
        write("proef:1")
        before = jobs._broker["silent_until"]
        write("proef:2")
        after = jobs._broker["silent_until"]
    finally:
        ring_at(settings.CELERY_BROKER_URL)

    assert before == after
    assert 0 < before - time.monotonic() <= jobs.SILENCE
