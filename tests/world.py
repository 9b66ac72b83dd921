"""One world in which something of everything exists: Zonnehof with a self-assessment in each phase of its life.

Every text that somebody may not read carries a word of its own, so that a leak can be found anywhere.
"""

import uuid
from dataclasses import dataclass, field

from django.core.files.base import ContentFile
from django.utils import timezone

from labels.assessments import actions as assessments
from labels.evidence import actions as evidence
from labels.improvements import actions as improvements
from labels.instruments.reflections import actions as reflections
from labels.registrations import actions as registrations
from labels.registrations.models import Registration
from peerreview.reviews import actions as reviews
from sterk.organisations import actions as organisations
from sterk.reports import rendering
from tests.makers import (
    answer,
    finish_review,
    hand_in_all,
    make_assessment,
    make_framework,
    make_organisation,
    make_person,
    make_review,
    make_round,
    plan_for,
)

CAST = {
    "anna": ("Zonnehof", "coordinator"),
    "bas": ("Zonnehof", "contributor"),
    "karin": ("Zonnehof", "director"),
    "chris": ("Waterland", "reviewer"),
    "lotte": ("Meerpaal", "reviewer"),
    "pieter": ("Keurkompas", "auditor"),
    "dora": (None, "bureau"),
    "evert": (None, "committee"),
    "ada": (None, "admin"),
}
PHASES = ["draft", "scoring", "agreeing", "reviewed", "decided"]
SECRET = {
    "draft": "CONCEPTTEKST",  # an explanation that was not handed in
    "private": "PRIVETEKST",  # a reflection that nobody shared
    "score": "SCORETEKST",  # a note with an own score
    "verdict": "OORDEELTEKST",  # what a panel agrees, before it is finished
    "measure": "MAATREGELTEKST",  # why a label is suspended
}


@dataclass
class World:
    """Who is there, and what there is, by phase where it has one."""

    people: dict
    assessments: dict = field(default_factory=dict)
    reviews: dict = field(default_factory=dict)
    things: dict = field(default_factory=dict)


def make_world():
    """Make it all, through the actions."""
    kinds = {"Keurkompas": "certifying_body"}
    people = {}
    for name, (home, role) in CAST.items():
        place = home and make_organisation(home, kind=kinds.get(home, "member"))
        people[name] = make_person(name.capitalize(), (place, role))
    people["frida"] = make_person("Frida")
    world = World(people)
    _draft(world)
    _scoring(world)
    _agreeing(world)
    _reviewed(world)
    _decided(world)
    _at_the_door(world)
    return world


def _framework(phase):
    return make_framework(f"KLEIN-{phase.upper()}")


def _draft(world):
    anna, bas = world.people["anna"], world.people["bas"]
    assessment = make_assessment(by=anna, framework=_framework("draft"), answered=False)
    norm = assessment.framework.norms.get(code="V1")
    answer(assessment, "V1", by=anna, explanation=f"Zo doen wij dat. {SECRET['draft']}")
    file = ContentFile(b"Een gewone tekst.\n", name="jaarplan.txt")
    shown = evidence.add_file(
        assessment.organisation, by=bas, title="Jaarplan", file=file, norms=[norm]
    )
    answers = {"situatie-1": f"Er speelde iets. {SECRET['private']}", "doelen-1": "Rust."}
    private = reflections.write(by=bas, title="Een sleutel", answers=answers)
    request = reflections.ask(assessment.organisation, norm, by=anna, of=bas)
    plan = plan_one(assessment.organisation, norm, by=anna)
    world.assessments["draft"] = assessment
    world.things |= {
        "evidence": shown,
        "reflection": private,
        "request": request,
        "improvement": plan,
    }


def plan_one(organisation, norm, *, by):
    """One improvement that stands by itself."""
    return improvements.plan(
        organisation,
        by=by,
        norm=norm,
        what="Oefenen.",
        why="",
        who="Bas",
        due=timezone.localdate(),
        key=uuid.uuid4(),
    )


def _submitted(world, phase):
    anna = world.people["anna"]
    framework = _framework(phase)
    assessment = make_assessment(by=anna, framework=framework, answered=True)
    norm = framework.norms.get(code="V1")
    file = ContentFile(b"Een gewone tekst.\n", name="verslag.txt")
    shown = evidence.add_file(
        assessment.organisation, by=anna, title="Verslag", file=file, norms=[norm]
    )
    assessments.submit(assessment, by=anna)
    world.assessments[phase] = assessment
    world.things[f"evidence-{phase}"] = shown
    return assessment


def _round(world, phase):
    into = make_round(by=world.people["dora"], framework=_framework(phase), name=f"Ronde {phase}")
    world.things[f"round-{phase}"] = into
    return into


def _review(world, phase, people, route):
    assessment = _submitted(world, phase)
    review = make_review(
        assessment,
        [world.people[name] for name in people],
        by=world.people["dora"],
        route=route,
        into=_round(world, phase),
    )
    world.reviews[phase] = review
    return review


def _scoring(world):
    review = _review(world, "scoring", ["lotte", "chris"], "peer")
    card = review.scorecards.get(member__person=world.people["lotte"])
    for code in review.verdicts.values_list("norm__code", flat=True):
        reviews.score(card, code, score="met", note=SECRET["score"], version=0)
    reviews.hand_in(card, by=world.people["lotte"])


def _agreeing(world):
    review = _review(world, "agreeing", ["lotte", "chris"], "peer")
    hand_in_all(review)
    lotte = world.people["lotte"]
    reviews.agree(review, "V1", by=lotte, verdict="met", motivation=SECRET["verdict"], version=0)
    world.things["finding"] = reviews.find(
        review, by=lotte, kind="strength", text=SECRET["verdict"], key=uuid.uuid4()
    )


def _reviewed(world):
    review = _review(world, "reviewed", ["pieter"], "external")
    outcome = finish_review(review, but={"V1": "partly_met"})
    rendering.fulfil(outcome.report_id)
    world.things["outcome"] = outcome


def _decided(world):
    review = _review(world, "decided", ["pieter"], "external")
    outcome = finish_review(review, but={"V1": "partly_met"})
    plan_for(outcome, by=world.people["anna"])
    pieter = world.people["pieter"]
    reviews.advise(review, by=pieter, advice="grant_with_plan", motivation="Een goed plan.")
    decision = registrations.propose(
        outcome.assessment, by=world.people["dora"], ruling="granted_with_plan", motivation="Ja."
    )
    registrations.confirm(decision, by=world.people["evert"])
    registration = Registration.objects.get()
    rendering.fulfil(registration.certificate_id)
    measure = registrations.propose_measure(
        registration, by=world.people["dora"], kind="suspend", motivation=SECRET["measure"]
    )
    world.things |= {"decision": decision, "registration": registration, "measure": measure}


def _at_the_door(world):
    anna, dora, people = world.people["anna"], world.people["dora"], world.people
    zonnehof = world.assessments["draft"].organisation
    letter = organisations.invite(
        zonnehof, by=anna, email="nieuw@voorbeeld.example", name="Nieuw", role="contributor"
    )
    far = make_organisation("Verweg")
    conflict = organisations.record_conflict(people["evert"], far, by=dora, reason="Zus werkt er.")
    world.things |= {"invitation": letter, "conflict": conflict, "organisation": zonnehof}
