"""The logbook: one line per deed, for ever."""

from django.db import models


class Entry(models.Model):
    """Who did what to which thing, and when (logboek).

    No foreign keys: the log must never keep the living from going, nor go with them. It holds no text that people wrote.
    """

    at = models.DateTimeField(auto_now_add=True)
    by_pk = models.BigIntegerField(null=True)  # null: the clock or the worker
    by_name = models.CharField(max_length=200, blank=True)
    deed = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_pk = models.BigIntegerField()
    organisation_pk = models.BigIntegerField(null=True)
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_pk"]),
            models.Index(fields=["organisation_pk", "at"]),
        ]

    def __str__(self):
        return f"{self.deed} {self.subject_kind} {self.subject_pk}"

    @classmethod
    def record(cls, by, deed, subject, *, organisation=None, **details):
        """Write one line, in the transaction of the deed itself.

        ``organisation`` is a key; without one the subject's own ``organisation_id`` is used, if it has any.
        """
        return cls.objects.create(
            by_pk=by.pk if by else None,
            by_name=by.name if by else "",
            deed=deed,
            subject_kind=subject._meta.label_lower,
            subject_pk=subject.pk,
            organisation_pk=organisation or getattr(subject, "organisation_id", None),
            details=details,
        )
