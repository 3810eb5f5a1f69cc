"""Children become their parent: weighted mean, sum, weakest link, best, product, with bonuses and caps (SCORING §3)."""

from __future__ import annotations

import math
import operator
from typing import TYPE_CHECKING, NamedTuple

from servaudit.scoring import arithmetic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servaudit.model.rules import Combination, Repeat


LARGEST = 1e250
"""The most points, and the best score, of a group: what is computed of both stays within those of a double."""


class Part(NamedTuple):
    """One included child. `reach` is how far its points can move, from worst to best; None where nobody knows."""

    weight: float
    score: float | None
    points: float | None
    maximum: float | None
    reach: float | None = None
    bonus: bool = False
    uncapped: bool = False


class Total(NamedTuple):
    """What a group came to. `reach` is how far its points can move.

    `divisor` is what a child's weight (mean) or points (sum) is divided by to give its share; `even`: all weigh alike.
    """

    score: float | None
    points: float | None
    maximum: float | None
    divisor: float | None = None
    even: bool = False
    reach: float | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing was scored."""
        return self.score is None and self.points is None


NO_TOTAL = Total(None, None, None)


def combine(rules: Combination, parts: Sequence[Part], zero_weights: str) -> Total:
    """Combine the included children of a group; NO_TOTAL when none has anything scored, or numbers leave all bounds."""
    try:
        total = _combined(rules, parts, zero_weights)
    except (OverflowError, ValueError):
        return NO_TOTAL
    score, points, maximum = total.score or 0.0, total.points or 0.0, total.maximum or 0.0
    return total if abs(score) <= LARGEST and abs(points) <= LARGEST and abs(maximum) <= LARGEST else NO_TOTAL


def _combined(rules: Combination, parts: Sequence[Part], zero_weights: str) -> Total:
    if rules.combine == "mean":
        return _mean(rules, parts, zero_weights)
    if rules.combine == "sum":
        return _sum(rules, parts, zero_weights)
    scores = [part.score for part in parts if part.score is not None and not part.bonus]
    if not scores:
        return NO_TOTAL
    if rules.combine == "product":
        return _with_points(rules, math.prod(sorted(scores)), None)
    return _with_points(rules, min(scores) if rules.combine == "min" else max(scores), None)


def _mean(rules: Combination, parts: Sequence[Part], zero_weights: str) -> Total:
    weights: list[float] = []
    scores: list[float] = []
    bonuses: list[Part] = []
    for part in parts:
        weight, score, _, _, _, bonus, _ = part  # in one step: every answer of every visit comes through here
        if bonus:
            bonuses.append(part)
        elif score is not None:
            weights.append(weight)
            scores.append(score)
    if not scores:
        return NO_TOTAL
    divisor, even = math.fsum(weights), False
    if divisor == 0:
        if zero_weights == "error":
            return NO_TOTAL
        if zero_weights == "zero":
            return _with_points(rules, 0.0, None)
        divisor, even = float(len(scores)), True
    weighted = scores if even else map(operator.mul, weights, scores)
    score = math.fsum(weighted) / divisor
    if bonuses:
        score = _with_bonuses(score, bonuses, 1.0, divisor)
    return _with_points(rules, score, divisor, even=even)


def _with_points(rules: Combination, score: float, divisor: float | None, *, even: bool = False) -> Total:
    points = None if rules.max is None else score * rules.max
    return Total(score, points, rules.max, divisor, even, rules.max)


def _sum(rules: Combination, parts: Sequence[Part], zero_weights: str) -> Total:
    counted = [part for part in parts if part.points is not None and not part.bonus]
    even = not any(part.weight for part in counted)
    if not counted or (even and zero_weights == "error"):
        return NO_TOTAL
    if even and zero_weights == "mean":
        counted = [part._replace(weight=1.0) for part in counted]
    maximum = _maximum(rules, counted)
    if even and zero_weights == "zero":
        return Total(None if maximum is None else 0.0, 0.0, maximum, reach=maximum)
    points = (rules.start or 0.0) + rules.sign * math.fsum([part.weight * (part.points or 0.0) for part in counted])
    if rules.max is not None:
        points = min(points, rules.max)
    if bonuses := [part for part in parts if part.bonus]:
        points = _with_bonuses(points, bonuses, maximum, 1.0)
    if rules.floor is not None:
        points = max(points, rules.floor)
    score = points / maximum if maximum else None
    reach = arithmetic.fsum_or_none(None if part.reach is None else part.weight * part.reach for part in counted)
    return Total(score, points, maximum, maximum or reach, even, reach if maximum is None else maximum)


def _maximum(rules: Combination, counted: Sequence[Part]) -> float | None:
    """Give the start that points are taken from, else the declared maximum, else what the children can reach."""
    if rules.sign == -1 and rules.start is not None:
        return rules.start
    if rules.max is not None or rules.sign == -1:
        return rules.max
    reachable = arithmetic.fsum_or_none(None if p.maximum is None else p.weight * p.maximum for p in counted)
    return None if reachable is None else reachable + (rules.start or 0.0)


def _with_bonuses(base: float, bonuses: Sequence[Part], cap: float | None, divisor: float) -> float:
    """Add bonuses (weight × points): the capped ones up to the parent's cap, then the uncapped."""
    capped = math.fsum(b.weight * (b.points or 0.0) for b in bonuses if not b.uncapped) / divisor
    free = math.fsum(b.weight * (b.points or 0.0) for b in bonuses if b.uncapped) / divisor
    total = base + capped
    if cap is not None and capped > 0:
        total = max(base, min(cap, total))
    return total + free


def combine_instances(how: Repeat, totals: Sequence[Total], *, lower_is_better: bool) -> Total:
    """Combine the instances of a repeated section, those with nothing scored left out.

    The worst or best instance is taken as it is. A `sum` of instances that have a score only has their mean score.
    """
    known = [total for total in totals if not total.empty]
    if not known:
        return NO_TOTAL
    scores = [total.score for total in known if total.score is not None]
    points = [total.points for total in known if total.points is not None]
    if how in ("worst", "best"):
        values = scores if len(scores) == len(known) else points
        chosen = arithmetic.combine(values, how, lower_is_better=lower_is_better)
        one = known[values.index(chosen)]
        return Total(one.score, one.points, one.maximum, reach=one.reach)
    n = 1 if how == "sum" else len(known)
    maximum = _divided(arithmetic.fsum_or_none(total.maximum for total in known), n)
    reach = _divided(arithmetic.fsum_or_none(total.reach for total in known), n)
    together = arithmetic.combine(points, how) if len(points) == len(known) else None
    score = arithmetic.combine(scores, "mean" if how == "sum" else how) if len(scores) == len(known) else None
    if how == "sum" and together is not None:
        score = _divided(together, maximum)
    return Total(score, together, maximum, reach=reach)


def _divided(a: float | None, b: float | None) -> float | None:
    return None if a is None or not b else arithmetic.within(a / b, LARGEST)
