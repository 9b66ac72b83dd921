"""The roll call for Django. Import from the chapter."""

from labels.assessments.models import (
    Answer,
    Assessment,
    FrozenCopy,
    Outcome,
    OutcomeFinding,
    OutcomeVerdict,
    Reading,
    Scope,
)
from labels.evidence.models import Citation, Evidence
from labels.frameworks.models import Cluster, Competence, Framework, Lens, Norm, Route, Theme
from labels.improvements.models import Improvement
from labels.registrations.models import Decision, Measure, Registration

__all__ = [
    "Answer",
    "Assessment",
    "Citation",
    "Cluster",
    "Competence",
    "Decision",
    "Evidence",
    "Framework",
    "FrozenCopy",
    "Improvement",
    "Lens",
    "Measure",
    "Norm",
    "Outcome",
    "OutcomeFinding",
    "OutcomeVerdict",
    "Reading",
    "Registration",
    "Route",
    "Scope",
    "Theme",
]
