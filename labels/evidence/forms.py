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
NEEDS = {Kind.FILE: "file", Kind.LINK: "url", Kind.ON_SITE: "title"}


class EvidenceForm(OnceForm):
    """One piece of evidence: a file, a link, or what can be seen on the spot."""

    needs = NEEDS  # which field goes with which kind
    use_required_attribute = False  # the fields of other kinds may stay empty

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
        max_length=255,
        widget=forms.FileInput,
        help_text="Pdf, Word, Excel, PowerPoint, OpenDocument, een afbeelding of platte tekst. Hoogstens 25 MB.",
        error_messages={
            "required": "Kies een bestand.",
            "empty": "Dit bestand is leeg. Kies een ander bestand.",
        },
    )
    url = forms.URLField(
        label="Adres van de pagina",
        max_length=500,
        assume_scheme="https",
        error_messages={
            "required": "Vul het adres van de pagina in.",
            "invalid": "Dit is geen adres. Een adres lijkt op www.voorbeeld.nl/pagina.",
        },
    )
    title = forms.CharField(
        label="Titel",
        max_length=200,
        error_messages={"required": "Schrijf op wat er ter plekke te zien of te horen is."},
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
        needed = self.needs.get(said.get("kind"))
        for other in {"file", "url", "known"} - {needed}:
            self.errors.pop(other, None)
        if needed != "title" and self.has_error("title", "required"):
            del self.errors["title"]
            said["title"] = _name_of(said)
        return said


def _name_of(said):
    """The title that follows from the thing itself: the name of the file, or the address."""
    if said.get("file"):
        return PurePosixPath(said["file"].name).stem[:200]
    return said.get("url", "").removeprefix("https://").removeprefix("www.")[:200]


class LibraryForm(EvidenceForm):
    """Evidence for the library: of which organisation, if there is a choice, and perhaps for a norm."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label="Organisatie", empty_label="Kies een organisatie"
    )
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
