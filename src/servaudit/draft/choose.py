"""Which sheets of a grid become the draft: all that have a table, or those asked for; it says which are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servaudit.diagnostics import msg
from servaudit.draft.rows import Left
from servaudit.draft.table import Table, Wishes, find
from servaudit.draft.unsure import Unsure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servaudit.draft.grid import Sheet


class Chosen(NamedTuple):
    """Tables to make the draft of, sheets whose columns cannot be told, and sheets left out."""

    tables: tuple[Table, ...]
    unsure: tuple[Unsure, ...]
    left: tuple[Left, ...]


def choose(sheets: Sequence[Sheet], asked: Sequence[str], wishes: Mapping[str, Wishes], default: Wishes) -> Chosen:
    """Find the tables. `asked` names sheets; without it, visible sheets with a table are taken.

    `wishes` are those for one sheet, by its name; `default` those for the others. A sheet that cannot be told matters
    only where it was asked for, or where no other sheet has a table.
    """
    named = {name.casefold() for name in asked}
    tables: list[Table] = []
    unsure: list[Unsure] = []
    left: list[Left] = []
    for sheet in sheets:
        if named and sheet.name.casefold() not in named:
            left.append(Left(sheet.name, "", msg("not asked for")))
        elif sheet.hidden and not named:
            left.append(Left(sheet.name, "", msg("a hidden sheet")))
        else:
            found = find(sheet, wishes.get(sheet.name, default))
            match found:
                case Table():
                    tables.append(found)
                case Unsure():
                    unsure.append(found)
                case None:
                    left.append(Left(sheet.name, "", msg("no table of questions")))
    if tables and not named:
        left += [Left(one.sheet, "", one.why) for one in unsure]
        unsure = []
    return Chosen(tuple(tables), tuple(unsure), tuple(left))
