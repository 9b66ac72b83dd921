"""What a panel does: score alone, agree together, finish, advise."""

from playwright.sync_api import expect

NORMS = ["V1", "V2", "D1", "B1"]


def open_review(reviewer, organisation):
    """Go to one's own review of this organisation."""
    reviewer.go("/toetsingen/")
    reviewer.follow(f"Openen: {organisation}")


def score_all(reviewer, organisation, but=None):
    """Give every norm an own score with a note, and come to the page where one hands in."""
    open_review(reviewer, organisation)
    reviewer.follow("Begin met scoren")
    for code, following in zip(NORMS, [*NORMS[1:], None], strict=True):
        reviewer.reads(f"{code} Onderwerp {code}")
        reviewer.choose((but or {}).get(code, "Voldoet"))
        reviewer.write("Jouw aantekening", f"Aantekening van {reviewer.person} bij {code}.")
        reviewer.press(f"Bewaar en ga naar {following}" if following else "Bewaar")
    reviewer.follow("Naar inleveren")
    reviewer.reads("Scores inleveren")


def hand_in(reviewer):
    """Hand in, after reading that this is final."""
    reviewer.press("Lever mijn scores in")
    reviewer.sees("Je scores zijn ingeleverd.")


def agree_on_all(reviewer, organisation, but=None):
    """On the one screen of the panel: a verdict with a motivation on every norm."""
    open_review(reviewer, organisation)
    reviewer.follow("Naar de overeenstemming")
    for code in NORMS:
        agree(reviewer, code, (but or {}).get(code))


def agree(reviewer, code, judgement=None):
    """Agree on one norm; without a judgement on the one that stands there already."""
    reviewer.unfold(f"{code} Onderwerp {code}")
    topic = reviewer.within(f"#norm-{code}")
    if judgement:
        topic.choose(judgement)
    topic.write("Motivering", f"Wij hoorden het bij {code} van drie kanten.")
    topic.press(f"Bewaar het oordeel over {code}")
    expect(topic.main.locator("[data-saved]")).to_contain_text("ewaard")


def sum_up(reviewer):
    """Write the summary for the report."""
    reviewer.follow("Samenvatting")
    reviewer.write("Samenvatting", "Een organisatie die weet waar zij voor staat.")
    reviewer.press("Bewaar de samenvatting")
    reviewer.reads("Toetsing afronden")


def find(reviewer, kind, text, **more):
    """Add a finding."""
    reviewer.choose(kind)
    reviewer.write("Bevinding", text)
    for label, option in more.items():
        reviewer.pick(label, option)
    reviewer.press("Voeg de bevinding toe")
    reviewer.sees("De bevinding staat erbij.")
