"""Reads what stands within a line of plain YAML: words and numbers, quoted texts, lists and mappings in brackets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from servaudit.sources.scalars import DIGITS, WORDS, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    Token = tuple[str, str, str, str]

KEY: Final = r"(?:[A-Za-z_][\w.-]{0,99}+|[0-9]{1,15}+)"
FIRST: Final = r"-?[^\s?:,\[\]{}\#&*!|>'\"%@`-]"
"""How a word may begin."""
WORD: Final = rf"{FIRST}[^?:\#,\[\]{{}}\n]*+"
QUOTED: Final = r"""(?:"[^"\\\n]*+"|'[^'\n]*+')"""
_TOKEN: Final = re.compile(rf" *+(?:({KEY}): ++|({WORD})|({QUOTED})|(.))")
_END: Token = ("", "", "", "")
_DEEP: Final = 16
"""Levels of brackets that are read here."""


class OddError(Exception):
    """What is written is not as plain as it looked."""


def scalar(word: str) -> Any:  # noqa: ANN401 - a text, a number, a truth value or nothing
    """Read an unquoted scalar: every number sorts before ":"; what else is not a text is one of a few words."""
    word = word.rstrip(" ")
    return plain(word) if (word < ":" or word in WORDS) and len(word) <= DIGITS else word


def bracketed(text: str) -> Any:  # noqa: ANN401 - a list or a mapping
    """Read a list or mapping within a line."""
    tokens = iter(_TOKEN.findall(text.rstrip(" ")))
    value = _value(next(tokens), tokens, 0)
    if next(tokens, None):
        raise OddError
    return value


def _value(token: Token, tokens: Iterator[Token], depth: int) -> Any:  # noqa: ANN401 - whatever the line holds
    """Read the value within a line that a token begins."""
    _, word, quoted, mark = token
    if word:
        return scalar(word)
    if quoted:
        return quoted[1:-1]
    if depth > _DEEP or mark not in ("[", "{"):
        raise OddError
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
            raise OddError
        token = next(tokens, _END)


def _pairs(tokens: Iterator[Token], depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    key, *_, mark = next(tokens, _END)
    if mark == "}":
        return found
    while True:
        if not key or key in found or key in WORDS:
            raise OddError
        found[key] = _value(next(tokens, _END), tokens, depth)
        mark = next(tokens, _END)[3]
        if mark == "}":
            return found
        if mark != ",":
            raise OddError
        key = next(tokens, _END)[0]
