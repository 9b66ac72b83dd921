"""Plain functions that make things, through the actions wherever there is one."""

import uuid
from datetime import date

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.files.base import ContentFile
from django.utils import timezone

from labels.assessments import actions as assessments
from labels.evidence import actions as evidence
from labels.frameworks.models import Cluster, Competence, Framework, Lens, Norm, Route, Theme
from labels.improvements import actions as improvements
from labels.registrations import actions as registrations
from peerreview.panels import actions as panels
from peerreview.reviews import actions as reviews
from peerreview.rounds import actions as rounds
from sterk.accounts.middleware import SEEN
from sterk.accounts.models import User
from sterk.organisations.models import Membership, Organisation

PASSWORD = "een-lang-wachtwoord"
WORDS = {
    "peer": ("Intercollegiale adviesmeting", "Intercollegiaal getoetst", ["peer"]),
    "external": ("Externe audit", "Gecertificeerd", ["auditor"]),
    "combined": ("Combinatietoets", "Gecertificeerd", ["peer", "auditor"]),
}
YIELDS = {
    "peer": ["learning_report", "register"],
    "external": ["review_report", "advice", "decision", "certificate", "register"],
    "combined": [
        "learning_report",
        "review_report",
        "advice",
        "decision",
        "certificate",
        "register",
    ],
}
SIZES = [{"code": "klein", "label": "Klein", "fte_from": 0, "fte_below": None}]
LAYOUT = [("V1", "V", "VA"), ("V2", "V", "VA"), ("D1", "D", "DA"), ("B1", "B", "BA")]


def make_organisation(name="Zonnehof", kind="member", **facts):
    """An organisation; the one of this name when it is there already."""
    facts = {"place": "Amersfoort", "municipality": "Amersfoort", "fte": 24, **facts}
    return Organisation.objects.get_or_create(name=name, defaults={"kind": kind, **facts})[0]


def make_person(name, *held, email=None):
    """A person with a verified address, roles as pairs (organisation or None, role), and the second factor they ask for."""
    email = email or f"{name.lower().replace(' ', '.')}@voorbeeld.example"
    person = User.objects.create_user(email, PASSWORD, name=name)
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    for organisation, role in held:
        Membership.objects.create(person=person, organisation=organisation, role=role)
    if person.needs_second_factor:
        TOTP.activate(person, generate_totp_secret())
    return User.objects.get(pk=person.pk)


def log_in(client, person):
    """Log this person in, past password and second factor."""
    assert not person.needs_second_factor or Authenticator.objects.filter(user=person).exists()
    client.force_login(person)
    if person.needs_second_factor:
        session = client.session
        session[SEEN] = True
        session.save()
    return client


def make_framework(code="KLEIN-2026", layout=LAYOUT):
    """A small framework of four norms in three groups with all three routes; the one of this code when it is there."""
    if known := Framework.objects.filter(code=code).first():
        return known
    framework = Framework.objects.create(
        code=code,
        title="Klein normenkader",
        notice="Eigen formuleringen.",
        valid_from=date(2020, 1, 1),
        norm_count=len(layout),
        plan_required_for=["partly_met", "not_met"],
        blocking_judgements=["not_met"],
        repair_term_weeks=12,
        interview_groups=[
            {"code": "professional", "label": "Sociaal werkers"},
            {"code": "inwoner", "label": "Inwoners / cliënten"},
        ],
        work_types=[
            {"code": "opbouwwerk", "label": "Opbouwwerk en buurtwerk"},
            {"code": "jongerenwerk", "label": "Jongeren- en kinderwerk"},
        ],
        sizes=SIZES,
        digest="0" * 64,
    )
    competence = Competence.objects.create(
        framework=framework, code="C1", title="Verheldert", order=1
    )
    lens = Lens.objects.create(
        framework=framework,
        code="PB",
        title="Professionele besluitvorming",
        question="Hoe?",
        order=1,
    )
    for order, (norm_code, theme_code, cluster_code) in enumerate(layout, start=1):
        theme, _ = Theme.objects.get_or_create(
            framework=framework,
            code=theme_code,
            defaults={"title": f"Groep {theme_code}", "short_title": theme_code, "order": order},
        )
        cluster, _ = Cluster.objects.get_or_create(
            framework=framework,
            code=cluster_code,
            defaults={"theme": theme, "title": f"Cluster {cluster_code}", "order": order},
        )
        norm = Norm.objects.create(
            framework=framework,
            theme=theme,
            cluster=cluster,
            code=norm_code,
            title=f"Onderwerp {norm_code}",
            statement=f"De sociaal werker doet wat {norm_code} vraagt.",
            guiding_questions=[{"to": ["professional"], "text": "Hoe doe je dat?"}],
            evidence_examples=["Een casus"],
            interview_with=["professional"],
            order=order,
        )
        norm.competences.add(competence)
        lens.norms.add(norm)
    for route, (title, public_title, reviewers) in WORDS.items():
        Route.objects.create(
            framework=framework,
            code=route,
            title=title,
            public_title=public_title,
            public_explanation=f"Wat {title.lower()} betekent.",
            reviewers=reviewers,
            yields=YIELDS[route],
            validity_months=24,
        )
    return framework


def make_assessment(organisation=None, *, by, framework=None, answered=True, submitted=False):
    """A self-assessment, answered or not, submitted or not."""
    organisation = organisation or make_organisation()
    assessment = assessments.start(organisation, framework or make_framework(), by=by)
    if answered or submitted:
        for code in assessment.framework.norms.values_list("code", flat=True):
            answer(assessment, code, by=by)
    return assessments.submit(assessment, by=by) if submitted else assessment


def answer(assessment, code, *, by, score="met", explanation="Zo doen wij dat.", version=0):
    """One answer, saved as a person would."""
    return assessments.answer(
        assessment, code, by=by, score=score, explanation=explanation, version=version
    )


def make_evidence(organisation, norm, *, by, title="Jaarplan", content=b"Een gewone tekst.\n"):
    """A small text file as evidence for one norm."""
    file = ContentFile(content, name="jaarplan.txt")
    return evidence.add_file(organisation, by=by, title=title, file=file, norms=[norm])


def make_round(*, by, framework=None, name="Najaarsronde 2026"):
    """A round that is open for a long time."""
    return rounds.open_round(
        by=by,
        name=name,
        framework=framework or make_framework(),
        opens_on=date(2026, 9, 1),
        closes_on=date(2026, 12, 31),
    )


def make_panel(assessment, people, *, by, route="peer", into=None):
    """A panel for this assessment's organisation; the first of the people leads."""
    into = into or make_round(by=by, framework=assessment.framework)
    sign_up = rounds.sign_up(into, assessment.organisation, by=by, route=route)
    for person in people:
        membership = person.memberships.current().get(role__in=["reviewer", "auditor"])
        member = panels.place(sign_up, membership, by=by)
    return member.panel


def make_review(assessment, people, *, by, route="peer", into=None):
    """A review that has just started on a submitted assessment."""
    return reviews.start(make_panel(assessment, people, by=by, route=route, into=into), by=by)


def hand_in_all(review, judgement="met"):
    """Every member who did not yet do so scores every norm and hands in."""
    waiting = review.scorecards.filter(handed_in_at__isnull=True)
    for card in waiting.select_related("member__person"):
        for code in review.verdicts.values_list("norm__code", flat=True):
            reviews.score(card, code, score=judgement, note="Gezien.", version=0)
        reviews.hand_in(card, by=card.member.person)


def agree_all(review, *, by, judgement="met", but=None):
    """The panel agrees on every norm; ``but`` maps codes to another judgement."""
    for verdict in review.verdicts.select_related("norm"):
        reviews.agree(
            review,
            verdict.norm.code,
            by=by,
            verdict=(but or {}).get(verdict.norm.code, judgement),
            motivation="We hoorden het van drie kanten.",
            version=verdict.version,
        )
    review.refresh_from_db()
    reviews.summarise(
        review, by=by, summary="Een mooie organisatie.", version=review.summary_version
    )


def finish_review(review, *, but=None):
    """Everybody hands in, the panel agrees and the lead finishes; returns the outcome."""
    lead = review.panel.members.current().get(lead=True).person
    hand_in_all(review)
    agree_all(review, by=lead, but=but)
    return reviews.finish(review, by=lead)


def plan_for(outcome, *, by):
    """An improvement for every norm that asks for one, and the plan handed in."""
    for norm in registrations.unplanned(outcome):
        improvements.plan(
            outcome.assessment.organisation,
            by=by,
            norm=norm,
            what="We oefenen dit in het team.",
            why="",
            who="Bas",
            due=timezone.localdate().replace(year=timezone.localdate().year + 1, day=1),
            key=uuid.uuid4(),
        )
    return registrations.hand_in_plan(outcome.assessment, by=by)
