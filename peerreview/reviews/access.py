"""Getting is the guard: what a reviewer may hold of a review, for every view that works on one."""

from django.shortcuts import get_object_or_404

from peerreview.reviews.models import Scorecard


def own_card(request, pk):
    """The asker's own scorecard in this review, with all that its pages need of the review."""
    mine = Scorecard.objects.own_of(request.user).select_related(
        "member__person",
        "review__frozen_copy",
        "review__panel__sign_up__round",
        "review__assessment__organisation",
        "review__assessment__framework",
    )
    return get_object_or_404(mine, review=pk)
