"""Where the table of a sheet stands and what its columns are for: its heading row, found below any title block."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from servaudit.diagnostics import Message
from servaudit.draft import words
from servaudit.draft.columns import (
    NO_QUESTION,
    PLAIN,
    index,
    is_mark,
    roles_of,
    texts_alone,
    ticked_columns,
    told_columns,
)  # fmt: skip
from servaudit.draft.grid import plain, tidy
from servaudit.draft.headings import Role, language, meaning
from servaudit.draft.unsure import Unsure, unsure, without_headings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servaudit.draft.grid import Sheet

_TEXTS: Final = ("question", "section", "guidance", "why")
DEEPEST: Final = 80
"""Rows that a title block may take."""


class Wishes(NamedTuple):
    """What the author said of the columns, by role, as they were written; `row` is that of the headings."""

    columns: Mapping[str, tuple[str, ...]] = {}
    row: int | None = None


@dataclass(frozen=True)
class Table:
    """A table: rows below `bottom`; of each column the role, the heading, the answer it stands for if ticked."""

    sheet: Sheet
    top: int
    bottom: int
    roles: Mapping[int, Role]
    headings: Mapping[int, str]
    ticked: Mapping[int, str] = field(default_factory=dict)
    guessed: int | None = None
    """The column of questions, where no heading says it."""

    def columns(self, role: Role) -> list[int]:
        """List the columns of a role, from left to right."""
        return sorted(column for column, known in self.roles.items() if known == role)

    @property
    def translation(self) -> tuple[int, str] | None:
        """Give the column that has the questions in another language, and that language."""
        for column in self.columns("translation"):
            heading = self.headings[column]
            found = meaning(heading)
            if found is not None and found.role == "question" and (said := language(heading)) is not None:
                return column, said
        return None

    def column(self, role: Role) -> int | None:
        """Give the first column of a role."""
        return next(iter(self.columns(role)), None)


def find(sheet: Sheet, wishes: Wishes = Wishes()) -> Table | Unsure | None:  # noqa: B008 - a frozen tuple
    """Find the table of a sheet; None where the sheet has none, Unsure where it has one that cannot be told."""
    top = wishes.row or _named_row(sheet, wishes) or _heading_row(sheet)
    if top is None and (not wishes.columns or not all(map(index, _names(wishes)))):
        return without_headings(sheet)
    top = top or 0  # no headings, and columns named by their letters
    headings, bottom = _headings(sheet, top)
    headings = {column: heading for column, heading in headings.items() if not _put_away(sheet, column, heading)}
    told = told_columns(wishes.columns, headings, sheet.name)
    if isinstance(told, Message):
        return unsure(sheet, told, headings, bottom)
    ticked = {} if told.get("answers") else ticked_columns(sheet, headings, bottom)
    roles = roles_of(headings, ticked, told)
    guessed = texts_alone(sheet, headings, ticked, bottom) if roles == NO_QUESTION else None
    if guessed is not None:
        roles = roles_of(headings, ticked, {**told, "question": (guessed,)})
    if isinstance(roles, Message):
        return unsure(sheet, roles, headings, bottom)
    return Table(sheet, top, bottom, roles, headings, ticked, guessed)


def _put_away(sheet: Sheet, column: int, heading: str) -> bool:
    """Whether a hidden column has texts of old; weights and severities are often hidden from auditors, and count."""
    found = meaning(heading)
    return column in sheet.hidden_columns and (
        found is None or found.role in ("question", "section", "guidance", "why")
    )


def _names(wishes: Wishes) -> list[str]:
    return [name for names in wishes.columns.values() for name in names]


def _named_row(sheet: Sheet, wishes: Wishes) -> int | None:
    """Find the row that has the headings the author named; None where columns were named by their letters alone."""
    names = {plain(name) for name in _names(wishes) if index(name) is None}
    for row, cells in list(sheet.rows.items())[:DEEPEST] if names else ():
        if names <= {plain(entry.text) for entry in cells.values()}:
            return row
    return None


def _heading_row(sheet: Sheet) -> int | None:
    """Find the row whose cells say best what columns are for."""
    best: tuple[int, int] | None = None
    for row, cells in list(sheet.rows.items())[:DEEPEST]:
        if row in sheet.hidden_rows:
            continue
        found: dict[Role, int] = {}
        for entry in cells.values():
            known = meaning(entry.text) if entry.number is None and not words.is_answer(entry.text) else None
            if known and known.strength > found.get(known.role, 0):
                found[known.role] = known.strength
        marks = sum(is_mark(tidy(entry.text)) for entry in cells.values())
        answers = sum(words.is_answer(entry.text) for entry in cells.values()) + (marks if marks > 2 else 0)  # noqa: PLR2004 - 1 to 5
        useful = {role: strength for role, strength in found.items() if role != "number"}
        if len(useful) + (answers > 1) < 2 and found.get("question", 0) <= PLAIN:  # noqa: PLR2004 - two that agree
            continue
        score = sum(useful.values()) + ("question" in found) * 4 + min(answers, 3)
        if best is None or score > best[0]:
            best = (score, row)
    return best and best[1]


def _headings(sheet: Sheet, top: int) -> tuple[dict[int, str], int]:
    """Read the headings, of two rows where the upper ones are merged over several: `Réponse` over `Oui | Non | NA`."""
    cells = sheet.rows.get(top, {})
    headings = {column: tidy(entry.text) for column, entry in cells.items()}
    bottom = max([sheet.area(top, column).bottom for column in cells] or [top])
    below = next((row for row in sheet.rows if row > top), None)
    if below is None or below > top + 2 or not cells:
        return headings, bottom if bottom < top + 4 else top
    free = {column for column in sheet.rows[below] if column not in headings}
    spread = {
        column for start in cells for column in range(start, min(sheet.area(top, start).right, start + 50) + 1)
        if sheet.area(top, start).right > start
    }  # fmt: skip
    lower = sheet.rows[below]
    if (bottom >= below or set(lower) <= free | spread) and all(
        column in free | spread and (words.is_answer(entry.text) or entry.number is not None or meaning(entry.text))
        for column, entry in lower.items()
    ):
        headings |= {column: tidy(entry.text) for column, entry in lower.items()}
        bottom = max(bottom, below)
    return headings, bottom
