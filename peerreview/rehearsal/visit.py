"""What a panel plays: own scores, agreement, findings, advice."""

import uuid
from random import Random

from labels.assessments.models import FindingKind, Outcome
from labels.frameworks.models import RouteCode
from peerreview.panels import actions as panels
from peerreview.panels.models import Panel
from peerreview.rehearsal import texts
from peerreview.rehearsal.company import Company, Member
from peerreview.rehearsal.texts import Storyline
from peerreview.reviews import actions as reviews
from peerreview.reviews.models import Review
from peerreview.rounds.models import SignUp

OTHER_SCORES = ["met", "partly_met", "undetermined"]
DISSENT = 0.15  # share of the norms on which one reviewer sees it differently
STRENGTHS = 14  # norms whose strong point is put in the report


def make_panel(sign_up: SignUp, company: Company, place: int) -> Panel:
    """Reviewers of the next organisations in the circle, auditors of a certifying body, as the route asks."""
    others = company.members[place + 1 :] + company.members[:place]
    body = company.bodies[place % len(company.bodies)]
    peers = [other.people["reviewer"][place % 2] for other in others[:3]]
    auditors = body.people["auditor"]
    people = {
        RouteCode.PEER: peers,
        RouteCode.EXTERNAL: auditors[:2],
        RouteCode.COMBINED: [auditors[0], *peers[:2]],
    }[RouteCode(sign_up.route)]
    for person in people:
        membership = person.memberships.current().get(role__in=["reviewer", "auditor"])
        member = panels.place(sign_up, membership, by=company.bureau)
    return member.panel


def score(review: Review, story: Storyline, chance: Random, *, everybody: bool) -> None:
    """Members give their own scores; without ``everybody`` the first is done and the others are half-way."""
    for place, card in enumerate(review.scorecards.select_related("member__person")):
        codes = list(card.scores.order_by("norm__order").values_list("norm__code", flat=True))
        ready = everybody or place == 0
        for code in codes if ready else codes[: len(codes) // 2]:
            found = story.verdict(code)
            if chance.random() < DISSENT:
                found = chance.choice([other for other in OTHER_SCORES if other != found])
            reviews.score(card, code, score=found, note=texts.note(found, chance), version=0)
        if ready:
            reviews.hand_in(card, by=card.member.person)


def agree(review: Review, member: Member, story: Storyline, chance: Random) -> dict[str, str]:
    """The panel agrees on every norm under review; returns the verdicts by code."""
    lead = lead_of(review)
    verdicts = {
        code: story.verdict(code)
        for code in review.verdicts.order_by("norm__order").values_list("norm__code", flat=True)
    }
    for code, verdict in verdicts.items():
        reviews.agree(
            review,
            code,
            by=lead,
            verdict=verdict,
            motivation=texts.motivation(code, verdict, member.invented, chance),
            version=0,
        )
    reviews.summarise(review, by=lead, summary=story.summary, version=review.summary_version)
    return verdicts


def find(review: Review, member: Member, verdicts: dict[str, str], chance: Random) -> None:
    """Write findings: strong points, points for improvement, what is taken home, and quotes."""
    lead = lead_of(review)
    norms = {v.norm.code: v.norm for v in review.verdicts.select_related("norm__cluster")}
    met = [code for code, verdict in verdicts.items() if verdict == "met"]

    def write(kind, code, text, said_by=""):
        words = {"text": text, "said_by": said_by, "norm": norms[code]}
        reviews.find(
            review, by=lead, kind=kind, key=uuid.UUID(int=chance.getrandbits(128)), **words
        )

    for code in sorted(chance.sample(met, min(STRENGTHS, len(met))), key=list(norms).index):
        write(FindingKind.STRENGTH, code, texts.strength(code))
    for code in (code for code in verdicts if code not in met):
        write(FindingKind.IMPROVEMENT, code, texts.point_for_improvement(code))
    for code, text in texts.take_homes(verdicts, chance):
        write(FindingKind.TAKE_HOME, code, text)
    for cluster in dict.fromkeys(norm.cluster.code for norm in norms.values()):
        for quote in texts.quotes(cluster, verdicts, member.invented, chance, count=2):
            if quote.norm in norms:
                write(FindingKind.QUOTE, quote.norm, quote.text, quote.said_by)


def advise(review: Review, outcome: Outcome, advice: str, chance: Random) -> None:
    """An auditor gives the advice."""
    auditor = review.panel.members.current().filter(capacity="auditor").first().person
    motivation = texts.advice(advice, chance)
    reviews.advise(review, by=auditor, advice=advice, motivation=motivation)


def lead_of(review: Review):
    """Who leads the panel."""
    return review.panel.members.current().get(lead=True).person
