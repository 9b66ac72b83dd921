"""Every deed on a self-assessment, and the one call by which a review ends in it."""

from django.db import transaction
from django.utils import timezone

from labels.assessments import mails, reporting, states
from labels.assessments.freezing import freeze
from labels.assessments.models import (
    Answer,
    Assessment,
    Outcome,
    OutcomeFinding,
    OutcomeVerdict,
    Reading,
    Scope,
)
from labels.assessments.querysets import FRESH
from labels.assessments.states import State
from sterk.lifecycle import Overtaken, Refusal, advance, locked, possible
from sterk.logbook.models import Entry
from sterk.organisations.models import Organisation


@transaction.atomic
def start(organisation, framework, *, by):
    """Begin a self-assessment, with an empty answer for every norm. One that is open already is returned as it is."""
    if organisation.kind != Organisation.Kind.MEMBER:
        raise Refusal("Een certificerende instelling doet zelf geen zelfevaluatie.")
    organisation = locked(organisation)
    if (
        known := organisation.assessments.exclude(state=State.CLOSED)
        .filter(framework=framework)
        .first()
    ):
        return known
    norms = list(framework.norms.all())
    if not norms:
        raise Refusal("Dit normenkader heeft geen normen om te beantwoorden.")
    assessment = Assessment.objects.create(
        organisation=organisation, framework=framework, started_by=by
    )
    Answer.objects.bulk_create(Answer(assessment=assessment, norm=norm) for norm in norms)
    Entry.record(by, "assessment.start", assessment)
    return assessment


@transaction.atomic
def answer(assessment, norm_code, *, by, score, explanation, version):
    """Save what the organisation finds of one norm.

    ``version`` is the one the person started from. Raises ``Overtaken`` with the present row when somebody else saved
    something different since. Saving the same words again changes nothing.
    """
    held = Answer.objects.light().select_for_update(of=("self", "assessment"))
    found = held.get(assessment=assessment, norm__code=norm_code)
    if found.assessment.state != State.DRAFT:
        raise Refusal("De zelfevaluatie is ingediend; je kunt haar nu niet meer veranderen.")
    if (found.score, found.explanation) == (score, explanation):
        return found
    if found.version != version:
        raise Overtaken(found)
    found.score, found.explanation, found.version = score, explanation, version + 1
    found.changed_at, found.changed_by = timezone.now(), by
    found.save(update_fields=["score", "explanation", "version", "changed_at", "changed_by"])
    Entry.record(
        by,
        "assessment.answer",
        found,
        organisation=found.assessment.organisation_id,
        norm=norm_code,
    )
    return found


@transaction.atomic
def describe(assessment, *, by, summary, scopes, version=0):
    """Write the summary and what the label is about.

    ``scopes`` is a set of pairs (work type code, municipality); empty means the whole organisation. ``version`` is the
    one the person started from; ``Overtaken`` when somebody else saved something different since.
    """
    assessment = _draft(assessment)
    present = set(assessment.scopes.values_list("work_type", "municipality"))
    if (assessment.summary, present) == (summary, set(scopes)):
        return assessment
    if assessment.summary_version != version:
        raise Overtaken(assessment)
    assessment.summary, assessment.summary_version = summary, version + 1
    assessment.save(update_fields=["summary", "summary_version"])
    assessment.scopes.all().delete()
    Scope.objects.bulk_create(
        Scope(assessment=assessment, work_type=work, municipality=place)
        for work, place in sorted(scopes)
    )
    Entry.record(by, "assessment.describe", assessment)
    return assessment


@transaction.atomic
def submit(assessment, *, by):
    """Hand the self-assessment in for review, and freeze what it says."""
    assessment = _draft(assessment)
    if missing := assessment.unanswered().count():
        what = "1 norm heeft" if missing == 1 else f"{missing} normen hebben"
        raise Refusal(f"Nog niet compleet: {what} nog geen oordeel of toelichting.")
    now = timezone.now()
    advance(
        assessment, states.SUBMIT, by=by, submitted_at=now, submitted_by=by, given_back_because=""
    )
    mails.submitted(assessment, freeze(assessment, by=by))
    return assessment


@transaction.atomic
def give_back(assessment, *, by, reason):
    """Give a submitted assessment back to be mended, before a review has started."""
    assessment = locked(assessment)
    if not reason.strip():
        raise Refusal("Schrijf op waarom je de zelfevaluatie teruglegt.")
    advance(
        assessment,
        states.GIVE_BACK,
        by=by,
        submitted_at=None,
        submitted_by=None,
        given_back_because=reason,
    )
    mails.given_back(assessment, assessment.frozen_copies.count())
    return assessment


@transaction.atomic
def read_along(assessment, *, by, reason):
    """Let a member of staff read what was handed in, for eight hours; the organisation sees who and why.

    The same reason given again in that time is the same reading.
    """
    assessment = locked(assessment)
    if not reason.strip():
        raise Refusal("Schrijf op waarom je dit leest. De organisatie ziet dat.")
    if not assessment.submitted_at:
        raise Refusal("Deze zelfevaluatie is niet ingediend; er valt nog niets te lezen.")
    said = {"assessment": assessment, "person": by, "reason": reason}
    if known := Reading.objects.filter(**said, at__gt=timezone.now() - FRESH).last():
        return known
    reading = Reading.objects.create(**said)
    Entry.record(by, "assessment.read_along", assessment)
    return reading


@transaction.atomic
def start_review(assessment, *, by):
    """A panel starts looking; returns the frozen copy that it will read.

    At a second look (the decision was *aangehouden*) the organisation's new evidence is frozen anew.
    """
    assessment = locked(assessment)
    possible(assessment, states.START_REVIEW)
    again = assessment.state == State.REVIEWED
    advance(assessment, states.START_REVIEW, by=by)
    return freeze(assessment, by=by) if again else assessment.frozen_copies.last()


@transaction.atomic
def conclude(assessment, *, by, route, frozen_copy, summary, panel, verdicts, findings):
    """Take in what a panel found, for good, and ask for the report.

    ``verdicts``: ``{norm: (judgement, motivation)}`` for every norm under review; norms that were not looked at again keep
    what the previous outcome said. ``findings``: ``[(norm or None, kind, text, said_by)]``. ``panel``: list of
    ``{"name", "organisation", "capacity", "lead"}``. Returns the ``Outcome``.
    """
    assessment = locked(assessment)
    possible(assessment, states.CONCLUDE)
    previous = assessment.outcomes.last()
    outcome = Outcome.objects.create(
        assessment=assessment,
        number=assessment.outcomes.count() + 1,
        route=route,
        frozen_copy=frozen_copy,
        summary=summary,
        panel=panel,
    )
    _keep_verdicts(outcome, previous, verdicts)
    _keep_findings(outcome, previous, verdicts, findings)
    outcome.report = reporting.request(outcome, by=by)
    outcome.save(update_fields=["report"])
    # After the report, which tells of the plan that was handed in before; the next plan is for this outcome.
    advance(assessment, states.CONCLUDE, by=by, plan_handed_in_at=None, plan_handed_in_by=None)
    mails.concluded(outcome)
    return outcome


def _keep_verdicts(outcome, previous, verdicts):
    own = outcome.frozen_copy.content["norms"]
    kept = previous.verdicts.exclude(norm__in=verdicts).select_related("norm") if previous else []
    rows = [(v.norm, v.verdict, v.motivation) for v in kept]
    rows += [(norm, verdict, motivation) for norm, (verdict, motivation) in verdicts.items()]
    OutcomeVerdict.objects.bulk_create(
        OutcomeVerdict(
            outcome=outcome,
            norm=norm,
            verdict=verdict,
            motivation=motivation,
            own_score=own[norm.code]["score"],
        )
        for norm, verdict, motivation in rows
    )


def _keep_findings(outcome, previous, verdicts, findings):
    kept = previous.findings.exclude(norm__in=verdicts) if previous else []
    rows = [(f.norm_id, f.kind, f.text, f.said_by) for f in kept]
    rows += [(norm and norm.pk, kind, text, said_by) for norm, kind, text, said_by in findings]
    OutcomeFinding.objects.bulk_create(
        OutcomeFinding(outcome=outcome, norm_id=norm, kind=kind, text=text, said_by=said_by)
        for norm, kind, text, said_by in rows
    )


@transaction.atomic
def record_advice(outcome, *, by, advice, motivation):
    """Keep what the panel advises the association. Given once; it rests on the improvement plan."""
    assessment = locked(outcome.assessment)
    outcome = locked(outcome)
    if outcome.advice:
        raise Refusal("Er is al een advies gegeven.")
    if assessment.state != State.REVIEWED or assessment.outcomes.last() != outcome:
        raise Refusal("Op deze uitkomst kan geen advies meer worden gegeven.")
    if plan_needed(outcome) and not assessment.plan_handed_in_at:
        raise Refusal("Het verbeterplan is nog niet ingeleverd. Het advies komt daarna.")
    outcome.advice, outcome.advice_motivation = advice, motivation
    outcome.advised_at, outcome.advised_by = timezone.now(), by
    outcome.save(update_fields=["advice", "advice_motivation", "advised_at", "advised_by"])
    Entry.record(by, "outcome.advise", assessment, number=outcome.number)
    mails.advised(outcome)
    return outcome


def plan_needed(outcome):
    """Verdicts of this outcome that ask for an improvement plan, by the rules of the framework."""
    asked = outcome.assessment.framework.plan_required_for
    return outcome.verdicts.filter(verdict__in=asked).select_related("norm")


def _draft(assessment):
    assessment = locked(assessment)
    possible(assessment, states.SUBMIT)
    return assessment
