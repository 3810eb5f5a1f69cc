"""Writes the links of cells: in the sheet the cell, in its relations the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.render.workbook import markup, package

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servaudit.render.workbook.markup import Element

LIMIT = 65_530  # what Excel takes in one sheet
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PREFIX = "servaudit"
# A sheet's elements have a fixed order; these come after its links.
_AFTER = (
    "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties",
    "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture",
    "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip


def refer(root: Element, links: Sequence[tuple[str, str]]) -> None:
    """Say in a sheet which of its cells lead somewhere."""
    if not links:
        return
    group = markup.child(root, "hyperlinks")
    if group is None:
        names = [markup.local(element) for element in root]
        at = next((place for place, name in enumerate(names) if name in _AFTER), len(names))
        group = markup.Element(f"{markup.prefix(root)}hyperlinks")
        root.insert(at, group)
    group.set(f"xmlns:{_PREFIX}", _RELATIONS)
    for number, (place, _) in enumerate(links[:LIMIT]):
        attributes = {"ref": place, f"{_PREFIX}:id": _name(number)}
        group.append(markup.Element(f"{markup.prefix(root)}hyperlink", attributes))


def relations(links: Sequence[tuple[str, str]]) -> list[package.Relation]:
    """List the addresses, for the relations of the sheet; the same address is one relation for each cell."""
    return [
        package.Relation(_name(number), _KIND, target, external=True)
        for number, (_, target) in enumerate(links[:LIMIT])
    ]


def _name(number: int) -> str:
    return f"servauditLink{number + 1}"
