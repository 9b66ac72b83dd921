"""What a norm file may say, field by field.

The keys are those of the file; the values are already ours (``voldoet_deels`` reads as ``Judgement.PARTLY_MET``). What
is marked ``ASIDE`` (where a text comes from) is checked but ends up in no row; all the rest counts in the digest.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from labels.frameworks.kinds import (
    ASIDE,
    Choice,
    Code,
    Day,
    ListOf,
    OneOrMore,
    Record,
    Text,
    TextsByName,
    Truth,
    Whole,
)
from labels.frameworks.models import Judgement, Route, RouteCode

CERTAINTY = Choice({"official": True, "inferred": False})
JUDGEMENT = Choice(
    {
        "voldoet": Judgement.MET,
        "voldoet_deels": Judgement.PARTLY_MET,
        "voldoet_niet": Judgement.NOT_MET,
    }
)
ROUTE = Choice(
    {
        "intercollegiaal": RouteCode.PEER,
        "extern": RouteCode.EXTERNAL,
        "combinatie": RouteCode.COMBINED,
    }
)
REVIEWER = Choice({"collega": "peer", "auditor": "auditor"})
JUDGED_PER = Choice({"norm": "norm"})  # per cluster: not before the panel's pages can do it
YIELD = Choice(
    {
        "leerrapport": Route.Yield.LEARNING_REPORT,
        "toetsingsrapport": Route.Yield.REVIEW_REPORT,
        "advies": Route.Yield.ADVICE,
        "besluit": Route.Yield.DECISION,
        "certificaat": Route.Yield.CERTIFICATE,
        "register": Route.Yield.REGISTER,
    }
)
CONCEPT = "concept"
STATUS = Choice({CONCEPT: CONCEPT, "vastgesteld": "vastgesteld"})


@dataclass(frozen=True, kw_only=True)
class Sourced:
    """Where a part of the file comes from."""

    source: Annotated[list[str] | None, OneOrMore(Text(300)), ASIDE] = None
    note: Annotated[str, Text(), ASIDE] = ""


@dataclass(frozen=True, kw_only=True)
class Vouched(Sourced):
    """The same, and whether it says so in a public source or was filled in by us."""

    certainty: Annotated[bool, CERTAINTY, ASIDE] = False


@dataclass(frozen=True, kw_only=True)
class Labelled(Vouched):
    """A choice: a code with the words for it."""

    code: Annotated[str, Code(30)]
    label: Annotated[str, Text(120)]


@dataclass(frozen=True, kw_only=True)
class Meta:
    """What the file says about itself."""

    title: Annotated[str, Text(200), ASIDE]
    language: Annotated[str, Choice({"nl": "nl"}), ASIDE] = "nl"
    status: Annotated[str, STATUS]
    drafted_by: Annotated[str, Text(200), ASIDE] = ""
    notice: Annotated[str, Text()] = ""
    evidence_notice: Annotated[str, Text()] = ""


@dataclass(frozen=True, kw_only=True)
class Step(Vouched):
    """One step of the scale."""

    code: Annotated[str, JUDGEMENT]
    label: Annotated[str, Text(40)]
    order: Annotated[int, Whole(1, 3)]
    help: Annotated[str, Text(500)] = ""


@dataclass(frozen=True, kw_only=True)
class DecisionRules(Vouched):
    """When a label can be awarded, unless the committee has reasons."""

    plan_required_for: Annotated[list[str], ListOf(JUDGEMENT)]
    blocking_scores: Annotated[list[str], ListOf(JUDGEMENT)]
    max_partly_met: Annotated[int | None, Whole(0, 500, nullable=True)]
    repair_term_weeks: Annotated[int, Whole(1, 200)]
    validity_months: Annotated[int, Whole(1, 120)]
    validity_certainty: Annotated[bool, CERTAINTY, ASIDE] = False
    validity_source: Annotated[str, Text(300), ASIDE] = ""


@dataclass(frozen=True, kw_only=True)
class Questions(Vouched):
    """Questions that fit every conversation."""

    items: Annotated[list[str], ListOf(Text(300))]


@dataclass(frozen=True, kw_only=True)
class Choices(Vouched):
    """A list to choose from."""

    items: Annotated[list[Labelled], ListOf(Record(Labelled), least=1)]


@dataclass(frozen=True, kw_only=True)
class Size(Labelled):
    """A class of organisations by the number of paid full-time posts."""

    fte_from: Annotated[int, Whole(0, 100_000)]
    fte_below: Annotated[int | None, Whole(1, 100_000, nullable=True)]


@dataclass(frozen=True, kw_only=True)
class Sizes(Vouched):
    """Every size there is, from small to large."""

    items: Annotated[list[Size], ListOf(Record(Size), least=1)]


@dataclass(frozen=True, kw_only=True)
class Competence(Vouched):
    """One of the ten."""

    code: Annotated[str, Code()]
    title: Annotated[str, Text(200)]
    alt_title: Annotated[str, Text(200), ASIDE] = ""
    alt_certainty: Annotated[bool, CERTAINTY, ASIDE] = False


@dataclass(frozen=True, kw_only=True)
class Competences(Vouched):
    """The second axis of a report."""

    items: Annotated[list[Competence], ListOf(Record(Competence), least=1)]


@dataclass(frozen=True, kw_only=True)
class RouteText(Vouched):
    """What one way of reviewing asks and yields."""

    code: Annotated[str, ROUTE]
    title: Annotated[str, Text(100)]
    public_title: Annotated[str, Text(100)]
    public_explanation: Annotated[str, Text()]
    reviewers: Annotated[list[str], ListOf(REVIEWER, least=1)]
    judged_per: Annotated[str, JUDGED_PER] = "norm"
    yields: Annotated[list[str], ListOf(YIELD, least=1)]
    validity_months: Annotated[int | None, Whole(1, 120)] = None  # then that of the decision rules


@dataclass(frozen=True, kw_only=True)
class Routes(Vouched):
    """The ways of reviewing."""

    items: Annotated[list[RouteText], ListOf(Record(RouteText), least=1)]


@dataclass(frozen=True, kw_only=True)
class LensText(Vouched):
    """A view across the groups."""

    code: Annotated[str, Code()]
    title: Annotated[str, Text(200)]
    question: Annotated[str, Text(500)]
    norms: Annotated[list[str], ListOf(Code(), least=1)]


@dataclass(frozen=True, kw_only=True)
class Lenses(Vouched):
    """The views across."""

    items: Annotated[list[LensText], ListOf(Record(LensText))]


@dataclass(frozen=True, kw_only=True)
class Question:
    """A guiding question and to whom it can really be put."""

    to: Annotated[list[str], ListOf(Code(30), least=1)]
    text: Annotated[str, Text(500)]


@dataclass(frozen=True, kw_only=True)
class Accent:
    """How to read a norm for one work type, or for one size."""

    work_type: Annotated[str | None, Code(30)] = None
    size: Annotated[str | None, Code(30)] = None
    text: Annotated[str, Text(1000)]


@dataclass(frozen=True, kw_only=True)
class NormText(Sourced):
    """One norm."""

    code: Annotated[str, Code()]
    subject: Annotated[str, Text(200)]
    statement: Annotated[str, Text()]
    guiding_questions: Annotated[list[Question], ListOf(Record(Question), least=1, most=12)]
    evidence_examples: Annotated[list[str], ListOf(Text(300), most=12)]
    competences: Annotated[list[str], ListOf(Code())]
    interview_with: Annotated[list[str], ListOf(Code(30), least=1)]
    key: Annotated[bool, Truth()]
    na_allowed: Annotated[bool, Truth()]
    accents: Annotated[list[Accent] | None, ListOf(Record(Accent), most=20)] = None
    certainty: Annotated[bool, CERTAINTY]
    subject_backed: Annotated[bool, Truth(), ASIDE] = False


@dataclass(frozen=True, kw_only=True)
class ClusterText(Sourced):
    """Norms that belong together, by their codes."""

    code: Annotated[str, Code()]
    title: Annotated[str, Text(200)]
    norms: Annotated[list[str], ListOf(Code(), least=1)]


@dataclass(frozen=True, kw_only=True)
class ThemeText(Vouched):
    """A group of norms."""

    code: Annotated[str, Code()]
    title: Annotated[str, Text(200)]
    short_title: Annotated[str, Text(60)] = ""
    value: Annotated[str, Text()] = ""
    norm_count: Annotated[int | None, Whole(nullable=True)]
    clusters: Annotated[list[ClusterText] | None, ListOf(Record(ClusterText))] = None
    norms: Annotated[list[NormText], ListOf(Record(NormText))]
    value_certainty: Annotated[bool, CERTAINTY, ASIDE] = False
    count_certainty: Annotated[bool, CERTAINTY, ASIDE] = False


@dataclass(frozen=True, kw_only=True)
class FrameworkText(Sourced):
    """One version of the norm set. Without norms it is a title, for old certificates."""

    code: Annotated[str, Code(30)]
    title: Annotated[str, Text(200)]
    valid_from: Annotated[date | None, Day()]
    valid_until: Annotated[date | None, Day()]
    norm_count: Annotated[int | None, Whole(nullable=True)]
    note: Annotated[str, Text()] = ""  # not aside: people read it with a title
    themes: Annotated[list[ThemeText], ListOf(Record(ThemeText))]
    certainty: Annotated[bool, CERTAINTY]
    norm_count_note: Annotated[str, Text(), ASIDE] = ""
    split_certainty: Annotated[bool, CERTAINTY, ASIDE] = False
    numbering_certainty: Annotated[bool, CERTAINTY, ASIDE] = False
    key_certainty: Annotated[bool, CERTAINTY, ASIDE] = False

    @property
    def listed(self) -> bool:
        """Whether it lists norms; if not, it is only a title."""
        return any(theme and theme.norms for theme in self.themes or [])


@dataclass(frozen=True, kw_only=True)
class NormFile:
    """A whole norm file."""

    meta: Annotated[Meta, Record(Meta)]
    sources: Annotated[dict[str, str] | None, TextsByName(), ASIDE] = None
    scoring_scale: Annotated[list[Step], ListOf(Record(Step), least=3, most=3)]
    scoring_scale_note: Annotated[str, Text(), ASIDE] = ""
    decision_rule_defaults: Annotated[DecisionRules, Record(DecisionRules)]
    outcomes: Annotated[Choices | None, Record(Choices), ASIDE] = None
    always_at_hand: Annotated[Questions | None, Record(Questions)] = None
    interview_groups: Annotated[list[Labelled], ListOf(Record(Labelled), least=1)]
    work_types: Annotated[Choices, Record(Choices)]
    sizes: Annotated[Sizes, Record(Sizes)]
    competences: Annotated[Competences, Record(Competences)]
    norm_mapping_kinds: Annotated[list[Labelled] | None, ListOf(Record(Labelled)), ASIDE] = None
    routes: Annotated[Routes, Record(Routes)]
    lenses: Annotated[Lenses | None, Record(Lenses)] = None
    frameworks: Annotated[list[FrameworkText], ListOf(Record(FrameworkText), least=1)]
