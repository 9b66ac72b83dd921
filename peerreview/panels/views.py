"""Deeds on a panel that is not at work: who comes in, who leads, who leaves. The page itself is in ``following``."""

from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from peerreview.panels import actions
from peerreview.panels.access import chosen, member_of, staffed
from sterk.web import telling


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
