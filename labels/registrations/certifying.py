"""From a registration to its certificate: gathers what the page says and asks for the PDF."""

from django.conf import settings
from django.utils import timezone

from labels.assessments import rendering
from labels.assessments.reporting import framework_content
from sterk.reports import actions as reports
from sterk.reports.models import Report


def request(registration, route, *, by):
    """Ask for the certificate of this registration. Returns the queued report."""
    return reports.request(
        registration.organisation,
        kind=Report.Kind.CERTIFICATE,
        title=f"Certificaat {registration.number}",
        template="pdf/certificate.html",
        content=rendering.certificate(content_of(registration, route)),
        by=by,
    )


def content_of(registration, route):
    """Everything that is on the certificate, as ``rendering.CertificateContent``."""
    granted = registration.decision.confirmed_at
    return {
        "number": registration.number,
        "address": f"{settings.BASE_URL}/register/{registration.number}/",
        "organisation": {"name": registration.organisation_name, "place": registration.place},
        "route": {field: getattr(route, field) for field in rendering.RouteContent.__annotations__},
        "framework": framework_content(registration.framework),
        "scope": registration.scope.splitlines(),
        "granted_on": timezone.localdate(granted).isoformat(),
        "valid_from": registration.valid_from.isoformat(),
        "valid_until": registration.valid_until.isoformat(),
        "plan": registration.decision.ruling == "granted_with_plan",
    }
