"""One visit scored: score, level and verdict; the whole scorecard when somebody asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from servaudit.scoring.arithmetic import at_least
from servaudit.scoring.counts import Counts, count
from servaudit.scoring.layout import lay_out
from servaudit.scoring.limits import Figures, apply_rules
from servaudit.scoring.scope import VisitNames
from servaudit.scoring.tree import evaluate, leaf_part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servaudit.model.observation import Observation
    from servaudit.model.scorecard import EvidenceFile, ObservationRef, Role, Scorecard, StandardRef, Verdict
    from servaudit.scoring.limits import Judged
    from servaudit.scoring.plan import Plan
    from servaudit.scoring.sheet import Sheet
    from servaudit.scoring.tree import Evaluation


class Result(NamedTuple):
    """What a visit came to. `before` and `level_before` are as they were before limits; the names are SCORING's."""

    figures: Figures
    before: Figures
    level: str | None
    level_before: str | None
    target: str | None
    verdict: Verdict
    passed: bool | None
    reason: str | None
    counts: Counts
    judged: Judged


@dataclass(frozen=True)
class Scored:
    """A visit scored, with the workings that explanations, rollups and scorecards are made from.

    `standard` is, of the whole of several standards, the checklist; `parts` are then the standards, scored.
    """

    plan: Plan
    observation: Observation
    standard: StandardRef
    source: ObservationRef
    evidence: Mapping[str, EvidenceFile]
    sheet: Sheet
    evaluation: Evaluation
    result: Result
    visible: VisitNames
    checklist: StandardRef | None = None
    role: Role = "visit"
    parts: tuple[Scored, ...] = ()

    @cached_property
    def names(self) -> dict[str, Any]:
        """The names that rules saw when they concluded."""
        judged = self.result.judged
        return {**self.visible.whole(judged.after, self.result.target), **judged.measures}

    @cached_property
    def card(self) -> Scorecard:
        """The scorecard: every criterion, section and facet, and what each figure was computed from."""
        from servaudit.scoring.card import make_card  # noqa: PLC0415 - a list of visits does without the details

        return make_card(self)


def score_visit(
    plan: Plan,
    observation: Observation,
    standard: StandardRef,
    source: ObservationRef,
    evidence: Mapping[str, EvidenceFile] | None = None,
    sheet: Sheet | None = None,
    checklist: StandardRef | None = None,
    role: Role = "visit",
) -> Scored:
    """Score one visit against a compiled standard without problems.

    `evidence` gives the hash of each evidence file by its path as written. `sheet` is the observation laid out, where
    the caller has done it to see its problems; `checklist` is what the visit was made with, and `role` what this
    standard is in it. Answers that could not be read count as unobserved.
    """
    sheet = sheet or lay_out(plan, observation.answers, observation.visit.context)
    evaluation = evaluate(plan, sheet.root)
    counts = count(sheet.leaves)
    floor, coverage = plan.policies.coverage_floor, counts.coverage
    incomplete = floor is not None and coverage is not None and not at_least(coverage, floor)
    names = VisitNames(plan, sheet, evaluation, counts)
    result = conclude(plan, names, incomplete=incomplete)
    return Scored(
        plan, observation, standard, source, evidence or {}, sheet, evaluation, result, names, checklist, role
    )


def conclude(plan: Plan, names: VisitNames, *, incomplete: bool) -> Result:
    """Apply a plan's rules to what a visit's names stand for."""
    sheet, evaluation, counts = names.sheet, names.evaluation, names.counts
    total = evaluation.total
    points = total.points if plan.standard.scoring.combine == "sum" else None
    figures = Figures(total.score, points, total.maximum, plan.root.lower_is_better)
    judged, target = _judge(plan, figures, names)
    verdict = _verdict(judged, evaluation, incomplete=incomplete, forbidden=counts.forbidden)
    nothing = Figures(None, None, total.maximum, figures.lower_is_better)
    silent = incomplete or total.empty
    after = nothing if silent else judged.after
    return Result(
        after,
        nothing if incomplete else judged.before,
        None if silent else judged.level,
        None if silent else judged.level_before,
        None if silent else target,
        verdict,
        False if verdict == "forbidden" else None if silent else judged.passed,
        _reason(verdict, after, evaluation, sheet, plan),
        counts,
        judged,
    )


def _judge(plan: Plan, figures: Figures, names: VisitNames) -> tuple[Judged, str | None]:
    """Apply the rules; with levels aimed at, once per target, best first, until one is awarded."""
    classify, settle = plan.standard.scoring.classify, plan.settle
    judged = None
    for target in classify.targets if classify else ():
        judged = apply_rules(plan.rules, figures, names.measured(target), settle)
        if classify and judged.level in classify.awarded:
            return judged, target
    return judged or apply_rules(plan.rules, figures, names.measured(None), settle), None


def _verdict(judged: Judged, evaluation: Evaluation, *, incomplete: bool, forbidden: bool) -> Verdict:
    if incomplete:
        return "incomplete"
    if forbidden:
        return "forbidden"
    if evaluation.total.empty:
        return "no_score"
    if judged.limited:
        return "limited"
    if judged.passed is None:
        return "scored"
    return "passed" if judged.passed else "below"


def _reason(verdict: Verdict, after: Figures, evaluation: Evaluation, sheet: Sheet, plan: Plan) -> str | None:
    """Say why there is no score: a word the reports translate."""
    if after.score is not None:
        return None
    if verdict == "incomplete":
        return "coverage_below_floor"
    if not evaluation.total.empty:
        return "points_only"
    anything = any(leaf_part(leaf, "policy") is not None and not leaf.node.bonus for leaf in sheet.leaves)
    weightless = anything and plan.policies.zero_weights == "error"
    return "weights_zero" if weightless else "nothing_scored"
