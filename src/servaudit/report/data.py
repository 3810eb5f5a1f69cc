"""The rows of a report's data, one per answer: made when they are asked for, since there may be a hundred thousand.

What an answer was judged as is one object for all visits where it was judged alike, so that a renderer writes it once.
"""

# Without `from __future__ import annotations`: of a named tuple each annotation would be a text to compile.
from typing import TYPE_CHECKING, Final, NamedTuple

from servaudit.report import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.model.scorecard import CriterionScore, Scorecard
    from servaudit.report.rows import Rows

_DECIMALS: Final = 9
_REMEMBERED: Final = 20_000


class Judged(NamedTuple):
    """An answer to a criterion and what came of it; keys as in the standard, facets as `Stage=Welcome; …`.

    `number` counts the answers to the criterion from 1, `times` how often this one was given; `answer_points` are its
    own, `points`, `max_points` and `score` (a ratio) the criterion's. `effective_weight` and `lost` are parts of the
    whole score. What was computed has nine decimals at most.
    """

    criterion: str
    severity: str
    weight: float
    status: str | None
    facets: str
    number: int | None
    answer: str
    value: str | float | None
    times: int
    answer_points: float | None
    outcome: str
    points: float | None
    max_points: float | None
    score: float | None
    effective_weight: float | None
    lost: float | None


class DataRow(NamedTuple):
    """One answer, and what was noted with it."""

    judged: Judged
    note: str | None


class DataVisit(NamedTuple):
    """A visit and its answers: `date` is ISO, `version` that of the standard."""

    id: str
    site: str | None
    date: str | None
    standard: str
    version: str
    answers: "Answers"


class Answers:
    """The rows of one visit, as many as `len` says."""

    def __init__(self, card: "Scorecard", data: "Data") -> None:
        self._card, self._data = card, data

    def __len__(self) -> int:
        return sum([len(score.readings) or 1 for score in self._card.criteria])

    def __iter__(self) -> "Iterator[DataRow]":
        rows = self._data.rows
        for score in self._card.criteria:
            if score.note is None:
                yield from rows(score)
            else:
                note = words.cleaned(score.note)
                for row in rows(score):
                    yield DataRow(row.judged, note)


class Data:
    """Makes the data of visits to one standard, and shares among them what is equal."""

    def __init__(self, rows: "Rows") -> None:
        self._told = rows
        # With the answers that they are found by, so that no others get their identity.
        self._rows: dict[tuple[object, ...], tuple[tuple[DataRow, ...], object]] = {}

    def visit(self, card: "Scorecard") -> DataVisit:
        """Make the data of a visit."""
        facts, standard = card.visit, card.standard
        return DataVisit(
            words.clean(facts.id), words.cleaned(facts.site), facts.date, standard.id, standard.version,
            Answers(card, self),
        )  # fmt: skip

    def rows(self, score: "CriterionScore") -> tuple[DataRow, ...]:
        """Give a row of every answer to a criterion, without its note; one that says so where there is none."""
        readings, weight, lost = score.readings, score.effective_weight, score.lost
        if not readings:
            return tuple(self._make(score))
        # What prints alike is alike; a call for each would cost a third more.
        weight = None if weight is None else round(weight, _DECIMALS)
        lost = None if lost is None else round(lost, _DECIMALS)
        key = (
            id(readings), score.path, score.status, score.outcome, score.points, score.max_points, score.score, weight,
            lost,
        )  # fmt: skip
        known = self._rows.get(key)
        if known is None:
            known = tuple(self._make(score)), readings
            if len(self._rows) < _REMEMBERED:
                self._rows[key] = known
        return known[0]

    def _make(self, score: "CriterionScore") -> "Iterator[DataRow]":
        facets = words.paired(self._told.facts(score))
        status = words.cleaned(score.status)
        figures = score.points, score.max_points, score.score, score.effective_weight, score.lost
        rounded = [None if value is None else round(value, _DECIMALS) for value in figures]
        for answer in self._told.answers(score):
            judged = Judged(
                score.path, score.severity, score.weight, status, facets, answer.number, answer.text, answer.value,
                answer.times, answer.points, score.outcome, *rounded,
            )  # fmt: skip
            yield DataRow(judged, None)
