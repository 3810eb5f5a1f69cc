"""One question of a grid becomes a criterion: its wording, scale, weight, severity, guidance."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from servaudit.diagnostics import Message, msg
from servaudit.draft import words
from servaudit.draft.grid import number_in, plain, tidy
from servaudit.draft.ids import Ids, snake, unnumbered
from servaudit.draft.made import Criterion
from servaudit.draft.rows import Left
from servaudit.draft.scales import YES_NO, Scale

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from servaudit.draft.answers import Answers
    from servaudit.draft.grid import Entry
    from servaudit.draft.headings import Role
    from servaudit.draft.rows import Line
    from servaudit.draft.table import Table

LONGEST: Final = 2000
"""Characters of a text that are taken."""
HEAVIEST: Final = 1e6
_MARK: Final = re.compile(r"[(\[]([^()\[\]]{2,30})[)\]]")
_NOT: Final = frozenset({"", "non", "no", "n", "0", "-", "false", "faux"})


class Criteria:
    """Makes the criteria of one table; what could not be read is added to `left`."""

    def __init__(self, table: Table, answers: Answers, ids: Ids, shared: Collection[str], left: list[Left]) -> None:
        self._table, self._answers, self._ids, self._shared, self._left = table, answers, ids, shared, left

    def make(self, line: Line, within: str, number: int) -> Criterion:
        """Make the criterion of a question; `within` is its section's id, `number` counts from 1."""
        cells = self._table.sheet.rows[line.row]
        text = tidy(line.entry.text)
        wording = unnumbered(text)[:LONGEST].rstrip()
        notes: list[Message] = []
        if len(text) > LONGEST:
            notes.append(msg("the text was cut at {limit} characters", limit=LONGEST))
        if line.entry.formula:
            notes.append(msg("a formula: the value it last had was taken"))
        own, known = self._answers.of(line)
        if own.kind == "info" and own.guess is not None:
            notes.append(own.guess)
        scale, weight, pointed = self._valued(own, cells, known=known)
        before = text[: len(text) - len(wording)] if text.endswith(wording) else ""
        return Criterion(
            id=self._ids.take(wording, f"criterion_{number}", within, qualified=snake(wording) in self._shared),
            text=wording,
            place=self._place(line.entry),
            number=tidy(self._text("number", cells) or "") or before.strip(" .-–:)"),
            scale=scale,
            weight=weight,
            severity=self._severity(cells, text),
            guidance=guidance if (guidance := self._text("guidance", cells)) != text else None,
            why=self._text("why", cells),
            pointed=pointed,
            notes=tuple(notes),
            translation=self._translation(cells),
        )

    def _translation(self, cells: Mapping[int, Entry]) -> tuple[str, str] | None:
        column, language = self._table.translation or (0, "")
        text = unnumbered(tidy(cells[column].text))[:LONGEST].rstrip() if column in cells else ""
        return (language, text) if text else None

    def _place(self, entry: Entry) -> str:
        return f"{self._table.sheet.name}!{entry.place}"

    def _text(self, role: Role, cells: Mapping[int, Entry]) -> str | None:
        """Join what the columns of a role say, each line of it tidied."""
        parts = [cells[column].text for column in self._table.columns(role) if column in cells]
        rows = [row for part in parts for line in part.splitlines() if (row := tidy(line))]
        return "\n".join(rows)[:LONGEST].rstrip() or None

    def _valued(self, scale: Scale, cells: Mapping[int, Entry], *, known: bool) -> tuple[Scale, float | None, bool]:
        """Read weight and points: the most points are the best mark, or the weight of answers that are words."""
        weight, points = self._number("weight", cells), self._number("points", cells)
        if points is None and (worth := _yes_is_worth(scale)) is not None:  # `Oui = 3, Non = 0` is a yes that weighs 3
            return YES_NO, worth * (1.0 if weight is None else weight), True
        if points is None or scale.maximum is None:
            return scale, weight, False
        if points == 0:
            return scale, 0.0, True
        if not known and self._table.columns("answers"):  # a column for marks, and the highest mark beside it
            return Scale("range", low=0, high=points, explicit=True), weight, True
        share = points / scale.maximum * (1.0 if weight is None else weight)
        return scale, round(share, 6), True

    def _number(self, role: Role, cells: Mapping[int, Entry]) -> float | None:
        """Read a weight; what is none, or less than nothing, is left out."""
        entry = cells.get(self._table.column(role) or 0)
        if entry is None or not (tidy(entry.text) or entry.formula):
            return None
        value = number_in(entry)
        if value is not None and 0 <= value <= HEAVIEST:
            return value
        if entry.error:
            why = msg("an error in the grid")
        elif entry.formula and not tidy(entry.text):
            why = msg("a formula that was never computed: open the grid, save it, and import it again")
        else:
            why = msg("no weight that can be read")
        self._left.append(Left(self._place(entry), tidy(entry.text), why))
        return None

    def _severity(self, cells: Mapping[int, Entry], text: str) -> str | None:
        """Read the severity: a cross for what is critical, a word of a column, a word in brackets in the question."""
        for column in self._table.columns("critical"):
            entry = cells.get(column)
            if entry and plain(entry.text) not in _NOT and not entry.error:
                return "critical"
        for column in self._table.columns("severity"):
            entry = cells.get(column)
            if entry and tidy(entry.text):
                found = words.severity(entry.text)
                if found is None:
                    why = msg("no severity that is known: critical, major, minor")
                    self._left.append(Left(self._place(entry), tidy(entry.text), why))
                return found
        return "critical" if "critical" in map(words.severity, _MARK.findall(text)) else None


def _yes_is_worth(scale: Scale) -> float | None:
    """Tell the points of a yes, where there is nothing but yes and no, and no is worth nothing."""
    points = {choice.key: choice.points for choice in scale.choices}
    return points["yes"] if points.keys() == {"yes", "no"} and points["no"] == 0 else None
