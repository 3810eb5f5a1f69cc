"""The sheets of one report, and the answer to every reference between them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from servaudit.diagnostics import Cell, msg
from servaudit.render.workbook import expressions
from servaudit.render.workbook.errors import fault, no_rows, placed
from servaudit.render.workbook.layout import Layout
from servaudit.render.workbook.markup import clean
from servaudit.render.workbook.references import Reference, references, rewrite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from servaudit.render.workbook.dotted import Scope
    from servaudit.render.workbook.layout import Path
    from servaudit.render.workbook.template import SheetTemplate, Template

MAX_SHEETS = 1000
_TITLE = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\n\t]")


@dataclass(slots=True)
class Sheet:
    """One sheet of the report: `part` is where it is written, `first` whether it is the first of its template.

    While the rows are written, `links` fills with the cells that lead somewhere, and where, and `names` with the cells
    that get a name: the name, the column and the row.
    """

    template: SheetTemplate
    title: str
    scope: Scope
    layout: Layout
    part: str
    first: bool
    links: list[tuple[str, str]] = field(default_factory=list)
    names: list[tuple[str, str, int]] = field(default_factory=list)

    def name(self, names: str, column: str, row: int) -> None:
        """Remember the names of a cell, with spaces between."""
        self.names += ((name, column, row) for name in names.split(" "))


class Book:
    """The sheets of a report, laid out. `referred`: for each sheet of the template, the rows that are spoken of."""

    def __init__(self, template: Template, scope: Scope, referred: Mapping[str, list[tuple[int, int]]]) -> None:
        self.file = template.file
        self.sheets: list[Sheet] = []
        self._firsts: dict[str, Sheet | None] = {}
        titles: set[str] = set()
        for sheet in template.sheets:
            self._firsts[sheet.name] = None
            for turn, own in enumerate(_scopes(sheet, scope)):
                if len(self.sheets) >= MAX_SHEETS:
                    raise fault(template.file, msg("the report would have more than {limit} sheets", limit=MAX_SHEETS))
                part = sheet.part if turn == 0 else sheet.part.replace(".xml", f"_{turn + 1}.xml")
                layout = Layout(sheet.plan, own, referred.get(sheet.name, []))
                made = Sheet(sheet, _title(sheet, own, template.file, titles), own, layout, part, first=turn == 0)
                self.sheets.append(made)
                self._firsts[sheet.name] = self._firsts[sheet.name] or made
        if not self.sheets:
            raise fault(template.file, msg("the report would have no sheet"))

    def area(self, formula: str, sheet: Sheet | None, where: Cell) -> str:
        """Rewrite what names cells rather than computes (a chart's series, a name): one cell may become many."""
        return self.rewrite(formula, sheet, where, extend=True)

    def rewrite(
        self, formula: str, sheet: Sheet | None, where: Cell, source: int = 0, path: Path = (), *, extend: bool = False
    ) -> str:
        """Rewrite a formula for where it stands now: rows, and names of sheets.

        It stood in row `source` of `sheet`'s template and comes out in the loop turns `path`. Relative rows speak of
        the same turn; rows written with `$`, and those of other sheets, of all of them. Raises TemplateError.
        """

        def resolve(reference: Reference) -> tuple[int, int]:
            found = self._sheet(reference.sheet, sheet)
            if found is None:
                if reference.sheet in self._firsts:
                    raise no_rows(where, formula)
                return reference.first, reference.last
            layout = found.layout
            same = found is sheet and not reference.absolute
            turns = layout.common(source, path, reference.first, reference.last) if same else ()
            span = layout.span(reference.first, reference.last, turns)
            span = span or layout.span(reference.first, reference.last)
            if span is None:
                raise no_rows(where, formula)
            return span

        def rename(name: str) -> str:
            found = self._sheet(name, sheet)
            return name if found is None else found.title

        return rewrite(formula, resolve, rename, extend=extend)

    def rewriter(self, sheet: Sheet, where: Cell, source: int = 0, path: Path = ()) -> Callable[[str], str]:
        """Give `rewrite` for one place."""
        return lambda formula: self.rewrite(formula, sheet, where, source, path)

    def _sheet(self, name: str | None, own: Sheet | None) -> Sheet | None:
        if own is not None and (name is None or name == own.template.name):
            return own
        return self._firsts.get(name or "")


def referred_rows(formulas: Iterator[tuple[str, str]]) -> dict[str, list[tuple[int, int]]]:
    """Collect the rows that formulas speak of, by sheet; each comes with the sheet it stands in."""
    rows: dict[str, set[tuple[int, int]]] = {}
    for sheet, formula in formulas:
        for reference in references(formula):
            rows.setdefault(reference.sheet or sheet, set()).add((reference.first, reference.last))
    return {sheet: sorted(found) for sheet, found in rows.items()}


def _scopes(sheet: SheetTemplate, scope: Scope) -> list[Scope]:
    """Give what each copy of a sheet sees: one, unless A1 says `{% sheet for … %}` or `{% sheet if … %}`."""
    marker = sheet.repeat
    if marker is None:
        return [scope]
    word, _, rest = marker.rest.partition(" ")
    if word == "for":
        with placed(marker.where, f"{{% {marker.rest} %}}{{% endfor %}}"):
            return [{**scope, **turn} for turn in expressions.loop(marker.rest)(scope)]
    if word == "if":
        with placed(marker.where, rest):
            return [scope] if expressions.condition(rest)(scope) else []
    raise fault(marker.where, msg("write “sheet for … in …” or “sheet if …”"))


def _title(sheet: SheetTemplate, scope: Scope, file: str, taken: set[str]) -> str:
    """Render a sheet's name, made such that Excel takes it: 31 characters, none forbidden, unlike all others."""
    text = sheet.name
    if expressions.holds(text):
        with placed(Cell(file, sheet.name, "A1"), text):
            text = str(expressions.cell(text)(scope))
    text = _FORBIDDEN.sub(" ", clean(text)).strip().strip("'") or "Sheet"
    text = "Sheet" if text.casefold() == "history" else text
    title, number = text[:_TITLE].rstrip(), 1
    while title.casefold() in taken:
        number += 1
        mark = f" ({number})"
        title = text[: _TITLE - len(mark)].rstrip() + mark
    taken.add(title.casefold())
    return title
