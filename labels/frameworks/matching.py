"""Which way of being reviewed fits an organisation, and what it costs in hours. Figures in, figures out.

The hours are our own estimate: the association's table of review days is not public. What is known of real reviews is
in the reasons, which the page shows beside each figure, so that people can put their own in its place.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor

from django.db.models import TextChoices

from labels.frameworks.models import Route


class Wish(TextChoices):
    """What an organisation wants most of a review."""

    LEARN = "learn", "Leren van collega’s van andere organisaties"
    CERTIFICATE = "certificate", "Een certificaat, bijvoorbeeld voor opdrachtgevers"
    BOTH = "both", "Allebei"


class Before(TextChoices):
    """Whether it has been reviewed before."""

    NEVER = "never", "Nee, dit is de eerste keer"
    VALID = "valid", "Ja, en ons label is nog geldig"
    LAPSED = "lapsed", "Ja, maar ons label is verlopen"


WANTED = {
    Wish.LEARN: {Route.Yield.LEARNING_REPORT},
    Wish.CERTIFICATE: {Route.Yield.CERTIFICATE},
    Wish.BOTH: {Route.Yield.LEARNING_REPORT, Route.Yield.CERTIFICATE},
}
SPREAD = 0.25  # how far below and above the sum the real number may well be
STEP = 5  # hours; anything finer would look surer than it is


@dataclass(frozen=True)
class Extent:
    """How much work a review is for organisations of about one size."""

    fte_below: float
    days: int  # of review
    thinkers: int  # people who think along on one norm


EXTENTS = (Extent(10, 1, 1), Extent(100, 2, 2), Extent(float("inf"), 3, 3))
MINUTES = {Before.NEVER: 30, Before.VALID: 15, Before.LAPSED: 20}  # per norm and per person
TALKS = 10  # of an hour on one day
TALKERS = 2  # of our own people in one talk
ARRANGING = 6  # hours for one day: programme, invitations, rooms
DAY = 8
PEERS = 2  # of our own people who look elsewhere
CONTRACT = 4  # hours to agree with a certifying body
AFTERWARDS = 12  # hours for the report and the plan


@dataclass(frozen=True)
class Task:
    """One part of the work, and what the figure rests on."""

    title: str
    hours: int
    why: str


def fitting(routes: Sequence[Route], wish: str) -> Route:
    """Of these routes, at least one, the one that yields what is wanted and the least besides."""
    wanted = WANTED[Wish(wish)]
    return min(
        routes,
        key=lambda route: (len(wanted.difference(route.yields)), len(route.yields)),
    )


def tasks(route: Route, *, norms: int, fte: Decimal, before: str) -> list[Task]:
    """What taking part costs an organisation of this size, part by part, in hours of all people together."""
    extent = next(each for each in EXTENTS if fte < each.fte_below)
    parts = [evaluating(extent, norms, before)]
    if "auditor" in route.reviewers:
        why = "Een offerte vragen en afspraken maken met een certificerende instelling."
        parts.append(Task("Afspraken maken", CONTRACT, why))
    parts.append(receiving(extent))
    if "peer" in route.reviewers:
        parts.append(visiting(extent, before))
    parts.append(
        Task(
            "Rapport en verbeterplan",
            AFTERWARDS,
            "Het rapport bespreken en een plan maken. Bekende organisaties hadden 1 tot 3 normen die nog niet helemaal voldeden.",
        )
    )
    return parts


def evaluating(extent: Extent, norms: int, before: str) -> Task:
    """The organisation judges itself."""
    minutes = MINUTES[Before(before)]
    people = "1 persoon" if extent.thinkers == 1 else f"{extent.thinkers} mensen"
    why = f"{norms} normen, per norm {people}, {minutes} minuten per persoon. "
    if before == Before.NEVER:
        why += "Bij de proef met het label deden drie mensen dit samen. Zij vonden het een grote klus, en leerzaam."
    else:
        why += "De tweede keer gaat het sneller: u weet wat er gevraagd wordt."
    return Task("Zelfevaluatie", round(norms * extent.thinkers * minutes / 60), why)


def receiving(extent: Extent) -> Task:
    """The days on which others come to look."""
    days = "1 dag" if extent.days == 1 else f"{extent.days} dagen"
    return Task(
        "Toetsdagen bij u",
        extent.days * (TALKS * TALKERS + ARRANGING),
        f"{days} met {TALKS} gesprekken van een uur, met {TALKERS} van uw mensen per gesprek, en {ARRANGING} uur regelwerk per dag. "
        "Een kleine organisatie had 1 dag, een grote 3 dagen met ongeveer 30 gesprekken.",
    )


def visiting(extent: Extent, before: str) -> Task:
    """Who is reviewed by colleagues reviews colleagues."""
    training = 0 if before == Before.VALID else DAY
    why = f"{PEERS} van uw mensen toetsen bij een ander: elk {extent.days} × {DAY} uur op bezoek en {DAY} uur lezen en schrijven"
    why += f", en {DAY} uur training vooraf." if training else "."
    return Task("Zelf toetsen bij een ander", PEERS * (extent.days * DAY + DAY + training), why)


def between(parts: Iterable[Task]) -> tuple[int, int]:
    """The least and the most hours to count on, no finer than we can know."""
    total = sum(part.hours for part in parts)
    return STEP * floor(total * (1 - SPREAD) / STEP), STEP * ceil(total * (1 + SPREAD) / STEP)
