"""Where the table of a sheet stands and what its columns are for: its heading row, found below any title block."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from servaudit.diagnostics import Message, msg
from servaudit.draft import words
from servaudit.draft.grid import CROSSES, plain, tidy
from servaudit.draft.headings import Role, meaning
from servaudit.draft.unsure import Unsure, unsure, without_headings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servaudit.draft.grid import Entry, Sheet
    from servaudit.draft.headings import Meaning

DEEPEST: Final = 80
"""Rows that a title block may take."""
PLAIN: Final = 3
"""Strength from which one heading alone makes a heading row."""


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

    def columns(self, role: Role) -> list[int]:
        """List the columns of a role, from left to right."""
        return sorted(column for column, known in self.roles.items() if known == role)

    def column(self, role: Role) -> int | None:
        """Give the first column of a role."""
        return next(iter(self.columns(role)), None)


def find(sheet: Sheet, wishes: Wishes = Wishes()) -> Table | Unsure | None:  # noqa: B008 - a frozen tuple
    """Find the table of a sheet; None where the sheet has none, Unsure where it has one that cannot be told."""
    top = wishes.row or _named_row(sheet, wishes) or _heading_row(sheet)
    if top is None and (not wishes.columns or not all(map(_index, _names(wishes)))):
        return without_headings(sheet)
    top = top or 0  # no headings, and columns named by their letters
    headings, bottom = _headings(sheet, top)
    headings = {column: heading for column, heading in headings.items() if column not in sheet.hidden_columns}
    told = _told(wishes, headings, sheet)
    if isinstance(told, Message):
        return unsure(sheet, told, headings, bottom)
    ticked = {} if told.get("answers") else _ticked(sheet, headings, bottom)
    roles = _roles(headings, ticked, told)
    if isinstance(roles, Message):
        return unsure(sheet, roles, headings, bottom)
    return Table(sheet, top, bottom, roles, headings, ticked)


def _names(wishes: Wishes) -> list[str]:
    return [name for names in wishes.columns.values() for name in names]


def _index(name: str) -> int | None:
    """Read a column's letters."""
    if not (name.isascii() and name.isalpha() and len(name) <= 3 and name == name.upper()):  # noqa: PLR2004 - XFD
        return None
    value = 0
    for char in name:
        value = value * 26 + ord(char) - 64
    return value


def _named_row(sheet: Sheet, wishes: Wishes) -> int | None:
    """Find the row that has the headings the author named; None where columns were named by their letters alone."""
    names = {plain(name) for name in _names(wishes) if _index(name) is None}
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
        marks = sum(_is_mark(tidy(entry.text)) for entry in cells.values())
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


def _told(wishes: Wishes, headings: Mapping[int, str], sheet: Sheet) -> dict[Role, tuple[int, ...]] | Message:
    """Find the columns the author named, by letter or by heading."""
    found: dict[Role, tuple[int, ...]] = {}
    for role, names in wishes.columns.items():
        columns: list[int] = []
        for name in names:
            exact = [column for column, heading in headings.items() if plain(heading) == plain(name) and plain(name)]
            part = [column for column, heading in headings.items() if plain(name) and plain(name) in plain(heading)]
            index = _index(name)
            if index is not None and not exact:
                columns.append(index)
            elif len(exact or part) == 1:
                columns += exact or part
            else:
                return msg("no column of “{sheet}” is called “{name}”", sheet=sheet.name, name=name)
        found[role] = tuple(columns)  # type: ignore[index] # the command line lets only roles through
    return found


def _ticked(sheet: Sheet, headings: Mapping[int, str], bottom: int) -> dict[int, str]:
    """Find the columns that are ticked: each is called after an answer, and holds nothing else than crosses."""
    found = {
        column: heading
        for column, heading in headings.items()
        if (words.is_answer(heading) or _is_mark(heading)) and _crosses_only(sheet, column, bottom)
    }
    real = [heading for heading in found.values() if not words.is_not_applicable(heading)]
    if len(real) < 2:  # noqa: PLR2004 - one answer is no choice: that column is something else
        return {}
    marks = {column for column, heading in found.items() if _is_mark(heading)}
    if marks and len(marks) < 3:  # noqa: PLR2004 - “1” and “2” may be numbers of visits
        found = {column: heading for column, heading in found.items() if column not in marks}
    return found if len(found) > 1 else {}


def _is_mark(heading: str) -> bool:
    return len(heading) <= 2 and heading.isdigit()  # noqa: PLR2004 - 0 to 10


def _crosses_only(sheet: Sheet, column: int, bottom: int) -> bool:
    below = (cells[column] for row, cells in sheet.rows.items() if row > bottom and column in cells)
    strange = sum(1 for entry in below if not (_is_cross(entry) or entry.formula or entry.number is not None))
    return strange <= 2  # noqa: PLR2004 - a word here and there, below the table


def _is_cross(entry: Entry) -> bool:
    return entry.text.strip().casefold() in CROSSES or plain(entry.text) in CROSSES


def _roles(
    headings: Mapping[int, str], ticked: Mapping[int, str], told: Mapping[Role, tuple[int, ...]]
) -> dict[int, Role] | Message:
    """Give each column its role; a message says why the questions' column is not sure."""
    roles: dict[int, Role] = {column: role for role, columns in told.items() for column in columns}
    known = {
        column: found
        for column, heading in headings.items()
        if column not in roles and column not in ticked and (found := meaning(heading))
    }
    for column, found in known.items():
        if found.role not in ("question", *told):
            roles[column] = found.role
    if "question" in told:
        return roles
    asked = {column: found.strength for column, found in known.items() if found.role == "question"}
    best = [column for column, strength in asked.items() if strength == max(asked.values())]
    if not best:
        return msg("no column is called question, criterion, point to check or the like")
    if len(best) > 1:
        return msg("two columns may hold the questions: {names}", names=[headings[column] for column in sorted(best)])
    return _around(best[0], roles, known)


def _around(question: int, roles: dict[int, Role], known: Mapping[int, Meaning]) -> dict[int, Role]:
    """Settle what stands beside the questions: another word for them is a section's left of them, guidance right."""
    roles[question] = "question"
    for column, found in sorted(known.items()):
        if found.role == "section" and column > question and found.strength <= PLAIN:
            roles.pop(column, None)  # “Type” on the right is no section
        elif found.role == "question" and column != question:
            other: Role = "section" if column < question else "guidance"
            if other not in roles.values():
                roles[column] = other
    return roles
