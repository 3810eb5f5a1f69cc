"""From measures to a level, limits, and whether it passes: the same for a visit and for a rollup (SCORING §5-6)."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from servaudit.model.scorecard import LimitResult
from servaudit.scoring.arithmetic import at_least, same, within
from servaudit.scoring.combine import LARGEST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servaudit.model.rules import Limit
    from servaudit.scoring.plan import VerdictRules


class Figures(NamedTuple):
    """The score and points of the root; `lower_is_better` says which way is worse."""

    score: float | None
    points: float | None
    maximum: float | None
    lower_is_better: bool = False


class Judged(NamedTuple):
    """What the rules concluded, with the figures and the level before limits beside."""

    before: Figures
    after: Figures
    level_before: str | None
    level: str | None
    passed: bool | None
    limited: bool
    limits: tuple[LimitResult, ...]
    measures: Mapping[str, Any]


Measured = Callable[[Figures], "tuple[dict[str, Any], Mapping[str, Any]]"]


def apply_rules(rules: VerdictRules, figures: Figures, measured: Measured, settle: Callable[[float], float]) -> Judged:
    """Apply ladder and limits. `measured` computes, for given figures, all names in scope and the measures.

    `settle` holds points within the root's floor and maximum after a limit has added to them. Limits are evaluated
    once, on the values before any of them; then `add`, `score`, the ladder again, `at_most` (the lowest wins), `fail`.
    """
    scope, measures = measured(figures)
    level_before = _level(rules, scope)
    fired = [rule.limit for rule in rules.limits if rule.when.holds(scope)]
    after = _set_score(_add(figures, fired, settle), fired)
    level = level_before
    if after != figures:
        scope, measures = measured(after)
        level = _level(rules, scope)
    ladder_level = level
    level = _at_most(rules.order, level, fired)
    passed_before = passes(rules, figures, level_before)
    passed = passes(rules, after, level)
    failed = any(limit.fail for limit in fired)
    if failed:
        passed = False
    worse = _worse(figures, after) or _lower(rules.order, level, level_before)
    bites = {"at_most": _lower(rules.order, level, ladder_level), "fail": failed and passed_before is not False}
    limited = passed is False and (worse or bites["fail"])
    results = tuple(_result(rule.limit, fired, figures, after, level, bites) for rule in rules.limits)
    return Judged(figures, after, level_before, level, passed, limited, results, measures)


def passes(rules: VerdictRules, figures: Figures, level: str | None) -> bool | None:
    """Tell whether a score or level reaches the pass mark; None when there is no mark, or no score to hold against it.

    Where the mark is a level, no level at all is below it.
    """
    if rules.pass_score is not None:
        if figures.score is None:
            return None
        if figures.lower_is_better:
            return at_least(rules.pass_score, figures.score)
        return at_least(figures.score, rules.pass_score)
    if rules.pass_level is None:
        return None
    return not _lower(rules.order, level, rules.pass_level)


def _level(rules: VerdictRules, scope: Mapping[str, Any]) -> str | None:
    return next((level for level, when in rules.ladder if when is None or when.holds(scope)), None)


def _lower(order: tuple[str, ...], level: str | None, than: str | None) -> bool:
    """Tell whether a level is of lower quality than another; no level is below every level."""
    rank = {name: place for place, name in enumerate(order)}
    if level == than or than is None:
        return False
    return rank.get(level or "", len(order)) > rank.get(than, len(order))


def _add(figures: Figures, fired: list[Limit], settle: Callable[[float], float]) -> Figures:
    added = [limit.add for limit in fired if limit.add is not None]
    if not added or figures.points is None:
        return figures
    points = settle(math.fsum([figures.points, *added]))
    score = within(points / figures.maximum, LARGEST) if figures.maximum else None
    return Figures(score, points, figures.maximum, figures.lower_is_better)


def _set_score(figures: Figures, fired: list[Limit]) -> Figures:
    scores = [limit.score for limit in fired if limit.score is not None]
    if not scores:
        return figures
    score = max(scores) if figures.lower_is_better else min(scores)
    if figures.score is None and figures.points is not None:
        return Figures(None, score, figures.maximum, figures.lower_is_better)
    points = None if figures.points is None else score * (figures.maximum or 1.0)
    return Figures(score, points, figures.maximum, figures.lower_is_better)


def _at_most(order: tuple[str, ...], level: str | None, fired: list[Limit]) -> str | None:
    for limit in fired:
        if limit.at_most is not None and level is not None and _lower(order, limit.at_most, level):
            level = limit.at_most
    return level


def _worse(before: Figures, after: Figures) -> bool:
    if before.points is not None and after.points is not None:
        old, new = before.points, after.points
    elif before.score is not None and after.score is not None:
        old, new = before.score, after.score
    else:
        return False
    return not same(old, new) and (new > old if before.lower_is_better else new < old)


def _result(
    limit: Limit, fired: list[Limit], before: Figures, after: Figures, level: str | None, bites: dict[str, bool]
) -> LimitResult:
    """Say what a limit did. Of several knock-outs or ceilings, only the one that decided changed something."""
    happened = any(limit is one for one in fired)
    if limit.score is not None:
        decided = limit.score == (after.points if after.score is None else after.score)
        return LimitResult(limit.id, happened, "score", limit.score, happened and before != after and decided)
    if limit.add is not None:
        return LimitResult(limit.id, happened, "add", limit.add, happened and before != after)
    if limit.at_most is not None:
        changed = happened and bites["at_most"] and level == limit.at_most
        return LimitResult(limit.id, happened, "at_most", limit.at_most, changed)
    return LimitResult(limit.id, happened, "fail", None, happened and bites["fail"])
