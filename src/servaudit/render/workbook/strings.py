"""The shared strings of a workbook: texts that come again from row to row, which its cells name by their number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.render.workbook import expressions, markup

if TYPE_CHECKING:
    from servaudit.render.workbook.markup import Element

PART = "xl/sharedStrings.xml"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
_EMPTY = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'


class Strings:
    """The template's own shared strings, then those of the report; expressions among the template's are emptied."""

    def __init__(self, part: bytes | None) -> None:
        self._root: Element = markup.parse(part or _EMPTY)
        self._prefix = markup.prefix(self._root)
        for item in self._root:
            if expressions.holds("".join(text.text or "" for text in markup.named(item, "t"))):
                item.clear()
                item.append(markup.Element(f"{self._prefix}t"))
        self._items = sum(markup.local(item) == "si" for item in self._root)
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        """Give the number of a text, which counts from 0; it is added where it is new."""
        return self._numbers.setdefault(text, self._items + len(self._numbers))

    def serialise(self) -> bytes:
        """Write the part."""
        for text in self._numbers:
            item = markup.Element(f"{self._prefix}si")
            said = markup.Element(f"{self._prefix}t", {"xml:space": "preserve"})
            said.text = text
            item.append(said)
            self._root.append(item)
        self._root.attrib.pop("count", None)  # of cells: nobody asks, and a wrong one is worse than none
        self._root.set("uniqueCount", str(self._items + len(self._numbers)))
        return markup.serialise(self._root)
