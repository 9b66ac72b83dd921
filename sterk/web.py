"""What views share."""

from contextlib import contextmanager

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from sterk import policy
from sterk.lifecycle import Overtaken, Refusal
from sterk.policy import Permission


@contextmanager
def telling(request, success, form=None):
    """Tell the person how it went: the success line, or why it was refused.

    With a form the refusal is shown on that form, so that nothing typed is lost: go on only if it is still valid.
    """
    try:
        yield
    except Refusal as refusal:
        if form is None:
            messages.error(request, str(refusal))
        else:
            form.add_error(None, str(refusal))
    else:
        messages.success(request, success)


@contextmanager
def refused_into(form):
    """Put a refusal on top of the form, with everything that was typed kept. Ask ``form.is_valid()`` afterwards."""
    try:
        yield
    except Overtaken:
        raise
    except Refusal as refusal:
        form.add_error(None, str(refusal))


def picked(queryset, key):
    """What a form or an address names by its key; 404 for one that is not among these, or is no key at all."""
    if not str(key).isdecimal():
        raise Http404
    return get_object_or_404(queryset, pk=key)


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
    return {
        "navigation": [
            {"url": (url := reverse(name)), "label": label, "current": _within(request.path, url)}
            for name, label in [*_at_home(user), *_for_others(user)]
        ]
    }


def _within(path, url):
    return path == url or (url != "/" and path.startswith(url))


def _at_home(user):
    yield "home", "Wat wacht op mij"
    if policy.organisations_where(user, Permission.READ_DRAFT):
        yield "labels:assessments", "Zelfevaluatie"
        yield "labels:evidence", "Bewijs"
        yield "labels:improvements", "Verbeterplan"
    if policy.organisations_where(user, Permission.WRITE_REFLECTION):
        yield "instruments:reflections", "Reflecties"
    if policy.organisations_where(user, Permission.SEE_MEMBERS):
        yield "organisations:organisations", "Mijn organisatie"


def _for_others(user):
    if user.reviews:
        yield "peerreview:reviews", "Toetsingen"
    if policy.may(user, Permission.FOLLOW_REVIEWS):
        yield "peerreview:rounds", "Rondes"
        yield "labels:decisions", "Besluiten"
    if user.reviews or policy.may(user, Permission.FOLLOW_REVIEWS):
        yield "organisations:conflicts", "Belangen"
    if policy.may(user, Permission.CREATE_ORGANISATION):
        yield "organisations:organisations", "Organisaties"
        yield "reports:reports", "Rapporten"
    if policy.may(user, Permission.INVITE_STAFF):
        yield "organisations:staff", "Medewerkers van het label"
