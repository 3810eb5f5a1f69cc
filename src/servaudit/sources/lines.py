"""Reads YAML that has one key and one value a line, as visits have, several times faster than from a parser's events.

Whatever else a text holds is left to `servaudit.sources.yaml`, which reads all of YAML and says what is wrong. What is
read here is read there to the same data, and without a fault: where that is in doubt, nothing is read here.
"""

from __future__ import annotations

import re
from typing import Any, Final

from servaudit.sources.inline import FIRST, KEY, QUOTED, WORD, OddError, bracketed, scalar
from servaudit.sources.places import NODES
from servaudit.sources.scalars import WORDS

_BREAKS: Final = "\t\x85\u2028\u2029"
"""What ends or indents a line in some YAML, beside the line feed and the space."""
_DEEP: Final = 16
"""Levels of nesting that are read here."""
# Only single characters are repeated without giving back: of groups, Python before 3.11.5 does it wrong.
_LINE: Final = re.compile(
    rf"""
    (\ *+) (-\ ++)? (?:({KEY}):(?:\ ++|(?=\n)))?
    (?: (?: ({FIRST}[^:\#\n]*+(?::[\w/][^:\#\n]*+)*)                # a word, a number, a sentence
          | \{{ ({KEY}):\ ++({WORD}),\ ++({KEY}):\ ++({QUOTED}) \}} # an answer and what was noted
          | ([\[{{].*+)                                             # another list or mapping
          | ({QUOTED})
        )? \ *+ (?:(?<![^ \n])\#.*+)? \n
      | (?(2)(?!)|([|>]-?)\n ((?:\1\ ++.*+\n|\ *+\n)+))             # a text on lines of its own
      | (.++)                                                       # all else
    )
    """,
    re.VERBOSE,
)
_NOTHING: Final = object()


def parse(text: str) -> dict[str, Any] | None:
    """Read a text without control characters, its line ends LF; None when it is for the reader of all of YAML."""
    if len(text) > NODES or not text.endswith("\n") or any(mark in text for mark in _BREAKS):
        return None
    try:
        return _mapping(text) or None
    except OddError:
        return None


def _mapping(text: str) -> dict[str, Any]:
    """Read the mapping that a text is, line by line."""
    root: dict[str, Any] = {}
    outline = _Outline(root)
    into, column = root, 0
    for indent, dash, key, word, one, its, other, noted, flow, quoted, style, block, odd in _LINE.findall(text):
        value = scalar(word) if word else _written(one, its, other, noted, flow, quoted, style, block, odd)
        if dash:
            items = outline.items(len(indent))
            if not key:
                items.append(_something(value))
                column = -1  # no key is in it
                continue
            column = len(indent) + len(dash)
            items.append({})
            into = outline.begin(items[-1], column)
        elif not key:
            if value is not _NOTHING:
                raise OddError
            continue
        elif len(indent) != column:
            column = len(indent)
            into = outline.mapping(column)
        if key in into or key in WORDS:
            raise OddError
        into[key], outline.opened = (value, "") if value is not _NOTHING else (None, key)
    return root


def _something(value: Any) -> Any:  # noqa: ANN401 - whatever the line holds
    """Give what was written, which has to be something."""
    if value is _NOTHING:
        raise OddError
    return value


class _Outline:
    """The mappings and lists that a line stands in, each with the column where its keys or dashes are.

    `opened` is the key that the line before gave no value: what is further in is its value.
    """

    def __init__(self, root: dict[str, Any]) -> None:
        self.opened = ""
        self._levels: list[tuple[Any, int]] = [(root, 0)]

    def begin(self, container: Any, column: int) -> Any:  # noqa: ANN401 - a mapping or a list
        """Go into a new mapping or list."""
        if len(self._levels) > _DEEP:
            raise OddError
        self._levels.append((container, column))
        self.opened = ""
        return container

    def mapping(self, column: int) -> dict[str, Any]:
        """Give the mapping whose keys are at a column, which is not that of the line before."""
        into, last = self._levels[-1]
        if self.opened and column > last:
            into[self.opened] = {}
            return self.begin(into[self.opened], column)  # type: ignore[no-any-return] # it is what was given
        return self._back(column, dict)  # type: ignore[no-any-return] # it has that type

    def items(self, column: int) -> list[Any]:
        """Give the list whose dashes are at a column."""
        into, last = self._levels[-1]
        if self.opened and column >= last:
            into[self.opened] = []
            return self.begin(into[self.opened], column)  # type: ignore[no-any-return] # it is what was given
        return self._back(column, list)  # type: ignore[no-any-return] # it has that type

    def _back(self, column: int, kind: type) -> Any:  # noqa: ANN401 - what has that type
        """Go back to what is at a column; a list may be at that of the key that it belongs to."""
        levels, self.opened = self._levels, ""
        while levels[-1][1] > column or (levels[-1][1] == column and type(levels[-1][0]) is list is not kind):
            levels.pop()
        if levels[-1][1] != column or type(levels[-1][0]) is not kind:
            raise OddError
        return levels[-1][0]


def _written(
    one: str, its: str, other: str, noted: str, flow: str, quoted: str, style: str, block: str, odd: str
) -> Any:  # noqa: ANN401 - whatever the line holds
    """Read what is no word: an answer with what was noted, a list or mapping, a text in quotes or on its own lines."""
    if one:
        if one == other or one in WORDS or other in WORDS:
            raise OddError
        return {one: scalar(its), other: noted[1:-1]}
    if quoted:
        return quoted[1:-1]
    if flow:
        return bracketed(flow)
    if odd:
        raise OddError
    return _block(style, block) if style else _NOTHING


def _block(style: str, block: str) -> str:
    """Read a text on lines of its own, all of them equally far in."""
    lines = block.rstrip("\n").split("\n")
    column = len(lines[0]) - len(lines[0].lstrip(" "))
    if not all(line.startswith(" " * column) and line[column : column + 1] not in ("", " ") for line in lines):
        raise OddError
    joined = ("\n" if style[0] == "|" else " ").join([line[column:] for line in lines])
    return joined if style[1:] else joined + "\n"
