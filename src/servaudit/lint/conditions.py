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
    """Find conditions that are always or never true: without any name, or settled by bounds of what they compare."""
    for place, expression in _conditions(plan):
        if not expression.names:
            yield Problem("constant-condition", place, msg("this condition rests on nothing that can change"))
            continue
        yield from _repeated(plan, place, expression)
        for at, result in expression.decided:
            message = msg("this is always true") if result else msg("this is never true")
            yield Problem("constant-condition", place, message, at=at)


def _repeated(plan: Plan, place: Path, expression: Expression) -> Iterable[Problem]:
    """Find words looked for in an answer that is several answers: null when they differ."""
    for name in sorted(_answers(expression)):
        node = plan.criteria.get(name)
        if node is not None and node.criterion.repeat is not None and node.gauge.words is not None:
            yield Problem(
                "repeated-answer",
                place,
                msg("“{name}” is observed several times: it has no value here when its answers differ", name=name),
                msg("ask a criterion that is observed once, or a section's score"),
            )


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
    """Find criteria whose applicability depends on their own answer, directly or through others; each circle once."""
    needs: dict[str, dict[str, Path]] = {}

    def walk(node: SectionNode, inherited: dict[str, Path]) -> None:
        for child in node.children:
            used = inherited | dict.fromkeys(_answers(child.applies), (*child.place, "applies_when"))
            if isinstance(child, CriterionNode):
                needs[child.criterion.id] = used
            else:
                walk(child, used)

    walk(plan.root, {})
    told: set[str] = set()
    for name in needs:
        trail = [] if name in told else _circle(name, needs)
        if trail:
            told.update(trail)
            yield Problem(
                "cyclic-applicability",
                needs[name][trail[1]],
                msg("applicability goes round in a circle: {trail}", trail=" → ".join(trail)),
                msg("let one of them apply always"),
            )


def _circle(start: str, needs: dict[str, dict[str, Path]]) -> list[str]:
    """Give the shortest way from a criterion back to itself, or nothing."""
    ways = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        for name in needs.get(way[-1], ()):
            if name == start:
                return [*way, start]
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []


def _answers(expression: Expression | None) -> list[str]:
    used = expression.names if expression else ()
    return sorted(name.removeprefix(_PREFIX) for name in used if name.startswith(_PREFIX))


def _nodes(root: SectionNode) -> Iterator[CriterionNode | SectionNode]:
    for child in root.children:
        yield child
        if isinstance(child, SectionNode):
            yield from _nodes(child)
