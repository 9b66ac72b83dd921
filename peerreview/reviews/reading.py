"""What a member of a panel may read: what the organisation handed in, one's own scores, and in time those of colleagues.

The rule against anchoring is kept by ``Scorecard.objects.open_to``: until somebody has handed in own scores, nothing
here looks at the row of a colleague, not to show it, not to count it and not to sort by it.
"""

from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse

from labels.assessments.models import Outcome
from labels.evidence.models import Evidence
from labels.evidence.rendering import chip
from peerreview.reviews.models import Score, Scorecard

SAFE = ("http://", "https://")


def own_scores(card):
    """The holder's own scores in the order of the norms, with what a list of norms shows."""
    return list(
        card.scores.select_related("norm__theme")
        .only("scorecard", "score", "norm__code", "norm__title", "norm__theme__title")
        .order_by("norm__order")
    )


def beads(card, scores, current=None):
    """These scores as beads per group of norms: ``[{"label", "beads": [{"code", "title", "judgement", …}]}]``."""
    return [
        {"label": theme.title, "beads": [_bead(card, score, current) for score in group]}
        for theme, group in groupby(scores, key=lambda score: score.norm.theme)
    ]


def _bead(card, score, current):
    code = score.norm.code
    return {
        "code": code,
        "title": score.norm.title,
        "judgement": score.score,
        "url": norm_url(card, code),
        "current": code == current,
    }


def norm_url(card, code):
    """Where the holder of this card scores this norm."""
    return reverse("peerreview:review-norm", args=[card.review_id, code])


@dataclass(frozen=True)
class Way:
    """Where a norm stands among the norms of a review: "12 van 49", with its neighbours (scores or None)."""

    position: int
    total: int
    previous: Score | None
    following: Score | None


def way(scores, code):
    """The way from one norm to the next."""
    at = next(index for index, score in enumerate(scores) if score.norm.code == code)
    return Way(
        position=at + 1,
        total=len(scores),
        previous=scores[at - 1] if at else None,
        following=scores[at + 1] if at + 1 < len(scores) else None,
    )


def handed_in_words(review, code):
    """What the organisation itself said on this norm when it handed in: ``score``, ``explanation``, ``evidence``."""
    said = review.frozen_copy.content["norms"][code]
    return {**said, "evidence": [_shown(review, piece) for piece in said["evidence"]]}


def _shown(review, piece):
    address = ""
    if piece["kind"] == Evidence.Kind.FILE:
        address = reverse("peerreview:review-evidence-file", args=[review.pk, piece["pk"]])
    elif piece["url"].startswith(SAFE):
        address = piece["url"]
    return {"chip": chip(piece, address), "note": piece["note"], "passages": piece["passages"]}


def frozen_piece(review, evidence_pk):
    """A file as it was handed in, if it belongs to a norm that this review looks at; else None."""
    codes = review.verdicts.values_list("norm__code", flat=True)
    for code in codes:
        for piece in review.frozen_copy.content["norms"][code]["evidence"]:
            if piece["pk"] == evidence_pk and piece["kind"] == Evidence.Kind.FILE:
                return {**piece, "norm": code}
    return None


def outcome_of(review):
    """What the house of labels keeps of this review once it is finished; None before."""
    if review.finished_at is None:
        return None
    outcomes = Outcome.objects.filter(assessment=review.assessment_id, number=review.number)
    return outcomes.select_related("report").first()


def team(card):
    """The panel: who, for whom, who leads."""
    members = card.review.panel.members.current().select_related("person", "organisation")
    return list(members.order_by("-lead", "pk"))


def awaited(card):
    """Names of who has not handed in, for somebody who has; None for somebody who has not."""
    if card.handed_in_at is None:
        return None
    return list(card.review.awaited().values_list("person__name", flat=True).order_by("pk"))


def is_open(card):
    """Whether the panel can agree: the holder handed in, and so did all others."""
    return card.handed_in_at is not None and not card.review.awaited().exists()


def found_by_colleagues(card, norm):
    """What colleagues found of one norm, as far as the holder of this card may know it."""
    cards = Scorecard.objects.open_to(card).exclude(pk=card.pk)
    return (
        Score.objects.filter(scorecard__in=cards, norm=norm)
        .select_related("scorecard__member__person", "scorecard__member__organisation")
        .order_by("scorecard__member")
    )


def said_before(card, norm):
    """At a second look: what this panel agreed on this norm the time before, for a member who took part in it."""
    if card.review.number == 1:
        return None
    earlier = card.review.assessment.reviews.filter(
        number=card.review.number - 1, scorecards__member=card.member_id
    )
    last = earlier.first()
    return last and last.verdicts.filter(norm=norm).first()
