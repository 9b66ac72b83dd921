"""Two databases beside each other: one with ten organisations, one with a thousand. Made once, then kept."""

import hashlib
import sys
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.utils import load_backend

from tests.bench.seeding import NORMS, seed

ROOT = Path(__file__).resolve().parents[2]
MARK = "bench_seed"  # the table that tells what a database was filled with


def tell(line):
    """Say something at once, to whoever waits."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


class House:
    """A database with so many organisations, and a way to be in it."""

    def __init__(self, name, organisations, registrations):
        self.name, self.organisations, self.registrations = name, organisations, registrations
        self.connection = connection_to(name)

    @contextmanager
    def entered(self):
        """Within this block every query goes to this house."""
        before = connections["default"]
        connections["default"] = self.connection
        try:
            yield self
        finally:
            connections["default"] = before

    def fill(self):
        """Fill it, unless it is filled already with what we would fill it with now."""
        with self.entered():
            if filled_with() == (wanted := f"{recipe()} {self.organisations}"):
                return
        tell(f"{self.name}: {self.organisations} organisaties klaarzetten…")
        make_empty(self.name, self.connection)
        with self.entered():
            call_command("migrate", verbosity=0)
            seed(self.organisations, self.registrations)
            with connection.cursor() as cursor:
                cursor.execute(f"CREATE TABLE {MARK} (recipe VARCHAR(200))")
                cursor.execute(f"INSERT INTO {MARK} VALUES (%s)", [wanted])  # noqa: S608


def recipe():
    """A digest of all that decides what a filled house looks like."""
    paths = [
        ROOT / NORMS,
        Path(__file__).parent / "seeding.py",
        Path(__file__).parent / "models.py",
    ]
    for house in ("sterk", "labels", "peerreview"):
        paths += sorted((ROOT / house).rglob("migrations/*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def filled_with():
    """What this house was filled with; empty when it is empty or was broken off."""
    if MARK not in connection.introspection.table_names():
        return ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT recipe FROM {MARK}")  # noqa: S608
        return cursor.fetchone()[0]


def full_name(name):
    """The file or database for a house of this name; never the one that somebody works in."""
    place = connections.settings["default"]
    if place["ENGINE"].endswith("sqlite3"):
        return str(settings.DATA_DIR / f"{name}.sqlite3")
    return f"{place['NAME']}_bench_{name}"


def connection_to(name):
    """A connection of our own, which can stand in the place of the default one."""
    place = {**connections.settings["default"], "NAME": full_name(name)}
    return load_backend(place["ENGINE"]).DatabaseWrapper(place, "default")


def make_empty(name, there):
    """Throw the house away and make an empty one in its place; on PostgreSQL a database beside the given one."""
    there.close()
    if there.vendor == "sqlite":
        for ending in ("", "-wal", "-shm"):
            Path(full_name(name) + ending).unlink(missing_ok=True)
        return
    with connections["default"].cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{full_name(name)}"')
        cursor.execute(f'CREATE DATABASE "{full_name(name)}"')
