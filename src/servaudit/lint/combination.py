"""Groups that cannot be combined as asked: weights all zero, points without a maximum, bonuses where none can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.diagnostics import Path, Problem, msg
from servaudit.model.scale import Choices, Curve, Steps
from servaudit.scoring.names import scale_of, within_ratio
from servaudit.scoring.plan import CriterionNode, Plan, SectionNode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from servaudit.model.rules import Combination


_HUNDRED = 100


def combination_faults(plan: Plan) -> Iterable[Problem]:
    """Check every group, and what the rules ask of the root."""
    yield from _group(plan, plan.root)
    yield from rule_faults(plan, maximum=has_maximum(plan.root), ratio=within_ratio(plan.standard))


def rule_faults(plan: Plan, *, maximum: bool, ratio: bool) -> Iterable[Problem]:
    """Check pass mark and limits of a root that has a `maximum` or not, and a score that is a `ratio` from 0 to 1."""
    scoring = plan.standard.scoring
    if scoring.pass_ is not None and scoring.pass_.score is not None and not maximum:
        yield Problem(
            "no-maximum",
            ("scoring", "pass", "score"),
            msg("points without a maximum give no score to pass by"),
            msg("pass by a level, or give scoring: a max"),
        )
    if maximum and ratio:
        yield from _percentages(plan)
    for index, limit in enumerate(scoring.limits or ()):
        if limit.add is not None and scoring.combine != "sum":
            yield Problem(
                "combination",
                ("scoring", "limits", index, "add"),
                msg("points can only be added to a sum"),
                msg("set scoring: combine: sum, or use score:"),
            )


def _percentages(plan: Plan) -> Iterable[Problem]:
    """Find scores written as percentages, which no visit can reach."""
    scoring = plan.standard.scoring
    written: dict[Path, float | None] = {
        ("scoring", "limits", index, "score"): one.score for index, one in enumerate(scoring.limits or ())
    }
    if scoring.pass_ is not None:
        written["scoring", "pass", "score"] = scoring.pass_.score
    for place, score in written.items():
        if score is not None and score > 1:
            yield not_a_ratio(place, score)


def not_a_ratio(place: Path, score: float) -> Problem:
    """Say that a score is no ratio, and what was probably meant."""
    meant = msg("write {ratio} for {score}%", ratio=f"{score / 100:.10g}", score=score) if score <= _HUNDRED else None
    return Problem("not-a-ratio", place, msg("a score is a ratio, from 0 to 1"), meant)


def _group(plan: Plan, group: SectionNode) -> Iterable[Problem]:
    place = group.place if group.depth else ("scoring",)
    rules = group.rules
    yield from declaration_faults(rules, place)
    scored = [child for child in group.children if not _is_bonus(child) and _is_scored(child)]
    weights = [child.criterion.weight if isinstance(child, CriterionNode) else child.weight for child in scored]
    if scored and not any(weights) and rules.combine in ("mean", "sum") and plan.policies.zero_weights == "error":
        yield Problem(
            "zero-weights",
            (*scored[0].place, "weight"),
            msg("all weights are zero: no score can be made"),
            msg("give one of them a weight, or choose scoring: policies: zero_weights: mean or zero"),
        )
    yield from _directions(rules, scored)
    for child in group.children:
        if _is_bonus(child) and rules.combine not in ("mean", "sum"):
            yield Problem("combination", (*child.place, "bonus"), msg("a bonus needs a parent combined by mean or sum"))
        elif _is_bonus(child) and isinstance(child, SectionNode) and not _has_points(child):
            yield Problem(
                "combination",
                child.place,
                msg("a bonus adds points, and this section has only a score"),
                msg("give the section a max: what it is worth in points"),
            )
        elif not _is_bonus(child) and _is_scored(child):
            yield from _fits(plan, rules, child)
        if isinstance(child, SectionNode):
            yield from _group(plan, child)


def _directions(rules: Combination, scored: list[CriterionNode | SectionNode]) -> Iterable[Problem]:
    """Refuse demerits and merits in one mean: what makes one better makes the other worse."""
    demerits = [child for child in scored if _lower_is_better(child)]
    if rules.combine != "sum" and demerits and len(demerits) < len(scored):
        yield Problem(
            "combination",
            demerits[0].place,
            msg("fewer points are better here, and more beside it: together they mean nothing"),
            msg("turn its points round, or put it in a section of its own with sign: -1"),
        )


def _lower_is_better(child: CriterionNode | SectionNode) -> bool:
    return child.gauge.lower_is_better if isinstance(child, CriterionNode) else child.lower_is_better


def declaration_faults(rules: Combination, place: Path) -> Iterable[Problem]:
    """Find keys that only a sum has, and maxima of nothing."""
    if rules.combine != "sum":
        for name, given in (
            ("start", rules.start),
            ("floor", rules.floor),
            ("sign", rules.sign if rules.sign < 0 else None),
        ):
            if given is not None:
                yield Problem("combination", (*place, name), msg("“{name}” is for combine: sum", name=name))
    if rules.max is not None and rules.max <= 0:
        yield Problem("zero-maximum", (*place, "max"), msg("a maximum is more than zero"))


def _fits(plan: Plan, rules: Combination, child: CriterionNode | SectionNode) -> Iterable[Problem]:
    if isinstance(child, CriterionNode):
        yield from _scale_fits(plan, rules, child)
    elif rules.combine == "sum":
        if not _has_points(child):
            yield Problem(
                "combination",
                child.place,
                msg("a sum needs points, and this section has only a score"),
                msg("give the section a max: what it is worth in points"),
            )
    elif not has_maximum(child):
        yield _no_maximum(child.place)


def _scale_fits(plan: Plan, rules: Combination, node: CriterionNode) -> Iterable[Problem]:
    scale, gauge, place = scale_of(plan.standard, node.criterion), node.gauge, (*node.place, "scale")
    if gauge.maximum is not None or getattr(scale, "max", None) is not None:
        return  # a maximum that is declared and not above zero is the scale's own fault
    if isinstance(scale, Choices) and all(choice.points is None for choice in scale.choices.values()):
        return  # said of the scale
    if isinstance(scale, Choices | Curve | Steps) and not gauge.lower_is_better and (gauge.best or 0) <= 0:
        if rules.combine == "sum" and gauge.worst != gauge.best:
            return  # points to be taken away from a sum
        named = ("scales", node.criterion.scale) if isinstance(node.criterion.scale, str) else place
        kind = next(name for name in ("choices", "curve", "steps") if hasattr(scale, name))
        yield Problem(
            "zero-maximum",
            (*named, kind),
            msg("the best answer is worth no points"),
            msg("give the scale a maximum, or better: lower for demerits"),
        )
    elif rules.combine != "sum":
        yield _no_maximum(place)


def _no_maximum(place: Path) -> Problem:
    return Problem(
        "no-maximum",
        place,
        msg("points without a maximum give no score to combine"),
        msg("give it a max, or combine: sum"),
    )


def has_maximum(node: CriterionNode | SectionNode) -> bool:
    """Tell whether the points of a node are out of something, so that it has a score."""
    if isinstance(node, CriterionNode):
        return node.gauge.maximum is not None
    rules = node.rules
    if rules.combine != "sum" or rules.max is not None:
        return True
    if rules.sign == -1:
        return rules.start is not None
    return all(has_maximum(child) for child in node.children if not _is_bonus(child) and _is_scored(child))


def _has_points(section: SectionNode) -> bool:
    return section.rules.combine == "sum" or section.rules.max is not None


def _is_bonus(child: CriterionNode | SectionNode) -> bool:
    return child.criterion.bonus if isinstance(child, CriterionNode) else child.bonus


def _is_scored(child: CriterionNode | SectionNode) -> bool:
    """Tell whether anything in a child is worth points."""
    if isinstance(child, CriterionNode):
        return child.gauge.scored
    return any(_is_scored(one) for one in child.children)
