"""What a file really is. Its content decides, its name must agree, and nothing is unpacked or run.

Accepted are PDF, Office and ODF documents, images and plain text. Whatever is refused is refused
with a Dutch sentence that says what is wrong and what to do. Accepted is not the same as harmless:
a file can be two things at once, so it is only ever handed out as a download without guessing.
"""

import codecs
import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

import pikepdf
import puremagic
from django.core.files import File

from sterk import archives, pixels

MEGABYTE = 1024 * 1024
LARGEST = 25 * MEGABYTE
CHUNK = 64 * 1024
MOST_PIXELS = 100_000_000
LONGEST_NAME = 120
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
HEIC = {b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1"}
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


class Unacceptable(ValueError):
    """A file that is not taken. Its text is Dutch, for whoever chose the file."""


@dataclass(frozen=True)
class Screened:
    """What a file is (``pdf``, ``office``, ``image``, ``text``) and how its name may end."""

    kind: str
    media: str
    extensions: tuple[str, ...]

    @property
    def extension(self) -> str:
        """How the name of such a file usually ends."""
        return self.extensions[0]


PDF = Screened("pdf", "application/pdf", ("pdf",))
TEXT = Screened("text", "text/plain", ("txt", "md", "csv"))
IMAGES = {
    ".png": Screened("image", "image/png", ("png",)),
    ".jpg": Screened("image", "image/jpeg", ("jpg", "jpeg")),
    ".gif": Screened("image", "image/gif", ("gif",)),
    ".webp": Screened("image", "image/webp", ("webp",)),
}
DOCUMENTS = {
    f"{archives.OOXML}wordprocessingml.document": "docx",
    f"{archives.OOXML}spreadsheetml.sheet": "xlsx",
    f"{archives.OOXML}presentationml.presentation": "pptx",
    f"{archives.OPEN_DOCUMENT}text": "odt",
    f"{archives.OPEN_DOCUMENT}spreadsheet": "ods",
    f"{archives.OPEN_DOCUMENT}presentation": "odp",
}
UNKNOWN = (
    "Dit soort bestand nemen we niet aan. Je kunt PDF, Word, Excel, PowerPoint, LibreOffice, "
    "afbeeldingen (JPEG, PNG, GIF, WebP) en gewone tekst toevoegen. Bewaar het als PDF."
)
DAMAGED = "Dit bestand is beschadigd. Open het, bewaar het opnieuw en probeer het nog eens."
LOCKED = (
    "Dit bestand zit op slot met een wachtwoord. Bewaar het zonder wachtwoord en probeer het "
    "opnieuw."
)
OLD = (
    "Dit is een Office-bestand van voor 2007 (.doc, .xls of .ppt). Bewaar het als .docx, .xlsx, "
    ".pptx of PDF en probeer het opnieuw."
)
PHONE = "Dit is een foto in HEIC. Bewaar of deel de foto als JPEG en voeg die toe."
FAULTS = {
    archives.Damaged: DAMAGED,
    archives.Locked: LOCKED,
    archives.Bomb: (
        "Dit document is uitgepakt veel groter dan het lijkt. Bewaar het als PDF en voeg dat toe."
    ),
    archives.Macros: (
        "In dit document zitten macro's: stukjes programma. Bewaar het zonder macro's, of als PDF."
    ),
    archives.Foreign: (
        "Dit is een zip, of een document dat we niet kennen. Pak het uit en voeg de bestanden los "
        "toe, of bewaar het als PDF."
    ),
}


def screen(file: File) -> Screened:
    """What this file is; raises :class:`Unacceptable`.

    Reads piece by piece and leaves the file at its beginning.
    """
    check_size(file.size)
    try:
        found = recognise(file)
        check_name(file.name or "", found)
    finally:
        file.seek(0)
    return found


def check_size(size: int) -> None:
    if size == 0:
        raise Unacceptable("Dit bestand is leeg. Kijk of je het goede bestand koos.")
    if size > LARGEST:
        raise Unacceptable(
            f"Dit bestand is {size / MEGABYTE:.0f} MB; er past 25 MB. Maak het kleiner, deel het "
            "in stukken, of voeg een link toe naar de plek waar het staat."
        )


def check_name(name: str, found: Screened) -> None:
    """The name must say what the content is: nobody opens something else than they expect."""
    ending = os.path.splitext(tidy_name(name))[1].removeprefix(".").lower()
    if ending in found.extensions:
        return
    if found is TEXT:  # a web page, a drawing, a program: text to us, but not to who opens it
        raise Unacceptable(UNKNOWN)
    said = f"eindigt op .{ending}" if ending else "heeft geen einde zoals .pdf"
    raise Unacceptable(
        f"De naam van dit bestand {said}, maar de inhoud is {found.extension.upper()}. "
        "Bewaar het opnieuw in het programma waarin je het maakte, en kies het dan nog eens."
    )


def recognise(file: File) -> Screened:
    """What the content is, looked into as deep as its kind asks."""
    file.seek(0)
    head = file.read(4096)
    if head.startswith(b"PK\x03\x04"):
        return recognise_packed(file)
    if head.startswith(OLD_OFFICE):
        raise Unacceptable(LOCKED if is_locked_office(file) else OLD)
    if head[4:12] in HEIC:
        raise Unacceptable(PHONE)
    endings = guesses(head)
    if ".pdf" in endings:
        check_pdf(file)
        return PDF
    for ending, image in IMAGES.items():
        if ending in endings:
            check_pixels(file, image)
            return image
    if is_text(file):
        return TEXT
    raise Unacceptable(UNKNOWN)


def recognise_packed(file: File) -> Screened:
    """Which document an archive is."""
    try:
        media = archives.media_of(file)
        return Screened("office", media, (DOCUMENTS[media],))
    except archives.Fault as fault:
        raise Unacceptable(FAULTS[type(fault)]) from fault
    except KeyError as fault:
        raise Unacceptable(FAULTS[archives.Foreign]) from fault


def guesses(head: bytes) -> set[str]:
    """The endings that puremagic finds fitting for these first bytes."""
    try:
        return {found.extension for found in puremagic.magic_string(head)}
    except puremagic.PureError:
        return set()


def pieces(file: File) -> Iterator[bytes]:
    """The content from its beginning, piece by piece."""
    file.seek(0)
    while piece := file.read(CHUNK):
        yield piece


def is_text(file: File) -> bool:
    """Whether it is UTF-8 throughout, without NUL or other signs that are meant for machines."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for piece in pieces(file):
            if re.search(r"[\x00-\x08\x0b\x0e-\x1f\x7f]", decoder.decode(piece)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def check_pdf(file: File) -> None:
    """It must open without a password; a lock on printing or copying is no hindrance to reading."""
    file.seek(0)
    try:
        with pikepdf.open(cast("BinaryIO", file)) as document:
            pages = len(document.pages)
    except pikepdf.PasswordError as fault:
        raise Unacceptable(LOCKED) from fault
    except pikepdf.PdfError as fault:
        raise Unacceptable(DAMAGED) from fault
    if not pages:
        raise Unacceptable(DAMAGED)


def is_locked_office(file: File) -> bool:
    """Office documents with a password wear the same coat as those from before 2007."""
    sought, before = "EncryptedPackage".encode("utf-16-le"), b""
    for piece in pieces(file):
        if sought in before + piece:
            return True
        before = piece[-len(sought) :]
    return False


def check_pixels(file: File, image: Screened) -> None:
    """A small file can describe a picture that fills the memory of whoever opens it."""
    try:
        width, height = pixels.size_of(file, image.media)
    except pixels.NoSize as fault:
        raise Unacceptable(DAMAGED) from fault
    if width * height > MOST_PIXELS:
        raise Unacceptable(
            f"Deze afbeelding is {width} bij {height} beeldpunten. Maak haar kleiner en probeer "
            "het opnieuw."
        )


def tidy_name(name: str) -> str:
    """A name that is safe on every disk and in every header, and still recognisable."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kinds = {c: unicodedata.category(c)[0] for c in last}
    shown = "".join(" " if kinds[c] == "Z" else c for c in last if kinds[c] != "C")
    shown = " ".join(re.sub(r'[<>:"|?*]', "-", shown).split())
    stem, ending = os.path.splitext(shown.lstrip(". "))
    stem, ending = stem.strip(". ") or "bestand", ending.rstrip(". ")[:12]
    if RESERVED.fullmatch(stem.split(".")[0]):
        stem = f"bestand {stem}"
    return f"{stem[: LONGEST_NAME - len(ending)].rstrip('. ')}{ending}"


def sha256_of(file: File) -> str:
    """The digest of the content, in hexadecimal; leaves the file at its beginning."""
    digest = hashlib.sha256()
    for piece in pieces(file):
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()
