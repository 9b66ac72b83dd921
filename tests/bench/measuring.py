"""How we measure: processor time of pairs that take turns, and queries as the database hears them."""

import gc
import statistics
import time
from dataclasses import dataclass

from django.db import connection
from django.test.utils import CaptureQueriesContext

TRANSACTION = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
WRITES = ("INSERT", "UPDATE", "DELETE")
RECORDED = []  # every figure of this run


@dataclass
class Figure:
    """One line of the table: ours, what it is held against, and how many times that it may be."""

    what: str
    ours: float
    against: float
    most: float
    unit: str

    @property
    def ratio(self):
        """Ours over the other."""
        return self.ours / self.against if self.against else 0.0

    @property
    def good(self):
        """Whether it is within its limit."""
        return self.ours <= self.against * self.most


def record(what, ours, against, most=1.0, unit="ms"):
    """Keep a figure for the table, and show at once that something was measured."""
    figure = Figure(what, ours, against, most, unit)
    RECORDED.append(figure)
    return figure


def cpu(deed, clock=time.process_time):
    """Milliseconds of processor that a deed takes in this process."""
    began = clock()
    deed()
    return (clock() - began) * 1000


def pair(ours, other, rounds=30, clock=time.process_time):
    """The medians of two deeds that take turns, so that a busy machine is busy for both."""
    for deed in (ours, other, ours, other):
        deed()
    gc.collect()
    gc.freeze()
    taken = ([], [])
    for number in range(rounds):
        turns = [(0, ours), (1, other)]
        for at, deed in turns if number % 2 else reversed(turns):
            taken[at].append(cpu(deed, clock))
    gc.unfreeze()
    return statistics.median(taken[0]), statistics.median(taken[1])


def queries(deed):
    """How many queries a deed asks without those that begin and end a transaction, and how often it commits."""
    with CaptureQueriesContext(connection) as heard:
        deed()
    asked, commits, inside = 0, 0, False
    for query in heard.captured_queries:
        first = query["sql"].split(None, 1)[0].upper().rstrip(";")
        if first.startswith(TRANSACTION):
            commits += first == "COMMIT"
            inside = (inside or first == "BEGIN") and first not in {"COMMIT", "ROLLBACK"}
        else:
            asked += 1
            commits += first in WRITES and not inside
    return asked, commits


def table():
    """All figures, ready to print."""
    lines = [("", "ons", "tegenover", "maal", "grens", "")]
    for figure in RECORDED:
        lines.append(
            (
                figure.what,
                shown(figure.ours, figure.unit),
                shown(figure.against, figure.unit),
                f"{figure.ratio:.2f}",
                f"{figure.most:.2f}",
                "goed" if figure.good else "TE VEEL",
            )
        )
    widths = [max(len(line[at]) for line in lines) for at in range(6)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if at in {0, 5} else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def shown(value, unit):
    """A value with its unit, as precise as it is worth."""
    return f"{value:.0f} {unit}".strip() if unit in {"", "MiB", "kB"} else f"{value:.2f} {unit}"
