"""What an organisation plays at home: its self-assessment, evidence, reflections, improvement plan."""

import uuid
from random import Random

from django.core.files.base import ContentFile
from django.utils import timezone

from labels.assessments import actions as assessments
from labels.assessments.models import Assessment, Outcome
from labels.evidence import actions as evidence
from labels.improvements import actions as improvements
from labels.instruments.reflections import actions as reflections
from labels.registrations import actions as registrations
from peerreview.rehearsal import paper, texts
from peerreview.rehearsal.company import Member
from peerreview.rehearsal.texts import Storyline

HALF_WAY = 0.6  # share of the norms that a draft has answered


def fill_in(
    member: Member, framework, story: Storyline, chance: Random, *, share: float = 1.0
) -> Assessment:
    """Begin the self-assessment and answer this share of the norms, with evidence and two reflections."""
    coordinator, contributor = member.one("coordinator"), member.one("contributor")
    assessment = assessments.start(member.row, framework, by=coordinator)
    assessments.describe(
        assessment,
        by=coordinator,
        summary=texts.introduction(member.invented, chance),
        scopes=_scopes(member, framework),
    )
    norms = list(framework.norms.all())
    for norm in norms[: round(len(norms) * share)]:
        by = chance.choice([coordinator, contributor])
        _answer(assessment, norm, member, story, chance, by=by)
        _show(norm, member, by=by)
    _reflect(member, norms, chance, by=contributor)
    return assessment


def _scopes(member, framework):
    known = {work["code"] for work in framework.work_types}
    work_types = [code for code in member.invented.work_types if code in known]
    return {(code, place) for code in work_types for place in member.invented.municipalities}


def _answer(assessment, norm, member, story, chance, *, by):
    score = story.own_score(norm.code)
    assessments.answer(
        assessment,
        norm.code,
        by=by,
        score=score,
        explanation=texts.explanation(norm.code, score, member.invented, chance),
        version=0,
    )


def _show(norm, member, *, by):
    for piece in texts.evidence(norm.code, member.invented):
        words = {"by": by, "title": piece.title, "norms": [norm], "note": piece.note}
        if piece.kind == "file":
            write = paper.as_pdf if piece.format == "pdf" else paper.as_text
            file = ContentFile(write(piece.title, piece.body), name=piece.file_name)
            evidence.add_file(member.row, file=file, **words)
        elif piece.kind == "link":
            evidence.add_link(member.row, url=piece.url, **words)
        else:
            evidence.add_on_site(member.row, **words)


def _reflect(member, norms, chance, *, by):
    by_code = {norm.code: norm for norm in norms}
    private, shared = chance.sample(texts.reflections(), 2)
    reflections.write(by=by, title=private.title, answers=dict(private.answers))
    norm = by_code[shared.norms[0]]
    request = reflections.ask(member.row, norm, by=member.one("coordinator"), of=by)
    written = reflections.write(by=by, title=shared.title, answers=dict(shared.answers))
    reflections.share(
        written, member.row, norm, by=by, questions=set(shared.answers), request=request
    )


def plan(member: Member, outcome: Outcome) -> None:
    """Plan an improvement for every norm that asks for one, and hand the plan in."""
    coordinator, today = member.one("coordinator"), timezone.localdate()
    for norm in registrations.unplanned(outcome):
        words = texts.plan(norm.code)
        improvements.plan(
            member.row,
            by=coordinator,
            norm=norm,
            what=words.what,
            why=words.why,
            who=words.who,
            due=registrations.months_later(today, words.months),
            key=uuid.uuid4(),
        )
    registrations.hand_in_plan(outcome.assessment, by=coordinator)
