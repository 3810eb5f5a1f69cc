"""Which scales a standard declares itself: those with a name, and those in place at a criterion."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.diagnostics import Path
    from servaudit.model.scale import Scale
    from servaudit.scoring.plan import Plan


def scales(plan: Plan) -> Iterator[tuple[Scale, Path]]:
    """Yield each with its place; those of vocabularies are left to their own check."""
    standard = plan.standard
    for name, scale in standard.scales.items():
        if ("scales", name) not in standard.borrowed:
            yield scale, ("scales", name)
    for node in plan.criteria.values():
        if not isinstance(node.criterion.scale, str):
            yield node.criterion.scale, (*node.place, "scale")
