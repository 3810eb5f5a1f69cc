"""Where things stand in a text: the tree of places, and the way from a path of keys to line and column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.diagnostics import Span, msg
from servaudit.model.base import key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.diagnostics import Path

DEPTH = 64
"""Levels of nesting that a document may have."""
TOO_DEEP = (
    msg("the document is nested more than {limit} levels deep", limit=DEPTH),
    msg("look for a bracket, a dash or an indentation too many"),
)
NODES = 200_000
"""Values that a document may have: a hundred times what a large real one has."""
SNIPPET = 400
"""Characters of a line that a span carries."""


class Place:
    """A value: offsets in the text where it and its key start and end; `scalar` is what it says, if it is one.

    Children are found by key or by index.
    """

    __slots__ = ("children", "end", "key_end", "key_start", "scalar", "start")

    def __init__(self, start: int, end: int, *, key_start: int | None = None) -> None:
        self.start, self.end = start, end
        self.scalar: str | None = None
        self.key_start, self.key_end = key_start, 0
        self.children: dict[str | int, Place] = {}

    def walk(self, path: Path) -> Iterator[Place]:
        """Yield the places along a path, skipping the segments that the file lacks; the last is the nearest."""
        place = self
        yield place
        for segment in path:
            found = place.children.get(segment) or place.children.get(key(segment))
            if found is not None:
                place = found
                yield place

    def into(self, text: str, at: int) -> int:
        """Find the offset in the text of the value's character number `at`, through quotes, escapes and folds."""
        offset, said = self.start, 0
        scalar = self.scalar or ""
        while offset < self.end and said < len(scalar):
            if text[offset] == scalar[said]:
                if said == at:
                    return offset
                offset, said = offset + 1, said + 1
            elif scalar[said].isspace() and not text[offset].isspace():
                said += 1
            else:
                offset += 1
        return max(self.start, min(offset, self.end - 1))


def span(file: str, text: str, start: int, end: int) -> Span:
    """Make line and column (from 1) of offsets; only LF ends a line, and a span ends with its first line."""
    start = max(0, min(start, len(text)))
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", start)
    line_end = len(text) if line_end < 0 else line_end
    column = start - line_start + 1
    stop = max(min(end, line_end), start + 1) - line_start + 1
    line = text.count("\n", 0, start) + 1
    first = line_start if line_end - line_start <= SNIPPET else max(line_start, start - SNIPPET // 2)
    snippet = text[first : min(line_end, first + SNIPPET)]
    return Span(file, line, column, stop, snippet, first - line_start + 1)
