"""What is wrong with a standard as a whole: ids, references, and everything its plan and its rules reveal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.diagnostics import Path, Problem, did_you_mean, msg
from servaudit.lint.combination import combination_faults
from servaudit.lint.conditions import condition_faults, cycles
from servaudit.lint.ladder import ladder_faults
from servaudit.lint.scale import scale_faults
from servaudit.model.scale import Choices
from servaudit.scoring import names
from servaudit.scoring.facts import typed, wanted
from servaudit.scoring.plan import CriterionNode, Plan, SectionNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from servaudit.model.scale import Scale
    from servaudit.model.standard import Criterion, Standard


def lint_standard(plan: Plan) -> list[Problem]:
    """Find every fault of a compiled standard; the plan's own problems come first."""
    standard = plan.standard
    found = [
        *plan.problems,
        *_ids(plan),
        *_facts(standard),
        *(fault for node in criterion_nodes(plan.root) for fault in _references(standard, node)),
        *(fault for node in criterion_nodes(plan.root) for fault in _zero_demerits(node)),
        *scale_faults(_own_scales(standard), criterion_nodes(plan.root)),
        *combination_faults(plan),
        *cycles(plan),
        *condition_faults(plan),
        *ladder_faults(plan),
        *_history(plan),
    ]
    told: dict[tuple[str, Path], list[Problem]] = {}
    for problem in found:
        there = told.setdefault((problem.code, problem.path), [])
        if problem not in there:
            there.append(problem)
    return [problem for there in told.values() for problem in there]


def _own_scales(standard: Standard) -> dict[str, Scale]:
    """Leave out the scales of vocabularies: their own check finds what is wrong with them."""
    return {name: scale for name, scale in standard.scales.items() if ("scales", name) not in standard.borrowed}


def _history(plan: Plan) -> Iterable[Problem]:
    if not plan.standard.history:
        return ()
    from servaudit.lint.history import history_faults  # noqa: PLC0415 - most standards have none yet

    return history_faults(plan)


def criterion_nodes(root: SectionNode) -> list[CriterionNode]:
    """List every criterion of a tree, those of a doubled id too."""
    return [node for _, node in _walk(root) if isinstance(node, CriterionNode)]


def _walk(root: SectionNode) -> Iterator[tuple[SectionNode, CriterionNode | SectionNode]]:
    for child in root.children:
        yield root, child
        if isinstance(child, SectionNode):
            yield from _walk(child)


def _ids(plan: Plan) -> Iterable[Problem]:
    seen: set[str] = set()
    for _, node in _walk(plan.root):
        name = node.criterion.id if isinstance(node, CriterionNode) else node.id
        if name in seen:
            yield Problem(
                "duplicate-id", (*node.place, "id"), msg("“{id}” is already the id of something else", id=name)
            )
        seen.add(name)
        if isinstance(node, SectionNode) and not node.children:
            yield Problem("combination", node.place, msg("section “{id}” is empty", id=name))
    if not plan.root.children:
        yield Problem("combination", (), msg("a standard needs criteria or sections"))
    yield from doubled_limits(plan.standard)


def doubled_limits(standard: Standard) -> Iterable[Problem]:
    """Find limits of one id, of a visit or of a rollup."""
    for place, rules in ((("scoring",), standard.scoring), (("rollup",), standard.rollup)):
        limits: set[str] = set()
        for index, limit in enumerate((rules.limits if rules else None) or ()):
            if limit.id in limits:
                yield Problem(
                    "duplicate-id",
                    (*place, "limits", index, "id"),
                    msg("“{id}” is already the id of something else", id=limit.id),
                )
            limits.add(limit.id)


def _facts(standard: Standard) -> Iterable[Problem]:
    for group, facts in (("context", standard.context), ("attributes", standard.attributes)):
        for name, fact in facts.items():
            if group == "attributes" and name in names.RESERVED:
                yield Problem(
                    "reserved-name",
                    (group, name),
                    msg("“{name}” is already the name of something else", name=name),
                    on_key=True,
                )
            if fact.type == "choice" and not fact.values:
                yield Problem("bad-value", (group, name), msg("a choice lists its values"))
            elif fact.default is not None and typed(fact, fact.default) is None:
                yield Problem("context-type", (group, name, "default"), wanted(name, fact))


def _references(standard: Standard, node: CriterionNode) -> Iterable[Problem]:
    criterion, place = node.criterion, node.place
    for name, value in criterion.facets.items():
        at: Path = (*place, "facets", name)
        facet = standard.facets.get(name)
        if facet is None:
            yield Problem(
                "unknown-facet",
                at,
                msg("the standard has no facet “{name}”", name=name),
                did_you_mean(name, standard.facets),
                on_key=True,
            )
        elif value not in facet.values:
            yield Problem(
                "unknown-facet",
                at,
                msg("facet “{name}” has no value “{value}”", name=name, value=value),
                did_you_mean(value, facet.values),
            )
    for name, given in criterion.attributes.items():
        at = (*place, "attributes", name)
        fact = standard.attributes.get(name)
        if fact is None:
            yield Problem(
                "unknown-attribute",
                at,
                msg("the standard declares no attribute “{name}”", name=name),
                did_you_mean(name, standard.attributes),
                on_key=True,
            )
        elif typed(fact, given) is None:
            yield Problem("wrong-type", at, wanted(name, fact))
    yield from _targets(standard, criterion, place)
    if criterion.severity == "critical" and _lets_na_pass(standard, node):
        yield Problem(
            "na-critical",
            (*place, "severity"),
            msg("“not applicable” lets a critical criterion escape"),
            msg("give it policies: {{not_applicable: forbid}}, or applies_when"),
        )


def _zero_demerits(node: CriterionNode) -> Iterable[Problem]:
    """Warn where 0 points, put in place of an answer, are the best there are."""
    if not node.gauge.lower_is_better or node.bonus:
        return
    for policy, chosen in (("not_applicable", node.not_applicable), ("missing", node.missing)):
        if chosen == "zero":
            own = node.criterion.policies is not None and getattr(node.criterion.policies, policy) is not None
            yield Problem(
                "zero-demerits",
                (*(node.place if own else ("scoring",)), "policies", policy),
                msg("0 points are the best of a scale of demerits: what has no answer would count as perfect"),
                msg("choose exclude or forbid"),
            )


def _targets(standard: Standard, criterion: Criterion, place: Path) -> Iterable[Problem]:
    classify = standard.scoring.classify
    known = classify.targets if classify else []
    for target in criterion.status:
        if target and target not in known:
            yield Problem(
                "unknown-target",
                (*place, "status", target),
                msg("no level “{name}” is aimed at", name=target),
                did_you_mean(target, known) or msg("list it under scoring: classify: targets:"),
                on_key=True,
            )


def _lets_na_pass(standard: Standard, node: CriterionNode) -> bool:
    """Tell whether a criterion invites N/A: by an answer of its scale, or by a policy that gives it full points."""
    scale = names.scale_of(standard, node.criterion)
    offered = isinstance(scale, Choices) and any(choice.points is None for choice in scale.choices.values())
    return node.not_applicable == "full" or (offered and node.not_applicable != "forbid")
