"""What an organisation does: answer, show, hand in, plan."""

from tests.flows.steps_review import NORMS


def answer_all(coordinator, codes=NORMS, but=None):
    """Answer these norms one after the other, the first of them being open."""
    for code in codes:
        coordinator.reads(f"{code} Onderwerp {code}")
        answer(coordinator, code, (but or {}).get(code, "Voldoet"))
        last = code == NORMS[-1]
        coordinator.press("Bewaren en naar het overzicht" if last else "Bewaren en volgende")


def answer(coordinator, code, judgement="Voldoet"):
    """Fill in one norm."""
    coordinator.choose(judgement)
    coordinator.write("Toelichting", f"Zo doen wij dat bij {code}.")


def submit(coordinator):
    """Hand the self-assessment in, once everything is there."""
    coordinator.reads("Zelfevaluatie van")
    coordinator.sees("Alle normen zijn klaar.")
    coordinator.press("Indienen bij de toetsers")
    coordinator.sees("De zelfevaluatie is ingediend.")
