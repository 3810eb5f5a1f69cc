"""How workbooks spell places: `C14`, `$C$14`, `'My sheet'!$C$14`, and the numbers of columns."""

from __future__ import annotations

import re

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")
_TARGET = re.compile(r"(?:'((?:[^']|'')+)'|([^'!\[\]:]+))!(\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6})")


def index(column: str) -> int:
    """Count a column from 1."""
    value = 0
    for letter in column.upper():
        value = value * 26 + ord(letter) - 64
    return value


def letters(number: int) -> str:
    """Name a column counted from 1."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def place(cell: str) -> tuple[int, int] | None:
    """Read `C14` as its row and column, both from 1; None when it is no cell."""
    match = _CELL.fullmatch(cell)
    return (int(match[2]), index(match[1])) if match else None


def spell(row: int, column: int) -> str:
    """Write row and column as `C14`."""
    return f"{letters(column)}{row}"


def target(formula: str) -> tuple[str, str] | None:
    """Read what a name stands for as its sheet and its one cell, `("Grille", "C14")`; None when it is anything else."""
    match = _TARGET.fullmatch(formula.strip())
    if match is None:
        return None
    sheet = match[1].replace("''", "'") if match[1] else match[2]
    return sheet, match[3].replace("$", "").upper()
