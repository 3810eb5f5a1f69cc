"""`unreachable-maximum`: a maximum, of a scale or of a sum, that no answers can reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.diagnostics import Problem, msg
from servaudit.lint.rules.groups import groups
from servaudit.lint.rules.scales import scales
from servaudit.lint.selection import most
from servaudit.model.scale import Info
from servaudit.scoring.gauge import make_gauge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.diagnostics import Path
    from servaudit.scoring.plan import Plan


def find(plan: Plan) -> Iterator[Problem]:
    """Compare each maximum that is declared with the best there is: short of it, the best visit has no 100 %."""
    for scale, place in scales(plan):
        if isinstance(scale, Info) or scale.max is None or scale.better == "lower":
            continue
        yield from _short(make_gauge(scale).best, scale.max, place)
    for group, _, place in groups(plan):
        if group.rules.max is not None and not group.lower_is_better:
            yield from _short(most(group), group.rules.max, place)


def _short(best: float | None, maximum: float, place: Path) -> Iterator[Problem]:
    if best is not None and round(maximum - best, 9) > 0:
        message = msg("the best there is comes to {points}, and the maximum is {maximum}: nobody reaches it",
                      points=best, maximum=maximum)  # fmt: skip
        yield Problem("unreachable-maximum", (*place, "max"), message, msg("leave max out, or lower it"))
