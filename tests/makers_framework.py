"""Norm sets for tests, brought in through the action: the real one, and a tiny one of four norms."""

from pathlib import Path

from labels.frameworks import actions
from labels.frameworks.models import Framework

CONCEPT = Path(actions.__file__).parent / "data" / "norms.yaml"
SMALL = """\
meta:
  title: "Klein kader"
  status: concept
  notice: "Eigen formuleringen. Niet vastgesteld."
  evidence_notice: "Geen gegevens van cliënten."
sources:
  eigen: "eigen tekst"
scoring_scale:
  - {code: voldoet, label: "Voldoet", order: 1, help: "Het is overal te zien."}
  - {code: voldoet_deels, label: "Voldoet deels", order: 2, help: "Het is nog niet overal te zien."}
  - {code: voldoet_niet, label: "Voldoet niet", order: 3, help: "Het is niet te zien."}
decision_rule_defaults:
  plan_required_for: [voldoet_deels, voldoet_niet]
  blocking_scores: [voldoet_niet]
  max_partly_met: null
  repair_term_weeks: 12
  validity_months: 24
always_at_hand:
  items: ["Kunt u een voorbeeld noemen?"]
interview_groups:
  - {code: professional, label: "Sociaal werkers"}
  - {code: inwoner, label: "Inwoners"}
work_types:
  items:
    - {code: jongerenwerk, label: "Jongerenwerk"}
    - {code: opbouwwerk, label: "Opbouwwerk"}
sizes:
  items:
    - {code: klein, label: "Klein: minder dan 10 fte", fte_from: 0, fte_below: 10}
    - {code: groot, label: "Groot: 10 fte of meer", fte_from: 10, fte_below: null}
competences:
  items:
    - {code: C1, title: "Verheldert vragen en behoeften"}
    - {code: C2, title: "Versterkt eigen kracht en zelfregie"}
routes:
  items:
    - code: intercollegiaal
      title: "Intercollegiale adviesmeting"
      public_title: "Intercollegiaal getoetst"
      public_explanation: "Collega's zijn komen kijken. Er is geen certificaat."
      reviewers: [collega]
      yields: [leerrapport, register]
    - code: extern
      title: "Externe audit"
      public_title: "Gecertificeerd"
      public_explanation: "Een auditor heeft getoetst."
      reviewers: [auditor]
      yields: [toetsingsrapport, advies, besluit, certificaat, register]
      validity_months: 36
    - code: combinatie
      title: "Combinatietoets"
      public_title: "Gecertificeerd"
      public_explanation: "Collega's en een auditor hebben samen getoetst."
      reviewers: [collega, auditor]
      yields: [leerrapport, toetsingsrapport, advies, besluit, certificaat, register]
lenses:
  items:
    - {code: LO, title: "Lerende organisatie", question: "Hoe leren zij?", norms: [V2, D2]}
frameworks:
  - code: KLEIN-2026
    title: "Klein kader 2026"
    valid_from: "2026-01-01"
    valid_until: null
    norm_count: 4
    certainty: inferred
    themes:
      - code: V
        title: "Vakmanschap van de sociaal werker"
        short_title: "Vakmanschap"
        value: "Sociaal werkers verstaan hun vak."
        norm_count: 2
        clusters:
          - {code: VA, title: "Vragen", norms: [V1]}
          - {code: VB, title: "Leren", norms: [V2]}
        norms:
          - code: V1
            subject: "Vragen verhelderen"
            statement: "De sociaal werker onderzoekt samen met de inwoner wat er speelt."
            guiding_questions:
              - {to: [professional], text: "Hoe kom je achter de vraag?"}
              - {to: [professional, inwoner], text: "Hoe ging het eerste gesprek?"}
            evidence_examples: ["Een casus zonder namen"]
            competences: [C1]
            interview_with: [professional, inwoner]
            key: true
            na_allowed: false
            certainty: inferred
          - code: V2
            subject: "Reflectie"
            statement: "Sociaal werkers leren van hun werk."
            guiding_questions:
              - {to: [professional], text: "Wat ging je anders doen?"}
            evidence_examples: ["Een planning"]
            competences: [C2, C1]
            interview_with: [professional]
            key: false
            na_allowed: false
            accents:
              - {work_type: jongerenwerk, text: "Denk aan de straat."}
              - {size: klein, text: "Samen met een ander team telt ook."}
            certainty: inferred
      - code: D
        title: "Dienstverlening"
        norm_count: 2
        clusters:
          - {code: DA, title: "Aanbod", norms: [D1, D2]}
        norms:
          - code: D1
            subject: "Passend aanbod"
            statement: "Het aanbod past bij de wijk."
            guiding_questions:
              - {to: [inwoner], text: "Wat mist u?"}
            evidence_examples: []
            competences: []
            interview_with: [inwoner]
            key: false
            na_allowed: true
            certainty: inferred
          - code: D2
            subject: "Verbeteren"
            statement: "De organisatie verbetert haar aanbod."
            guiding_questions:
              - {to: [professional], text: "Wat is er verbeterd?"}
            evidence_examples: ["Een verslag"]
            competences: [C2]
            interview_with: [professional]
            key: false
            na_allowed: false
            certainty: inferred
"""


def load_concept_framework():
    """The norm set that the house is delivered with: 49 norms in three groups."""
    actions.load(CONCEPT)
    return Framework.objects.get(code="SSW-2019-CONCEPT")


def small_framework():
    """Four norms in two groups, with all three routes; V1 is a key norm, D1 may be not applicable."""
    actions.publish(SMALL)
    return Framework.objects.get(code="KLEIN-2026")
