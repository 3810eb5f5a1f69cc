"""Two visits or two campaigns, scored as they must be to compare them: by standard, each visit under both versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servaudit.audit import Audit, observations
from servaudit.change.comparison import Moved, Split, Twice, criteria, split
from servaudit.change.difference import compare
from servaudit.model.versions import SemVer
from servaudit.scoring.names import every_criterion, scale_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servaudit.diagnostics import Diagnostic
    from servaudit.library import Library
    from servaudit.scoring.plan import Plan
    from servaudit.scoring.visit import Scored
    from servaudit.sources import Source


class Side(NamedTuple):
    """The visits of one side that could be compared, the versions they were made with, and the files left out."""

    visits: tuple[Twice, ...]
    versions: tuple[str, ...]
    left_out: tuple[str, ...]


class Compared(NamedTuple):
    """What came out for one standard: `split` is None where a side has no figure. `plan` is of the common version."""

    plan: Plan
    before: Side
    after: Side
    split: Split | None
    criteria: tuple[Moved, ...]

    @property
    def version(self) -> str:
        """The common version: the newest that the visits of after were made with."""
        return self.plan.standard.version


class Comparison(NamedTuple):
    """Every standard that both sides have, those that only one has, and what went wrong."""

    compared: tuple[Compared, ...]
    alone: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    read: tuple[int, int]


class _Read(NamedTuple):
    source: Source
    scored: Scored


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
            if audited.scored:  # a whole speaks for its standards: it is the first
                scored = audited.scored[0]
                side.setdefault(scored.card.standard.id, []).append(_Read(source, scored))
        sides.append(side)
        read.append(count)
    old, new = sides
    found = [one for one in found if one.code != "duplicate-visit"]  # the same visit may be on both sides
    made = [_one(library, old[name], new[name]) for name in new if name in old]
    alone = tuple(name for name in dict.fromkeys((*old, *new)) if (name in old) is not (name in new))
    return Comparison(tuple(made), alone, tuple(found), (read[0], read[1]))


def _one(library: Library, before: list[_Read], after: list[_Read]) -> Compared:
    newest = max((one.scored for one in after), key=lambda one: SemVer.of(one.card.standard.version))
    version = newest.card.standard.version
    again = Audit(library, versions=version)
    plans = {one.scored.card.standard.version: one.scored.plan for one in before}
    old, new = (_side(side, version, again) for side in (before, after))
    differences = [compare(plan, newest.plan) for made, plan in plans.items() if made != version]
    standard = newest.plan.standard
    every = {criterion.id: criterion for criterion, *_ in every_criterion(standard)}
    lower = frozenset(name for name, one in every.items() if getattr(scale_of(standard, one), "better", "") == "lower")
    moved = criteria(old.visits, new.visits, differences, list(every), lower)
    return Compared(newest.plan, old, new, split(old.visits, new.visits), tuple(moved))


def _side(side: list[_Read], version: str, again: Audit) -> Side:
    """Score each visit under the common version, too; those that cannot be are left out."""
    visits, left_out = [], []
    for source, scored in side:
        card = scored.card
        if card.standard.version == version:
            visits.append(Twice(card, card))
            continue
        audited = again.visit(source)
        if audited.scored:
            visits.append(Twice(card, audited.scored[0].card))
        else:
            left_out.append(source.path)
    versions = sorted({one.scored.card.standard.version for one in side}, key=SemVer.of)
    return Side(tuple(visits), tuple(versions), tuple(left_out))
