"""`equal-answers`: two answers of a scale that are worth the same, so that no score tells them apart."""

from __future__ import annotations

import itertools
import math
import re
from typing import TYPE_CHECKING, Final

from servaudit.diagnostics import Problem, msg
from servaudit.lint.rules.scales import scales
from servaudit.model.scale import Choices, Steps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.diagnostics import Path
    from servaudit.scoring.plan import CriterionNode, Plan, SectionNode

_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")


def find(plan: Plan) -> Iterator[Problem]:
    """Compare the answers of each scale.

    Left aside are numbers (0 to 10 in three bands is a scheme), answers of which several may be given, and those that a
    rule of the standard looks for by name.
    """
    rules = " ".join(_sources(plan))
    for scale, place in scales(plan):
        if isinstance(scale, Choices) and not scale.multiple:
            yield from _choices(scale, place, rules)
        elif isinstance(scale, Steps):
            yield from _steps(scale, place)


def _choices(scale: Choices, place: Path, rules: str) -> Iterator[Problem]:
    if all(_NUMBER.fullmatch(name) for name in scale.choices):
        return
    first: dict[float, str] = {}
    for name, choice in scale.choices.items():
        if choice.points is None or f"'{name}'" in rules or f'"{name}"' in rules:
            continue
        other = first.setdefault(choice.points, name)
        if other != name:
            message = msg("“{one}” and “{other}” are worth the same: no score tells them apart", one=other, other=name)
            remedy = msg("give them different points, or make them one answer; null is for “not applicable”")
            yield Problem("equal-answers", (*place, "choices", name), message, remedy, on_key=True)


def _steps(scale: Steps, place: Path) -> Iterator[Problem]:
    steps = sorted(enumerate(scale.steps), key=lambda step: math.inf if step[1][0] is None else step[1][0])
    for (_, (_, before)), (number, (_, points)) in itertools.pairwise(steps):
        if points == before:
            message = msg("this step is worth the same as the one below it: no score tells them apart")
            yield Problem("equal-answers", (*place, "steps", number), message, msg("one of the two bounds is enough"))


def _sources(plan: Plan) -> Iterator[str]:
    """Yield every expression of a standard, as it was written."""
    nodes: list[CriterionNode | SectionNode] = [*plan.criteria.values(), *plan.sections.values()]
    for node in nodes:
        if node.applies is not None:
            yield node.applies.source
    for rules in (plan.rules, plan.rollup):
        if rules is None:
            continue
        for measure in rules.measures:
            yield from (one.source for one in (measure.of, measure.where, measure.that) if one is not None)
        yield from (when.source for _, when in rules.ladder if when is not None)
        yield from (limit.when.source for limit in rules.limits)
