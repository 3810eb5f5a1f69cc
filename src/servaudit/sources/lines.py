"""Reads YAML that has one key and one value a line, as visits have, several times faster than from a parser's events.

Whatever else a text holds is left to `servaudit.sources.yaml`, which reads all of YAML and says what is wrong. What is
read here is read there to the same data, and without a fault: where that is in doubt, nothing is read here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from servaudit.sources.places import NODES
from servaudit.sources.scalars import DIGITS, WORDS, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    Token = tuple[str, str, str, str]

_BREAKS: Final = "\t\x85\u2028\u2029"
"""What ends or indents a line in some YAML, beside the line feed and the space."""
_DEEP: Final = 16
"""Levels of nesting that are read here."""
_KEY = r"[A-Za-z_][\w.-]{0,99}+"
_FIRST = r"-?[^\s?:,\[\]{}\#&*!|>'\"%@`-]"
_WORD = rf"{_FIRST}[^?:\#,\[\]{{}}\n]*+"
_QUOTED = r'"[^"\\\n]*+"'
_LINE: Final = re.compile(
    rf"""
    (\ *+) (?:
        ({_KEY}): (?:
            \ ++([|>]-?)\n ((?:\1\ ++.*+\n|\n)++)                         # a text on lines of its own
          | (?:\ ++(?:
                ({_FIRST}[^:\#\n]*+(?::[\w/][^:\#\n]*+)*+)                # a word, a number, a sentence
              | \{{({_KEY}):\ ++({_WORD}),\ ++({_KEY}):\ ++({_QUOTED})\}} # an answer and what was noted
              | ([\[{{].*+)                                               # another list or mapping
              | ({_QUOTED})
            ))?+ \ *+(?:(?<=\ )\#.*+)?\n
        )
      | (?:\#.*+)?\n
      | (.++)                                                             # all else
    )
    """,
    re.VERBOSE,
)
_TOKEN: Final = re.compile(rf" *+(?:({_KEY}): ++|({_WORD})|({_QUOTED})|(.))")
_END: Token = ("", "", "", "")


class _OddError(Exception):
    """What is written is not as plain as it looked."""


def parse(text: str) -> dict[str, Any] | None:
    """Read a text without control characters, its line ends LF; None when it is for the reader of all of YAML."""
    if len(text) > NODES or not text.endswith("\n") or any(mark in text for mark in _BREAKS):
        return None
    try:
        return _mapping(text) or None
    except _OddError:
        return None


def _mapping(text: str) -> dict[str, Any]:
    """Read the mapping that a text is, line by line."""
    root: dict[str, Any] = {}
    levels = [(root, 0)]  # the mappings that the line stands in, and where their keys begin
    into, column, opened = root, 0, ""  # opened: the key that the line before gave no value
    for indent, key, style, block, word, one, its, other, noted, flow, quoted, odd in _LINE.findall(text):
        if not key:
            if odd:
                raise _OddError
            continue
        if len(indent) != column:
            into, column = _level(levels, len(indent), opened)
        if key in into or key in WORDS:
            raise _OddError
        opened = ""
        if word:
            into[key] = _scalar(word)
        elif style:
            into[key] = _block(style, block)
        elif one or flow or quoted:
            into[key] = _within(one, its, other, noted, flow, quoted)
        else:
            into[key], opened = None, key
    return root


def _level(levels: list[tuple[dict[str, Any], int]], column: int, opened: str) -> tuple[dict[str, Any], int]:
    """Go on in the mapping whose keys begin at a column: a new one under the key `opened`, or one further out."""
    into, last = levels[-1]
    if column > last and opened and len(levels) < _DEEP:
        into[opened] = {}
        levels.append((into[opened], column))
    while levels[-1][1] > column:
        levels.pop()
    if levels[-1][1] != column:
        raise _OddError
    return levels[-1]


def _within(one: str, its: str, other: str, noted: str, flow: str, quoted: str) -> Any:  # noqa: ANN401 - whatever the line holds
    """Read a value within its line: two keys with a word and a text, a list or mapping, or a text in quotes."""
    if one:
        if one == other or one in WORDS or other in WORDS:
            raise _OddError
        return {one: _scalar(its), other: noted[1:-1]}
    if quoted:
        return quoted[1:-1]
    tokens = iter(_TOKEN.findall(flow))
    value = _value(next(tokens), tokens, 0)
    if next(tokens, None):
        raise _OddError
    return value


def _scalar(word: str) -> Any:  # noqa: ANN401 - a text, a number, a truth value or nothing
    """Read an unquoted scalar: every number sorts before ":"; what else is not a text is one of a few words."""
    word = word.rstrip(" ")
    return plain(word) if (word < ":" or word in WORDS) and len(word) <= DIGITS else word


def _block(style: str, block: str) -> str:
    """Read a text on lines of its own, all of them equally far in."""
    lines = block.rstrip("\n").split("\n")
    column = len(lines[0]) - len(lines[0].lstrip(" "))
    if not all(line[:column].isspace() and line[column : column + 1] not in ("", " ") for line in lines):
        raise _OddError
    joined = ("\n" if style[0] == "|" else " ").join([line[column:] for line in lines])
    return joined if style[1:] else joined + "\n"


def _value(token: Token, tokens: Iterator[Token], depth: int) -> Any:  # noqa: ANN401 - whatever the line holds
    """Read the value within a line that a token begins."""
    _, word, quoted, mark = token
    if word:
        return _scalar(word)
    if quoted:
        return quoted[1:-1]
    if depth > _DEEP or mark not in ("[", "{"):
        raise _OddError
    return _list(tokens, depth + 1) if mark == "[" else _pairs(tokens, depth + 1)


def _list(tokens: Iterator[Token], depth: int) -> list[Any]:
    found: list[Any] = []
    token = next(tokens, _END)
    if token[3] == "]":
        return found
    while True:
        found.append(_value(token, tokens, depth))
        mark = next(tokens, _END)[3]
        if mark == "]":
            return found
        if mark != ",":
            raise _OddError
        token = next(tokens, _END)


def _pairs(tokens: Iterator[Token], depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    key, *_, mark = next(tokens, _END)
    if mark == "}":
        return found
    while True:
        if not key or key in found or key in WORDS:
            raise _OddError
        found[key] = _value(next(tokens, _END), tokens, depth)
        mark = next(tokens, _END)[3]
        if mark == "}":
            return found
        if mark != ",":
            raise _OddError
        key = next(tokens, _END)[0]
