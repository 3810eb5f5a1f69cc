"""All that is asked on a visit, ready to score: one standard, or what a checklist takes of several."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from servaudit.model.checklist import Checklist, Use
    from servaudit.model.scorecard import StandardRef
    from servaudit.model.standard import Standard
    from servaudit.scoring.plan import Plan


class Part(NamedTuple):
    """One standard of a grid: what is taken of it, ready to score. `use` is None where no checklist takes anything.

    `unused` are the facts of the visit that nothing taken looks at, only what is left out.
    """

    plan: Plan
    ref: StandardRef
    use: Use | None = None
    unused: frozenset[str] = frozenset()

    @property
    def standard(self) -> Standard:
        """What is taken, as a standard of its own."""
        return self.plan.standard

    @property
    def weight(self) -> float:
        """Its weight in the whole."""
        return 1.0 if self.use is None else self.use.weight


class Grid(NamedTuple):
    """All that is asked on a visit: a checklist with its standards, or one standard alone.

    `ref` is the checklist, else the standard; `whole` are the rules of several standards together.
    """

    ref: StandardRef
    parts: tuple[Part, ...]
    checklist: Checklist | None = None
    whole: Plan | None = None

    @property
    def several(self) -> bool:
        """Whether answers stand under the id of their standard."""
        return self.checklist is not None and len(self.checklist.standards) > 1
