"""The names that expressions see on one visit, computed when a rule first asks (SCORING §4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servaudit.scoring.facts import typed
from servaudit.scoring.measures import evaluate_measures
from servaudit.scoring.tree import leaf_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from servaudit.model.standard import Criterion
    from servaudit.scoring.counts import Counts
    from servaudit.scoring.limits import Figures, Measured
    from servaudit.scoring.plan import Plan
    from servaudit.scoring.sheet import Sheet
    from servaudit.scoring.tree import Evaluation


def status(criterion: Criterion, target: str | None) -> str | None:
    """Give a criterion's status for the level aimed at; one name alone holds for all."""
    return criterion.status.get(target or "", criterion.status.get(""))


class VisitNames:
    """The names of one visit. `measured` gives, for a level aimed at, what `apply_rules` computes with.

    `more` are the names that only a whole of several standards has.
    """

    def __init__(
        self, plan: Plan, sheet: Sheet, evaluation: Evaluation, counts: Counts, more: Mapping[str, Any] | None = None
    ) -> None:
        self.plan, self.sheet, self.evaluation, self.counts = plan, sheet, evaluation, counts
        # The names that no limit changes.
        self.fixed = {
            "coverage": counts.coverage,
            "missed": counts.missed,
            "parameters": plan.standard.parameters,
            "context": sheet.context,
            "answers": self._answers() if "answers" in plan.uses else {},
            "sections": self._section_scores() if "sections" in plan.uses else {},
            **(more or {}),
        }

    def whole(self, figures: Figures, target: str | None) -> dict[str, Any]:
        """Give the names of the visit as a whole, for given figures."""
        return {**self.fixed, "score": figures.score, "points": figures.points, "target": target}

    def measured(self, target: str | None) -> Measured:
        """Give a function from figures to the names in scope and the measures, aiming at `target`."""
        items = self.items(target)

        def at(figures: Figures) -> tuple[dict[str, Any], Mapping[str, Any]]:
            scope = self.whole(figures, target)
            measures = evaluate_measures(self.plan.rules.measures, scope, items)
            return {**scope, **measures}, measures

        return at

    def items(self, target: str | None) -> dict[str, list[tuple[dict[str, Any], bool]]]:
        """Give what the measures go over, criteria or sections: the names of each, and whether it was scored."""
        over = {rule.over for rule in self.plan.rules.measures if rule.agg is not None}
        return {
            "criteria": list(self._criteria(target)) if "criteria" in over else [],
            "sections": list(self._sections()) if "sections" in over else [],
        }

    def _answers(self) -> dict[str, Any]:
        """Give the value of each answer by criterion; a list where its section is repeated."""
        answers: dict[str, Any] = {}
        for leaf in self.sheet.leaves:
            found = leaf.judgement.value
            value = list(found) if isinstance(found, tuple) else found
            if leaf.within:
                answers.setdefault(leaf.node.id, []).append(value)
            else:
                answers[leaf.node.id] = value
        return answers

    def _section_scores(self) -> dict[str, float | None]:
        """Give the score of each section; one inside a repeated section has several, and no name in expressions."""
        branches = self.sheet.root.branches()
        return {one.node.id: self.evaluation.totals[one.path].score for one in branches if not one.instance}

    def _criteria(self, target: str | None) -> Iterator[tuple[dict[str, Any], bool]]:
        facts = self.plan.standard.attributes
        declared = {name: typed(fact, fact.default) for name, fact in facts.items()}
        for leaf in self.sheet.leaves:
            criterion, judgement = leaf.node.criterion, leaf.judgement
            part = leaf_part(leaf, "policy")
            names = {
                **declared,
                **{name: typed(facts[name], value) for name, value in criterion.attributes.items()},
                "id": criterion.id,
                "section": leaf.node.section,
                "value": judgement.value,
                "score": None if part is None else part.score,
                "points": None if part is None else part.points,
                "max": part.maximum if part is not None else leaf.node.gauge.maximum,
                "weight": criterion.weight,
                "outcome": judgement.outcome,
                "severity": criterion.severity,
                "status": status(criterion, target),
                "facets": criterion.facets,
            }
            yield names, part is not None

    def _sections(self) -> Iterator[tuple[dict[str, Any], bool]]:
        for branch in self.sheet.root.branches():
            if not branch.instance:
                total, node = self.evaluation.totals[branch.path], branch.node
                figures = {"score": total.score, "points": total.points, "max": total.maximum}
                yield {"id": node.id, **figures, "weight": node.weight}, not total.empty
