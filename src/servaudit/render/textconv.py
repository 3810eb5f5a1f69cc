"""Writes what a workbook holds as lines of text, one a cell, for `git diff` to compare."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from servaudit.render.problems import visible
from servaudit.sources.workbook import place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.sources.workbook import Held, Sheet, Value, Workbook


def render(book: Workbook) -> str:
    """Write properties, then sheets, cells row by row: `Grille!C14: Oui`, a formula before its value."""
    return "".join(f"{visible(line)}\n" for line in _lines(book))


def _lines(book: Workbook) -> Iterator[str]:
    for name, value in sorted(book.properties.items()):
        yield f"{name} = {value}"
    for sheet in book.sheets:
        yield f"[{sheet.name}]{' hidden' if sheet.hidden else ''}"
        for cell in sorted(sheet.cells, key=lambda cell: place(cell) or (0, 0)):
            yield f"{sheet.name}!{cell}: {_said(sheet.cells[cell])}"
        yield from _allowed(sheet)


def _said(held: Held) -> str:
    shown = _text(held.value)
    return shown if held.formula is None else f"={held.formula.lstrip('=')} → {shown}"


def _text(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case dt.datetime() | dt.date() | dt.time():
            return value.isoformat()
        case _:
            return str(value).replace("\n", " ⏎ ")


def _allowed(sheet: Sheet) -> Iterator[str]:
    """Say which answers cells let in: a change of a list changes what visits can say."""
    for validation in sheet.validations:
        bounds = " ".join(filter(None, (validation.formula, validation.second)))
        yield f"{sheet.name}!{' '.join(validation.cells)} takes {validation.kind}: {bounds}"
