"""Writes one cell of a row that repeats many times: what does not change from turn to turn is worked out once."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

from servaudit.render.workbook.cells import Link, Named
from servaudit.render.workbook.errors import at

if TYPE_CHECKING:
    from servaudit.render.workbook.book import Sheet
    from servaudit.render.workbook.cells import Writer
    from servaudit.render.workbook.expressions import Scope
    from servaudit.render.workbook.heights import Heights
    from servaudit.render.workbook.template import CellTemplate

_REMEMBERED = 2048  # different texts of a column: names and outcomes come again, remarks do not
_SHORT = 64


class Column:
    """One cell of the row; `wraps` tells whether the row must be as high as its text, `height` how high, in points."""

    __slots__ = ("_cell", "_foot", "_head", "_heights", "_known", "_middle", "_sheet", "_source", "_value", "_writer",
                 "height", "wraps")  # fmt: skip

    def __init__(self, cell: CellTemplate, source: int, writer: Writer, heights: Heights, sheet: Sheet) -> None:
        self._cell, self._source, self._writer, self._heights, self._sheet = cell, source, writer, heights, sheet
        self._value = cell.value
        self._known: dict[str, tuple[str, float]] = {}
        p = writer.prefix
        self._head = f'<{p}c r="{cell.column}'
        self._middle, self._foot = f'" s="{cell.style}"><{p}v>', f"</{p}v></{p}c>"
        self.wraps = cell.value is not None and writer.styles.look(cell.style)[0]
        self.height = 0.0

    def write(self, number: int, scope: Scope) -> str:
        """Write the cell in the row `number`. Raises TemplateError."""
        if self._value is None:
            head, content = self._cell.fixed or ("", "")
            return f'{self._head}{number}"{head}>{content}</{self._writer.prefix}c>' if self._cell.fixed else ""
        try:
            value: Any = self._value(scope)
            kind = type(value)
            if kind is not str and kind is not float and kind is not int:
                if kind is Named:
                    self._sheet.name(value.name, self._cell.column, number)
                    value = value.value
                value = self._writer.native(value)
                kind = type(value)
        except Exception as error:  # whatever an expression may raise
            raise at(self._cell.where, self._cell.text, error) from error
        self.height = 0.0
        if kind is str:
            after, self.height = self._known.get(value) or self._text(value)
            return f"{self._head}{number}{after}"
        if kind is int or (kind is float and isfinite(value)):
            return f"{self._head}{number}{self._middle}{value!r}{self._foot}"
        place = f"{self._cell.column}{number}"
        if isinstance(value, Link):
            self._sheet.links.append((place, value.target))
            after, self.height = self._text(value.text)
            return f"{self._head}{number}{after}"
        return self._writer.cell(place, self._cell.style, value)

    def _text(self, text: str) -> tuple[str, float]:
        """Write what follows the number of the row, and remember it when it is likely to come again."""
        cell = self._cell
        written = self._writer.cell("", cell.style, text).partition('r="')[2]
        after = written, self._heights.needed(cell.column, self._source, cell.style, text) if self.wraps else 0.0
        if len(text) <= _SHORT and len(self._known) < _REMEMBERED:
            self._known[text] = after
        return after
