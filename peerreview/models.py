"""The roll call for Django. Import from the chapter."""

from peerreview.panels.models import Panel, PanelMember
from peerreview.reviews.models import Finding, Review, Score, Scorecard, Verdict
from peerreview.rounds.models import Round, SignUp

__all__ = [
    "Finding",
    "Panel",
    "PanelMember",
    "Review",
    "Round",
    "Score",
    "Scorecard",
    "SignUp",
    "Verdict",
]
