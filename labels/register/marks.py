"""By what a visitor's copy of the register is known, so that whoever asks again is told at once that it is still right.

Whatever changes the register leaves a line in the logbook, so the last line stands for all of it. A line that is
younger than a minute proves nothing yet: another deed may have taken its number before and be written after it.
"""

import hashlib
from datetime import timedelta
from functools import cache

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.utils import timezone

from sterk.logbook.models import Entry

SETTLED = timedelta(minutes=1)  # far longer than any deed lasts


def for_everybody(request, **_address):
    """The mark of an answer that is the same for all who ask; None while it may be about to change."""
    last = Entry.objects.order_by("-pk").values_list("pk", "at").first() or (0, None)
    if last[1] and timezone.now() - last[1] < SETTLED:
        return None
    told = f"{edition()} {timezone.localdate()} {last[0]}"
    return f'W/"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'


def for_visitors(request, **address):
    """The same for a page; None for whoever is logged in or is about to be told something."""
    if request.user.is_authenticated or CookieStorage.cookie_name in request.COOKIES:
        return None
    return for_everybody(request, **address)


@cache
def edition():
    """What this release makes of the register: it differs as soon as a template or this chapter differs."""
    written = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
    written += sorted((settings.BASE_DIR / "labels" / "register").glob("*.py"))
    digest = hashlib.sha256(settings.BASE_URL.encode())
    for path in written:
        digest.update(path.read_bytes())
    return digest.hexdigest()
