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


def corners(area: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Read `A1:B3`, or one cell, as its first and last row and column; None when it is no range."""
    start, _, end = area.partition(":")
    first, last = place(start), place(end or start)
    return (first, last) if first is not None and last is not None else None


def within(cell: tuple[int, int], area: str) -> bool:
    """Tell whether a cell (row, column) stands in a range."""
    found = corners(area)
    return found is not None and all(low <= at <= high for low, at, high in zip(found[0], cell, found[1], strict=True))


def each(area: str, limit: int = 1000) -> list[str]:
    """List the cells of a range, the first `limit` of them."""
    found = corners(area)
    if found is None:
        return []
    (top, left), (bottom, right) = found
    rows = range(top, min(bottom, top + limit) + 1)
    return [spell(row, column) for row in rows for column in range(left, min(right, left + limit) + 1)][:limit]
