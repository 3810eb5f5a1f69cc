"""Defines the names that cells get while the rows of a report are written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from servaudit.diagnostics import Cell, msg
from servaudit.render.workbook import markup
from servaudit.render.workbook.errors import fault
from servaudit.render.workbook.references import quote

if TYPE_CHECKING:
    from servaudit.render.workbook.book import Book, Sheet
    from servaudit.render.workbook.markup import Element

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.]{0,254}")
_REFERENCE = re.compile(r"[A-Za-z]{1,3}[0-9]{1,7}|[RrCcLl][0-9]*([CcLl][0-9]*)?")
_BEFORE = ("fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups",
           "externalReferences")  # fmt: skip


def define(root: Element, book: Book) -> None:
    """Add the names to the list of the workbook, in place of the template's own of the same name."""
    found: dict[str, list[str]] = {}
    for sheet in book.sheets:
        for name, area in _areas(sheet, book.file):
            found.setdefault(name, []).append(area)
    if not found:
        return
    p = markup.prefix(root)
    group = markup.child(root, "definedNames")
    if group is None:
        place = sum(markup.local(element) in _BEFORE for element in root)
        group = markup.Element(f"{p}definedNames")
        root.insert(place, group)
    replaced = {name.casefold() for name in found}
    for element in list(group):
        if element.get("localSheetId") is None and element.get("name", "").casefold() in replaced:
            group.remove(element)
    for name, areas in found.items():
        element = markup.Element(f"{p}definedName", {"name": name})
        element.text = ",".join(areas)
        group.append(element)


def _areas(sheet: Sheet, file: str) -> list[tuple[str, str]]:
    """List what each name stands for; rows that follow each other are one range."""
    runs: dict[tuple[str, str], list[list[int]]] = {}
    for name, column, row in sheet.names:
        if not _NAME.fullmatch(name) or _REFERENCE.fullmatch(name):
            raise fault(Cell(file, sheet.title, f"{column}{row}"), msg("“{name}” cannot name a cell", name=name))
        own = runs.setdefault((name, column), [])
        if own and own[-1][1] == row - 1:
            own[-1][1] = row
        else:
            own.append([row, row])
    title = quote(sheet.title)
    return [
        (name, f"{title}!${column}${first}" + ("" if first == last else f":${column}${last}"))
        for (name, column), rows in runs.items()
        for first, last in rows
    ]
