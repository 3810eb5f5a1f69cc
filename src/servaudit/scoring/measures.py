"""Measures: named values computed over criteria, sections or visits, in order (SCORING §4)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from servaudit.scoring.expressions import Expression
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
        aggregate = rule.agg is not None
        value = _aggregate(rule, whole, items[rule.over]) if aggregate else _value(rule.of, whole)
        values[rule.name] = whole[rule.name] = value
    return values


def _value(of: Expression | None, scope: Scope) -> Any:  # noqa: ANN401 - a number, a text, a truth value or null
    return of(scope) if of is not None else None


def gone_over(rule: MeasureRule, whole: Scope, items: Iterable[tuple[Scope, bool]]) -> list[tuple[Scope, Any]]:
    """List what an aggregate takes in: the names of each item, and its value; of a count or a share, whether it counts.

    `whole` are the names beside the items' own.
    """
    of = rule.that if rule.agg in ("count", "share") else rule.of
    scope, found = dict(whole), []
    for names, scored in items:
        if scored or rule.all:
            scope.update(names)  # every item has the same names
            if rule.where is None or rule.where.holds(scope):
                found.append((names, True if of is None else of(scope)))
    return found


def _aggregate(rule: MeasureRule, whole: Scope, items: Iterable[tuple[Scope, bool]]) -> float | None:
    found = [value for _, value in gone_over(rule, whole, items)]
    if rule.agg in ("count", "share"):
        n = sum(map(bool, found))
        return n if rule.agg == "count" else n / len(found) if found else None
    values = [+value for value in found if isinstance(value, int | float)]
    if rule.agg in ("sum", "mean"):
        return _total(values, 1 if rule.agg == "sum" else len(values))
    return min(values, default=None) if rule.agg == "min" else max(values, default=None)


def _total(values: list[float], n: int) -> float | None:
    """Give the sum of values divided by `n`; null for the mean of nothing, and for a sum beyond every double."""
    try:
        return math.fsum(values) / n if n else None
    except OverflowError:
        return None
