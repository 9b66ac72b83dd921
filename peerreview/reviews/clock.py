"""What happens to reviews because time passes."""

from celery import shared_task

from labels.assessments.states import State as AssessmentState
from peerreview.reviews.actions import ask_advice
from peerreview.reviews.models import Review
from peerreview.reviews.states import State


@shared_task
def ask_advice_due():
    """Ask the auditors for their advice where the improvement plan came in after the review; each is asked once."""
    waiting = Review.objects.filter(
        state=State.FINISHED,
        assessment__state=AssessmentState.REVIEWED,
        assessment__plan_handed_in_at__isnull=False,
    ).select_related("assessment__framework")
    for review in waiting:
        ask_advice(review)
    return len(waiting)
