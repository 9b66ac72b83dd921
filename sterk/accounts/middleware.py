"""No second factor, no text of others."""

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib import messages
from django.dispatch import receiver
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

SEEN = "second_factor"  # in the session: this browser has shown one
OWN_ACCOUNT = "/account/"
FRONT = "/"  # public, but what waits for a person stands on it
CONFIRM = {
    Authenticator.Type.TOTP: "mfa_reauthenticate",
    Authenticator.Type.WEBAUTHN: "mfa_reauthenticate_webauthn",
}


class SecondFactorMiddleware:
    """Whoever can see the text of another organisation first shows a second factor (BIO2 5.17.01).

    Those who have one were asked for it when they logged in. It is this session that must have shown it: another
    browser in which only the password was given gains nothing when its owner sets up a second factor elsewhere. Whether
    a role asks for it follows from the roles that every page reads anyway, so that this costs others nothing.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, _args, _kwargs):
        """Send on to what is missing; None when nothing is."""
        if request.path.startswith(OWN_ACCOUNT) or request.session.get(SEEN):
            return None
        if request.path != FRONT and not getattr(view, "login_required", True):
            return None
        if not request.user.is_authenticated or not request.user.needs_second_factor:
            return None
        return self.step(request)

    def step(self, request):
        """Accept what this session has shown, ask for the factor that there is, or have one set up."""
        records = get_authentication_records(request, request.user)
        if any(record["method"] == "mfa" for record in records):
            request.session[SEEN] = True
            return None
        has = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
        if page := next((page for kind, page in CONFIRM.items() if kind in has), None):
            messages.info(request, "Laat eerst zien dat jij het bent. Daarna ga je verder.")
            back = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse(page)}?{back}")
        messages.warning(request, "Stel eerst een tweede stap in voor het inloggen.")
        return redirect("mfa_index")


@receiver(authenticator_added)
def remember(request, **_):
    """Setting up a second factor shows it as well."""
    request.session[SEEN] = True


@receiver(authenticator_removed)
def forget(request, **_):
    """What is gone was never shown."""
    request.session.pop(SEEN, None)
