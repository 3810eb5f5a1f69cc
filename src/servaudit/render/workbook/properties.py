"""Writes a workbook's document properties: the template's own, and the report's among the custom ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.diagnostics import Cell
from servaudit.render.workbook import expressions, markup
from servaudit.render.workbook.errors import placed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servaudit.render.workbook.dotted import Scope

CUSTOM = "docProps/custom.xml"
CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
CUSTOM_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_CLOCK = ("created", "modified", "lastModifiedBy", "lastPrinted", "revision")


def core(content: bytes, scope: Scope, file: str) -> bytes:
    """Render the title, the subject and the rest; dates are taken out, a report is the same whenever it is made."""
    root = markup.parse(content)
    for element in list(root):
        text = element.text or ""
        if markup.local(element) in _CLOCK:
            root.remove(element)
        elif expressions.holds(text):
            with placed(Cell(file, "docProps", markup.local(element)), text):
                element.text = markup.clean(str(expressions.cell(text)(scope)))
    return markup.serialise(root)


def extended(content: bytes, application: str) -> bytes:
    """Name the program that made the workbook, and forget the list of the template's sheets.

    LibreOffice measures row heights and works out formulas again unless Excel or itself is named here.
    """
    root = markup.parse(content)
    for element in list(root):
        name = markup.local(element)
        if name == "Application":
            element.text = application
        elif name in ("AppVersion", "HeadingPairs", "TitlesOfParts", "TotalTime"):
            root.remove(element)
    return markup.serialise(root)


def custom(content: bytes | None, values: Mapping[str, str]) -> bytes:
    """Add texts to the custom properties, in place of those of the same name."""
    attributes = {"xmlns": _NAMESPACE, "xmlns:vt": _VALUES}
    root = markup.Element("Properties", attributes) if content is None else markup.parse(content)
    head = markup.prefix(root)
    spelled = next((name[6:] + ":" for name, value in root.items() if name[:6] == "xmlns:" and value == _VALUES), "vt:")
    root.set(f"xmlns:{spelled[:-1]}", _VALUES)
    for element in list(root):
        if element.get("name") in values:
            root.remove(element)
    for name, value in values.items():
        element = markup.Element(f"{head}property", {"name": name, "fmtid": _FORMAT_ID})
        text = markup.Element(f"{spelled}lpwstr")
        text.text = markup.clean(value)
        element.append(text)
        root.append(element)
    for number, element in enumerate(root, 2):
        element.set("pid", str(number))
    return markup.serialise(root)
