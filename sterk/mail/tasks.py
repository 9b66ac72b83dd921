"""Handing a message to the mail server, for the worker."""

import smtplib
from contextlib import suppress
from datetime import timedelta

from celery import shared_task
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone

from sterk import jobs
from sterk.jobs import JobState
from sterk.lifecycle import advance, locked
from sterk.mail import states
from sterk.mail.models import Message

PAUSE = timedelta(minutes=2)  # before a mail server that refused is asked again
NO = (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused)  # the server itself said so


@shared_task
def deliver(message_pk):
    """Send one message; safe to call twice, and for a message that is gone or done."""
    message = claim(message_pk)
    if message is None:
        return
    server = get_connection()
    with jobs.kept(message):
        try:
            server.open()
        except (smtplib.SMTPException, OSError) as fault:
            refused(message, fault)
        else:
            hand_over(message, server)


@transaction.atomic
def claim(message_pk):
    """Take the message under a lease; None when it is not ours to send.

    A message found running under a lease that has ended was being handed over when its worker vanished. It may have
    arrived, so it is not sent again but marked as failed.
    """
    message = Message.objects.select_for_update().filter(pk=message_pk).first()
    if message is None or not message.is_due(timezone.now()):
        return None
    if message.state == JobState.RUNNING:
        advance(message, states.FAIL, by=None, fault="Afgebroken tijdens het verzenden.")
        return None
    advance(message, states.START, by=None, attempts=message.attempts + 1, **jobs.new_lease())
    return message


def hand_over(message, server):
    """Give the message to a mail server that answered; whatever happens, it is written down."""
    mail = EmailMessage(message.subject, message.body, to=[message.recipient], connection=server)
    try:
        mail.send()
    except NO as fault:
        refused(message, fault)
    except (
        Exception
    ) as fault:  # silence after the text was sent: nobody can know whether it was taken
        settle(message, states.FAIL, fault=f"Onbekend of dit is verzonden: {type(fault).__name__}")
    else:
        # A text may hold a link that lets somebody in; once it is on its way we need it no more.
        settle(message, states.DELIVER, sent_at=timezone.now(), fault="", body="")
    finally:
        with suppress(smtplib.SMTPException, OSError):  # a clumsy goodbye changes nothing
            server.close()


def refused(message, fault):
    """The message was not taken, that is certain: it waits, and is tried three times."""
    move = states.FAIL if message.attempts >= jobs.ATTEMPTS else states.WAIT
    later = timezone.now() + PAUSE * message.attempts
    settle(message, move, fault=type(fault).__name__, not_before=later)


@transaction.atomic
def settle(message, move, **changes):
    """Write down how it went, if the lease is still ours."""
    lease, message = message.lease, locked(message)
    if message.holds(lease):
        advance(message, move, by=None, **changes)
