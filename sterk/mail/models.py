"""Outgoing mail: one row per event and recipient."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from sterk.jobs import Job, JobState


class Message(Job):
    """One mail to one person about one event (mail).

    At most once: a message whose worker vanished while it was being handed over is not sent again, since nobody can
    know whether the mail server took it.
    """

    event = models.CharField(max_length=120)
    recipient = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    written_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="message_once", fields=["event", "recipient"]),
            models.CheckConstraint(name="message_state", condition=Q(state__in=JobState.values)),
            models.CheckConstraint(
                name="message_sent_has_time",
                condition=~Q(state=JobState.DONE) | Q(sent_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["state", "not_before"])]

    def __str__(self):
        return f"{self.event} aan {self.recipient}"
