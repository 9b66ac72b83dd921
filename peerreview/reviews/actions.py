"""Every deed on a review: start, score alone, hand in, agree, finish, advise."""

from django.db import transaction
from django.utils import timezone

from labels.assessments import actions as assessments
from labels.assessments.models import FindingKind
from labels.assessments.reporting import route_of
from labels.assessments.states import State as AssessmentState
from labels.frameworks.models import Judgement, Route
from labels.registrations import actions as registrations
from labels.registrations.models import Decision
from peerreview.panels import actions as panels
from peerreview.panels.models import PanelMember
from peerreview.reviews import mails, states
from peerreview.reviews.models import Finding, Review, Score, Scorecard, Verdict
from peerreview.reviews.states import State
from sterk.lifecycle import Overtaken, Refusal, advance, locked, possible
from sterk.logbook.models import Entry


@transaction.atomic
def start(panel, *, by):
    """Let a complete panel begin on the organisation's submitted assessment. One that is under way is returned."""
    panel = locked(panel)
    if running := panel.reviews.filter(state=State.UNDER_WAY).first():
        return running
    panels.ready(panel)
    sign_up = panel.sign_up
    assessment = (
        sign_up.organisation.assessments.filter(framework=sign_up.round.framework)
        .exclude(state=AssessmentState.CLOSED)
        .first()
    )
    if assessment is None or assessment.state == AssessmentState.DRAFT:
        raise Refusal("De organisatie heeft de zelfevaluatie nog niet ingediend.")
    if assessment.state != AssessmentState.SUBMITTED:
        raise Refusal("Deze zelfevaluatie is al getoetst.")
    return _begin(panel, assessment, assessment.framework.norms.all(), by=by)


@transaction.atomic
def look_again(assessment, *, by):
    """After *aangehouden*: the same panel looks once more, at the norms that were not fully met and at nothing else."""
    before = assessment.reviews.order_by("number").last()
    if before is None:
        raise Refusal("Een hertoetsing kan pas als er een toetsing is geweest.")
    panel, assessment = locked(before.panel), locked(assessment)
    if running := assessment.reviews.filter(state=State.UNDER_WAY).first():
        return running
    last = assessment.outcomes.last()
    held = last.decisions.filter(ruling=Decision.Ruling.CONDITIONAL, confirmed_at__isnull=False)
    if not held.exists():
        raise Refusal("Een hertoetsing kan pas als het besluit is aangehouden.")
    panels.ready(panel)
    open_norms = [
        v.norm for v in last.verdicts.exclude(verdict=Judgement.MET).select_related("norm")
    ]
    return _begin(panel, assessment, open_norms, by=by)


def _begin(panel, assessment, norms, *, by):
    frozen_copy = assessments.start_review(assessment, by=by)
    review = Review.objects.create(
        panel=panel,
        assessment=assessment,
        frozen_copy=frozen_copy,
        number=assessment.reviews.count() + 1,
        started_by=by,
    )
    Verdict.objects.bulk_create(Verdict(review=review, norm=norm) for norm in norms)
    for member in panel.members.current():
        scorecard_of(review, member)
    Entry.record(by, "review.start", review, number=review.number)
    mails.started(review)
    return review


def scorecard_of(review, member):
    """The member's own card in this review, made with an empty score per norm where it is wanting."""
    card, created = Scorecard.objects.get_or_create(review=review, member=member)
    if created:
        norms = review.verdicts.values_list("norm_id", flat=True)
        Score.objects.bulk_create(Score(scorecard=card, norm_id=norm) for norm in norms)
    return card


@transaction.atomic
def join(review, membership, *, by):
    """Place one more person while the review is under way, with an empty scorecard.

    Never somebody who handed in here before and left: they have seen what their colleagues found.
    """
    review = locked(review)
    possible(review, states.FINISH)
    gone = review.scorecards.filter(member__person=membership.person, member__left_at__isnull=False)
    if gone.filter(handed_in_at__isnull=False).exists():
        raise Refusal(
            f"{membership.person} leverde hier al scores in en kan niet opnieuw beginnen."
        )
    member = panels.add(review.panel, membership, by=by)
    scorecard_of(review, member)
    mails.joined(review, member)
    return member


@transaction.atomic
def leave(review, member, *, by):
    """Let somebody go while the review is under way; the others may have waited for just this person."""
    review = locked(review)
    possible(review, states.FINISH)
    member = panels.let_go(member, by=by)
    if not review.awaited().exists():
        mails.all_in(review)
    return member


@transaction.atomic
def score(scorecard, norm_code, *, score, note, version):
    """Save what one reviewer finds of one norm, alone.

    Raises ``Overtaken`` when the same person saved something different elsewhere since ``version``.
    """
    found = (
        Score.objects.select_for_update(of=("self", "scorecard"))
        .select_related("scorecard", "norm")
        .get(scorecard=scorecard, norm__code=norm_code)
    )
    if found.scorecard.handed_in_at:
        raise Refusal("Je hebt je scores ingeleverd; ze veranderen niet meer.")
    if (found.score, found.note) == (score, note):
        return found
    if found.version != version:
        raise Overtaken(found)
    found.score, found.note, found.version = score, note, version + 1
    found.changed_at = timezone.now()
    found.save(update_fields=["score", "note", "version", "changed_at"])
    return found


@transaction.atomic
def hand_in(scorecard, *, by):
    """Hand in one's own scores, for good; from then on those of the others who did can be seen."""
    review = locked(scorecard.review)
    scorecard = locked(scorecard)
    if scorecard.handed_in_at:
        return scorecard
    possible(review, states.FINISH)
    if missing := scorecard.scores.filter(score="").count():
        what = "1 norm heeft" if missing == 1 else f"{missing} normen hebben"
        raise Refusal(f"Nog niet compleet: {what} nog geen score.")
    scorecard.handed_in_at = timezone.now()
    scorecard.save(update_fields=["handed_in_at"])
    Entry.record(by, "review.hand_in", review, number=review.number)
    if not review.awaited().exists():
        mails.all_in(review)
    return scorecard


@transaction.atomic
def agree(review, norm_code, *, by, verdict, motivation, version):
    """Write what the panel agrees on one norm; ``Overtaken`` when a colleague wrote something different since."""
    review = _agreeing(review)
    found = Verdict.objects.select_for_update(of=("self",)).get(review=review, norm__code=norm_code)
    if (found.verdict, found.motivation) == (verdict, motivation):
        return found
    if found.version != version:
        raise Overtaken(found)
    found.verdict, found.motivation, found.version = verdict, motivation, version + 1
    found.changed_at, found.changed_by = timezone.now(), by
    found.save(update_fields=["verdict", "motivation", "version", "changed_at", "changed_by"])
    Entry.record(by, "review.agree", review, norm=norm_code)
    return found


@transaction.atomic
def summarise(review, *, by, summary, version):
    """Write the summary of the whole."""
    review = _agreeing(review)
    if review.summary == summary:
        return review
    if review.summary_version != version:
        raise Overtaken(review)
    review.summary, review.summary_version = summary, version + 1
    review.save(update_fields=["summary", "summary_version"])
    Entry.record(by, "review.summarise", review)
    return review


@transaction.atomic
def find(review, *, by, kind, text, norm=None, said_by="", key):
    """Add a finding, on one norm under review or on the whole. ``key`` makes a repeated call harmless."""
    review = _agreeing(review)
    if norm and not review.verdicts.filter(norm=norm).exists():
        raise Refusal("Deze norm wordt in deze toetsing niet bekeken.")
    finding, created = Finding.objects.get_or_create(
        review=review,
        key=key,
        defaults={
            "norm": norm,
            "kind": kind,
            "text": text,
            "said_by": said_by if kind == FindingKind.QUOTE else "",
            "written_by": by,
        },
    )
    if created:
        Entry.record(by, "review.find", review, kind=kind)
    return finding


@transaction.atomic
def scrap(finding, *, by):
    """Take a finding out again, as long as the review is under way."""
    review = _agreeing(finding.review)
    if review.findings.filter(pk=finding.pk).delete()[0]:
        Entry.record(by, "review.scrap", review)


@transaction.atomic
def finish(review, *, by):
    """End the review: the outcome is frozen in the house of labels, and the report is asked for. The lead does this."""
    review = _agreeing(review)
    if not review.panel.members.current().filter(person=by, lead=True).exists():
        raise Refusal("De voorzitter van het toetsteam rondt af.")
    panels.complete(review.panel)
    wanting = review.verdicts.filter(verdict="") | review.verdicts.filter(motivation="")
    if count := wanting.count():
        what = "1 norm heeft" if count == 1 else f"{count} normen hebben"
        raise Refusal(f"Nog niet klaar: {what} nog geen gezamenlijk oordeel met motivering.")
    if not review.summary.strip():
        raise Refusal("Schrijf eerst een samenvatting voor het rapport.")
    advance(review, states.FINISH, by=by, finished_at=timezone.now(), finished_by=by)
    mails.finished(review)
    outcome = _conclude(review, by=by)
    registrations.settle(outcome.assessment, by=by)
    ask_advice(review)
    return outcome


def _conclude(review, *, by):
    return assessments.conclude(
        review.assessment,
        by=by,
        route=review.panel.sign_up.route,
        frozen_copy=review.frozen_copy,
        summary=review.summary,
        panel=[
            {
                "name": member.person.name,
                "organisation": member.organisation.name,
                "capacity": member.capacity,
                "lead": member.lead,
            }
            for member in review.panel.members.current().select_related("person", "organisation")
        ],
        verdicts={
            v.norm: (v.verdict, v.motivation)
            for v in review.verdicts.select_related("norm").order_by("norm__order")
        },
        findings=[
            (f.norm, f.kind, f.text, f.said_by)
            for f in review.findings.select_related("norm").order_by("pk")
        ],
    )


def ask_advice(review):
    """Ask the auditors for their advice once nothing stands before it; a route without advice asks nobody."""
    assessment = review.assessment
    outcome = assessment.outcomes.last()
    if not route_of(outcome).gives(Route.Yield.ADVICE) or outcome.advice:
        return
    if assessment.plan_handed_in_at or not assessments.plan_needed(outcome).exists():
        mails.advice_asked(review)


@transaction.atomic
def advise(review, *, by, advice, motivation):
    """Give the panel's advice to the association (an ``Outcome.Advice``), with a motivation. An auditor does this."""
    review = locked(review)
    if review.state != State.FINISHED:
        raise Refusal("Het advies komt na de toetsing.")
    auditors = review.panel.members.current().filter(capacity=PanelMember.Capacity.AUDITOR)
    if not auditors.filter(person=by).exists():
        raise Refusal("Het advies komt van de auditor in het toetsteam.")
    if not motivation.strip():
        raise Refusal("Een advies heeft altijd een motivering.")
    outcome = review.assessment.outcomes.latest("number")
    if outcome.number != review.number:
        raise Refusal("Er loopt al een nieuwe toetsing.")
    return assessments.record_advice(outcome, by=by, advice=advice, motivation=motivation)


def _agreeing(review):
    review = locked(review)
    possible(review, states.FINISH)
    if review.awaited().exists():
        raise Refusal("Nog niet iedereen in het toetsteam heeft eigen scores ingeleverd.")
    return review
