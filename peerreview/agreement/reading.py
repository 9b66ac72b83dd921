"""What lies on the table when everybody has handed in: per norm who found what, and how far that lies apart."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from labels.frameworks.models import Judgement
from labels.improvements.models import Improvement
from peerreview.reviews.models import Finding, Score, Scorecard, Verdict

RANK = {Judgement.MET: 2, Judgement.PARTLY_MET: 1, Judgement.NOT_MET: 0}


def spread(judgements):
    """How far these judgements lie apart: 0 equal, 1 a step, 2 opposites.

    That one could not establish what another could counts as a step.
    """
    ranks = {RANK[judgement] for judgement in judgements if judgement in RANK}
    distance = max(ranks) - min(ranks) if ranks else 0
    return max(distance, int(len(set(judgements)) > 1))


@dataclass
class Topic:
    """One norm on the table."""

    verdict: Verdict
    scores: list[Score]
    findings: list[Finding]
    form: Any = None
    theirs: Verdict | None = None  # what a colleague saved in the meantime
    saved: bool = False

    @property
    def spread(self):
        """How far the scores lie apart."""
        return spread([score.score for score in self.scores])

    @property
    def common(self):
        """The judgement that everybody gave; empty when they differ."""
        return "" if self.spread or not self.scores else self.scores[0].score

    @property
    def complete(self):
        """Whether there is a verdict with a motivation."""
        return bool(self.verdict.verdict and self.verdict.motivation)

    @property
    def shown(self):
        """Whether it lies open: there is something to talk about, or something to put right."""
        return bool((self.spread and not self.complete) or self.theirs or self.wrong)

    @property
    def wrong(self):
        """Whether what was sent could not be saved."""
        return bool(self.form and self.form.is_bound)

    def first_draft(self):
        """What the form begins with: the saved verdict, or what everybody found."""
        lone = self.scores[0].note if len(self.scores) == 1 else ""
        fresh = self.verdict.version == 0
        return {
            "verdict": self.common if fresh else self.verdict.verdict,
            "motivation": lone if fresh else self.verdict.motivation,
            "version": self.verdict.version,
        }


def topics(card, code=None):
    """Every norm under review, or one of them, as the holder of this card may see it; in the order of the norms."""
    verdicts = card.review.verdicts.select_related("norm", "changed_by")
    scores = Score.objects.filter(scorecard__in=Scorecard.objects.open_to(card))
    findings = card.review.findings.all()
    if code is not None:
        verdicts = verdicts.filter(norm__code=code)
        scores, findings = scores.filter(norm__code=code), findings.filter(norm__code=code)
    scores = scores.select_related("scorecard__member__person", "scorecard__member__organisation")
    by_norm, remarks = defaultdict(list), defaultdict(list)
    for score in scores.order_by("scorecard__member"):
        by_norm[score.norm_id].append(score)
    for finding in findings.order_by("pk"):
        remarks[finding.norm_id].append(finding)
    return [
        Topic(verdict, by_norm[verdict.norm_id], remarks[verdict.norm_id])
        for verdict in verdicts.order_by("norm__order")
    ]


def by_difference(found):
    """These topics with what lies furthest apart first; equal ones stay in the order of the norms."""
    return sorted(found, key=lambda topic: -topic.spread)


def wanting(review):
    """What stands before finishing: norms without verdict or motivation, in their order."""
    unfinished = review.verdicts.filter(verdict="") | review.verdicts.filter(motivation="")
    return [verdict.norm for verdict in unfinished.select_related("norm").order_by("norm__order")]


def tally(review):
    """How often each judgement was agreed so far, as pairs (judgement, number)."""
    return tally_of(review.verdicts.values_list("verdict", flat=True))


def tally_of(judgements):
    """How often each judgement occurs among these, as pairs (judgement, number)."""
    counts = Counter(judgements)
    return [(judgement.value, counts[judgement.value]) for judgement in Judgement]


def planned(outcome):
    """Verdicts that are not fully met, each with what the organisation plans for it.

    A plan that has not been handed in is nobody else's business yet.
    """
    assessment, plans = outcome.assessment, defaultdict(list)
    if assessment.plan_handed_in_at:
        standing = Improvement.objects.standing().filter(
            organisation=assessment.organisation_id, norm__framework=assessment.framework_id
        )
        for plan in standing.order_by("due", "pk"):
            plans[plan.norm_id].append(plan)
    verdicts = outcome.verdicts.exclude(verdict=Judgement.MET).select_related("norm")
    return [{"verdict": verdict, "plans": plans[verdict.norm_id]} for verdict in verdicts]
