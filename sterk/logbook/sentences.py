"""What a line of the logbook says, in plain Dutch, after the name of who did it.

Three tables, because not everybody reads every line. A deed that stands in none of them is not shown to an
organisation: what is new stays inside until somebody decides.
"""

# What an organisation reads about itself; the bureau reads it too.
OPEN = {
    "organisation.create": "voegde de organisatie toe.",
    "organisation.edit": "wijzigde de gegevens van de organisatie.",
    "invitation.send": "nodigde iemand uit als {role}.",
    "invitation.withdraw": "trok een uitnodiging als {role} in.",
    "membership.begin": "doet mee als {role}.",
    "membership.end": "beëindigde de rol van {person} als {role}.",
    "assessment.start": "begon een zelfevaluatie.",
    "assessment.answer": "beoordeelde norm {norm}.",
    "assessment.describe": "schreef de samenvatting en waar het label over gaat.",
    "assessment.submit": "diende de zelfevaluatie in.",
    "assessment.give_back": "legde de zelfevaluatie terug.",
    "assessment.read_along": "vroeg de ingediende zelfevaluatie in te zien.",
    "assessment.start_review": "begon de toetsing van de zelfevaluatie.",
    "assessment.conclude": "bracht de uitkomst van de toetsing uit.",
    "assessment.hand_in_plan": "leverde het verbeterplan in.",
    "assessment.close": "rondde de zelfevaluatie af.",
    "evidence.add": "voegde een bewijsstuk toe.",
    "evidence.cite": "legde een bewijsstuk bij norm {norm}.",
    "evidence.uncite": "haalde een bewijsstuk weg bij norm {norm}.",
    "evidence.withdraw": "trok een bewijsstuk in.",
    "improvement.plan": "zette een verbetering in het verbeterplan.",
    "improvement.change": "wijzigde een verbetering.",
    "improvement.finish": "rondde een verbetering af.",
    "improvement.drop": "haalde een verbetering uit het verbeterplan.",
    "round.sign_up": "meldde de organisatie aan voor een ronde.",
    "round.take_out": "haalde de organisatie uit een ronde.",
    "review.start": "liet de toetsing beginnen.",
    "review.read_evidence": "opende een bewijsstuk voor de toetsing.",
    "review.finish": "sloot de toetsing af.",
    "decision.confirm": "bevestigde het besluit over het label.",
    "registration.register": "zette het label in het register.",
    "registration.suspend": "schorste het label.",
    "registration.restore": "herstelde het label.",
    "registration.withdraw": "trok het label in.",
    "registration.expire": "liet het label verlopen.",
    "report.request": "vroeg een rapport aan.",
    "report.deliver": "maakte een rapport.",
}

# What the bureau reads as well: how far others are, never what they found.
INSIDE = {
    "conflict.record": "legde een belang vast.",
    "conflict.lift": "hief een belang op.",
    "panel.place": "zette iemand in het toetsteam.",
    "panel.make_lead": "liet iemand het toetsteam leiden.",
    "panel.let_go": "haalde iemand uit het toetsteam.",
    "review.hand_in": "leverde de eigen oordelen in.",
    "decision.propose": "stelde een besluit voor.",
    "decision.reject": "stuurde het voorstel voor een besluit terug.",
    "measure.propose": "stelde een maatregel voor.",
    "measure.reject": "stuurde het voorstel voor een maatregel terug.",
    "outcome.advise": "gaf advies over het label.",
    "report.start": "begon een rapport te maken.",
    "report.wait": "kon een rapport niet maken en probeert het opnieuw.",
    "report.fail": "kon een rapport niet maken.",
    "report.ask_again": "liet een rapport opnieuw maken.",
}

# What stays with whom it concerns, and what happens outside organisations.
KEPT = frozenset(
    {
        "account.register",
        "account.add_one_time_codes",
        "framework.publish",
        "message.start",
        "message.deliver",
        "message.wait",
        "message.fail",
        "reflection.write",
        "reflection.rewrite",
        "reflection.throw_away",
        "reflection.ask",
        "reflection.decline",
        "review.agree",
        "review.find",
        "review.scrap",
        "review.summarise",
        "round.open",
    }
)

WORDS = {
    "coordinator": "kwaliteitsfunctionaris",
    "director": "bestuurder",
    "contributor": "medewerker",
    "reviewer": "toetser",
    "committee": "lid van de beheercommissie",
    "admin": "technisch beheerder",
}


class _Details(dict):
    """Details of a line; one that an older line does not have reads as a dash."""

    def __missing__(self, key):
        return "–"


def told(deed, details):
    """The line for this deed; a deed without a sentence says only that something happened."""
    sentence = OPEN.get(deed) or INSIDE.get(deed)
    if sentence is None:
        return "deed iets waar nog geen zin voor is."
    words = {
        key: WORDS.get(value, value) for key, value in details.items() if isinstance(value, str)
    }
    return sentence.format_map(_Details(words))
