"""Pages on rounds: which there are, a new one, and who takes part."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from labels.frameworks.models import Framework
from peerreview.rounds import actions
from peerreview.rounds.forms import RoundForm, SignUpForm
from peerreview.rounds.models import Round, SignUp
from sterk import policy
from sterk.organisations.models import Organisation
from sterk.policy import Permission
from sterk.web import telling

PAGE = 25
CHOICES = 50  # organisations that are offered at once; a search finds the others


def rounds(request):
    """All rounds, the newest first."""
    policy.require(request.user, Permission.FOLLOW_REVIEWS)
    found = (
        Round.objects.visible_to(request.user)
        .annotate(taking_part=Count("sign_ups"))
        .select_related("framework")
        .order_by("-opens_on", "-pk")
    )
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("pagina")),
        "today": timezone.localdate(),
        "may_open": policy.may(request.user, Permission.OPEN_ROUND),
    }
    return render(request, "peerreview/rounds.html", context)


def new_round(request):
    """The bureau opens a round."""
    policy.require(request.user, Permission.OPEN_ROUND)
    frameworks = Framework.objects.answerable(timezone.localdate())
    form = RoundForm(request.POST or None, frameworks=frameworks)
    if form.is_valid():
        with telling(request, "De ronde staat klaar. Zet er nu organisaties in.", form):
            made = actions.open_round(by=request.user, **form.cleaned_data)
            return redirect("peerreview:sign-up", made.pk)
    return render(request, "peerreview/round_form.html", {"form": form})


def sign_up(request, pk):
    """The bureau puts organisations in a round."""
    into = get_object_or_404(Round.objects.visible_to(request.user), pk=pk)
    policy.require(request.user, Permission.SIGN_UP)
    words = request.GET.get("zoek", "").replace("\x00", "").strip()
    absent = _absent(into, request.user)
    found = (absent.matching(words) if words else absent)[: CHOICES + 1]
    form = SignUpForm(
        request.POST or None,
        routes=into.framework.routes.order_by("pk"),
        organisations=absent,
        shown=found[:CHOICES],
    )
    if form.is_valid():
        with telling(request, "De organisaties doen mee. Stel nu de toetsteams samen.", form):
            actions.sign_up_all(into, by=request.user, **form.cleaned_data)
            return redirect(into)
    context = {"round": into, "form": form, "words": words, "more": len(found) > CHOICES}
    return render(request, "peerreview/sign_up.html", context)


def _absent(into, user):
    """Organisations that could come into this round and that this person may deal with."""
    return (
        Organisation.objects.filter(kind=Organisation.Kind.MEMBER)
        .exclude(pk__in=into.sign_ups.values("organisation"))
        .exclude(pk__in=Organisation.objects.barred_for(user).values("pk"))
        .order_by("name")
    )


@require_POST
def take_out(request, pk):
    """The bureau takes an organisation out of a round again."""
    found = get_object_or_404(SignUp.objects.followed_by(request.user), pk=pk)
    policy.require(request.user, Permission.SIGN_UP)
    into = found.round
    with telling(request, f"{found.organisation} doet niet meer mee in deze ronde."):
        actions.take_out(found, by=request.user)
    return redirect(into)
