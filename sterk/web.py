"""What views share."""

from contextlib import contextmanager

from django.contrib import messages
from django.http import FileResponse
from django.urls import reverse

from sterk import policy
from sterk.lifecycle import Refusal
from sterk.policy import Permission


@contextmanager
def telling(request, success):
    """Tell the person how it went: the success line, or why it was refused."""
    try:
        yield
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, success)


def attachment(file, name, media="application/octet-stream"):
    """A stored file as a download: never shown in our own origin, never kept by a cache."""
    response = FileResponse(file.open("rb"), as_attachment=True, filename=name, content_type=media)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def navigation(request):
    """The links that this person sees in the header, as ``navigation``."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"navigation": []}
    links = [("home", "Wat wacht op mij")]
    if policy.organisations_where(user, Permission.READ_DRAFT):
        links += [("labels:assessments", "Zelfevaluatie"), ("labels:evidence", "Bewijs")]
        links += [("labels:improvements", "Verbeterplan")]
    if policy.organisations_where(user, Permission.WRITE_REFLECTION):
        links += [("instruments:reflections", "Reflecties")]
    if user.reviews:
        links += [("peerreview:reviews", "Toetsingen")]
    if policy.may(user, Permission.FOLLOW_REVIEWS):
        links += [("peerreview:rounds", "Rondes"), ("labels:decisions", "Besluiten")]
    if policy.may(user, Permission.CREATE_ORGANISATION):
        links += [("organisations:organisations", "Organisaties"), ("reports:reports", "Rapporten")]
    elif policy.organisations_where(user, Permission.SEE_MEMBERS):
        links += [("organisations:organisations", "Mijn organisatie")]
    if policy.may(user, Permission.INVITE_STAFF):
        links += [("organisations:staff", "Medewerkers van het label")]
    here = request.path
    return {
        "navigation": [
            {"url": (url := reverse(name)), "label": label, "current": here == url}
            for name, label in links
        ]
    }
