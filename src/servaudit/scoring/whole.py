"""Several standards on one visit become one verdict: each counts as a section does in a standard (SCORING §8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.model.rules import Scoring
from servaudit.model.scorecard import OUTCOMES
from servaudit.model.standard import SEVERITIES, Section, Standard
from servaudit.scoring.combine import Part, Total, combine
from servaudit.scoring.counts import Counts
from servaudit.scoring.planner import compile_whole
from servaudit.scoring.scope import VisitNames
from servaudit.scoring.sheet import Branch, Sheet
from servaudit.scoring.tree import Evaluation
from servaudit.scoring.visit import Scored, conclude

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servaudit.model.checklist import Checklist
    from servaudit.model.observation import Commendation, Observation
    from servaudit.model.scorecard import ObservationRef, StandardRef
    from servaudit.scoring.plan import Plan, SectionNode


def whole_plan(checklist: Checklist, standards: Mapping[str, Standard]) -> Plan:
    """Make the rules of a checklist's whole ready: a plan whose sections are its standards.

    Places in its problems are places in the checklist.
    """
    rules = checklist.scoring
    given = {} if rules is None else {name: getattr(rules, name) for name in rules.model_fields_set}
    return compile_whole(
        Standard.model_construct(
            kind="standard",
            id=checklist.id,
            version=checklist.version,
            language=checklist.language,
            title=checklist.title,
            description=checklist.description,
            sections=[
                Section.model_construct(id=use.standard, title=standards[use.standard].title, weight=use.weight)
                for use in checklist.standards
                if use.standard in standards
            ],
            scoring=Scoring().model_copy(update=given),
            rollup=checklist.rollup,
        )
    )


def score_whole(
    plan: Plan, observation: Observation, checklist: StandardRef, source: ObservationRef, parts: Sequence[Scored]
) -> Scored:
    """Conclude on a visit from its standards, each with its score after its own limits.

    One incomplete standard leaves the whole incomplete. Without a pass mark of its own, the whole passes when every
    standard does. Commendations of a criterion are with its standard, the others with the whole.
    """
    nodes = plan.sections
    children: list[Branch] = [_branch(nodes[part.standard.id]) for part in parts]
    evaluation = Evaluation()
    for part in parts:
        name, figures, reach = part.standard.id, part.result.figures, part.evaluation.total.reach
        evaluation.totals[name] = Total(figures.score, figures.points, figures.maximum, reach=reach)
        if not evaluation.totals[name].empty:
            node = nodes[name]
            evaluation.parts[name] = Part(node.weight, figures.score, figures.points, figures.maximum, reach)
    evaluation.total = combine(plan.root.rules, list(evaluation.parts.values()), plan.policies.zero_weights)
    evaluation.totals[""] = evaluation.total
    sheet = Sheet(Branch(plan.root, "", (), children), {})
    failed = sum(part.result.passed is False for part in parts)
    names = VisitNames(plan, sheet, evaluation, counted(parts), {"failed": failed})
    result = conclude(plan, names, incomplete=any(part.result.verdict == "incomplete" for part in parts))
    if result.verdict == "scored" and all(part.result.passed for part in parts):
        result = result._replace(verdict="passed", passed=True)
    said = [one for one in observation.commendations if not any(praised(one, part.plan) for part in parts)]
    observation = observation.model_copy(update={"commendations": said})
    return Scored(
        plan, observation, checklist, source, {}, sheet, evaluation, result, names, checklist, "whole", tuple(parts)
    )


def praised(one: Commendation, plan: Plan) -> bool:
    """Whether a commendation is of a criterion of this standard; where several have it, of all unless it names one."""
    return one.criterion in plan.criteria and one.standard in (None, plan.standard.id)


def counted(parts: Sequence[Scored]) -> Counts:
    """Add up what was counted on each standard; coverage is by count, over all of them."""
    every = [part.result.counts for part in parts]
    observed, expected = sum(one.observed for one in every), sum(one.expected for one in every)
    return Counts(
        {outcome: sum(one.outcomes[outcome] for one in every) for outcome in OUTCOMES},
        {severity: sum(one.missed[severity] for one in every) for severity in SEVERITIES},
        observed / expected if expected else None,
        any(one.forbidden for one in every),
        observed,
        expected,
    )


def _branch(node: SectionNode) -> Branch:
    return Branch(node, node.id)
