"""``./test bench``: how fast and how lean, as ratios within one run. Exit code 1 when something is over its limit.

A thousand organisations with 49 answers each and five thousand registrations, in a data folder of its own. The figures that
count are CPU time of this process, never the clock on the wall: the machine is shared.
"""

import os
import resource
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import django

FOLDER = Path(os.environ.get("STERK_DATA_DIR", "var")).resolve() / "bench"
os.environ["STERK_DATA_DIR"] = str(FOLDER)
os.environ["DJANGO_SETTINGS_MODULE"] = "sterk.settings"
os.environ.setdefault("STERK_LOG_LEVEL", "ERROR")
FEW, MANY, REGISTERED = 10, 1000, 5000


def fresh_database():
    """Migrate an empty database; CPU seconds of that whole command."""
    if not os.environ.get("DATABASE_URL"):
        shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    """Fill, measure, tell."""
    spent = fresh_database()
    django.setup()
    pages, paper, measuring = map(
        import_module, ["tests.bench.pages", "tests.bench.paper", "tests.bench.measuring"]
    )  # models can be imported only after setup

    rows = [
        measuring.Row("migrations of an empty database", f"{spent:.1f} s", "10 s", spent / 10, 1.0)
    ]
    rows += pages.measure(FEW, MANY, REGISTERED)
    rows += paper.measure()
    sys.stdout.write(measuring.told(rows) + "\n")
    broken = sum(row.broken for row in rows)
    sys.stdout.write(f"{len(rows) - broken} passed, {broken} failed\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
