"""What is asked when a panel is made."""

from django import forms

from sterk.organisations.models import Membership


class PlaceForm(forms.Form):
    """Who comes into the panel: one of the people who may be placed there."""

    membership = forms.ModelChoiceField(queryset=Membership.objects.none())

    def __init__(self, *args, candidates, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["membership"].queryset = candidates
