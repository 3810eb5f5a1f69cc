"""The details of a scorecard: its criteria, sections, facets, findings, strengths, and what was recorded."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from servaudit.model.scorecard import (
    CriterionScore,
    EvidenceFile,
    FacetScore,
    Finding,
    OverrideResult,
    Praise,
    SectionScore,
    VisitFacts,
)
from servaudit.model.standard import GRAVITY
from servaudit.scoring.answers import remarks
from servaudit.scoring.arithmetic import same
from servaudit.scoring.counts import count
from servaudit.scoring.scope import status
from servaudit.scoring.sheet import Branch, Leaf
from servaudit.scoring.tree import NOWHERE, Share, leaf_part

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servaudit.model.observation import Observation
    from servaudit.model.scorecard import Verdict
    from servaudit.scoring.combine import Total
    from servaudit.scoring.plan import Plan
    from servaudit.scoring.sheet import Sheet
    from servaudit.scoring.tree import Evaluation

Shares = dict[str, Share]


def criteria(
    sheet: Sheet, shares: Shares, evidence: Mapping[str, EvidenceFile], target: str | None
) -> tuple[CriterionScore, ...]:
    """Give every criterion's score, in the order of the standard."""
    return tuple([_criterion(leaf, sheet.raw(leaf), shares[leaf.path], evidence, target) for leaf in sheet.leaves])


def _criterion(
    leaf: Leaf, raw: object, share: Share, evidence: Mapping[str, EvidenceFile], target: str | None
) -> CriterionScore:
    raw, note, files = remarks(raw) if type(raw) is dict else (raw, None, ())
    node, judgement = leaf.node, leaf.judgement
    criterion, part = node.criterion, leaf.part or leaf_part(leaf, "policy")
    points, maximum, score = (part.points, part.maximum, part.score) if part is not None else (None, None, None)
    return CriterionScore(
        criterion.id,
        leaf.path,
        node.section,
        judgement.outcome,
        raw,
        judgement.value,
        points,
        maximum,
        score,
        judgement.n,
        criterion.weight,
        share.weight,
        _lost(leaf, points, share),
        criterion.severity,
        status(criterion, target) if criterion.status else None,
        criterion.facets,
        node.bonus,
        leaf.hidden,
        note,
        tuple([evidence.get(path) or EvidenceFile(path, None) for path in files]) if files else (),
        judgement.readings,
    )


def _lost(leaf: Leaf, points: float | None, share: Share) -> float | None:
    """Give what a criterion cost the root's score (its points, where it has no score); floors and caps aside."""
    if share is NOWHERE or share.gain_points is None:
        return None
    best = leaf.judgement.best
    if best is None:
        best = leaf.node.gauge.best
    if points is None or best is None:
        return 0.0
    return abs(share.gain_points * (best - points))


def sections(root: Branch, evaluation: Evaluation, shares: Shares) -> tuple[SectionScore, ...]:
    """Give every section's score, parents first; an instance of a repeated section is a section of its own."""
    return tuple(_section(branch, evaluation.totals[branch.path], shares) for branch in root.branches())


def _section(branch: Branch, total: Total, shares: Shares) -> SectionScore:
    node, share, lost = branch.node, shares[branch.path], None
    if total.score is not None and share.gain_score is not None:
        lost = max(0.0, abs(share.gain_score) * (total.score if node.lower_is_better else 1.0 - total.score))
    elif total.points is not None and share.gain_points is not None:
        lost = math.fsum(_lost(leaf, _points(leaf), shares[leaf.path]) or 0.0 for leaf in branch.leaves())
    how = node.repeat if branch.instances and node.repeat else node.rules.combine
    return SectionScore(
        node.id,
        branch.path,
        node.depth,
        total.score,
        total.points,
        total.maximum,
        node.weight,
        share.weight,
        lost,
        count(branch.leaves()).coverage,
        how,
        total.empty,
    )


def _points(leaf: Leaf) -> float | None:
    part = leaf_part(leaf, "policy")
    return None if part is None else part.points


def weakest(root: Branch, evaluation: Evaluation) -> str | None:
    """Name the weakest link: the path of the top section with the worst score, the first of several that share it.

    None where no section is worse than another: where all have the same score, or fewer than two have one.
    """
    scored = [
        (-score if child.node.lower_is_better else score, child.path)
        for child in root.children
        if isinstance(child, Branch) and (score := evaluation.totals[child.path].score) is not None
    ]
    if not scored:
        return None
    (worst, path), (best, _) = (pick(scored, key=lambda pair: pair[0]) for pick in (min, max))
    return None if same(worst, best) else path


def facets(plan: Plan, scores: Sequence[CriterionScore]) -> tuple[FacetScore, ...]:
    """Break the score down by each facet: the mean of its criteria by effective weight.

    Values that no criterion has are left out: a vocabulary declares more than one standard needs.
    """
    groups: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for score in scores:
        weight, value = score.effective_weight, score.score
        for place in score.facets.items():
            pairs = groups.setdefault(place, [])
            if weight is not None and value is not None and not score.bonus:
                pairs.append((weight, value))
    found: list[FacetScore] = []
    for name, facet in plan.standard.facets.items():
        for key in facet.values:
            if (named := groups.get((name, key))) is not None:
                whole = math.fsum(w for w, _ in named)
                mean = math.fsum(w * s for w, s in named) / whole if whole else None
                found.append(FacetScore(name, key, mean, whole, len(named)))
    return tuple(found)


def findings(scores: Sequence[CriterionScore]) -> tuple[Finding, ...]:
    """List what was not (fully) met: critical first, then by what it costs; a bonus is never a finding."""
    missed = [score for score in scores if score.outcome in ("not_met", "partly") and not score.bonus]
    missed.sort(key=lambda score: (score.severity != "critical", -(score.lost or 0.0), GRAVITY[score.severity]))
    return tuple(Finding(score.id, score.path, score.outcome, score.severity, score.lost) for score in missed)


def strengths(scores: Sequence[CriterionScore]) -> tuple[str, ...]:
    """List the paths of what was fully met, weightiest first."""
    met = [score for score in scores if score.outcome == "met"]
    met.sort(key=lambda score: (-(score.effective_weight or 0.0), GRAVITY[score.severity]))
    return tuple(score.path for score in met)


def overrides(
    observation: Observation, level: str | None, score: float | None, verdict: Verdict
) -> tuple[OverrideResult, ...]:
    """Put recorded human decisions beside what was computed."""
    computed: dict[str, str | float | None] = {"level": level, "score": score, "verdict": verdict}
    return tuple(
        OverrideResult(one.of, computed[one.of], one.to, one.by, one.reason, one.date.isoformat())
        for one in observation.overrides
    )


def commendations(observation: Observation) -> tuple[Praise, ...]:
    """List the recorded commendations."""
    return tuple(Praise(one.criterion, one.note, one.team) for one in observation.commendations)


def visit_facts(observation: Observation, sheet: Sheet) -> VisitFacts:
    """Give the visit's facts, defaults of the standard filled in."""
    visit = observation.visit
    date = visit.date.isoformat() if visit.date else None
    return VisitFacts(
        visit.id,
        visit.site,
        date,
        visit.started,
        visit.ended,
        visit.auditor,
        visit.source,
        sheet.context,
        observation.note,
    )
