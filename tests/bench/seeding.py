"""A house full of organisations, the same every time: written in bulk, on the real norm set.

Past the actions on purpose: a thousand organisations through them would take a morning. Rows are what the actions
would have written, and the database holds them to its constraints.
"""

import random
import uuid
from datetime import date, datetime, timedelta

from django.db import connection
from django.utils import timezone

from labels.assessments.models import Answer, Assessment
from labels.evidence.models import Citation, Evidence
from labels.frameworks import actions as frameworks
from labels.frameworks.models import Cluster, Framework, Norm, Theme
from labels.registrations.models import Registration
from sterk.accounts.models import User
from sterk.logbook.models import Entry
from sterk.organisations.models import Membership, Organisation
from tests.bench import models as bare

NORMS = "labels/frameworks/data/norms.yaml"
CODE, DOUBLE = "SSW-2019-CONCEPT", "SSW-2019-DUBBEL"
BATCH = 2000
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=timezone.get_default_timezone())
FIRST = ["Stichting", "Welzijn", "Sociaal Werk", "Buurtwerk", "Wijkteam", "Jeugdwerk", "Ontmoeting"]
SECOND = [
    "Zonnehof",
    "Waterland",
    "Meerpaal",
    "De Brug",
    "Het Anker",
    "Kompas",
    "De Linde",
    "Vooruit",
]
SAID = [
    "Wij bespreken dit in elk teamoverleg en leggen vast wat wij afspreken.",
    "Nieuwe collega's lopen twee weken mee en krijgen een maatje.",
    "Inwoners vertellen ons twee keer per jaar of het nog klopt.",
    "Op de derde locatie zijn wij in het voorjaar begonnen, met een nieuw team.",
    "Een voorbeeld: de eetclub op dinsdag, die bewoners nu zelf dragen.",
    "Dit hangt nog te veel af van wie er die dag werkt.",
]
JUDGEMENTS = ["met", "met", "met", "partly_met", "not_met"]


def seed(organisations, registrations):
    """Fill an empty house. The first organisation also has an assessment on twice as many norms."""
    chance = random.Random(7)
    frameworks.load(NORMS)
    framework = Framework.objects.get(code=CODE)
    places = _organisations(organisations, chance)
    people = _people(places)
    open_ones = _assessments(places, framework, people)
    _answers(open_ones, people, chance)
    _answers(_assessments(places[:1], doubled(framework), people), people, chance)
    _evidence(open_ones, people, chance)
    _log(open_ones, people)
    _registrations(places, framework, people, registrations, chance)
    _bare(open_ones)
    if connection.vendor == "postgresql":  # as its own housekeeping would in a minute
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _many(model, rows):
    return model.objects.bulk_create(rows, batch_size=BATCH)


def _organisations(many, chance):
    return _many(
        Organisation,
        [
            Organisation(
                name=f"{chance.choice(FIRST)} {chance.choice(SECOND)} {number}",
                place=f"Plaats {number % 90}",
                municipality=f"Gemeente {number % 70}",
                fte=chance.randint(5, 300),
            )
            for number in range(1, many + 1)
        ],
    )


def _people(places):
    """Of each organisation its coordinator; a contributor and a director besides."""
    coordinators = []
    for role in ("director", "contributor", "coordinator"):
        coordinators = _many(
            User,
            [
                User(email=f"{role}@{place.pk}.example", name=f"{role} {place.pk}", password="!")
                for place in places
            ],
        )
        _many(
            Membership,
            [
                Membership(person=person, organisation=place, role=role)
                for person, place in zip(coordinators, places, strict=True)
            ],
        )
    return dict(zip([place.pk for place in places], coordinators, strict=True))


def _assessments(places, framework, people, **facts):
    return _many(
        Assessment,
        [
            Assessment(
                organisation=place, framework=framework, started_by=people[place.pk], **facts
            )
            for place in places
        ],
    )


def _answers(assessments, people, chance):
    norms = list(assessments[0].framework.norms.values_list("pk", flat=True))
    _many(
        Answer,
        [
            Answer(
                assessment=assessment,
                norm_id=norm,
                score=chance.choice(JUDGEMENTS),
                explanation=" ".join(chance.choices(SAID, k=6)),
                version=1,
                changed_at=NOW - timedelta(minutes=chance.randint(1, 50_000)),
                changed_by=people[assessment.organisation_id],
            )
            for assessment in assessments
            for norm in norms
        ],
    )


def _evidence(assessments, people, chance):
    """Of each organisation twenty-five things to show, two of them with every norm."""
    norms = list(Norm.objects.filter(framework__code=CODE).values_list("pk", flat=True))
    shown = _many(
        Evidence,
        [
            Evidence(
                organisation_id=assessment.organisation_id,
                kind="link",
                title=f"Jaarplan, onderdeel {number}",
                url=f"https://voorbeeld.example/{assessment.organisation_id}/{number}",
                key=uuid.UUID(int=chance.getrandbits(128)),
                added_by=people[assessment.organisation_id],
            )
            for assessment in assessments
            for number in range(25)
        ],
    )
    _many(
        Citation,
        [
            Citation(
                evidence=shown[25 * at + (order + k * 7) % 25],
                organisation_id=assessment.organisation_id,
                norm_id=norm,
                added_by=people[assessment.organisation_id],
            )
            for at, assessment in enumerate(assessments)
            for order, norm in enumerate(norms)
            for k in range(2)
        ],
    )


def _log(assessments, people):
    """A line for every answer, as saving them leaves."""
    answers = Answer.objects.filter(assessment__in=[found.pk for found in assessments])
    rows = answers.values_list("pk", "norm__code", "assessment__organisation")
    _many(
        Entry,
        [
            Entry(
                by_pk=people[place].pk,
                by_name=people[place].name,
                deed="assessment.answer",
                subject_kind="labels.answer",
                subject_pk=pk,
                organisation_pk=place,
                details={"norm": code},
            )
            for pk, code, place in rows.iterator()
        ],
    )


def _registrations(places, framework, people, many, chance):
    """Labels of earlier years, each on an assessment that is closed."""
    routes = list(framework.routes.all())
    for year in range(many // len(places)):
        at = NOW - timedelta(days=365 * year + 30)
        closed = _assessments(
            places,
            framework,
            people,
            state="closed",
            submitted_at=at,
            submitted_by=people[places[0].pk],
        )
        _many(
            Registration,
            [_registration(assessment, chance.choice(routes), at, chance) for assessment in closed],
        )


def _registration(assessment, route, at, chance):
    place = assessment.organisation
    start = at.date()
    return Registration(
        number=f"SSW-{start.year}-{chance.randrange(16**4):04X}-{assessment.pk:04X}",
        organisation=place,
        assessment=assessment,
        framework=assessment.framework,
        route=route.code,
        public_title=route.public_title,
        public_explanation=route.public_explanation,
        organisation_name=place.name,
        place=place.place,
        municipality=place.municipality,
        scope=f"De hele organisatie, {place.municipality}",
        valid_from=start,
        valid_until=date(start.year + 2, start.month, min(start.day, 28)),
        state=chance.choices(["valid", "suspended", "withdrawn"], [90, 5, 5])[0],
        registered_at=at,
    )


def doubled(framework):
    """The same norms twice, under another name: to see what a longer list costs."""
    copy = Framework.objects.get(pk=framework.pk)
    copy.pk, copy.code, copy.title = None, DOUBLE, "Dubbel normenkader"
    copy.save()
    themes = _copied(Theme.objects.filter(framework=framework), framework=copy)
    clusters = _copied(Cluster.objects.filter(framework=framework), framework=copy, theme=themes)
    for suffix in ("", "b"):
        norms = Norm.objects.filter(framework=framework)
        _copied(norms, suffix, framework=copy, theme=themes, cluster=clusters)
    return copy


def _copied(rows, suffix="", *, framework, **parents):
    """Copies of these parts in another framework, by the key of what they are a copy of."""
    made = {}
    for row in rows:
        before = row.pk
        row.pk, row.framework, row.code = None, framework, row.code + suffix
        for name, known in parents.items():
            setattr(row, name, known[getattr(row, f"{name}_id")])
        row.save(force_insert=True)
        made[before] = row
    return made


def _bare(assessments):
    """The same words in the tables of the bare site."""
    with connection.schema_editor() as editor:
        for model in bare.BARE:
            editor.create_model(model)
    real = list(Norm.objects.filter(framework__code=CODE).order_by("order"))
    norms = _many(
        bare.Norm,
        [bare.Norm(code=norm.code, title=norm.title, body=norm.statement) for norm in real],
    )
    by_real = {norm.pk: copy for norm, copy in zip(real, norms, strict=True)}
    told = Answer.objects.filter(assessment__in=[found.pk for found in assessments])
    answers = _many(
        bare.Answer,
        [
            bare.Answer(norm=by_real[norm], assessment=number, score=score, text=text, version=1)
            for norm, number, score, text in told.order_by("pk")
            .values_list("norm", "assessment", "score", "explanation")
            .iterator()
        ],
    )
    _many(
        bare.Evidence,
        [
            bare.Evidence(answer=answer, name=f"Jaarplan, onderdeel {k}", size=120_000 + k)
            for answer in answers
            for k in range(2)
        ],
    )
