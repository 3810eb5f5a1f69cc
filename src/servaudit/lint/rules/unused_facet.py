"""`unused-facet`: an axis of analysis, or a value of it, that no criterion has a place on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.diagnostics import Problem, msg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.scoring.plan import Plan


def find(plan: Plan) -> Iterator[Problem]:
    """Look for the values that are declared and not used; a vocabulary may have more than one standard uses."""
    standard = plan.standard
    used: dict[str, set[str]] = {}
    for node in plan.criteria.values():
        for name, value in node.criterion.facets.items():
            used.setdefault(name, set()).add(value)
    for name, facet in standard.facets.items():
        if ("facets", name) in standard.borrowed:
            continue
        if name not in used:
            message = msg("no criterion has a place on “{name}”", name=name)
            yield Problem("unused-facet", ("facets", name), message, msg("use it, or take it away"), on_key=True)
            continue
        for value in facet.values:
            if value not in used[name]:
                message = msg("no criterion is “{value}” on “{name}”", value=value, name=name)
                place = ("facets", name, "values", value)
                yield Problem("unused-facet", place, message, msg("use it, or take it away"), on_key=True)
