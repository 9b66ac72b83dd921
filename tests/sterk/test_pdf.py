"""The documents, judged by their structure, their text and what they refuse. No database needed."""

import hashlib
import json
import logging
import os
import re
import subprocess
import sys
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pdfua.validator import validate

from labels.assessments import rendering
from sterk import pdf
from tests.makers_pdf import make_certificate_content, make_report_content, texts_of

HOSTILE = (
    "<script>alert(1)</script><img src=file:///etc/hostname>"
    '<link rel=attachment href="file:///etc/hostname"><style>@import "http://127.0.0.1:9/x"</style>'
    "{{ settings.SECRET_KEY }} \x01 ]]> &amp;"
)
FIXED = {"kind", "role", "judgement", "submitted_on", "finished_on", "when"} | {
    "granted_on",
    "valid_from",
    "valid_until",
}


def report(content=None):
    """The bytes of a report, through the JSON that a job would have kept."""
    page = rendering.report(content or make_report_content())
    return pdf.render("pdf/report.html", json.loads(json.dumps(page)))


def certificate(**changes):
    page = rendering.certificate(make_certificate_content(**changes))
    return pdf.render("pdf/certificate.html", json.loads(json.dumps(page)))


@pytest.fixture(scope="module")
def made():
    return report()


@pytest.fixture(scope="module")
def awarded():
    return certificate()


@pytest.fixture(scope="module", params=["report", "certificate"])
def document(request, made, awarded):
    with pikepdf.open(BytesIO(made if request.param == "report" else awarded)) as opened:
        yield opened


def text_of(content):
    """The words of all pages, as somebody who copies them gets them."""
    with pypdfium2.PdfDocument(content) as opened:
        pages = [page.get_textpage().get_text_range() for page in opened]
    return " ".join(" ".join(pages).replace("\ufffe", "").split())


def tagged(document, *kinds):
    return [e for e in pdf.elements(document) if str(e.S).removeprefix("/") in kinds]


def kids_of(element):
    kids = element.get("/K")
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def short_report():
    """One group of one cluster with two norms: as much structure, a tenth of the time."""
    content = make_report_content()
    content["themes"] = content["themes"][:1]
    content["themes"][0]["clusters"] = content["themes"][0]["clusters"][:1]
    cluster = content["themes"][0]["clusters"][0]
    cluster["norms"] = cluster["norms"][:2]
    codes = {norm["code"] for norm in cluster["norms"]}
    content["improvements"] = [i for i in content["improvements"] if i["norm"] in codes]
    return content


def test_every_picture_has_an_alternative_text(document):
    pictures = tagged(document, "Figure")

    assert pictures
    assert all(str(picture.Alt).strip() for picture in pictures)


def test_every_header_cell_says_what_it_heads(made):
    with pikepdf.open(BytesIO(made)) as document:
        headers = tagged(document, "TH")
        scopes = {str(header.A.Scope) for header in headers}

        assert len(headers) > 100
        assert scopes == {"/Row", "/Column"}
        assert all(kids_of(header) for header in headers)


def test_every_table_has_a_caption_and_headers(made):
    with pikepdf.open(BytesIO(made)) as document:
        tables = tagged(document, "Table")
        parts = [{str(kid.S) for kid in kids_of(table)} for table in tables]

        assert all("/THead" in names for names in parts)
        assert (
            sum("/Caption" in names for names in parts) == 8
        )  # the rest goes on from a page before


def test_the_document_tells_its_language_title_and_order(document):
    root = document.Root

    assert root.Lang == "nl"
    assert root.MarkInfo.Marked
    assert root.ViewerPreferences.DisplayDocTitle
    assert "Welzijn Zonnehof" in str(document.docinfo.Title)
    assert all(page.obj.Tabs == "/S" for page in document.pages)


def test_a_reader_can_jump_to_every_norm(made):
    with pikepdf.open(BytesIO(made)) as document:
        with document.open_outline() as outline:
            titles = list(walked(outline.root))

        assert "Samenvatting" in titles
        assert any(title.startswith("V11 Reflectie en intervisie") for title in titles)
        assert {title.split()[0] for title in titles} >= CODES


def walked(items):
    for item in items:
        yield str(item.title)
        yield from walked(item.children)


CODES = {
    norm["code"]
    for theme in make_report_content()["themes"]
    for cluster in theme["clusters"]
    for norm in cluster["norms"]
}


def test_headings_skip_no_level_and_none_is_empty(document):
    """Checked here: the rule of pdfua on empty headings cannot run with our version of pikepdf."""
    depths = []
    for heading in in_order(document.Root.StructTreeRoot):
        depths.append(int(str(heading.S)[2]))
        assert list(content_of(heading))

    assert depths[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(depths))


def in_order(element):
    for kid in kids_of(element):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            if str(kid.S) in {"/H1", "/H2", "/H3", "/H4", "/H5", "/H6"}:
                yield kid
            yield from in_order(kid)


def content_of(element):
    for kid in kids_of(element):
        if isinstance(kid, int):
            yield kid
        elif isinstance(kid, pikepdf.Dictionary):
            yield from content_of(kid)


def test_the_checker_for_pdf_ua_finds_nothing(made, awarded, tmp_path):
    for name, content in (("report", made), ("certificate", awarded)):
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(content)

        outcomes = validate(str(path)).outcomes

        assert len(outcomes) == 12
        assert [found for outcome in outcomes for found in outcome.findings] == []
        assert {o.rule_id for o in outcomes if o.skipped_reason} <= {"UA-14-001"}


def test_running_headers_are_not_read_aloud(made):
    with pikepdf.open(BytesIO(made)) as document:
        reachable = {element.objgen for element in pdf.elements(document)}
        for number, owners in enumerate(pdf.parent_tree(document)):
            content = document.pages[number].obj.Contents.read_bytes()
            marks = [int(mark) for mark in re.findall(rb"/MCID (\d+)", content)]

            assert all(owners[mark].objgen in reachable for mark in marks)
            assert content.count(b"/Artifact <</Type /Pagination>> BDC") == (3 if number else 0)


def test_links_say_where_they_lead(made):
    with pikepdf.open(BytesIO(made)) as document:
        told = {
            str(link.Contents) for page in document.pages for link in page.obj.get("/Annots", [])
        }

        assert "Naar samenvatting" in told
        assert all(line.startswith("Naar ") for line in told)


def test_only_our_own_type_is_in_it_and_all_of_it_is_embedded(document):
    fonts = [
        font
        for page in document.pages
        for font in page.obj.Resources.get("/Font", {}).values()
        if "/DescendantFonts" in font
    ]

    assert fonts
    for font in fonts:
        assert "Sterk-Sans" in str(font.BaseFont)
        assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor
        assert "/ToUnicode" in font


def test_the_report_tells_everything(made):
    content, text = make_report_content(), text_of(made)

    assert "Conceptnorm, eigen formulering." in text
    assert "21 april 2026" in text
    assert "Advies van het toetsteam: Toekennen met verbeterplan" in text
    assert "Lotte Verhoeven" in text
    assert "Meerpaal Welzijn" in text
    for theme in content["themes"]:
        for cluster in theme["clusters"]:
            for norm in cluster["norms"]:
                assert norm["statement"] in text
                assert norm["own"]["explanation"] in text
                assert norm["verdict"]["motivation"] in text
                for finding in norm["findings"]:
                    assert finding["text"] in text


def test_the_figures_add_up_to_all_norms(made):
    page = rendering.report(make_report_content())
    total = page["figures"][-1]

    assert sum(row["panel"] for row in page["tally"]) == 49
    assert sum(cell["panel"] for cell in total["tally"]) == 49
    assert total["tally"] == page["tally"]
    assert sum(row["panel"] for row in page["figures"][0]["tally"]) == 15


def test_undetermined_and_unanswered_are_no_difference_of_view():
    norm = short_report()["themes"][0]["clusters"][0]["norms"][0]

    norm["own"]["judgement"], norm["verdict"]["judgement"] = "met", "partly_met"
    assert rendering.differs(norm)
    norm["verdict"]["judgement"] = "undetermined"
    assert not rendering.differs(norm)
    norm["own"]["judgement"], norm["verdict"]["judgement"] = None, "met"
    assert not rendering.differs(norm)


def test_a_bare_report_is_a_report_too():
    content = {**short_report(), "kind": "leerrapport", "advice": None, "lens": None}
    content |= {"improvements": [], "competences": [], "summary": ""}
    for norm in content["themes"][0]["clusters"][0]["norms"]:
        norm |= {"findings": [], "quotes": [], "evidence": []}
        norm["own"] = {"judgement": None, "explanation": ""}
        norm["verdict"] = {"judgement": "undetermined", "motivation": ""}

    text = text_of(report(content))

    assert "Leerrapport Welzijn Zonnehof" in text
    assert "geen sterke punten of verbeterpunten" in text
    assert "Het verbeterplan" not in text
    assert "Niet ingevuld" in text


def test_nothing_is_complained_of_while_a_report_is_made(caplog):
    logging.getLogger("weasyprint").setLevel(logging.WARNING)

    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        report(short_report())

    assert caplog.messages == []


def test_the_certificate_is_one_page_that_says_what_it_is(awarded):
    text = text_of(awarded)

    assert len(pikepdf.open(BytesIO(awarded)).pages) == 1
    for words in (
        "Welzijn Zonnehof",
        "SSW-2026-0042-K7QX9M",
        "van 7 mei 2026 tot en met 7 mei 2028",
        "Combinatietoets",
        "Jongerenwerk in Amersfoort en Leusden",
        "https://label.example/register/SSW-2026-0042-K7QX9M/",
        "Conceptnorm, eigen formulering.",
    ):
        assert words.replace(" ", "") in text.replace(" ", "")


def test_the_certificate_stays_one_page_however_much_work_it_is_about():
    name = "Stichting voor Maatschappelijke Ondersteuning en Sociaal Werk in de Regio " * 2
    scope = [f"Sociaal wijkteam in gemeente nummer {number}" for number in range(60)]
    organisation = {"name": name.strip(), "place": "'s-Hertogenbosch"}

    made = certificate(scope=scope, organisation=organisation, plan=True)

    assert len(pikepdf.open(BytesIO(made)).pages) == 1
    assert "zie het register" in text_of(made)
    assert "Controleer dit certificaat" in text_of(made)


@pytest.mark.parametrize("scope", [[], ["x" * 5000]])
def test_a_strange_scope_breaks_no_certificate(scope):
    assert len(pikepdf.open(BytesIO(certificate(scope=scope))).pages) == 1


def hostile(content):
    for holder, key in list(texts_of(content)):
        if key not in FIXED:
            holder[key] = HOSTILE
    return content


def assert_inert(made):
    text = text_of(made)
    with pikepdf.open(BytesIO(made)) as document:
        assert not document.attachments
        assert b"/JavaScript" not in made
        for page in document.pages:
            for link in page.obj.get("/Annots", []):
                assert "/A" not in link or str(link.A.URI).startswith("https://")
    assert "<script>alert(1)</script>" in text
    assert "{{ settings.SECRET_KEY }}" in text
    assert Path("/etc/hostname").read_text(encoding="utf-8").strip() not in text


def test_hostile_text_in_every_field_of_a_report_is_just_text():
    assert_inert(report(hostile(short_report())))


def test_hostile_text_in_every_field_of_a_certificate_is_just_text():
    content = hostile(make_certificate_content())
    content["address"] = "https://label.example/register/X/"

    assert_inert(pdf.render("pdf/certificate.html", rendering.certificate(content)))


REFUSED = [
    "http://127.0.0.1:9/x.png",
    "https://label.example/x.png",
    "HTTP://127.0.0.1:9/",
    "ftp://127.0.0.1/x",
    "file:///etc/hostname",
    "FILE:///etc/hostname",
    "//127.0.0.1/x",
    "sterk:missing.svg",
    "sterk:report.html",
    "sterk:settings.py",
    "sterk:../css/site.css",
    "sterk:..%2Fcss%2Fsite.css",
    "sterk:/etc/hostname",
    "sterk:sub/mark.svg",
    "sterk:mark.svg?x",
    "sterk:mark.svg\n",
    "STERK:mark.svg",
    "static:mark.svg",
    "jar:file:///x",
    "DATA:text/plain,x",
]


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_that_is_not_ours_is_refused(address):
    with pytest.raises(pdf.RefusedAddress):
        pdf.own_file(address)


PLACES = [
    '<link rel="attachment" href="{}">',
    '<link rel="stylesheet" href="{}">',
    '<p><img src="{}" alt="x">',
    '<p style="background: url({})">x</p>',
    "<style>@import url({});</style>",
    "<style>@font-face {{ font-family: x; src: url({}) }} p {{ font-family: x }}</style><p>x</p>",
    '<object data="{}"></object>',
    '<embed src="{}">',
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="{}" width="9" height="9"/></svg>',
    '<p style="list-style-image: url({}); display: list-item">x</p>',
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("address", ["file:///etc/hostname", "http://127.0.0.1:9/x"])
def test_a_document_that_asks_for_it_anyway_is_not_made(place, address, settings):
    page = f'<!doctype html><html lang="nl"><head><title>x</title></head>{place.format(address)}</html>'
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {"loaders": [("django.template.loaders.locmem.Loader", {"bad.html": page})]},
        }
    ]

    with pytest.raises(pdf.RefusedAddress):
        pdf.render("bad.html", {})


def test_the_same_content_gives_the_same_bytes_here_and_in_another_process(awarded):
    code = (
        "import django, hashlib; django.setup();"
        "from tests.sterk.test_pdf import certificate;"
        "print(hashlib.sha256(certificate()).hexdigest())"
    )
    elsewhere = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONHASHSEED": "4"},
        text=True,
    )

    assert certificate() == awarded
    assert elsewhere.stdout.strip() == hashlib.sha256(awarded).hexdigest()


def test_a_report_made_twice_is_the_same_report():
    assert report(short_report()) == report(short_report())


@pytest.mark.slow
def test_making_many_documents_does_not_fill_the_memory():
    for _ in range(10):
        certificate()
    before = resident()

    for _ in range(40):
        certificate()

    assert resident() - before < 6 * 1024 * 1024


def resident():
    """How many bytes of memory this process holds."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def test_a_word_without_end_can_break_and_nothing_else_changes():
    word = "x" * 59 + "&amp;" + "y" * 10

    made = pdf.breakable(f'<p title="{word}">{word} gewoon &lt;{"z" * 61}</p><b>{"w" * 60}</b>')

    assert made == (
        f'<p title="{word}">{"x" * 59}&amp;\u200b{"y" * 10} gewoon '
        f"&lt;{'z' * 59}\u200bzz</p><b>{'w' * 60}</b>"
    )
