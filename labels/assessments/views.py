"""Pages of the self-assessment: for the organisation, and for staff who follow or read it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from labels.assessments import actions, overview, reporting
from labels.assessments.forms import (
    LIBRARY,
    AnswerForm,
    DescribeForm,
    GiveBackForm,
    NormEvidenceForm,
    ReadAlongForm,
)
from labels.assessments.models import Answer, Assessment, FrozenCopy
from labels.evidence import actions as evidence
from labels.evidence.models import Evidence
from labels.evidence.rendering import chip
from labels.frameworks.models import Framework, Norm
from sterk import policy
from sterk.lifecycle import Overtaken, Refusal
from sterk.organisations.models import Organisation
from sterk.policy import Permission
from sterk.web import attachment, picked, refused_into, telling

PAGE = 25
AROUND = ["assessment__organisation", "assessment__framework", "norm", "changed_by"]


def assessments(request):
    """Those of one's own organisations, and what could begin; for staff what was submitted."""
    seen = Assessment.objects.visible_to(request.user).select_related("organisation", "framework")
    ordered = seen.order_by("organisation__name", "-started_at", "-pk")
    page = Paginator(ordered, PAGE).get_page(request.GET.get("pagina"))
    own = set(policy.organisations_where(request.user, Permission.READ_DRAFT))
    progress = overview.progress([row.pk for row in page if row.organisation_id in own])
    rows = [{"assessment": row, "progress": progress.get(row.pk)} for row in page]
    context = {
        "page": page,
        "rows": rows,
        "offers": overview.offers(request.user),
        "is_own": bool(own),
    }
    return render(request, "labels/assessments.html", context)


@require_POST
def start_assessment(request):
    """Begin, for one of one's own organisations."""
    own = policy.organisations_where(request.user, Permission.READ_DRAFT)
    place = picked(Organisation.objects.filter(pk__in=own), request.POST.get("organisation"))
    policy.require(request.user, Permission.START_ASSESSMENT, place)
    current = Framework.objects.answerable(timezone.localdate())
    framework = picked(current, request.POST.get("framework"))
    with telling(request, "De zelfevaluatie staat klaar. Begin waar je wilt."):
        return redirect(actions.start(place, framework, by=request.user))
    return redirect("labels:assessments")


def _visible(request, pk):
    seen = Assessment.objects.visible_to(request.user)
    seen = seen.select_related("organisation", "framework", "submitted_by")
    return get_object_or_404(seen, pk=pk)


def _own(request, pk):
    mine = Assessment.objects.own_of(request.user).select_related("organisation", "framework")
    return get_object_or_404(mine, pk=pk)


def assessment(request, pk):
    """How far it is and what comes now. Its words are for the organisation itself; staff sees where it stands."""
    found = _visible(request, pk)
    if policy.may(request.user, Permission.READ_DRAFT, found.organisation):
        return _overview_page(request, found)
    return _seen_page(request, found)


def _overview_page(request, found):
    context = {
        "assessment": found,
        **overview.picture(found),
        "scope": reporting.scope_lines(found),
        "readings": found.readings.select_related("person").order_by("-at"),
        "judged": found.outcomes.exists(),
        "may_edit": policy.may(request.user, Permission.EDIT_ASSESSMENT, found.organisation),
        "may_submit": policy.may(request.user, Permission.SUBMIT_ASSESSMENT, found.organisation),
    }
    return render(request, "labels/assessment.html", context)


def _seen_page(request, found, *, form=None, code=200):
    context = {
        "assessment": found,
        "readings": found.readings.select_related("person").order_by("-at"),
        "judged": found.outcomes.exists(),
        "may_give_back": policy.may(request.user, Permission.GIVE_BACK),
        "form": form or GiveBackForm(),
    }
    return render(request, "labels/assessment_seen.html", context, status=code)


def answer_norm(request, pk, code):
    """What the organisation finds of one norm: read it, write it, bring evidence forward, go on to the next."""
    if request.method == "POST":
        return _save(request, pk, code)
    return _norm_page(request, pk, code)


def _save(request, pk, code):
    own = Answer.objects.own_of(request.user).light()
    found = get_object_or_404(own, assessment=pk, norm__code=code)
    policy.require(request.user, Permission.EDIT_ASSESSMENT, found.assessment.organisation)
    form = AnswerForm(request.POST)
    proof = NormEvidenceForm.sent(request.POST, request.FILES, found)
    if not form.is_valid() or (proof and not _brought(request, found, proof)):
        return _norm_page(request, pk, code, form=form, proof=proof, status=422)
    try:
        actions.answer(found.assessment, code, by=request.user, **form.cleaned_data)
    except Overtaken as overtaken:
        theirs, mine = overtaken.theirs, form.cleaned_data
        both = f"{mine['explanation']}\n\n{theirs.explanation}".strip()
        context = {"theirs": theirs, "mine": mine, "both": both, "form": form}
        return _changed(render(request, "labels/overtaken.html", context, status=409))
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _norm_page(request, pk, code, form=form, status=422)
    return _onward(request, found, proof)


def _brought(request, found, proof):
    """Whether the evidence on the form has come in; if not, the form says why."""
    if not proof.is_valid():
        return False
    said = {**proof.cleaned_data}
    known = said.pop("known", None)
    try:
        if said["kind"] == LIBRARY:
            evidence.cite(known, found.norm, by=request.user)
        else:
            place = found.assessment.organisation
            evidence.add(place, by=request.user, norms=[found.norm], **said)
    except Refusal as refusal:
        proof.add_error("file" if said["kind"] == Evidence.Kind.FILE else None, str(refusal))
        proof.renew()
        return False
    return True


def _onward(request, found, proof):
    """To the next norm if that was asked for, or back to this one; the page itself says that it was saved."""
    here = reverse("labels:answer-norm", args=[found.assessment_id, found.norm.code])
    if proof:
        messages.success(request, f"{found.norm.code} is bewaard. Het bewijs ligt erbij.")
    if proof and request.headers.get("HX-Request"):  # saved in place, but the page has news
        return HttpResponse(headers={"HX-Refresh": "true"})
    if proof:
        return redirect(f"{here}#bewijs")
    if "volgende" not in request.POST:
        return redirect(here)
    messages.success(request, f"{found.norm.code} is bewaard.")
    norms = Norm.objects.filter(framework=found.norm.framework_id)
    following = norms.filter(order__gt=found.norm.order).first()
    if following is None:
        return redirect(found.assessment)
    return redirect("labels:answer-norm", found.assessment_id, following.code)


def _changed(response):
    """Tell a page that saves in place to show this instead of the form."""
    response["HX-Retarget"] = response["HX-Reselect"] = "#norm"
    response["HX-Reswap"] = "outerHTML"
    return response


def _norm_page(request, pk, code, *, form=None, proof=None, status=200):
    own = Answer.objects.own_of(request.user).select_related(*AROUND)
    found = get_object_or_404(own, assessment=pk, norm__code=code)
    assessment, norm = found.assessment, found.norm
    norms = overview.rows(assessment)
    may_edit = policy.may(request.user, Permission.EDIT_ASSESSMENT, assessment.organisation)
    shown = Evidence.objects.filter(organisation=assessment.organisation_id, citations__norm=norm)
    norm.framework = assessment.framework
    context = {
        "answer": found,
        "assessment": assessment,
        "norm": norm,
        "groups": overview.grouped(norms),
        **overview.around(norms, norm.code),
        "chips": [
            chip(vars(row), row.get_absolute_url()) for row in shown.order_by("citations__pk")
        ],
        "writing": may_edit and (assessment.editable or form is not None),
        "form": form or AnswerForm(initial=vars(found)),
        "proof": proof or NormEvidenceForm(answer=found),
        "hints": {step["code"]: step["help"] for step in assessment.framework.scale},
        "may_ask": policy.may(request.user, Permission.ASK_REFLECTION, assessment.organisation),
    }
    response = render(request, "labels/norm.html", context, status=status)
    return response if status == HttpResponse.status_code else _changed(response)


def describe_assessment(request, pk):
    """The summary, and which work in which municipalities the label is about."""
    found = _own(request, pk)
    policy.require(request.user, Permission.EDIT_ASSESSMENT, found.organisation)
    types = found.framework.work_types
    form = DescribeForm(request.POST or None, work_types=types, initial=overview.described(found))
    theirs = None
    if form.is_valid():
        said = {key: form.cleaned_data[key] for key in ("summary", "scopes", "version")}
        try:
            with refused_into(form):
                actions.describe(found, by=request.user, **said)
        except Overtaken as overtaken:
            theirs = overtaken.theirs
            form.catch_up(theirs.summary_version)
        if form.is_valid() and not theirs:
            messages.success(request, "De samenvatting en de reikwijdte zijn bewaard.")
            return redirect(found)
    scope = theirs and reporting.scope_lines(theirs)
    context = {"assessment": found, "form": form, "theirs": theirs, "scope": scope}
    return render(request, "labels/describe.html", context, status=409 if theirs else 200)


@require_POST
def submit_assessment(request, pk):
    """Hand it in to the reviewers."""
    found = _visible(request, pk)
    policy.require(request.user, Permission.SUBMIT_ASSESSMENT, found.organisation)
    with telling(request, "De zelfevaluatie is ingediend. Mooi werk!"):
        actions.submit(found, by=request.user)
    return redirect(found)


def _as_staff(request, pk, permission):
    """What this person looks at for the label; never what belongs to an organisation of their own."""
    _visible(request, pk)
    policy.require(request.user, permission)
    seen = Assessment.objects.open_to_staff(request.user).select_related("organisation")
    return get_object_or_404(seen, pk=pk)


@require_POST
def give_back_assessment(request, pk):
    """The bureau lets an organisation mend what it handed in."""
    found = _as_staff(request, pk, Permission.GIVE_BACK)
    form = GiveBackForm(request.POST)
    if form.is_valid():
        with refused_into(form):
            actions.give_back(found, by=request.user, **form.cleaned_data)
        if form.is_valid():
            messages.success(request, f"Teruggelegd. {found.organisation} krijgt bericht.")
            return redirect("labels:assessments")
    return _seen_page(request, found, form=form, code=422)


def read_along(request, pk):
    """Staff says why it wants to read, and may then do so for some hours."""
    found = _as_staff(request, pk, Permission.READ_SUBMITTED)
    form = ReadAlongForm(request.POST or None)
    if form.is_valid():
        with refused_into(form):
            actions.read_along(found, by=request.user, **form.cleaned_data)
        if form.is_valid():
            return redirect("labels:frozen", found.pk)
    return render(request, "labels/read_along.html", {"assessment": found, "form": form})


def frozen(request, pk):
    """What was handed in, as readers see it; staff first says why."""
    found = _visible(request, pk)
    readable = Assessment.objects.readable_by(request.user, timezone.now())
    if not readable.filter(pk=pk).exists():
        return redirect("labels:read-along", pk)
    copies = found.frozen_copies.select_related("assessment__framework", "made_by")
    copy = copies.last()
    if copy is None:
        raise Http404
    context = {"assessment": found, "copy": copy, "rows": list(overview.told(copy))}
    return render(request, "labels/frozen.html", context)


def evidence_file(request, pk):
    """The file itself: for the organisation, and for staff who now reads the copy that shows it."""
    files = Evidence.objects.filter(kind=Evidence.Kind.FILE)
    found = files.visible_to(request.user).filter(pk=pk).first()
    if found is None:
        found = get_object_or_404(files, pk=pk)
        readable = Assessment.objects.readable_by(request.user, timezone.now())
        copies = FrozenCopy.objects.last_ones().filter(assessment__in=readable)
        same_place = copies.filter(assessment__organisation=found.organisation_id)
        if not any(copy.shows(found.pk) for copy in same_place):
            raise Http404
    return attachment(found.file, found.file_name, found.media)
