"""Reads the part of one sheet: its cells by place, merged ranges and validations."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from servaudit.diagnostics import msg
from servaudit.sources.workbook.package import PackageError
from servaudit.sources.workbook.references import letters
from servaudit.sources.workbook.values import Held, clean, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from xml.etree.ElementTree import Element

    from servaudit.sources.workbook.values import Moment, Value

CELLS = 500_000
"""Cells with something in them that a workbook may have: a checklist has thousands."""
COLUMNS = 16_384
"""Columns that a sheet can have."""
RANGES = 20_000
"""Merged ranges, and validations, that a sheet may have."""

_TRUE = ("1", "true")


class Validation(NamedTuple):
    """What a program lets into some cells: `cells` are ranges (`C5:C9`), `kind` as in the file (`list`, `decimal`, …).

    `formula` is the list (`"Oui,Non"`, a range, a name) or the first bound; `second` the other bound.
    """

    cells: tuple[str, ...]
    kind: str
    formula: str
    second: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: `cells` holds those that are not empty, by place (`C14`), in the order of the file.

    Rows and columns that a program does not show are told by their numbers, from 1.
    """

    name: str
    hidden: bool
    cells: Mapping[str, Held] = field(default_factory=dict)
    merged: tuple[str, ...] = ()
    validations: tuple[Validation, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def value(self, cell: str) -> Value:
        """Give the value of a cell; None where it is empty."""
        held = self.cells.get(cell)
        return None if held is None else held.value


class Reader:
    """Reads the sheets of one workbook; the cells of all of them count against one bound."""

    def __init__(self, strings: Sequence[str], moments: Mapping[str, Moment], *, from_1904: bool) -> None:
        self._strings, self._moments, self._from_1904 = strings, moments, from_1904
        self._left = CELLS

    def sheet(self, name: str, root: Element, *, hidden: bool) -> Sheet:
        """Read one sheet; a sheet of another kind (a chart) has no cells."""
        ns = root.tag[: root.tag.find("}") + 1]
        data, merges = root.find(f"{ns}sheetData"), root.find(f"{ns}mergeCells")
        cells = {} if data is None else dict(self._cells(data, ns))
        merged = () if merges is None else tuple(element.get("ref", "") for element in merges)
        if len(merged) > RANGES:
            raise _too_many()
        rows = () if data is None else (row for row in data if row.get("hidden") in _TRUE)
        hidden_rows = frozenset(_line(row.get("r"), 0) for row in rows)
        columns = frozenset(_hidden_columns(root.find(f"{ns}cols")))
        return Sheet(name, hidden, cells, merged, tuple(_validations(root, data)), hidden_rows, columns)

    def _cells(self, data: Element, ns: str) -> Iterator[tuple[str, Held]]:
        shared: dict[str, str] = {}
        tags = f"{ns}v", f"{ns}f", f"{ns}is"
        line = 0
        for row in data:
            line = _line(row.get("r"), line)
            for column, cell in enumerate(row, 1):
                if len(cell) == 0 or (held := self._held(cell, tags, shared)) is None:
                    continue
                self._left -= 1
                if self._left < 0:
                    raise _too_many()
                yield cell.get("r") or f"{letters(column)}{line}", held

    def _held(self, cell: Element, tags: tuple[str, str, str], shared: dict[str, str]) -> Held | None:
        text = formula = None
        value: Value = None
        kind = cell.get("t", "n")
        v, f, inline = tags
        for child in cell:
            if child.tag == v:
                text = child.text
            elif child.tag == f:
                formula = _formula(child, shared)
            elif child.tag == inline:
                value = clean(plain(child, inline[:-2]))
        if text is not None:
            value = self._value(kind, text, cell)
        return None if value is None and formula is None else Held(value, formula, kind == "e")

    def _value(self, kind: str, text: str, cell: Element) -> Value:
        if kind == "s":
            return self._strings[int(text)] if text.isdecimal() and int(text) < len(self._strings) else None
        if kind == "n":
            return number(text, self._moments.get(cell.get("s", "")), from_1904=self._from_1904)
        return text.strip() in _TRUE if kind == "b" else clean(text)


def _line(said: str | None, before: int) -> int:
    return int(said) if said is not None and said.isdecimal() and len(said) < 8 else before + 1  # noqa: PLR2004 - seven figures


def _hidden_columns(root: Element | None) -> Iterator[int]:
    for element in () if root is None else root[:1000]:  # each may name all the columns there are
        if element.get("hidden") in _TRUE:
            first, last = (_line(element.get(name), 0) for name in ("min", "max"))
            yield from range(first, min(last, COLUMNS) + 1)


def _formula(element: Element, shared: dict[str, str]) -> str:
    """Give a formula; cells that share one show it as it is written in the first of them."""
    text = element.text or ""
    if element.get("t") == "shared":
        name = element.get("si", "")
        if text:
            shared[name] = text
        return text or shared.get(name, "")
    return text


def plain(item: Element, ns: str) -> str:
    """Join the runs of a text, leaving out the phonetic guides."""
    t, r = f"{ns}t", f"{ns}r"
    if len(item) == 1 and item[0].tag == t:
        return item[0].text or ""
    return "".join(
        child.text or "" if child.tag == t else child.findtext(t, "") if child.tag == r else "" for child in item
    )


def _validations(root: Element, data: Element | None) -> Iterator[Validation]:
    """Give the validations of a sheet, those that Excel keeps in an extension too."""
    around = chain.from_iterable(child.iter() for child in root if child is not data)
    for count, element in enumerate(element for element in around if element.tag.endswith("}dataValidation")):
        if count >= RANGES:
            raise _too_many()
        said = {child.tag.rpartition("}")[2]: "".join(child.itertext()).strip() for child in element}
        cells = element.get("sqref") or said.get("sqref", "")
        formula, second = said.get("formula1", ""), said.get("formula2", "")
        yield Validation(tuple(cells.split()), element.get("type", "none"), formula, second)


def _too_many() -> PackageError:
    return PackageError(
        msg("the workbook has more cells than any checklist"),
        msg("delete what is not part of the checklist"),
        "workbook-too-large",
    )
