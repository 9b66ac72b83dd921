"""Small real files for evidence: a one-page PDF, or plain text. Pure."""

import textwrap
from io import BytesIO

import pikepdf

A4 = [0, 0, 595, 842]
LINE = 15  # points between two lines


def as_text(title: str, body: str) -> bytes:
    """A plain text file."""
    return f"{title}\n\n{textwrap.fill(body, 78)}\n".encode()


def as_pdf(title: str, body: str) -> bytes:
    """A page of text in Helvetica; the same words give the same bytes."""
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )
    page = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=A4,
            Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font))),
            Contents=pdf.make_stream(_drawn(title, body)),
        )
    )
    pdf.pages.append(pikepdf.Page(page))
    pdf.docinfo["/Title"] = title
    out = BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _drawn(title, body):
    lines = [*textwrap.wrap(title, 60), "", *textwrap.wrap(body, 82)]
    shown = [f"BT /F1 11 Tf {LINE} TL 60 770 Td".encode()]
    shown += [b"(" + _escaped(line) + b") Tj T*" for line in lines]
    return b"\n".join([*shown, b"ET"])


def _escaped(line):
    raw = line.encode("cp1252", errors="replace")
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
