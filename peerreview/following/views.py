"""Pages on a whole round and on one panel, for bureau and committee. By names and numbers only: never a score."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from labels.assessments.models import Assessment
from peerreview.following.reading import lines
from peerreview.panels.access import chosen, member_of, staffed
from peerreview.panels.actions import candidates
from peerreview.panels.models import Panel
from peerreview.reviews import actions
from peerreview.reviews.models import Review
from peerreview.rounds.models import Round, SignUp
from sterk import policy
from sterk.policy import Permission
from sterk.web import telling

PAGE = 50
CANDIDATES = 25


def round_(request, pk):
    """Who takes part, how far each is and what comes next."""
    seen = Round.objects.visible_to(request.user).select_related("framework")
    found = get_object_or_404(seen, pk=pk)
    sign_ups = SignUp.objects.followed_by(request.user).filter(round=found)
    ordered = sign_ups.order_by("organisation__name")
    page = Paginator(ordered, PAGE).get_page(request.GET.get("pagina"))
    context = {
        "round": found,
        "page": page,
        "lines": lines(page.object_list),
        "days": (found.closes_on - timezone.localdate()).days,
        "may_sign_up": policy.may(request.user, Permission.SIGN_UP),
        "may_place": policy.may(request.user, Permission.PLACE_REVIEWERS),
    }
    return render(request, "peerreview/round.html", context)


def panel(request, pk):
    """The panel of one organisation: who sits in it, why it is not complete, and who could come in."""
    sign_ups = SignUp.objects.followed_by(request.user).filter(pk=pk)
    line = next(iter(lines(sign_ups)), None)
    sign_up = line.sign_up if line else get_object_or_404(sign_ups)
    may_place = policy.may(request.user, Permission.PLACE_REVIEWERS)
    words = request.GET.get("zoek", "").replace("\x00", "").strip()
    found = candidates(sign_up).exclude(person__in=[member.person_id for member in line.members])
    if words:
        found = found.filter(
            Q(person__name__icontains=words) | Q(organisation__name__icontains=words)
        )
    page = Paginator(found, CANDIDATES).get_page(request.GET.get("pagina")) if may_place else None
    context = {
        "line": line,
        "sign_up": sign_up,
        "page": page,
        "words": words,
        "may_place": may_place,
    }
    return render(request, "peerreview/panel.html", context)


@require_POST
def start_review(request, pk):
    """Let the panel begin."""
    sign_up = staffed(request, pk)
    found = get_object_or_404(Panel, sign_up=sign_up)
    with telling(request, "De toetsing is begonnen. Het team en de organisatie krijgen een mail."):
        actions.start(found, by=request.user)
    return redirect("peerreview:panel", sign_up.pk)


@require_POST
def join_review(request, pk):
    """Put one more person in a panel that is at work."""
    sign_up = staffed(request, pk)
    review = _last_review(sign_up)
    if membership := chosen(request, sign_up):
        with telling(request, f"{membership.person} doet nu mee en krijgt een mail."):
            actions.join(review, membership, by=request.user)
    return redirect("peerreview:panel", sign_up.pk)


def leave_review(request, pk, member_pk):
    """Take somebody out of a panel that is at work, after a page that says what that means."""
    sign_up = staffed(request, pk)
    member = member_of(sign_up, member_pk)
    if request.method != "POST":
        context = {"sign_up": sign_up, "member": member}
        return render(request, "peerreview/leave_review.html", context)
    with telling(request, f"{member.person} zit niet meer in het toetsteam."):
        actions.leave(_last_review(sign_up), member, by=request.user)
    return redirect("peerreview:panel", sign_up.pk)


def _last_review(sign_up):
    """What this panel is at work on; the action says so when it has just finished."""
    return get_object_or_404(Review.objects.filter(panel__sign_up=sign_up).order_by("-pk")[:1])


@require_POST
def look_again(request, pk):
    """After *aangehouden*: let the same panel look at the norms that were left open."""
    assessment = get_object_or_404(Assessment.objects.open_to_staff(request.user), pk=pk)
    policy.require(request.user, Permission.PLACE_REVIEWERS)
    with telling(
        request, "De hertoetsing is begonnen. Het team en de organisatie krijgen bericht."
    ):
        actions.look_again(assessment, by=request.user)
    return redirect("labels:decision", assessment.pk)
