"""Writes the cells of a row that repeats many times: what does not change from turn to turn is worked out once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from servaudit.render.workbook import expressions
from servaudit.render.workbook.cells import Formula, Link, Named
from servaudit.render.workbook.errors import at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servaudit.render.workbook.book import Sheet
    from servaudit.render.workbook.cells import Writer
    from servaudit.render.workbook.dotted import Scope
    from servaudit.render.workbook.heights import Heights
    from servaudit.render.workbook.template import CellTemplate

_REMEMBERED = 2048  # different texts of a column: names and outcomes come again, remarks do not
_SHORT = 256
_PLAIN = frozenset((str, float, int))
ANY: Final = "\0"  # stands for the number of any row; no text of a cell has one
ASK: Final = object()  # in place of a value that nobody knows yet


class PlacedError(Exception):
    """A cell that has to know its row was written for any: it leads somewhere, or has a name of the workbook."""


def _placed(number: str) -> int:
    if number == ANY:
        raise PlacedError
    return int(number)


class Column:
    """One cell of the row; `wraps` tells whether the row must be as high as its text, `height` how high, in points."""

    __slots__ = ("_cell", "_empty", "_head", "_heights", "_known", "_sheet", "_source", "_value",
                 "_writer", "height", "wraps")  # fmt: skip

    def __init__(self, cell: CellTemplate, source: int, writer: Writer, heights: Heights, sheet: Sheet) -> None:
        self._cell, self._source, self._writer, self._heights, self._sheet = cell, source, writer, heights, sheet
        self._value = cell.value
        self._known: dict[str | float, tuple[str, float]] = {}
        p = writer.prefix
        self._head = f'<{p}c r="{cell.column}'
        self._empty = f'" s="{cell.style}"/>' if cell.style else None  # in the usual format, nothing shows
        self.wraps = cell.value is not None and writer.styles.look(cell.style)[0]
        self.height = 0.0

    def depth(self, loops: Sequence[str]) -> int:
        """Tell how many of the loops around, the outermost first, it sees the items of."""
        if self._value is None:
            return 0
        seen = expressions.looks_at(self._cell.text)
        if len(set(loops)) < len(loops):  # of two loops with one name, which is seen rests on where one looks
            return len(loops)
        return len(loops) if "loop" in seen else max((loops.index(name) + 1 for name in seen & {*loops}), default=0)

    def names(self) -> tuple[str, ...]:
        """Give the dotted name that it shows, name by name; nothing where it shows anything else."""
        return expressions.names(self._cell.text) if self._value is not None else ()

    def write(self, number: str, scope: Scope, value: Any = ASK) -> str:  # noqa: ANN401 - what a template shows
        """Write the cell in the row `number`; `value` is what it shows, where that is known. Raises TemplateError."""
        if self._value is None:
            head, content = self._cell.fixed or ("", "")
            return f'{self._head}{number}"{head}>{content}</{self._writer.prefix}c>' if self._cell.fixed else ""
        room = ""
        try:
            if value is ASK:
                value = self._value(scope)
            if value is None:
                self.height = 0.0
                return f"{self._head}{number}{self._empty}" if self._empty else ""
            if type(value) not in _PLAIN:
                value, room = self._native(number, value)
        except PlacedError:
            raise
        except Exception as error:  # whatever an expression may raise
            raise at(self._cell.where, self._cell.text, error) from error
        if type(value) in _PLAIN:
            after, self.height = self._known.get(value) or self._after(value)
            return f"{self._head}{number}{after}"
        self.height = self._heights.needed(self._cell.column, self._source, self._cell.style, room) if room else 0.0
        if isinstance(value, Link):
            self._sheet.links.append((f"{self._cell.column}{_placed(number)}", value.target))
            after, self.height = self._after(value.text)
            return f"{self._head}{number}{after}"
        return self._writer.cell(f"{self._cell.column}{number}", self._cell.style, value)

    def _native(self, number: str, value: Any) -> tuple[Any, str]:  # noqa: ANN401 - what a template shows
        """Make of a value what a cell can hold, and give the text that it needs room for, if it has to come yet."""
        room = ""
        if type(value) is Named:
            self._sheet.name(value.name, self._cell.column, _placed(number))
            room, value = value.room, value.value
        value = self._writer.native(value)
        if isinstance(value, Formula):
            _placed(number)  # it may speak of its row
        return str.__str__(value) if isinstance(value, str) else value, room  # of whatever class: it is that high

    def _after(self, value: str | float) -> tuple[str, float]:
        """Write what follows the number of the row, and remember it when it is likely to come again."""
        cell, kept, height = self._cell, len(self._known) < _REMEMBERED, 0.0
        if isinstance(value, str):
            kept = kept and len(value) <= _SHORT
            written = (self._writer.shared if kept else self._writer.text)(cell.style, value)
            if self.wraps:
                height = self._heights.needed(cell.column, self._source, cell.style, value)
        else:
            written = self._writer.after(cell.style, value)
        if kept:
            self._known[value] = written, height
        return written, height
