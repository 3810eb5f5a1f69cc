"""Measures: named values computed over criteria, sections or visits, in order (SCORING §4)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from servaudit.scoring.values import UNKNOWN

if TYPE_CHECKING:
    from servaudit.scoring.plan import MeasureRule

Scope = Mapping[str, Any]


def evaluate_measures(
    rules: Iterable[MeasureRule], scope: Scope, items: Mapping[str, Iterable[tuple[Scope, bool]]]
) -> dict[str, Any]:
    """Compute the measures in order; `items` gives, per thing gone over, its names and whether it was scored.

    Later measures see earlier ones. Count and sum of nothing are 0; min, max, mean and share of nothing are None.
    """
    values: dict[str, Any] = {}
    whole = dict(scope)
    for rule in rules:
        value = _aggregate(rule, whole, items[rule.over]) if rule.agg is not None else _plain(rule, whole)
        values[rule.name] = whole[rule.name] = None if value is UNKNOWN else value
    return values


def _plain(rule: MeasureRule, scope: Scope) -> Any:  # noqa: ANN401 - a number, a text, a truth value or null
    return rule.of(scope) if rule.of is not None else None


def _aggregate(rule: MeasureRule, whole: Scope, items: Iterable[tuple[Scope, bool]]) -> float | None:
    values: list[float] = []
    kept = 0
    for names, scored in items:
        if not scored and not rule.all:
            continue
        scope = {**whole, **names}
        if rule.where is not None and not rule.where.holds(scope):
            continue
        kept += 1
        if rule.agg in ("count", "share"):
            values.append(1.0 if rule.that is None or rule.that.holds(scope) else 0.0)
            continue
        value = rule.of(scope) if rule.of is not None else None
        if isinstance(value, int | float):
            values.append(value)
    match rule.agg:
        case "count":
            return int(math.fsum(values))
        case "sum":
            return math.fsum(values)
        case "share":
            return math.fsum(values) / kept if kept else None
        case "mean":
            return math.fsum(values) / len(values) if values else None
        case "min":
            return min(values, default=None)
        case _:
            return max(values, default=None)
