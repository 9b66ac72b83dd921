"""What is filled in about a reflection."""

from django import forms

from labels.frameworks.forms import NormField
from labels.frameworks.models import Framework
from labels.instruments.reflections.questions import short_steps, texts
from sterk.accounts.models import User
from sterk.forms import Later, OnceForm, Prose, VersionForm
from sterk.organisations.models import Organisation
from sterk.policy import Permission, roles_with

ONLY_YOU = "Alleen jij."


class ReflectionForm(forms.Form):
    """A title, and a field for every question along the steps. ``kept``: ids of questions that were answered before."""

    title = forms.CharField(
        label="Waar gaat het over?",
        max_length=150,
        help_text="Een paar woorden, zodat je het terugvindt. Ook hier geen namen.",
    )
    title.readers = ONLY_YOU
    use_required_attribute = False  # every question may be skipped

    def __init__(self, *args, kept=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.along = short_steps(kept)
        for step in self.along:
            for question in step["questions"]:
                self.fields[question["id"]] = Later(
                    label=question["text"],
                    max_length=4000,
                    rows=4,
                    readers=ONLY_YOU,
                )

    def steps(self):
        """The steps with their fields, for the page."""
        return [
            {**step, "fields": [self[question["id"]] for question in step["questions"]]}
            for step in self.along
        ]

    def words(self):
        """The title and the answers, as the actions take them."""
        said = self.cleaned_data
        answers = {name: text for name, text in said.items() if name in texts()}
        return {"title": said["title"], "answers": answers}


class WriteForm(ReflectionForm, OnceForm):
    """A new reflection."""


class RewriteForm(ReflectionForm, VersionForm):
    """A reflection that is there already."""


class ShareForm(OnceForm):
    """Which answers go along, and with which norm. A request settles the norm."""

    questions = forms.MultipleChoiceField(
        label="Welke antwoorden deel je?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies minstens één antwoord om te delen."},
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Bij welke organisatie?",
        empty_label="Kies een organisatie",
    )
    norm = NormField(label="Bij welke norm?")

    def __init__(self, *args, reflection, organisations, asked=None, **kwargs):
        super().__init__(*args, **kwargs)
        answered = [(key, text) for key, text in texts().items() if reflection.answers.get(key)]
        self.fields["questions"].choices = answered
        if asked or len(organisations) == 1:
            del self.fields["organisation"]
        else:
            self.fields["organisation"].queryset = Organisation.objects.filter(
                pk__in=organisations
            ).order_by("name")
        if asked:
            del self.fields["norm"]
        else:
            self.fields["norm"].offer(Framework.objects.used_by(organisations))


class AskForm(forms.Form):
    """Whom to ask, and a word with it."""

    of = forms.ModelChoiceField(
        User.objects.none(), label="Aan wie vraag je het?", empty_label="Kies een collega"
    )
    note = Prose(
        label="Wat wil je erbij zeggen?",
        required=False,
        max_length=500,
        rows=4,
        readers="Alleen deze collega.",
        help_text="Waarom juist deze collega, of aan welke situatie denk je?",
    )

    def __init__(self, *args, organisation, by, **kwargs):
        super().__init__(*args, **kwargs)
        colleagues = User.objects.filter(
            is_active=True,
            memberships__organisation=organisation,
            memberships__role__in=roles_with(Permission.WRITE_REFLECTION),
            memberships__ended_at__isnull=True,
        )
        self.fields["of"].queryset = colleagues.exclude(pk=by.pk).distinct().order_by("name")
