"""How large a picture is, read from its header: the picture itself is never unpacked."""

import struct

from django.core.files import File

FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # the segments of a JPEG that tell its size
STANDALONE = {0x01, *range(0xD0, 0xDA)}  # markers without a length
MOST_SEGMENTS = 1000


class NoSize(ValueError):
    """The header does not say how large this picture is: it is damaged, or no picture."""


def size_of(file: File, media: str) -> tuple[int, int]:
    """Width and height of a picture of this media type; raises :class:`NoSize`."""
    file.seek(0)
    try:
        width, height = READERS[media](file)
    except struct.error as fault:
        raise NoSize from fault
    if not width or not height:
        raise NoSize
    return width, height


def of_png(file: File) -> tuple[int, int]:
    head = file.read(24)
    if head[12:16] != b"IHDR":
        raise NoSize
    return struct.unpack(">LL", head[16:24])


def of_gif(file: File) -> tuple[int, int]:
    return struct.unpack("<HH", file.read(10)[6:])


def of_webp(file: File) -> tuple[int, int]:
    head = file.read(30)
    match head[12:16]:
        case b"VP8X":
            return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(
                head[27:30], "little"
            ) + 1
        case b"VP8L":
            (bits,) = struct.unpack("<L", head[21:25])
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8 ":
            width, height = struct.unpack("<HH", head[26:30])
            return width & 0x3FFF, height & 0x3FFF
    raise NoSize


def of_jpeg(file: File) -> tuple[int, int]:
    """Walk from segment to segment until the one that describes the frame."""
    file.seek(2)
    for _ in range(MOST_SEGMENTS):
        start, marker = struct.unpack("BB", file.read(2))
        if start != 0xFF:
            break
        if marker == 0xFF:  # a fill byte: the marker comes after it
            file.seek(-1, 1)
            continue
        if marker in STANDALONE:
            continue
        (length,) = struct.unpack(">H", file.read(2))
        if marker in FRAMES:
            height, width = struct.unpack(">xHH", file.read(5))
            return width, height
        file.seek(length - 2, 1)
    raise NoSize


READERS = {
    "image/png": of_png,
    "image/gif": of_gif,
    "image/webp": of_webp,
    "image/jpeg": of_jpeg,
}
