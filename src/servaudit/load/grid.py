"""From a workbook or a table of text to the sheets that a draft is made of; what cannot be read is a diagnostic."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from servaudit.diagnostics import Diagnostic, msg
from servaudit.draft.grid import Area, Entry, Rule, Sheet
from servaudit.draft.scales import shown
from servaudit.sources import csv, workbook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.sources.workbook import Held, Validation, Value, Workbook

TABLES = (".csv", ".tsv", ".txt")
ROWS = 6_000
"""Rows of a sheet that are read, and columns: a grid has hundreds, and a dozen."""
COLUMNS = 200
LISTED = 200
"""Cells of a list of answers that are read: what has more is no scale."""
_RANGE = re.compile(
    r"(?:(?:'((?:[^']|'')+)'|([^'!\[\]:,]+))!)?(\$?[A-Z]{1,3}\$?\d{1,7})(?::(\$?[A-Z]{1,3}\$?\d{1,7}))?"
)


@dataclass(frozen=True)
class Grid:
    """A team's own grid, read. `sheets` is empty and `diagnostics` has an error when it cannot be used."""

    path: str
    sheets: tuple[Sheet, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    windows: bool = False

    @property
    def stem(self) -> str:
        """The file's name without its folder and extension."""
        return PurePath(self.path.replace("\\", "/")).stem if self.path != "-" else ""


def read(path: str, *, hidden: bool = False) -> Grid:
    """Read a grid; with `hidden`, what is hidden in it counts as if it were not."""
    if path.lower().endswith(TABLES):
        rows = csv.read(path)
        return Grid(path, (_table(rows, path),) if rows.rows else (), rows.diagnostics, rows.windows)
    book = workbook.read(path)
    if not book.usable:
        return Grid(path, (), book.diagnostics)
    sheets = tuple(_sheet(book, sheet, hidden=hidden) for sheet in book.sheets)
    return Grid(path, sheets, (*book.diagnostics, *_cut(book)))


def _cut(book: Workbook) -> Iterator[Diagnostic]:
    """Say where a sheet goes on beyond what any grid has."""
    for sheet in book.sheets:
        beyond = next((cell for cell in sheet.cells if _beyond(cell)), None)
        if beyond is not None:
            yield Diagnostic(
                "grid-too-large", book.where(sheet, beyond), msg("cells from here on are beyond any grid: left out")
            )


def _beyond(cell: str) -> bool:
    place = workbook.place(cell)
    return place is None or place[0] > ROWS or place[1] > COLUMNS


def _table(rows: csv.Rows, path: str) -> Sheet:
    entries = {
        (row, column): Entry(workbook.spell(row, column), text)
        for row, cells in enumerate(rows.rows, 1)
        for column, text in enumerate(cells, 1)
        if text.strip()
    }
    return Sheet(PurePath(path.replace("\\", "/")).name, entries)


def _sheet(book: Workbook, sheet: workbook.Sheet, *, hidden: bool) -> Sheet:
    entries: dict[tuple[int, int], Entry] = {}
    for cell, held in sheet.cells.items():
        place = workbook.place(cell)
        if place is not None and not _beyond(cell):
            entry = _entry(cell.replace("$", ""), held)
            if entry is not None:
                entries[place] = entry
    return Sheet(
        sheet.name,
        entries,
        tuple(area for text in sheet.merged if (area := _area(text)) is not None),
        tuple(rule for validation in sheet.validations if (rule := _rule(book, sheet, validation)) is not None),
        hidden=sheet.hidden and not hidden,
        hidden_rows=frozenset() if hidden else sheet.hidden_rows,
        hidden_columns=frozenset() if hidden else sheet.hidden_columns,
    )


def _entry(cell: str, held: Held) -> Entry | None:
    text = _text(held.value)
    if not text.strip() and held.formula is None:
        return None
    value = held.value
    number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
    return Entry(cell, text, number, held.formula is not None, held.error)


def _text(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return shown(value)
        case dt.datetime():
            return value.isoformat(" ", "minutes")
        case dt.date() | dt.time():
            return value.isoformat()
        case _:
            return value


def _area(text: str) -> Area | None:
    first, _, last = text.partition(":")
    start, end = workbook.place(first), workbook.place(last or first)
    return Area(*start, *end) if start is not None and end is not None else None


def _rule(book: Workbook, sheet: workbook.Sheet, validation: Validation) -> Rule | None:
    areas = tuple(area for text in validation.cells if (area := _area(text)) is not None)
    if not areas:
        return None
    if validation.kind == "list":
        options = tuple(_options(book, sheet, validation.formula))
        return Rule(areas, "list", options) if options else None
    low, high = _bound(validation.formula), _bound(validation.second)
    return Rule(areas, validation.kind, low=low, high=high)


def _bound(formula: str) -> float | None:
    return float(formula) if re.fullmatch(r"-?\d{1,9}(?:\.\d{1,9})?", formula) else None


def _options(book: Workbook, sheet: workbook.Sheet, formula: str) -> Iterator[str]:
    """Read the list of a validation: written in it, in cells of a sheet, or under a name."""
    if formula.startswith('"'):
        text = formula[1:].removesuffix('"').replace('""', '"')
        yield from (
            part.strip() for part in text.split(";" if ";" in text and "," not in text else ",") if part.strip()
        )
        return
    names = {name.casefold(): target for name, target in book.names.items()}
    match = _RANGE.fullmatch(names.get(formula.casefold(), formula).lstrip("="))
    if match is None:
        return
    named = match[1].replace("''", "'") if match[1] else match[2]
    source = book.sheet(named) if named else sheet
    area = _area(f"{match[3]}:{match[4] or match[3]}".replace("$", ""))
    if source is None or area is None:
        return
    cells = (
        (row, column)
        for row in range(area.top, min(area.bottom, area.top + LISTED) + 1)
        for column in range(area.left, min(area.right, area.left + LISTED) + 1)
    )
    for count, (row, column) in enumerate(cells):
        if count > LISTED * 2:
            return
        text = _text(source.value(workbook.spell(row, column))).strip()
        if text:
            yield text
