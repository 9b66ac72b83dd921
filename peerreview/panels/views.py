"""Deeds on a panel that is not at work: who comes in, who leads, who leaves. The page itself is in ``following``."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from peerreview.panels import actions
from peerreview.panels.forms import PlaceForm
from peerreview.panels.models import PanelMember
from peerreview.rounds.models import SignUp
from sterk import policy
from sterk.policy import Permission
from sterk.web import telling

GONE = "Deze persoon kan niet meer in dit toetsteam. Kies iemand uit de lijst."


def staffed(request, pk):
    """The sign-up whose panel this person of the bureau makes: 404 unseen, 403 forbidden."""
    seen = SignUp.objects.followed_by(request.user)
    found = get_object_or_404(seen.select_related("organisation", "round__framework"), pk=pk)
    policy.require(request.user, Permission.PLACE_REVIEWERS)
    return found


def member_of(sign_up, pk):
    """Somebody who sits in the panel of this sign-up, or did: letting go twice is no fault."""
    members = PanelMember.objects.select_related("person")
    return get_object_or_404(members, panel__sign_up=sign_up, pk=pk)


def chosen(request, sign_up):
    """The membership that was chosen out of the candidates; None, with a message, when it is not among them."""
    form = PlaceForm(request.POST, candidates=actions.candidates(sign_up))
    if form.is_valid():
        return form.cleaned_data["membership"]
    messages.error(request, GONE)
    return None


@require_POST
def place(request, pk):
    """Put somebody in the panel before the review begins."""
    sign_up = staffed(request, pk)
    if membership := chosen(request, sign_up):
        with telling(request, f"{membership.person} zit nu in het toetsteam en krijgt een mail."):
            actions.place(sign_up, membership, by=request.user)
    return redirect("peerreview:panel", sign_up.pk)


@require_POST
def make_lead(request, pk, member_pk):
    """Let somebody lead the panel."""
    sign_up = staffed(request, pk)
    member = member_of(sign_up, member_pk)
    with telling(request, f"{member.person} is nu voorzitter van het toetsteam."):
        actions.make_lead(member, by=request.user)
    return redirect("peerreview:panel", sign_up.pk)


@require_POST
def let_go(request, pk, member_pk):
    """Take somebody out of the panel; their access ends at once."""
    sign_up = staffed(request, pk)
    member = member_of(sign_up, member_pk)
    with telling(request, f"{member.person} zit niet meer in het toetsteam."):
        actions.let_go(member, by=request.user)
    return redirect("peerreview:panel", sign_up.pk)
