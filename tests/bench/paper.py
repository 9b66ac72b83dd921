"""The report: our whole job beside WeasyPrint alone, and the memory of a worker over a hundred of them."""

import resource

from django.template.loader import render_to_string

from labels.assessments import rendering
from sterk import pdf
from sterk.organisations.models import Organisation
from sterk.reports import rendering as job
from sterk.reports.models import Report
from tests.bench.measuring import Row, compared
from tests.makers_pdf import make_certificate_content, make_report_content

TEMPLATE = "pdf/report.html"
RENDERS = 100


def measure():
    """The rows of the table that are about paper."""
    content = rendering.report(make_report_content())
    html = pdf.breakable(render_to_string(TEMPLATE, content))
    engine = pdf.weasyprint()
    place = Organisation.objects.first()

    def whole_job():
        report = Report.objects.create(
            organisation=place, kind="review", title="Rapport", template=TEMPLATE, content=content
        )
        job.fulfil(report.pk)
        report.refresh_from_db()
        assert report.file

    def weasyprint_alone():
        page = engine.HTML(string=html, url_fetcher=engine.OwnFilesOnly())
        page.write_pdf(font_config=engine.fonts, pdf_variant="pdf/ua-1")

    yield compared("the report, beside WeasyPrint alone", whole_job, weasyprint_alone, 1.15, runs=5)
    yield memory()


def memory():
    """How much a worker grows over a hundred documents, beside what it held after the first ten."""
    content = rendering.certificate(make_certificate_content())
    for _ in range(10):
        pdf.render("pdf/certificate.html", content)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(RENDERS):
        pdf.render("pdf/certificate.html", content)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ours, beside = f"{after / 1024:.0f} MB", f"{before / 1024:.0f} MB"
    return Row("memory after 100 documents more", ours, beside, after / before, 1.05)
