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
OPEN = {  # the list of factors, and where one shows one
    "mfa_index",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_login_webauthn",
}
CONFIRM = {
    Authenticator.Type.TOTP: "mfa_reauthenticate",
    Authenticator.Type.WEBAUTHN: "mfa_reauthenticate_webauthn",
}


class SecondFactorMiddleware:
    """Whoever can see the text of another organisation first shows a second factor (BIO2 5.17.01).

    Those who have one were asked for it when they logged in. It is this session that must have shown it: another
    browser in which only the password was given gains nothing when its owner sets up a second factor elsewhere, and
    does not get to change what was set up. Whether a role asks for it follows from the roles that every page reads
    anyway, so that this costs others nothing.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, _args, _kwargs):
        """Send on to what is missing; None when nothing is."""
        if request.session.get(SEEN):
            return None
        if request.path.startswith(OWN_ACCOUNT):
            return confirm(request) if touches_factors(request) else None
        if request.path != FRONT and not getattr(view, "login_required", True):
            return None
        if not request.user.is_authenticated or not request.user.needs_second_factor:
            return None
        return confirm(request) or set_one_up(request)


def touches_factors(request):
    """Whether this page shows or changes how somebody gets in; the pages on which one shows a factor stand apart."""
    name = request.resolver_match.url_name
    guarded = name == "account_email" or (name.startswith("mfa_") and name not in OPEN)
    return guarded and request.user.is_authenticated


def confirm(request):
    """Accept what this session has shown, or ask for the factor that there is; None without any."""
    if shown(request):
        return None
    has = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    page = next((page for kind, page in CONFIRM.items() if kind in has), None)
    if page is None:
        return None
    messages.info(request, "Laat eerst zien dat jij het bent. Daarna ga je verder.")
    return redirect(f"{reverse(page)}?{urlencode({'next': request.get_full_path()})}")


def set_one_up(request):
    """For who has none and needs one; None for who has just shown one."""
    if shown(request):
        return None
    messages.warning(request, "Stel eerst een tweede stap in voor het inloggen.")
    return redirect("mfa_index")


def shown(request):
    """Whether this session has shown a second factor; said once, it is remembered."""
    if any(one["method"] == "mfa" for one in get_authentication_records(request, request.user)):
        request.session[SEEN] = True
    return request.session.get(SEEN, False)


@receiver(authenticator_added)
def remember(request, **_):
    """Setting up a second factor shows it as well."""
    request.session[SEEN] = True


@receiver(authenticator_removed)
def forget(request, **_):
    """What is gone was never shown."""
    request.session.pop(SEEN, None)
