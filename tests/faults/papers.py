"""Reports and messages for a worker to make."""

from labels.assessments import rendering
from sterk.mail import actions as mail
from sterk.reports import actions as reports
from sterk.reports.models import Report
from tests.makers_pdf import make_certificate_content, make_report_content


def ask_report(organisation, *, by, title="Leerrapport", wordy=1, **changes):
    """A learning report on 49 norms; ``wordy`` times as much text makes it take longer."""
    content = make_report_content()
    for theme in content["themes"]:
        for cluster in theme["clusters"]:
            for norm in cluster["norms"]:
                norm["verdict"]["motivation"] *= wordy
    return reports.request(
        organisation,
        kind=Report.Kind.LEARNING,
        title=title,
        template=changes.get("template", "pdf/report.html"),
        content=rendering.report(content) | changes.get("content", {}),
        by=by,
    )


def ask_certificate(organisation, *, by, title="Certificaat", **changes):
    """One page: the quickest document that there is."""
    return reports.request(
        organisation,
        kind=Report.Kind.CERTIFICATE,
        title=title,
        template=changes.get("template", "pdf/certificate.html"),
        content=rendering.certificate(make_certificate_content()) | changes.get("content", {}),
        by=by,
    )


def write(event="proef:1", to="anna@voorbeeld.example"):
    """One message."""
    return mail.write(event, to, "Er wacht iets op je", "Kijk op de site.\n")
