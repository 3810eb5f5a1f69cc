"""Writes a checklist as CommonMark, for wikis and reviews: headings and lists alone, and what was typed stays text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from servaudit.i18n import translator
from servaudit.report.words import SENTENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.i18n import Translator
    from servaudit.report.paper import Block, FieldLine, Line, Sheet

_BOX = "☐"
_BLANK = "\\_\\_\\_\\_\\_"
_MARKED = re.compile(r"([\\`*_{}\[\]<>&#|~$^=@])|(?<=\w)(:)(?=//)")
_BREAKS = re.compile(r"[ \t\r\n\v\f\x85\u2028\u2029]+")  # a no-break space stays
# What starts a list, a heading's underline or a quotation at the beginning of a line.
_START = re.compile(r"^(\s*\d{1,9})([.)])|^(\s*)([-+])")
_BARE = re.compile(r"\b(www)\.", re.IGNORECASE)  # some wikis make links of these


def markdown(sheet: Sheet) -> bytes:
    """Write the sheet; it names its generator, by which servaudit recognises it."""
    return ("\n".join(_Page(sheet, translator(sheet.language)).lines()) + "\n").encode("utf-8", "replace")


def escaped(text: str) -> str:
    """Write a text so that CommonMark shows every character of it, on one line."""
    line = _MARKED.sub(lambda found: f"\\{found[0]}", _BREAKS.sub(" ", text))
    line = _BARE.sub(r"\1\\.", line)
    return _START.sub(lambda found: f"{found[1] or found[3] or ''}\\{found[2] or found[4]}", line)


class _Page:
    def __init__(self, sheet: Sheet, tr: Translator) -> None:
        self.sheet, self.tr = sheet, tr

    def lines(self) -> Iterator[str]:
        grid, tr = self.sheet.grid, self.tr
        scenario = tr.t("Scenario")
        yield f"<!-- {self.sheet.generator} -->"
        yield ""
        yield f"# {escaped(grid.title)}"
        yield ""
        yield f"`{grid.identity}` · SHA-256 `{self.sheet.short}`"
        for text in (grid.description, grid.scenario and f"{scenario}\n\n{grid.scenario}"):
            for paragraph in (text or "").split("\n\n"):
                if paragraph.strip():
                    yield ""
                    yield escaped(paragraph)
        yield ""
        visit, praise, remarks = (
            tr.t("The visit"),
            tr.t("What deserves to be told to the team"),
            tr.t("Remarks on the visit"),
        )
        yield f"## {visit}"
        yield ""
        yield from map(self.field, self.sheet.fields)
        for block in self.sheet.blocks:
            yield from self.block(block)
        for title in (praise, remarks):
            yield from ("", f"## {title}", "", _BLANK)

    def field(self, line: FieldLine) -> str:
        title = escaped(line.field.title) + (" \\*" if line.field.required else "")
        answer = " ".join(f"{_BOX} {escaped(label)}" for label in line.boxes) or self.blanks(line.blanks)
        return "- " + self.tr.t("{label}: {text}", label=title, text=answer)

    def blanks(self, units: tuple[str, ...]) -> str:
        return " ".join(f"{_BLANK} {escaped(unit)}".rstrip() for unit in units)

    def block(self, block: Block) -> Iterator[str]:
        yield ""
        crumbs = f"{escaped(block.crumbs)} › " if block.crumbs else ""
        yield f"## {crumbs}{escaped(block.title)}"
        yield ""
        if block.repeats:
            yield "*" + self.tr.t("once for each observation") + "*"
            yield ""
        if block.condition:
            yield f"*{escaped(block.condition)}*"
            yield ""
        for line in block.lines:
            yield from self.line(line)

    def line(self, line: Line) -> Iterator[str]:
        row = line.row
        indent = " " * (len(str(line.number)) + 2)
        tags = [row.severity_word] if row.severity != "minor" else []
        tags += [self.tr.t("bonus")] if row.bonus else []
        said = f" ({', '.join(map(escaped, tags))})" if tags else ""
        parts = [f"**{escaped(row.text)}**{said}"]
        parts += [f"*{escaped(text)}*" for text in (line.condition, row.guidance, line.evidence, line.hint) if text]
        parts += self.answer(line)
        # A backslash at the end of a line is a line break in CommonMark.
        yield f"{line.number}. " + f"\\\n{indent}".join(parts)

    def answer(self, line: Line) -> list[str]:
        """Write the answers on one line, or each on its own where they are sentences."""
        if line.way == "tally":
            given = [f"{escaped(label)} {_BLANK}" for label in line.boxes]
        elif line.way == "boxes":
            given = [f"{_BOX} {escaped(label)}" for label in line.boxes]
        else:
            given = [self.blanks(line.blanks or ("",)) for _ in line.times]
        given += [f"{_BOX} {escaped(line.absent)}"] if line.absent else []
        return given if max(map(len, line.boxes), default=0) > SENTENCE else [" · ".join(given)]
