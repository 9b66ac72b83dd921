"""Mail is written with the deed, once per person and event; what became of it is known or said to be unknown."""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.db import transaction
from django.utils import timezone

from sterk.jobs import ATTEMPTS, JobState
from sterk.logbook.models import Entry
from sterk.mail import actions, states
from sterk.mail.clock import ring_due
from sterk.mail.models import Message
from sterk.mail.tasks import PAUSE, claim, deliver, settle
from tests.faults.machines import MailServer
from tests.faults.papers import write


@pytest.fixture
def post(settings):
    """A mail server at which this process hands its mail over, with little patience."""
    server = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
    settings.EMAIL_TIMEOUT = 1
    yield server
    server.stop()


def came_of(message):
    """State, attempts and fault of the message now."""
    message.refresh_from_db()
    return message.state, message.attempts, message.fault


def later(message):
    """The pause is over."""
    Message.objects.filter(pk=message.pk).update(not_before=timezone.now() - timedelta(seconds=1))


# --- writing ---------------------------------------------------------------------------------------


def test_a_deed_that_is_undone_writes_no_mail(transactional_db):
    with transaction.atomic():
        write()
        transaction.set_rollback(True)

    assert not Message.objects.exists()


def test_a_person_hears_of_an_event_once_whatever_the_capitals(anna, bas):
    for _ in range(2):
        actions.send("plan_handed_in", [anna.email, anna.email.upper()], event="plan:1")
    actions.send("plan_handed_in", [anna.email, bas.email], event="plan:1")
    actions.send("plan_handed_in", [anna.email], event="plan:2")

    written = Message.objects.order_by("pk").values_list("event", "recipient")
    assert list(written) == [("plan:1", anna.email), ("plan:1", bas.email), ("plan:2", anna.email)]


def test_the_first_line_of_a_template_is_the_subject(db):
    message = write()

    assert (message.subject, message.body) == ("Er wacht iets op je", "Kijk op de site.\n")


# --- handing over ----------------------------------------------------------------------------------


def test_a_message_that_is_taken_is_sent_and_emptied(post, db):
    message = write()

    deliver(message.pk)

    assert came_of(message) == (JobState.DONE, 1, "")
    assert message.sent_at is not None
    assert message.body == ""
    assert "Kijk op de site." in post.taken[0]


def test_a_doubled_bell_sends_nothing_twice(post, db):
    message = write()

    deliver(message.pk)
    deliver(message.pk)
    deliver(message.pk + 1000)

    assert len(post.taken) == 1


@pytest.mark.parametrize(
    ("manner", "fault"),
    [
        ("refuse", "SMTPDataError"),
        ("refuse recipient", "SMTPRecipientsRefused"),
        ("greet with no", "SMTPConnectError"),
    ],
)
def test_a_clear_no_is_tried_three_times_with_growing_pauses(post, db, manner, fault):
    post.manner = manner
    message = write()

    for attempt in range(1, ATTEMPTS):
        deliver(message.pk)
        assert came_of(message) == (JobState.QUEUED, attempt, fault)
        pause = message.not_before - timezone.now()
        assert PAUSE * attempt - timedelta(seconds=30) < pause <= PAUSE * attempt
        deliver(message.pk)  # too early: nothing happens
        assert message.attempts == attempt
        later(message)
    deliver(message.pk)

    assert came_of(message) == (JobState.FAILED, ATTEMPTS, fault)
    later(message)
    assert ring_due() == 0
    assert post.taken == []


def test_a_message_refused_twice_arrives_when_the_server_has_room_again(post, db):
    post.manner = "refuse"
    message = write()
    for _ in range(2):
        deliver(message.pk)
        later(message)

    post.manner = "take"
    deliver(message.pk)

    assert came_of(message) == (JobState.DONE, 3, "")
    assert len(post.taken) == 1


def test_a_server_that_is_not_there_is_tried_again(post, db):
    post.stop()
    message = write()

    deliver(message.pk)

    assert came_of(message) == (JobState.QUEUED, 1, "ConnectionRefusedError")


@pytest.mark.parametrize("manner", ["hang up", "keep silent"])
def test_silence_after_the_text_is_not_tried_again(post, db, manner):
    post.manner = manner
    message = write()

    deliver(message.pk)
    later(message)
    deliver(message.pk)

    unknown = "Onbekend of dit is verzonden: SMTPServerDisconnected"
    assert came_of(message) == (JobState.FAILED, 1, unknown)
    assert len(post.taken) == 1


def test_a_message_whose_worker_vanished_amid_handing_over_is_not_sent_again(db):
    message = claim(write().pk)
    Message.objects.filter(pk=message.pk).update(lease_until=timezone.now() - timedelta(seconds=1))

    deliver(message.pk)

    assert came_of(message) == (JobState.FAILED, 1, "Afgebroken tijdens het verzenden.")
    assert outbox.outbox == []


def test_a_worker_that_comes_back_too_late_changes_nothing(db):
    """Its lease had ended, and somebody else wrote down that the message was cut off."""
    mine = claim(write().pk)
    Message.objects.filter(pk=mine.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert claim(mine.pk) is None

    settle(mine, states.DELIVER, sent_at=timezone.now())

    assert came_of(mine) == (JobState.FAILED, 1, "Afgebroken tijdens het verzenden.")


# --- the clock and the logbook ---------------------------------------------------------------------


def test_the_clock_rings_for_what_is_due_and_for_nothing_else(db, settings):
    write("proef:1")
    waiting = write("proef:2")
    Message.objects.filter(pk=waiting.pk).update(not_before=timezone.now() + PAUSE)
    claim(write("proef:3").pk)

    due = list(Message.objects.due().values_list("event", flat=True))

    assert due == ["proef:1"]


def test_the_logbook_tells_what_became_of_a_message_and_holds_no_word_of_it(db):
    message = write()

    deliver(message.pk)

    deeds = Entry.objects.filter(subject_kind="mail.message", subject_pk=message.pk)
    assert list(deeds.order_by("pk").values_list("deed", flat=True)) == [
        "message.start",
        "message.deliver",
    ]
    assert "anna" not in str(list(deeds.values()))
