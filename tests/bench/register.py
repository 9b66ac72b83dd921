"""The public register: search among five thousand labels, and the answer to who has the page already."""

import time
from functools import partial

from django.db import connection
from django.test import Client

from labels.register.views import PAGE, found
from labels.registrations.models import Registration
from sterk.accounts.models import User
from tests.bench import bare
from tests.bench.measuring import pair, queries, record

SEARCHES = {"veel treffers": "welzijn", "twee woorden": "kompas gemeente"}
COLUMNS = "number, organisation_name, place, public_title, state, valid_until"


def raw(words):
    """The same question in plain SQL: how many there are, and the first page."""
    like = "LIKE" if connection.vendor == "sqlite" else "ILIKE"
    escape = " ESCAPE '\\'" if connection.vendor == "sqlite" else ""
    each = " OR ".join(
        f"{column} {like} %s{escape}" for column in ("organisation_name", "place", "municipality")
    )
    table = Registration._meta.db_table
    where = " AND ".join([f"({each} OR UPPER(number) = UPPER(%s))"] * len(words))
    values = [value for word in words for value in (*[f"%{word}%"] * 3, word)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {table} WHERE {where}", values)  # noqa: S608
        many = cursor.fetchone()[0]
        cursor.execute(
            f"SELECT {COLUMNS} FROM {table} WHERE {where}"  # noqa: S608
            f" ORDER BY organisation_name, valid_from DESC, id LIMIT {PAGE}",
            values,
        )
        return many, cursor.fetchall()


def ours(words):
    """What our page asks the database for."""
    matching = found(words)
    return matching.count(), list(matching[:PAGE])


def searching(full):
    """Queries, processor time against as many bare bytes, SQL against plain SQL, and the answer 304."""
    with full.entered():
        client = Client(headers={"host": "localhost"})
        floor = bare.client_for(User.objects.order_by("pk")[0])
        for name, words in SEARCHES.items():
            page = partial(client.get, "/register/", {"q": words})
            size = len(page().content)
            same = partial(floor.get, "/bytes", {"n": size})
            assert ours(words)[0] == raw(words.split())[0] > PAGE
            record(f"register, {name}: queries", queries(page)[0], 3, unit="")
            record(f"register, {name}, even veel bytes", *pair(page, same, 60), 5.0)
            sql = pair(partial(ours, words), partial(raw, words.split()), 60, time.perf_counter)
            most = 2.0 if connection.vendor == "postgresql" else 5.0
            record(f"register, {name}, kaal SQL", *sql, most)
        by_number(client, floor)
        known_already(client, floor)


def by_number(client, floor):
    """One label, by the number on the certificate."""
    number = Registration.objects.order_by("pk")[1234].number
    page = partial(client.get, f"/register/{number}/")
    assert page().status_code == 200
    record("vermelding op nummer: queries", queries(page)[0], 3, unit="")
    same = partial(floor.get, "/bytes", {"n": len(page().content)})
    record("vermelding op nummer, even veel bytes", *pair(page, same, 60), 5.0)


def known_already(client, floor):
    """Whoever has the page gets told that it is still right."""
    for address in ("/register/?q=welzijn", "/register.json", "/register.csv"):
        mark = client.get(address).headers["ETag"]
        again = partial(client.get, address, headers={"if-none-match": mark})
        assert again().status_code == 304
        same = partial(floor.get, "/bytes", {"n": 60_000})
        record(f"304 voor {address}, kaal 60 kB", *pair(again, same, 60), 1.5)
