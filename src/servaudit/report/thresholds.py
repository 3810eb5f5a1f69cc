"""Says of a measured value what is full marks and what is worth nothing: what staff aim at, and what they avoid."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servaudit.model.scale import Curve, Steps

if TYPE_CHECKING:
    from servaudit.i18n import Translator
    from servaudit.model.scale import Scale
    from servaudit.report.figures import Figures


class Thresholds(NamedTuple):
    """From where on a value is as good and as bad as can be: the bounds, in the scale's unit, and in words.

    `rising`: the higher the better. `reached`: `best` itself is full marks; of rising steps it falls just short.
    """

    best: float
    worst: float
    rising: bool
    good: str
    bad: str
    reached: bool = True


def thresholds(scale: Scale | None, figures: Figures, tr: Translator) -> Thresholds | None:
    """Find the thresholds of a curve or of steps; None where there are none, or where good lies between two bads."""
    if isinstance(scale, Curve):
        knots = sorted((x, y if scale.better == "higher" else -y) for x, y in scale.curve)
        found = _of_curve(knots)
        beyond = False
    elif isinstance(scale, Steps):
        found = _of_steps(scale)
        beyond = True
    else:
        return None
    if found is None:
        return None
    best, worst, rising = found
    good_text, bad_text = (figures.measured(value, scale.unit) for value in (best, worst))
    if rising:
        good = tr.t("more than {value}", value=good_text) if beyond else tr.t("{value} or more", value=good_text)
        return Thresholds(best, worst, rising, good, tr.t("{value} or less", value=bad_text), reached=not beyond)
    good = good_text if best == 0 else tr.t("{value} or less", value=good_text)
    bad = tr.t("more than {value}", value=bad_text) if beyond else tr.t("{value} or more", value=bad_text)
    return Thresholds(best, worst, rising, good, bad)


def _of_curve(knots: list[tuple[float, float]]) -> tuple[float, float, bool] | None:
    heights = [y for _, y in knots]
    top, bottom = max(heights), min(heights)
    if top == bottom:
        return None
    if heights == sorted(heights):
        return min(x for x, y in knots if y == top), max(x for x, y in knots if y == bottom), True
    if heights == sorted(heights, reverse=True):
        return max(x for x, y in knots if y == top), min(x for x, y in knots if y == bottom), False
    return None


def _of_steps(scale: Steps) -> tuple[float, float, bool] | None:
    """Read the outer bounds of steps that only rise or only fall, the last of which has none."""
    last = [(bound, points) for bound, points in scale.steps if bound is None]
    bounds = sorted((bound, points or 0.0) for bound, points in scale.steps if bound is not None)
    if not bounds:
        return None
    heights = [points for _, points in bounds] + [last[0][1] or 0.0 for _ in last[:1]]
    heights = heights if scale.better == "higher" else [-height for height in heights]
    first, final = bounds[0][0], bounds[-1 if last else -2][0] if len(bounds) > 1 or last else None
    if final is None or heights[0] == heights[-1]:
        return None
    if heights == sorted(heights):
        return final, first, True
    if heights == sorted(heights, reverse=True):
        return first, final, False
    return None
