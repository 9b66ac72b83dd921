"""The one door to WeasyPrint: a template and frozen JSON in, an accessible PDF out.

The same content gives the same bytes: nothing here asks for the time. What is claimed is PDF/UA-1
as WeasyPrint writes it plus what :func:`finish` adds; ``tests/sterk/test_pdf.py`` says what of that
is checked, and no more is promised.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pikepdf
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

OWN_FILE = re.compile(r"sterk:([A-Za-z0-9-]+)\.(css|svg|ttf)")
MEDIA = {"css": "text/css", "svg": "image/svg+xml", "ttf": "font/ttf"}
FONTS = "font_source_sans_pro"  # the package; its files lie beside its __init__
TEXT = re.compile(r">[^<]+")  # between two tags; in attributes a > is written &gt;
ENDLESS = re.compile(r"((?:&#?\w+;|[^\s<>&]){60})(?=[^\s<>])")
MARKED = re.compile(rb"/\w+\s+<</MCID (\d+)>>\s+BDC")


class RefusedAddress(Exception):
    """A document asked for something that is not ours. No BaseException: a job can report it."""


def render(template: str, content: dict) -> bytes:
    """The PDF of this template with this content, tagged for PDF/UA-1.

    ``content`` is JSON that was frozen when the document was asked for. A document that asks for
    anything but ``data:`` and our own files is refused with :class:`RefusedAddress`.
    """
    engine = weasyprint()
    fetcher = engine.OwnFilesOnly()
    page = engine.HTML(string=breakable(render_to_string(template, content)), url_fetcher=fetcher)
    try:
        made = page.write_pdf(font_config=engine.fonts, pdf_variant="pdf/ua-1")
    except engine.FatalURLFetchingError as fault:
        raise RefusedAddress(str(fault)) from fault
    if fetcher.refused:  # inside a picture WeasyPrint keeps a refusal to itself
        raise RefusedAddress(", ".join(fetcher.refused))
    return finish(made)


def breakable(html: str) -> str:
    """Let words of more than 60 characters break: over one without end WeasyPrint takes minutes."""
    return TEXT.sub(lambda text: ENDLESS.sub("\\1\u200b", text[0]), html)


@cache
def weasyprint() -> SimpleNamespace:
    """The engine, loaded with the first document: a web process never pays for it or needs Pango.

    One font configuration per process: with one for every document a worker's memory grows.
    """
    from weasyprint import HTML  # noqa: PLC0415
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
    from weasyprint.urls import (  # noqa: PLC0415
        FatalURLFetchingError,
        URLFetcher,
        URLFetcherResponse,
    )

    class OwnFilesOnly(URLFetcher):
        """Only ``data:`` and our own files; WeasyPrint's own fetcher reads any address."""

        def __init__(self):
            super().__init__(
                allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True
            )
            self.refused = []

        def fetch(self, url, headers=None):
            if url.startswith("data:"):
                return super().fetch(url, headers)
            try:
                content, media = own_file(url)
            except RefusedAddress:
                self.refused.append(url)
                raise
            return URLFetcherResponse(url, content, {"Content-Type": media})

    return SimpleNamespace(
        HTML=HTML,
        FatalURLFetchingError=FatalURLFetchingError,
        OwnFilesOnly=OwnFilesOnly,
        fonts=FontConfiguration(),
    )


def own_file(address: str) -> tuple[bytes, str]:
    """Content and media type of one of our own files, by bare name; anything else is refused."""
    name = OWN_FILE.fullmatch(address)
    if name is None:
        raise RefusedAddress(address)
    stem, kind = name.groups()
    path = font_folder() / f"{stem}.ttf" if kind == "ttf" else finders.find(f"pdf/{stem}.{kind}")
    if path is None or not Path(path).is_file():
        raise RefusedAddress(address)
    return Path(path).read_bytes(), MEDIA[kind]


def font_folder() -> Path:
    """Where the type family lies that is embedded in every document."""
    spec = find_spec(FONTS)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(FONTS)
    return Path(spec.origin).parent / "files"


def finish(made: bytes) -> bytes:
    """Add what WeasyPrint 70 leaves out: scopes of headers, tab order, marks on running headers."""
    with pikepdf.open(BytesIO(made)) as document:
        reachable = set()
        for element in elements(document):
            reachable.add(element.objgen)
            if element.get(Name.S) == Name.TH:
                element.A.Scope = Name.Column if Name.THead == element.P.P.S else Name.Row
        for page, owners in zip(document.pages, parent_tree(document), strict=True):
            page.obj.Tabs = Name.S
            describe_links(page.obj)
            loose = {i for i, owner in enumerate(owners) if owner.objgen not in reachable}
            mark_as_artifact(document, page.obj, loose)
            for number in loose:
                owners[number] = None
        finished = BytesIO()
        document.save(finished, deterministic_id=True)
    return finished.getvalue()


def elements(document: Pdf) -> Iterator[Object]:
    """Every element of the structure tree."""
    waiting = [document.Root.StructTreeRoot]
    while waiting:
        kids = waiting.pop().get(Name.K)
        for kid in kids if isinstance(kids, Array) else [kids]:
            if isinstance(kid, Dictionary) and Name.S in kid:
                yield kid
                waiting.append(kid)


def parent_tree(document: Pdf) -> list[Object]:
    """Per page the elements that its marked content belongs to, by number."""
    numbers = document.Root.StructTreeRoot.ParentTree.Nums
    return [numbers[2 * page + 1] for page in range(len(document.pages))]


def mark_as_artifact(document: Pdf, page: Object, loose: set[int]) -> None:
    """Running headers and page numbers hang in no tree: keep them from being read on every page."""
    if not loose:
        return

    def remark(found: re.Match) -> bytes:
        return b"/Artifact <</Type /Pagination>> BDC" if int(found[1]) in loose else found[0]

    page.Contents = document.make_stream(MARKED.sub(remark, page.Contents.read_bytes()))


def describe_links(page: Object) -> None:
    """A link within the document is announced as where it leads: its anchor, with spaces."""
    for annotation in page.get(Name.Annots, []):
        if annotation.get(Name.Subtype) == Name.Link and Name.Dest in annotation:
            annotation.Contents = String(f"Naar {str(annotation.Dest).replace('-', ' ')}")
