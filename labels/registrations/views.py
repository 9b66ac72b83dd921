"""Pages on decisions and registrations, for bureau and committee."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from labels.assessments.models import Assessment
from labels.assessments.states import State as AssessmentState
from labels.frameworks.models import Judgement
from labels.registrations import actions, overview
from labels.registrations.forms import MeasureForm, ProposalForm, RejectForm
from labels.registrations.models import Decision, Measure, Registration
from labels.registrations.steps import next_step, outcomes_to_decide
from sterk import policy
from sterk.jobs import JobState
from sterk.policy import Permission
from sterk.web import attachment, refused_into, telling

PAGE = 25


def decisions(request):
    """What waits for a decision and how far it is, then what was decided."""
    policy.require(request.user, Permission.FOLLOW_REVIEWS)
    seen = Assessment.objects.open_to_staff(request.user)
    ripe = [
        {"outcome": outcome, "next": next_step(outcome).label}
        for outcome in outcomes_to_decide(seen.filter(state=AssessmentState.REVIEWED))
    ]
    taken = (
        _decisions(request)
        .filter(confirmed_at__isnull=False)
        .select_related("assessment__organisation")
        .order_by("-confirmed_at")
    )
    page = Paginator(taken, PAGE).get_page(request.GET.get("pagina"))
    return render(request, "labels/decisions.html", {"ripe": ripe, "page": page})


def decision(request, pk):
    """Everything a decision rests on, the proposal, and its confirmation: one page for the whole of it."""
    assessment = _decidable(request, pk)
    policy.require(request.user, Permission.PROPOSE_DECISION)
    form = ProposalForm(request.POST or None)
    if form.is_valid():
        with refused_into(form):
            actions.propose(assessment, by=request.user, **form.cleaned_data)
        if form.is_valid():
            messages.success(request, "Het voorstel ligt klaar voor een tweede persoon.")
            return redirect("labels:decision", pk=pk)
    return _decision_page(request, assessment, form=form)


def _decidable(request, pk):
    seen = Assessment.objects.open_to_staff(request.user).filter(outcomes__isnull=False).distinct()
    return get_object_or_404(seen.select_related("organisation", "framework"), pk=pk)


def _decisions(request):
    """Those that this person deals with for the label; never those on an organisation of their own."""
    return Decision.objects.filter(assessment__in=Assessment.objects.open_to_staff(request.user))


def _decision_page(request, assessment, *, form=None, reject_form=None, code=200):
    outcome = assessment.outcomes.with_tally().select_related("report").last()
    proposals = list(
        assessment.decisions.select_related("proposed_by", "confirmed_by", "rejected_by", "outcome")
    )
    waiting = next((d for d in reversed(proposals) if d.open), None)
    context = {
        "assessment": assessment,
        "outcome": outcome,
        "route": assessment.framework.routes.get(code=outcome.route),
        "tally": [(c, label, getattr(outcome, c)) for c, label in Judgement.choices],
        "wanting": _wanting(assessment, outcome),
        "proposals": proposals,
        "waiting": waiting,
        "registration": Registration.objects.filter(assessment=assessment).first(),
        "can_propose": waiting is None and _open_for_proposal(assessment, outcome, proposals),
        "can_confirm": waiting and _may_settle(request.user, waiting),
        "is_held": _is_held(assessment, outcome, proposals),
        "form": form or ProposalForm(),
        "reject_form": reject_form or RejectForm(),
    }
    return render(request, "labels/decision.html", context, status=code)


def _wanting(assessment, outcome):
    """Norms that are not fully met, each with the improvements that the organisation plans for it."""
    verdicts = outcome.verdicts.exclude(verdict=Judgement.MET).select_related("norm")
    plans = overview.plans(assessment) if assessment.plan_handed_in_at else {}
    return [{"verdict": verdict, "plans": plans.get(verdict.norm_id, [])} for verdict in verdicts]


def _open_for_proposal(assessment, outcome, proposals):
    taken = any(d.outcome_id == outcome.pk and d.rejected_at is None for d in proposals)
    return assessment.state == AssessmentState.REVIEWED and not taken


def _is_held(assessment, outcome, proposals):
    return assessment.state == AssessmentState.REVIEWED and any(
        d.ruling == Decision.Ruling.CONDITIONAL and d.confirmed_at and d.outcome_id == outcome.pk
        for d in proposals
    )


def _may_settle(user, proposal):
    return policy.may(user, Permission.CONFIRM_DECISION) and proposal.proposed_by_id != user.pk


@require_POST
def confirm_decision(request, pk):
    """Make a proposal final."""
    found = _proposal(request, _decisions(request), pk)
    with telling(request, "Het besluit is genomen. De organisatie krijgt bericht."):
        actions.confirm(found, by=request.user)
    return redirect("labels:decision", pk=found.assessment_id)


@require_POST
def reject_decision(request, pk):
    """Send a proposal back."""
    found = _proposal(request, _decisions(request), pk)
    form = RejectForm(request.POST)
    if form.is_valid():
        with telling(request, "Het voorstel is teruggestuurd."):
            actions.reject(found, by=request.user, **form.cleaned_data)
        return redirect("labels:decision", pk=found.assessment_id)
    return _decision_page(request, found.assessment, reject_form=form, code=400)


def _proposal(request, seen, pk):
    if not policy.may(request.user, Permission.FOLLOW_REVIEWS):
        seen = seen.none()
    found = get_object_or_404(seen, pk=pk)
    policy.require(request.user, Permission.CONFIRM_DECISION)
    return found


def registration(request, pk):
    """The life of one registration, for bureau and committee: what it is, and measures on it."""
    found = _registration(request, pk)
    policy.require(request.user, Permission.PROPOSE_DECISION)
    form = MeasureForm(request.POST or None)
    if form.is_valid():
        with refused_into(form):
            actions.propose_measure(found, by=request.user, **form.cleaned_data)
        if form.is_valid():
            messages.success(request, "Het voorstel ligt klaar voor een tweede persoon.")
            return redirect("labels:registration", pk=pk)
    return _registration_page(request, found, form=form)


def _registration(request, pk):
    if not policy.may(request.user, Permission.FOLLOW_REVIEWS):
        return get_object_or_404(Registration.objects.none(), pk=pk)
    seen = Registration.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related("organisation", "certificate"), pk=pk)


def _registration_page(request, found, *, form=None, reject_form=None, code=200):
    measures = list(found.measures.select_related("proposed_by", "confirmed_by", "rejected_by"))
    waiting = next((measure for measure in measures if measure.open), None)
    context = {
        "registration": found,
        "measures": measures,
        "waiting": waiting,
        "can_confirm": waiting and _may_settle(request.user, waiting),
        "form": form or MeasureForm(),
        "reject_form": reject_form or RejectForm(),
    }
    return render(request, "labels/registration.html", context, status=code)


@require_POST
def confirm_measure(request, pk):
    """Carry out a proposed measure."""
    found = _measure(request, pk)
    with telling(request, "De maatregel is uitgevoerd. Het register is bijgewerkt."):
        actions.confirm_measure(found, by=request.user)
    return redirect("labels:registration", pk=found.registration_id)


@require_POST
def reject_measure(request, pk):
    """Send a proposed measure back."""
    found = _measure(request, pk)
    form = RejectForm(request.POST)
    if form.is_valid():
        with telling(request, "Het voorstel is teruggestuurd."):
            actions.reject(found, by=request.user, **form.cleaned_data)
        return redirect("labels:registration", pk=found.registration_id)
    return _registration_page(request, found.registration, reject_form=form, code=400)


def _measure(request, pk):
    seen = Registration.objects.visible_to(request.user)
    return _proposal(request, Measure.objects.filter(registration__in=seen), pk)


def certificate(request, pk):
    """Download a certificate: for the organisation itself, for bureau and committee."""
    seen = Registration.objects.visible_to(request.user) | Registration.objects.own_of(request.user)
    found = get_object_or_404(seen.select_related("certificate"), pk=pk)
    report = found.certificate
    if report is None or report.state != JobState.DONE:
        raise Http404
    return attachment(report.file, report.file_name, "application/pdf")


def outcome(request, pk):
    """What the panel found, for the organisation and for staff: verdicts, report, plan and decision."""
    assessment, found = _outcome(request, pk)
    place = assessment.organisation
    remarks = overview.remarks_on(found)
    own = policy.may(request.user, Permission.READ_DRAFT, place)
    shows_plan = own or assessment.plan_handed_in_at is not None
    rows = overview.found(found, remarks, with_plans=shows_plan)
    wanting = [row for row in rows if row["asks"]]
    waits = assessment.state == AssessmentState.REVIEWED and not assessment.plan_handed_in_at
    context = {
        "assessment": assessment,
        "outcome": found,
        "route": assessment.framework.routes.get(code=found.route),
        "rows": rows,
        "remarks": remarks[None],
        "tally": overview.tally(rows),
        "wanting": wanting,
        "shows_plan": shows_plan,
        "unplanned": [row["norm"].code for row in wanting if not row["plans"]],
        "decisions": assessment.decisions.filter(confirmed_at__isnull=False).order_by("pk"),
        "registration": Registration.objects.filter(assessment=assessment).first(),
        "may_plan": policy.may(request.user, Permission.PLAN_IMPROVEMENT, place),
        "may_hand_in": waits and policy.may(request.user, Permission.HAND_IN_PLAN, place),
        "may_remake": policy.may(request.user, Permission.REMAKE_REPORT),
    }
    return render(request, "labels/outcome.html", context)


def _outcome(request, pk):
    seen = Assessment.objects.visible_to(request.user).select_related("organisation", "framework")
    assessment = get_object_or_404(seen, pk=pk)
    policy.require(request.user, Permission.READ_OUTCOME, assessment.organisation)
    found = assessment.outcomes.select_related("report").defer("report__content").last()
    if found is None:
        raise Http404
    return assessment, found


def outcome_report(request, pk):
    """The report as PDF."""
    _, found = _outcome(request, pk)
    if found.report is None or found.report.state != JobState.DONE:
        raise Http404
    return attachment(found.report.file, found.report.file_name, "application/pdf")


@require_POST
def hand_in_plan(request, pk):
    """The improvement plan is ready; advice and decision can follow."""
    assessment, _ = _outcome(request, pk)
    policy.require(request.user, Permission.HAND_IN_PLAN, assessment.organisation)
    with telling(request, "Het verbeterplan is ingeleverd."):
        actions.hand_in_plan(assessment, by=request.user)
    return redirect("labels:outcome", pk)
