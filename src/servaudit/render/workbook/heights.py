"""Estimates how high a row must be for its wrapped texts: no program measures all rows of a file it opens."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from servaudit.render.workbook import markup
from servaudit.render.workbook.references import cells, index

if TYPE_CHECKING:
    from servaudit.render.workbook.markup import Element
    from servaudit.render.workbook.styles import Styles

_HIGHEST = 409.0
_COLUMN = 8.43
_SIZE = 11.0  # the font in whose figures column widths are counted, nearly always
_LEADING = 15 / 11


class Heights:
    """Row heights of one sheet, in points."""

    def __init__(self, root: Element, styles: Styles) -> None:
        self._styles = styles
        self._columns = [
            (int(column.get("min", "1")), int(column.get("max", "1")), float(column.get("width", _COLUMN)))
            for column in markup.named(root, "col")
        ]
        form = markup.child(root, "sheetFormatPr")
        self.usual = float(form.get("defaultRowHeight", "15")) if form is not None else 15.0
        self._default = float(form.get("defaultColWidth", _COLUMN)) if form is not None else _COLUMN
        self._merged: dict[tuple[str, int], float] = {}
        for merge in markup.named(root, "mergeCell"):
            area = cells(merge.get("ref", ""))
            if area and area[1] == area[3]:
                across = range(index(area[0]), index(area[2]) + 1)
                self._merged[area[0], area[1]] = sum(self._width(column) for column in across)

    def needed(self, column: str, source: int, style: int, text: str) -> float:
        """Estimate the height a text needs in a cell that stood in row `source` of the template."""
        wraps, size, bold = self._styles.look(style)
        if not wraps:
            return 0.0
        width = self._merged.get((column, source)) or self._width(index(column))
        room = max(1.0, width * _SIZE / size / (1.08 if bold else 1.0))  # letters are narrower than figures
        lines = sum(max(1, math.ceil(len(line) / room)) for line in text.split("\n"))
        return min(_HIGHEST, lines * size * _LEADING)

    def _width(self, column: int) -> float:
        return next((width for first, last, width in self._columns if first <= column <= last), self._default)
