"""What is filled in about evidence."""

from pathlib import PurePosixPath

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat

from labels.evidence.models import Evidence
from labels.frameworks.forms import NormField
from labels.frameworks.models import Framework
from sterk.forms import OnceForm, Prose
from sterk.organisations.models import Organisation

Kind = Evidence.Kind
READERS = "Jij en je collega's. Na het indienen ook het toetsteam, en bureau en commissie als zij zeggen waarom."
WANTING = {
    Kind.FILE: ("file", "Kies een bestand."),
    Kind.LINK: ("url", "Vul het adres van de pagina in."),
    Kind.ON_SITE: ("title", "Schrijf op wat er ter plekke te zien of te horen is."),
}


class EvidenceForm(OnceForm):
    """One piece of evidence: a file, a link, or what can be seen on the spot."""

    kind = forms.ChoiceField(
        label="Wat voeg je toe?",
        choices=[
            (Kind.FILE, "Een bestand"),
            (Kind.LINK, "Een link"),
            (Kind.ON_SITE, "Iets dat ter plekke te zien is"),
        ],
        initial=Kind.FILE,
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label="Bestand",
        required=False,
        max_length=255,
        widget=forms.FileInput,
        help_text="Pdf, Word, Excel, PowerPoint, OpenDocument, een afbeelding of platte tekst. Hoogstens 25 MB.",
        error_messages={"empty": "Dit bestand is leeg. Kies een ander bestand."},
    )
    url = forms.URLField(
        label="Adres van de pagina",
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={
            "invalid": "Dit is geen adres. Een adres lijkt op www.voorbeeld.nl/pagina."
        },
    )
    title = forms.CharField(
        label="Titel",
        required=False,
        max_length=200,
        help_text="Zo herkennen collega's en toetsers het. Bij een bestand nemen we anders de naam van het bestand.",
    )
    note = Prose(
        label="Waar moeten we op letten?",
        required=False,
        max_length=2000,
        rows=3,
        readers=READERS,
        help_text="Bijvoorbeeld: bladzijde 4, over intervisie.",
    )

    @property
    def touched(self):
        """Whether somebody began to fill it in."""
        names = [self.add_prefix(name) for name in ("file", "url", "title", "note")]
        return any(self.data.get(name, "").strip() or self.files.get(name) for name in names)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > settings.UPLOAD_LIMIT:
            raise forms.ValidationError(
                f"Dit bestand is {filesizeformat(file.size)}. Het mag hoogstens 25 MB zijn. "
                "Maak het kleiner, of zet het ergens neer en geef de link."
            )
        return file

    def clean(self):
        """What the chosen kind needs must be there; what another kind needs does not count."""
        said = super().clean()
        field, message = WANTING.get(said.get("kind"), ("kind", ""))
        for other in {"file", "url"} - {field}:
            self.errors.pop(other, None)
        if not said.get(field) and field not in self.errors:
            self.add_error(field, message)
        if said.get("kind") == Kind.LINK and not said.get("title"):
            said["title"] = said.get("url", "").removeprefix("https://").removeprefix("www.")[:200]
        if said.get("kind") == Kind.FILE and said.get("file") and not said.get("title"):
            said["title"] = PurePosixPath(said["file"].name).stem[:200]
        return said


class LibraryForm(EvidenceForm):
    """Evidence for the library: of which organisation, if there is a choice, and perhaps for a norm."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label="Organisatie")
    norm = NormField(
        label="Bij welke norm hoort het?",
        required=False,
        help_text="Je kunt het later bij meer normen leggen.",
    )

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        if len(organisations) == 1:
            del self.fields["organisation"]
        else:
            self.fields["organisation"].queryset = Organisation.objects.filter(
                pk__in=organisations
            ).order_by("name")
        self.fields["norm"].offer(Framework.objects.used_by(organisations))


class CiteForm(forms.Form):
    """For which norm a piece of evidence is brought forward as well."""

    norm = NormField(label="Leg het ook bij")

    def __init__(self, *args, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["norm"].offer(Framework.objects.used_by([organisation]))
