"""Row by row below the headings: what is the title of a section, what a question, and what is neither, and why."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from servaudit.diagnostics import Message, msg
from servaudit.draft.grid import plain, tidy
from servaudit.draft.signs import SURE, Signs, Usual, is_lettered, signs_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from servaudit.draft.grid import Entry
    from servaudit.draft.table import Table

_TOTAL: Final = re.compile(r"(?:sous |sub |grand |score |points )?(?:sous|sub)?total(?:e|es|s)?\b|totaux\b")
_RESULT: Final = re.compile(
    r"(?:score|moyenne|note|resultat|taux|average|overall|percentage|pourcentage|result|maximum|max)\b"
)
_FOOT: Final = re.compile(
    r"(?:signature|visa|legende|legend|key|nom|date|commentaires?|observations?|remarques?|appreciation|conclusion|"
    r"points? forts?|axes? d amelioration|plan d action|general comments?|overall comments?|comments?|action plan|"
    r"signed|auditeur|auditor|evaluateur|nb|n b|note|notes|bareme|strengths|areas for improvement|version|source)\b"
)
BRIEF: Final = 6
"""Words that the name of a total may have: what has more is a question about one."""


class Line(NamedTuple):
    """A row that says something. `look` tells titles of one level from those of another."""

    kind: Literal["section", "question"]
    row: int
    entry: Entry
    look: tuple[object, ...] = ()


class Left(NamedTuple):
    """What was left out, where, and why."""

    place: str
    text: str
    why: Message


def lines(table: Table) -> tuple[list[Line], list[Left]]:
    """Read the rows of a table: those that say something, and those left out."""
    left: list[Left] = []
    rows = dict(_bodies(table, left))
    question = table.column("question") or 1
    asked = {row: signs_of(table, row, cells) for row, cells in rows.items() if question in cells}
    usual = Usual(list(asked.values()))
    captions = _captions(table)
    kept = [_caption(table, row) for row in captions if row < table.top]
    for row, cells in rows.items():
        line = _caption(table, row) if row in captions else _line(table, row, cells, asked.get(row), usual)
        if line is None:
            first = _first(cells)
            left.append(Left(first.place, tidy(first.text), msg("no question in this row")))
        else:
            kept.append(line)
    return _above_the_foot(kept, asked, left), left


def _bodies(table: Table, left: list[Left]) -> Iterator[tuple[int, Mapping[int, Entry]]]:
    """Give the rows that may say something; totals, repeated headings and hidden rows are left out."""
    for row, cells in table.sheet.rows.items():
        filled = {column: entry for column, entry in cells.items() if tidy(entry.text)}
        if row <= table.bottom or not filled:
            continue
        first = _first(filled)
        if row in table.sheet.hidden_rows:
            left.append(Left(first.place, tidy(first.text), msg("a hidden row")))
        elif _is_heading(table, filled):
            left.append(Left(first.place, tidy(first.text), msg("the headings again")))
        elif _is_total(filled, first):
            left.append(Left(first.place, tidy(first.text), msg("a total")))
        else:
            yield row, filled


def _is_heading(table: Table, cells: Mapping[int, Entry]) -> bool:
    """Whether a row repeats the headings; a page number may stand beside them."""
    same = {
        column
        for column, heading in table.headings.items()
        if column in cells and tidy(cells[column].text).casefold() == heading.casefold()
    }
    return len(same) > 1 and len(cells) - len(same) < 2  # noqa: PLR2004 - two that agree, one more at most


def _captions(table: Table) -> list[int]:
    """Find the titles right above each repetition of the headings; then what is above the first of them is one, too."""
    rows = [row for row, cells in table.sheet.rows.items() if any(tidy(entry.text) for entry in cells.values())]
    alone = {row for row in rows if len(table.sheet.rows[row]) == 1 and _first(table.sheet.rows[row]).number is None}
    above = dict(zip(rows[1:], rows, strict=False))
    found = [
        above[row] for row in rows
        if row > table.bottom and _is_heading(table, table.sheet.rows[row]) and above.get(row) in alone
    ]  # fmt: skip
    first = above.get(table.top)
    return [first, *found] if found and first in alone and first is not None else found


def _caption(table: Table, row: int) -> Line:
    entry = _first(table.sheet.rows[row])
    return Line("section", row, entry, _look(entry, 0))


def _first(cells: Mapping[int, Entry]) -> Entry:
    """Give the first text of a row; its first cell where all are numbers."""
    texts = (entry for entry in cells.values() if entry.number is None)
    return next(texts, next(iter(cells.values())))


def _is_total(cells: Mapping[int, Entry], first: Entry) -> bool:
    name = plain(first.text)
    if len(name.split()) > BRIEF:
        return False
    return bool(_TOTAL.match(name)) or bool(_RESULT.match(name) and any(entry.formula for entry in cells.values()))


def _line(table: Table, row: int, cells: Mapping[int, Entry], own: Signs | None, usual: Usual) -> Line | None:
    """Tell what a row is; None where it has no text that could be either."""
    question = table.column("question") or 1
    if own is None:
        lead = [cells[column] for column in cells if column < question and cells[column].number is None]
        return Line("section", row, lead[0], _look(lead[0], 0)) if lead else None
    entry = cells[question]
    if any(column in cells for column in table.columns("section")) or usual.titled(own) < SURE:
        return Line("question", row, entry)
    return Line("section", row, entry, _look(entry, own.level))


def _look(entry: Entry, level: int) -> tuple[object, ...]:
    text = tidy(entry.text)
    return (text.isupper(), level, is_lettered(text))


def _above_the_foot(kept: list[Line], asked: Mapping[int, Signs], left: list[Left]) -> list[Line]:
    """Leave out what stands below the table: signatures, a legend, general comments."""
    last = max(
        (row for row, signs in asked.items() if signs.numbered or signs.weighted or signs.ruled or signs.filled),
        default=0,
    )
    found: list[Line] = []
    for line in kept:
        name = plain(line.entry.text)
        if last and line.row > last and (_FOOT.match(name) or _RESULT.match(name)):
            left.append(Left(line.entry.place, tidy(line.entry.text), msg("below the table")))
        else:
            found.append(line)
    return found
