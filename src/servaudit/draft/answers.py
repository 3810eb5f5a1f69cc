"""Which scale each question of a table has: by what its cell lets in, a list beside it, a heading, or answers given."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from servaudit.diagnostics import Message, msg
from servaudit.draft import scales, words
from servaudit.draft.grid import number_in, plain, tidy
from servaudit.draft.headings import meaning
from servaudit.draft.scales import YES_NO, Scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servaudit.draft.grid import Entry
    from servaudit.draft.rows import Line
    from servaudit.draft.table import Table

_MARKED: Final = re.compile(r"\d{1,3}(?:[.,]\d+)?\s*/\s*\d{1,3}")
FEW: Final = 5
"""Different answers that cells already filled may hold, to be taken for all the answers there are."""
PLAINLY: Final = 4
"""Strength of the headings that announce the answers a question takes."""
UNKNOWN: Final = msg("nothing says which answers the questions take: yes or no was taken; --answers “1-5” says another")


class Answers:
    """Tells the scale of each question of one table."""

    def __init__(self, table: Table, lines: Sequence[Line], default: Scale | None) -> None:
        self._table, self._lines, self._default = table, lines, default
        self._asked = False

    def of(self, line: Line) -> tuple[Scale, bool]:
        """Tell the scale of one question, and whether the grid or the author said it: else it is yes or no."""
        own = self._ruled(line) or self._listed(line)
        if own is not None:
            return own, True
        self._asked = True
        scale, why = self._whole
        return scale, why != UNKNOWN

    @property
    def noted(self) -> Message | None:
        """Say what an author should check of the scales; None where the grid says them."""
        points = self._table.columns("points") and self._table.columns("answers")
        if not self._asked or (points and self._whole[1] == UNKNOWN):
            return None
        return self._whole[1]

    def _ruled(self, line: Line) -> Scale | None:
        """By the list or the bounds that a program enforces on a cell of the row."""
        table = self._table
        others = [column for column in table.headings if column not in table.roles]
        for column in (*table.columns("answers"), *others):
            rule = table.sheet.rule(line.row, column)
            scale = scales.from_rule(rule) if rule else None
            if scale is not None and (column in table.roles or scale.kind != "info"):
                return scale
        return None

    def _listed(self, line: Line) -> Scale | None:
        """By a cell of the row that lists the answers."""
        cells = self._table.sheet.rows[line.row]
        for column in self._table.columns("answers"):
            entry = cells.get(column)
            if entry is None or entry.error or _MARKED.fullmatch(entry.text.strip()):
                continue
            scale = scales.from_text(entry.text)
            # “Bien, mais lent” is an answer, not a list; below “options” any list is one.
            if scale is not None and (scale.plain or announces(self._table.headings.get(column, ""))):
                return scale
        return None

    @cached_property
    def _whole(self) -> tuple[Scale, Message | None]:
        """Tell what holds for the questions that do not say it themselves, and what is to be checked of it."""
        table = self._table
        ticked = scales.from_labels([table.ticked[column] for column in sorted(table.ticked)])
        headings = (scales.in_heading(table.headings.get(column, "")) for column in table.columns("answers"))
        said = next((scale for scale in (ticked, *headings, self._default) if scale is not None), None)
        if said is not None:
            return said, None
        for column in table.columns("answers"):
            cells = [table.sheet.rows[line.row].get(column) for line in self._lines]
            given = [
                entry
                for entry in cells
                if entry is not None and not entry.error and not entry.formula and tidy(entry.text)
            ]
            texts = list({plain(entry.text): tidy(entry.text) for entry in given}.values())
            scale = _of_answers([text for text in texts if not words.is_not_applicable(text)], given, table)
            if scale is not None:
                answers = ", ".join(texts[:FEW])
                return scale, msg("answers told from those that are there already: {answers}", answers=answers)
        return YES_NO, UNKNOWN


def announces(heading: str) -> bool:
    """Whether a heading announces lists of answers, not answers."""
    known = meaning(heading)
    return known is not None and known.strength >= PLAINLY


def _of_answers(texts: list[str], given: list[Entry], table: Table) -> Scale | None:
    """Tell a scale from the answers of a visit that are in the grid already; None where they do not say enough."""
    if not texts:
        return None
    if all(plain(text) in words.YES | words.NO for text in texts):
        return YES_NO
    if all(_MARKED.fullmatch(text) for text in texts):
        highest = {text.partition("/")[2].strip() for text in texts}
        return scales.from_bounds(0, float(highest.pop())) if len(highest) == 1 else None
    marks = [mark for entry in given if (mark := number_in(entry)) is not None]
    if len(marks) == len(given):
        return _of_marks(marks) if not table.columns("points") else None
    if 1 < len(texts) <= FEW and all(words.rank(text) is not None for text in texts):
        return scales.from_labels(texts)
    return None


def _of_marks(marks: list[float]) -> Scale | None:
    """Tell the highest mark from the usual ones."""
    highest = next((bound for bound in (1, 3, 4, 5, 10, 20, 100) if max(marks) <= bound), None)
    if highest is None or min(marks) < 0 or len(set(marks)) < 2:  # noqa: PLR2004 - one mark says nothing
        return None
    return scales.from_bounds(0 if min(marks) < 1 or highest > FEW else 1, highest)
