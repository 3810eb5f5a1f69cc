"""What an unquoted word is: YAML 1.2's core schema, less what would surprise an auditor; and safe texts."""

from __future__ import annotations

import re
from functools import lru_cache
from math import isinf
from typing import TYPE_CHECKING

from servaudit.model.base import Numeral

if TYPE_CHECKING:
    from collections.abc import Callable

    from servaudit.diagnostics import Path

DIGITS = 300
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_STAND_IN = 0x10FFFF
_CONTROLS = (
    *range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0),
    *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF, 0xFFFE, 0xFFFF, _STAND_IN,
)  # fmt: skip
_HIDDEN = "".join(map(chr, _CONTROLS))
_HIDDEN_IN_ASCII = "".join(control for control in _HIDDEN if control.isascii())
_STOOD_IN = dict.fromkeys(_CONTROLS, _STAND_IN)
# A text: it is compiled when it is first needed, which is hardly ever.
_UNSAFE = "[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff\U0010ffff]"


def hides_controls(text: str) -> bool:
    """Whether control characters or direction overrides stand in a text as they are.

    To look for each of them is three times faster than a regular expression, and takes none to be compiled.
    """
    return any(control in text for control in (_HIDDEN_IN_ASCII if text.isascii() else _HIDDEN))


def stood_in(text: str) -> str:
    """Put a character that never means anything in place of the control characters, which parsers refuse."""
    return text.translate(_STOOD_IN)


@lru_cache(maxsize=512)
def plain(text: str) -> str | int | float | bool | None:
    """Read an unquoted scalar. `007`, `0x1F`, `12:30`, `yes`, `1,5`, dates, `.nan` and `.inf` are texts."""
    if text in WORDS:
        return WORDS[text]
    return number(text)


def number(text: str) -> str | int | float:
    """Read a number, remembering how it was written when that is not how Python writes it; else give the text back.

    Numbers of more than 300 characters, or beyond the largest double, stay text.
    """
    if len(text) > DIGITS or not _FLOAT.fullmatch(text):
        return text
    if _INTEGER.fullmatch(text):
        integer = int(text)
        return integer if str(integer) == text else Numeral(text)
    value = float(text)
    if isinf(value):
        return text
    return value if repr(value) == text else Numeral(text)


def strip(data: object, found: Callable[[Path, bool], None], path: Path = ()) -> object:
    """Take control characters, direction overrides and lone surrogates out of every text.

    `found` hears where each was, and whether it was in a key; keys are left as they are.
    """
    if isinstance(data, str):
        safe = re.sub(_UNSAFE, "", data)
        if safe != data:
            found(path, False)
        return safe
    if isinstance(data, dict):
        for name in data:
            if re.search(_UNSAFE, name):
                found((*path, name), True)
        return {name: strip(item, found, (*path, name)) for name, item in data.items()}
    if isinstance(data, list):
        return [strip(item, found, (*path, index)) for index, item in enumerate(data)]
    return data
