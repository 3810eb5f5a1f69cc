"""Row by row below the headings: what is the title of a section, what a question, and what is neither, and why."""

from __future__ import annotations

import re
from statistics import median
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from servaudit.diagnostics import Message, msg
from servaudit.draft.grid import number_in, plain, tidy

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
_LEVEL: Final = re.compile(r"\s*(?:[A-Za-z]{1,4}[-. ]?)?(\d+(?:[.\-]\d+)*)")
_LETTERED: Final = re.compile(
    r"\s*(?:(?:[A-Z]|[IVX]{1,5})\s*[.)\-–:/]|(?:partie|section|chapitre|part|chapter)\s+\w+\b)", re.IGNORECASE
)
SURE: Final = 2
"""Signs that it takes to read a row as the title of a section."""
LONG: Final = 90
"""Characters beyond which a text is hardly a title."""
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


class _Signs(NamedTuple):
    """What a row shows, to be compared with the others."""

    wide: int
    numbered: bool
    weighted: bool
    weight: float | None
    computed: bool
    ruled: bool
    filled: bool
    level: int
    upper: bool


def lines(table: Table) -> tuple[list[Line], list[Left]]:
    """Read the rows of a table: those that say something, and those left out."""
    left: list[Left] = []
    rows = dict(_bodies(table, left))
    question = table.column("question") or 1
    asked = {row: _signs(table, row, cells) for row, cells in rows.items() if question in cells}
    kept: list[Line] = []
    for row, cells in rows.items():
        line = _line(table, row, cells, asked)
        if line is None:
            first = _first(cells)
            left.append(Left(first.place, tidy(first.text), msg("no question in this row")))
        else:
            kept.append(line)
    return _above_the_foot(kept, asked, left), left


def _bodies(table: Table, left: list[Left]) -> Iterator[tuple[int, Mapping[int, Entry]]]:
    """Give the rows that may say something; totals, repeated headings and hidden rows are left out."""
    headings = {plain(heading) for heading in table.headings.values() if heading}
    for row, cells in table.sheet.rows.items():
        filled = {column: entry for column, entry in cells.items() if tidy(entry.text)}
        if row <= table.bottom or not filled:
            continue
        first = _first(filled)
        texts = {plain(entry.text) for entry in filled.values()}
        if row in table.sheet.hidden_rows:
            left.append(Left(first.place, tidy(first.text), msg("a hidden row")))
        elif len(texts & headings) > 1 and len(texts - headings) < 2:  # noqa: PLR2004 - a page number at most
            left.append(Left(first.place, tidy(first.text), msg("the headings again")))
        elif _is_total(filled, first):
            left.append(Left(first.place, tidy(first.text), msg("a total")))
        else:
            yield row, filled


def _first(cells: Mapping[int, Entry]) -> Entry:
    """Give the first text of a row; its first cell where all are numbers."""
    texts = (entry for entry in cells.values() if entry.number is None)
    return next(texts, next(iter(cells.values())))


def _is_total(cells: Mapping[int, Entry], first: Entry) -> bool:
    name = plain(first.text)
    if len(name.split()) > BRIEF:
        return False
    return bool(_TOTAL.match(name)) or bool(_RESULT.match(name) and any(entry.formula for entry in cells.values()))


def _signs(table: Table, row: int, cells: Mapping[int, Entry]) -> _Signs:
    sheet, question = table.sheet, table.column("question") or 1
    start = min(*cells, question)
    area = sheet.area(row, start)
    numbers = [column for column in table.columns("number") if column in cells]
    values = [column for role in ("weight", "points") for column in table.columns(role)]
    others = {question, *numbers, *values, *table.columns("section")}
    return _Signs(
        wide=max(area.right, sheet.area(row, question).right) - question,
        numbered=bool(numbers),
        weighted=any(column in cells for column in values),
        weight=next((number_in(cells[column]) for column in values if column in cells), None),
        computed=any(column in cells and cells[column].formula and not cells[column].error for column in values),
        ruled=any(sheet.rule(row, column) for column in (*table.headings, *table.ticked) if column != question),
        filled=any(column not in others for column in cells),
        level=next((_level(cells[column].text) for column in numbers), _level(cells[question].text)),
        upper=tidy(cells[question].text).isupper(),
    )


def _level(text: str) -> int:
    """Tell how deep a number is: 1 for `2`, 2 for `2.1`; 0 where there is none."""
    match = _LEVEL.match(text)
    return match[1].replace("-", ".").count(".") + 1 if match else 0


def _line(table: Table, row: int, cells: Mapping[int, Entry], asked: Mapping[int, _Signs]) -> Line | None:
    """Tell what a row is; None where it has no text that could be either."""
    question = table.column("question") or 1
    sections = table.columns("section")
    own = asked.get(row)
    if own is None:
        lead = [cells[column] for column in cells if column < question and cells[column].number is None]
        return Line("section", row, lead[0], _look(lead[0], 0)) if lead else None
    entry = cells[question]
    in_column = any(column in cells for column in sections)
    if not in_column and _titled(tidy(entry.text), own, list(asked.values())) >= SURE:
        return Line("section", row, entry, _look(entry, own.level))
    return Line("question", row, entry)


def _look(entry: Entry, level: int) -> tuple[object, ...]:
    text = tidy(entry.text)
    return (text.isupper(), level, bool(_LETTERED.match(text)))


def _titled(text: str, own: _Signs, others: list[_Signs]) -> int:
    """Count what speaks for a title: what most rows have and this one lacks, its width, its number, its look."""
    signs = sum(
        weight * (not getattr(own, name) and 2 * sum(getattr(signs, name) for signs in others) >= len(others))
        for name, weight in (("numbered", 2), ("weighted", 2), ("ruled", 2), ("filled", 1))
    )
    signs += 2 * (own.wide > max(0, median(signs.wide for signs in others)))
    levels = [signs.level for signs in others if signs.level]
    if own.level and 2 * len(levels) > len(others):
        signs += 2 * (min(levels) <= own.level < median(levels))
    # Capitals and a number are a title's where most rows have none; beside a number of its own, a question's.
    rare = 2 * sum(signs.upper for signs in others) < len(others)
    look = 2 * (text.isupper() and rare and not own.numbered) + bool(_LETTERED.match(text)) + text.endswith(":")
    look += bool(own.level and 2 * len(levels) < len(others) and not own.numbered)
    if own.weighted:  # a title may have a weight: that of its section, more than any question's, or their sum
        heaviest = max((signs.weight or 0 for signs in others if signs.upper != own.upper), default=0)
        signs += 2 if look and (own.computed or (own.weight or 0) > heaviest > 0) else -2
    return signs + look - own.filled - text.endswith(("?", ".")) - (len(text) > LONG)


def _above_the_foot(kept: list[Line], asked: Mapping[int, _Signs], left: list[Left]) -> list[Line]:
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
