"""Adds the few cell formats that values need to those of the template: a quote prefix, a date, a language's percent."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING

from servaudit.render.workbook import markup

if TYPE_CHECKING:
    from servaudit.render.workbook.markup import Element

_DATE, _DATE_TIME = "14", "22"
_PERCENTS = {"9": "0%", "10": "0.00%"}  # formats that every program has, by number
_PERCENT = re.compile(r"(?<=[0#?])%")
_OWN = 10_000  # where the numbers of formats added here begin


def spaced(code: str, before_percent: str) -> str:
    """Put what a language writes before its percent sign into a number format (whose codes are English anywhere)."""
    return _PERCENT.sub(f"\\\\{before_percent}%", code) if before_percent else code


class Styles:
    """The cell formats of one report, by number; nothing is changed in the template's own but `before_percent`."""

    def __init__(self, content: bytes, before_percent: str = "") -> None:
        self._root = markup.parse(content)
        formats = markup.child(self._root, "cellXfs")
        if formats is None:
            raise markup.MarkupError("the workbook has no cell formats")
        self._formats: Element = formats
        self._variants: dict[tuple[int, str, str], int] = {}
        fonts = markup.child(self._root, "fonts")
        self._fonts = list(fonts) if fonts is not None else []
        self._looks: dict[int, tuple[bool, float, bool]] = {}
        if before_percent:
            self._space(before_percent)

    def look(self, style: int) -> tuple[bool, float, bool]:
        """Tell whether a format wraps its text, the size of its font in points, and whether that is bold."""
        if style not in self._looks:
            form = self._formats[style] if style < len(self._formats) else self._formats[0]
            alignment = markup.child(form, "alignment")
            number = int(form.get("fontId", "0"))
            font = self._fonts[number] if number < len(self._fonts) else markup.Element("font")
            size, bold = markup.child(font, "sz"), markup.child(font, "b")
            self._looks[style] = (
                alignment is not None and alignment.get("wrapText") in ("1", "true"),
                float(size.get("val", "11")) if size is not None else 11.0,
                bold is not None and bold.get("val", "1") not in ("0", "false"),
            )
        return self._looks[style]

    def quoted(self, style: int) -> int:
        """Give the same format with a quote prefix: editing the cell keeps its text a text."""
        return self._variant(style, "quotePrefix", "1")

    def dated(self, style: int, *, time: bool) -> int:
        """Give the same format showing a date, unless the template's author chose how numbers look."""
        own = self._formats[style].get("numFmtId", "0") if style < len(self._formats) else "0"
        return self._variant(style, "numFmtId", _DATE_TIME if time else _DATE) if own == "0" else style

    def serialise(self) -> bytes:
        """Write the part."""
        return markup.serialise(self._root)

    def _space(self, before_percent: str) -> None:
        for element in markup.named(self._root, "numFmt"):
            element.set("formatCode", spaced(element.get("formatCode", ""), before_percent))
        p = markup.prefix(self._root)
        codes = markup.child(self._root, "numFmts")
        if codes is None:
            codes = markup.Element(f"{p}numFmts")
            self._root.insert(0, codes)
        for number, (usual, code) in enumerate(_PERCENTS.items(), _OWN):
            own = {"numFmtId": str(number), "formatCode": spaced(code, before_percent)}
            codes.append(markup.Element(f"{p}numFmt", own))
            for form in self._formats:
                if form.get("numFmtId") == usual:
                    form.set("numFmtId", str(number))
        codes.set("count", str(len(codes)))

    def _variant(self, style: int, attribute: str, value: str) -> int:
        key = style, attribute, value
        if key not in self._variants:
            variant = copy.deepcopy(self._formats[style])
            variant.set(attribute, value)
            if attribute == "numFmtId":
                variant.set("applyNumberFormat", "1")
            self._formats.append(variant)
            self._formats.set("count", str(len(self._formats)))
            self._variants[key] = len(self._formats) - 1
        return self._variants[key]
