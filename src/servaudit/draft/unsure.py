"""What is said of a sheet whose columns cannot be told: what it has, and what is likely meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from servaudit.diagnostics import Message, msg
from servaudit.draft.grid import letter, tidy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servaudit.draft.grid import Sheet

SHORT: Final = 14
"""Characters that a question has at the least."""
SHOWN: Final = 30
"""Headings that are named."""
LABEL: Final = 40
"""Characters that a heading has at the most."""


class Unsure(NamedTuple):
    """Why the columns of a sheet cannot be told, their letters and headings, and the likeliest for questions.

    `row` is the row that looks like one of headings although it says none we know; None where there is none, or where
    the headings were found.
    """

    sheet: str
    why: Message
    place: str
    headings: tuple[tuple[str, str], ...]
    likely: str | None
    row: int | None = None


def unsure(sheet: Sheet, why: Message, headings: Mapping[int, str], bottom: int, row: int | None = None) -> Unsure:
    """Describe a sheet whose headings end in row `bottom`; 0 where none were found."""
    texts = sizes(sheet, bottom)
    likely = max(texts, key=lambda column: (texts[column], -column), default=None)
    shown = headings or dict.fromkeys(texts, "")
    place = f"{letter(min(shown, default=1))}{bottom or next(iter(sheet.rows), 1)}"
    pairs = tuple((letter(column), heading) for column, heading in sorted(shown.items())[:SHOWN] if heading)
    return Unsure(sheet.name, why, place, pairs, letter(likely) if likely else None, row)


def without_headings(sheet: Sheet) -> Unsure | None:
    """Describe a sheet without headings we know; None where it has no text that may be a question."""
    if not sizes(sheet, 0):
        return None
    first, cells = next(iter(sheet.rows.items()))
    headings = {column: tidy(entry.text) for column, entry in cells.items()}
    labels = all(entry.number is None and len(entry.text) <= LABEL for entry in cells.values())
    below = sizes(sheet, first)
    row = first if labels and len(cells) > 1 and below else None
    return unsure(sheet, msg("no row of headings was found"), headings, 0, row)


def sizes(sheet: Sheet, bottom: int) -> dict[int, int]:
    """Count in each column the characters of the texts long enough to be questions."""
    found: dict[int, int] = {}
    for row, cells in sheet.rows.items():
        for column, entry in cells.items() if row > bottom else ():
            if entry.number is None and len(entry.text) > SHORT:
                found[column] = found.get(column, 0) + len(entry.text)
    return found
