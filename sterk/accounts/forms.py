"""What a new person is asked."""

from django import forms


class NameForm(forms.Form):
    """The name by which colleagues know somebody."""

    name = forms.CharField(label="Je naam", max_length=150)

    def signup(self, request, user):
        """Called by allauth with the new person."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
