"""One visit scored: from the answers on the tree to a scorecard whose every figure says where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from servaudit.model.scorecard import OUTCOMES, EvidenceFile, ObservationRef, Scorecard, StandardRef
from servaudit.scoring import details
from servaudit.scoring.limits import Figures, Judged, apply_rules
from servaudit.scoring.measures import evaluate_measures
from servaudit.scoring.sheet import Branch, Leaf, Sheet, lay_out, typed
from servaudit.scoring.tree import Evaluation, evaluate, lower_is_better, shares

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.model.observation import Observation
    from servaudit.model.scorecard import Outcome, Verdict
    from servaudit.scoring.plan import Plan

Evidence = Mapping[str, EvidenceFile]
NO_EVIDENCE: Evidence = {}


@dataclass(frozen=True, slots=True)
class Scored:
    """A scorecard, and the workings it was made from (for explanations and rollups)."""

    card: Scorecard
    sheet: Sheet
    evaluation: Evaluation
    names: Mapping[str, Any]


def score_visit(
    plan: Plan,
    observation: Observation,
    standard: StandardRef,
    source: ObservationRef,
    evidence: Evidence = NO_EVIDENCE,
    sheet: Sheet | None = None,
) -> Scored:
    """Score one visit against a compiled standard without problems.

    `evidence` gives the hash of each evidence file by its path as written. `sheet` is the observation laid out, where
    the caller has done it to see its problems. Answers that could not be read count as unobserved.
    """
    sheet = sheet or lay_out(plan, observation.answers, observation.visit.context)
    evaluation = evaluate(plan, sheet.root)
    evaluation.shares = shares(sheet.root, evaluation)
    counts = _counts(sheet)
    coverage = details.coverage(sheet.leaves)
    total = evaluation.total
    figures = Figures(total.score, total.points, total.maximum, lower_is_better(sheet.root))
    names = _Names(plan, sheet, evaluation, coverage)
    judged, target = _judge(plan, figures, names)
    floor = plan.policies.coverage_floor
    incomplete = floor is not None and (coverage or 0.0) < floor and not details.nothing_to_observe(sheet.leaves)
    verdict = _verdict(plan, sheet, judged, evaluation, incomplete=incomplete)
    silent = verdict in ("incomplete", "no_score")
    after = Figures(None, None, total.maximum) if silent else judged.after
    level = None if silent else judged.level
    passed = None if silent else False if verdict == "forbidden" else judged.passed
    criteria = details.criteria(sheet, evaluation, evidence, target)
    findings = details.findings(criteria)
    card = Scorecard(
        visit=details.visit_facts(observation, sheet),
        standard=standard,
        observation=source,
        score=after.score,
        score_before_limits=None if incomplete else judged.before.score,
        points=after.points,
        points_before_limits=None if incomplete else judged.before.points,
        max_points=total.maximum if plan.standard.scoring.combine == "sum" else None,
        level=level,
        level_before_limits=None if silent else judged.level_before,
        target=None if silent else target,
        verdict=verdict,
        passed=passed,
        reason=_reason(verdict, after, evaluation, plan),
        pass_mark=plan.rules.pass_score if plan.rules.pass_score is not None else plan.rules.pass_level,
        coverage=coverage,
        bounds=_bounds(plan, sheet, evaluation),
        counts=counts,
        sections=details.sections(sheet.root, evaluation),
        criteria=criteria,
        facets=details.facets(plan, criteria),
        measures=judged.measures,
        limits=judged.limits,
        overrides=details.overrides(observation, level, after.score, verdict),
        findings=findings,
        strengths=details.strengths(criteria),
        commendations=details.commendations(observation),
        weakest=details.weakest(sheet.root, evaluation),
    )
    return Scored(card, sheet, evaluation, {**names.whole(judged.after), "target": target, **judged.measures})


def _counts(sheet: Sheet) -> dict[Outcome, int]:
    counts: dict[Outcome, int] = dict.fromkeys(OUTCOMES, 0)
    for leaf in sheet.leaves:
        counts[leaf.judgement.outcome] += 1
    return counts


def _judge(plan: Plan, figures: Figures, names: _Names) -> tuple[Judged, str | None]:
    """Apply the rules; with levels aimed at, once per target, best first, until one is awarded."""
    classify = plan.standard.scoring.classify
    rules, settle = plan.rules, details.settle(plan)
    if classify is None:
        return apply_rules(rules, figures, names.measured(None), settle), None
    judged = None
    for target in classify.targets:
        judged = apply_rules(rules, figures, names.measured(target), settle)
        if judged.level in classify.awarded:
            return judged, target
    return judged or apply_rules(rules, figures, names.measured(None), settle), None


def _verdict(plan: Plan, sheet: Sheet, judged: Judged, evaluation: Evaluation, *, incomplete: bool) -> Verdict:
    if incomplete:
        return "incomplete"
    if any(_forbidden(leaf) for leaf in sheet.leaves):
        return "forbidden"
    if evaluation.total.empty:
        return "no_score"
    if judged.limited:
        return "limited"
    if judged.passed is None:
        return "scored"
    return "passed" if judged.passed else "below"


def _forbidden(leaf: Leaf) -> bool:
    if not leaf.node.gauge.scored or leaf.hidden:
        return False
    outcome = leaf.judgement.outcome
    return (outcome == "not_applicable" and leaf.node.not_applicable == "forbid") or (
        outcome == "unobserved" and leaf.node.missing == "forbid"
    )


def _reason(verdict: Verdict, after: Figures, evaluation: Evaluation, plan: Plan) -> str | None:
    """Say why there is no score: a word the reports translate."""
    if after.score is not None:
        return None
    if verdict == "incomplete":
        return "coverage_below_floor"
    if not evaluation.total.empty:
        return "points_only"
    weightless = evaluation.parts and plan.policies.zero_weights == "error"
    return "weights_zero" if weightless else "nothing_scored"


def _bounds(plan: Plan, sheet: Sheet, evaluation: Evaluation) -> tuple[float | None, float | None]:
    if not any(leaf.judgement.outcome == "unobserved" and leaf.node.gauge.scored for leaf in sheet.leaves):
        return evaluation.total.score, evaluation.total.score
    ends = [evaluate(plan, sheet.root, end).total.score for end in ("worst", "best")]
    known = [end for end in (*ends, evaluation.total.score) if end is not None]
    return (min(known), max(known)) if None not in ends and known else (None, None)


class _Names:
    """The names expressions see on this visit; built when a rule first asks."""

    def __init__(self, plan: Plan, sheet: Sheet, evaluation: Evaluation, coverage: float | None) -> None:
        self.plan, self.sheet, self.evaluation = plan, sheet, evaluation
        missed = dict.fromkeys(("critical", "major", "minor"), 0)
        for leaf in sheet.leaves:
            if leaf.judgement.outcome in ("not_met", "partly") and not leaf.node.criterion.bonus:
                missed[leaf.node.criterion.severity] += 1
        self.fixed: dict[str, Any] = {
            "coverage": coverage,
            "missed": missed,
            "parameters": plan.standard.parameters,
            "context": sheet.context,
            "answers": _answers(sheet),
            "sections": {node: self._section(node) for node in plan.sections},
        }

    def _section(self, name: str) -> float | None:
        found = _branches(self.sheet.root, name)
        return self.evaluation.totals[found[0].path].score if len(found) == 1 else None

    def whole(self, figures: Figures) -> dict[str, Any]:
        """Give the names of the visit as a whole, for given figures."""
        return {**self.fixed, "score": figures.score, "points": figures.points}

    def measured(self, target: str | None) -> Any:  # noqa: ANN401 - the callable apply_rules takes
        """Give a function from figures to the names in scope and the measures, aiming at `target`."""
        items = {"criteria": list(self._criteria(target)), "sections": list(self._sections())}

        def at(figures: Figures) -> tuple[dict[str, Any], dict[str, Any]]:
            scope = {**self.whole(figures), "target": target}
            measures = evaluate_measures(self.plan.rules.measures, scope, items)
            return {**scope, **measures}, measures

        return at

    def _criteria(self, target: str | None) -> Iterator[tuple[dict[str, Any], bool]]:
        if not any(rule.over == "criteria" and rule.agg for rule in self.plan.rules.measures):
            return
        facts = self.plan.standard.attributes
        declared = {name: typed(fact, fact.default) for name, fact in facts.items()}
        for leaf in self.sheet.leaves:
            criterion, gauge, judgement = leaf.node.criterion, leaf.node.gauge, leaf.judgement
            part = self.evaluation.parts.get(leaf.path)
            yield (
                {
                    **declared,
                    **{name: typed(facts[name], value) for name, value in criterion.attributes.items()},
                    "id": criterion.id,
                    "section": leaf.node.section,
                    "value": judgement.value,
                    "score": None if part is None else part.score,
                    "points": None if part is None else part.points,
                    "max": part.maximum if part is not None else gauge.maximum,
                    "weight": criterion.weight,
                    "outcome": judgement.outcome,
                    "severity": criterion.severity,
                    "status": details.status(criterion, target),
                    "facets": criterion.facets,
                },
                part is not None,
            )

    def _sections(self) -> Iterator[tuple[dict[str, Any], bool]]:
        for name, node in self.plan.sections.items():
            for branch in _branches(self.sheet.root, name):
                total = self.evaluation.totals[branch.path]
                names = {"id": name, "score": total.score, "points": total.points, "max": total.maximum}
                yield {**names, "weight": node.weight}, not total.empty


def _branches(root: Branch, name: str) -> list[Branch]:
    """Find a section's branches: one, or one for each instance of a repeated section around it."""
    found: list[Branch] = []
    for child in root.children:
        if isinstance(child, Branch):
            if child.node.id == name and not child.instance:
                found.append(child)
            found += _branches(child, name)
    return found


def _answers(sheet: Sheet) -> dict[str, Any]:
    """Give the value of each answer by criterion; a list where its section is repeated."""
    answers: dict[str, Any] = {}
    for leaf in sheet.leaves:
        found = leaf.judgement.value
        value = list(found) if isinstance(found, tuple) else found
        name = leaf.node.criterion.id
        if "]" in leaf.path:
            answers.setdefault(name, []).append(value)
        else:
            answers[name] = value
    return answers
