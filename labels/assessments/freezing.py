"""Freezing: turning rows into words that never change again."""

import hashlib
import json

from labels.assessments.models import Answer, FrozenCopy
from labels.evidence.models import Citation

EVIDENCE_FIELDS = ["pk", "kind", "title", "note", "url", "file_name", "size", "digest", "passages"]


def digest_of(content):
    """SHA-256 of JSON content in its canonical form: keys sorted, no spaces, UTF-8."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def content_of(assessment):
    """What an assessment says now, as JSON; see ``FrozenCopy``."""
    answers = Answer.objects.filter(assessment=assessment).order_by("norm__order")
    norms: dict[str, dict] = {
        code: {"score": score, "explanation": explanation, "evidence": []}
        for code, score, explanation in answers.values_list("norm__code", "score", "explanation")
    }
    for citation in _citations(assessment):
        norms[citation.norm.code]["evidence"].append(
            {field: getattr(citation.evidence, field) for field in EVIDENCE_FIELDS}
        )
    return {"summary": assessment.summary, "norms": norms}


def _citations(assessment):
    return (
        Citation.objects.filter(
            organisation=assessment.organisation_id, norm__framework=assessment.framework_id
        )
        .select_related("evidence", "norm")
        .order_by("pk")
    )


def freeze(assessment, *, by):
    """Make the next frozen copy of this assessment; call within the transaction of the deed."""
    content = content_of(assessment)
    return FrozenCopy.objects.create(
        assessment=assessment,
        number=assessment.frozen_copies.count() + 1,
        content=content,
        digest=digest_of(content),
        made_by=by,
    )
