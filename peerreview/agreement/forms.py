"""What a panel is asked together, and an auditor at the end."""

import uuid

from django import forms

from labels.assessments.models import FindingKind, Outcome
from peerreview.reviews.forms import JUDGEMENTS
from sterk.forms import capitalised

REPORT = "De organisatie, het bureau en de beheercommissie, in het rapport."


class DraftField(forms.CharField):
    """A text that is asked for in the end, but not to save what there is so far."""

    def validate(self, value):
        """Nothing is wrong with a text that is still to come."""


class VerdictForm(forms.Form):
    """What the panel agrees on one norm."""

    use_required_attribute = False

    verdict = forms.ChoiceField(
        label="Jullie oordeel", choices=JUDGEMENTS, required=False, widget=forms.RadioSelect
    )
    motivation = DraftField(
        label="Motivering",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Wat hoorden en zagen jullie, van wie? Geen namen van inwoners of medewerkers.",
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    motivation.readers = REPORT


class SummaryForm(forms.Form):
    """The review in one page."""

    summary = forms.CharField(
        label="Samenvatting",
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="Wat voor organisatie troffen jullie? Wat is sterk, en wat is de volgende stap?",
        error_messages={"required": "Schrijf een samenvatting. Een paar zinnen is al genoeg."},
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    summary.readers = REPORT + " Zij staat vooraan."


class FindingForm(forms.Form):
    """One remark: a strong point, an improvement, something to take home, or a quote."""

    kind = forms.ChoiceField(
        label="Wat voor bevinding is het?",
        choices=[
            (FindingKind.STRENGTH, "Sterk punt"),
            (FindingKind.IMPROVEMENT, "Verbeterpunt"),
            (FindingKind.TAKE_HOME, "Mee naar huis: dit nemen wij zelf mee"),
            (FindingKind.QUOTE, "Citaat: zo zei iemand het"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat voor bevinding het is."},
    )
    norm = forms.ChoiceField(label="Bij welke norm?", required=False)
    text = forms.CharField(
        label="Bevinding",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Schrijf op wat jullie vonden of hoorden."},
    )
    said_by = forms.ChoiceField(
        label="Wie zei dit?",
        required=False,
        help_text="Alleen bij een citaat: de rol van wie het zei, nooit een naam.",
    )
    key = forms.UUIDField(widget=forms.HiddenInput)
    text.readers = REPORT

    def __init__(self, *args, norms, roles, initial=None, **kwargs):
        initial = {"key": uuid.uuid4(), **(initial or {})}
        super().__init__(*args, initial=initial, **kwargs)
        self.norms = {norm.code: norm for norm in norms}
        self.fields["norm"].choices = [("", "Over het geheel")] + [
            (norm.code, str(norm)) for norm in norms
        ]
        self.fields["said_by"].choices = [("", "Kies een rol")] + [
            (role["label"], role["label"]) for role in roles
        ]

    def clean_norm(self):
        """The norm itself; none when it is about the whole."""
        return self.norms.get(self.cleaned_data["norm"])

    def clean(self):
        """A quote says who said it, by role."""
        cleaned = super().clean()
        if cleaned.get("kind") == FindingKind.QUOTE and not cleaned.get("said_by"):
            self.add_error("said_by", "Kies bij een citaat wie het zei.")
        return cleaned


class AdviceForm(forms.Form):
    """What the auditor advises the association."""

    advice = forms.ChoiceField(
        label="Jullie advies",
        choices=capitalised(Outcome.Advice.choices),
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een advies."},
    )
    motivation = forms.CharField(
        label="Motivering",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Waar rust het advies op? Betrek het verbeterplan erbij.",
        error_messages={"required": "Een advies heeft altijd een motivering."},
    )
    motivation.readers = (
        "Het bureau en de beheercommissie, voor hun besluit. De organisatie leest het als het "
        "besluit er is."
    )
