"""What a panel found, norm by norm, beside what the organisation plans: rows for a page."""

from collections import Counter, defaultdict

from labels.frameworks.models import Judgement
from labels.improvements.models import Improvement


def found(outcome, remarks, *, with_plans):
    """Every norm with its verdict, the remarks on it (see ``remarks_on``), whether it asks for a plan, and the plan.

    A plan that has not been handed in is for the organisation itself alone: ``with_plans`` says whether it is shown.
    """
    asked = outcome.assessment.framework.plan_required_for
    planned = plans(outcome.assessment) if with_plans else {}
    verdicts = outcome.verdicts.select_related("norm__theme").order_by("norm__order")
    return [
        {
            "norm": verdict.norm,
            "verdict": verdict.verdict,
            "motivation": verdict.motivation,
            "own": verdict.own_score,
            "remarks": remarks[verdict.norm_id],
            "asks": verdict.verdict in asked,
            "plans": planned.get(verdict.norm_id, []),
        }
        for verdict in verdicts
    ]


def remarks_on(outcome):
    """The findings by the key of their norm; those on the whole under None."""
    remarks = defaultdict(list)
    for remark in outcome.findings.order_by("pk"):
        remarks[remark.norm_id].append(remark)
    return remarks


def plans(assessment):
    """The standing improvements of the organisation under this framework, by the key of their norm."""
    found = defaultdict(list)
    standing = Improvement.objects.standing().filter(organisation=assessment.organisation_id)
    for plan in standing.filter(norm__framework=assessment.framework_id).order_by("due", "pk"):
        found[plan.norm_id].append(plan)
    return found


def tally(rows):
    """How often each judgement was given: (code, words, number)."""
    counts = Counter(row["verdict"] for row in rows)
    return [(code, label, counts[code]) for code, label in Judgement.choices]
