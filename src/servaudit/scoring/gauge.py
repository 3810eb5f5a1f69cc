"""A scale made ready to read answers: each raw answer becomes a choice or a number, and points (SCORING §1)."""

from __future__ import annotations

import datetime as dt
import itertools
import math
import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from servaudit.diagnostics import did_you_mean, msg
from servaudit.model.base import as_written, folded, key
from servaudit.model.scale import Choices, Curve, Info, Range, Scale, Steps
from servaudit.model.scorecard import Reading
from servaudit.scoring.answers import empty
from servaudit.scoring.arithmetic import at_least
from servaudit.scoring.units import Refused, is_duration, measure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NOT_APPLICABLE: Final = frozenset(
    {"na", "n/a", "n.a.", "so", "s.o.", "s/o", "sans objet", "non applicable", "not applicable"}
)
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_DECIMAL: Final = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,15})?")
_SHOWN: Final = 60
_LINK: Final = re.compile(r"https?://[^\s<>\"']{1,2000}")
_TIME: Final = re.compile(r"([01]?\d|2[0-3])[:hH]([0-5]\d)")


class Gauge(NamedTuple):
    """A scale ready to use. `best`, `worst` are points (None: nothing is scored); `maximum` None: points only."""

    best: float | None
    worst: float | None
    maximum: float | None
    lower_is_better: bool
    multiple: bool
    unit: str | None
    words: tuple[str, ...] | None
    reader: Callable[[object], Reading]

    @property
    def scored(self) -> bool:
        """Whether answers are worth points; what is only recorded is not."""
        return self.best is not None

    def read(self, raw: object) -> Reading:
        """Read one answer that is not empty; raises Refused with the reason."""
        if isinstance(raw, str) and raw.strip().casefold() == "na":
            return Reading(raw, None, None)
        return self.reader(raw)


def is_na(text: str) -> bool:
    """Tell whether a text says "not applicable", in either language."""
    return folded(text) in NOT_APPLICABLE


def make_gauge(scale: Scale) -> Gauge:
    """Make a scale ready."""
    match scale:
        case Choices():
            return _choices(scale)
        case Curve():
            points = [y for _, y in scale.curve]
            return _measured(scale, max(points), min(points), _on_curve(scale.curve))
        case Steps():
            points = [float(y) for _, y in scale.steps if y is not None]
            return _measured(scale, max(points), min(points), _on_steps(scale.steps))
        case Range():
            low, high = sorted(scale.range)
            return _measured(scale, high, low, _in_range(low, high), points_are_values=True)
        case Info() | _:
            words = tuple(scale.choices) if scale.choices else None
            return Gauge(None, None, None, False, False, scale.unit, words, _informed(scale))


def least(scale: Curve | Steps | Range) -> float | None:
    """Give the least value a curve or steps take: 0 for a duration, unless a bound is below it; None for any other.

    A range says it itself.
    """
    if isinstance(scale, Range) or not is_duration(scale.unit):
        return None
    bounds = scale.curve if isinstance(scale, Curve) else scale.steps
    return None if any(bound is not None and bound < 0 for bound, _ in bounds) else 0.0


def _maximum(scale: Choices | Curve | Steps | Range, best: float, *, points_are_values: bool = False) -> float | None:
    """Give the declared maximum, else the best reachable points; none for a plain number and for demerits."""
    if scale.max is not None:
        return scale.max if scale.max > 0 else None
    if points_are_values or scale.better == "lower" or best <= 0:
        return None
    return best


def _measured(
    scale: Curve | Steps | Range,
    top: float,
    bottom: float,
    points: Callable[[float, object], float],
    *,
    points_are_values: bool = False,
) -> Gauge:
    lower = scale.better == "lower"
    best, worst = (bottom, top) if lower else (top, bottom)
    unit, lowest = scale.unit, least(scale)

    def read(raw: object) -> Reading:
        if isinstance(raw, str) and is_na(raw):
            return Reading(raw, None, None)
        value = measure(raw, unit)
        if lowest is not None and not at_least(value, lowest):
            raise Refused(
                "answer-range",
                msg("“{answer}”: a duration cannot be negative", answer=_shown(raw)),
                msg("a duration is 0 or more, unless its scale has a bound below 0"),
            )
        return Reading(raw, value, points(value, raw))

    maximum = _maximum(scale, best, points_are_values=points_are_values)
    return Gauge(best, worst, maximum, lower, False, unit, None, read)


def _on_curve(curve: list[list[float]]) -> Callable[[float, object], float]:
    knots = sorted((x, y) for x, y in curve)

    def points(value: float, _: object) -> float:
        if value <= knots[0][0]:
            return knots[0][1]
        for (x0, y0), (x1, y1) in itertools.pairwise(knots):
            if value <= x1:
                return y0 + (y1 - y0) * (value - x0) / (x1 - x0)
        return knots[-1][1]

    return points


def _on_steps(steps: list[list[float | None]]) -> Callable[[float, object], float]:
    bounds = sorted((math.inf if bound is None else bound, points or 0.0) for bound, points in steps)

    def read(value: float, raw: object) -> float:
        for bound, points in bounds:
            if at_least(bound, value):
                return points
        raise Refused(
            "answer-range",
            msg("“{answer}” is beyond the last step, {bound}", answer=raw, bound=bounds[-1][0]),
            msg("give the scale a last step without bound: [null, points]"),
        )

    return read


def _in_range(low: float, high: float) -> Callable[[float, object], float]:
    def points(value: float, raw: object) -> float:
        if at_least(value, low) and at_least(high, value):
            return value
        message = msg("“{answer}” is not between {low} and {high}", answer=raw, low=low, high=high)
        raise Refused("answer-range", message, msg("correct the number, or its unit"))

    return points


def _choices(scale: Choices) -> Gauge:
    index = choice_index({name: choice.label for name, choice in scale.choices.items()})
    known = {name: choice.points for name, choice in scale.choices.items()}
    points = [value for value in known.values() if value is not None]
    top, bottom = max(points, default=0.0), min(points, default=0.0)
    if scale.multiple:
        top = math.fsum(value for value in points if value > 0)
        bottom = math.fsum(value for value in points if value < 0)
    lower = scale.better == "lower"
    best, worst = (bottom, top) if lower else (top, bottom)

    def one(raw: object) -> Reading:
        name = _choice(raw, index)
        if name is None:
            return Reading(raw, None, None)
        return Reading(raw, name, known[name])

    def several(raw: object) -> Reading:
        given = raw if isinstance(raw, list) else [raw]
        readings = [one(item) for item in given if not empty(item)]
        names = tuple(dict.fromkeys(str(reading.value) for reading in readings if reading.value is not None))
        scored = [value for name in names if (value := known[name]) is not None]
        if not scored:
            return Reading(raw, names or None, None)
        return Reading(raw, names, math.fsum(scored))

    return Gauge(
        best,
        worst,
        _maximum(scale, best),
        lower,
        scale.multiple,
        None,
        tuple(known),
        several if scale.multiple else one,
    )


def choice_index(labels: Mapping[str, Mapping[str, str] | None]) -> dict[str, str]:
    """Index the choices by every word they are matched with: key and labels, folded. Keys win over labels."""
    index = {folded(label): name for name, texts in labels.items() for label in (texts or {}).values()}
    return index | {folded(name): name for name in labels}


def _choice(raw: object, index: Mapping[str, str]) -> str | None:
    """Find the choice an answer names; None is "not applicable"."""
    names = ", ".join(dict.fromkeys(index.values()))
    if not isinstance(raw, str | int | float):
        raise Refused("answer-shape", msg("expected one answer: {choices}", choices=names))
    text = folded(key(raw))
    if text in index and text != "na":
        return index[text]
    if _DECIMAL.fullmatch(text) and (number := key(float(text.replace(",", ".")))) in index:
        return index[number]
    if text in NOT_APPLICABLE:
        return None
    raise Refused(
        "answer-unknown",
        msg("“{answer}” is not an answer: one of {choices}, na", answer=_shown(raw), choices=names),
        did_you_mean(text[:_SHOWN], index),
    )


def _shown(raw: object) -> str:
    """Quote an answer in a message; a very long one in part."""
    text = str(as_written(raw))
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _informed(scale: Info) -> Callable[[object], Reading]:
    index = choice_index(scale.choices) if scale.choices else None

    def read(raw: object) -> Reading:
        return Reading(raw, _fact(scale, raw, index), None)

    return read


def _fact(scale: Info, raw: Any, index: Mapping[str, str] | None) -> str | float | None:  # noqa: ANN401 - what the file holds
    if not isinstance(raw, str | int | float):
        raise Refused("answer-shape", msg("expected one value"))
    text = str(as_written(raw)).strip()
    if scale.info != "text" and is_na(text):
        return None
    match scale.info:
        case "number":
            return measure(raw, scale.unit)
        case "choice" if index is not None:
            return _choice(raw, index)
        case "date":
            return _date(text)
        case "time":
            found = _TIME.fullmatch(text)
            if not found:
                raise Refused(
                    "answer-unknown",
                    msg("“{answer}” is not a time of day", answer=_shown(raw)),
                    msg("write for example {example}", example="14:05"),
                )
            return f"{int(found[1]):02}:{found[2]}"
        case "link" if not _LINK.fullmatch(text):
            raise Refused(
                "answer-unknown",
                msg("“{answer}” is not a web address", answer=_shown(raw)),
                msg("it begins with https://"),
            )
        case _:
            return text


def _date(text: str) -> str:
    try:
        if _DATE.fullmatch(text):
            return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise Refused(
        "answer-unknown",
        msg("“{answer}” is not a date", answer=_shown(text)),
        msg("write the date as year-month-day, 2026-11-03"),
    )
