"""Which Office or ODF document an archive is: looked into, never unpacked, and traps refused."""

import re
import struct
import zipfile
import zlib

from django.core.files import File

MEGABYTE = 1024 * 1024
LARGEST_UNPACKED = 200 * MEGABYTE  # what the parts of a document may be together
STEEPEST = 100  # times smaller by packing; real documents stay far below it
MOST_PARTS, LARGEST_DIRECTORY = 5000, MEGABYTE
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
OOXML = "application/vnd.openxmlformats-officedocument."
MAIN_PARTS = {
    b"wordprocessingml.document.main+xml": f"{OOXML}wordprocessingml.document",
    b"spreadsheetml.sheet.main+xml": f"{OOXML}spreadsheetml.sheet",
    b"presentationml.presentation.main+xml": f"{OOXML}presentationml.presentation",
}
MACROS = re.compile(r"vbaProject|^(Basic|Scripts)/.", re.IGNORECASE)


class Fault(ValueError):
    """Why an archive is not taken."""


class Damaged(Fault):
    """It cannot be read."""


class Bomb(Fault):
    """Unpacked it would be far larger than it looks."""


class Locked(Fault):
    """It needs a password."""


class Macros(Fault):
    """It carries programs."""


class Foreign(Fault):
    """It is an archive, but no document that we know."""


def media_of(file: File) -> str:
    """The media type of the document in this archive; raises a :class:`Fault`."""
    check_directory(file)
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            check_parts(archive, file.size)
            return open_document(archive) or office_document(archive)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, zlib.error) as fault:
        raise Damaged from fault


def check_directory(file: File) -> None:
    """The list of parts must be short before anybody reads it whole; found as ``zipfile`` does."""
    tail_size = min(file.size, 20 + 22 + 65535)
    file.seek(file.size - tail_size)
    tail = file.read(tail_size)
    at = len(tail) - 22
    if at < 0 or tail[at : at + 4] != b"PK\x05\x06" or tail[-2:] != b"\0\0":
        at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise Damaged
    parts, size = struct.unpack("<HL", tail[at + 10 : at + 16])
    far_away = b"PK\x06\x07" in tail[max(0, at - 20) : at]  # a second list, for files beyond 4 GB
    if far_away or parts > MOST_PARTS or size > LARGEST_DIRECTORY:
        raise Bomb


def check_parts(archive: zipfile.ZipFile, size: int) -> None:
    """No bombs, no locks, no macros."""
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    overlapping = sum(part.compress_size for part in parts) > size
    steep = unpacked > MEGABYTE and unpacked > STEEPEST * size
    if len(parts) > MOST_PARTS or unpacked > LARGEST_UNPACKED or overlapping or steep:
        raise Bomb
    if any(part.flag_bits & 1 for part in parts):
        raise Locked
    if any(MACROS.search(part.filename) for part in parts):
        raise Macros


def open_document(archive: zipfile.ZipFile) -> str:
    """What an ODF document says that it is; empty when it is none."""
    said = beginning(archive, "mimetype").decode("ascii", "replace").strip()
    if said.startswith(OPEN_DOCUMENT):
        if b"encryption-data" in beginning(archive, "META-INF/manifest.xml"):
            raise Locked
        return said
    return ""


def office_document(archive: zipfile.ZipFile) -> str:
    """What an Office document says about its main part."""
    types = beginning(archive, "[Content_Types].xml")
    for main, media in MAIN_PARTS.items():
        if main in types:
            return media
    raise Foreign


def beginning(archive: zipfile.ZipFile, name: str) -> bytes:
    """The first megabyte of a part; nothing when there is no such part."""
    try:
        with archive.open(name) as part:
            return part.read(MEGABYTE)
    except KeyError:
        return b""
