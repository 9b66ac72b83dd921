"""What the gallery of components shows: made up here, so that no row of the database is needed."""

from datetime import timedelta
from types import SimpleNamespace

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone

from labels.assessments.states import State
from sterk.jobs import JobState

SIGNS = ("met", "met", "partly_met", "met", "not_met", "met", "", "undetermined", "met", "")


class SampleForm(forms.Form):
    """One of every kind of field."""

    score = forms.ChoiceField(
        label="Jullie oordeel",
        choices=[
            ("met", "Voldoet"),
            ("partly_met", "Voldoet deels"),
            ("not_met", "Voldoet niet"),
        ],
        widget=forms.RadioSelect,
    )
    explanation = forms.CharField(
        label="Toelichting",
        help_text="Vertel kort hoe jullie dit doen en waaraan een inwoner dat merkt.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    email = forms.EmailField(label="E-mailadres")
    route = forms.ChoiceField(
        label="Route", choices=[("", "Kies een route"), ("peer", "Intercollegiaal")]
    )
    on = forms.DateField(
        label="Klaar op", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    scope = forms.MultipleChoiceField(
        label="Werksoorten",
        help_text="Kies wat meedoet.",
        choices=[("case", "Maatschappelijk werk"), ("youth", "Jongerenwerk")],
        widget=forms.CheckboxSelectMultiple,
    )
    file = forms.FileField(
        label="Bestand", help_text="Pdf, Office of een afbeelding, hoogstens 25 MB."
    )
    anonymous = forms.BooleanField(label="Er staan geen namen van cliënten in")


def samples():
    """The context of the gallery."""
    now = timezone.now()
    return {
        "now": now,
        "late": -3,
        "links": [{"url": "/", "label": "Wat wacht op mij"}],
        "groups": [
            {"label": label, "beads": beads(letter, count)}
            for label, letter, count in [
                ("Vakmanschap", "V", 16),
                ("Dienstverlening", "D", 15),
                ("Organisatie en bestuur", "B", 18),
            ]
        ],
        "hints": {
            "met": "De praktijk laat het zien; verhalen bevestigen elkaar.",
            "partly_met": "Herkenbaar, maar nog niet overal.",
            "not_met": "Niet of nauwelijks terug te zien.",
        },
        "form": SampleForm(auto_id="open_%s"),
        "wrong": SampleForm({"explanation": "Dit typte ik."}, auto_id="wrong_%s"),
        "reports": [
            SimpleNamespace(pk=pk, title=f"Leerrapport {pk}", state=state, made_at=now)
            for pk, state in enumerate(JobState, 1)
        ],
        "states": State.choices,
        "pairs": [
            ("Nummer", "SSW-2026-0142-K7QF"),
            ("Geldig tot", "14 maart 2028"),
            ("Plaats", ""),
        ],
        "lines": [
            {"at": now, "by": "Anna de Wit", "text": "diende de zelfevaluatie in."},
            {"at": now - timedelta(days=2), "by": "", "text": "maakte het leerrapport."},
        ],
        "page": Paginator(range(60), 20).page(2),
    }


def beads(letter, count):
    """A row of signs, the fourth of them open."""
    return [
        {
            "code": f"{letter}{place}",
            "judgement": SIGNS[(place * 3 + count) % len(SIGNS)],
            "url": f"#{letter}{place}",
            "current": (letter, place) == ("V", 4),
        }
        for place in range(1, count + 1)
    ]
