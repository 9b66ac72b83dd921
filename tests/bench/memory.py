"""A process that makes documents as a worker's child does and tells how much memory it holds after each: ``NAME MANY``.

The documents are about one group of norms, so that a hundred are made in minutes.
"""

import json
import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
django.setup()

from labels.assessments import rendering  # noqa: E402
from sterk.reports.models import Report  # noqa: E402
from sterk.reports.tasks import render_report  # noqa: E402
from tests.bench.documents import asked, clear_away  # noqa: E402
from tests.bench.houses import House  # noqa: E402
from tests.makers_pdf import make_report_content  # noqa: E402


def held():
    """The memory that this process holds now, in MiB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def main(name, many):
    """Make them one by one."""
    content = make_report_content("leerrapport")
    content["themes"] = content["themes"][:1]
    content["lens"], content["improvements"] = None, []
    with House(name, 0, 0).entered():
        found = []
        for _ in range(int(many)):
            [report] = asked(rendering.report(content))
            render_report(report.pk)
            found.append(held())
            made = Report.objects.filter(pk=report.pk)
            assert made.get().state == "done", made.get().fault
            clear_away(made)
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
