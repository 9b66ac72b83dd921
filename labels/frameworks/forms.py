"""What we ask somebody who thinks about taking part."""

from django import forms

from labels.frameworks.matching import Before, Wish


class JoinForm(forms.Form):
    """Three questions: what for, how large, and whether for the first time."""

    wish = forms.ChoiceField(
        label="Wat wilt u vooral?", choices=Wish.choices, widget=forms.RadioSelect
    )
    fte = forms.DecimalField(
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
