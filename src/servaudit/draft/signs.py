"""What tells the title of a section from a question where both stand in one column: what most rows have, it lacks."""

from __future__ import annotations

import re
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

from servaudit.draft.grid import number_in, tidy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servaudit.draft.grid import Entry
    from servaudit.draft.table import Table

_LEVEL: Final = re.compile(r"\s*(?:[A-Za-z]{1,4}[-. ]?)?(\d+(?:[.\-]\d+)*)")
_LETTERED: Final = re.compile(
    r"\s*(?:(?:[A-Z]|[IVX]{1,5})\s*[.)\-–:/]|(?:partie|section|chapitre|part|chapter)\s+\w+\b)", re.IGNORECASE
)
SURE: Final = 2
"""Signs that it takes to read a row as the title of a section."""
LONG: Final = 90
"""Characters beyond which a text is hardly a title."""


class Signs(NamedTuple):
    """What a row shows, to be compared with the others. `level` is how deep its number is: 2 for `1.3`, 0 without."""

    text: str
    wide: int
    numbered: bool
    weighted: bool
    weight: float | None
    computed: bool
    ruled: bool
    filled: bool
    level: int
    upper: bool


def signs_of(table: Table, row: int, cells: Mapping[int, Entry]) -> Signs:
    """Look at a row that has a text in the column of questions."""
    sheet, question = table.sheet, table.column("question") or 1
    text = tidy(cells[question].text)
    numbers = [column for column in table.columns("number") if column in cells]
    values = [column for column in (*table.columns("weight"), *table.columns("points")) if column in cells]
    others = {question, *numbers, *values, *table.columns("section")}
    return Signs(
        text=text,
        wide=max(sheet.area(row, min(*cells, question)).right, sheet.area(row, question).right) - question,
        numbered=bool(numbers),
        weighted=bool(values),
        weight=number_in(cells[values[0]]) if values else None,
        computed=any(cells[column].formula and not cells[column].error for column in values),
        ruled=any(sheet.rule(row, column) for column in (*table.headings, *table.ticked) if column != question),
        filled=any(column not in others for column in cells),
        level=next((_level(cells[column].text) for column in numbers), _level(text)),
        upper=text.isupper(),
    )


def is_lettered(text: str) -> bool:
    """Whether a text begins as titles do: `A.`, `IV -`, `Partie 2`."""
    return _LETTERED.match(text) is not None


def _level(text: str) -> int:
    match = _LEVEL.match(text)
    return match[1].replace("-", ".").count(".") + 1 if match else 0


class Usual:
    """What is usual in the rows of a table."""

    def __init__(self, rows: Sequence[Signs]) -> None:
        self._count = len(rows)
        self._lacks = {
            name: weight
            for name, weight in (("numbered", 2), ("weighted", 2), ("ruled", 2), ("filled", 1))
            if 2 * sum(getattr(signs, name) for signs in rows) >= self._count
        }
        self._wide = max(0, median(signs.wide for signs in rows)) if rows else 0
        self._levels = [signs.level for signs in rows if signs.level]
        self._level = median(self._levels) if self._levels else 0
        self._upper = sum(signs.upper for signs in rows)
        self._heaviest = {
            upper: max((signs.weight or 0 for signs in rows if signs.upper == upper), default=0)
            for upper in (True, False)
        }

    def titled(self, own: Signs) -> int:
        """Count what speaks for a title: what most rows have and this one lacks, its width, its number, its look."""
        signs = sum(weight for name, weight in self._lacks.items() if not getattr(own, name))
        signs += 2 * (own.wide > self._wide)
        if own.level and 2 * len(self._levels) > self._count:
            signs += 2 * (own.level < self._level)
        look = self._look(own)
        if own.weighted:  # a title may have a weight: that of its section, more than any question's, or their sum
            heaviest = self._heaviest[not own.upper]
            signs += 2 if look and (own.computed or (own.weight or 0) > heaviest > 0) else -2
        return signs + look - own.filled - own.text.endswith(("?", ".")) - (len(own.text) > LONG)

    def _look(self, own: Signs) -> int:
        """Capitals and a number are a title's where most rows have none; beside a number of its own, a question's."""
        look = int(is_lettered(own.text)) + own.text.endswith(":")
        if not own.numbered:
            look += 2 * (own.upper and 2 * self._upper < self._count)
            look += bool(own.level and 2 * len(self._levels) < self._count)
        return look
