"""The rules that hold between the fields of a norm file.

A field that was reported before reads as ``None``; rules pass it by, so that one mistake is told once.
"""

import hashlib
import json
from dataclasses import is_dataclass, replace

from labels.frameworks.grammar import CONCEPT, FrameworkText, NormFile, NormText, ThemeText
from labels.frameworks.kinds import Record, told
from labels.frameworks.models import Route
from labels.frameworks.reading import Defect, Document, Place, Unreadable, document


def check(text: str) -> tuple[NormFile | None, list[Defect]]:
    """The file as we use it, or every defect in it, in the order of the lines."""
    try:
        paper = document(text)
    except Unreadable as end:
        return None, [end.defect]
    file = Record(NormFile).read(paper.value, (), paper)
    if file is not None:
        for rule in (sources, meta, scale, sizes, routes, frameworks):
            rule(file, paper)
    defects = sorted(paper.defects, key=lambda defect: (defect.line or 0, defect.place))
    return (None if defects else file), defects


def digest(file: NormFile, framework: FrameworkText) -> str:
    """A fingerprint of all that the file says about one framework and that ends up in rows.

    A title does not rest on the rest of the file. Empty fields do not count, so that a field which is added to the
    grammar later leaves the digest of an older file as it was.
    """
    whole = replace(file, frameworks=[framework]) if framework.listed else framework
    text = json.dumps(substance(whole), sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def substance(value):
    """What a record says, without where it comes from and without what it leaves open."""
    if is_dataclass(value) and not isinstance(value, type):
        said = {name: substance(getattr(value, name)) for name in told(type(value))}
        return {name: part for name, part in said.items() if part or type(part) is int}
    return [substance(item) for item in value] if isinstance(value, list) else value


def each(items, *place):
    """The sound ones of a list, with the place of each."""
    for at, item in enumerate(items or []):
        if item is not None:
            yield item, (*place, at)


def items_of(section):
    """The list in a section, if there is one."""
    return section.items if section else None


def codes(items):
    """The codes in a list; ``None`` when one could not be read, since then we cannot tell what is unknown."""
    if items is None or any(item is None or item.code is None for item in items):
        return None
    return {item.code for item in items}


def refer(names, known, place: Place, message: str, paper: Document) -> None:
    """Report every name in a list that is not among the known ones."""
    for name, here in each(names, *place):
        if known is not None and name not in known:
            paper.report(here, message.format(name))


def sources(file, paper):
    """A source is an address, or a name from ``sources``."""
    if file.sources is None and isinstance(paper.value.get("sources"), dict):
        return
    for name, here in cited(paper.value, ()):
        if not name.startswith(("http://", "https://")) and name not in (file.sources or {}):
            paper.report(here, f"bron '{name[:40]}' staat niet in 'sources'")


def cited(value, place):
    """Every source that is named anywhere, with its place."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for step, item in pairs:
        here = (*place, step)
        if step == "source":
            named = item if isinstance(item, list) else [item]
            yield from ((name, here) for name in named if isinstance(name, str))
        elif isinstance(item, dict | list) and here != ("sources",):
            yield from cited(item, here)


def meta(file, paper):
    if file.meta and file.meta.status == CONCEPT and file.meta.notice == "":
        paper.report(("meta",), "een concept moet zeggen dat het een concept is: vul 'notice' in")


def scale(file, paper):
    steps = [step.order for step, _ in each(file.scoring_scale)]
    if None not in steps and steps != sorted(set(steps)):
        paper.report(("scoring_scale",), "'order' moet oplopen")


def sizes(file, paper):
    """From zero up, each where the one before it ends, the last without end."""
    place = ("sizes", "items")
    classes = items_of(file.sizes) or []
    if None in classes or any(size.fte_from is None for size in classes):
        return
    edge = 0
    for size, here in each(classes, *place):
        if edge is None or size.fte_from != edge:
            no_more = "na een klasse zonder grens komt er geen meer"
            gap = f"sluit niet aan: is {size.fte_from}, maar hier hoort {edge}"
            paper.report((*here, "fte_from"), no_more if edge is None else gap)
        if size.fte_below is not None and size.fte_below <= size.fte_from:
            paper.report((*here, "fte_below"), f"moet meer zijn dan {size.fte_from}")
        edge = size.fte_below
    if classes and edge is not None:
        paper.report(
            (*place, len(classes) - 1, "fte_below"), "de laatste klasse heeft geen grens: null"
        )


def routes(file, paper):
    """A certificate rests on a decision, and both the world and the paper must be able to find it."""
    for route, here in each(items_of(file.routes), "routes", "items"):
        yields = route.yields or []
        if Route.Yield.CERTIFICATE not in yields:
            continue
        for needed in (Route.Yield.DECISION, Route.Yield.REGISTER):
            if needed not in yields:
                paper.report((*here, "yields"), f"een certificaat vraagt ook '{needed.label}'")


def frameworks(file, paper):
    for framework, here in each(file.frameworks, "frameworks"):
        dates(framework, here, paper)
        if framework.listed:
            counts(framework, here, paper)
            twice(framework, here, paper)
            lenses(file, framework, paper)
            for theme, spot in each(framework.themes, *here, "themes"):
                clusters(theme, spot, paper)
                for norm, place in each(theme.norms, *spot, "norms"):
                    references(file, norm, place, paper)
                    questions(norm, place, paper)
                    accents(file, norm, place, paper)
                    key(norm, place, paper)


def dates(framework, place, paper):
    begin, end = framework.valid_from, framework.valid_until
    if begin and end and end < begin:
        paper.report((*place, "valid_until"), f"ligt vóór valid_from ({begin})")
    if framework.listed and "valid_from" in (raw := at(paper, place)) and raw["valid_from"] is None:
        paper.report((*place, "valid_from"), "een kader met normen moet een begindatum hebben")


def at(paper, place):
    """The plain value that the file holds at a place."""
    value = paper.value
    for step in place:
        value = value[step]
    return value


def counts(framework, place, paper):
    """A number that the file gives must be the number that it lists."""
    for theme, here in each(framework.themes, *place, "themes"):
        if theme.norms is not None:
            tell(theme.norm_count, len(theme.norms), here, paper)
    if all(theme and theme.norms is not None for theme in framework.themes):
        total = sum(len(theme.norms) for theme in framework.themes)
        tell(framework.norm_count, total, place, paper)


def tell(said, listed, place, paper):
    raw = at(paper, place)
    if "norm_count" in raw and raw["norm_count"] is None:
        paper.report((*place, "norm_count"), f"is leeg, maar er staan {listed} normen")
    elif said is not None and said != listed:
        paper.report((*place, "norm_count"), f"is {said}, maar er staan {listed} normen")


def twice(framework, place, paper):
    """Codes of norms and of clusters are unique in the whole framework, not only in their group."""
    for part in ("clusters", "norms"):
        seen: dict[str, int] = {}
        for theme, here in each(framework.themes, *place, "themes"):
            for item, spot in each(getattr(theme, part), *here, part):
                if item.code is not None and seen.setdefault(item.code, here[-1]) != here[-1]:
                    paper.report((*spot, "code"), f"'{item.code}' staat ook in een andere groep")


def lenses(file, framework, paper):
    norms = [norm for theme in framework.themes if theme for norm in theme.norms or []]
    known = codes(norms)
    for lens, here in each(items_of(file.lenses), "lenses", "items"):
        message = f"norm '{{}}' bestaat niet in kader {framework.code}"
        refer(lens.norms, known, (*here, "norms"), message, paper)


def clusters(theme: ThemeText, place, paper):
    """Every norm of a group is in exactly one of its clusters."""
    known = codes(theme.norms)
    where: dict[str, str] = {}
    for cluster, here in each(theme.clusters, *place, "clusters"):
        refer(cluster.norms, known, (*here, "norms"), "norm '{}' bestaat niet in deze groep", paper)
        for code, spot in each(cluster.norms, *here, "norms"):
            if where.setdefault(code, cluster.code) != cluster.code:
                paper.report(spot, f"norm '{code}' staat ook in cluster {where[code]}")
    if theme.clusters is None and at(paper, place).get("clusters") is not None:
        return
    for norm, here in each(theme.norms, *place, "norms"):
        if norm.code is not None and norm.code not in where:
            paper.report(here, "staat in geen enkel cluster")


def references(file, norm: NormText, place, paper):
    known = codes(items_of(file.competences))
    refer(norm.competences, known, (*place, "competences"), "competentie '{}' bestaat niet", paper)
    groups = codes(file.interview_groups)
    message = "'{}' staat niet in 'interview_groups'"
    refer(norm.interview_with, groups, (*place, "interview_with"), message, paper)


def questions(norm: NormText, place, paper):
    """A question is for people one speaks with about this norm, and each of these gets at least one."""
    if norm.interview_with is None or norm.guiding_questions is None:
        return
    asked: set[str | None] = set()
    for question, here in each(norm.guiding_questions, *place, "guiding_questions"):
        message = "'{}' staat niet in 'interview_with' van deze norm"
        refer(question.to, norm.interview_with, (*here, "to"), message, paper)
        asked.update(question.to or [None])
    for role, here in each(norm.interview_with, *place, "interview_with"):
        if role not in asked and None not in asked:
            paper.report(here, f"voor '{role}' is er geen vraag")


def accents(file, norm: NormText, place, paper):
    """An accent is for one work type or for one size."""
    work_types, sizes = codes(items_of(file.work_types)), codes(items_of(file.sizes))
    for accent, here in each(norm.accents, *place, "accents"):
        if sum(at(paper, here).get(name) is not None for name in ("work_type", "size")) != 1:
            paper.report(here, "noem één werksoort (work_type) of één grootte (size)")
        for name, code, known in (
            ("work_type", accent.work_type, work_types),
            ("size", accent.size, sizes),
        ):
            if code and known is not None and code not in known:
                paper.report((*here, name), f"'{code}' bestaat niet")


def key(norm: NormText, place, paper):
    if norm.key and norm.na_allowed:
        paper.report((*place, "na_allowed"), "een kernnorm kan nooit 'niet van toepassing' zijn")
