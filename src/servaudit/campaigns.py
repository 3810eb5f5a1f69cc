"""Two visits or two campaigns, scored as they must be to compare them: by standard, each visit under both versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servaudit.audit import Audit, observations
from servaudit.change.comparison import Moved, Split, Twice, criteria, split
from servaudit.change.difference import compare
from servaudit.model.versions import SemVer
from servaudit.rescore import Target
from servaudit.scoring.names import every_criterion, scale_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servaudit.diagnostics import Diagnostic
    from servaudit.library import Library
    from servaudit.scoring.grid import Grid
    from servaudit.scoring.plan import Plan
    from servaudit.scoring.visit import Scored
    from servaudit.sources import Source


class Side(NamedTuple):
    """The visits of one side that could be compared, the versions they were made with, and the files left out."""

    visits: tuple[Twice, ...]
    versions: tuple[str, ...]
    left_out: tuple[str, ...]


class Compared(NamedTuple):
    """What came out for one standard: `split` is None where a side has no figure. `plan` is of the common version.

    `version` is the newest that the visits of after were made with.
    """

    plan: Plan
    version: str
    before: Side
    after: Side
    split: Split | None
    criteria: tuple[Moved, ...]


class Comparison(NamedTuple):
    """Every standard that both sides have, those that only one has, and what went wrong."""

    compared: tuple[Compared, ...]
    alone: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    read: tuple[int, int]


class _Read(NamedTuple):
    source: Source
    grid: Grid
    scored: Scored

    @property
    def version(self) -> str:
        """The version of what it was made with: of the one standard there is, else of the checklist."""
        return self.grid.ref.version if self.grid.several else self.grid.parts[0].ref.version

    @property
    def rank(self) -> tuple[SemVer, ...]:
        """What is newer ranks higher."""
        return tuple(map(SemVer.of, (self.grid.ref.version, *(part.ref.version for part in self.grid.parts))))


def compared(library: Library, before: Sequence[str], after: Sequence[str]) -> Comparison:
    """Compare the visits in some files and folders with those in others."""
    found: list[Diagnostic] = []
    own = Audit(library)
    sides: list[dict[str, list[_Read]]] = []
    read = []
    for paths in (before, after):
        side: dict[str, list[_Read]] = {}
        count = 0
        for source in observations(list(paths)):
            count += 1
            audited = own.visit(source)
            found += audited.diagnostics
            if audited.scored and audited.grid is not None:  # a whole speaks for its standards: it is the first
                made = _Read(source, audited.grid, audited.scored[0])
                side.setdefault(audited.grid.ref.id, []).append(made)
        sides.append(side)
        read.append(count)
    old, new = sides
    found = [one for one in found if one.code != "duplicate-visit"]  # the same visit may be on both sides
    both = [_one(library, old[name], new[name]) for name in new if name in old]
    alone = tuple(name for name in dict.fromkeys((*old, *new)) if (name in old) is not (name in new))
    return Comparison(tuple(both), alone, tuple(found), (read[0], read[1]))


def _one(library: Library, before: list[_Read], after: list[_Read]) -> Compared:
    newest = max(after, key=lambda one: one.rank)
    target = Target.of(newest.grid)
    again = Audit(library, target=target)
    plans = {Target.of(one.grid): one.scored.plan for one in before}
    old, new = (_side(side, target, again) for side in (before, after))
    plan = newest.scored.plan
    differences = [compare(was, plan) for made, was in plans.items() if made != target]
    every = {criterion.id: criterion for criterion, *_ in every_criterion(plan.standard)}
    lower = frozenset(
        name for name, one in every.items() if getattr(scale_of(plan.standard, one), "better", "") == "lower"
    )
    moved = criteria(old.visits, new.visits, differences, list(every), lower)
    return Compared(plan, newest.version, old, new, split(old.visits, new.visits), tuple(moved))


def _side(side: list[_Read], target: Target, again: Audit) -> Side:
    """Score each visit with the common versions, too; those that cannot be are left out."""
    visits, left_out = [], []
    for one in side:
        card = one.scored.card
        if Target.of(one.grid) == target:
            visits.append(Twice(card, card))
            continue
        audited = again.visit(one.source)
        if audited.scored:
            visits.append(Twice(card, audited.scored[0].card))
        else:
            left_out.append(one.source.path)
    versions = sorted({one.version for one in side}, key=SemVer.of)
    return Side(tuple(visits), tuple(versions), tuple(left_out))
