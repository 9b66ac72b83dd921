"""Mail about reviews. Never a score, never who found what."""

from labels.assessments.mails import at_home, bureau
from sterk.mail import actions as mail


def of_panel(review):
    """Addresses of the current members of the panel, as far as they still review and have no tie."""
    members = review.panel.members.current().with_mandate()
    untied = members.exclude(pk__in=members.tied().values("pk"))
    return untied.values_list("person__email", flat=True)


def started(review):
    """To the panel: you can begin. To those at home: the review has started, and by whom."""
    event = f"review.start:{review.pk}"
    mail.send("review_started", of_panel(review), event=event, review=review)
    mail.send(
        "review_started_at_home",
        at_home(review.assessment.organisation),
        event=event,
        assessment=review.assessment,
    )


def joined(review, member):
    """To somebody who came in while the review was under way: you can begin."""
    event = f"review.start:{review.pk}"
    mail.send("review_started", [member.person.email], event=event, review=review)


def all_in(review):
    """To the panel: everybody has handed in, you can agree."""
    mail.send("scores_all_in", of_panel(review), event=f"review.all_in:{review.pk}", review=review)


def finished(review):
    """To the bureau: a review is finished."""
    mail.send("review_finished", bureau(), event=f"review.finish:{review.pk}", review=review)


def advice_asked(review):
    """To the auditors of the panel: the improvement plan is there, your advice is asked."""
    auditors = of_panel(review).filter(capacity="auditor")
    mail.send(
        "advice_asked",
        auditors,
        event=f"review.advice:{review.pk}",
        review=review,
    )
