"""What happens to mail because time passes."""

from celery import shared_task

from sterk.mail.models import Message
from sterk.mail.tasks import deliver

BATCH = 100


@shared_task
def ring_due():
    """Ring again for every message that is due; returns how many."""
    due = list(Message.objects.due().order_by("pk").values_list("pk", flat=True)[:BATCH])
    for pk in due:
        deliver.delay(pk)
    return len(due)
