"""The arithmetic every score rests on: comparisons at nine decimals, rounding half up, sums free of order."""

from __future__ import annotations

import math
import statistics
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from servaudit.model.rules import Repeat

DECIMALS = 9
_EXACT = Context(prec=400)
"""Holds every digit of any double: its 309 before the point, and those that are asked for after it."""


def same(a: float, b: float) -> bool:
    """Tell whether two numbers are equal to nine decimals."""
    return round(a, DECIMALS) == round(b, DECIMALS)


def at_least(a: float, b: float) -> bool:
    """Tell whether `a >= b`, both rounded to nine decimals."""
    return round(a, DECIMALS) >= round(b, DECIMALS)


def half_up(value: float, decimals: int = 0) -> float:
    """Round to `decimals`, halves away from zero: 62.5 is 63, and so is a 62.5 that floating point made 62.4999….

    The value is first brought to nine decimals (at least), as in every comparison. There is no -0.
    """
    if not math.isfinite(value):
        return value
    exact = Decimal(repr(round(value, max(DECIMALS, decimals))))
    return float(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _EXACT)) + 0.0


def within(value: float | None, bound: float) -> float | None:
    """Give the value, or None where it is unknown, no number, or larger than the bound in size."""
    return value if value is not None and abs(value) <= bound else None


def combine(values: Sequence[float], how: Repeat, *, lower_is_better: bool = False) -> float:
    """Combine at least one value by `mean`, `worst`, `best`, `sum` or `median` (SCORING §2)."""
    match how:
        case "mean":
            return math.fsum(values) / len(values)
        case "sum":
            return math.fsum(values)
        case "median":
            return statistics.median(values)
        case "worst":
            return max(values) if lower_is_better else min(values)
        case "best" | _:
            return min(values) if lower_is_better else max(values)


def fsum_or_none(values: Iterable[float | None]) -> float | None:
    """Add up, or None when any part is unknown."""
    known = list(values)
    return None if any(value is None for value in known) else math.fsum(value for value in known if value is not None)
