"""The tree of one visit evaluated: policies on what was not scored, totals upwards, shares downwards (SCORING §3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servaudit.scoring.arithmetic import within
from servaudit.scoring.combine import NO_TOTAL, Part, Total, combine, combine_instances
from servaudit.scoring.sheet import Branch, Leaf

if TYPE_CHECKING:
    from servaudit.scoring.parts import Missing
    from servaudit.scoring.plan import Plan


_LARGEST = 1e50
"""The greatest share: with it, what a criterion or a section lost stays within the numbers there are."""


class Share(NamedTuple):
    """A place in the whole: its effective weight, and what 1 of its score or one of its points adds to the root's.

    Where the root has points only, the gain is in its points. None under min, max and product, and beyond `_LARGEST`.
    """

    weight: float | None
    gain_score: float | None
    gain_points: float | None


NOWHERE = Share(None, None, None)
EXCLUDED = Share(0.0, 0.0, 0.0)


class Evaluation:
    """Totals of every branch, and what every included section brings to its parent, by path."""

    __slots__ = ("parts", "total", "totals")

    def __init__(self) -> None:
        self.total = NO_TOTAL
        self.totals: dict[str, Total] = {}
        self.parts: dict[str, Part] = {}

    def part(self, child: Leaf | Branch) -> Part | None:
        """Give what a child brings to its parent; None when it is left out."""
        return leaf_part(child, "policy") if isinstance(child, Leaf) else self.parts.get(child.path)


def evaluate(plan: Plan, root: Branch, missing: Missing = "policy") -> Evaluation:
    """Evaluate a tree; with `missing` best or worst, what is unobserved takes its best or worst points."""
    evaluation = Evaluation()
    evaluation.total = _Evaluator(plan, missing, evaluation).branch(root)
    return evaluation


class _Evaluator:
    def __init__(self, plan: Plan, missing: Missing, evaluation: Evaluation) -> None:
        self.zero_weights = plan.policies.zero_weights
        self.missing, self.evaluation = missing, evaluation

    def branch(self, branch: Branch) -> Total:
        if branch.instances:
            totals = [self.branch(instance) for instance in branch.sections]
            total = combine_instances(branch.node.repeat or "mean", totals, lower_is_better=branch.node.lower_is_better)
        else:
            missing = self.missing
            parts = [part for leaf in branch.criteria if (part := leaf.part or leaf_part(leaf, missing)) is not None]
            if branch.sections:
                parts += [part for section in branch.sections if (part := self._section_part(section)) is not None]
            total = combine(branch.node.rules, parts, self.zero_weights)
        self.evaluation.totals[branch.path] = total
        return total

    def _section_part(self, branch: Branch) -> Part | None:
        total, node = self.branch(branch), branch.node
        if total.empty:
            return None
        part = Part(node.weight, total.score, total.points, total.maximum, total.reach, node.bonus, node.uncapped)
        self.evaluation.parts[branch.path] = part
        return part


def leaf_part(leaf: Leaf, missing: Missing) -> Part | None:
    """Give what one criterion brings to its parent, policies applied; None when it is left out.

    Policies are for what was answered "not applicable": what the standard hides is out, whatever they say.
    """
    if leaf.part is not None or leaf.hidden:
        return leaf.part
    return leaf.node.instead.get((leaf.judgement.outcome, missing))


def shares(root: Branch, evaluation: Evaluation) -> dict[str, Share]:
    """Share the whole out from the root down, by path: what each section and criterion weighs in it."""
    found: dict[str, Share] = {}
    total = evaluation.total
    unit = _over(1.0, total.maximum) if total.maximum else 1.0
    scale = 1.0 if total.score is not None else None
    _share(root, Share(1.0, scale, unit), evaluation, found)
    return found


def _share(branch: Branch, own: Share, evaluation: Evaluation, found: dict[str, Share]) -> None:
    found[branch.path] = own
    total = evaluation.totals[branch.path]
    n = sum(not evaluation.totals[child.path].empty for child in branch.children) if branch.instances else 0
    alike: dict[Part | None, Share] = {}  # most criteria of a section bring what another does, but for their points
    for child in branch.children:
        if isinstance(child, Leaf):
            part = leaf_part(child, "policy")
            share = alike.get(part)
            if share is None:
                share = alike[part] = _child_share(branch, part, own, total)
            found[child.path] = share
            continue
        if branch.instances:
            share = _instance_share(branch, own, total, evaluation.totals[child.path], n)
        else:
            share = _child_share(branch, evaluation.part(child), own, total)
        _share(child, share, evaluation, found)


def _instance_share(branch: Branch, own: Share, total: Total, instance: Total, n: int) -> Share:
    """Give the share of one of `n` instances with something scored; in a sum each counts by what it can reach."""
    if instance.empty:
        return EXCLUDED
    if branch.node.repeat == "mean":
        return Share(_times(own.weight, 1 / n), _times(own.gain_score, 1 / n), _times(own.gain_points, 1 / n))
    if branch.node.repeat == "sum":
        part = _over(instance.reach, total.reach) or 1 / n
        return Share(_times(own.weight, part), _times(own.gain_score, part), own.gain_points)
    return NOWHERE


def _child_share(branch: Branch, part: Part | None, own: Share, total: Total) -> Share:
    if part is None:
        return EXCLUDED
    rules = branch.node.rules
    if part.bonus or own is NOWHERE or rules.combine not in ("mean", "sum") or not total.divisor:
        return NOWHERE
    weight = 1.0 if total.even else part.weight
    if rules.combine == "mean":
        fraction = weight / total.divisor if part.score is not None else 0.0
        gain = _times(own.gain_score, fraction)
        return Share(_times(own.weight, fraction), gain, _over(gain, part.maximum))
    fraction = weight * (part.reach or 0.0) / total.divisor
    points = _times(own.gain_points, rules.sign * weight)
    return Share(_times(own.weight, fraction), _times(points, part.maximum), points)


def _times(a: float | None, b: float | None) -> float | None:
    return None if a is None or b is None else within(a * b, _LARGEST)


def _over(a: float | None, b: float | None) -> float | None:
    return None if a is None or not b else within(a / b, _LARGEST)
