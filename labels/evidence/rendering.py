"""How a piece of evidence is shown: as a chip with its kind."""

from django.template.defaultfilters import filesizeformat

ICONS = {"file": "file", "link": "link", "on_site": "on_site", "reflection": "copy"}
WORDS = {"file": "bestand", "link": "link", "on_site": "ter plekke", "reflection": "reflectie"}


def chip(shown, url=""):
    """What the chip says of a row of evidence, or of what a frozen copy keeps of one (both as a mapping)."""
    kind = shown["kind"]
    return {
        "icon": ICONS[kind],
        "name": shown["title"],
        "kind_label": file_label(shown) if kind == "file" else WORDS[kind],
        "url": url,
    }


def file_label(shown):
    """What sort of file, and how big: "pdf, 2 MB"."""
    suffix = shown["file_name"].rpartition(".")[2].lower()
    return f"{suffix}, {filesizeformat(shown['size'])}"
