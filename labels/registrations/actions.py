"""From outcome to register: the plan, the decision by two people, and the label as it is carried."""

import calendar
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from labels.assessments import actions as assessments
from labels.assessments import states as assessment_states
from labels.assessments.reporting import route_of, scope_lines
from labels.assessments.states import State as AssessmentState
from labels.frameworks.models import Judgement, Route
from labels.registrations import certifying, mails, states
from labels.registrations.models import Decision, Measure, Registration
from sterk.lifecycle import Refusal, advance, locked
from sterk.logbook.models import Entry
from sterk.organisations.models import Organisation

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that looks like something else
Ruling = Decision.Ruling


def unplanned(outcome):
    """Norms of this outcome that ask for an improvement and have none yet."""
    organisation = outcome.assessment.organisation_id
    return [
        verdict.norm
        for verdict in assessments.plan_needed(outcome)
        if not verdict.norm.improvements.standing().filter(organisation=organisation).exists()
    ]


@transaction.atomic
def hand_in_plan(assessment, *, by):
    """Say that the improvement plan is ready; advice and decision rest on it."""
    assessment = locked(assessment)
    outcome = assessment.outcomes.last()
    if assessment.state != AssessmentState.REVIEWED:
        raise Refusal("Het verbeterplan hoort bij een afgeronde toetsing; die is er nu niet.")
    if assessment.plan_handed_in_at:
        raise Refusal("Het verbeterplan is al ingeleverd.")
    if missing := unplanned(outcome):
        codes = ", ".join(norm.code for norm in missing)
        raise Refusal(f"Nog zonder verbeterplan: {codes}.")
    assessment.plan_handed_in_at, assessment.plan_handed_in_by = timezone.now(), by
    assessment.save(update_fields=["plan_handed_in_at", "plan_handed_in_by"])
    Entry.record(by, "assessment.hand_in_plan", assessment, number=outcome.number)
    mails.plan_handed_in(assessment, outcome.number)
    settle(assessment, by=by)
    return assessment


@transaction.atomic
def settle(assessment, *, by):
    """End a route that asks for no decision: as soon as nothing is wanting, register and close. Else do nothing."""
    assessment = locked(assessment)
    outcome = assessment.outcomes.last()
    if assessment.state != AssessmentState.REVIEWED or route_of(outcome).gives(
        Route.Yield.DECISION
    ):
        return None
    if assessments.plan_needed(outcome).exists() and not assessment.plan_handed_in_at:
        return None
    advance(assessment, assessment_states.CLOSE, by=by)
    return _register(assessment, outcome, by=by)


@transaction.atomic
def propose(assessment, *, by, ruling, motivation):
    """Propose a decision on the last outcome; somebody else confirms it."""
    assessment = locked(assessment)
    outcome = assessment.outcomes.last()
    _not_barred(by, assessment)
    _ready(assessment, outcome)
    _fits(ruling, outcome)
    if not motivation.strip():
        raise Refusal("Een besluit heeft altijd een motivering.")
    if outcome.decisions.filter(rejected_at__isnull=True).exists():
        raise Refusal("Er ligt al een voorstel voor een besluit.")
    decision = Decision.objects.create(
        assessment=assessment, outcome=outcome, ruling=ruling, motivation=motivation, proposed_by=by
    )
    Entry.record(by, "decision.propose", assessment, number=outcome.number)
    mails.proposed(decision)
    return decision


def _ready(assessment, outcome):
    if assessment.state != AssessmentState.REVIEWED:
        raise Refusal("Er is nu geen uitkomst om over te besluiten.")
    route = route_of(outcome)
    if not route.gives(Route.Yield.DECISION):
        raise Refusal("Deze route vraagt geen besluit.")
    if assessments.plan_needed(outcome).exists() and not assessment.plan_handed_in_at:
        raise Refusal("Het verbeterplan is nog niet ingeleverd.")
    if route.gives(Route.Yield.ADVICE) and not outcome.advice:
        raise Refusal("Het advies van het toetsteam is er nog niet.")


def _fits(ruling, outcome):
    """Hold the ruling against the decision rules of the framework (``decision_rule_defaults`` of the norm file)."""
    framework = outcome.assessment.framework
    verdicts = list(outcome.verdicts.values_list("verdict", flat=True))
    fully = all(verdict == Judgement.MET for verdict in verdicts)
    if ruling in {Ruling.GRANTED, Ruling.GRANTED_WITH_PLAN}:
        if blocking := {*verdicts} & {*framework.blocking_judgements, Judgement.UNDETERMINED.value}:
            words = " en ".join(sorted(f"“{Judgement(code).label}”" for code in blocking))
            raise Refusal(f"Toekennen kan niet: er zijn normen met {words}. Aanhouden kan wel.")
        partly, most = verdicts.count(Judgement.PARTLY_MET), framework.max_partly_met
        if most is not None and partly > most:
            raise Refusal(f"Toekennen kan niet: meer dan {most} normen voldoen deels.")
    if ruling == Ruling.GRANTED and not fully:
        raise Refusal("Niet elke norm voldoet; kies “toegekend met verbeterplan”.")
    if ruling == Ruling.GRANTED_WITH_PLAN and fully:
        raise Refusal("Elke norm voldoet; er is geen verbeterplan nodig. Kies “toegekend”.")
    if ruling == Ruling.CONDITIONAL and fully:
        raise Refusal("Elke norm voldoet; er is niets om opnieuw te bekijken.")


@transaction.atomic
def confirm(decision, *, by, on=None):
    """Make a proposed decision final. Never by whom proposed it.

    ``on`` is the day from which a label is valid (Europe/Amsterdam; today by default).
    """
    assessment = locked(decision.assessment)
    decision = _open(decision, by, assessment)
    _ready(assessment, decision.outcome)
    decision.confirmed_at, decision.confirmed_by = timezone.now(), by
    decision.save(update_fields=["confirmed_at", "confirmed_by"])
    Entry.record(by, "decision.confirm", assessment, number=decision.outcome.number)
    mails.decided(decision)
    if decision.ruling != Ruling.CONDITIONAL:
        advance(assessment, assessment_states.CLOSE, by=by)
    if decision.ruling in {Ruling.GRANTED, Ruling.GRANTED_WITH_PLAN}:
        _register(assessment, decision.outcome, by=by, decision=decision, on=on)
    return decision


@transaction.atomic
def reject(proposal, *, by, reason):
    """Send a proposed decision or measure back, with a reason."""
    about = proposal.assessment if isinstance(proposal, Decision) else proposal.registration
    proposal = _open(proposal, by, about)
    if not reason.strip():
        raise Refusal("Schrijf op waarom je het voorstel terugstuurt.")
    proposal.rejected_at, proposal.rejected_by = timezone.now(), by
    proposal.rejected_because = reason
    proposal.save(update_fields=["rejected_at", "rejected_by", "rejected_because"])
    Entry.record(by, f"{proposal._meta.model_name}.reject", about)
    mails.rejected(proposal)
    return proposal


def _open(proposal, by, about):
    proposal = locked(proposal)
    _not_barred(by, about)
    if not proposal.open:
        raise Refusal("Over dit voorstel is al beslist.")
    if proposal.proposed_by_id == by.pk:
        raise Refusal("Wie iets voorstelt, kan het niet zelf afhandelen. Vraag een ander.")
    return proposal


def _not_barred(by, about):
    if Organisation.objects.barred_for(by).filter(pk=about.organisation_id).exists():
        raise Refusal("Je hebt een band met deze organisatie en besluit daarom niet mee.")


def _register(assessment, outcome, *, by, decision=None, on=None):
    organisation, route = assessment.organisation, route_of(outcome)
    start = on or timezone.localdate()
    registration = Registration.objects.create(
        number=new_number(start.year),
        organisation=organisation,
        assessment=assessment,
        decision=decision,
        framework=assessment.framework,
        route=outcome.route,
        public_title=route.public_title,
        public_explanation=route.public_explanation,
        organisation_name=organisation.name,
        place=organisation.place,
        municipality=organisation.municipality,
        scope="\n".join(scope_lines(assessment)),
        valid_from=start,
        valid_until=months_later(start, route.validity_months) - timedelta(days=1),
    )
    if route.gives(Route.Yield.CERTIFICATE):
        registration.certificate = certifying.request(registration, route, by=by)
        registration.save(update_fields=["certificate"])
    Entry.record(by, "registration.register", registration)
    mails.registered(registration)
    return registration


def new_number(year):
    """A number for the register: its eight last signs cannot be guessed (40 bits)."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"SSW-{year}-{signs[:4]}-{signs[4:]}"


def months_later(day, months):
    """The same day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=min(day.day, last))


@transaction.atomic
def propose_measure(registration, *, by, kind, motivation):
    """Propose to suspend, restore or withdraw; somebody else confirms it."""
    registration = locked(registration)
    _not_barred(by, registration)
    if registration.state not in MOVES[kind].sources:
        raise Refusal(f"Dit kan nu niet: de registratie is {registration.get_state_display()}.")
    if not motivation.strip():
        raise Refusal("Een maatregel heeft altijd een motivering.")
    if registration.measures.filter(confirmed_at__isnull=True, rejected_at__isnull=True).exists():
        raise Refusal("Er ligt al een voorstel voor deze registratie.")
    measure = Measure.objects.create(
        registration=registration, kind=kind, motivation=motivation, proposed_by=by
    )
    Entry.record(by, "measure.propose", registration, kind=kind)
    mails.proposed(measure)
    return measure


@transaction.atomic
def confirm_measure(measure, *, by):
    """Carry out a proposed measure. Never by whom proposed it."""
    registration = locked(measure.registration)
    measure = _open(measure, by, registration)
    measure.confirmed_at, measure.confirmed_by = timezone.now(), by
    measure.save(update_fields=["confirmed_at", "confirmed_by"])
    advance(registration, MOVES[measure.kind], by=by)
    mails.changed(registration, f"{measure.kind}:{measure.pk}")
    return measure


@transaction.atomic
def expire(registration, *, on):
    """End a registration whose last day lies before ``on``; the clock asks for it."""
    registration = locked(registration)
    if registration.valid_until >= on:
        raise Refusal("Deze registratie is nog niet verlopen.")
    advance(registration, states.EXPIRE, by=None)
    mails.changed(registration, "expire")
    return registration


MOVES = {
    Measure.Kind.SUSPEND: states.SUSPEND,
    Measure.Kind.RESTORE: states.RESTORE,
    Measure.Kind.WITHDRAW: states.WITHDRAW,
}
