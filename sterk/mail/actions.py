"""Writing mail. The worker hands it over."""

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from sterk import jobs
from sterk.mail.models import Message
from sterk.mail.tasks import deliver


@transaction.atomic
def send(template, recipients, *, event, **context):
    """Write one message per recipient, in the transaction of the deed that caused it.

    ``template`` is a file in ``templates/mail`` without its ending; its first line is the subject. ``event`` names the
    happening (``"assessment.submit:7"``): one person gets one message per event, however often this is called. No
    scores, no names of clients and no text of others belong in a mail: only that something waits, and the link.
    """
    text = render_to_string(f"mail/{template}.txt", {"base_url": settings.BASE_URL, **context})
    subject, _, body = text.strip().partition("\n")
    for address in sorted({recipient.lower() for recipient in recipients}):
        write(event, address, subject.strip(), body.strip() + "\n")


@transaction.atomic
def write(event, address, subject, body):
    """One message to one address, unless that person already had it for this event."""
    message, created = Message.objects.get_or_create(
        event=event, recipient=address, defaults={"subject": subject[:200], "body": body}
    )
    if created:
        jobs.ring(deliver, message.pk)
    return message
