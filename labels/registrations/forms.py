"""What is asked when something is decided."""

from django import forms

from labels.registrations.models import Decision, Measure
from sterk.forms import capitalised


class ProposalForm(forms.Form):
    """A decision to propose: the ruling and why."""

    ruling = forms.ChoiceField(
        label="Besluit", choices=capitalised(Decision.Ruling.choices), widget=forms.RadioSelect
    )
    motivation = forms.CharField(
        label="Motivering",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="De organisatie leest deze tekst. Zeg waar het besluit op rust.",
    )


class MeasureForm(forms.Form):
    """A measure to propose: what, and why."""

    kind = forms.ChoiceField(
        label="Maatregel", choices=capitalised(Measure.Kind.choices), widget=forms.RadioSelect
    )
    motivation = forms.CharField(
        label="Motivering",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Bureau en beheercommissie lezen deze tekst. Hij komt niet in het register.",
    )


class RejectForm(forms.Form):
    """Why a proposal goes back."""

    reason = forms.CharField(
        label="Waarom stuur je het terug?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
