"""What a report and a certificate say, as JSON. Pure: knows no models, asks nobody, keeps no clock.

A chapter that asks for a document makes ``ReportContent`` or ``CertificateContent`` (dates as ISO
strings, judgements as codes, texts as people wrote them), turns it into a page with :func:`report`
or :func:`certificate`, and freezes that page in the row of the job. The templates in
``templates/pdf/`` read the page and nothing else: what a document says is settled when it is asked.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Literal, NotRequired, TypedDict

import segno
from django.utils.formats import date_format
from django.utils.text import Truncator

from labels.assessments import charts

Judgement = Literal["met", "partly_met", "not_met", "undetermined"]
FindingKind = Literal["strong", "improve", "take_home"]
LONG_NAME, VERY_LONG_NAME = 30, 75  # in characters: then the type of a cover gets smaller
SCOPE_LINES, SCOPE_WIDTH = 6, 78  # the room for scope on a certificate, in lines and characters


class OrganisationContent(TypedDict):
    name: str
    place: str  # may be empty


class RouteContent(TypedDict):
    code: str
    title: str  # "Combinatietoets"
    public_title: str  # as in the register: "Gecertificeerd"
    public_explanation: str  # what that means, in plain words


class FrameworkContent(TypedDict):
    code: str
    title: str
    notice: str
    """What must be said about the wording: "Conceptnorm, eigen formulering."; empty if official."""
    rules: list[str]
    """The decision rules as plain sentences."""


class OwnContent(TypedDict):
    """What the organisation finds of itself."""

    judgement: Judgement | None
    """Never "undetermined"; None when nothing was filled in."""
    explanation: str


class VerdictContent(TypedDict):
    """What the panel agreed."""

    judgement: Judgement
    motivation: str


class FindingContent(TypedDict):
    kind: FindingKind
    text: str
    reply: str  # what the organisation answered; mostly empty


class QuoteContent(TypedDict):
    text: str
    source: str  # who said it, without a name: "inwoner", "sociaal werker"


class NormContent(TypedDict):
    code: str
    subject: str
    statement: str
    key: bool
    """A norm that weighs heaviest (kernnorm)."""
    competences: list[str]
    """Codes out of ``ReportContent.competences``."""
    own: OwnContent
    evidence: list[str]
    """Titles, each with its kind if that says something: "Jaarplan 2026 (bestand)"."""
    verdict: VerdictContent
    findings: list[FindingContent]
    quotes: list[QuoteContent]


class ClusterContent(TypedDict):
    code: str
    title: str
    norms: list[NormContent]


class ThemeContent(TypedDict):
    code: str
    title: str
    short_title: str
    value: str
    """What the norms of this group stand for, one sentence."""
    clusters: list[ClusterContent]


class LensContent(TypedDict):
    title: str
    question: str
    summary: str
    """What the panel says about it as a whole; may be empty."""
    norms: list[str]
    """Codes of the norms that are seen through it, in order."""


class CompetenceContent(TypedDict):
    code: str
    title: str


class ImprovementContent(TypedDict):
    norm: str  # its code, or empty when it stands by itself
    what: str
    who: str
    when: str  # ISO date, or empty


class PanelMemberContent(TypedDict):
    name: str
    organisation: str
    """For whom: the organisation or certifying body that lets this person take part."""
    role: Literal["toetser", "auditor"]
    lead: bool


class AdviceContent(TypedDict):
    title: str  # "Toekennen met verbeterplan"
    text: str


class ReportContent(TypedDict):
    """Everything that a leerrapport or toetsingsrapport tells."""

    kind: Literal["leerrapport", "toetsingsrapport"]
    organisation: OrganisationContent
    route: RouteContent
    framework: FrameworkContent
    scope: list[str]
    """What was reviewed, a line each: "Jongerenwerk in Zeist en Bunnik"."""
    submitted_on: str
    """ISO date on which the self-assessment was handed in."""
    finished_on: str
    """ISO date on which the panel finished; the date of the report."""
    summary: str
    """The panel's own words; paragraphs are separated by an empty line."""
    advice: AdviceContent | None
    """Only where the route asks for it."""
    themes: list[ThemeContent]
    lens: LensContent | None
    competences: list[CompetenceContent]
    improvements: list[ImprovementContent]
    """The improvement plan as it stands when the report is asked for; may be empty."""
    panel: list[PanelMemberContent]


class CertificateContent(TypedDict):
    """Everything that is on a certificate."""

    number: str
    address: str
    """Address of the registration's page in the register; it is in the QR code too."""
    organisation: OrganisationContent
    route: RouteContent
    framework: FrameworkContent
    scope: list[str]
    granted_on: str
    valid_from: str
    valid_until: str
    plan: NotRequired[bool]  # granted together with an improvement plan


def report(content: ReportContent) -> dict:
    """The page that ``pdf/report.html`` prints: content, counts and pictures."""
    clusters = [cluster for theme in content["themes"] for cluster in theme["clusters"]]
    norms = [norm for cluster in clusters for norm in cluster["norms"]]
    by_code = {norm["code"]: norm for norm in norms}
    seen = content["lens"]["norms"] if content["lens"] else []
    kind = content["kind"].capitalize()
    return {
        **content,
        "title": kind,
        "name_size": name_size(content["organisation"]["name"]),
        "running_title": Truncator(f"{kind} {content['organisation']['name']}").chars(58),
        "submitted_in_words": in_words(content["submitted_on"]),
        "finished_in_words": in_words(content["finished_on"]),
        "count": len(norms),
        "tally": tally(norms),
        "pictures": charts.pictures(content["themes"]),
        "figures": figures(content["themes"]),
        "differing": [norm for norm in norms if differs(norm)],
        "points": points(clusters),
        "take_home": gathered(norms, "take_home"),
        "lens_norms": [by_code[code] for code in seen if code in by_code],
        "competence_rows": by_competence(content["competences"], norms),
        "plan": [{**row, "when": in_words(row["when"])} for row in content["improvements"]],
        "organisations": list(dict.fromkeys(member["organisation"] for member in content["panel"])),
    }


def certificate(content: CertificateContent) -> dict:
    """The page that ``pdf/certificate.html`` prints; what does not fit on it is in the register."""
    shown, left_out = as_many_as_fit(content["scope"])
    code = segno.make(content["address"], error="m", micro=False)
    return {
        **content,
        "name_size": name_size(content["organisation"]["name"]),
        "shown_scope": shown,
        "left_out": left_out,
        "granted_in_words": in_words(content["granted_on"]),
        "from_in_words": in_words(content["valid_from"]),
        "until_in_words": in_words(content["valid_until"]),
        "qr": code.svg_data_uri(border=0, dark="#0b5563", light=None, unit="mm", scale=1),
    }


def in_words(iso: str) -> str:
    """A date as people write it: "14 maart 2026"; empty stays empty."""
    return date_format(date.fromisoformat(iso), "j F Y") if iso else ""


def tally(norms: list[NormContent]) -> list[dict]:
    """Per judgement how often the panel gave it, and how often the organisation did."""
    panel: Counter[str] = Counter(norm["verdict"]["judgement"] for norm in norms)
    own: Counter[str | None] = Counter(norm["own"]["judgement"] for norm in norms)
    return [{"judgement": code, "panel": panel[code], "own": own[code]} for code in charts.SIGNS]


def figures(themes: Iterable[ThemeContent]) -> list[dict]:
    """The rows of the table under the pictures: groups, their clusters, and everything together."""
    rows, every = [], []
    for theme in themes:
        norms = [norm for cluster in theme["clusters"] for norm in cluster["norms"]]
        every += norms
        rows.append({"level": "theme", "title": theme["short_title"], "tally": tally(norms)})
        rows += [
            {"level": "cluster", "title": cluster["title"], "tally": tally(cluster["norms"])}
            for cluster in theme["clusters"]
        ]
    return [*rows, {"level": "total", "title": "Alle normen samen", "tally": tally(every)}]


def differs(norm: NormContent) -> bool:
    """Whether the panel and the organisation see this norm differently; undetermined is no view."""
    seen = {norm["own"]["judgement"], norm["verdict"]["judgement"]}
    return len(seen) > 1 and not seen & {None, "undetermined"}


def gathered(norms: Iterable[NormContent], kind: FindingKind) -> list[dict]:
    """All findings of one kind, each with the norm that it belongs to."""
    return [
        {"code": norm["code"], "subject": norm["subject"], "text": finding["text"]}
        for norm in norms
        for finding in norm["findings"]
        if finding["kind"] == kind
    ]


def points(clusters: Iterable[ClusterContent]) -> list[dict]:
    """Strong points beside improvement points, for every cluster that has either."""
    rows = []
    for cluster in clusters:
        strong, improve = (gathered(cluster["norms"], kind) for kind in ("strong", "improve"))
        if strong or improve:
            rows.append({"title": cluster["title"], "strong": strong, "improve": improve})
    return rows


def by_competence(competences: list[CompetenceContent], norms: list[NormContent]) -> list[dict]:
    """Per competence the verdicts on the norms that draw on it."""
    rows = []
    for competence in competences:
        drawing = [norm for norm in norms if competence["code"] in norm["competences"]]
        codes = ", ".join(norm["code"] for norm in drawing)
        rows.append({**competence, "norms": codes, "tally": tally(drawing)})
    return rows


def name_size(name: str) -> str:
    """How large a name can be set on a cover: the word is a class in the stylesheet."""
    return "very-long" if len(name) > VERY_LONG_NAME else "long" if len(name) > LONG_NAME else ""


def as_many_as_fit(scope: list[str]) -> tuple[list[str], int]:
    """The first lines of a scope that fit on a certificate (at least one), and how many do not."""
    shown: list[str] = []
    room = SCOPE_LINES
    for line in scope:
        room -= -(-len(line) // SCOPE_WIDTH)
        if room < 0 and shown:
            break
        shown.append(Truncator(line).chars(SCOPE_LINES * SCOPE_WIDTH))
    return shown, len(scope) - len(shown)
