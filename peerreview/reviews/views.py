"""Pages of a reviewer: what one's panels are, what the organisation handed in, and one's own scores.

Every page begins with the own scorecard of who asks; without one there is nothing here (404).
"""

from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from labels.assessments.models import Assessment
from labels.assessments.reporting import route_of, scope_lines
from labels.evidence.models import Evidence
from labels.frameworks.models import Route
from peerreview.panels.models import PanelMember
from peerreview.reviews import actions, reading
from peerreview.reviews.access import own_card
from peerreview.reviews.forms import ScoreForm, hints, rebased
from peerreview.reviews.models import Scorecard
from sterk.jobs import JobState
from sterk.lifecycle import Overtaken
from sterk.logbook.models import Entry
from sterk.organisations.models import Organisation
from sterk.web import attachment, refused_into, telling


@require_safe
def reviews(request):
    """One's own panels: where one is at work, what comes, and what was finished not long ago."""
    cards = (
        Scorecard.objects.own_of(request.user)
        .select_related("review__assessment__organisation", "review__panel__sign_up__round")
        .annotate(total=Count("scores"), scored=Count("scores", filter=~Q(scores__score="")))
        .order_by("-review__started_at")
    )
    barred = Organisation.objects.barred_for(request.user).values("pk")
    coming = (
        PanelMember.objects.current()
        .with_mandate()
        .filter(person=request.user, panel__reviews__isnull=True)
        .exclude(panel__sign_up__organisation__in=barred)
        .select_related("panel__sign_up__organisation", "panel__sign_up__round")
        .order_by("pk")
    )
    context = {"cards": cards, "coming": coming}
    return render(request, "peerreview/reviews.html", context)


@require_safe
def review(request, pk):
    """One review as one member sees it: what is asked now, who is in the team, one's own scores."""
    card = own_card(request, pk)
    scores = reading.own_scores(card)
    first_open = next((score for score in scores if not score.score), None)
    context = {
        "card": card,
        "review": card.review,
        "summary": card.review.frozen_copy.content["summary"],
        "scope": scope_lines(card.review.assessment),
        "team": reading.team(card),
        "groups": reading.beads(card, scores),
        "scored": sum(1 for score in scores if score.score),
        "total": len(scores),
        "next_norm": first_open and reading.norm_url(card, first_open.norm.code),
        "awaited": reading.awaited(card),
        "outcome": (outcome := reading.outcome_of(card.review)),
        "advises": outcome is not None and route_of(outcome).gives(Route.Yield.ADVICE),
    }
    return render(request, "peerreview/review.html", context)


def norm(request, pk, code):
    """One norm: what the organisation says and shows, and what the reviewer finds of it."""
    card = own_card(request, pk)
    found = get_object_or_404(
        card.scores.select_related("norm__cluster", "norm__theme"), norm__code=code
    )
    if request.method == "POST":
        return _save_score(request, card, found)
    initial = {"score": found.score, "note": found.note, "version": found.version}
    form = None if card.handed_in_at else ScoreForm(initial=initial)
    return render(request, "peerreview/norm.html", _norm_context(card, found, form))


def _save_score(request, card, found):
    form, theirs = ScoreForm(request.POST), None
    try:
        if form.is_valid():
            with refused_into(form):
                found = actions.score(card, found.norm.code, **form.cleaned_data)
    except Overtaken as overtaken:
        theirs = overtaken.theirs
        form = rebased(form, theirs.version)
    if theirs is None and form.is_valid():
        return _score_saved(request, card, found)
    context = _norm_context(card, found, form, theirs=theirs)
    code = 409 if theirs else 422
    if not request.headers.get("HX-Request"):
        return render(request, "peerreview/norm.html", context, status=code)
    response = render(request, "peerreview/score_form.html", context, status=code)
    response["HX-Retarget"], response["HX-Reswap"] = "#score-form", "outerHTML"
    return response


def _score_saved(request, card, found):
    own = reading.own_scores(card)
    following = reading.way(own, found.norm.code).following
    goes_on = following and "verder" in request.POST
    address = reading.norm_url(card, following.norm.code if goes_on else found.norm.code)
    if not request.headers.get("HX-Request"):
        return redirect(address)
    groups = reading.beads(card, own, current=found.norm.code)
    context = {"version": found.version, "groups": groups}
    response = render(request, "peerreview/score_saved.html", context)
    if goes_on:
        response["HX-Redirect"] = address
    return response


def _norm_context(card, score, form, *, theirs=None):
    own = reading.own_scores(card)
    code = score.norm.code
    score.norm.framework = card.review.assessment.framework
    return {
        "card": card,
        "review": card.review,
        "norm": score.norm,
        "score": score,
        "form": form,
        "theirs": theirs,
        "hints": hints(card.review.assessment.framework),
        "always": card.review.assessment.framework.always_at_hand,
        "said": reading.handed_in_words(card.review, code),
        "way": reading.way(own, code),
        "groups": reading.beads(card, own, current=code),
        "colleagues": reading.found_by_colleagues(card, score.norm),
        "is_open": reading.is_open(card),
        "before": reading.said_before(card, score.norm),
    }


@require_safe
def evidence_file(request, pk, evidence_pk):
    """Download a file that was handed in. The organisation sees in its logbook who opened it."""
    card = own_card(request, pk)
    piece = reading.frozen_piece(card.review, evidence_pk)
    if piece is None:
        raise Http404
    found = get_object_or_404(
        Evidence,
        pk=evidence_pk,
        organisation=card.review.assessment.organisation_id,
        digest=piece["digest"],
    )
    response = attachment(found.file, piece["file_name"], found.media)
    Entry.record(request.user, "review.read_evidence", found, norm=piece["norm"])
    return response


def hand_in_scores(request, pk):
    """Hand in one's own scores, after a page that says that this is final."""
    card = own_card(request, pk)
    if request.method == "POST":
        with telling(request, "Je scores zijn ingeleverd. Ze veranderen niet meer."):
            actions.hand_in(card, by=request.user)
        return redirect(card.review)
    scores = reading.own_scores(card)
    context = {
        "card": card,
        "review": card.review,
        "open": [score for score in scores if not score.score],
        "total": len(scores),
    }
    return render(request, "peerreview/hand_in.html", context)


@require_safe
def review_report(request, pk):
    """Download the report, as long as the review is open to its panel."""
    card = own_card(request, pk)
    outcome = reading.outcome_of(card.review)
    if outcome is None or outcome.report is None or outcome.report.state != JobState.DONE:
        raise Http404
    return attachment(outcome.report.file, outcome.report.file_name, "application/pdf")


@require_safe
def assessment_panel(request, pk):
    """For the organisation itself: who reviews us. Names from the start of the review; never how far they are."""
    own = Assessment.objects.own_of(request.user).select_related("organisation")
    assessment = get_object_or_404(own, pk=pk)
    last = assessment.reviews.order_by("-number").first()
    members = PanelMember.objects.current().filter(panel=last.panel_id) if last else []
    context = {
        "assessment": assessment,
        "review": last,
        "team": last and members.select_related("person", "organisation").order_by("-lead", "pk"),
    }
    return render(request, "peerreview/assessment_panel.html", context)
