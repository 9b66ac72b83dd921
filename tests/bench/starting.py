"""What a first start costs: the migrations of an empty database."""

import os
import resource
import subprocess
import sys

from django.db import connections

from tests.bench.houses import connection_to, full_name, make_empty
from tests.bench.measuring import record

MOST = 10_000  # milliseconds of processor
NAME = "empty"


def migrating():
    """``manage.py migrate`` on nothing, with the start of Python in it, against ten seconds."""
    there = connection_to(NAME)
    make_empty(NAME, there)
    before = children()
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "sterk.settings", "DATABASE_URL": address()},
        check=True,
    )
    record("migraties van een lege database", children() - before, MOST)
    make_empty(NAME, there)


def children():
    """Milliseconds of processor that ended child processes used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (used.ru_utime + used.ru_stime) * 1000


def address():
    """The address of the empty database."""
    given = os.environ.get("DATABASE_URL", "")
    if connections.settings["default"]["ENGINE"].endswith("sqlite3"):
        return f"sqlite:///{full_name(NAME)}"
    return f"{given.rpartition('/')[0]}/{full_name(NAME)}"
