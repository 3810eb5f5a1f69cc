"""Photos that a JSON observation carries in itself: set apart while its text is parsed, decoded when asked for."""

from __future__ import annotations

import base64
import binascii
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_PHOTO: Final = re.compile(r'"data:image/(?:jpeg|png|webp);base64,[A-Za-z0-9+/]{64,}={0,2}"')
_MARK: Final = re.compile(r"data:image/;photo,(\d+)")


def set_apart(text: str) -> tuple[str, list[str]]:
    """Put marks in place of the photos in a JSON text; gives the shorter text, lines unchanged, and the photos."""
    photos: list[str] = []

    def mark(found: re.Match[str]) -> str:
        photos.append(found[0][1:-1])
        return f'"data:image/;photo,{len(photos) - 1}"'

    return (_PHOTO.sub(mark, text) if '"data:image/' in text else text), photos


def put_back(data: object, photos: list[str]) -> None:
    """Put photos back where an observation carries them; a mark anywhere else stays one."""
    carried = data.get("photos") if isinstance(data, dict) else None
    if isinstance(carried, dict):
        for name, value in carried.items():
            found = _MARK.fullmatch(value) if isinstance(value, str) else None
            if found is not None and int(found[1]) < len(photos):
                carried[name] = photos[int(found[1])]


def decoded(address: str) -> bytes | None:
    """Decode a `data:` address; None when it is none."""
    head, _, letters = address.partition(";base64,")
    if not head.startswith("data:image/"):
        return None
    try:
        return base64.b64decode(letters, validate=True)
    except (binascii.Error, ValueError):
        return None


@lru_cache(maxsize=1)
def photos_in(observation: str) -> Mapping[str, str]:
    """Read the photos that a JSON observation carries, by name; a page asks for them one by one."""
    from servaudit import sources  # noqa: PLC0415 - it is what reads documents, these too

    data: Any = sources.read(observation).data if observation.lower().endswith(".json") else None
    carried = data.get("photos") if isinstance(data, dict) else None
    return {name: one for name, one in carried.items() if isinstance(one, str)} if isinstance(carried, dict) else {}
