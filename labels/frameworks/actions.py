"""Bringing a norm set in. Once it is here it never changes."""

from typing import Any

from django.db import transaction

from labels.frameworks.checking import check, digest
from labels.frameworks.grammar import CONCEPT, Accent, FrameworkText, NormFile, NormText, ThemeText
from labels.frameworks.models import Cluster, Competence, Framework, Lens, Norm, Route, Theme
from labels.frameworks.reading import Defect, Unreadable, text_of
from sterk.lifecycle import Refusal
from sterk.logbook.models import Entry


class Unsound(Refusal):
    """A norm file with defects. ``defects`` holds every one of them; nothing was written."""

    def __init__(self, defects: list[Defect]):
        many = "zit één fout" if len(defects) == 1 else f"zitten {len(defects)} fouten"
        super().__init__(f"Er {many} in dit bestand. Er is niets opgeslagen.")
        self.defects = defects


def load(path, *, by=None) -> dict[str, bool]:
    """Publish what a norm file on disk says; see :func:`publish`."""
    try:
        text = text_of(path)
    except Unreadable as end:
        raise Unsound([end.defect]) from None
    return publish(text, by=by)


@transaction.atomic
def publish(text: str, *, by=None) -> dict[str, bool]:
    """Publish every framework in this text that is not here yet; say of each code whether it is new.

    Raises :class:`Unsound` for a text with defects, and ``Refusal`` where a code is already taken by other words. In
    both cases nothing at all is written.
    """
    file, defects = check(text)
    if file is None:
        raise Unsound(defects)
    marks = {each.code: digest(file, each) for each in file.frameworks}
    refuse_other_words(marks)
    return {each.code: bring_in(file, each, marks[each.code], by=by) for each in file.frameworks}


def refuse_other_words(marks: dict[str, str]) -> None:
    """What is published stays as it is."""
    here = Framework.objects.filter(code__in=marks).values_list("code", "digest")
    if taken := [code for code, mark in here.order_by("code") if mark != marks[code]]:
        raise Refusal(
            f"Al gepubliceerd met een andere inhoud: {', '.join(taken)}. "
            "Een gepubliceerd kader verandert niet meer: geef het een nieuwe code."
        )


def bring_in(file: NormFile, text: FrameworkText, mark: str, *, by) -> bool:
    """Write one framework with all that belongs to it, unless it is already here."""
    columns = {**title_columns(file, text), **(rule_columns(file) if text.listed else {})}
    # Of two processes that load a file at once, the second waits here for the first.
    framework, created = Framework.objects.get_or_create(
        code=text.code, defaults={**columns, "digest": mark}
    )
    if not created:
        refuse_other_words({framework.code: mark})
        return False
    write_parts(framework, file, text)
    Entry.record(by, "framework.publish", framework, code=framework.code, digest=mark)
    return True


def title_columns(file: NormFile, text: FrameworkText) -> dict:
    """What every framework has, also a title. Its text is official only where the whole file is."""
    ours = file.meta.notice if text.listed else ""
    return {
        "title": text.title,
        "notice": "\n".join(part for part in (ours, text.note) if part),
        "official": text.listed and text.certainty and file.meta.status != CONCEPT,
        "valid_from": text.valid_from,
        "valid_until": text.valid_until,
        "norm_count": text.norm_count,
    }


def rule_columns(file: NormFile) -> dict:
    """What only a framework needs that people answer: its scale, its rules and its lists to choose from."""
    rules = file.decision_rule_defaults
    return {
        "scale": [
            {"code": step.code, "label": step.label, "help": step.help}
            for step in file.scoring_scale
        ],
        "plan_required_for": rules.plan_required_for,
        "blocking_judgements": rules.blocking_scores,
        "max_partly_met": rules.max_partly_met,
        "repair_term_weeks": rules.repair_term_weeks,
        "interview_groups": labelled(file.interview_groups),
        "work_types": labelled(file.work_types.items),
        "sizes": [
            {
                "code": size.code,
                "label": size.label,
                "fte_from": size.fte_from,
                "fte_below": size.fte_below,
            }
            for size in file.sizes.items
        ],
        "always_at_hand": file.always_at_hand.items if file.always_at_hand else [],
        "evidence_notice": file.meta.evidence_notice,
    }


def labelled(choices) -> list[dict[str, str]]:
    """A list to choose from, as JSON."""
    return [{"code": choice.code, "label": choice.label} for choice in choices]


def write_parts(framework: Framework, file: NormFile, text: FrameworkText) -> None:
    """Write the rows that hang under a framework, in the order of the file."""
    themes = add(Theme, framework, [(theme, theme_columns(theme)) for theme in text.themes])
    if not text.listed:
        return
    norms = write_norms(framework, text, themes)
    titles = [(one, {"title": one.title}) for one in file.competences.items]
    competences = add(Competence, framework, titles)
    named = {norm.code: norm.competences for theme in text.themes for norm in theme.norms}
    link(Norm.competences, norms, competences, named)
    views = file.lenses.items if file.lenses else []
    questions = [(one, {"title": one.title, "question": one.question}) for one in views]
    lenses = add(Lens, framework, questions)
    link(Lens.norms, lenses, norms, {one.code: one.norms for one in views})
    write_routes(framework, file)


def add(model, framework, texts) -> dict[str, Any]:
    """Write one kind of part, numbered in this order; give the rows by their code."""
    rows = [
        model(framework=framework, code=text.code, order=order, **columns)
        for order, (text, columns) in enumerate(texts, 1)
    ]
    return {row.code: row for row in model.objects.bulk_create(rows)}


def link(field, ones, others, named) -> None:
    """Write the pairs of a many-to-many: ``named`` says for each code which codes of the others it names."""
    pairs = field.through
    one, other = field.field.m2m_field_name(), field.field.m2m_reverse_field_name()
    pairs.objects.bulk_create(
        pairs(**{one: ones[code], other: others[name]})
        for code, names in named.items()
        for name in names
    )


def theme_columns(theme: ThemeText) -> dict:
    """A group of norms."""
    return {
        "title": theme.title,
        "short_title": theme.short_title or theme.title[:60],
        "value": theme.value,
        "norm_count": theme.norm_count,
    }


def write_norms(framework, text: FrameworkText, themes) -> dict[str, Any]:
    """Clusters and norms, each norm in the group and in the cluster that name it."""
    pairs = [(theme, cluster) for theme in text.themes for cluster in theme.clusters or []]
    clusters = add(
        Cluster,
        framework,
        [(each, {"title": each.title, "theme": themes[theme.code]}) for theme, each in pairs],
    )
    at_home = {code: clusters[cluster.code] for _, cluster in pairs for code in cluster.norms}
    norms = [
        (
            norm,
            norm_columns(norm, framework)
            | {"theme": themes[theme.code], "cluster": at_home[norm.code]},
        )
        for theme in text.themes
        for norm in theme.norms
    ]
    return add(Norm, framework, norms)


def norm_columns(norm: NormText, framework: Framework) -> dict:
    """One norm. Its text is official where it says so and nothing above it says otherwise."""
    return {
        "title": norm.subject,
        "statement": norm.statement,
        "guiding_questions": [
            {"to": each.to, "text": each.text} for each in norm.guiding_questions
        ],
        "evidence_examples": norm.evidence_examples,
        "interview_with": norm.interview_with,
        "accents": [accent_columns(accent) for accent in norm.accents or []],
        "key": norm.key,
        "na_allowed": norm.na_allowed,
        "official": norm.certainty and framework.official,
    }


def accent_columns(accent: Accent) -> dict:
    """How to read a norm for one work type or one size, as JSON."""
    said = {"work_type": accent.work_type, "size": accent.size, "text": accent.text}
    return {name: part for name, part in said.items() if part}


def write_routes(framework: Framework, file: NormFile) -> None:
    """The ways of reviewing; a term that a route does not give is that of the decision rules."""
    default = file.decision_rule_defaults.validity_months
    Route.objects.bulk_create(
        Route(
            framework=framework,
            code=route.code,
            title=route.title,
            public_title=route.public_title,
            public_explanation=route.public_explanation,
            reviewers=route.reviewers,
            judged_per=route.judged_per,
            yields=route.yields,
            validity_months=route.validity_months or default,
        )
        for route in file.routes.items
    )
