"""The Kwaliteitsregister: public pages, and the same as JSON and CSV. These addresses stay for ever."""

import csv
from itertools import chain

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from labels.frameworks.models import RouteCode
from labels.register import marks
from labels.register.rendering import COLUMNS, as_row
from labels.registrations.models import PublicState, Registration

PAGE = 25
LONGEST = 100  # characters of a search


@login_not_required
@require_safe
@cache_control(no_cache=True)
@condition(marks.for_visitors)
def register(request):
    """Search the register; with a whole number go straight to its page."""
    words = asked(request)
    page = Paginator(found(words), PAGE).get_page(request.GET.get("pagina"))
    today = timezone.localdate()
    rows = [(registration, registration.public_state(today)) for registration in page]
    context = {"words": words, "page": page, "rows": rows, "routes": RouteCode}
    return render(request, "labels/register.html", context)


def asked(request):
    """What is searched for: no longer than sense, and without the sign that PostgreSQL refuses."""
    return request.GET.get("q", "")[:LONGEST].replace("\x00", "").strip()


def found(words):
    """The registrations that match, by organisation, the newest of one organisation first."""
    return (
        Registration.objects.search(words)
        .with_public_state()
        .select_related("framework")
        .order_by("organisation_name", "-valid_from", "pk")
    )


@login_not_required
@require_safe
@cache_control(no_cache=True)
@condition(marks.for_visitors)
def entry(request, number):
    """One registration, and whether it is valid today."""
    if number != number.upper():
        return redirect("labels:register-entry", number=number.upper(), permanent=True)
    registration = get_object_or_404(
        Registration.objects.with_public_state().select_related("framework", "organisation"),
        number=number,
    )
    context = {
        "registration": registration,
        "state": registration.public_state(timezone.localdate()),
        "states": PublicState,
        "scope": registration.scope.splitlines(),
        "others": _others(registration),
    }
    return render(request, "labels/register_entry.html", context)


def _others(registration):
    return Registration.objects.filter(organisation=registration.organisation_id).exclude(
        pk=registration.pk
    )


@login_not_required
@require_safe
@cache_control(no_cache=True)
@condition(marks.for_everybody)
def as_json(request):
    """The register, or what a search finds in it, as JSON for anybody."""
    words, today = asked(request), timezone.localdate()
    rows = [as_row(registration, today) for registration in found(words)]
    response = JsonResponse({"date": today.isoformat(), "count": len(rows), "registrations": rows})
    response["Access-Control-Allow-Origin"] = "*"
    return response


class Echo:
    """A file that gives back what is written to it, so that a table can be sent line by line."""

    def write(self, line):
        """Return the line."""
        return line


@login_not_required
@require_safe
@cache_control(no_cache=True)
@condition(marks.for_everybody)
def as_csv(request):
    """The same as CSV: UTF-8 with a mark and semicolons, as spreadsheets in Dutch expect."""
    words, today = asked(request), timezone.localdate()
    writer = csv.writer(Echo(), delimiter=";")
    rows = (as_row(registration, today) for registration in found(words).iterator(chunk_size=500))
    lines = (writer.writerow([harmless(row[column]) for column in COLUMNS]) for row in rows)
    head = ["\ufeff", writer.writerow(COLUMNS)]
    response = StreamingHttpResponse(chain(head, lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="kwaliteitsregister.csv"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


def harmless(value):
    """A cell that no spreadsheet takes for a formula."""
    text = " | ".join(value) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
