"""Fill a database for measuring: organisations that answered every norm, and a register. Past the actions, in bulk."""

import uuid
from datetime import date, timedelta

from django.utils import timezone

from labels.assessments.models import Answer, Assessment
from labels.evidence.models import Citation, Evidence
from labels.frameworks.models import Cluster, Framework, Norm, Theme
from labels.registrations.models import Registration
from sterk.accounts.models import User
from sterk.organisations.models import Membership, Organisation

WORDS = "Wij bespreken dit elke maand in het team en leggen vast wat er daarna verandert. " * 4
BATCH = 2000


def organisations(framework, first, last):
    """Organisations number ``first`` up to ``last``, each with a coordinator, 49 answers and evidence for every norm."""
    made = Organisation.objects.bulk_create(
        Organisation(
            name=f"Huis {n:05}", place=f"Plaats {n % 300}", municipality=f"Gemeente {n % 300}"
        )
        for n in range(first, last)
    )
    people = User.objects.bulk_create(
        User(email=f"huis{place.pk}@bench.example", name=f"Persoon {place.pk}", password="!")
        for place in made
    )
    Membership.objects.bulk_create(
        Membership(person=person, organisation=place, role="coordinator")
        for person, place in zip(people, made, strict=True)
    )
    for person, place in zip(people, made, strict=True):
        assess(framework, place, person)


def assess(framework, place, person):
    """A draft with every norm answered and one piece of evidence for each."""
    now = timezone.now()
    norms = list(framework.norms.all())
    assessment = Assessment.objects.create(
        organisation=place, framework=framework, started_by=person
    )
    Answer.objects.bulk_create(
        Answer(
            assessment=assessment,
            norm=norm,
            score="met",
            explanation=WORDS,
            version=1,
            changed_at=now,
            changed_by=person,
        )
        for norm in norms
    )
    shown = Evidence.objects.bulk_create(
        Evidence(
            organisation=place,
            kind="on_site",
            title=f"Te zien bij {n.code}",
            key=uuid.uuid4(),
            added_by=person,
        )
        for n in norms
    )
    Citation.objects.bulk_create(
        Citation(evidence=piece, norm=norm, organisation=place, added_by=person)
        for piece, norm in zip(shown, norms, strict=True)
    )
    return assessment


def doubled(framework):
    """A framework with every norm of this one twice: 98 in place of 49."""
    copy = Framework.objects.create(
        code=f"{framework.code}-X2",
        title="Tweemaal",
        valid_from=framework.valid_from,
        work_types=framework.work_types,
        scale=framework.scale,
        digest="2" * 64,
    )
    order = 0
    for turn in ("", "b"):
        for theme in framework.themes.all():
            twin = Theme.objects.create(
                framework=copy,
                code=theme.code + turn,
                title=theme.title,
                short_title=theme.short_title,
                order=order,
            )
            for cluster in theme.clusters.all():
                room = Cluster.objects.create(
                    framework=copy,
                    theme=twin,
                    code=cluster.code + turn,
                    title=cluster.title,
                    order=order,
                )
                for norm in cluster.norms.all():
                    order += 1
                    Norm.objects.create(
                        framework=copy,
                        theme=twin,
                        cluster=room,
                        code=norm.code + turn,
                        title=norm.title,
                        statement=norm.statement,
                        order=order,
                    )
    return copy


def register(framework, count):
    """So many registrations of organisations that are there; each hangs on a closed assessment of its own."""
    places = list(Organisation.objects.order_by("pk"))
    start = date(2025, 1, 1)
    closed = Assessment.objects.bulk_create(
        (
            Assessment(
                organisation=places[n % len(places)],
                framework=framework,
                state="closed",
                submitted_at=timezone.now(),
                submitted_by_id=1,
            )
            for n in range(count)
        ),
        batch_size=BATCH,
    )
    Registration.objects.bulk_create(
        (
            Registration(
                number=f"SSW-2025-{n:04}-{n * 7919 % 10000:04}",
                organisation=assessment.organisation,
                assessment=assessment,
                framework=framework,
                route="peer",
                public_title="Intercollegiaal getoetst",
                public_explanation="Collega's kwamen kijken.",
                organisation_name=assessment.organisation.name,
                place=assessment.organisation.place,
                municipality=assessment.organisation.municipality,
                scope="De hele organisatie",
                valid_from=start + timedelta(days=n % 700),
                valid_until=start + timedelta(days=n % 700 + 730),
            )
            for n, assessment in enumerate(closed)
        ),
        batch_size=BATCH,
    )
