"""What is taken as evidence and what is not, with real files made here."""

import hashlib
import io
import struct
import zipfile
import zlib

import pikepdf
import pytest
from django.core.files import File
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile

from sterk import screening
from sterk.screening import Unacceptable, screen, sha256_of, tidy_name

OOXML = "application/vnd.openxmlformats-officedocument."
MAIN = {
    "docx": "wordprocessingml.document",
    "xlsx": "spreadsheetml.sheet",
    "pptx": "presentationml.presentation",
}
ODF = {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}


def upload(content, name):
    return SimpleUploadedFile(name, content)


def a_pdf(pages=1, **protection):
    document, made = pikepdf.new(), io.BytesIO()
    for _ in range(pages):
        document.add_blank_page()
    encryption = pikepdf.Encryption(**protection) if protection else False
    document.save(made, encryption=encryption)
    return made.getvalue()


def packed(parts, method=zipfile.ZIP_DEFLATED):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def an_office_file(ending, **parts):
    types = f'<Types><Override PartName="/x" ContentType="{OOXML}{MAIN[ending]}.main+xml"/></Types>'
    return packed({"[Content_Types].xml": types, "word/document.xml": "<w:document/>", **parts})


def an_open_document(ending, **parts):
    mimetype = f"application/vnd.oasis.opendocument.{ODF[ending]}"
    return packed({"mimetype": mimetype, "content.xml": "<x/>", **parts})


def a_png(width=3, height=2):
    def chunk(kind, content):
        body = kind + content
        return struct.pack(">L", len(content)) + body + struct.pack(">L", zlib.crc32(body))

    header = struct.pack(">LLBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0\0\0\0" * 2)
    chunks = (chunk(b"IHDR", header), chunk(b"IDAT", pixels), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def a_jpeg(width=3, height=2, before=b""):
    size = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\0"
    frame = (
        b"\xff\xff\xc0" + struct.pack(">H", len(size) + 2) + size
    )  # with a fill byte, as allowed
    start = b"\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
    return b"\xff\xd8" + start + before + frame + b"\xff\xd9"


def a_gif(width=3, height=2):
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\0\0\0;"


def a_webp(kind=b"VP8 ", width=3, height=2):
    body = {
        b"VP8 ": b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", width, height),
        b"VP8L": b"\x2f" + struct.pack("<L", width - 1 | (height - 1) << 14),
        b"VP8X": b"\0" * 4 + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little"),
    }[kind]
    chunk = b"WEBP" + kind + struct.pack("<L", len(body)) + body
    return b"RIFF" + struct.pack("<L", len(chunk)) + chunk + b"\0" * 8


TAKEN = {
    "verslag.pdf": (a_pdf(), "pdf", "application/pdf"),
    "VERSLAG.PDF": (a_pdf(), "pdf", "application/pdf"),
    "plan.docx": (an_office_file("docx"), "office", f"{OOXML}wordprocessingml.document"),
    "cijfers.xlsx": (an_office_file("xlsx"), "office", f"{OOXML}spreadsheetml.sheet"),
    "dag.pptx": (an_office_file("pptx"), "office", f"{OOXML}presentationml.presentation"),
    "plan.odt": (an_open_document("odt"), "office", "application/vnd.oasis.opendocument.text"),
    "cijfers.ods": (
        an_open_document("ods"),
        "office",
        "application/vnd.oasis.opendocument.spreadsheet",
    ),
    "dag.odp": (
        an_open_document("odp"),
        "office",
        "application/vnd.oasis.opendocument.presentation",
    ),
    "foto.png": (a_png(), "image", "image/png"),
    "foto.jpg": (a_jpeg(), "image", "image/jpeg"),
    "foto.jpeg": (a_jpeg(), "image", "image/jpeg"),
    "foto.gif": (a_gif(), "image", "image/gif"),
    "foto.webp": (a_webp(), "image", "image/webp"),
    "foto2.webp": (a_webp(b"VP8L"), "image", "image/webp"),
    "foto3.webp": (a_webp(b"VP8X"), "image", "image/webp"),
    "aantekening.txt": ("Één regel, mét accenten: ő €\r\n".encode(), "text", "text/plain"),
    "lijst.csv": (b"naam;aantal\r\nWandelgroep;12\r\n", "text", "text/plain"),
}


@pytest.mark.parametrize("name", TAKEN)
def test_what_people_really_have_is_taken(name):
    content, kind, media = TAKEN[name]

    found = screen(upload(content, name))

    assert (found.kind, found.media) == (kind, media)
    assert name.lower().rsplit(".", 1)[1] in found.extensions


def test_a_file_is_left_at_its_beginning_whatever_happens():
    good, bad = upload(a_pdf(), "a.pdf"), upload(b"\0\1\2", "a.pdf")

    screen(good)
    with pytest.raises(Unacceptable):
        screen(bad)

    assert (good.tell(), bad.tell()) == (0, 0)


def test_a_large_upload_on_disk_is_read_too():
    file = TemporaryUploadedFile("verslag.pdf", "application/pdf", 0, None)
    file.write(a_pdf(pages=300))
    file.size = file.tell()

    assert screen(file).kind == "pdf"


BIG = b"x" * 1000
REFUSED = {
    "empty": (b"", "a.pdf", "leeg"),
    "named otherwise": (a_pdf(), "a.docx", "eindigt op .docx, maar de inhoud is PDF"),
    "without an ending": (a_pdf(), "verslag", "heeft geen einde"),
    "a page of the web": (b"<html>", "a.pdf", "nemen we niet aan"),
    "a program": (b"MZ\x90\0" + BIG, "a.docx", "nemen we niet aan"),
    "a drawing with scripts": (b"<svg onload='x()'/>", "a.svg", "nemen we niet aan"),
    "noise": (bytes(range(256)) * 9, "a.txt", "nemen we niet aan"),
    "text with NUL": (b"abc\0def", "a.txt", "nemen we niet aan"),
    "text in another coding": ("één".encode("latin-1") + BIG, "a.txt", "nemen we niet aan"),
    "text cut off in a letter": ("é".encode()[:1], "a.txt", "nemen we niet aan"),
    "rich text": (b"{\\rtf1 hallo}", "a.rtf", "nemen we niet aan"),
    "a photo of an iPhone": (b"\0\0\0\x18ftypheic" + BIG, "a.heic", "JPEG"),
    "old Word": (screening.OLD_OFFICE + BIG, "a.doc", "voor 2007"),
    "old Word in new clothes": (screening.OLD_OFFICE + BIG, "a.docx", "voor 2007"),
    "Word with a password": (
        screening.OLD_OFFICE + b"x" * 65520 + "EncryptedPackage".encode("utf-16-le"),
        "a.docx",
        "op slot",
    ),
    "half a PDF": (b"%PDF-1.7\n" + BIG, "a.pdf", "beschadigd"),
    "a PDF of no pages": (a_pdf(pages=0), "a.pdf", "beschadigd"),
    "a locked PDF": (a_pdf(user="x", owner="y"), "a.pdf", "op slot"),
    "zip": (packed({"a.txt": "x"}), "a.zip", "Dit is een zip"),
    "zip called docx": (packed({"a.txt": "x"}), "a.docx", "Dit is een zip"),
    "docx called xlsx": (an_office_file("docx"), "a.xlsx", "inhoud is DOCX"),
    "half a docx": (an_office_file("docx")[:-30], "a.docx", "beschadigd"),
    "docx with macros": (
        an_office_file("docx", **{"word/vbaProject.bin": "x"}),
        "a.docx",
        "macro's",
    ),
    "odt with macros": (
        an_open_document("odt", **{"Basic/Standard/x.xml": "x"}),
        "a.odt",
        "macro's",
    ),
    "odt with a password": (
        an_open_document("odt", **{"META-INF/manifest.xml": "<manifest:encryption-data/>"}),
        "a.odt",
        "op slot",
    ),
    "a drawing of ODF": (
        packed({"mimetype": "application/vnd.oasis.opendocument.graphics"}),
        "a.odg",
        "document dat we niet kennen",
    ),
    "png without a size": (a_png(0, 5), "a.png", "beschadigd"),
    "half a png": (a_png()[:18], "a.png", "beschadigd"),
    "jpeg without a frame": (b"\xff\xd8\xff\xe0\0\x04xx\xff\xd9", "a.jpg", "beschadigd"),
    "jpeg of noise": (b"\xff\xd8\xff\xe0\0\x04xx" + BIG, "a.jpg", "beschadigd"),
    "png of many pixels": (a_png(60000, 60000), "a.png", "60000 bij 60000"),
    "jpeg of many pixels": (a_jpeg(60000, 60000), "a.jpg", "60000 bij 60000"),
    "gif of many pixels": (a_gif(60000, 60000), "a.gif", "60000 bij 60000"),
    "webp of many pixels": (a_webp(b"VP8X", 60000, 60000), "a.webp", "60000 bij 60000"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_says_what_is_wrong(case):
    content, name, words = REFUSED[case]

    with pytest.raises(Unacceptable, match=words):
        screen(upload(content, name))


def test_a_pdf_that_anybody_can_read_but_not_print_is_taken():
    locked = a_pdf(owner="geheim", allow=pikepdf.Permissions(print_lowres=False))

    assert screen(upload(locked, "a.pdf")).kind == "pdf"


def test_a_file_that_is_two_things_is_what_it_begins_with():
    two = a_pdf() + packed({"word/document.xml": "x"})

    assert screen(upload(two, "a.pdf")).kind == "pdf"
    with pytest.raises(Unacceptable, match="inhoud is PDF"):
        screen(upload(two, "a.docx"))
    with pytest.raises(Unacceptable, match="nemen we niet aan"):
        screen(upload(b"MZ\x90\0" + an_office_file("docx"), "a.docx"))


def test_a_phone_photo_with_much_before_its_size_is_taken():
    thumbnail = b"\xff\xe1" + struct.pack(">H", 60002) + b"\0" * 60000

    assert screen(upload(a_jpeg(before=thumbnail), "a.jpg")).kind == "image"


def test_more_than_25_megabytes_is_refused_unread(tmp_path):
    path = tmp_path / "groot.pdf"
    with path.open("wb") as sparse:
        sparse.truncate(26 * 1024 * 1024)

    with path.open("rb") as opened, pytest.raises(Unacceptable, match="26 MB; er past 25 MB"):
        screen(File(opened, "groot.pdf"))


def test_25_megabytes_is_taken(tmp_path):
    path = tmp_path / "net.txt"
    path.write_bytes(b"a" * 25 * 1024 * 1024)

    with path.open("rb") as opened:
        assert screen(File(opened, "net.txt")).kind == "text"


def test_a_document_that_grows_a_hundredfold_is_refused():
    zeros = an_office_file("docx", **{"word/media/x.bmp": b"\0" * 30_000_000})

    assert len(zeros) < 100_000
    with pytest.raises(Unacceptable, match="uitgepakt veel groter"):
        screen(upload(zeros, "a.docx"))


def test_a_document_of_very_many_parts_is_refused():
    many = an_office_file("docx", **{f"p{number}": "" for number in range(5000)})

    with pytest.raises(Unacceptable, match="uitgepakt veel groter"):
        screen(upload(many, "a.docx"))


def test_parts_that_lie_over_one_another_are_refused():
    content = an_office_file("docx", **{"word/media/x.bin": bytes(range(256)) * 40})
    at = content.rfind(b"PK\x01\x02")
    doctored = content[: at + 20] + struct.pack("<L", 2**30) + content[at + 24 :]

    with pytest.raises(Unacceptable, match="uitgepakt veel groter"):
        screen(upload(doctored, "a.docx"))


def test_a_list_of_parts_beyond_measure_is_refused_before_it_is_read():
    content = an_office_file("docx")
    doctored = content[:-12] + struct.pack("<HLLH", 9, 2**21, 0, 0)

    with pytest.raises(Unacceptable, match="uitgepakt veel groter"):
        screen(upload(doctored, "a.docx"))


def test_a_locked_part_is_a_locked_document():
    content = an_office_file("docx")
    at = content.rfind(b"PK\x01\x02")
    doctored = content[: at + 8] + b"\x01" + content[at + 9 :]

    with pytest.raises(Unacceptable, match="op slot"):
        screen(upload(doctored, "a.docx"))


@pytest.mark.parametrize(
    ("name", "tidy"),
    [
        ("Jaarplan 2026.pdf", "Jaarplan 2026.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Anna\\Mijn documenten\\plan.docx", "plan.docx"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie- x.pdf"),
        ("plan\u202efdp.exe", "planfdp.exe"),
        ("plan\u200b\u2066 \u00a0 één\u2069.pdf", "plan één.pdf"),
        ("e\u0301e\u0301n.pdf", "één.pdf"),
        ('wat? "dit" <of> dat|*.pdf', "wat- -dit- -of- dat--.pdf"),
        ("con.pdf", "bestand con.pdf"),
        ("LPT1", "bestand LPT1"),
        (".htaccess", "htaccess"),
        ("...", "bestand"),
        ("", "bestand"),
        ("\0\x07.pdf", "pdf"),
        ("😀 feest.png", "😀 feest.png"),
        ("naam.pdf. . ", "naam.pdf"),
    ],
)
def test_a_name_is_made_safe_and_stays_recognisable(name, tidy):
    assert tidy_name(name) == tidy


def test_a_long_name_keeps_its_end():
    name = tidy_name(f"{'heel lang ' * 40}.docx")

    assert len(name) <= 120
    assert name.endswith(".docx")


def test_a_name_that_was_made_safe_stays_as_it_is():
    for name in ("a b.pdf", "x" * 300 + ".pdf", "con.pdf", "?.pdf"):
        assert tidy_name(tidy_name(name)) == tidy_name(name)


def test_the_digest_is_that_of_the_whole_file_and_leaves_it_at_its_beginning():
    content = b"0123456789" * 50_000
    file = upload(content, "a.txt")
    file.seek(77)

    assert sha256_of(file) == hashlib.sha256(content).hexdigest()
    assert file.tell() == 0
