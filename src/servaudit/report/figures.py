"""Scores, points and answers written the way the standard and the language show them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from servaudit.model.scale import Choice, Choices, Info
from servaudit.report.view import AnswerRow, Figure, Result
from servaudit.report.words import clean, plain_word
from servaudit.scoring.names import scale_of

if TYPE_CHECKING:
    from servaudit.i18n import Translator
    from servaudit.model.scale import Scale
    from servaudit.model.scorecard import CriterionScore, Reading
    from servaudit.model.standard import Criterion, Standard

DASH = "—"
_NBSP = "\u00a0"
_TIMES = "\u00d7"
_SIXTY = 60
_ABOVE = {"s": "min"}
_BELOW = {"h": "min", "min": "s"}
_MANY = 40
_REMEMBERED = 10_000


class Figures:
    """Writes the figures of one standard in one language."""

    def __init__(self, standard: Standard, tr: Translator) -> None:
        self._standard = standard
        self._tr = tr
        self._display = standard.scoring.display
        self._by_points = standard.scoring.combine == "sum" and "display" not in standard.scoring.model_fields_set
        self._said: dict[int, tuple[tuple[Reading, ...], str, tuple[AnswerRow, ...]]] = {}

    def score(self, value: float | None) -> Figure:
        """Write a score by the standard's `display`; a dash when there is none."""
        if value is None:
            return Figure(None, DASH)
        display = self._display
        if display.unit == "%":
            return Figure(value, self._tr.percent(value * display.times / 100, display.decimals))
        text = self._tr.number(value * display.times, display.decimals)
        return Figure(value, f"{text}{_NBSP}{clean(display.unit)}" if display.unit else text)

    def apart(self, value: float) -> str:
        """Write how far one score is from another, in the points that scores are shown in."""
        points = value * self._display.times
        said = self._tr.number(points, self._display.decimals)
        return self._tr.n("{points} point", "{points} points", self._tr.grammatical(points), points=said)

    def maybe_score(self, value: float | None) -> Figure | None:
        """Write a score; None when there is none."""
        return None if value is None else self.score(value)

    def number(self, value: float | None) -> Figure | None:
        """Write a number of points or a weight; None when there is none."""
        return None if value is None else Figure(value, self._tr.number(value))

    def share(self, value: float | None, decimals: int = 1) -> Figure | None:
        """Write a ratio as per cent, whatever the standard's display; None when there is none."""
        return None if value is None else Figure(value, self._tr.percent(value, decimals))

    def lost(self, value: float | None, max_points: float | None) -> Figure | None:
        """Write what a criterion or section costs, in the points that the score is shown in.

        `value` is a part of the score; of the points, where a sum has no maximum and so no score.
        """
        if value is None:
            return None
        decimals = None if self._in_points(max_points) else self._display.decimals
        return Figure(value, self._tr.number(self.amount(value, max_points), decimals))

    def amount(self, value: float, max_points: float | None) -> float:
        """Give what is lost, in the points that the score is shown in."""
        if not self._in_points(max_points):
            return value * self._display.times
        return value * (max_points or 1.0)

    def _in_points(self, max_points: float | None) -> bool:
        return self._by_points if max_points else self._standard.scoring.combine == "sum"

    def points_of(self, points: float, max_points: float | None) -> str:
        """Write points in words, with the most there could be where that is known: `0.7 points of 1`."""
        count = self._tr.grammatical(points)
        if max_points:
            return self._tr.n("{points} point of {maximum}", "{points} points of {maximum}", count,
                              points=points, maximum=max_points)  # fmt: skip
        return self._tr.n("{points} point", "{points} points", count, points=points)

    def level(self, level: str | None) -> str | None:
        """Say a level's name."""
        if level is None:
            return None
        rollup = self._standard.rollup
        text = self._standard.scoring.levels.get(level) or (rollup.levels.get(level) if rollup else None)
        return clean(self._standard.say(text, self._tr.language)) if text else level

    def result(self, score: float | None, points: float | None, max_points: float | None, level: str | None) -> Result:
        """Write a result; points come first where the root is a sum and no other display was asked for."""
        text = self.shown(score, points, max_points)
        return Result(text, self.score(score), self.number(points), self.number(max_points), self.level(level))

    def shown(self, score: float | None, points: float | None, max_points: float | None) -> str:
        """Write a score, or the points where the standard counts points or nothing else is there."""
        if points is None or not (self._by_points or score is None):
            return self.score(score).text
        return self._tr.number(points) + (f"{_NBSP}/{_NBSP}{self._tr.number(max_points)}" if max_points else "")

    def said(self, score: CriterionScore, criterion: Criterion | None) -> tuple[str, tuple[AnswerRow, ...]]:
        """Write the answers to a criterion, together and one by one. Visits share what equal answers were read as."""
        readings = score.readings
        known = self._said.get(id(readings))
        if known is None or not readings:
            known = readings, self.answer(score, criterion), self.answers(score, criterion)
            if len(self._said) >= _REMEMBERED:
                self._said.clear()
            self._said[id(readings)] = known  # it holds what it is found by, so that nothing else gets that number
        return known[1:]

    def answer(self, score: CriterionScore, criterion: Criterion | None) -> str:
        """Write the answers to a criterion: labels of choices, numbers with their unit, equal answers counted."""
        scale = self.scale(criterion)
        if not score.readings:
            return self._raw(score.raw, scale) if score.outcome == "recorded" else DASH
        counts: dict[str, int] = {}
        for reading in score.readings:
            text = self._reading(reading.value, reading.raw, scale)
            counts[text] = counts.get(text, 0) + reading.count
        said = [text if n == 1 else f"{text}{_NBSP}{_TIMES}{_NBSP}{self._tr.number(n)}" for text, n in counts.items()]
        return " · ".join(said[:_MANY]) + (" · …" if len(said) > _MANY else "")

    def answers(self, score: CriterionScore, criterion: Criterion | None) -> tuple[AnswerRow, ...]:
        """List the answers to a criterion one by one; one that says so where there is none."""
        if not score.readings:
            text = self.answer(score, criterion) if score.outcome == "recorded" else ""
            return (AnswerRow(None, text, None, None, score.n),)
        scale = self.scale(criterion)
        return tuple(
            AnswerRow(
                number,
                self._reading(reading.value, reading.raw, scale),
                ", ".join(reading.value) if isinstance(reading.value, tuple) else reading.value,
                reading.points,
                reading.count,
            )
            for number, reading in enumerate(score.readings, 1)
        )

    def scale(self, criterion: Criterion | None) -> Scale | None:
        """Give the scale of a criterion, wherever it is declared."""
        return None if criterion is None else scale_of(self._standard, criterion)

    def choice(self, key: str, scale: Scale | None) -> str:
        """Say one of the answers of a scale."""
        if isinstance(scale, Info) and scale.info == "date":
            return self._tr.date(clean(key))
        choices = scale.choices if isinstance(scale, Choices | Info) else None
        if not choices or key not in choices:
            return clean(key)
        choice = choices[key]
        label = choice.label if isinstance(choice, Choice) else choice
        return clean(self._standard.say(label, self._tr.language)) if label else plain_word(key, self._tr)

    def measured(self, value: float, unit: str | None) -> str:
        """Write a measured value with its unit: a duration as people say it, `1 h 10 min` and not `1.167 h`."""
        if parts := _clock(value, unit):
            return _NBSP.join(f"{part}{_NBSP}{name}" for part, name in parts)
        if unit == "%":
            return self._tr.number(value) + self._tr.percent(0)[1:]
        text = self._tr.number(value)
        if unit == "d":
            days = self._tr.n("day", "days", self._tr.grammatical(value))
            return f"{text}{_NBSP}{days}"
        return text if unit in (None, "count") else f"{text}{_NBSP}{clean(str(unit))}"

    def _reading(self, value: str | float | tuple[str, ...] | None, raw: object, scale: Scale | None) -> str:
        if value is None:
            return self._raw(raw, scale) if isinstance(scale, Info) else self._tr.t("Not applicable")
        if isinstance(value, tuple):
            return ", ".join(self.choice(key, scale) for key in value) or DASH
        if isinstance(value, str):
            return self.choice(value, scale)
        return self.measured(value, getattr(scale, "unit", None))

    def _raw(self, raw: object, scale: Scale | None) -> str:
        if raw is None:
            return DASH
        if isinstance(raw, bool):
            return self._tr.t("Yes") if raw else self._tr.t("No")
        if isinstance(raw, int | float):
            return getattr(raw, "text", None) or self.measured(raw, getattr(scale, "unit", None))
        if isinstance(raw, list | tuple):
            return " · ".join(self._raw(item, scale) for item in raw[:_MANY])
        return self.choice(str(raw), scale)


def _clock(value: float, unit: str | None) -> list[tuple[int, str]]:
    """Divide a duration into whole parts by sixty: a minute or more of seconds, a part of an hour or of a minute.

    Empty where the value reads best as it is.
    """
    if unit in _ABOVE and value >= _SIXTY and value == int(value):
        whole, names = int(value), (_ABOVE[unit], unit)
    elif unit in _BELOW and value > 0 and value != int(value) and _whole(value * _SIXTY):
        whole, names = round(value * _SIXTY), (unit, _BELOW[unit])
    else:
        return []
    return [(part, name) for part, name in zip(divmod(whole, _SIXTY), names, strict=True) if part]


def _whole(value: float) -> bool:
    """Tell a whole number, whatever floating point made of it: 50 minutes are 0.833… hours."""
    return math.isclose(value, round(value), abs_tol=1e-6)
