"""What people fill in about themselves."""

from allauth.core import context
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from django import forms
from django.core.cache import cache


class NameForm(forms.Form):
    """What sign-up asks beside address and password; allauth builds its own form upon this one."""

    name = forms.CharField(
        label="Naam",
        max_length=150,
        help_text="Zoals collega's je kennen.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["name", "email", "password1", "password2"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.invited = context.request.session.get("account_verified_email")
        self.fields["name"].initial = context.request.session.get("invited_name")
        self.fields["email"].widget.attrs["readonly"] = True
        self.fields["email"].help_text = "Op dit adres ben je uitgenodigd."

    def clean(self):
        """The address is the invited one, whatever was sent."""
        super().clean()
        if self.cleaned_data.get("email", self.invited) != self.invited:
            self.add_error("email", f"Je bent uitgenodigd op {self.invited}.")
        return self.cleaned_data

    def signup(self, request, user):
        """Nothing more to do: the adapter keeps the name. allauth asks for this method."""


def once_only(form, code):
    """Refuse a code of the app that this person used before, for as long as its tolerance would let it pass again."""
    steps = 2 * app_settings.TOTP_TOLERANCE + 1
    key = f"one-time-code:{form.user.pk}:{code}"
    is_of_app = form.authenticator.type == Authenticator.Type.TOTP
    if is_of_app and not cache.add(key, True, timeout=steps * app_settings.TOTP_PERIOD):
        raise get_adapter().validation_error("incorrect_code")
    return code


class OnceOnlyAuthenticateForm(AuthenticateForm):
    """The second step of logging in."""

    def clean_code(self):
        """A code works once."""
        return once_only(self, super().clean_code())


class OnceOnlyReauthenticateForm(ReauthenticateForm):
    """The second factor once more, before something that matters."""

    def clean_code(self):
        """A code works once."""
        return once_only(self, super().clean_code())
