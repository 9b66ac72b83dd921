"""What the register tells about one registration, for machines."""

from django.conf import settings

COLUMNS = [
    "number",
    "organisation",
    "place",
    "municipality",
    "title",
    "meaning",
    "route",
    "framework",
    "scope",
    "valid_from",
    "valid_until",
    "state",
    "valid_today",
    "url",
]


def as_row(registration, on):
    """One registration as plain values, under the names of ``COLUMNS``; dates as ISO strings, ``state`` in Dutch.

    Needs ``with_public_state`` and the framework. These names are a promise to whoever reads the register by machine.
    """
    state = registration.public_state(on)
    return {
        "number": registration.number,
        "organisation": registration.organisation_name,
        "place": registration.place,
        "municipality": registration.municipality,
        "title": registration.public_title,
        "meaning": registration.public_explanation,
        "route": registration.get_route_display(),
        "framework": registration.framework.code,
        "scope": registration.scope.splitlines(),
        "valid_from": registration.valid_from.isoformat(),
        "valid_until": registration.valid_until.isoformat(),
        "state": state.label,
        "valid_today": state == "valid" and registration.valid_from <= on,
        "url": f"{settings.BASE_URL}{registration.get_absolute_url()}",
    }
