"""Choosing a norm, and what we ask somebody who thinks about taking part."""

import re

from django import forms

from labels.frameworks.matching import Before, Wish
from labels.frameworks.models import Norm


class NormField(forms.ChoiceField):
    """One norm out of those that are offered, listed under the title of its group."""

    def __init__(self, **kwargs):
        super().__init__(**{"label": "Norm", **kwargs})
        self.offered = {}

    def offer(self, frameworks):
        """Fill the list with the norms of these frameworks."""
        norms = Norm.objects.filter(framework__in=frameworks).select_related("theme")
        self.offered = {str(norm.pk): norm for norm in norms.order_by("-framework", "order")}
        groups: dict = {}
        for key, norm in self.offered.items():
            groups.setdefault(norm.theme, []).append((key, str(norm)))
        listed = [(str(theme), choices) for theme, choices in groups.items()]
        self.choices = [("", "Kies een norm"), *listed]

    def clean(self, value):
        return self.offered.get(super().clean(value))


class SizeField(forms.DecimalField):
    """A number of full-time posts, as people here write it: 7,5 or 7.5, 1200 or 1.200."""

    def to_python(self, value):
        return super().to_python(re.sub(r"\.(?=\d{3}(\D|$))", "", value or ""))


class JoinForm(forms.Form):
    """Three questions: what for, how large, and whether for the first time."""

    wish = forms.ChoiceField(
        label="Wat wilt u vooral?", choices=Wish.choices, widget=forms.RadioSelect
    )
    fte = SizeField(
        label="Hoe groot is uw organisatie, in fte?",
        help_text="Alleen betaalde krachten tellen. Ongeveer is goed genoeg.",
        min_value=0,
        max_value=20_000,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={"invalid": "Vul een getal in, bijvoorbeeld 24 of 7,5."},
    )
    before = forms.ChoiceField(
        label="Hebt u al eerder meegedaan?", choices=Before.choices, widget=forms.RadioSelect
    )
