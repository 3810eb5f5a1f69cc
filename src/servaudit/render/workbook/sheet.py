"""Writes the part of one sheet, and moves everything in it that speaks of rows."""

from __future__ import annotations

import copy
from itertools import islice
from typing import TYPE_CHECKING

from servaudit.diagnostics import Cell
from servaudit.render.workbook import expressions, links, markup, validations
from servaudit.render.workbook.errors import placed
from servaudit.render.workbook.references import cells, shifted, spell
from servaudit.render.workbook.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from servaudit.render.workbook.book import Book, Sheet
    from servaudit.render.workbook.cells import Writer
    from servaudit.render.workbook.markup import Element

_HERE = "servaudit-rows"
_PIECE = 1000  # rows
_RULES = ("formula", "formula1", "formula2", "f")


def write(sheet: Sheet, book: Book, writer: Writer) -> Iterator[bytes]:
    """Write the part of a sheet, piece by piece: a sheet of many rows is never whole in memory."""
    root = copy.deepcopy(sheet.template.root)
    data = markup.child(root, "sheetData")
    if data is not None:
        data.text = _HERE
    dimension = markup.child(root, "dimension")
    if dimension is not None:
        root.remove(dimension)
    _panes(root, sheet)
    _tail(root, sheet, book)
    yield markup.serialise(root).partition(_HERE.encode())[0]
    rows = iter(Rows(sheet, book, writer))
    while piece := "".join(islice(rows, _PIECE)):
        yield piece.encode()
    links.refer(root, sheet.links)
    yield markup.serialise(root).partition(_HERE.encode())[2]


def _panes(root: Element, sheet: Sheet) -> None:
    """Keep frozen the rows that were."""
    for pane in markup.named(root, "pane"):
        frozen = int(float(pane.get("ySplit", "0")))
        if frozen and pane.get("state") in ("frozen", "frozenSplit"):
            kept = sum(row.rows for row in sheet.layout.placed if row.source <= frozen)
            top = cells(pane.get("topLeftCell", ""))
            pane.set("ySplit", str(kept))
            pane.set("topLeftCell", f"{top[0] if top else 'A'}{kept + 1}")


def _tail(root: Element, sheet: Sheet, book: Book) -> None:
    """Move and extend what speaks of rows: merges, filters, formats, validations, links, breaks, headers."""
    for parent in list(root.iter()):
        for element in list(parent):
            move = _MOVES.get(markup.local(element))
            if move is not None:
                move(parent, element, sheet, book)
    for name in ("mergeCells", "dataValidations", "hyperlinks", "rowBreaks"):
        group = markup.child(root, name)
        if group is None:
            continue
        if len(group) == 0:
            root.remove(group)
        if group.get("count") is not None:
            group.set("count", str(len(group)))
        if group.get("manualBreakCount") is not None:
            group.set("manualBreakCount", str(sum(one.get("man") in ("1", "true") for one in group)))


def _ranges(text: str, sheet: Sheet) -> str:
    """Move a list of ranges, each to the runs of rows it became."""
    found = []
    for item in text.split():
        area = cells(item)
        if area is None:
            found.append(item)
            continue
        found += [spell(area[0], lo, area[2], hi) for lo, hi in sheet.layout.runs(area[1], area[3])]
    return " ".join(found)


def _area(parent: Element, element: Element, sheet: Sheet, _: Book) -> None:
    text = _ranges(element.get("sqref", ""), sheet)
    if text:
        element.set("sqref", text)
    else:
        parent.remove(element)


def _extended(parent: Element, element: Element, sheet: Sheet, book: Book) -> None:
    """Extend a conditional format or a validation; its formulas are relative to its first cell."""
    inner = markup.child(element, "sqref")  # Excel's later formats (x14) say it in an element
    old = element.get("sqref", "") if inner is None else inner.text or ""
    new = _ranges(old, sheet)
    if not new:
        parent.remove(element)
        return
    if inner is None:
        element.set("sqref", new)
    else:
        inner.text = new
    area = cells(old.split()[0])
    first = next((row for row in sheet.layout.placed if area and area[1] <= row.source <= area[3]), None)
    listed = markup.local(element) == "dataValidation"
    for rule in element.iter():
        if markup.local(rule) in _RULES and rule.text and area:
            where = Cell(book.file, sheet.template.name, f"{area[0]}{area[1]}")
            if first is None:
                rule.text = book.rewrite(rule.text, sheet, where, area[1])
            else:
                moved = shifted(rule.text, first.source - area[1])
                rule.text = book.rewrite(moved, sheet, where, first.source, first.path, extend=listed)


def _validation(parent: Element, element: Element, sheet: Sheet, book: Book) -> None:
    """Write a validation once for each row where it says something else, or extend it where it says nothing of rows."""
    made = validations.rendered(element, sheet, book)
    if made is None:
        _extended(parent, element, sheet, book)
        return
    at = list(parent).index(element)
    parent.remove(element)
    for offset, one in enumerate(made):
        parent.insert(at + offset, one)


def _repeated(parent: Element, element: Element, sheet: Sheet, book: Book) -> None:
    """Repeat merged cells and links with their rows."""
    area = cells(element.get("ref", ""))
    if area is None:
        return
    where = Cell(book.file, sheet.template.name, f"{area[0]}{area[1]}")
    at = list(parent).index(element)
    parent.remove(element)
    for offset, (lo, hi) in enumerate(sheet.layout.each(area[1], area[3])):
        another = copy.deepcopy(element)
        another.set("ref", spell(area[0], lo, area[2], hi))
        if another.get("location"):
            another.set("location", book.rewrite(another.get("location", ""), sheet, where))
        parent.insert(at + offset, another)


def _range(parent: Element, element: Element, sheet: Sheet, _: Book) -> None:
    area = cells(element.get("ref", ""))
    span = sheet.layout.span(area[1], area[3]) if area else None
    if area and span:
        element.set("ref", spell(area[0], span[0], area[2], span[1]))
    else:
        parent.remove(element)


def _breaks(parent: Element, element: Element, sheet: Sheet, _: Book) -> None:
    """Break the page after every row that comes from the one it was after."""
    if markup.local(parent) != "rowBreaks":
        return
    at = list(parent).index(element)
    parent.remove(element)
    source = int(element.get("id", "0"))
    for offset, span in enumerate(sheet.layout.each(source, source)):
        another = copy.deepcopy(element)
        another.set("id", str(span[1]))
        parent.insert(at + offset, another)


def _header(_: Element, element: Element, sheet: Sheet, book: Book) -> None:
    text = element.text or ""
    if expressions.holds(text):
        with placed(Cell(book.file, sheet.template.name, markup.local(element)), text):
            element.text = markup.clean(expressions.header(text)(sheet.scope))[:255]


_MOVES: Mapping[str, Callable[[Element, Element, Sheet, Book], None]] = {
    "conditionalFormatting": _extended,
    "dataValidation": _validation,
    "protectedRange": _area,
    "ignoredError": _area,
    "mergeCell": _repeated,
    "hyperlink": _repeated,
    "autoFilter": _range,
    "sortState": _range,
    "sortCondition": _range,
    "brk": _breaks,
    **dict.fromkeys(("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"), _header),
}
