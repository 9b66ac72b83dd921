"""``./test bench [parts]``: speed and memory against floors measured in the same run; 1 when a limit is broken.

Parts: open, save, register, report, memory, start. Without any it does all, in some minutes; ``memory`` takes longest.
The data lies in the data folder, or beside the database of DATABASE_URL, and is made again only when it must differ.
"""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
django.setup()

from django.db import connections  # noqa: E402

from tests.bench import documents, measuring, pages, register, starting  # noqa: E402
from tests.bench.houses import House, tell  # noqa: E402

PARTS = {
    "open": pages.opening,
    "save": pages.saving,
    "register": lambda _small, full: register.searching(full),
    "report": lambda _small, full: documents.making(full),
    "memory": lambda _small, full: documents.growing(full),
    "start": lambda _small, _full: starting.migrating(),
}


def main(wanted):
    """Measure these parts and print the table; the exit code."""
    if unknown := set(wanted) - set(PARTS):
        tell(f"Dat ken ik niet: {', '.join(sorted(unknown))}. Er is: {', '.join(PARTS)}.")
        return 2
    small, full = House("small", 10, 50), House("full", 1000, 5000)
    for house in (small, full):
        house.fill()
    for name in wanted or PARTS:
        tell(f"meten: {name}…")
        PARTS[name](small, full)
    tell(
        f"\nop {connections['default'].vendor}; tijd is processortijd, de mediaan van metingen om en om\n"
    )
    tell(measuring.table())
    broken = [figure for figure in measuring.RECORDED if not figure.good]
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
