"""Finds the references in a formula (`C5:C9`, `'My sheet'!$A$1`, `$1:$3`) and rewrites their rows and sheets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from servaudit.sources.workbook.references import index, letters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = [
    "MAX_ROW", "Reference", "cells", "index", "letters", "quote", "references", "rewrite", "shifted", "spell",
    "unquote",
]  # fmt: skip
MAX_ROW = 1_048_576
_TOKEN = re.compile(
    r"""
      "(?:[^"]|"")*"                                  # a text
    | \[[^\]]*\]                                      # a table's columns, another workbook
    | (?<![\w.\]!:$'])
      (?P<sheet>(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)?
      (?: (?P<c1>\$?[A-Za-z]{1,3})(?P<r1>\$?[1-9]\d{0,6})(?::(?P<c2>\$?[A-Za-z]{1,3})(?P<r2>\$?[1-9]\d{0,6}))?
        | (?P<first>\$?[1-9]\d{0,6}):(?P<last>\$?[1-9]\d{0,6})
        | \$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}
      )
      (?![\w(.!])
    | (?<![\w.\]!:$'])(?P<scoped>(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)
    """,
    re.VERBOSE,
)
_RANGE = re.compile(r"(\$?[A-Z]{1,3})(\$?)([1-9]\d{0,6})(?::(\$?[A-Z]{1,3})(\$?)([1-9]\d{0,6}))?")


@dataclass(frozen=True, slots=True)
class Reference:
    """Rows that a formula speaks of. `sheet` None: its own; `absolute`: the first row is written with `$`."""

    sheet: str | None
    first: int
    last: int
    absolute: bool
    several: bool


def unquote(sheet: str) -> str:
    """Read the name of a sheet as formulas write it."""
    sheet = sheet.removesuffix("!")
    return sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet


def quote(sheet: str) -> str:
    """Write the name of a sheet as formulas do."""
    return "'" + sheet.replace("'", "''") + "'"


def rewrite(
    formula: str, resolve: Callable[[Reference], tuple[int, int]], rename: Callable[[str], str], *, extend: bool = False
) -> str:
    """Give every reference the rows that `resolve` tells and every sheet the name that `rename` tells.

    `extend` makes a range of a single cell that became several.
    """

    def replaced(match: re.Match[str]) -> str:
        if match["scoped"]:
            return quote(rename(unquote(match["scoped"]))) + "!"
        sheet = unquote(match["sheet"]) if match["sheet"] else None
        head = "" if sheet is None else f"{quote(rename(sheet))}!"
        found = _reference(match, sheet)
        if found is None:
            return head + match[0][len(match["sheet"] or "") :]
        lo, hi = resolve(found)
        if match["first"]:
            return f"{head}{_dollar(match['first'])}{lo}:{_dollar(match['last'])}{hi}"
        text = f"{head}{match['c1']}{_dollar(match['r1'])}{lo}"
        if match["r2"] is None and not (extend and hi > lo):
            return text
        return f"{text}:{match['c2'] or match['c1']}{_dollar(match['r2'] or match['r1'])}{hi}"

    return _TOKEN.sub(replaced, formula)


def references(formula: str) -> Iterator[Reference]:
    """List the rows that a formula speaks of."""
    for match in _TOKEN.finditer(formula):
        found = _reference(match, unquote(match["sheet"]) if match["sheet"] else None)
        if found is not None:
            yield found


def shifted(formula: str, rows: int, columns: int = 0) -> str:
    """Move relative references, as copying the cell would."""

    def moved(match: re.Match[str]) -> str:
        if match["r1"] is None:
            return match[0]
        text = (match["sheet"] or "") + _column(match["c1"], columns) + _row(match["r1"], rows)
        return f"{text}:{_column(match['c2'], columns)}{_row(match['r2'], rows)}" if match["r2"] else text

    return _TOKEN.sub(moved, formula)


def cells(text: str) -> tuple[str, int, str, int] | None:
    """Read `A1` or `A1:B2` as its columns and rows: first column, first row, last column, last row."""
    match = _RANGE.fullmatch(text)
    if match is None:
        return None
    first = match[1].lstrip("$"), int(match[3])
    return (*first, match[4].lstrip("$"), int(match[6])) if match[4] else (*first, *first)


def spell(column: str, first: int, last_column: str, last: int) -> str:
    """Write a range; one cell alone as `A1`."""
    return f"{column}{first}" if (column, first) == (last_column, last) else f"{column}{first}:{last_column}{last}"


def _reference(match: re.Match[str], sheet: str | None) -> Reference | None:
    start, end = match["r1"] or match["first"], match["r2"] or match["last"]
    if start is None:
        return None
    first = int(start.lstrip("$"))
    last = int(end.lstrip("$")) if end else first
    return Reference(sheet, min(first, last), max(first, last), start.startswith("$"), end is not None)


def _dollar(row: str) -> str:
    return "$" if row.startswith("$") else ""


def _row(row: str, by: int) -> str:
    return row if row.startswith("$") else str(max(1, int(row) + by))


def _column(column: str, by: int) -> str:
    return column if by == 0 or column.startswith("$") else letters(max(1, index(column) + by))
