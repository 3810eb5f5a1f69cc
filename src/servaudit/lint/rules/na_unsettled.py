"""`na-unsettled`: a critical criterion that leaves open what “not applicable” does to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.diagnostics import Problem, msg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.scoring.plan import CriterionNode, Plan


def find(plan: Plan) -> Iterator[Problem]:
    """Look for critical criteria that “na” takes out of the score, because nobody decided otherwise.

    Every scale takes that answer. Where one invites it, or it gives full points, `na-critical` says so.
    """
    if "not_applicable" in plan.policies.model_fields_set:
        return
    for node in plan.criteria.values():
        if node.criterion.severity == "critical" and node.gauge.scored and not node.bonus and _open(node):
            message = msg("“{id}” is critical, and “not applicable” takes it out of the score", id=node.id)
            remedy = msg("decide it: policies: {{not_applicable: forbid}}; applies_when says where it does not apply")
            yield Problem("na-unsettled", (*node.place, "severity"), message, remedy)


def _open(node: CriterionNode) -> bool:
    own = node.criterion.policies
    return node.not_applicable == "exclude" and (own is None or own.not_applicable is None)
