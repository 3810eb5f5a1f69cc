"""Conditions that no answer can change, and conditions that depend on each other in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.diagnostics import Path, Problem, msg
from servaudit.scoring.plan import CriterionNode, Plan, SectionNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from servaudit.scoring.expressions import Expression
    from servaudit.scoring.plan import VerdictRules

_PREFIX = "answers."


def condition_faults(plan: Plan) -> Iterable[Problem]:
    """Find conditions that are always true or never: without any name, or settled by the bounds of what they compare."""
    for place, expression in _conditions(plan):
        if not expression.names:
            yield Problem("constant-condition", place, msg("this condition rests on nothing that can change"))
            continue
        for at, result in expression.decided:
            message = msg("this is always true") if result else msg("this is never true")
            yield Problem("constant-condition", place, message, at=at)


def _conditions(plan: Plan) -> Iterator[tuple[Path, Expression]]:
    for node in _nodes(plan.root):
        if node.applies is not None:
            yield (*node.place, "applies_when"), node.applies
    yield from _of_rules(plan.rules, ("scoring",), own_limits=plan.standard.scoring.limits is not None)
    if plan.rollup is not None:
        yield from _of_rules(plan.rollup, ("rollup",), own_limits=True)


def _of_rules(rules: VerdictRules, place: Path, *, own_limits: bool) -> Iterator[tuple[Path, Expression]]:
    for measure in rules.measures:
        for name, expression in (("where", measure.where), ("that", measure.that)):
            if expression is not None:
                yield (*place, "measures", measure.name, name), expression
    for index, (_, when) in enumerate(rules.ladder):
        if when is not None:
            yield (*place, "ladder", index, "when"), when
    for index, limit in enumerate(rules.limits if own_limits else ()):
        yield (*place, "limits", index, "when"), limit.when


def cycles(plan: Plan) -> Iterable[Problem]:
    """Find criteria whose applicability depends on their own answer, directly or through others."""
    needs: dict[str, set[str]] = {}
    places: dict[str, Path] = {}

    def walk(node: SectionNode, inherited: frozenset[str]) -> None:
        for child in node.children:
            used = inherited | _answers(child.applies)
            if isinstance(child, CriterionNode):
                needs[child.criterion.id] = set(used)
                places[child.criterion.id] = child.place
            else:
                walk(child, used)

    walk(plan.root, frozenset())
    for name in needs:
        trail = _circle(name, needs)
        if trail:
            yield Problem(
                "cyclic-applicability",
                (*places[name], "applies_when"),
                msg("applicability goes round in a circle: {trail}", trail=" → ".join(trail)),
                msg("let one of them apply always"),
            )


def _circle(start: str, needs: dict[str, set[str]]) -> list[str]:
    """Give the shortest way from a criterion back to itself, or nothing."""
    ways = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        for name in sorted(needs.get(way[-1], ())):
            if name == start:
                return [*way, start]
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []


def _answers(expression: Expression | None) -> frozenset[str]:
    if expression is None:
        return frozenset()
    return frozenset(name.removeprefix(_PREFIX) for name in expression.names if name.startswith(_PREFIX))


def _nodes(root: SectionNode) -> Iterator[CriterionNode | SectionNode]:
    for child in root.children:
        yield child
        if isinstance(child, SectionNode):
            yield from _nodes(child)
