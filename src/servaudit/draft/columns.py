"""The role of each column of a table: what the author said, what headings say, which columns are ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from servaudit.diagnostics import Message, msg
from servaudit.draft import words
from servaudit.draft.grid import CROSSES, plain
from servaudit.draft.headings import Meaning, Role, language, meaning
from servaudit.draft.unsure import sizes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servaudit.draft.grid import Entry, Sheet

NO_QUESTION: Final = msg("no column is called question, criterion, point to check or the like")
_OF_GRIDS: Final = frozenset({"weight", "points", "answers", "severity", "critical", "section"})
_OTHERS: Final = 2
"""How many of those there must be for a heading row."""
PLAIN: Final = 3
"""Strength up to which a heading alone makes no heading row, and a column on the right no section."""


def index(name: str) -> int | None:
    """Read a column's letters."""
    if not (name.isascii() and name.isalpha() and len(name) <= 3 and name == name.upper()):  # noqa: PLR2004 - XFD
        return None
    value = 0
    for char in name:
        value = value * 26 + ord(char) - 64
    return value


def told_columns(
    wishes: Mapping[str, tuple[str, ...]], headings: Mapping[int, str], sheet: str
) -> dict[Role, tuple[int, ...]] | Message:
    """Find the columns the author named, by letter or by heading; `sheet` is the name that a message gives."""
    found: dict[Role, tuple[int, ...]] = {}
    for role, names in wishes.items():
        columns: list[int] = []
        for name in names:
            exact = [column for column, heading in headings.items() if plain(heading) == plain(name) and plain(name)]
            part = [column for column, heading in headings.items() if plain(name) and plain(name) in plain(heading)]
            lettered = index(name)
            if lettered is not None and not exact:
                columns.append(lettered)
            elif len(exact or part) == 1:
                columns += exact or part
            else:
                return msg("no column of “{sheet}” is called “{name}”", sheet=sheet, name=name)
        found[role] = tuple(columns)  # type: ignore[index] # the command line lets only roles through
    return found


def ticked_columns(sheet: Sheet, headings: Mapping[int, str], bottom: int) -> dict[int, str]:
    """Find the columns that are ticked: each is called after an answer, and holds nothing else than crosses."""
    found = {
        column: heading
        for column, heading in headings.items()
        if (words.is_answer(heading) or is_mark(heading)) and _crosses_only(sheet, column, bottom)
    }
    real = [heading for heading in found.values() if not words.is_not_applicable(heading)]
    if len(real) < 2:  # noqa: PLR2004 - one answer is no choice: that column is something else
        return {}
    marks = {column for column, heading in found.items() if is_mark(heading)}
    if marks and len(marks) < 3:  # noqa: PLR2004 - “1” and “2” may be numbers of visits
        found = {column: heading for column, heading in found.items() if column not in marks}
    return found if len(found) > 1 else {}


def is_mark(heading: str) -> bool:
    """Whether a heading is a mark, whose cells are ticked: 0 to 10."""
    return len(heading) <= 2 and heading.isdigit()  # noqa: PLR2004 - 0 to 10


def _crosses_only(sheet: Sheet, column: int, bottom: int) -> bool:
    below = (cells[column] for row, cells in sheet.rows.items() if row > bottom and column in cells)
    strange = sum(1 for entry in below if not (_is_cross(entry) or entry.formula or entry.number is not None))
    return strange <= 2  # noqa: PLR2004 - a word here and there, below the table


def _is_cross(entry: Entry) -> bool:
    return entry.text.strip().casefold() in CROSSES or plain(entry.text) in CROSSES


def texts_alone(sheet: Sheet, headings: Mapping[int, str], ticked: Mapping[int, str], bottom: int) -> int | None:
    """Find the one column without a heading we know that is full of texts, in a table that has weights and answers.

    None where several columns are, or where the other headings do not make a grid of it.
    """
    known = {column: found.role for column, heading in headings.items() if (found := meaning(heading)) is not None}
    if len({role for role in known.values() if role in _OF_GRIDS} | ({"answers"} if ticked else set())) < _OTHERS:
        return None
    free = {column: size for column, size in sizes(sheet, bottom).items() if column not in known}
    best = sorted(free, key=free.__getitem__, reverse=True)
    if not best or (len(best) > 1 and free[best[0]] < 3 * free[best[1]]):
        return None
    return best[0]


def roles_of(
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
        return NO_QUESTION
    translated = {language(headings[column]): column for column in sorted(best, reverse=True)}
    if len(best) == 2 and {"fr", "en"} == set(translated):  # noqa: PLR2004 - one for each language
        return _bilingual(headings, _around(min(best), roles, {**known, max(best): Meaning("translation", 1)}))
    if len(best) > 1:
        return msg(
            "two columns may hold the questions: {names}", names=[headings[column] for column in sorted(best)[:3]]
        )
    return _around(best[0], roles, known)


def _bilingual(headings: Mapping[int, str], roles: dict[int, Role]) -> dict[int, Role]:
    """Take the questions of the first column, those in the other language as translations; titles in the first."""
    first = next(column for column, role in sorted(roles.items()) if role == "question")
    own = language(headings[first])
    for column, heading in headings.items():
        other = language(heading)
        if other not in (None, own) and (column not in roles or roles[column] == "section"):
            roles[column] = "translation"
    return roles


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
