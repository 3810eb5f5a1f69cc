"""The rows of the sheet of workings, and the words that its formulas compare answers with."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servaudit.render.checklist_xlsx.conditions import FORMULA, UnsupportedError
from servaudit.render.workbook import Formula, Named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servaudit.render.checklist_xlsx.slots import Slot

Held = object
"""What a cell holds: a number, a text, a `Formula`, any of them `Named`, or None."""


class Row(NamedTuple):
    """One row of the sheet of workings; the order is that of its columns, from A on."""

    code: str
    weight: Held = None  # B
    applies: Held = None  # C: TRUE, FALSE, or nothing where it is not known yet
    raw: Held = None  # D: points of the answer, "na", or nothing
    points: Held = None  # E: what it brings to its parent
    maximum: Held = None  # F
    score: Held = None  # G
    outcome: Held = None  # H
    counts: Held = None  # I: 1 observed, 0 not yet
    missed: Held = None  # J: severity of what was seen and is not fully met
    forbidden: Held = None  # K: 1 where the standard forbids what was answered
    value: Held = None  # L: what conditions see


def checked(row: Row) -> Row:
    """Give a row whose formulas programs take. Raises UnsupportedError for one that is too long."""
    for cell in row:
        formula = cell.value if isinstance(cell, Named) else cell
        if isinstance(formula, Formula) and len(formula.text) > FORMULA:
            raise UnsupportedError
    return row


class Words(NamedTuple):
    """The words of the lists, by the path of a criterion: by key of the choice, `na` for "not applicable"."""

    of: Mapping[str, Mapping[str, str]]

    def labels(self, slot: Slot) -> Mapping[str, str]:
        """Give the words of one criterion."""
        return self.of[slot.node.id]
