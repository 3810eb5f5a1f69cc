"""Several visits become one verdict, by the measures, ladder and limits a visit has too (SCORING §8)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from servaudit.model.scorecard import RollupCard, StandardRef
from servaudit.scoring.limits import Figures, apply_rules
from servaudit.scoring.measures import evaluate_measures

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servaudit.model.scorecard import Verdict
    from servaudit.scoring.plan import Plan
    from servaudit.scoring.visit import Scored


class Rollup:
    """Gathers the visits of one standard; keeps of each only the names that rules may ask for."""

    def __init__(self, plan: Plan, standard: StandardRef) -> None:
        self.plan, self.standard = plan, standard
        self.scores: list[float] = []
        self.visits: list[tuple[Mapping[str, Any], bool]] = []

    def add(self, scored: Scored) -> None:
        """Add a visit; one without a score of its own is counted, and left out of what is compared."""
        result = scored.result
        usable = result.verdict not in ("incomplete", "no_score")
        if usable and result.figures.score is not None:
            self.scores.append(result.figures.score)
        own = {
            "level": result.level,
            "verdict": result.verdict,
            "passed": result.passed,
            "score": result.figures.score,
            "points": result.figures.points,
        }
        kept = {name: value for name, value in scored.names.items() if name not in ("parameters", "target")}
        self.visits.append((kept | own, usable))

    def card(self) -> RollupCard:
        """Conclude."""
        mean = math.fsum(self.scores) / len(self.scores) if self.scores else None
        scored = sum(usable for _, usable in self.visits)
        rules = self.plan.rollup
        if rules is None:
            return RollupCard(self.standard, len(self.visits), scored, mean, None, None, "scored", None, {}, ())

        def at(figures: Figures) -> tuple[dict[str, Any], dict[str, Any]]:
            scope = {"parameters": self.plan.standard.parameters, "visits": scored, "score": figures.score}
            measures = evaluate_measures(rules.measures, scope, {"visits": self.visits})
            return {**scope, **measures}, measures

        figures = Figures(mean, None, None, self.plan.root.lower_is_better)
        judged = apply_rules(rules, figures, at, lambda points: points)
        verdict: Verdict = "scored"
        if not scored:
            verdict = "no_score"
        elif judged.limited:
            verdict = "limited"
        elif judged.passed is not None:
            verdict = "passed" if judged.passed else "below"
        silent = not scored
        return RollupCard(
            self.standard,
            len(self.visits),
            scored,
            None if silent else judged.after.score,
            None if silent else judged.level,
            None if silent else judged.level_before,
            verdict,
            None if silent else judged.passed,
            judged.measures,
            judged.limits,
        )
