"""Where an outcome stands on its way to a decision."""

from django.db.models import Prefetch, Q, TextChoices

from labels.assessments.models import Outcome
from labels.frameworks.models import Route
from labels.registrations.models import Decision


class Step(TextChoices):
    """What comes next."""

    PLAN = "plan", "wacht op het verbeterplan van de organisatie"
    ADVISE = "advise", "wacht op het advies van het toetsteam"
    PROPOSE = "propose", "een besluit kan worden voorgesteld"
    CONFIRM = "confirm", "wacht op bevestiging door een tweede persoon"
    LOOK_AGAIN = "look_again", "aangehouden: de open normen worden opnieuw bekeken"


def outcomes_to_decide(seen):
    """Last outcomes of these assessments, as far as their route asks for a decision; with tally and proposals."""
    asks = Q(pk__in=[])
    for route in Route.objects.all().yielding(Route.Yield.DECISION):
        asks |= Q(assessment__framework=route.framework_id, route=route.code)
    standing = Decision.objects.filter(rejected_at__isnull=True)
    return (
        Outcome.objects.filter(asks, assessment__in=seen)
        .last_ones()
        .with_tally()
        .select_related("assessment__organisation", "assessment__framework")
        .prefetch_related(Prefetch("decisions", queryset=standing, to_attr="standing"))
        .order_by("concluded_at")
    )


def next_step(outcome):
    """What comes next for an outcome out of ``outcomes_to_decide`` whose assessment is reviewed and not closed."""
    asked = outcome.assessment.framework.plan_required_for
    if any(getattr(outcome, code) for code in asked) and not outcome.assessment.plan_handed_in_at:
        return Step.PLAN
    if not outcome.advice:
        return Step.ADVISE
    if not outcome.standing:
        return Step.PROPOSE
    if outcome.standing[0].open:
        return Step.CONFIRM
    return Step.LOOK_AGAIN
