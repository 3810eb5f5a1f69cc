"""`dominant-criterion`: one criterion that decides more than half of its section."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, Final

from servaudit.diagnostics import Problem, msg
from servaudit.lint.rules.groups import counted, groups, reach, weight
from servaudit.scoring.plan import CriterionNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.scoring.plan import Plan, SectionNode

FEWEST: Final = 3
"""Of two that count one always decides half or more; only of three does it say something."""
HALF: Final = 0.5


def find(plan: Plan) -> Iterator[Problem]:
    """Compare, in each mean and sum of three children or more, what each can move: its weight, or its points."""
    for group, name, _ in groups(plan):
        worths = [(child, _worth(group, child)) for child in counted(group)]
        known = [(child, worth) for child, worth in worths if worth]
        if len(known) < FEWEST or any(worth is None for _, worth in worths):
            continue
        total = fsum(worth for _, worth in known)
        for child, worth in known:
            share = worth / total
            if isinstance(child, CriterionNode) and round(share - HALF, 9) > 0:
                message = msg("“{id}” decides {share}% of “{section}”, more than all the rest of it",
                              id=child.id, share=round(share * 100), section=name)  # fmt: skip
                remedy = msg("lower its weight; if one miss is to decide, make it critical or write a limit")
                key = "weight" if "weight" in child.criterion.model_fields_set else "id"
                yield Problem("dominant-criterion", (*child.place, key), message, remedy)


def _worth(group: SectionNode, child: CriterionNode | SectionNode) -> float | None:
    if group.rules.combine == "mean":
        return weight(child)
    points = reach(child) if group.rules.combine == "sum" else None
    return None if points is None else weight(child) * points
