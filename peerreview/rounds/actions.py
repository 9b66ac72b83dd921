"""Opening rounds, and who takes part."""

from django.db import transaction

from peerreview.rounds.models import Round, SignUp
from sterk.lifecycle import Refusal, locked
from sterk.logbook.models import Entry
from sterk.organisations.models import Organisation


@transaction.atomic
def open_round(*, by, name, framework, opens_on, closes_on):
    """Make a round; its dates are days in Europe/Amsterdam."""
    if closes_on < opens_on:
        raise Refusal("De ronde eindigt voordat zij begint.")
    if not framework.norms.exists():
        raise Refusal("Dit normenkader heeft geen normen om op te toetsen.")
    if Round.objects.filter(name=name).exists():
        raise Refusal("Er is al een ronde met deze naam.")
    made = Round.objects.create(
        name=name, framework=framework, opens_on=opens_on, closes_on=closes_on, opened_by=by
    )
    Entry.record(by, "round.open", made)
    return made


@transaction.atomic
def sign_up(into, organisation, *, by, route):
    """Put an organisation in a round, along one route (a ``RouteCode``). Doing so twice changes nothing."""
    into = locked(into)
    if organisation.kind != Organisation.Kind.MEMBER:
        raise Refusal("Een certificerende instelling wordt zelf niet getoetst.")
    if not into.framework.routes.filter(code=route).exists():
        raise Refusal("Dit normenkader kent deze route niet.")
    known = into.sign_ups.filter(organisation=organisation).first()
    if known and known.route != route:
        raise Refusal(f"{organisation} doet al mee, langs een andere route.")
    if known:
        return known
    made = SignUp.objects.create(
        round=into, organisation=organisation, route=route, signed_up_by=by
    )
    Entry.record(by, "round.sign_up", made, route=route)
    return made


@transaction.atomic
def sign_up_all(into, organisations, *, by, route):
    """Put these organisations in a round along one route: all of them, or none when one is refused."""
    return [sign_up(into, organisation, by=by, route=route) for organisation in organisations]


@transaction.atomic
def take_out(sign_up, *, by):
    """Take an organisation out of a round, as long as nobody sits in its panel and no review was begun."""
    sign_up = locked(sign_up)
    if panel := getattr(sign_up, "panel", None):
        if panel.reviews.exists():
            raise Refusal("De toetsing is al begonnen; deze organisatie blijft in de ronde.")
        if panel.members.current().exists():
            raise Refusal("Er zitten nog mensen in het toetsteam. Haal hen er eerst uit.")
        panel.members.all().delete()
        panel.delete()
    Entry.record(by, "round.take_out", sign_up)
    sign_up.delete()
