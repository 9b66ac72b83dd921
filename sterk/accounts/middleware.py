"""No second factor, no text of others."""

from allauth.mfa.adapter import get_adapter
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse

OPEN_PATHS = ("/account/", "/static/")
SEEN = "second_factor"


class SecondFactorMiddleware:
    """Whoever can see the text of another organisation first sets up a second factor (BIO2 5.17.01).

    Those who have one were asked for it when they logged in; the answer is kept in the session, so that this costs one
    query per session.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if self.is_wanting(request):
            messages.warning(request, "Stel eerst een tweede stap in voor het inloggen.")
            return redirect(reverse("mfa_index"))
        return self.get_response(request)

    def is_wanting(self, request):
        """Whether this request must wait until a second factor is set up."""
        if request.path.startswith(OPEN_PATHS) or request.session.get(SEEN):
            return False
        user = request.user
        if not user.is_authenticated or not user.needs_second_factor:
            return False
        if get_adapter().is_mfa_enabled(user):
            request.session[SEEN] = True
            return False
        return True
