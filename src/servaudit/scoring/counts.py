"""What was counted on one visit: outcomes, misses by severity, coverage, and what the standard forbids (SCORING)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servaudit.model.scorecard import OUTCOMES
from servaudit.model.standard import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from servaudit.model.scorecard import Outcome
    from servaudit.model.standard import CriterionSeverity
    from servaudit.scoring.sheet import Leaf


class Counts(NamedTuple):
    """`outcomes` of all criteria but unanswered questions for the record; `missed`: not fully met, bonuses aside.

    `coverage` is observed / (observed + unobserved), by count; N/A, what is only recorded and bonuses aside; None when
    nothing counts. `forbidden`: something is missing or N/A although the standard forbids it. `observed` of `expected`
    is what coverage is made of.
    """

    outcomes: Mapping[Outcome, int]
    missed: Mapping[CriterionSeverity, int]
    coverage: float | None
    forbidden: bool
    observed: int = 0
    expected: int = 0


def count(leaves: Iterable[Leaf]) -> Counts:
    """Count what was observed."""
    outcomes: dict[Outcome, int] = dict.fromkeys(OUTCOMES, 0)
    missed: dict[CriterionSeverity, int] = dict.fromkeys(SEVERITIES, 0)
    observed = unobserved = 0
    forbidden = False
    for leaf in leaves:
        node, outcome = leaf.node, leaf.judgement.outcome
        if leaf.part is not None:
            if not node.bonus:
                observed += 1
                if outcome != "met":
                    missed[node.criterion.severity] += 1
            outcomes[outcome] += 1
            continue
        if not node.gauge.scored:
            if outcome == "unobserved":
                continue
        elif outcome == "unobserved":
            unobserved += not node.bonus
            forbidden = forbidden or (node.missing == "forbid" and not node.bonus)
        elif not leaf.hidden:
            forbidden = forbidden or (node.not_applicable == "forbid" and not node.bonus)
        outcomes[outcome] += 1
    counted = observed + unobserved
    return Counts(outcomes, missed, observed / counted if counted else None, forbidden, observed, counted)
