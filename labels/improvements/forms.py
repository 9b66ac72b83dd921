"""What is filled in about an improvement."""

from django import forms
from django.utils import timezone

from labels.frameworks.forms import NormField
from labels.frameworks.models import Framework
from sterk.forms import OnceForm, Prose, VersionForm
from sterk.organisations.models import Organisation

READERS = (
    "Jij en je collega's. Na het inleveren ook het toetsteam, het bureau en de beheercommissie."
)


class WordsForm(forms.Form):
    """What will be done, why, by whom and when."""

    what = Prose(
        label="Wat gaan jullie doen?",
        max_length=2000,
        rows=4,
        readers=READERS,
        help_text="Zo concreet dat een collega morgen kan beginnen.",
    )
    why = Prose(
        label="Wat moet het opleveren?", max_length=2000, rows=3, required=False, readers=READERS
    )
    who = forms.CharField(label="Wie zorgt ervoor?", max_length=150)
    due = forms.DateField(
        label="Wanneer is het klaar?",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class ImprovementForm(WordsForm, VersionForm):
    """Other words for an improvement that is there already."""


class PlanForm(WordsForm, OnceForm):
    """A new improvement: of which organisation, if there is a choice, and for which norm."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label="Organisatie", empty_label="Kies een organisatie"
    )
    norm = NormField(
        label="Bij welke norm hoort het?",
        required=False,
        help_text="Kies niets als het over het geheel gaat.",
    )
    field_order = ["organisation", "norm"]

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        if len(organisations) == 1:
            del self.fields["organisation"]
        else:
            self.fields["organisation"].queryset = Organisation.objects.filter(
                pk__in=organisations
            ).order_by("name")
        self.fields["norm"].offer(Framework.objects.used_by(organisations))

    def clean_due(self):
        due = self.cleaned_data["due"]
        if due < timezone.localdate():
            raise forms.ValidationError("Deze dag is al voorbij. Kies een dag die nog komt.")
        return due
