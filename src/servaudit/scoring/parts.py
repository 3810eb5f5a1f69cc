"""What one criterion brings to its parent: its own points, or what a policy or a bound puts in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from servaudit.scoring.combine import Part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servaudit.model.scorecard import Outcome
    from servaudit.model.standard import Criterion
    from servaudit.scoring.gauge import Gauge
    from servaudit.scoring.outcome import Judgement

Missing = Literal["policy", "best", "worst"]
Instead = dict[tuple["Outcome", Missing], Part]
"""What stands in place of points nobody gave; a pair that is not there is left out of points and maximum."""


def own_part(criterion: Criterion, gauge: Gauge, judgement: Judgement) -> Part | None:
    """Give what a judgement with points brings; None when it has none."""
    if judgement.points is None:
        return None
    return _part(criterion, gauge, judgement.points, judgement.maximum, (judgement.best, judgement.worst))


def instead(criterion: Criterion, gauge: Gauge, *, not_applicable: str, missing: str, bonus: bool = False) -> Instead:
    """Give what policies and bounds put in place of points, for each outcome without points.

    A bonus is earned or it is not: no policy gives one, though a bound may.
    """
    if gauge.best is None or gauge.worst is None:
        return {}
    points: Mapping[tuple[Outcome, Missing], float | None] = {
        **{("not_applicable", end): {"zero": 0.0, "full": gauge.best}.get(not_applicable)
           for end in ("policy", "best", "worst")},
        ("unobserved", "policy"): 0.0 if missing == "zero" else None,
        ("unobserved", "best"): gauge.best,
        ("unobserved", "worst"): gauge.worst,
    }  # fmt: skip
    ends = (gauge.best, gauge.worst)
    return {
        case: _part(criterion, gauge, value, gauge.maximum, ends)
        for case, value in points.items()
        if value is not None and not (bonus and (case[0] == "not_applicable" or case[1] == "policy"))
    }


def _part(
    criterion: Criterion, gauge: Gauge, points: float, maximum: float | None, ends: tuple[float | None, float | None]
) -> Part:
    best, worst = ends
    reach = maximum
    if maximum is None or gauge.lower_is_better:
        reach = None if best is None or worst is None else abs(best - worst)
    score = points / maximum if maximum else None
    return Part(criterion.weight, score, points, maximum, reach, criterion.bonus, criterion.uncapped)
