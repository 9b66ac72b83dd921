"""The pictures of a report: every norm is a bead on a string, with the sign of its judgement.

Pure: content in, SVG out. One millimetre on paper is four units. The words in a picture are for who
looks; the alternative text says the same in full.
"""

import textwrap
from base64 import b64encode
from collections import Counter
from html import escape

# The four signs of templates/pdf/sign.html and of the screen: told apart by shape, not by colour.
SIGNS = {
    "met": ("voldoet", "#2b7a4b"),
    "partly_met": ("voldoet deels", "#8a5a00"),
    "not_met": ("voldoet niet", "#a3261c"),
    "undetermined": ("niet vastgesteld", "#5b6670"),
}
UNANSWERED = "#8c969d"
WIDTH = 664  # 166 mm, the width of the text
INK, MUTED, STRING, PAPER = "#1f2a30", "#55636b", "#d3cabb", "#ffffff"
VOICES, BEADS, COUNTS = 246, 270, 558  # where the columns beside a title begin
ROW = 66  # height of one cluster


def pictures(themes):
    """The picture of the whole and one per group, each as title, src and alt."""
    norms = [norm for theme in themes for cluster in theme["clusters"] for norm in cluster["norms"]]
    return {"whole": whole(norms), "themes": [of_theme(theme) for theme in themes]}


def whole(norms):
    """All norms in two strings, sorted by judgement: the panel above, the organisation below."""
    parts = []
    for row, (voice, judgements) in enumerate(voices(norms)):
        y = 14 + row * 44
        parts.append(text(0, y + 4, voice, size=12.5, weight=600))
        parts += sorted_string(judgements, y)
    return picture("Alle normen samen", 84, parts, in_full(norms))


def sorted_string(judgements, y):
    """One string of beads; under each part of it how many there are."""
    counts, x = Counter(judgements), 122.0
    pitch = min(16.0, (WIDTH - x - 12 * len(counts)) / max(len(judgements), 1))
    yield line(x - 12, x + pitch * len(judgements) + 12 * (len(counts) - 1), y)
    for code, (_label, colour) in SIGNS.items():
        if not counts[code]:
            continue
        for number in range(counts[code]):
            yield sign(code, x + pitch * number, y, pitch * 0.4)
        yield text(x - pitch * 0.4, y + 20, counts[code], size=11.5, fill=colour, weight=600)
        x += pitch * counts[code] + 12


def of_theme(theme):
    """The clusters of one group below one another, every norm in its own place."""
    parts, told = [], []
    for row, cluster in enumerate(theme["clusters"]):
        parts += of_cluster(cluster, row * ROW)
        told.append(f"{cluster['title']}: {in_full(cluster['norms'])}")
    return picture(theme["title"], len(theme["clusters"]) * ROW, parts, " ".join(told))


def of_cluster(cluster, top):
    """Title, codes, the panel's beads, the organisation's own beads, and the counts of both."""
    for number, words in enumerate(textwrap.wrap(cluster["title"], 30)[:3]):
        yield text(0, top + 27 + number * 15, words, size=13, weight=600)
    norms = cluster["norms"]
    pitch = min(30.0, (COUNTS - BEADS - 24) / max(len(norms), 1))
    for number, norm in enumerate(norms):
        yield text(
            BEADS + pitch * number, top + 10, norm["code"], size=9.5, fill=MUTED, anchor="middle"
        )
    for (voice, judgements), y, radius in zip(
        voices(norms), (top + 25, top + 46), (7.5, 5.2), strict=True
    ):
        yield text(VOICES, y + 4, voice.lower(), size=10.5, fill=MUTED, anchor="end")
        yield line(BEADS - 12, BEADS + pitch * (len(norms) - 1) + 12, y)
        for number, code in enumerate(judgements):
            yield sign(code, BEADS + pitch * number, y, min(radius, pitch * 0.45))
        yield from counted(judgements, y)


def counted(judgements, y):
    """How often each judgement was given, small, at the end of a string."""
    x, counts = COUNTS + 6, Counter(judgements)
    for code, (_label, colour) in SIGNS.items():
        if counts[code]:
            yield text(x + 8, y + 4, counts[code], size=11, fill=colour, weight=600, anchor="end")
            yield sign(code, x + 14, y, 3.4)
            x += 24


def voices(norms):
    """Who judged, and what they found, in the order of the norms."""
    yield "Toetsteam", [norm["verdict"]["judgement"] for norm in norms]
    yield "Zelf", [norm["own"]["judgement"] for norm in norms]


def in_full(norms):
    """The counts in words, for who does not see the picture."""
    told = []
    for voice, judgements in voices(norms):
        counts = Counter(judgements)
        words = [f"{counts[code]} {SIGNS[code][0]}" for code in SIGNS if counts[code]]
        told.append(f"{voice}: {', '.join(words) or 'niets ingevuld'}.")
    return " ".join(told)


def sign(code, x, y, radius):
    """The sign of a judgement around a point; a small dot where nothing was filled in."""
    ring, colour = radius * 0.86, SIGNS.get(code, ("", UNANSWERED))[1]
    outline = {"fill": PAPER, "stroke": colour, "stroke_width": radius * 0.28}
    match code:
        case "met":
            return tag("circle", cx=x, cy=y, r=radius, fill=colour)
        case "partly_met":
            half = f"M{x:.2f} {y - ring:.2f}a{ring:.2f} {ring:.2f} 0 0 0 0 {2 * ring:.2f}z"
            return tag("circle", cx=x, cy=y, r=ring, **outline) + tag("path", d=half, fill=colour)
        case "not_met":
            return tag("circle", cx=x, cy=y, r=ring, **outline)
        case "undetermined":
            return tag("circle", cx=x, cy=y, r=radius, fill=PAPER) + tag(
                "path",
                d=f"M{x - ring:.2f} {y:.2f}h{2 * ring:.2f}",
                stroke=colour,
                stroke_width=radius * 0.4,
            )
    return tag("circle", cx=x, cy=y, r=radius * 0.4, fill=colour)


def line(start, end, y):
    """The string that beads hang on."""
    return tag("path", d=f"M{start:.2f} {y:.2f}H{end:.2f}", stroke=STRING, stroke_width=1.6)


def text(x, y, words, *, size, fill=INK, weight=400, anchor="start"):
    """Words in a picture; characters that XML does not know are left out."""
    readable = "".join(c for c in str(words) if c.isprintable())
    return tag(
        "text",
        readable,
        x=x,
        y=y,
        font_size=size,
        fill=fill,
        font_weight=weight,
        text_anchor=anchor,
    )


def tag(name, content="", **attributes):
    """One element; names are written with an underscore for a hyphen, numbers with two decimals."""
    written = "".join(
        f' {key.replace("_", "-")}="{value:.2f}"'
        if isinstance(value, float)
        else f' {key.replace("_", "-")}="{value}"'
        for key, value in attributes.items()
    )
    return f"<{name}{written}>{escape(content)}</{name}>"


def picture(title, height, parts, alt):
    """An image that stands in the document itself, so that nothing has to be fetched."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}"'
        f' viewBox="0 0 {WIDTH} {height}" font-family="Sterk Sans">{"".join(parts)}</svg>'
    )
    return {
        "title": title,
        "src": f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}",
        "alt": alt,
    }
