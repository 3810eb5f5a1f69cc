"""`saturated-sum`: a sum whose maximum or floor is reached by a part of it, so that the rest cannot count."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

from servaudit.diagnostics import Problem, msg
from servaudit.lint.rules.groups import counted, groups, reach, weight
from servaudit.scoring.plan import CriterionNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.diagnostics import Path
    from servaudit.scoring.plan import Plan, SectionNode


def find(plan: Plan) -> Iterator[Problem]:
    """Look at the sums whose points are held within bounds. What applies only at times is not held against them."""
    for group, name, place in groups(plan):
        children = counted(group)
        if group.rules.combine != "sum" or len(children) <= 1:
            continue
        if not group.lower_is_better and group.rules.sign == 1 and group.rules.max is not None:
            yield from _above(group, children, name, place)
        if not group.lower_is_better and group.rules.floor is not None:
            yield from _below(group, children, name)


def _above(
    group: SectionNode, children: list[CriterionNode | SectionNode], name: str, place: Path
) -> Iterator[Problem]:
    """Find a maximum lower than what always applies adds up to: the last points gained change nothing."""
    best = _best(group, [child for child in children if child.applies is None])
    maximum = group.rules.max or 0.0
    if best is not None and round(best - maximum, 9) > 0:
        message = msg("“{name}” adds up to {points}, and the maximum is {maximum}: {over} can be missed freely",
                      name=name, points=best, maximum=maximum, over=best - maximum)  # fmt: skip
        remedy = msg("leave max out, raise it, or make what goes beyond it a bonus")
        yield Problem("saturated-sum", (*place, "max"), message, remedy)


def _below(group: SectionNode, children: list[CriterionNode | SectionNode], name: str) -> Iterator[Problem]:
    """Find a child that alone, at its worst, brings everything down to the floor: after it nothing counts."""
    best, floor = _best(group, children), group.rules.floor or 0.0
    if best is None:
        return
    for child in children:
        points = reach(child)
        if points is not None and points > 0 and round(best - weight(child) * points - floor, 9) <= 0:
            message = msg("“{id}” alone brings “{name}” down to its floor: nothing else counts any more",
                          id=child.id, name=name)  # fmt: skip
            remedy = msg("give it fewer points; if one miss is to decide, make it critical or write a limit")
            yield Problem("saturated-sum", (*child.place, "id"), message, remedy)


def _best(group: SectionNode, children: list[CriterionNode | SectionNode]) -> float | None:
    """Give the points when all goes well; None where nobody knows."""
    rules = group.rules
    bests = [_points(child) for child in children]
    known = [best for best in bests if best is not None]
    if len(known) < len(bests):
        return None
    return (rules.start or 0.0) + rules.sign * fsum(known)


def _points(child: CriterionNode | SectionNode) -> float | None:
    """Give the points of a child at its best: under a minus sign, demerits at their best are none."""
    if isinstance(child, CriterionNode):
        unknown = child.criterion.repeat == "sum" or child.gauge.best is None
        return None if unknown else weight(child) * (child.gauge.best or 0.0)
    most = child.rules.start if child.rules.sign == -1 else reach(child)
    return None if most is None else weight(child) * (0.0 if child.lower_is_better else most)
