"""The library: what an organisation can show."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from labels.evidence import actions
from labels.evidence.forms import CiteForm, LibraryForm
from labels.evidence.models import Evidence
from labels.evidence.rendering import chip
from labels.frameworks.models import Framework, Norm
from sterk import policy
from sterk.lifecycle import Refusal
from sterk.organisations.models import Organisation
from sterk.policy import Permission
from sterk.web import picked, telling

PAGE = 25


def evidence(request):
    """Everything that one's organisations can show, the newest first."""
    words = request.GET.get("zoek", "")[:100].replace("\x00", "").strip()
    mine = Evidence.objects.visible_to(request.user).standing()
    found = mine.filter(title__icontains=words) if words else mine
    found = found.select_related("organisation", "added_by").prefetch_related("norms")
    page = Paginator(found.order_by("organisation__name", "-added_at", "-pk"), PAGE).get_page(
        request.GET.get("pagina")
    )
    rows = [{"evidence": row, "chip": chip(vars(row), row.get_absolute_url())} for row in page]
    may_add = policy.organisations_where(request.user, Permission.EDIT_ASSESSMENT)
    context = {"page": page, "rows": rows, "words": words, "may_add": bool(may_add)}
    return render(request, "labels/evidence.html", context)


def evidence_item(request, pk):
    """One piece of evidence: what it is and for which norms it is brought forward."""
    found = _visible(request, pk)
    return _item_page(request, found)


def _visible(request, pk):
    seen = Evidence.objects.visible_to(request.user).select_related("organisation", "added_by")
    return get_object_or_404(seen, pk=pk)


def _item_page(request, found, *, form=None, code=200):
    may_edit = policy.may(request.user, Permission.EDIT_ASSESSMENT, found.organisation)
    context = {
        "evidence": found,
        "chip": chip(vars(found)),
        "norms": found.norms.order_by("framework", "order"),
        "may_edit": may_edit and not found.withdrawn_at,
        "may_withdraw": found.in_the_hands_of(request.user) and not found.withdrawn_at,
        "form": form or (CiteForm(organisation=found.organisation_id) if may_edit else None),
    }
    return render(request, "labels/evidence_item.html", context, status=code)


def add_evidence(request):
    """Bring something forward, for the library alone or for a norm as well."""
    places = policy.organisations_where(request.user, Permission.EDIT_ASSESSMENT)
    if not places:
        policy.require(request.user, Permission.EDIT_ASSESSMENT)
    initial = {"norm": request.GET.get("norm"), "organisation": request.GET.get("organisation")}
    form = LibraryForm(
        request.POST or None, request.FILES or None, organisations=places, initial=initial
    )
    if form.is_valid() and (added := _added(request, form, places)):
        messages.success(request, f"“{added}” staat bij jullie bewijs.")
        return redirect(added)
    return render(request, "labels/evidence_form.html", {"form": form})


def _place(places):
    return Organisation.objects.filter(pk__in=places).first()


def _added(request, form, places):
    said = {**form.cleaned_data}
    norm, organisation = said.pop("norm"), said.pop("organisation", None) or _place(places)
    try:
        return actions.add(organisation, by=request.user, norms=[norm] if norm else [], **said)
    except Refusal as refusal:
        form.add_error("file" if said["kind"] == Evidence.Kind.FILE else None, str(refusal))
        form.renew()
        return None


@require_POST
def cite_evidence(request, pk):
    """Lay it with one more norm."""
    found = _visible(request, pk)
    policy.require(request.user, Permission.EDIT_ASSESSMENT, found.organisation)
    form = CiteForm(request.POST, organisation=found.organisation_id)
    if not form.is_valid():
        return _item_page(request, found, form=form, code=422)
    norm = form.cleaned_data["norm"]
    with telling(request, f"“{found}” ligt nu ook bij {norm.code}."):
        actions.cite(found, norm, by=request.user)
    return redirect(found)


@require_POST
def uncite_evidence(request, pk):
    """Take it away from one norm."""
    found = _visible(request, pk)
    policy.require(request.user, Permission.EDIT_ASSESSMENT, found.organisation)
    frameworks = Framework.objects.used_by([found.organisation_id])
    norm = picked(Norm.objects.filter(framework__in=frameworks), request.POST.get("norm"))
    with telling(request, f"“{found}” ligt niet meer bij {norm.code}."):
        actions.uncite(found, norm, by=request.user)
    return redirect(found)


@require_POST
def withdraw_evidence(request, pk):
    """Take it out of the library."""
    found = _visible(request, pk)
    if not found.in_the_hands_of(request.user):
        policy.require(request.user, Permission.SUBMIT_ASSESSMENT, found.organisation)
    with telling(request, f"“{found}” is weg uit jullie bewijs."):
        actions.withdraw(found, by=request.user)
    return redirect("labels:evidence")
