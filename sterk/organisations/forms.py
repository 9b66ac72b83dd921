"""What is filled in about organisations and their people."""

from django import forms

from sterk.accounts.models import User
from sterk.forms import Prose, capitalised
from sterk.organisations.models import Organisation
from sterk.policy import SECOND_FACTOR

EXPLAINED = {
    "coordinator": "vult de zelfevaluatie in, dient haar in en nodigt collega's uit.",
    "director": "leest alles van de eigen organisatie mee en nodigt collega's uit.",
    "contributor": "schrijft mee aan de zelfevaluatie en houdt eigen reflecties bij.",
    "reviewer": "toetst andere organisaties, als het bureau dat vraagt.",
    "auditor": "toetst organisaties voor deze instelling, als het bureau dat vraagt.",
    "bureau": "richt rondes in, stelt toetsteams samen en stelt besluiten voor.",
    "committee": "bevestigt besluiten die een ander heeft voorgesteld.",
    "admin": "nodigt medewerkers van het label uit; leest zelf niets van organisaties.",
}


class ProfileForm(forms.Form):
    """What an organisation tells about itself."""

    place = forms.CharField(label="Plaats", max_length=100)
    municipality = forms.CharField(label="Gemeente", max_length=100)
    fte = forms.DecimalField(
        label="Aantal fte",
        min_value=0,
        max_digits=6,
        decimal_places=1,
        required=False,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text="Zo weten we hoe groot een toetsing ongeveer wordt.",
    )
    website = forms.URLField(label="Website", required=False, assume_scheme="https")
    about = Prose(
        label="Over de organisatie",
        max_length=1000,
        required=False,
        rows=4,
        readers="De mensen van je organisatie en het bureau.",
        help_text="In een paar zinnen: voor wie zijn jullie er, en wat doen jullie?",
    )


class OrganisationForm(ProfileForm):
    """An organisation, as the bureau writes it down."""

    name = forms.CharField(label="Naam", max_length=150)
    kind = forms.ChoiceField(
        label="Soort",
        choices=capitalised(Organisation.Kind.choices),
        initial=Organisation.Kind.MEMBER,
        widget=forms.RadioSelect,
    )
    field_order = ["name", "kind"]


class InvitationForm(forms.Form):
    """Whom to invite, and for what; ``roles`` are those that may be given here."""

    name = forms.CharField(label="Naam", max_length=150)
    email = forms.EmailField(label="E-mailadres", help_text="Daarheen gaat de uitnodiging.")

    def __init__(self, *args, roles, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(role.value, f"{role.label.capitalize()}: {EXPLAINED[role]}") for role in roles]
        self.fields["role"] = forms.ChoiceField(
            label="Rol", choices=choices, widget=forms.RadioSelect
        )

    def clean_name(self):
        """On one line: it stands in a mail."""
        return " ".join(self.cleaned_data["name"].split())


class OwnConflictForm(forms.Form):
    """With which organisation somebody has a tie."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.order_by("name"), label="Organisatie"
    )
    reason = Prose(
        label="Reden",
        max_length=300,
        rows=2,
        readers="Het bureau en de beheercommissie. De organisatie leest dit niet.",
        help_text="Kort, bijvoorbeeld: werkte daar tot 2024.",
    )


class ConflictForm(OwnConflictForm):
    """The same, about anybody who can see the text of other organisations."""

    person = forms.ModelChoiceField(
        User.objects.filter(memberships__role__in=SECOND_FACTOR, memberships__ended_at__isnull=True)
        .distinct()
        .order_by("name"),
        label="Wie",
    )
    field_order = ["person"]
