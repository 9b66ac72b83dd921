"""Making a learning report: what we add to WeasyPrint, and whether a worker grows."""

import json
import subprocess
import sys

from django.conf import settings
from django.template.loader import render_to_string

from labels.assessments import rendering
from sterk import pdf
from sterk.organisations.models import Organisation
from sterk.reports.models import Report
from sterk.reports.rendering import fulfil
from tests.bench.measuring import pair, record
from tests.makers_pdf import make_report_content

TEMPLATE = "pdf/report.html"
HUNDRED = 100
SETTLED = 20  # documents after which caches are warm


def asked(content, many=1):
    """So many reports that wait to be made."""
    place = Organisation.objects.order_by("pk")[0]
    return Report.objects.bulk_create(
        Report(
            organisation=place,
            kind="learning",
            title="Leerrapport",
            template=TEMPLATE,
            content=content,
        )
        for _ in range(many)
    )


def making(full, rounds=4):
    """The whole job against WeasyPrint alone, on the finished HTML, with the same variant and fonts."""
    content = rendering.report(make_report_content("leerrapport"))
    engine = pdf.weasyprint()
    html = render_to_string(TEMPLATE, content)

    def alone():
        page = engine.HTML(string=html, url_fetcher=engine.OwnFilesOnly())
        page.write_pdf(font_config=engine.fonts, pdf_variant="pdf/ua-1")

    def job():
        fulfil(waiting.pop().pk)

    with full.entered():
        waiting = asked(content, rounds + 2)
        keys = [report.pk for report in waiting]
        times = pair(job, alone, rounds)
        made = Report.objects.filter(pk__in=keys)
        assert {report.state for report in made} == {"done"}, [report.fault for report in made]
        clear_away(made)
    record("leerrapport, hele taak, WeasyPrint alleen", *times, 1.15)


def clear_away(reports):
    """What a measurement made is not kept."""
    for report in reports:
        report.file.delete(save=False)
    reports.delete()


def growing(full):
    """How much a process holds after a hundred documents, against after twenty."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.bench.memory", full.name, str(HUNDRED)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    held = json.loads(told.stdout)
    record(f"geheugen na {HUNDRED} documenten, na {SETTLED}", held[-1], held[SETTLED], 1.1, "MiB")
    record("  het meeste, hoogste voor een kind", max(held), limit(), 1.0, "MiB")


def limit():
    """The size at which a child is replaced, in MiB."""
    return settings.CELERY_WORKER_MAX_MEMORY_PER_CHILD / 1024
