"""Changes a text at places and nowhere else: every other byte of the file stays as it is, line ends included."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_CRLF = re.compile(r"\r\n")
_BOM = "\ufeff"


class Edit(NamedTuple):
    """Put `text` in place of what stands from `start` to `end`, offsets in the text as `Source` has it."""

    start: int
    end: int
    text: str


def splice(content: bytes, edits: Iterable[Edit]) -> bytes:
    """Apply edits, which must not overlap, to a file's bytes (UTF-8). Line ends of what is put in are the file's."""
    raw = content.decode("utf-8")
    shift = len(_BOM) if raw.startswith(_BOM) else 0
    # Where the text of a `Source`, which has LF alone, is shorter than the file's: one character for each CRLF before.
    collapsed = [match.start() - shift - index for index, match in enumerate(_CRLF.finditer(raw))]
    lines = raw.count("\n")
    ends = "\r\n" if collapsed and 2 * len(collapsed) > lines else "\n"

    def place(offset: int) -> int:
        return offset + shift + bisect_left(collapsed, offset)

    parts, done = [], 0
    for start, end, text in sorted(edits):
        parts += [raw[done : place(start)], text.replace("\n", ends)]
        done = place(end)
    return "".join([*parts, raw[done:]]).encode("utf-8")
