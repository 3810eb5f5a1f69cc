"""The rows of a report's data, one per answer: made when they are asked for, since there may be a hundred thousand.

What comes again from row to row (a criterion, an answer, what it was judged as) is one object for all of them, so that
a renderer has to write it once.
"""

# Without `from __future__ import annotations`: of a named tuple each annotation would be a text to compile.
from typing import TYPE_CHECKING, Final, NamedTuple

from servaudit.report import words
from servaudit.report.view import AnswerRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.model.scorecard import CriterionScore, Scorecard
    from servaudit.report.rows import Rows

_DECIMALS: Final = 9
_REMEMBERED: Final = 20_000


class DataCriterion(NamedTuple):
    """A criterion, as every answer to it shows it; `facets` are `Stage=Welcome; …`, `status` depends on the target."""

    path: str
    severity: str
    weight: float
    status: str | None
    facets: str


class Judged(NamedTuple):
    """What a criterion came to on a visit: the key of its outcome, points, and score (a ratio)."""

    outcome: str
    points: float | None
    max_points: float | None
    score: float | None


class DataRow(NamedTuple):
    """One answer. `effective_weight` and `lost` are parts of the whole score; numbers have nine decimals at most."""

    criterion: DataCriterion
    answer: AnswerRow
    judged: Judged
    effective_weight: float | None
    lost: float | None
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
        return sum(len(score.readings) or 1 for score in self._card.criteria)

    def __iter__(self) -> "Iterator[DataRow]":
        for score in self._card.criteria:
            criterion, answers, judged = self._data.shared(score)
            weight, lost = score.effective_weight, score.lost
            weight = weight if weight is None else round(weight, _DECIMALS)
            lost = lost if lost is None else round(lost, _DECIMALS)
            note = words.cleaned(score.note)
            for answer in answers:
                yield DataRow(criterion, answer, judged, weight, lost, note)


class Data:
    """Makes the data of visits to one standard, and shares among them what is equal."""

    def __init__(self, rows: "Rows") -> None:
        self._rows = rows
        self._criteria: dict[tuple[str, str | None], DataCriterion] = {}
        self._judged: dict[tuple[str, float | None, float | None, float | None], Judged] = {}

    def visit(self, card: "Scorecard") -> DataVisit:
        """Make the data of a visit."""
        facts, standard = card.visit, card.standard
        return DataVisit(
            words.clean(facts.id), words.cleaned(facts.site), facts.date, standard.id, standard.version,
            Answers(card, self),
        )  # fmt: skip

    def shared(self, score: "CriterionScore") -> tuple[DataCriterion, tuple[AnswerRow, ...], Judged]:
        """Give what a criterion's rows have in common with those of other visits."""
        criterion = self._criteria.get((score.path, score.status))
        if criterion is None:
            criterion = self._criteria[score.path, score.status] = self._criterion(score)
        key = score.outcome, score.points, score.max_points, score.score
        judged = self._judged.get(key)
        if judged is None:
            judged = Judged(score.outcome, *(value if value is None else round(value, _DECIMALS) for value in key[1:]))
            if len(self._judged) < _REMEMBERED:
                self._judged[key] = judged
        return criterion, self._rows.answers(score), judged

    def _criterion(self, score: "CriterionScore") -> DataCriterion:
        facets = "; ".join(f"{fact.label}={fact.text}" for fact in self._rows.facts(score))
        return DataCriterion(score.path, score.severity, score.weight, words.cleaned(score.status), facets)
