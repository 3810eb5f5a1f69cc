"""Conditions that no answer can change, and conditions that depend on each other in a circle."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from servaudit.diagnostics import Path, Problem, msg
from servaudit.scoring.plan import CriterionNode, Plan, SectionNode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

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
    near = _round(needs)
    for name in near:
        trail = [] if name in told else _circle(name, near)
        if trail:
            told.update(trail)
            yield Problem(
                "cyclic-applicability",
                needs[name][trail[1]],
                msg("applicability goes round in a circle: {trail}", trail=" → ".join(trail)),
                msg("let one of them apply always"),
            )


def _round(needs: Mapping[str, Collection[str]]) -> dict[str, list[str]]:
    """Keep what lies on a circle or between two, so that no chain of thousands is followed from each of its links."""
    ahead = {name: [one for one in asked if one in needs] for name, asked in needs.items()}
    kept = _leading_on(_turned(_leading_on(ahead)))  # what leads to a circle, and of that what a circle leads to
    return {name: [one for one in asked if one in kept] for name, asked in ahead.items() if name in kept}


def _leading_on(ahead: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Leave out what leads to nothing, and then what leads only to that, and so on."""
    back, left = _turned(ahead), {name: len(asked) for name, asked in ahead.items()}
    ends = [name for name, count in left.items() if not count]
    while ends:
        for name in back[ends.pop()]:
            left[name] -= 1
            if not left[name]:
                ends.append(name)
    return {name: [one for one in asked if left[one]] for name, asked in ahead.items() if left[name]}


def _turned(ahead: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Turn every arrow round."""
    back: dict[str, list[str]] = {name: [] for name in ahead}
    for name, asked in ahead.items():
        for one in asked:
            back[one].append(name)
    return back


def _circle(start: str, needs: Mapping[str, list[str]]) -> list[str]:
    """Give the shortest way from a criterion back to itself, or nothing."""
    came_from: dict[str, str] = {}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for name in needs[here]:
            if name == start:
                way = [start]
                while here != start:
                    way.append(here)
                    here = came_from[here]
                return [start, *reversed(way)]
            if name not in came_from:
                came_from[name] = here
                waiting.append(name)
    return []


def _answers(expression: Expression | None) -> list[str]:
    used = expression.names if expression else ()
    return sorted(name.removeprefix(_PREFIX) for name in used if name.startswith(_PREFIX))


def _nodes(root: SectionNode) -> Iterator[CriterionNode | SectionNode]:
    for child in root.children:
        yield child
        if isinstance(child, SectionNode):
            yield from _nodes(child)
