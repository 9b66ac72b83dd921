"""The bureau's view on what the worker makes. What a report says is not shown here."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from sterk import policy
from sterk.jobs import JobState
from sterk.policy import Permission
from sterk.reports import actions
from sterk.reports.models import Report
from sterk.web import telling

PAGE = 25


def reports(request):
    """Every report with how far it is; the newest first."""
    policy.require(request.user, Permission.REMAKE_REPORT)
    found = Report.objects.select_related("organisation").defer("content")
    state = request.GET.get("stand", "")
    if state in JobState.values:
        found = found.filter(state=state)
    context = {
        "page": Paginator(found.order_by("-asked_at", "-pk"), PAGE).get_page(
            request.GET.get("pagina")
        ),
        "state": state,
        "states": JobState.choices,
    }
    return render(request, "reports/reports.html", context)


@require_POST
def remake_report(request, pk):
    """A report that failed gets three new attempts."""
    policy.require(request.user, Permission.REMAKE_REPORT)
    report = get_object_or_404(Report.objects.defer("content"), pk=pk)
    with telling(request, f"{report.title} wordt opnieuw gemaakt."):
        actions.ask_again(report, by=request.user)
    return redirect("reports:reports")
