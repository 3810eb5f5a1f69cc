"""One criterion judged: its observations become one value, points, a score and an outcome (SCORING §1-2)."""

from __future__ import annotations

import bisect
import itertools
import math
from typing import TYPE_CHECKING, Final, NamedTuple

from servaudit.diagnostics import Path, msg
from servaudit.scoring.arithmetic import combine, same
from servaudit.scoring.units import Refused

if TYPE_CHECKING:
    from servaudit.model.rules import Repeat
    from servaudit.model.scorecard import Outcome, Reading
    from servaudit.scoring.answers import Answer
    from servaudit.scoring.gauge import Gauge

Value = str | float | tuple[str, ...] | None


class Judgement(NamedTuple):
    """What the answers to one criterion say, before any policy. `n` observations were scored."""

    outcome: Outcome
    value: Value = None
    points: float | None = None
    best: float | None = None
    worst: float | None = None
    maximum: float | None = None
    n: int = 0
    readings: tuple[Reading, ...] = ()


REPORTED: Final = 20
"""Answers to one criterion that are refused one by one."""

UNOBSERVED: Final = Judgement("unobserved")
NOT_APPLICABLE: Final = Judgement("not_applicable")


class RefusedAt(Exception):  # noqa: N818 - what Refused is, with places
    """Answers refused, each with its place under the criterion's answer."""

    def __init__(self, faults: list[tuple[Refused, Path]]) -> None:
        super().__init__(str(faults[0][0]))
        self.faults = faults


def judge(answer: Answer, gauge: Gauge, repeat: Repeat | None) -> Judgement:
    """Judge one criterion. Raises RefusedAt for an answer the scale does not have."""
    if answer.several and repeat is None and gauge.scored:
        refused = Refused(
            "answer-shape",
            msg("one answer is expected, not several"),
            msg("to observe a criterion several times, give it repeat: mean"),
        )
        raise RefusedAt([(refused, ())])
    readings = _read(answer, gauge)
    if not readings:
        return UNOBSERVED
    if not gauge.scored and any(reading.value is not None for reading in readings):
        return Judgement("recorded", value=readings[0].value, n=len(readings), readings=readings)
    scored = [reading for reading in readings if reading.points is not None]
    if not scored:
        return Judgement("not_applicable", value=readings[0].value, readings=readings)
    return _combined(scored, readings, gauge, repeat or "mean")


def _read(answer: Answer, gauge: Gauge) -> tuple[Reading, ...]:
    readings: list[Reading] = []
    faults: list[tuple[Refused, Path]] = []
    for raw, count, path in answer.values:
        try:
            reading = gauge.read(raw)
        except Refused as refused:
            faults.append((refused, path))
        else:
            readings.append(reading if count == 1 else type(reading)(reading.raw, reading.value, reading.points, count))
    if faults:
        raise RefusedAt(faults[:REPORTED])
    return tuple(readings)


def _combined(scored: list[Reading], readings: tuple[Reading, ...], gauge: Gauge, how: Repeat) -> Judgement:
    n = sum(reading.count for reading in scored)
    times = n if how == "sum" else 1
    points = _weighted([(reading.points or 0.0, reading.count) for reading in scored], how, lower=gauge.lower_is_better)
    best, worst = (gauge.best or 0.0) * times, (gauge.worst or 0.0) * times
    maximum = None if gauge.maximum is None else gauge.maximum * times
    outcome: Outcome = "met" if same(points, best) else "not_met" if same(points, worst) else "partly"
    return Judgement(outcome, _value(scored, how, gauge), points, best, worst, maximum, n, readings)


def _weighted(pairs: list[tuple[float, int]], how: Repeat, *, lower: bool) -> float:
    """Combine values given so many times each, as if each were written out."""
    if how in ("mean", "sum"):
        total = math.fsum(value * count for value, count in pairs)
        return total / sum(count for _, count in pairs) if how == "mean" else total
    if how == "median":
        return _median(sorted(pairs))
    return combine([value for value, _ in pairs], how, lower_is_better=lower)


def _median(pairs: list[tuple[float, int]]) -> float:
    """Give the middle of ordered values, each standing for `count` of them; of two middle ones, their mean."""
    ends = list(itertools.accumulate(count for _, count in pairs))
    low, high = (pairs[bisect.bisect_right(ends, (ends[-1] - odd) // 2)][0] for odd in (1, 0))
    return (low + high) / 2


def _value(scored: list[Reading], how: Repeat, gauge: Gauge) -> Value:
    """Give the one value of several: the worst or best one, numbers combined as their points are, what all agree on."""
    first = scored[0].value
    if len(scored) == 1:
        return first
    if how in ("worst", "best"):
        chosen = combine([reading.points or 0.0 for reading in scored], how, lower_is_better=gauge.lower_is_better)
        return next(reading.value for reading in scored if reading.points == chosen)
    numbers = [(reading.value, reading.count) for reading in scored if isinstance(reading.value, float)]
    if len(numbers) == len(scored):
        return _weighted(numbers, how, lower=False)
    return first if all(reading.value == first for reading in scored) else None
