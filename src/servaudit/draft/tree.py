"""Puts questions under their sections: those that columns say, and those whose titles have rows of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from servaudit.diagnostics import msg
from servaudit.draft.grid import Entry, number_in, plain, tidy
from servaudit.draft.rows import Left, Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from servaudit.draft.table import Table

_IN_TITLE: Final = re.compile(r"[(\[]\s*(\d{1,4}(?:[.,]\d{1,3})?)\s*(?:%|pts?|points?)\s*[)\]]", re.IGNORECASE)


@dataclass
class Group:
    """A section as the grid has it: its title's cell (None for the whole sheet), what it weighs, what is in it."""

    title: Entry | None = None
    weight: float | None = None
    computed: bool = False
    """Whether its weight is a formula: the sum of what is in it."""
    lines: list[Line] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    _named: dict[str, Group] = field(default_factory=dict)

    def within(self, title: Entry) -> Group:
        """Find the group of that title, or begin it."""
        name = plain(title.text) or title.text
        if name not in self._named:
            self._named[name] = Group(title)
            self.groups.append(self._named[name])
        return self._named[name]

    @property
    def questions(self) -> int:
        """How many questions it holds, at any depth."""
        return len(self.lines) + sum(group.questions for group in self.groups)


def tree(table: Table, lines: list[Line], left: list[Left]) -> Group:
    """Build the groups of a table; titles without a question under them are left out."""
    root = Group()
    columns = table.columns("section")
    titles: list[Line] = []
    carried: dict[int, Entry] = {}
    repeating = _repeating(table, lines, columns)
    before: Line | None = None
    for line in lines:
        cells = table.sheet.rows[line.row]
        if line.kind == "section":
            titles = [*_above(titles, line, before), line]
            carried = {}
            group = _at(root, [title.entry for title in titles])
            _weigh(group, cells, table)
        else:
            for column in repeating:  # where each row says its section, an empty cell is in none
                carried.pop(column, None)
            _carry(carried, cells, columns)
            group = _at(root, [*(title.entry for title in titles), *(carried[c] for c in columns if c in carried)])
            group.lines.append(line)
            for column in table.columns("section_weight"):
                if column in cells and group.weight is None:
                    group.weight = number_in(cells[column])
        before = line
    _prune(root, left)
    return root


def _above(titles: list[Line], line: Line, before: Line | None) -> list[Line]:
    """Tell which titles stay above a new one: one right below another is in it, one that looks the same follows it."""
    if before is not None and before.kind == "section":
        same = [place for place, title in enumerate(titles) if title.look == line.look]
        return titles[: same[0]] if same else titles[:2]
    same = [place for place, title in enumerate(titles) if title.look == line.look]
    return titles[: same[0]] if same else titles[:-1]


def _at(root: Group, titles: list[Entry]) -> Group:
    for title in titles:
        root = root.within(title)
    return root


def _repeating(table: Table, lines: list[Line], columns: list[int]) -> list[int]:
    """Find the columns of sections that say the same in one row after the other, as exports of other tools do."""
    found = []
    for column in columns:
        cells = [table.sheet.rows[line.row].get(column) for line in lines if line.kind == "question"]
        texts = [plain(entry.text) if entry else "" for entry in cells]
        if any(one == other != "" for one, other in pairwise(texts)):
            found.append(column)
    return found


def _carry(carried: dict[int, Entry], cells: Mapping[int, Entry], columns: list[int]) -> None:
    """Keep what a column of sections last said; a new section has new ones to its right."""
    for place, column in enumerate(columns):
        if column in cells and tidy(cells[column].text):
            if column not in carried or plain(carried[column].text) != plain(cells[column].text):
                for later in columns[place + 1 :]:
                    carried.pop(later, None)
            carried[column] = cells[column]


def _weigh(group: Group, cells: Mapping[int, Entry], table: Table) -> None:
    """Read what a section weighs: in its row's cells, else in its title: `Accueil (30 %)`."""
    for column in _weights(table):
        if column in cells and group.weight is None:
            group.weight, group.computed = number_in(cells[column]), cells[column].formula
    said = _IN_TITLE.search(group.title.text) if group.title is not None and group.weight is None else None
    if said:
        group.weight = float(said[1].replace(",", "."))


def _weights(table: Table) -> Iterator[int]:
    yield from table.columns("section_weight")
    yield from table.columns("weight")
    yield from table.columns("points")


def _prune(group: Group, left: list[Left]) -> None:
    for inner in group.groups:
        _prune(inner, left)
        if not inner.questions and inner.title is not None:
            left.append(Left(inner.title.place, tidy(inner.title.text), msg("a title without a question below it")))
    group.groups = [inner for inner in group.groups if inner.questions]
