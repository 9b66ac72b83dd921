"""From an outcome to its report: gathers what the page says and asks for the PDF."""

from collections import defaultdict

from django.db.models import Max
from django.utils import timezone

from labels.assessments import rendering
from labels.assessments.models import Assessment, FindingKind
from labels.frameworks.models import Route
from labels.improvements.models import Improvement
from sterk.reports import actions as reports
from sterk.reports.models import Report

KINDS = {
    FindingKind.STRENGTH: "strong",
    FindingKind.IMPROVEMENT: "improve",
    FindingKind.TAKE_HOME: "take_home",
}
LENS = "PB"  # professionele besluitvorming: the heart of the label has a page of its own
CONCEPT = "Conceptnorm, eigen formulering."


def request(outcome, *, by):
    """Ask for the report on this outcome; what it says is settled now. Returns the queued report."""
    route = route_of(outcome)
    learning = not route.gives(Route.Yield.REVIEW_REPORT)
    kind = Report.Kind.LEARNING if learning else Report.Kind.REVIEW
    organisation = outcome.assessment.organisation
    return reports.request(
        organisation,
        kind=kind,
        title=f"{kind.label.capitalize()} {organisation.name} {timezone.localdate(outcome.concluded_at)}",
        template="pdf/report.html",
        content=rendering.report(content_of(outcome, route, kind.label)),
        by=by,
    )


def route_of(outcome):
    """The route of this outcome, with what it yields under its framework."""
    return outcome.assessment.framework.routes.get(code=outcome.route)


def content_of(outcome, route, kind):
    """Everything that the report tells, as ``rendering.ReportContent``."""
    assessment = outcome.assessment
    framework = assessment.framework
    lens = framework.lenses.filter(code=LENS).prefetch_related("norms").first()
    return {
        "kind": kind,
        "organisation": {
            "name": assessment.organisation.name,
            "place": assessment.organisation.place,
        },
        "route": {field: getattr(route, field) for field in rendering.RouteContent.__annotations__},
        "framework": framework_content(framework),
        "scope": scope_lines(assessment),
        "submitted_on": timezone.localdate(assessment.submitted_at).isoformat(),
        "finished_on": timezone.localdate(outcome.concluded_at).isoformat(),
        "summary": outcome.summary,
        "advice": None,
        "themes": themes(outcome),
        "lens": lens and lens_content(lens),
        "competences": list(framework.competences.values("code", "title")),
        "improvements": improvements(assessment),
        "panel": [panel_member(member) for member in outcome.panel],
    }


def framework_content(framework):
    """The framework's name, what must be said about its wording, and its rules in plain sentences."""
    return {
        "code": framework.code,
        "title": framework.title,
        "notice": "" if framework.official else f"{CONCEPT} {framework.notice}".strip(),
        "rules": rules(framework),
    }


def rules(framework):
    """The decision rules of a framework as plain Dutch sentences."""
    words = {"met": "voldoet", "partly_met": "voldoet deels", "not_met": "voldoet niet"}
    lines = ["Het oordeel van de organisatie zelf telt niet mee voor de uitkomst."]
    if framework.plan_required_for:
        asked = " of ".join(f"“{words[code]}”" for code in framework.plan_required_for)
        lines.append(f"Bij elke norm met {asked} hoort een verbeterplan.")
    for code in framework.blocking_judgements:
        lines.append(f"Met een norm op “{words[code]}” wordt het label nog niet toegekend.")
    if framework.max_partly_met is not None:
        lines.append(f"Ten hoogste {framework.max_partly_met} normen mogen “voldoet deels” zijn.")
    return lines


def scope_lines(assessment):
    """What the label is about, a line per kind of work; empty scope means the whole organisation."""
    labels = {work["code"]: work["label"] for work in assessment.framework.work_types}
    places = defaultdict(list)
    for scope in assessment.scopes.order_by("work_type", "municipality"):
        places[labels.get(scope.work_type, scope.work_type)].append(scope.municipality)
    return [f"{work} in {', '.join(where)}" for work, where in places.items()] or [
        f"De hele organisatie, {assessment.organisation.municipality}"
    ]


def lens_content(lens):
    """A view across the groups, with the norms it looks at."""
    codes = [norm.code for norm in sorted(lens.norms.all(), key=lambda norm: norm.order)]
    return {"title": lens.title, "question": lens.question, "summary": "", "norms": codes}


def improvements(assessment):
    """The standing improvements of the organisation under this framework, as far as they were in a plan that it handed in."""
    organisation, framework = assessment.organisation_id, assessment.framework_id
    cycles = Assessment.objects.filter(organisation=organisation, framework=framework)
    handed_in_at = cycles.aggregate(at=Max("plan_handed_in_at"))["at"]
    if handed_in_at is None:
        return []
    planned = Improvement.objects.standing().filter(
        organisation=organisation, norm__framework=framework, written_at__lte=handed_in_at
    )
    return [
        {"norm": plan.norm.code, "what": plan.what, "who": plan.who, "when": plan.due.isoformat()}
        for plan in planned.select_related("norm").order_by("norm__order", "pk")
    ]


def panel_member(member):
    """One line of the colophon."""
    role = "auditor" if member["capacity"] == "auditor" else "toetser"
    return {
        "name": member["name"],
        "organisation": member["organisation"],
        "role": role,
        "lead": member["lead"],
    }


def themes(outcome):
    """Groups, clusters and norms in their order, each norm with what was found of it."""
    found = norms(outcome)
    framework = outcome.assessment.framework
    return [
        {
            "code": theme.code,
            "title": theme.title,
            "short_title": theme.short_title,
            "value": theme.value,
            "clusters": [
                {"code": cluster.code, "title": cluster.title, "norms": found[cluster.pk]}
                for cluster in theme.clusters.all()
            ],
        }
        for theme in framework.themes.prefetch_related("clusters")
    ]


def norms(outcome):
    """Per cluster (key) the list of ``NormContent`` in the order of the norms."""
    frozen = outcome.frozen_copy.content["norms"]
    remarks = defaultdict(list)
    for finding in outcome.findings.order_by("pk"):
        remarks[finding.norm_id].append(finding)
    verdicts = outcome.verdicts.select_related("norm").prefetch_related("norm__competences")
    by_cluster = defaultdict(list)
    for verdict in verdicts.order_by("norm__order"):
        norm = verdict.norm
        by_cluster[norm.cluster_id].append(
            norm_content(verdict, frozen[norm.code], remarks[norm.pk])
        )
    return by_cluster


def norm_content(verdict, frozen, remarks):
    """One norm with the organisation's own view, its evidence, the verdict, findings and quotes."""
    norm = verdict.norm
    return {
        "code": norm.code,
        "subject": norm.title,
        "statement": norm.statement,
        "key": norm.key,
        "competences": [competence.code for competence in norm.competences.all()],
        "own": {"judgement": frozen["score"] or None, "explanation": frozen["explanation"]},
        "evidence": [shown["title"] for shown in frozen["evidence"]],
        "verdict": {"judgement": verdict.verdict, "motivation": verdict.motivation},
        "findings": [
            {"kind": KINDS[remark.kind], "text": remark.text, "reply": ""}
            for remark in remarks
            if remark.kind in KINDS
        ],
        "quotes": [
            {"text": remark.text, "source": remark.said_by}
            for remark in remarks
            if remark.kind == FindingKind.QUOTE
        ],
    }
