"""What is asked about a round."""

from django import forms

from labels.frameworks.models import Framework
from sterk.organisations.models import Organisation


class DayInput(forms.DateInput):
    """A day, with the calendar of the browser."""

    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class RoundForm(forms.Form):
    """A new round: its name, what is looked at, and from when until when."""

    name = forms.CharField(
        label="Naam",
        max_length=100,
        help_text="Zo herkent iedereen de ronde, bijvoorbeeld “Najaarsronde 2026”.",
    )
    framework = forms.ModelChoiceField(
        label="Normenkader", queryset=Framework.objects.none(), empty_label=None
    )
    opens_on = forms.DateField(label="Begint op", widget=DayInput)
    closes_on = forms.DateField(
        label="Eindigt op",
        widget=DayInput,
        help_text="Toetsteams zien deze dag als de laatste dag voor hun werk.",
    )
    name.readers = "Het bureau, de beheercommissie en de toetsteams van deze ronde."

    def __init__(self, *args, frameworks, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["framework"].queryset = frameworks

    def clean(self):
        """A round does not end before it begins."""
        cleaned = super().clean()
        opens_on, closes_on = cleaned.get("opens_on"), cleaned.get("closes_on")
        if opens_on and closes_on and closes_on < opens_on:
            self.add_error("closes_on", "Deze dag ligt voor de eerste dag van de ronde.")
        return cleaned


class SignUpForm(forms.Form):
    """Which organisations come in, along which route."""

    route = forms.ChoiceField(
        label="Langs welke route?",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een route."},
    )
    organisations = forms.ModelMultipleChoiceField(
        label="Welke organisaties?",
        queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies minstens één organisatie."},
    )

    def __init__(self, *args, routes, organisations, shown, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["route"].choices = [(route.code, route.title) for route in routes]
        field = self.fields["organisations"]
        field.queryset = organisations
        field.choices = [(found.pk, f"{found.name}, {found.place}") for found in shown]
