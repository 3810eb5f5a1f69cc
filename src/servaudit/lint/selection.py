"""What leaving something out does to the rest of a standard: conditions and maxima that rest on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.diagnostics import Path, Problem, msg
from servaudit.lint.combination import combination_faults
from servaudit.scoring.plan import CriterionNode, Plan, SectionNode
from servaudit.scoring.selection import placed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from servaudit.model.standard import Standard
    from servaudit.scoring.expressions import Expression
    from servaudit.scoring.selection import Selected


def selection_faults(standard: Standard, selected: Selected, plan: Plan, place: Path) -> Iterable[Problem]:
    """Check what is left of a standard, told at the `place` of its checklist that takes it."""
    yield from _conditions(selected, plan, place)
    yield from _maxima(standard, selected, plan, place)
    for problem in combination_faults(plan):
        yield problem._replace(path=place, on_key=False, at=None)


def _conditions(selected: Selected, plan: Plan, place: Path) -> Iterable[Problem]:
    """Warn of conditions and rules that look at an answer, or at a section's score, that is left out."""
    out = {f"answers.{name}" for name in selected.criteria} | {f"sections.{name}" for name in selected.sections}
    for name, expression in _expressions(plan):
        missing = sorted(out.intersection(expression.names))
        if missing:
            other = missing[0].partition(".")[2]
            message = msg("“{name}” rests on “{other}”, which is left out", name=name, other=other)
            yield Problem("selection-condition", place, message, msg("take “{other}” in as well", other=other))


def _expressions(plan: Plan) -> Iterator[tuple[str, Expression]]:
    """Give every expression of a standard that can look at answers and sections, with the name it is known by."""
    nodes: list[CriterionNode | SectionNode] = [*plan.criteria.values(), *plan.sections.values()]
    yield from ((node.id, node.applies) for node in nodes if node.applies is not None)
    for measure in plan.rules.measures:
        yield from ((measure.name, one) for one in (measure.of, measure.where, measure.that) if one is not None)
    yield from ((level, when) for level, when in plan.rules.ladder if when is not None)
    yield from ((limit.id, when) for limit, when in plan.rules.limits)


def _maxima(standard: Standard, selected: Selected, plan: Plan, place: Path) -> Iterable[Problem]:
    """Warn of a maximum declared for a sum that no longer reaches it: what is left out would cost points."""
    out = frozenset(selected.criteria)
    touched = {name for criterion, above in placed(standard) if criterion.id in out for name in above}
    for node in (plan.root, *plan.sections.values()):
        if node is not plan.root and node.id not in touched:
            continue
        reach, maximum = most(node), node.rules.max
        if out and maximum is not None and reach is not None and round(maximum - reach, 9) > 0:
            message = msg(
                "“{name}” keeps its maximum of {maximum} points, and what is left of it reaches {reach}",
                name=node.id or standard.id, maximum=maximum, reach=reach,
            )  # fmt: skip
            yield Problem("selection-maximum", place, message, msg("take all of it in, or leave the whole of it out"))


def most(group: SectionNode) -> float | None:
    """Give the most points that the children of a sum add up to; None where that cannot be known beforehand."""
    rules = group.rules
    if rules.combine != "sum" or rules.sign == -1:
        return None
    total = rules.start or 0.0
    for child in group.children:
        best = _best(child)
        if best is None:
            return None
        total += best
    return total


def _best(child: CriterionNode | SectionNode) -> float | None:
    if isinstance(child, SectionNode):
        highest = child.rules.max if child.rules.max is not None else most(child)
        return None if highest is None or child.repeat == "sum" else child.weight * highest
    if not child.gauge.scored:
        return 0.0
    return None if child.criterion.repeat == "sum" else child.criterion.weight * (child.gauge.best or 0.0)
