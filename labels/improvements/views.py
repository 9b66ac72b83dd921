"""The improvement plan: one list for the organisation, whatever it came from."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from labels.improvements import actions
from labels.improvements.forms import ImprovementForm, PlanForm
from labels.improvements.models import Improvement
from sterk import policy
from sterk.lifecycle import Overtaken, Refusal
from sterk.organisations.models import Organisation
from sterk.policy import Permission
from sterk.web import telling

PAGE = 25
WORDS = ["what", "why", "who", "due"]


def improvements(request):
    """What one's organisations will do, what is due first on top; what is done at the end."""
    mine = Improvement.objects.visible_to(request.user).select_related("organisation", "norm")
    order = ["organisation__name", F("done_at").asc(nulls_first=True), "due", "pk"]
    page = Paginator(mine.order_by(*order), PAGE).get_page(request.GET.get("pagina"))
    today = timezone.localdate()
    may_plan = policy.organisations_where(request.user, Permission.PLAN_IMPROVEMENT)
    rows = [
        {
            "improvement": row,
            "days": (row.due - today).days,
            "may_change": row.organisation_id in may_plan and not row.done_at,
        }
        for row in page
    ]
    context = {"page": page, "rows": rows, "may_plan": bool(may_plan)}
    return render(request, "labels/improvements.html", context)


def plan_improvement(request):
    """Write down what will be done, perhaps for a norm."""
    places = policy.organisations_where(request.user, Permission.PLAN_IMPROVEMENT)
    if not places:
        policy.require(request.user, Permission.PLAN_IMPROVEMENT)
    initial = {"norm": request.GET.get("norm"), "organisation": request.GET.get("organisation")}
    form = PlanForm(request.POST or None, organisations=places, initial=initial)
    if form.is_valid() and _planned(request, form, places):
        messages.success(request, "Het staat in het verbeterplan.")
        return redirect("labels:improvements")
    return render(request, "labels/improvement_form.html", {"form": form})


def _planned(request, form, places):
    said = {**form.cleaned_data}
    organisation = said.pop("organisation", None) or Organisation.objects.get(pk=places[0])
    try:
        return actions.plan(organisation, by=request.user, **said)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        form.renew()
        return None


def change_improvement(request, pk):
    """Reword it; what a colleague wrote in the meantime is shown, never lost."""
    found = _mine(request, pk)
    initial = {field: getattr(found, field) for field in [*WORDS, "version"]}
    form, theirs = ImprovementForm(request.POST or None, initial=initial), None
    if form.is_valid():
        try:
            actions.change(found, by=request.user, **form.cleaned_data)
        except Overtaken as overtaken:
            theirs = overtaken.theirs
            form.catch_up(theirs.version)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Het verbeterplan is bijgewerkt.")
            return redirect("labels:improvements")
    context = {"form": form, "improvement": found, "theirs": theirs and _told(theirs)}
    code = 409 if theirs else 200
    return render(request, "labels/improvement_form.html", context, status=code)


def _told(theirs):
    return [(ImprovementForm.base_fields[field].label, getattr(theirs, field)) for field in WORDS]


def _mine(request, pk):
    seen = Improvement.objects.visible_to(request.user).select_related("organisation", "norm")
    found = get_object_or_404(seen, pk=pk)
    policy.require(request.user, Permission.PLAN_IMPROVEMENT, found.organisation)
    return found


@require_POST
def finish_improvement(request, pk):
    """It has been done."""
    found = _mine(request, pk)
    with telling(request, "Mooi, dat is afgerond."):
        actions.finish(found, by=request.user)
    return redirect("labels:improvements")


@require_POST
def drop_improvement(request, pk):
    """It will not be done; the books still know that it was planned."""
    found = _mine(request, pk)
    with telling(request, "De actie is uit het verbeterplan gehaald."):
        actions.drop(found, by=request.user)
    return redirect("labels:improvements")
