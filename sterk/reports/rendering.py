"""Making the file of a report: claim, render outside any transaction, deliver."""

import hashlib
import logging
from contextlib import suppress

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from sterk import jobs, pdf
from sterk.jobs import JobState
from sterk.lifecycle import advance, locked
from sterk.reports import states
from sterk.reports.models import Report, place

log = logging.getLogger(__name__)


def fulfil(report_pk):
    """Make the file of this report if that is ours to do; safe to call twice and in two workers at once."""
    report = claim(report_pk)
    if report is None:
        return
    try:
        with jobs.kept(report):
            deliver(report, pdf.render(report.template, report.content))
    except Exception as fault:  # whatever fails, the row must say so; the worker goes on
        log.exception("Report %s could not be made.", report.pk)
        give_up(report, fault)


@transaction.atomic
def claim(report_pk):
    """Take the report under a lease; None when it is not due, or when its last attempt was cut off."""
    report = Report.objects.select_for_update().filter(pk=report_pk).first()
    if report is None or not report.is_due(timezone.now()):
        return None
    if report.state == JobState.RUNNING:
        clear_away(report)
        if report.attempts >= jobs.ATTEMPTS:
            fault = report.fault or "Het maken is drie keer afgebroken."
            advance(report, states.FAIL, by=None, fault=fault)
            return None
    advance(report, states.START, by=None, attempts=report.attempts + 1, **jobs.new_lease())
    return report


@transaction.atomic
def deliver(report, content):
    """Keep the file, but only if the lease is still ours."""
    lease, report = report.lease, locked(report)
    if not report.holds(lease):
        return
    report.file.save("report.pdf", ContentFile(content), save=False)
    made = {"made_at": timezone.now(), "digest": hashlib.sha256(content).hexdigest()}
    advance(report, states.DELIVER, by=None, file=report.file.name, fault="", **made)


@transaction.atomic
def give_up(report, fault):
    """Write down why it failed: wait for another attempt, or fail for good after the third."""
    lease, report = report.lease, locked(report)
    if not report.holds(lease):
        return
    clear_away(report)
    move = states.FAIL if report.attempts >= jobs.ATTEMPTS else states.WAIT
    advance(report, move, by=None, fault=f"{type(fault).__name__}: {fault}"[:500])


def clear_away(report):
    """Remove what an attempt that was cut off, or a disk that was full, may have left of a file."""
    with suppress(OSError):  # where nothing can be reached, nothing was left either
        Report.file.field.storage.delete(place(report, ""))
