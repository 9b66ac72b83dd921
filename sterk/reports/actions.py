"""Asking for a report."""

from django.db import transaction
from django.utils import timezone

from sterk import jobs
from sterk.lifecycle import advance, locked
from sterk.logbook.models import Entry
from sterk.reports import states
from sterk.reports.models import Report
from sterk.reports.tasks import render_report


@transaction.atomic
def request(organisation, *, kind, title, template, content, by):
    """Ask for a PDF; what it will say is frozen now, in ``content`` (JSON). Returns the queued report."""
    report = Report.objects.create(
        organisation=organisation, kind=kind, title=title, template=template, content=content
    )
    Entry.record(by, "report.request", report, kind=kind)
    jobs.ring(render_report, report.pk)
    return report


@transaction.atomic
def ask_again(report, *, by):
    """Try a failed report again, with three new attempts."""
    report = locked(report)
    advance(report, states.ASK_AGAIN, by=by, attempts=0, fault="", not_before=timezone.now())
    jobs.ring(render_report, report.pk)
    return report
