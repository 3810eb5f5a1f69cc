"""Writes the rows of a sheet: values, formulas, heights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.render.workbook import expressions, markup
from servaudit.render.workbook.cells import Link, Named
from servaudit.render.workbook.column import Column
from servaudit.render.workbook.errors import at
from servaudit.render.workbook.heights import Heights
from servaudit.render.workbook.layout import innermost
from servaudit.render.workbook.line import Line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.render.workbook.book import Book, Sheet
    from servaudit.render.workbook.cells import Writer
    from servaudit.render.workbook.dotted import Scope
    from servaudit.render.workbook.layout import Placed
    from servaudit.render.workbook.markup import Element
    from servaudit.render.workbook.plan import For
    from servaudit.render.workbook.template import CellTemplate, RowTemplate


class Rows:
    """The rows of one sheet, written one after the other."""

    def __init__(self, sheet: Sheet, book: Book, writer: Writer) -> None:
        self._sheet = sheet
        self._book = book
        self._writer = writer
        self._prefix = markup.prefix(sheet.template.root)
        self._heights = Heights(sheet.template.root, writer.styles)
        self._height = 0.0  # what the row being written needs

    def __iter__(self) -> Iterator[str]:
        p = self._prefix
        templates = self._sheet.template.rows
        for number, row in self._sheet.layout.numbered():
            if row.loop is not None and row.scope is not None:
                template = templates.get(row.source)
                yield from self._many(template, number, row, row.loop, row.scope) if template else ()
            elif row.scope is None:
                yield f'<{p}row r="{number}" hidden="1"/>'
            elif (template := templates.get(row.source)) is not None:
                self._height = 0.0
                cells = "".join(self._cell(cell, number, row, row.scope) for cell in template.cells)
                height = template.height
                if height is None and self._height > self._heights.usual:
                    height = f"{self._height:.2f}"
                attributes = template.attributes if height is None else f'{template.attributes} ht="{height}"'
                yield f'<{p}row r="{number}"{attributes}>{cells}</{p}row>'

    def _many(self, template: RowTemplate, first: int, row: Placed, loop: For, scope: Scope) -> Iterator[str]:
        """Write the rows that a loop makes of one, which may be a hundred thousand: what repeats is written once."""
        p, usual, attributes = self._prefix, self._heights.usual, template.attributes
        cells = [Column(cell, row.source, self._writer, self._heights, self._sheet) for cell in template.cells]
        wrapping = [cell for cell in cells if cell.wraps and template.height is None]
        written = Line(cells, loop.names)
        counted = any("loop" in expressions.looks_at(cell.text) for cell in template.cells if cell.value is not None)
        fixed = "" if template.height is None else f' ht="{template.height}"'
        number = first
        for seen, name, items in innermost(loop, scope):
            for turn, seen[name] in enumerate(items):
                if counted:
                    seen["loop"] = expressions.Turn(turn, len(items))
                line = written.write(str(number), seen, again=not turn)
                height = fixed
                if wrapping and (needed := max([cell.height for cell in wrapping])) > usual:
                    height = f' ht="{needed:.2f}"'
                yield f'<{p}row r="{number}"{attributes}{height}>{line}</{p}row>'
                number += 1

    def _cell(self, cell: CellTemplate, number: int, row: Placed, scope: Scope) -> str:
        p, place = self._prefix, f"{cell.column}{number}"
        if cell.fixed is not None:
            attributes, content = cell.fixed
            return f'<{p}c r="{place}"{attributes}>{content}</{p}c>'
        if cell.formula is not None:
            return self._formula(cell, cell.formula, place, row)
        if cell.value is None:
            return ""
        room = ""
        try:
            value = cell.value(scope)
            if isinstance(value, Named):
                self._sheet.name(value.name, cell.column, number)
                room, value = value.room, value.value
            value = self._writer.native(value)
        except Exception as error:  # whatever an expression may raise
            raise at(cell.where, cell.text, error) from error
        if isinstance(value, Link):
            self._sheet.links.append((place, value.target))
            value = value.text
        if isinstance(value, str) or room:
            needed = self._heights.needed(
                cell.column, row.source, cell.style, value if isinstance(value, str) else room
            )
            self._height = max(self._height, needed)
        return self._writer.cell(place, cell.style, value)

    def _formula(self, cell: CellTemplate, formula: Element, place: str, row: Placed) -> str:
        """Write a formula for its new rows; its value is left for the reader's program to work out."""
        p, moved = self._prefix, self._book.rewriter(self._sheet, cell.where, row.source, row.path)
        attributes = f' t="array" ref="{moved(formula.get("ref", place))}"' if formula.get("t") == "array" else ""
        text = markup.escape(moved(formula.text or ""))
        return f'<{p}c r="{place}" s="{cell.style}"><{p}f{attributes}>{text}</{p}f></{p}c>'
