"""Tells by its bytes what keeps a photo from being shown: no image, cut short, or more pixels than a page takes."""

from __future__ import annotations

import struct
from typing import Final, NamedTuple

from servaudit.diagnostics import Message, msg

PIXELS: Final = 120_000_000
"""Pixels of a photo that pages show: what has more would take too much memory to unpack."""
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_PNG_END: Final = b"\0\0\0\0IEND\xaeB`\x82"
_SIGNATURES: Final = (b"\xff\xd8\xff", _PNG, b"GIF8", b"II*\0", b"MM\0*", b"BM")
_PARTS: Final = 2_000
"""Segments before the picture in a JPEG, boxes in a HEIC: real ones have a few dozen."""
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of a JPEG that are followed by its size."""
_SCAN: Final = 0xDA


class _Picture(NamedTuple):
    """What the bytes say: `width` and `height` in pixels where they were looked for, and whether the end is there."""

    width: int | None = None
    height: int | None = None
    whole: bool = True


def is_image(start: bytes) -> bool:
    """Tell by the first 16 bytes whether a file is of one of the kinds of image that phones and cameras make."""
    return start.startswith(_SIGNATURES) or start[8:12] == b"WEBP" or start[4:8] == b"ftyp"


def fault(path: str, content: bytes) -> Message | None:
    """Say why no page could show a photo; None when nothing speaks against it.

    Of GIF and TIFF the end is not looked at, of HEIC, AVIF, TIFF and WebP not the size.
    """
    try:
        picture = _picture(content) if is_image(content[:16]) else None
    except (struct.error, IndexError):  # it ends within its own head
        picture = _Picture(whole=False)
    if picture is None or 0 in (picture.width, picture.height):
        return msg("“{path}” is not an image, although its name says so", path=path)
    if not picture.whole:
        return msg("“{path}” is not whole: the end of the photo is missing", path=path)
    if (picture.width or 0) * (picture.height or 0) > PIXELS:
        return msg(
            "“{path}” has {width} × {height} pixels: no page shows a photo of more than {limit} million",
            path=path,
            width=picture.width,
            height=picture.height,
            limit=PIXELS // 1_000_000,
        )
    return None


def _picture(content: bytes) -> _Picture:
    """Read what is said at the start of an image; raises struct.error or IndexError where it ends too soon."""
    if content.startswith(b"\xff\xd8"):
        return _jpeg(content)
    if content.startswith(_PNG):
        width, height = struct.unpack_from(">II", content, 16)
        return _Picture(width, height, _PNG_END in content)
    if content.startswith(b"GIF8"):
        return _Picture(*struct.unpack_from("<HH", content, 6))
    if content.startswith(b"BM"):
        width, height = struct.unpack_from("<ii", content, 18)
        return _Picture(abs(width), abs(height), len(content) >= struct.unpack_from("<I", content, 2)[0])
    if content.startswith(b"RIFF"):
        return _Picture(whole=len(content) >= struct.unpack_from("<I", content, 4)[0] + 8)
    return _Picture(whole=content[4:8] != b"ftyp" or _boxes(content))


def _jpeg(content: bytes) -> _Picture:
    """Go through what stands before the picture, small copies of it too, and look for the end behind that."""
    at, width, height = 2, None, None
    for _ in range(_PARTS):
        if content[at] != 0xFF:  # noqa: PLR2004 - what every marker begins with
            break
        marker = content[at + 1]
        if marker == 0xFF:  # noqa: PLR2004 - filling
            at += 1
            continue
        if marker == _SCAN:
            return _Picture(width, height, content.find(b"\xff\xd9", at) > 0)
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", content, at + 5)
        at += 2 + max(struct.unpack_from(">H", content, at + 2)[0], 2)
    return _Picture(whole=False)


def _boxes(content: bytes) -> bool:
    """Tell whether the boxes that a HEIC or AVIF photo is made of end where its bytes do, or before.

    What is no box stands behind the photo.
    """
    at = 0
    for _ in range(_PARTS):
        if at + 8 >= len(content):
            break
        size = int.from_bytes(content[at : at + 4], "big")
        if not content[at + 4 : at + 8].isascii() or size == 0:
            break
        at += max(int.from_bytes(content[at + 8 : at + 16], "big") if size == 1 else size, 8)
    return at <= len(content)
