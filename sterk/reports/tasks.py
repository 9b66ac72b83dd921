"""Rendering, for the worker."""

from celery import shared_task

from sterk.reports import rendering


@shared_task
def render_report(report_pk):
    """Make the file of one report."""
    rendering.fulfil(report_pk)
