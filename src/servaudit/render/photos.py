"""Makes photos fit to be carried in a page: verified, upright, small, and without what cameras write beside them."""

from __future__ import annotations

import base64
import io
import warnings
from collections.abc import Callable
from typing import NamedTuple

from servaudit.sources.photos import PIXELS

SIDE = 1280
BUDGET = 60 * 1024 * 1024
_QUALITY = 78
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP")


# Given the path of an observation and of a file beside it, reads that file; None where it is not to be read.
Reader = Callable[[str, str], bytes | None]


class Photo(NamedTuple):
    """A picture ready for a page: its `address` is a `data:` one; `width` and `height` in pixels."""

    address: str
    width: int
    height: int


class Photos:
    """The photos of one page: each is carried once, and no more of them than `budget` bytes in all."""

    def __init__(self, read: Reader, *, budget: int = BUDGET) -> None:
        self._read = read
        self._left = budget
        self._seen: set[tuple[str, str]] = set()

    def take(self, observation: str, path: str) -> Photo | None:
        """Give the photo at `path` beside an observation; None when it is none, was given before, or is too much."""
        if (observation, path) in self._seen:
            return None
        self._seen.add((observation, path))
        content = self._read(observation, path)
        photo = shrunk(content) if content else None
        if photo is None or len(photo.address) > self._left:
            return None
        self._left -= len(photo.address)
        return photo


def shrunk(content: bytes, side: int = SIDE) -> Photo | None:
    """Make a JPEG of any photo, `side` pixels at most; None when it is no picture or has more than `PIXELS`.

    Nothing of the file but its pixels is kept: no position, no camera, no date, no comment.
    """
    from PIL import Image, ImageOps  # noqa: PLC0415 - only a page with photos needs it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # doubtful metadata is left behind anyway
            with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
                if picture.width * picture.height > PIXELS:
                    return None
                picture.draft("RGB", (side, side))
                upright = ImageOps.exif_transpose(picture)
                upright.thumbnail((side, side))
                whole = upright.convert("RGBA") if upright.mode in {"P", "PA", "LA"} else upright
                plain = Image.new("RGB", whole.size, "white")
                plain.paste(whole.convert("RGB"), mask=whole.getchannel("A") if whole.mode == "RGBA" else None)
    except (OSError, ValueError, SyntaxError, ArithmeticError, LookupError, TypeError, MemoryError):
        return None
    except Image.DecompressionBombError:
        return None
    written = io.BytesIO()
    plain.save(written, "JPEG", quality=_QUALITY, optimize=True)
    return Photo(f"data:image/jpeg;base64,{base64.b64encode(written.getvalue()).decode()}", *plain.size)
