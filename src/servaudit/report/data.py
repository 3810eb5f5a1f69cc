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
    own, `points`, `max_points` and `score` (a ratio) the criterion's. What was computed has nine decimals at most.
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


class Weighed(NamedTuple):
    """What a criterion weighs in a visit, and what it cost it: parts of the whole score, with nine decimals at most."""

    effective_weight: float | None
    lost: float | None


class DataRow(NamedTuple):
    """One answer, and what was noted with it."""

    judged: Judged
    weighed: Weighed
    note: str | None


class DataVisit(NamedTuple):
    """A visit and its answers: `date` is ISO, `standard` is `id@version`, `observation` the file that it is in."""

    id: str
    site: str | None
    date: str | None
    standard: str
    observation: str
    answers: "Answers"


class Answers:
    """The rows of one visit, as many as `len` says."""

    def __init__(self, card: "Scorecard", data: "Data") -> None:
        self._card, self._data = card, data

    def __len__(self) -> int:
        return sum([len(score.readings) or 1 for score in self._card.criteria])

    def __iter__(self) -> "Iterator[DataRow]":
        data, known = self._data, self._data.known
        for score in self._card.criteria:
            weighed = known.get((score.effective_weight, score.lost)) or data.weighed(score)
            note = None if score.note is None else words.cleaned(score.note)
            for judged in data.judged(score):
                yield DataRow(judged, weighed, note)


class Data:
    """Makes the data of visits to one standard, and shares among them what is equal."""

    def __init__(self, rows: "Rows") -> None:
        self._told = rows
        # With the answers that they are found by, so that no others get their identity.
        self._judged: dict[tuple[object, ...], tuple[tuple[Judged, ...], object]] = {}
        self.known: dict[tuple[float | None, float | None], Weighed] = {}

    def visit(self, card: "Scorecard") -> DataVisit:
        """Make the data of a visit."""
        facts, standard = card.visit, card.standard
        return DataVisit(
            words.clean(facts.id), words.cleaned(facts.site), facts.date, f"{standard.id}@{standard.version}",
            words.clean(card.observation.path), Answers(card, self),
        )  # fmt: skip

    def judged(self, score: "CriterionScore") -> tuple[Judged, ...]:
        """Say of every answer to a criterion what came of it; once where there is none."""
        readings = score.readings
        key = (id(readings), score.path, score.status, score.outcome, score.points, score.max_points, score.score)
        known = self._judged.get(key)
        if known is None:
            known = tuple(self._make(score)), readings
            if len(self._judged) < _REMEMBERED:
                self._judged[key] = known
        return known[0]

    def weighed(self, score: "CriterionScore") -> Weighed:
        """Say what a criterion weighs and cost, where that is not `known`."""
        key = score.effective_weight, score.lost
        made = Weighed(*map(_rounded, key))
        return self.known.setdefault(key, made) if len(self.known) < _REMEMBERED else made

    def _make(self, score: "CriterionScore") -> "Iterator[Judged]":
        facets = words.paired(self._told.facts(score))
        status = words.cleaned(score.status)
        points, maximum, ratio = map(_rounded, (score.points, score.max_points, score.score))
        for answer in self._told.answers(score):
            yield Judged(
                score.path, score.severity, score.weight, status, facets, answer.number, answer.text, answer.value,
                answer.times, answer.points, score.outcome, points, maximum, ratio,
            )  # fmt: skip


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DECIMALS)
