"""Getting is the guard: what somebody may hold of a panel, for every view that works on one."""

from django.contrib import messages
from django.shortcuts import get_object_or_404

from peerreview.panels import actions
from peerreview.panels.forms import PlaceForm
from peerreview.panels.models import PanelMember
from peerreview.rounds.models import SignUp
from sterk import policy
from sterk.policy import Permission

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
