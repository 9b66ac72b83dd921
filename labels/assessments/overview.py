"""The norms of one assessment in their order, as plain rows for a page.

Every page on which people fill in an assessment shows all its norms: one query, no objects, addresses made once.
"""

from itertools import groupby

from django.db.models import BooleanField, Count, ExpressionWrapper, Q
from django.urls import reverse
from django.utils import timezone

from labels.assessments.models import Answer, Assessment
from labels.assessments.states import State
from labels.evidence.models import Citation, Evidence
from labels.evidence.rendering import chip
from labels.frameworks.models import OWN_JUDGEMENTS, Framework, Norm
from sterk import policy
from sterk.organisations.models import Organisation
from sterk.policy import Permission

FIELDS = {
    "code": "norm__code",
    "title": "norm__title",
    "theme": "norm__theme__title",
    "cluster": "norm__cluster__title",
    "judgement": "score",
    "told": "told",
    "changed_at": "changed_at",
    "changed_by": "changed_by__name",
}
WORDS = {**dict(OWN_JUDGEMENTS), "": "nog geen oordeel"}


def rows(assessment):
    """Every norm with how far the answer is, in the order of the norms; one query, without the long texts."""
    told = ExpressionWrapper(~Q(explanation=""), output_field=BooleanField())
    answers = assessment.answers.annotate(told=told).order_by("norm__order")
    address = reverse("labels:answer-norm", args=[assessment.pk, "CODE"])
    return [
        {
            **dict(zip(FIELDS, row, strict=True)),
            "url": address.replace("CODE", row[0]),
            "word": WORDS[row[4]],
        }
        for row in answers.values_list(*FIELDS.values())
    ]


def picture(assessment):
    """Everything about the norms that the page of an assessment shows."""
    norms = rows(assessment)
    todo = [{**row, "wanting": wanting(row)} for row in norms if not ready(row)]
    return {
        "groups": grouped(norms),
        "todo": todo,
        "many": len(norms),
        "done": len(norms) - len(todo),
        "unproven": without_evidence(assessment, norms),
        "latest": latest(norms),
    }


def around(norms, code):
    """Where one norm stands among the others."""
    at = [row["code"] for row in norms].index(code)
    return {
        "number": at + 1,
        "many": len(norms),
        "previous": norms[at - 1] if at else None,
        "next": norms[at + 1] if at + 1 < len(norms) else None,
    }


def grouped(norms):
    """The rows under their groups and clusters, each group with how many are ready."""
    groups = []
    for theme, in_theme in groupby(norms, key=lambda row: row["theme"]):
        inside = list(in_theme)
        clusters = [
            {"title": title, "norms": list(found)}
            for title, found in groupby(inside, key=lambda row: row["cluster"])
        ]
        done = sum(map(ready, inside))
        groups.append({"title": theme, "clusters": clusters, "done": done, "many": len(inside)})
    return groups


def ready(row):
    """Whether nothing holds this norm back from being handed in."""
    return bool(row["judgement"] and row["told"])


def wanting(row):
    """What this norm still lacks, in words; empty when nothing."""
    missing = [
        word
        for word, there in [("oordeel", row["judgement"]), ("toelichting", row["told"])]
        if not there
    ]
    return " en ".join(missing)


def without_evidence(assessment, norms):
    """The rows for which nothing is brought forward yet."""
    shown = set(
        Citation.objects.filter(
            organisation=assessment.organisation_id, norm__framework=assessment.framework_id
        ).values_list("norm__code", flat=True)
    )
    return [row for row in norms if row["code"] not in shown]


def latest(norms, many=5):
    """The rows that were changed last, newest first."""
    changed = [row for row in norms if row["changed_at"]]
    return sorted(changed, key=lambda row: row["changed_at"], reverse=True)[:many]


def progress(assessments):
    """Of each of these assessments (by key) how many norms are ready, and how many there are."""
    counts = (
        Answer.objects.filter(assessment__in=assessments)
        .values_list("assessment")
        .annotate(done=Count("pk", filter=~Q(score="") & ~Q(explanation="")), many=Count("pk"))
    )
    return {pk: {"done": done, "many": many} for pk, done, many in counts}


def told(copy):
    """What a frozen copy says, norm by norm in their order, ready to read."""
    norms = Norm.objects.filter(framework=copy.assessment.framework_id).select_related("theme")
    for norm in norms:
        if said := copy.content["norms"].get(norm.code):
            yield {
                "norm": norm,
                "score": said["score"],
                "explanation": said["explanation"],
                "evidence": [_shown(evidence) for evidence in said["evidence"]],
            }


def _shown(evidence):
    url = evidence["url"]
    if evidence["kind"] == Evidence.Kind.FILE:
        url = reverse("labels:evidence-file", args=[evidence["pk"]])
    return {
        "chip": chip(evidence, url),
        "title": evidence["title"],
        "note": evidence["note"],
        "passages": evidence["passages"],
    }


def offers(user):
    """Assessments that this person may begin: (organisation, framework)."""
    places = policy.organisations_where(user, Permission.START_ASSESSMENT)
    if not places:
        return []
    organisations = Organisation.objects.filter(pk__in=places, kind=Organisation.Kind.MEMBER)
    under_way = Assessment.objects.filter(organisation__in=places).exclude(state=State.CLOSED)
    taken = set(under_way.values_list("organisation_id", "framework_id"))
    frameworks = list(Framework.objects.answerable(timezone.localdate()))
    return [
        (organisation, framework)
        for organisation in organisations.order_by("name")
        for framework in frameworks
        if (organisation.pk, framework.pk) not in taken
    ]


def described(found):
    """What the form on summary and scope starts from."""
    pairs = found.scopes.order_by("pk").values_list("work_type", "municipality")
    return {
        "summary": found.summary,
        "version": found.summary_version,
        "whole": "no" if pairs else "yes",
        "work_types": list(dict.fromkeys(work for work, _ in pairs)),
        "municipalities": "\n".join(dict.fromkeys(place for _, place in pairs)),
    }
