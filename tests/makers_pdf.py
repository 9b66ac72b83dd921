"""A full and believable report and certificate, the same every time, for the tests of the documents."""

import random
from functools import cache
from pathlib import Path

import yaml

NORMS = Path(__file__).parent.parent / "labels" / "frameworks" / "data" / "norms.yaml"
PRACTICE = {
    "V1": "Medewerkers beginnen met een open gesprek aan de keukentafel en nemen daar bewust twee afspraken de tijd voor.",
    "V2": "In de plannen staan doelen in de woorden van inwoners: 'ik wil weer durven bellen' in plaats van 'vergroten zelfredzaamheid'.",
    "V3": "Het jongerenwerk is vier avonden per week op straat en op het plein bij de school; ouderen worden rond hun 75e thuis bezocht.",
    "V4": "Afspraken worden klein gemaakt. Een medewerker vertelde hoe zij een bezoeker van de inloop aansprak en toch binnenboord hield.",
    "V5": "De buurttafel in de Vogelwijk wordt door bewoners zelf gedragen; de opbouwwerker komt nog eens per maand langs.",
    "V6": "Uit zes losse vragen over post en formulieren ontstond een administratiecafé, dat nu wekelijks draait.",
    "V7": "De lijnen met huisartsen en scholen zijn kort. Met de ggz is er een vast overleg, dat in de zomer een tijd stil lag.",
    "V8": "Het team is zelf divers en maakt gebruik van sleutelfiguren. Tolken worden ingezet, al weet niet iedereen hoe dat moet.",
    "V9": "Signalen worden in het weekoverleg gedeeld. Wat er daarna mee gebeurt, is niet altijd terug te vinden.",
    "V10": "Professionals voelen ruimte om af te wijken en kunnen uitleggen wanneer zij dat doen. Dat hoorden wij in alle gesprekken.",
    "V11": "Er zijn vier intervisiegroepen die elke zes weken bij elkaar komen, met een vaste methode en wisselende begeleiding.",
    "V12": "Elke medewerker heeft een ontwikkelgesprek, maar bij oproepkrachten en stagiairs schiet dat erbij in.",
    "V13": "Methodisch werken is zichtbaar in dossiers en in casuïstiek; de theorie achter keuzes wordt door de meesten paraat genoemd.",
    "V14": "De beroepscode ligt op tafel bij het moreel beraad. Nieuwe medewerkers krijgen hem bij het inwerken.",
    "V15": "Vrijwilligers en beroepskrachten vullen elkaar aan; wie wat doet staat in een eenvoudige kaart van één bladzijde.",
    "D1": "Het aanbod volgt uit een wijkscan die samen met bewoners is gemaakt en elk jaar wordt bijgesteld.",
    "D2": "De inloop is op loopafstand en op zaterdag open. De website is voor laaggeletterden lastig te gebruiken.",
    "D3": "Inwoners krijgen een kaart met afspraken in gewone taal. Zij konden ons vertellen wat zij mochten verwachten.",
    "D4": "Doelen worden samen gemaakt en na zes weken besproken. In twee van de acht dossiers ontbrak die evaluatie.",
    "D5": "Dossiers zijn op orde, beknopt en respectvol geschreven. Inwoners weten dat zij mogen meelezen.",
    "D6": "Voor schulden en opvoeden wordt gewerkt met onderbouwde aanpakken; bij eenzaamheid wordt vooral op ervaring gevaren.",
    "D7": "Rond gezinnen is er één plan en één aanspreekpunt. Partners bevestigen dat beeld.",
    "D8": "De overdracht naar het wijkteam is warm. Afsluiten gebeurt niet altijd bewust: sommige trajecten doven uit.",
    "D9": "De wandelgroepen en de eetclub voorkomen dat mensen pas komen als het misgaat. Cijfers daarover worden bijgehouden.",
    "D10": "Vrijwilligers hebben een vaste contactpersoon en een duidelijke grens aan wat zij doen.",
    "D11": "De meldcode is bekend en wordt geoefend. Bij de jongerenlocatie is een incident goed nabesproken.",
    "D12": "Er zijn veel verhalen en veel tellingen. De stap naar 'wat betekent dit' wordt nog niet elk jaar gezet.",
    "D13": "Elk half jaar zijn er tafelgesprekken met bezoekers. Wat daarmee gedaan is, hangt zichtbaar in de hal.",
    "D14": "Klachten zijn zeldzaam en worden netjes behandeld. Onvrede die geen klacht wordt, blijft nu buiten beeld.",
    "D15": "De organisatie probeert uit en stopt ook weer. De proef met digitale spreekuren is eerlijk geëvalueerd.",
    "B1": "De kernwaarden 'dichtbij, gelijkwaardig, nieuwsgierig' kwamen in gesprekken terug zonder dat wij ernaar vroegen.",
    "B2": "De koers is helder voor vier jaar. Het jaarplan is met teams gemaakt en past op twee bladzijden.",
    "B3": "De organisatie zit aan de juiste tafels en brengt daar de stem van inwoners in.",
    "B4": "Met de gemeente is er een open gesprek over wat wel en niet kan binnen de subsidie. Beide kanten noemen dat prettig.",
    "B5": "Teams beslissen zelf over hun werkverdeling. De personeelsvertegenwoordiging wordt vroeg betrokken.",
    "B6": "Er is een inwonersraad met acht leden. Jongeren zijn daarin niet vertegenwoordigd.",
    "B7": "Fouten worden besproken zonder schuldvraag. De bestuurder vertelde zelf over een besluit dat zij heeft teruggedraaid.",
    "B8": "Er zijn interne toetsen en een verbeterbord. De verbeteringen van vorig jaar zijn voor de helft afgerond.",
    "B9": "Incidenten worden gemeld en geteld. Een gezamenlijke analyse over het jaar heen is er nog niet.",
    "B10": "De bezetting is op orde, ook in de zomer. Registratie in het beroepsregister wordt betaald en bijgehouden.",
    "B11": "Nieuwe medewerkers lopen twee weken mee en krijgen een maatje. Dat wordt zeer gewaardeerd.",
    "B12": "Het verzuim daalt. Over agressie aan de balie wordt gesproken, en er is een training voor iedereen.",
    "B13": "Er is tijd en geld voor leren: vijf dagen per jaar, ook voor wie minder uren werkt.",
    "B14": "Het vrijwilligersbeleid is vers en samen met vrijwilligers gemaakt. Verzekering en verklaringen zijn geregeld.",
    "B15": "De begroting wordt per kwartaal besproken met teams. De reserve is gezond en het beleid daarover staat op papier.",
    "B16": "De grootste risico's zijn bekend. Voor het wegvallen van de enige administrateur is nog geen oplossing.",
    "B17": "Afspraken over privacy zijn er. In de praktijk staan er nog lijsten met namen op gedeelde schijven.",
    "B18": "Bestuur en toezicht spreken elkaar aan. De afwijkingen van de governancecode zijn uitgelegd op de website.",
    "B19": "De raad van toezicht bezoekt elk kwartaal een locatie en heeft het eigen werken geëvalueerd.",
}
OWN = {
    "met": [
        "Wij vinden dat dit staat. Het is onderdeel van het gewone werk en komt terug in elk teamoverleg. Nieuwe collega's "
        "krijgen het mee in hun eerste maand.",
        "Hier zijn wij trots op. Teams kunnen zelf vertellen hoe zij dit doen en waarom. Twee keer per jaar kijken wij samen "
        "of het nog klopt met wat inwoners ons vertellen.",
        "Dit doen wij al jaren en het zit in onze manier van werken. Wat wij opschrijven is kort; wie het wil zien, kan meelopen.",
    ],
    "partly_met": [
        "Er is een goede basis, maar het hangt nog te veel af van wie er die dag werkt. Wij hebben een werkgroep gevraagd om "
        "voor de zomer met een voorstel te komen.",
        "Op twee van de drie locaties loopt dit goed. Op de derde zijn wij in het voorjaar begonnen, met een nieuw team.",
    ],
    "not_met": [
        "Dit is ons nog niet gelukt. Het staat voor komend jaar bovenaan de lijst, met tijd en geld erbij."
    ],
    None: [""],
}
MOTIVATION = {
    "met": [
        "Verhalen van medewerkers, vrijwilligers en inwoners bevestigen elkaar. Wij hoorden en zagen op meer plekken hetzelfde.",
        "Het is geen papier: wie wij ook vroegen, iedereen had een eigen voorbeeld. Daarom voldoet de organisatie aan deze norm.",
        "Dat beeld kwam terug in drie gesprekken die los van elkaar stonden, en in wat wij zelf zagen tijdens de rondgang.",
    ],
    "partly_met": [
        "De bedoeling is herkenbaar en er gebeurt veel goeds, maar het is nog niet overal en niet altijd zo. Daarom zeggen wij: "
        "deels. Wat er al is, geeft ons vertrouwen dat de rest volgt.",
        "De organisatie weet dit zelf ook en heeft al een begin gemaakt. Wij vinden dat een verbeterplan hier helpt.",
    ],
    "not_met": [
        "Wij hebben hier in de praktijk te weinig van teruggezien, ook niet toen wij ernaar vroegen."
    ],
    "undetermined": [
        "In de tijd die wij hadden, konden wij dit niet met genoeg mensen bespreken. Wij spreken daarom geen oordeel uit."
    ],
}
STRONG = [
    "Iedereen die wij spraken noemt uit zichzelf voorbeelden. Dat zit in de manier van werken, niet in een handboek.",
    "De rust en de aandacht waarmee medewerkers over inwoners spreken, vielen ons op.",
    "De samenwerking met vrijwilligers is gelijkwaardig: zij zitten aan tafel waar het besloten wordt.",
    "Wat een inwoner vertelt, vonden wij terug in hoe het team werkt. Dat zie je niet vaak zo duidelijk.",
    "Medewerkers durven te zeggen dat zij iets niet weten, en krijgen daar waardering voor.",
    "Kleine proeven krijgen een begin, een einde en een eerlijk gesprek over wat het opleverde.",
]
IMPROVE = [
    "Leg vast wie een signaal oppakt en laat na drie maanden weten wat ermee is gedaan.",
    "Maak één afspraak voor alle locaties en bespreek na een half jaar of die werkt.",
    "Betrek ook de mensen die niet uit zichzelf komen, te beginnen met jongeren tussen 16 en 23 jaar.",
    "Bespreek in elk team één keer per kwartaal wat de cijfers en de verhalen samen zeggen.",
    "Sluit elk traject af met een gesprek, ook als het vanzelf lijkt op te houden.",
]
TAKE_HOME = [
    "De kaart met afspraken in gewone taal: die gaan wij in Meerpaal ook maken.",
    "Het maatje voor nieuwe collega's. Eenvoudig, en het werkt.",
    "Het bord in de hal waarop staat wat er met ideeën van bezoekers is gedaan.",
    "Het administratiecafé, en vooral hoe het ontstond uit losse vragen.",
]
QUOTES = [
    ("Ze vroegen niet wat er mis was, ze vroegen hoe mijn dag eruitzag.", "inwoner"),
    (
        "Ik mag hier zeggen dat ik het niet weet. Dat had ik op mijn vorige plek nooit.",
        "sociaal werker",
    ),
    ("Als ik bel, hoef ik mijn verhaal niet opnieuw te vertellen.", "inwoner"),
    (
        "Wij weten wat we van elkaar kunnen verwachten, ook als het spannend wordt.",
        "beleidsadviseur gemeente",
    ),
]
EVIDENCE = [
    "Jaarplan 2026 (bestand)",
    "Verslag tafelgesprekken voorjaar 2026 (bestand)",
    "Geanonimiseerde casus (bestand)",
    "Wijkscan Vogelwijk (link)",
    "Intervisiebijeenkomst (ter plekke te zien)",
]
NOTICE = "Conceptnorm, eigen formulering. Niet vastgesteld door Sociaal Werk Nederland."


@cache
def source():
    """The data file of the house."""
    return yaml.safe_load(NORMS.read_text(encoding="utf-8"))


def framework():
    """The framework in use, the ten competences and the first lens."""
    found = next(f for f in source()["frameworks"] if f["code"] == "SSW-2019-CONCEPT")
    return found, source()["competences"]["items"], source()["lenses"]["items"][0]


def make_report_content(kind="toetsingsrapport", seed=7):
    """Everything of a whole review at Zonnehof: 49 norms with all that a panel can say about them."""
    chance = random.Random(seed)
    norms, competences, lens = framework()
    themes = [_theme(theme, chance) for theme in norms["themes"]]
    open_norms = [
        norm
        for theme in themes
        for cluster in theme["clusters"]
        for norm in cluster["norms"]
        if norm["verdict"]["judgement"] in {"partly_met", "not_met"}
    ]
    return {
        "kind": kind,
        "organisation": {"name": "Welzijn Zonnehof", "place": "Amersfoort"},
        "route": _route("combinatie"),
        "framework": _framework(norms),
        "scope": [
            "Jongerenwerk in Amersfoort en Leusden",
            "Sociaal wijkteam in Amersfoort",
            "Ouderenwerk in Leusden",
        ],
        "submitted_on": "2026-02-13",
        "finished_on": "2026-04-21",
        "summary": (
            "Wij kwamen bij een organisatie waar het werk klopt met het verhaal. Van bestuurder tot vrijwilliger hoorden wij "
            "dezelfde drie woorden: dichtbij, gelijkwaardig, nieuwsgierig. Inwoners herkennen dat.\n\n"
            "Het vakmanschap is sterk. Medewerkers weten waarom zij doen wat zij doen, en zij durven elkaar te bevragen. "
            "De intervisie is daarvan het kloppend hart.\n\n"
            "Beter kan het volgen van signalen en het laten zien van effect. Er wordt veel gezien en veel geteld; de stap naar "
            "samen leren van die gegevens is klein, en de moeite waard."
        ),
        "advice": {
            "title": "Toekennen met verbeterplan",
            "text": "De organisatie laat goed werk zien. Voor de normen die nog niet helemaal op orde zijn, ligt er een plan met namen en data.",
        },
        "themes": themes,
        "lens": {
            "title": lens["title"],
            "question": lens["question"],
            "summary": "Keuzes komen hier in gesprek tot stand. Medewerkers kunnen hun afwegingen onder woorden brengen en leggen "
            "ze vast. Het moreel beraad verdient een vaste plek, zodat ook lastige afwegingen gedeeld worden.",
            "norms": lens["norms"],
        },
        "competences": [{"code": c["code"], "title": c["title"]} for c in competences],
        "improvements": [_improvement(norm, number) for number, norm in enumerate(open_norms)],
        "panel": [
            {
                "name": "Lotte Verhoeven",
                "organisation": "Meerpaal Welzijn",
                "role": "toetser",
                "lead": True,
            },
            {
                "name": "Chris de Wit",
                "organisation": "Stichting Waterland",
                "role": "toetser",
                "lead": False,
            },
            {
                "name": "Pieter Aalbers",
                "organisation": "Keurhuis Certificering",
                "role": "auditor",
                "lead": False,
            },
        ],
    }


def make_certificate_content(**changes):
    """A certificate of Zonnehof after a combinatietoets."""
    norms, _competences, _lens = framework()
    return {
        "number": "SSW-2026-0042-K7QX9M",
        "address": "https://label.example/register/SSW-2026-0042-K7QX9M/",
        "organisation": {"name": "Welzijn Zonnehof", "place": "Amersfoort"},
        "route": _route("combinatie"),
        "framework": _framework(norms),
        "scope": [
            "Jongerenwerk in Amersfoort en Leusden",
            "Sociaal wijkteam in Amersfoort",
            "Ouderenwerk in Leusden",
        ],
        "granted_on": "2026-05-07",
        "valid_from": "2026-05-07",
        "valid_until": "2028-05-07",
        **changes,
    }


def texts_of(content):
    """Every text in a content with the path to it, so that a test can put something else in its place."""
    pairs = content.items() if isinstance(content, dict) else enumerate(content)
    for key, value in pairs:
        if isinstance(value, str):
            yield content, key
        elif isinstance(value, (dict, list)):
            yield from texts_of(value)


def _theme(theme, chance):
    by_code = {norm["code"]: norm for norm in theme["norms"]}
    return {
        "code": theme["code"],
        "title": theme["title"],
        "short_title": theme["short_title"],
        "value": theme["value"],
        "clusters": [
            {
                "code": cluster["code"],
                "title": cluster["title"],
                "norms": [_norm(by_code[code], chance) for code in cluster["norms"]],
            }
            for cluster in theme["clusters"]
        ],
    }


def _norm(norm, chance):
    own = chance.choices(["met", "partly_met", "not_met", None], [70, 22, 6, 2])[0]
    weights = {"met": [86, 12, 0, 2], "partly_met": [25, 68, 3, 4], "not_met": [0, 40, 60, 0]}
    verdict = chance.choices(list(MOTIVATION), weights.get(own, [0, 0, 0, 100]))[0]
    findings = []
    if verdict == "met" and chance.random() < 0.45:
        findings.append({"kind": "strong", "text": chance.choice(STRONG), "reply": ""})
    if verdict in {"partly_met", "not_met"}:
        reply = (
            "Dat herkennen wij. Wij pakken dit in het najaar samen met de teams op."
            if chance.random() < 0.4
            else ""
        )
        findings.append({"kind": "improve", "text": chance.choice(IMPROVE), "reply": reply})
    if chance.random() < 0.12:
        findings.append({"kind": "take_home", "text": chance.choice(TAKE_HOME), "reply": ""})
    quotes = [
        dict(zip(("text", "source"), q, strict=True))
        for q in chance.sample(QUOTES, 1)
        if chance.random() < 0.3
    ]
    return {
        "code": norm["code"],
        "subject": norm["subject"],
        "statement": norm["statement"],
        "key": norm["key"],
        "competences": norm["competences"],
        "own": {"judgement": own, "explanation": chance.choice(OWN[own])},
        "evidence": chance.sample(EVIDENCE, chance.randint(0, 3)),
        "verdict": {
            "judgement": verdict,
            "motivation": f"{PRACTICE[norm['code']]} {chance.choice(MOTIVATION[verdict])}",
        },
        "findings": findings,
        "quotes": quotes,
    }


def _improvement(norm, number):
    who = ["Anna Bakker, kwaliteit", "Teamleiders", "Karin Smit, bestuurder"][number % 3]
    return {
        "norm": norm["code"],
        "what": f"{norm['subject']}: een werkwijze afspreken met alle teams, uitproberen en na drie maanden bespreken.",
        "who": who,
        "when": ["2026-07-01", "2026-09-15", "2026-12-01"][number % 3],
    }


def _route(code):
    route = next(r for r in source()["routes"]["items"] if r["code"] == code)
    return {key: route[key] for key in ("code", "title", "public_title", "public_explanation")}


def _framework(norms):
    return {
        "code": norms["code"],
        "title": norms["title"],
        "notice": NOTICE,
        "rules": [
            "Voor elke norm met 'voldoet deels' of 'voldoet niet' is een verbeterplan nodig.",
            "Zolang een norm 'voldoet niet' is, wordt het label niet toegekend.",
            "Het label is 24 maanden geldig.",
        ],
    }
