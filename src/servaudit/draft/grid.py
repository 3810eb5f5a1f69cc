"""A team's own grid as it stands: sheets of cells with their places, merged areas, and what each cell lets in."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from servaudit.model.base import folded

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORDS = re.compile(r"[a-z0-9#%/+]+")
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss"})
_BREAKS = frozenset("\t\n\v\f\r\x85\u2028\u2029")
CROSSES = frozenset({"x", "✓", "✔", "✗", "✘", "☑", "☒", "v", "1", "ok", "•", "●"})
"""What people put in a cell to tick it."""


class Entry(NamedTuple):
    """What a cell shows: `number` too where it is one; of a formula, the value last computed."""

    place: str
    text: str
    number: float | None = None
    formula: bool = False
    error: bool = False


class Area(NamedTuple):
    """A rectangle of cells, all four bounds in it; rows and columns count from 1."""

    top: int
    left: int
    bottom: int
    right: int


class Rule(NamedTuple):
    """What a program lets into some cells: one of `options`, or a number between two bounds, or what `kind` says."""

    areas: tuple[Area, ...]
    kind: str
    options: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Sheet:
    """A sheet: cells that are not empty by row and column, and all that stands between them and their reader."""

    name: str
    entries: Mapping[tuple[int, int], Entry]
    merged: tuple[Area, ...] = ()
    rules: tuple[Rule, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = field(default=frozenset())

    @cached_property
    def rows(self) -> Mapping[int, Mapping[int, Entry]]:
        """The cells of each row that has any, in order."""
        found: dict[int, dict[int, Entry]] = {}
        for (row, column), entry in sorted(self.entries.items()):
            found.setdefault(row, {})[column] = entry
        return found

    @cached_property
    def _areas(self) -> Mapping[tuple[int, int], Area]:
        return {(area.top, area.left): area for area in self.merged}

    def area(self, row: int, column: int) -> Area:
        """Give the merged area that a cell begins, or the cell alone."""
        return self._areas.get((row, column)) or Area(row, column, row, column)

    @cached_property
    def _rules(self) -> Mapping[int, list[tuple[Area, Rule]]]:
        """The rules by column: a sheet has many cells and few rules."""
        found: dict[int, list[tuple[Area, Rule]]] = {}
        for rule in self.rules:
            for area in rule.areas:
                for column in range(area.left, min(area.right, area.left + 200) + 1):
                    found.setdefault(column, []).append((area, rule))
        return found

    def rule(self, row: int, column: int) -> Rule | None:
        """Tell what a cell lets in; None where it takes anything."""
        return next((rule for area, rule in self._rules.get(column, ()) if area.top <= row <= area.bottom), None)


def plain(text: str) -> str:
    """Reduce a text to its words, in ASCII and without case: what headings and answers are compared by."""
    return " ".join(_WORDS.findall(folded(text.translate(_LIGATURES))))


def tidy(text: str) -> str:
    """Put a text on one line: one space between words, nothing invisible."""
    kept = "".join(" " if c in _BREAKS else c for c in text if c in _BREAKS or unicodedata.category(c)[0] != "C")
    return re.sub(r"[ \t\r\n\v\f]+", " ", kept).strip()


def number_in(entry: Entry) -> float | None:
    """Read the number a cell shows: `2`, `2,5`, `x 2`, `20 %`, `coef. 3`, `3 pts`; None where there is not just one."""
    if entry.error:
        return None
    if entry.number is not None:
        return round(entry.number, 6)  # as it will be written
    match = re.fullmatch(
        r"(?:x|×|coefs?|coeff|coefficient|poids)?[.\s]*([+-]?\d{1,9}(?:[.,]\d{1,6})?)\s*(?:%|pts?|points?)?\.?",
        folded(entry.text),
    )
    return round(float(match[1].replace(",", ".")), 6) if match else None


def letter(column: int) -> str:
    """Name a column, counted from 1."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text
