"""What the rules of grading look at: the groups of a standard, what counts in each, and how much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.scoring.plan import CriterionNode, Plan, SectionNode, is_scored

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.diagnostics import Path


def groups(plan: Plan) -> Iterator[tuple[SectionNode, str, Path]]:
    """Yield every group with its name and the place of its rules: the whole first, then the sections."""
    yield plan.root, plan.standard.id, ("scoring",)
    for section in plan.sections.values():
        yield section, section.id, section.place


def counted(group: SectionNode) -> list[CriterionNode | SectionNode]:
    """List the children that a group's score is made of: those worth points, and no bonus."""
    return [child for child in group.children if not child.bonus and is_scored(child)]


def weight(child: CriterionNode | SectionNode) -> float:
    """Give the weight of a child."""
    return child.criterion.weight if isinstance(child, CriterionNode) else child.weight


def reach(child: CriterionNode | SectionNode) -> float | None:
    """Give how many points lie between a child's worst and its best, its weight aside; None where nobody knows."""
    if isinstance(child, CriterionNode):
        best, worst = child.gauge.best, child.gauge.worst
        return None if best is None or worst is None or child.criterion.repeat == "sum" else abs(best - worst)
    rules = child.rules
    if child.repeat == "sum":
        return None
    if rules.max is not None or rules.combine != "sum":
        return rules.max
    if rules.sign == -1 and rules.start is not None and rules.floor is not None:
        return rules.start - rules.floor
    parts = [None if (one := reach(each)) is None else weight(each) * one for each in counted(child)]
    return None if None in parts else sum(part for part in parts if part is not None)
