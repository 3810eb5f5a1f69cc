"""Writes the cells of a row that repeats many times: what does not change from turn to turn is worked out once."""

from __future__ import annotations

from itertools import groupby
from math import isfinite
from operator import is_
from typing import TYPE_CHECKING, Any

from servaudit.render.workbook import expressions
from servaudit.render.workbook.cells import Link, Named
from servaudit.render.workbook.errors import at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servaudit.render.workbook.book import Sheet
    from servaudit.render.workbook.cells import Writer
    from servaudit.render.workbook.expressions import Scope
    from servaudit.render.workbook.heights import Heights
    from servaudit.render.workbook.template import CellTemplate

_REMEMBERED = 2048  # different texts of a column: names and outcomes come again, remarks do not
_SHARED = 20_000  # different parts of items
_SHORT = 256
_ROW = "\0"  # stands for the number of the row; no text of a cell has one
_NEVER = object()


class _PlacedError(Exception):
    """A cell that has to know its row was written for any: it leads somewhere, or has a name of the workbook."""


def _placed(number: int | str) -> int:
    if isinstance(number, str):
        raise _PlacedError
    return number


class Run:
    """Cells side by side that see the items of the same loops, named in `loops`, the outermost first.

    They are written anew when one of these items is another; `every` turn of the innermost loop, it always is.
    """

    __slots__ = ("_cells", "_every", "_items", "_loops", "_text")

    def __init__(self, cells: list[Column], loops: Sequence[str], *, every: bool) -> None:
        self._cells, self._loops, self._every = cells, loops, every
        self._items: list[object] = [_NEVER]
        self._text = ""

    def write(self, number: int, scope: Scope) -> str:
        """Write the cells in the row `number`. Raises TemplateError."""
        if not self._every:
            items = [scope.get(name) for name in self._loops]
            if len(items) != len(self._items) or not all(map(is_, items, self._items)):
                self._items = items
                try:
                    self._text = "".join([cell.write(_ROW, scope) for cell in self._cells])
                except _PlacedError:
                    self._every = True
                    return self.write(number, scope)
            return self._text.replace(_ROW, str(number))
        return "".join([cell.write(number, scope) for cell in self._cells])


class Shared:
    """Cells side by side that look at the same part of an item: `row.criterion` of `row.criterion.path`.

    Items share their parts, as a view model does that says what is equal once: what was written for a part is kept.
    """

    __slots__ = ("_cells", "_known", "_part")

    def __init__(self, cells: list[Column], part: str) -> None:
        self._cells, self._part = cells, expressions.cell(f"{{{{ {part} }}}}")
        self._known: dict[
            int, tuple[object, str]
        ] = {}  # by identity; what is found by it is held, so that it stays one

    def write(self, number: int, scope: Scope) -> str:
        """Write the cells in the row `number`. Raises TemplateError."""
        try:
            part = self._part(scope)
        except Exception:  # noqa: BLE001 - the cell that asks for it says what is wrong, and where
            part = None
        if (known := self._known.get(id(part))) is not None:
            return known[1].replace(_ROW, str(number))
        try:
            text = "".join([cell.write(_ROW, scope) for cell in self._cells])
        except _PlacedError:
            return "".join([cell.write(number, scope) for cell in self._cells])
        if len(self._known) < _SHARED:
            self._known[id(part)] = part, text
        return text.replace(_ROW, str(number))


def runs(cells: Sequence[Column], loops: Sequence[str]) -> list[Run | Shared]:
    """Put cells side by side together that are written anew at the same time; `loops`: their names, outermost first."""
    found: list[Run | Shared] = []
    for (depth, part), group in groupby(cells, key=lambda cell: (cell.depth(loops), cell.part(loops))):
        run = list(group)
        found.append(Shared(run, part) if part else Run(run, loops[:depth], every=depth == len(loops)))
    return found


class Column:
    """One cell of the row; `wraps` tells whether the row must be as high as its text, `height` how high, in points."""

    __slots__ = ("_cell", "_empty", "_foot", "_head", "_heights", "_known", "_middle", "_sheet", "_source", "_value",
                 "_writer", "height", "wraps")  # fmt: skip

    def __init__(self, cell: CellTemplate, source: int, writer: Writer, heights: Heights, sheet: Sheet) -> None:
        self._cell, self._source, self._writer, self._heights, self._sheet = cell, source, writer, heights, sheet
        self._value = cell.value
        self._known: dict[str, tuple[str, float]] = {}
        p = writer.prefix
        self._head = f'<{p}c r="{cell.column}'
        self._middle, self._foot = f'" s="{cell.style}"><{p}v>', f"</{p}v></{p}c>"
        self._empty = f'" s="{cell.style}"/>'
        self.wraps = cell.value is not None and writer.styles.look(cell.style)[0]
        self.height = 0.0

    def depth(self, loops: Sequence[str]) -> int:
        """Tell how many of the loops around, the outermost first, it sees the items of."""
        if self._value is None:
            return 0
        seen = expressions.looks_at(self._cell.text)
        return len(loops) if "loop" in seen else max((loops.index(name) + 1 for name in seen & {*loops}), default=0)

    def part(self, loops: Sequence[str]) -> str | None:
        """Name the one part of the innermost loop's item that it looks at; None where it sees more, or may wrap."""
        part = expressions.part(self._cell.text) if self._value is not None and not self.wraps else None
        return part if part and part.partition(".")[0] == loops[-1] else None

    def write(self, number: int | str, scope: Scope) -> str:
        """Write the cell in the row `number`. Raises TemplateError."""
        if self._value is None:
            head, content = self._cell.fixed or ("", "")
            return f'{self._head}{number}"{head}>{content}</{self._writer.prefix}c>' if self._cell.fixed else ""
        try:
            value: Any = self._value(scope)
            kind = type(value)
            if kind is not str and kind is not float and kind is not int:
                if value is None:
                    self.height = 0.0
                    return f"{self._head}{number}{self._empty}"
                if kind is Named:
                    self._sheet.name(value.name, self._cell.column, _placed(number))
                    value = value.value
                value = self._writer.native(value)
                kind = type(value)
        except _PlacedError:
            raise
        except Exception as error:  # whatever an expression may raise
            raise at(self._cell.where, self._cell.text, error) from error
        self.height = 0.0
        if kind is str:
            after, self.height = self._known.get(value) or self._text(value)
            return f"{self._head}{number}{after}"
        if kind is int or (kind is float and isfinite(value)):
            return f"{self._head}{number}{self._middle}{value!r}{self._foot}"
        if isinstance(value, Link):
            self._sheet.links.append((f"{self._cell.column}{_placed(number)}", value.target))
            after, self.height = self._text(value.text)
            return f"{self._head}{number}{after}"
        return self._writer.cell(f"{self._cell.column}{number}", self._cell.style, value)

    def _text(self, text: str) -> tuple[str, float]:
        """Write what follows the number of the row, and remember it when it is likely to come again."""
        cell = self._cell
        written = self._writer.cell("", cell.style, text).partition('r="')[2]
        after = written, self._heights.needed(cell.column, self._source, cell.style, text) if self.wraps else 0.0
        if len(text) <= _SHORT and len(self._known) < _REMEMBERED:
            self._known[text] = after
        return after
