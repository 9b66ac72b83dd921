"""Pages of a panel together: agree, write down findings, sum up, finish, and advise.

They open when everybody has handed in; before that a member is sent back to the page of the review.
"""

from functools import wraps

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from labels.assessments.actions import plan_needed
from labels.assessments.reporting import route_of
from labels.frameworks.models import Route
from peerreview.agreement import reading
from peerreview.agreement.forms import AdviceForm, FindingForm, SummaryForm, VerdictForm
from peerreview.panels.models import PanelMember
from peerreview.reviews import actions
from peerreview.reviews.access import own_card
from peerreview.reviews.forms import rebased
from peerreview.reviews.reading import is_open, outcome_of, team
from peerreview.reviews.states import State
from sterk.lifecycle import Overtaken
from sterk.web import refused_into, telling

NOT_YET = "Dit kan pas als iedereen in het toetsteam de eigen scores heeft ingeleverd."


def together(view):
    """A view for when everybody has handed in: it gets the own scorecard in place of the key of the review."""

    @wraps(view)
    def wrapped(request, pk, **kwargs):
        card = own_card(request, pk)
        if not is_open(card):
            messages.info(request, NOT_YET)
            return redirect(card.review)
        return view(request, card, **kwargs)

    return wrapped


@together
def agreement(request, card):
    """Every norm a card, what differs first; verdict and motivation are saved per norm."""
    return _agreement_page(request, card)


def _agreement_page(request, card, *, answered=None, code=200):
    topics = reading.topics(card)
    if answered:
        pairs = {answered.verdict.pk: answered}
        topics = [pairs.get(topic.verdict.pk, topic) for topic in topics]
    for topic in topics:
        _with_form(card, topic)
    ordered = reading.by_difference(topics)
    context = {
        "card": card,
        "review": card.review,
        "alone": all(len(topic.scores) == 1 for topic in topics),
        "differing": [topic for topic in ordered if topic.spread],
        "equal": [topic for topic in ordered if not topic.spread],
        "total": len(topics),
        "agreed": sum(1 for topic in topics if topic.complete),
        "remarks": sum(len(topic.findings) for topic in topics),
    }
    return render(request, "peerreview/agreement.html", context, status=code)


def _with_form(card, topic):
    if topic.form is None and card.review.state == State.UNDER_WAY:
        topic.form = VerdictForm(initial=topic.first_draft(), auto_id=_ids(topic.verdict.norm.code))
    return topic


def _ids(code):
    return f"id_{code}_%s"


@require_POST
@together
def agree(request, card, code):
    """Save what the panel agrees on one norm; in place where there is JavaScript."""
    get_object_or_404(card.review.verdicts, norm__code=code)
    form, theirs = VerdictForm(request.POST, auto_id=_ids(code)), None
    if taken := request.POST.get("neem"):
        form = _with_note(form, reading.topics(card, code)[0], taken)
        return _answer(request, card, code, form=form)
    try:
        if form.is_valid():
            with refused_into(form):
                actions.agree(card.review, code, by=request.user, **form.cleaned_data)
    except Overtaken as overtaken:
        theirs, form = overtaken.theirs, rebased(form, overtaken.theirs.version)
    if theirs is None and form.is_valid():
        return _answer(request, card, code, saved=True)
    return _answer(request, card, code, form=form, theirs=theirs, status=409 if theirs else 422)


def _with_note(form, topic, taken):
    """The form as it was typed, with the note of one member put under the motivation."""
    notes = [score.note for score in topic.scores if str(score.pk) == taken]
    data = form.data.copy()
    data["motivation"] = "\n\n".join(filter(None, [data.get("motivation", "").strip(), *notes]))
    return VerdictForm(data, auto_id=form.auto_id)


def _answer(request, card, code, *, form=None, theirs=None, saved=False, status=200):
    in_place = request.headers.get("HX-Request")
    if saved and not in_place:
        messages.success(request, f"Het oordeel over {code} is bewaard.")
        return redirect(f"{reverse('peerreview:agreement', args=[card.review_id])}#norm-{code}")
    topic = reading.topics(card, code)[0]
    topic.form, topic.theirs, topic.saved = form, theirs, saved
    if not in_place:
        return _agreement_page(request, card, answered=topic, code=status)
    context = {"card": card, "review": card.review, "topic": _with_form(card, topic)}
    return render(request, "peerreview/topic.html", context, status=status)


@together
def findings(request, card):
    """All findings, and one to add; with ``?norm=`` the norm is filled in."""
    norms = [verdict.norm for verdict in _verdicts(card)]
    asked = request.GET.get("norm", "")
    form = FindingForm(
        request.POST or None,
        norms=norms,
        roles=card.review.assessment.framework.interview_groups,
        initial={"norm": asked},
    )
    if request.method == "POST" and form.is_valid():
        with telling(request, "De bevinding staat erbij.", form):
            actions.find(card.review, by=request.user, **form.cleaned_data)
            return redirect(request.get_full_path())
    context = {
        "card": card,
        "review": card.review,
        "form": form,
        "findings": card.review.findings.select_related("norm", "written_by").order_by("pk"),
        "asked": form.norms.get(asked),
    }
    status = 422 if form.errors else 200
    return render(request, "peerreview/findings.html", context, status=status)


def _verdicts(card):
    return card.review.verdicts.select_related("norm").order_by("norm__order")


@require_POST
@together
def scrap_finding(request, card, finding_pk):
    """Take a finding out again."""
    found = card.review.findings.filter(pk=finding_pk).first()
    if found:
        with telling(request, "De bevinding is weggehaald."):
            actions.scrap(found, by=request.user)
    return redirect("peerreview:findings", card.review_id)


@together
def summary(request, card):
    """The summary for the report."""
    review, theirs = card.review, None
    started = {"summary": review.summary, "version": review.summary_version}
    form = SummaryForm(request.POST or None, initial=started)
    try:
        if form.is_valid():
            with refused_into(form):
                actions.summarise(review, by=request.user, **form.cleaned_data)
                messages.success(request, "De samenvatting is bewaard.")
                return redirect("peerreview:finish-review", review.pk)
    except Overtaken as overtaken:
        theirs, form = overtaken.theirs, rebased(form, overtaken.theirs.summary_version)
    context = {"card": card, "review": review, "form": form, "theirs": theirs}
    status = (409 if theirs else 422) if form.is_bound else 200
    return render(request, "peerreview/summary.html", context, status=status)


@together
def finish_review(request, card):
    """What is still wanting, what happens next, and the end of the review. The lead finishes."""
    review = card.review
    if request.method == "POST":
        with telling(request, "De toetsing is afgerond. Het rapport wordt nu gemaakt."):
            actions.finish(review, by=request.user)
            return redirect(review)
        return redirect("peerreview:finish-review", review.pk)
    route = review.assessment.framework.routes.get(code=review.panel.sign_up.route)
    context = {
        "card": card,
        "review": review,
        "wanting": reading.wanting(review),
        "tally": reading.tally(review),
        "remarks": review.findings.count(),
        "asks_advice": route.gives(Route.Yield.ADVICE),
        "asks_decision": route.gives(Route.Yield.DECISION),
        "lead": next((member for member in team(card) if member.lead), None),
    }
    return render(request, "peerreview/finish.html", context)


def advise(request, pk):
    """The outcome with the improvement plan beside it, and the advice that rests on both."""
    card = own_card(request, pk)
    outcome = outcome_of(card.review)
    if outcome is None or not route_of(outcome).gives(Route.Yield.ADVICE):
        return redirect(card.review)
    form = AdviceForm(request.POST or None)
    if form.is_valid():
        with telling(request, "Je advies is gegeven. Het bureau krijgt een mail.", form):
            actions.advise(card.review, by=request.user, **form.cleaned_data)
            return redirect("peerreview:advise", card.review_id)
    assessment = card.review.assessment
    context = {
        "card": card,
        "review": card.review,
        "outcome": outcome,
        "rows": reading.planned(outcome),
        "tally": reading.tally_of(outcome.verdicts.values_list("verdict", flat=True)),
        "ready": assessment.plan_handed_in_at or not plan_needed(outcome).exists(),
        "is_auditor": card.member.capacity == PanelMember.Capacity.AUDITOR,
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "peerreview/advise.html", context, status=status)
