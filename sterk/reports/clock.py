"""What happens to reports because time passes."""

from celery import shared_task

from sterk.reports.models import Report
from sterk.reports.tasks import render_report

BATCH = 100


@shared_task
def ring_due():
    """Ring again for every report that is due; returns how many."""
    due = list(Report.objects.due().order_by("pk").values_list("pk", flat=True)[:BATCH])
    for pk in due:
        render_report.delay(pk)
    return len(due)
