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
RAW = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\U0010ffff]")
"""Control characters and direction overrides, as they may stand in a file."""
_UNSAFE = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff\U0010ffff]")
STAND_IN = "\U0010ffff"
"""A character that never means anything: what a parser gets in place of the control characters it refuses."""


_HARMLESS = re.compile(
    "[\t\n\r -~\x85\xa0-\u2029\u202f-\u2065\u206a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010fffe]*"
)


def hides_controls(text: str) -> bool:
    """Whether `RAW` would find something; three times faster than looking for it."""
    return not _HARMLESS.fullmatch(text)


@lru_cache(maxsize=4096)
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
        safe = _UNSAFE.sub("", data)
        if safe != data:
            found(path, False)
        return safe
    if isinstance(data, dict):
        for name in data:
            if _UNSAFE.search(name):
                found((*path, name), True)
        return {name: strip(item, found, (*path, name)) for name, item in data.items()}
    if isinstance(data, list):
        return [strip(item, found, (*path, index)) for index, item in enumerate(data)]
    return data
