"""What is filled in about a self-assessment."""

from itertools import product

from django import forms

from labels.evidence.forms import NEEDS, EvidenceForm
from labels.evidence.models import Evidence
from labels.frameworks.models import OWN_JUDGEMENTS
from sterk.forms import Later, Prose, VersionForm, capitalised

READERS = (
    "Jij en je collega's. Na het indienen ook het toetsteam, en bureau en commissie als zij "
    "zeggen waarom. Het komt in het rapport."
)
LIBRARY = "library"
PREFIX = "bewijs"  # of the fields for evidence; the name of the button that adds it


class AnswerForm(VersionForm):
    """What the organisation finds of one norm, and why."""

    use_required_attribute = False  # half an answer may be saved too

    score = forms.ChoiceField(
        label="Hoe staat het bij jullie?",
        choices=capitalised(OWN_JUDGEMENTS),
        required=False,
        widget=forms.RadioSelect,
        help_text="Je eigen oordeel telt nooit mee voor de uitkomst. Wees dus gerust eerlijk.",
    )
    explanation = Later(
        label="Toelichting",
        max_length=8000,
        rows=7,
        readers=READERS,
        help_text="Kort en concreet: wat doen jullie, en waaraan merk je dat? Een voorbeeld zegt het meest. Geen namen van inwoners.",
    )


class NormEvidenceForm(EvidenceForm):
    """Evidence beside an answer: something new, or something that is in the library."""

    known = forms.ModelChoiceField(
        Evidence.objects.none(),
        label="Uit jullie bewijs",
        empty_label="Kies een bewijsstuk",
        error_messages={"required": "Kies een bewijsstuk uit de lijst."},
    )
    needs = {**NEEDS, LIBRARY: "known"}
    field_order = ["kind", "known"]

    def __init__(self, *args, answer, **kwargs):
        super().__init__(*args, prefix=PREFIX, **kwargs)
        mine = Evidence.objects.filter(organisation=answer.assessment.organisation_id).standing()
        others = mine.exclude(citations__norm=answer.norm_id)
        self.fields["known"].queryset = others.order_by("title", "pk")
        self.fields["kind"].choices = [
            *self.fields["kind"].choices,
            (LIBRARY, "Iets dat al bij jullie bewijs staat"),
        ]

    @classmethod
    def sent(cls, data, files, answer):
        """The form as it was sent; None when nobody began to fill it in or pressed its button."""
        names = [f"{PREFIX}-{name}" for name in ("known", "file", "url", "title", "note")]
        begun = any(data.get(name, "").strip() or name in files for name in names)
        return cls(data, files, answer=answer) if begun or PREFIX in data else None


class DescribeForm(VersionForm):
    """The summary, and what the label is about."""

    use_required_attribute = False  # the fields on parts may stay empty

    summary = Prose(
        label="Samenvatting",
        required=False,
        max_length=4000,
        rows=10,
        readers="Jij en je collega's. Na het indienen ook het toetsteam, en bureau en commissie als zij zeggen waarom.",
        help_text="Wie zijn jullie, waar zijn jullie trots op, en wat willen jullie leren van de toetsing?",
    )
    whole = forms.TypedChoiceField(
        label="Waar gaat het label over?",
        choices=[("yes", "De hele organisatie"), ("no", "Een deel van ons werk")],
        coerce=lambda value: value == "yes",
        initial="yes",
        widget=forms.RadioSelect,
    )
    work_types = forms.MultipleChoiceField(
        label="Welk werk?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies minstens één soort werk."},
    )
    municipalities = Prose(
        label="In welke gemeenten?",
        rows=3,
        error_messages={"required": "Noem minstens één gemeente."},
        readers="Iedereen: dit komt in het openbare register.",
        help_text="Elke gemeente op een eigen regel.",
    )

    def __init__(self, *args, work_types, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(work["code"], work["label"]) for work in work_types]
        self.fields["work_types"].choices = choices

    def clean_municipalities(self):
        lines = self.cleaned_data["municipalities"].splitlines()
        names = list(dict.fromkeys(" ".join(line.split()) for line in lines if line.strip()))
        if any(len(name) > 100 for name in names):
            raise forms.ValidationError("De naam van een gemeente is hoogstens 100 tekens lang.")
        return names

    def clean(self):
        """What the action asks for: the summary and ``scopes``, every kind of work in every municipality."""
        said = super().clean()
        if said.get("whole"):
            for part in ("work_types", "municipalities"):
                self.errors.pop(part, None)
            return {**said, "scopes": set()}
        pairs = product(said.get("work_types", []), said.get("municipalities", []))
        return {**said, "scopes": set(pairs)}


class ReadAlongForm(forms.Form):
    """Why a member of staff wants to read."""

    reason = forms.CharField(
        label="Waarom lees je deze zelfevaluatie?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="In één of twee zinnen.",
    )
    reason.readers = "De mensen van deze organisatie zien je naam en deze reden."


class GiveBackForm(forms.Form):
    """Why an assessment goes back."""

    reason = Prose(
        label="Waarom leg je haar terug?",
        max_length=1000,
        rows=4,
        readers="De mensen van deze organisatie.",
        help_text="Schrijf wat er nog moet gebeuren voordat zij opnieuw indienen.",
    )
