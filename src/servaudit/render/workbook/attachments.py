"""Writes what hangs on a sheet (drawings, charts, tables, comments): moved with its rows, copied when it repeats."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from servaudit.diagnostics import Cell
from servaudit.render.workbook import expressions, links, markup, package
from servaudit.render.workbook.errors import placed
from servaudit.render.workbook.references import cells, spell
from servaudit.render.workbook.styles import spaced

if TYPE_CHECKING:
    from servaudit.render.workbook.book import Book, Sheet
    from servaudit.render.workbook.markup import Element
    from servaudit.render.workbook.template import Template

_COPIED = ("drawing", "chart", "table", "comments", "vmlDrawing", "chartUserShapes", "queryTable")
_VML_ROW = re.compile(rb"(<x:Row>\s*)(\d+)(\s*</x:Row>)")
_VML_ANCHOR = re.compile(rb"(<x:Anchor>)([^<]*)(</x:Anchor>)")


class Attachments:
    """Writes into `parts` what the sheets of a report refer to."""

    def __init__(
        self,
        template: Template,
        book: Book,
        parts: dict[str, bytes],
        types: package.ContentTypes,
        before_percent: str = "",
    ) -> None:
        self._template = template
        self._book = book
        self._parts = parts
        self._types = types
        self._before_percent = before_percent
        self._tables = 0

    def write(self, sheet: Sheet) -> None:
        """Write everything one sheet refers to."""
        self._types.declare(sheet.part, self._types.of(sheet.template.part))
        self._related(sheet.template.part, sheet.part, sheet)

    def link(self, sheet: Sheet) -> None:
        """Write where the links of a sheet lead, once its rows are written."""
        if sheet.links:
            found = package.relations(self._parts, sheet.part) + links.relations(sheet.links)
            self._parts[package.relations_part(sheet.part)] = package.write_relations(found)

    def _related(self, source: str, part: str, sheet: Sheet) -> None:
        found = package.relations(self._template.parts, source)
        written = []
        for relation in found:
            target = relation.target
            if not relation.external and relation.kind in _COPIED and target in self._template.parts:
                if not sheet.first:
                    target = self._fresh(target)
                    self._types.declare(target, self._types.of(relation.target))
                self._parts[target] = self._moved(relation.kind, relation.target, sheet)
                self._related(relation.target, target, sheet)
            written.append(dataclasses.replace(relation, target=target))
        if found:
            self._parts[package.relations_part(part)] = package.write_relations(written)

    def _fresh(self, part: str) -> str:
        head, dot, tail = part.rpartition(".")
        number = 2
        while f"{head}_{number}{dot}{tail}" in self._parts:
            number += 1
        return f"{head}_{number}{dot}{tail}"

    def _moved(self, kind: str, part: str, sheet: Sheet) -> bytes:
        content = self._template.parts[part]
        if kind == "vmlDrawing":
            return _moved_notes(content, sheet)
        root = markup.parse(content)
        if kind == "drawing":
            _anchors(root, sheet)
            self._untitled(root, part, sheet)
        elif kind == "chart":
            self._chart(root, sheet)
        elif kind == "table":
            self._table(root, sheet)
        elif kind == "comments":
            for comment in markup.named(root, "comment"):
                area = cells(comment.get("ref", ""))
                if area:
                    comment.set("ref", f"{area[0]}{sheet.layout.nearest(area[1])}")
        self._texts(root, sheet)
        return markup.serialise(root)

    def _chart(self, root: Element, sheet: Sheet) -> None:
        """Point the series at their new rows; the values the template had are dropped, programs read the cells."""
        where = Cell(self._template.file, sheet.template.name, "chart")
        for parent in list(root.iter()):
            for element in list(parent):
                name = markup.local(element)
                if name == "f" and element.text:
                    element.text = self._book.area(element.text, sheet, where)
                elif name == "numFmt":
                    element.set("formatCode", spaced(element.get("formatCode", ""), self._before_percent))
                elif name in ("numCache", "strCache", "multiLvlStrCache"):
                    parent.remove(element)

    def _untitled(self, root: Element, part: str, sheet: Sheet) -> None:
        """Leave out each chart whose title is an expression that gives nothing: templates say so when it has a use."""
        charts = {relation.id: relation.target for relation in package.relations(self._template.parts, part)}
        where = Cell(self._template.file, sheet.template.name, "chart")
        for anchor in list(root):
            shown = [value for chart in markup.named(anchor, "chart") for value in chart.attrib.values()]
            parts = [self._template.parts.get(charts[name], b"") for name in shown if name in charts]
            titles = [title for content in parts if content for title in markup.named(markup.parse(content), "title")]
            text = "".join(run.text or "" for title in titles[:1] for run in markup.named(title, "t"))
            if expressions.holds(text) and not self._rendered(text, where, sheet).strip():
                root.remove(anchor)

    def _table(self, root: Element, sheet: Sheet) -> None:
        for element in root.iter():
            area = cells(element.get("ref", ""))
            span = sheet.layout.span(area[1], area[3]) if area else None
            if area and span:
                element.set("ref", spell(area[0], span[0], area[2], span[1]))
        if not sheet.first:
            self._tables += 1
            mark = f"_{self._tables + 1}"
            root.set("id", str(1000 + self._tables))
            for name in ("name", "displayName"):
                root.set(name, root.get(name, "Table") + mark)

    def _texts(self, root: Element, sheet: Sheet) -> None:
        """Render the texts of charts and drawings: titles, names of series, text boxes, alternative texts."""
        where = Cell(self._template.file, sheet.template.name, "drawing")
        for element in root.iter():
            text = element.text or ""
            if markup.local(element) in ("t", "v") and expressions.holds(text):
                element.text = self._rendered(text, where, sheet)
            for name in ("descr", "title"):
                text = element.get(name, "")
                if expressions.holds(text):
                    element.set(name, self._rendered(text, where, sheet))

    @staticmethod
    def _rendered(text: str, where: Cell, sheet: Sheet) -> str:
        with placed(where, text):
            value = expressions.cell(text)(sheet.scope)
        return "" if value is None else markup.clean(str(value))


def _anchors(root: Element, sheet: Sheet) -> None:
    """Move pictures and charts with the row they begin in; they keep their height, and vanish where it does."""
    for anchor in list(root):
        first, last = _row(anchor, "from"), _row(anchor, "to")
        if first is None:
            continue
        start, end = int(first.text or "0"), int((first if last is None else last).text or "0")
        if not sheet.layout.holds(start + 1):
            root.remove(anchor)
            continue
        moved = sheet.layout.nearest(start + 1) - 1
        first.text = str(moved)
        if last is not None:
            # Rows beside it count once, markers and what vanished do not: else it would cover what follows.
            standing = [row for row in range(start, end + 1) if sheet.layout.stands(row + 1)]
            inside = end in standing
            last.text = str(moved + len(standing) - inside)
            offset = _row(anchor, "to", "rowOff")
            if not inside and offset is not None:
                offset.text = "0"


def _row(anchor: Element, corner: str, part: str = "row") -> Element | None:
    place = markup.child(anchor, corner)
    return None if place is None else markup.child(place, part)


def _moved_notes(content: bytes, sheet: Sheet) -> bytes:
    """Move the boxes of comments, which stand in a drawing of the old kind (not always well-formed XML)."""

    def row(match: re.Match[bytes]) -> bytes:
        return match[1] + str(sheet.layout.nearest(int(match[2]) + 1) - 1).encode() + match[3]

    def anchor(match: re.Match[bytes]) -> bytes:
        figures = match[2].split(b",")
        if len(figures) == 8 and all(figure.strip().isdigit() for figure in figures):  # noqa: PLR2004 - four sides, two each
            top = int(figures[2])
            moved = sheet.layout.nearest(top + 1) - 1 - top
            for side in (2, 6):
                figures[side] = str(int(figures[side]) + moved).encode()
        return match[1] + b",".join(figures) + match[3]

    return _VML_ANCHOR.sub(anchor, _VML_ROW.sub(row, content))
