"""The scorecard of a visit that was scored, put together from its workings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.model.scorecard import Scorecard
from servaudit.scoring import details
from servaudit.scoring.combine import combine
from servaudit.scoring.tree import evaluate, shares

if TYPE_CHECKING:
    from servaudit.model.scorecard import SectionScore
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
    """Give the score before limits with what is unobserved at its worst and at its best points."""
    if scored.parts:
        return _whole_bounds(scored)
    plan, sheet, score = scored.plan, scored.sheet, scored.evaluation.total.score
    if not any(leaf.judgement.outcome == "unobserved" and leaf.node.gauge.scored for leaf in sheet.leaves):
        return score, score
    ends = [evaluate(plan, sheet.root, end).total.score for end in ("worst", "best")]
    if None in ends:
        return None, None
    known = [end for end in (*ends, score) if end is not None]
    return min(known), max(known)


def _whole_bounds(scored: Scored) -> tuple[float | None, float | None]:
    """Combine the bounds of each standard; where one has limits that fired, the score of the whole may lie outside."""
    ends: list[float | None] = []
    known = [(part, bounds(part)) for part in scored.parts]
    for end in (0, 1):
        parts = [
            scored.evaluation.parts[part.standard.id]._replace(score=pair[end])
            for part, pair in known
            if part.standard.id in scored.evaluation.parts
        ]
        ends.append(combine(scored.plan.root.rules, parts, scored.plan.policies.zero_weights).score)
    low, high = ends
    return low, high
