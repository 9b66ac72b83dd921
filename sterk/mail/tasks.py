"""Handing a message to the mail server, for the worker."""

import smtplib
from datetime import timedelta

from celery import shared_task
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from sterk import jobs
from sterk.jobs import JobState
from sterk.lifecycle import advance, locked
from sterk.mail import states
from sterk.mail.models import Message

PAUSE = timedelta(minutes=2)  # before a mail server that refused is asked again


@shared_task
def deliver(message_pk):
    """Send one message; safe to call twice, and for a message that is gone or done."""
    message = claim(message_pk)
    if message is None:
        return
    try:
        EmailMessage(message.subject, message.body, to=[message.recipient]).send()
    except (smtplib.SMTPException, OSError) as fault:
        settle(message, fault=fault)
    else:
        settle(message)


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


@transaction.atomic
def settle(message, *, fault=None):
    """Write down how it went; a refused message waits and is tried three times."""
    lease, message = message.lease, locked(message)
    if not message.holds(lease):
        return
    if fault is None:
        # A text may hold a link that lets somebody in; once it is on its way we need it no more.
        advance(message, states.DELIVER, by=None, sent_at=timezone.now(), fault="", body="")
        return
    move = states.FAIL if message.attempts >= jobs.ATTEMPTS else states.WAIT
    later = timezone.now() + PAUSE * message.attempts
    advance(message, move, by=None, fault=type(fault).__name__, not_before=later)
