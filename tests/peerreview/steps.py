"""What a member of a panel does in a test, as a person would."""

import re

from peerreview.reviews import actions as reviews

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


def card_of(review, person):
    """This person's own card, as one who sits in the panel now."""
    return review.scorecards.get(member__person=person, member__left_at__isnull=True)


def score_all(review, person, *, score="met", note="Gezien.", but=None):
    """Score every norm; ``but`` maps codes to another score. Returns the card."""
    card = card_of(review, person)
    for row in card.scores.select_related("norm"):
        chosen = (but or {}).get(row.norm.code, score)
        reviews.score(card, row.norm.code, score=chosen, note=note, version=row.version)
    return card


def hand_in(review, person, **scored):
    """Score every norm and hand in. Returns the card."""
    return reviews.hand_in(score_all(review, person, **scored), by=person)


def reviewer_at(person):
    """The membership by which this person can be placed in a panel."""
    return person.memberships.current().get(role__in=["reviewer", "auditor"])


def body_of(response):
    """Every byte of an answer as text, but for the token that differs at each request; a download is read to its end."""
    content = b"".join(response) if response.streaming else response.content
    return TOKEN.sub("", content.decode(errors="replace"))


def text_of(response):
    """The same on one line, to look for words in."""
    return " ".join(body_of(response).split())
