"""Reads a workbook template once: its sheets, their rows and marker rows, what each cell will do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from servaudit.diagnostics import Cell, msg
from servaudit.render.workbook import expressions, markup, package
from servaudit.render.workbook.errors import fault, placed
from servaudit.render.workbook.plan import Marker, Plan, marker
from servaudit.render.workbook.references import MAX_ROW, cells, index, shifted

if TYPE_CHECKING:
    from collections.abc import Callable

    from servaudit.render.workbook.dotted import Scope
    from servaudit.render.workbook.markup import Element

MAX_TEMPLATE_ROWS = 20_000
_SHEET = re.compile(r"'(?:[^']|'')*'!")  # a sheet's name may be an expression, and formulas say it


@dataclass(frozen=True, slots=True)
class CellTemplate:
    """A cell: either `fixed` (its attributes and content, written as they are), or computed, or a formula."""

    column: str
    style: int
    where: Cell
    fixed: tuple[str, str] | None = None
    text: str = ""
    value: Callable[[Scope], object] | None = None
    formula: Element | None = None


@dataclass(frozen=True, slots=True)
class RowTemplate:
    """A row: its attributes but its number and height, its cells, and the height its author chose, if so."""

    attributes: str
    height: str | None
    cells: tuple[CellTemplate, ...]


@dataclass(frozen=True, slots=True)
class SheetTemplate:
    """A sheet of the template. `root` is its part without rows; `repeat` says for what the whole sheet repeats."""

    name: str
    part: str
    entry: Element
    root: Element
    rows: dict[int, RowTemplate]
    plan: Plan
    repeat: Marker | None


@dataclass(frozen=True, slots=True)
class Template:
    """A workbook template; `strings` are its shared strings with the expressions taken out."""

    file: str
    parts: dict[str, bytes]
    workbook: str
    root: Element
    relations: list[package.Relation]
    sheets: tuple[SheetTemplate, ...]

    def target(self, kind: str) -> str | None:
        """Name the part of that kind that the workbook refers to."""
        return next((relation.target for relation in self.relations if relation.kind == kind), None)


@lru_cache(maxsize=4)
def read(content: bytes, file: str) -> Template:
    """Read a template; `file` names it in errors. Nothing in the result may be changed.

    Raises TemplateError, PackageError, MarkupError, and other ValueErrors for what no program writes.
    """
    return _read(content, file)


def _read(content: bytes, file: str) -> Template:
    parts = package.unpack(content)
    workbook = next((r.target for r in package.relations(parts, "") if r.kind == "officeDocument"), "")
    if workbook not in parts or package.TYPES not in parts:
        raise package.PackageError("it has no workbook inside")
    root = markup.parse(parts[workbook])
    relations = package.relations(parts, workbook)
    targets = {relation.id: relation.target for relation in relations}
    template = Template(file, parts, workbook, root, relations, ())
    strings = _strings(parts, template.target("sharedStrings"))
    entries = markup.child(root, "sheets")
    sheets = []
    for entry in entries if entries is not None else ():
        part = targets.get(next((value for name, value in entry.items() if name.endswith(":id")), ""), "")
        if part not in parts:
            raise package.PackageError(f"{part or 'a sheet'} is missing")
        sheets.append(_sheet(entry, part, markup.parse(parts[part]), strings, file))
    return Template(file, parts, workbook, root, relations, tuple(sheets))


def _strings(parts: dict[str, bytes], part: str | None) -> list[str]:
    if part is None or part not in parts:
        return []
    return [_plain(item) for item in markup.parse(parts[part]) if markup.local(item) == "si"]


def _plain(item: Element) -> str:
    """Join the runs of a text, leaving out the phonetic guides."""
    runs = [item, *(run for run in item if markup.local(run) == "r")]
    return "".join(part.text or "" for run in runs for part in run if markup.local(part) == "t")


def _sheet(entry: Element, part: str, root: Element, strings: list[str], file: str) -> SheetTemplate:
    name = entry.get("name", "")
    data = markup.child(root, "sheetData")
    rows: dict[int, RowTemplate] = {}
    markers: dict[int, Marker] = {}
    repeat: Marker | None = None
    shared: dict[str, tuple[str, int, int]] = {}
    form = markup.child(root, "sheetFormatPr")
    usual = form.get("defaultRowHeight", "15") if form is not None else "15"
    number = 0
    for row in list(data) if data is not None else ():
        number = int(row.get("r", number + 1))
        if number > MAX_TEMPLATE_ROWS:
            if not any(markup.local(item) in ("v", "f", "is") for item in row.iter()):
                continue
            raise fault(file, msg("the sheet “{sheet}” has more rows than a template can have", sheet=name))
        compiled = [_cell(cell, Cell(file, name, cell.get("r", "")), strings, shared) for cell in row]
        if compiled and compiled[0].column == "A" and (found := marker(compiled[0].text, compiled[0].where)):
            if found.word == "sheet" and number == 1:
                repeat = found
            markers[number] = found
        else:
            rows[number] = _row(row, tuple(compiled), usual)
    if data is not None:
        data.clear()
    last = number if number <= MAX_TEMPLATE_ROWS else max(rows, default=0)
    plan = Plan(markers, last, sheet=repeat, plain=_plain_rows(rows, root))
    return SheetTemplate(name, part, entry, root, rows, plan, repeat)


def _plain_rows(rows: dict[int, RowTemplate], root: Element) -> frozenset[int]:
    """Find the rows whose turns differ in nothing but their values, so that nothing need be known of each."""
    plain = {row for row, found in rows.items() if all(cell.formula is None for cell in found.cells)}
    for name in ("mergeCell", "hyperlink"):
        for element in markup.named(root, name):
            if area := cells(element.get("ref", "")):
                plain.difference_update(range(area[1], min(area[3], MAX_TEMPLATE_ROWS) + 1))
    return frozenset(plain.difference(int(element.get("id", "0")) for element in markup.named(root, "brk")))


def _row(row: Element, compiled: tuple[CellTemplate, ...], usual: str) -> RowTemplate:
    """Keep what a row looks like; a height that was measured for expressions is measured again for what they say.

    LibreOffice calls the usual height of a row with merged cells chosen; nobody chose it.
    """
    kept = {name: value for name, value in row.items() if name not in ("r", "spans", "ht")}
    height = row.get("ht")
    chosen = kept.get("customHeight") in ("1", "true") and height != usual
    if not chosen and any(cell.value is not None for cell in compiled):
        height = None
    attributes = "".join(f' {name}="{markup.escape(value)}"' for name, value in kept.items())
    return RowTemplate(attributes, height, compiled)


def _cell(cell: Element, where: Cell, strings: list[str], shared: dict[str, tuple[str, int, int]]) -> CellTemplate:
    place = cells(where.cell)
    if place is None or place[1] > MAX_ROW:
        raise package.PackageError(f"a cell without a place in {where.sheet}")
    column, row = place[0], place[1]
    style = int(cell.get("s", "0"))
    kind = cell.get("t", "n")
    formula = markup.child(cell, "f")
    value = markup.child(cell, "v")
    text = ""
    if kind == "s" and value is not None and (value.text or "").isdecimal() and int(value.text or "0") < len(strings):
        text = strings[int(value.text or "0")]
    elif kind == "inlineStr" and (inline := markup.child(cell, "is")) is not None:
        text = _plain(inline)
    if formula is not None:
        _unshare(formula, column, row, shared)
        if expressions.holds(_SHEET.sub("", formula.text or "")):
            message = msg("a formula cannot hold an expression")
            raise fault(where, message, msg("put it into a cell of its own and let the formula refer to that cell"))
        return CellTemplate(column, style, where, formula=formula)
    if marker(text, where):
        return CellTemplate(column, style, where, text=text)
    if expressions.holds(text):
        with placed(where, text):
            return CellTemplate(column, style, where, text=text, value=expressions.cell(text))
    head = "".join(f' {name}="{markup.escape(own)}"' for name, own in cell.items() if name != "r")
    return CellTemplate(column, style, where, (head, "".join(markup.fragment(item) for item in cell)))


def _unshare(formula: Element, column: str, row: int, shared: dict[str, tuple[str, int, int]]) -> None:
    """Give a formula that a column of cells shares to each of them."""
    if formula.get("t") != "shared":
        return
    key = formula.get("si", "")
    if formula.text:
        shared[key] = formula.text, row, index(column)
    elif key in shared:
        text, first, start = shared[key]
        formula.text = shifted(text, row - first, index(column) - start)
    for name in ("t", "si", "ref"):
        formula.attrib.pop(name, None)
