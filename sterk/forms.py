"""What forms share."""

import uuid

from django import forms


def capitalised(choices):
    """Choices as they stand beside a button, which begin with a capital; within a sentence they do not."""
    return [(code, label[:1].upper() + label[1:]) for code, label in choices]


class Prose(forms.CharField):
    """Some lines of text. ``readers`` says who will read it; lines end as we keep them, whatever the browser sends."""

    def __init__(self, *, readers="", rows=6, **kwargs):
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)
        self.readers = readers

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


class Later(Prose):
    """Some lines that people are asked for, and that may be empty until they get to it."""

    def validate(self, value):
        """Nothing is wanting yet."""


class OnceForm(forms.Form):
    """A form that adds something. Its key makes that a repeated POST adds it once."""

    key = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=uuid.uuid4,
        error_messages={
            "required": "Laad de pagina opnieuw.",
            "invalid": "Laad de pagina opnieuw.",
        },
    )

    def renew(self):
        """A fresh key with everything typed kept: what was refused may be sent as something new."""
        self.data = self.data.copy()
        self.data[self.add_prefix("key")] = str(uuid.uuid4())


class VersionForm(forms.Form):
    """A form on something that several people change: it knows from which version somebody started."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=0,
        error_messages={
            "required": "Laad de pagina opnieuw.",
            "invalid": "Laad de pagina opnieuw.",
        },
    )

    def catch_up(self, version):
        """Start from the version that is there now, with everything typed kept."""
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = version
