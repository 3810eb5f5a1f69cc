"""The scorecard of a visit that was scored, put together from its workings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.model.scorecard import Scorecard
from servaudit.scoring import details
from servaudit.scoring.combine import NO_TOTAL, Part, combine
from servaudit.scoring.tree import evaluate, shares

if TYPE_CHECKING:
    from servaudit.model.scorecard import SectionScore
    from servaudit.scoring.combine import Total
    from servaudit.scoring.tree import Share
    from servaudit.scoring.visit import Scored


def make_card(scored: Scored) -> Scorecard:
    """Put the scorecard together."""
    plan, sheet, evaluation, result = scored.plan, scored.sheet, scored.evaluation, scored.result
    found = shares(sheet.root, evaluation)
    criteria = details.criteria(sheet, found, scored.evidence, result.target)
    rules = plan.rules
    return Scorecard(
        visit=details.visit_facts(scored.observation, sheet),
        standard=scored.standard,
        observation=scored.source,
        score=result.figures.score,
        score_before_limits=result.before.score,
        points=result.figures.points,
        points_before_limits=result.before.points,
        max_points=result.figures.maximum if plan.standard.scoring.combine == "sum" else None,
        level=result.level,
        level_before_limits=result.level_before,
        target=result.target,
        verdict=result.verdict,
        passed=result.passed,
        reason=result.reason,
        pass_mark=rules.pass_score if rules.pass_score is not None else rules.pass_level,
        coverage=result.counts.coverage,
        bounds=bounds(scored),
        counts=result.counts.outcomes,
        sections=_sections(scored, found),
        criteria=criteria,
        facets=details.facets(plan, criteria),
        measures=result.judged.measures,
        limits=result.judged.limits,
        overrides=details.overrides(scored.observation, result.level, result.figures.score, result.verdict),
        findings=details.findings(criteria),
        strengths=details.strengths(criteria),
        commendations=details.commendations(scored.observation),
        weakest=details.weakest(sheet.root, evaluation),
        checklist=scored.checklist,
        role=scored.role,
        out_of_scope=plan.out_of_scope,
    )


def _sections(scored: Scored, shares: dict[str, Share]) -> tuple[SectionScore, ...]:
    """Give every section's score; of a whole the sections are its standards, whose criteria are in their own cards."""
    found = details.sections(scored.sheet.root, scored.evaluation, shares)
    coverage = {part.standard.id: part.result.counts.coverage for part in scored.parts}
    return tuple(one._replace(coverage=coverage[one.id]) for one in found) if scored.parts else found


def bounds(scored: Scored) -> tuple[float | None, float | None]:
    """Give the score before limits with what is unobserved at its worst and at its best points.

    Of a whole: the bounds of its standards, combined; where one has limits that fired, its score may lie outside. What
    nobody saw counts so in a standard that is incomplete, or of which nothing was seen, too.
    """
    if not scored.parts:
        low, high = _ends(scored)
        return low.score, high.score
    rules, zero_weights = scored.plan.root.rules, scored.plan.policies.zero_weights
    pairs = [(part, _ends(part)) for part in scored.parts]
    worst, best = (
        combine(rules, [one for part, pair in pairs if (one := _brought(scored, part, pair[end]))], zero_weights).score
        for end in (0, 1)
    )
    return worst, best


def _ends(scored: Scored) -> tuple[Total, Total]:
    """Give the totals of one standard with the lowest and the highest score that what is unobserved leaves open."""
    plan, sheet, total = scored.plan, scored.sheet, scored.evaluation.total
    if not any(leaf.judgement.outcome == "unobserved" and leaf.node.gauge.scored for leaf in sheet.leaves):
        return total, total
    ends = [evaluate(plan, sheet.root, "worst").total, evaluate(plan, sheet.root, "best").total]
    if any(end.score is None for end in ends):
        return NO_TOTAL, NO_TOTAL
    if total.score is not None:
        ends.append(total)
    return min(ends, key=_score), max(ends, key=_score)


def _score(total: Total) -> float:
    return total.score or 0.0


def _brought(whole: Scored, part: Scored, end: Total) -> Part | None:
    """Give what a standard brings to the whole at one end of its bounds; None when it brings nothing."""
    if end.score is None:
        return whole.evaluation.parts.get(part.standard.id)
    points = end.points if part.plan.standard.scoring.combine == "sum" else None
    return Part(whole.plan.sections[part.standard.id].weight, end.score, points, end.maximum)
