"""Splits the change between two visits, or two campaigns, into what the service changed and what the standard changed.

The visits of before are scored twice: with the version that they were made with, and with the newest one that those of
after were made with. What moves between the two is the standard's doing; what then remains up to the visits of after,
judged by the same version, is the service's. That is the order in which a standard's history can be replayed, forward;
the two parts add up to the whole.
"""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, Literal, NamedTuple

from servaudit.scoring.arithmetic import same

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from servaudit.change.difference import Difference
    from servaudit.model.scorecard import Scorecard

State = Literal["improved", "regressed", "same", "new", "removed", "unjudged"]
STATES: tuple[State, ...] = ("regressed", "improved", "new", "removed", "unjudged", "same")


class Twice(NamedTuple):
    """A visit scored with the version it was made with, and with the common one (the same card, where that is it)."""

    own: Scorecard
    common: Scorecard


class Split(NamedTuple):
    """Means of scores, or of points where there are none: of each side, by its own versions and by the common one.

    `counted` are the visits of each side that have a figure under both.
    """

    before: float
    before_common: float
    after: float
    after_common: float
    counted: tuple[int, int]

    @property
    def total(self) -> float:
        """The change there is to explain."""
        return self.after - self.before

    @property
    def service(self) -> float:
        """What changed between the visits, all judged by the common version."""
        return self.after_common - self.before_common

    @property
    def standard(self) -> float:
        """What the rest of the change is: that of the rules."""
        return self.total - self.service


class Moved(NamedTuple):
    """A criterion: its mean score (points, where there are none) on each side, by the common version.

    `changes` are those of the standard, kinds of `change.kinds`; `judged` says how many scores each mean is of.
    """

    id: str
    state: State
    before: float | None
    after: float | None
    judged: tuple[int, int]
    changes: tuple[str, ...] = ()


def split(before: Sequence[Twice], after: Sequence[Twice]) -> Split | None:
    """Split the change of the mean; None where a side has no visit with a figure under both versions."""
    cards = [card for visit in (*before, *after) for card in visit]
    by_score = all(card.score is not None for card in cards) or all(card.points is None for card in cards)

    def value(card: Scorecard) -> float | None:
        return card.score if by_score else card.points

    sides, counted = [], []
    for visits in (before, after):
        pairs = [(own, common) for visit in visits
                 if (own := value(visit.own)) is not None and (common := value(visit.common)) is not None]  # fmt: skip
        if not pairs:
            return None
        counted.append(len(pairs))
        sides.append(tuple(fsum(column) / len(pairs) for column in zip(*pairs, strict=True)))
    (own_before, common_before), (own_after, common_after) = sides
    return Split(own_before, common_before, own_after, common_after, (counted[0], counted[1]))


def criteria(
    before: Sequence[Twice],
    after: Sequence[Twice],
    differences: Iterable[Difference],
    order: Sequence[str],
    lower_is_better: frozenset[str],
) -> list[Moved]:
    """Tell what became of each criterion: those that regressed first, then those that improved, in the `order` given.

    `differences` are those from each version of before to the common one; `order` lists the criteria of that one.
    """
    changes: dict[str, dict[str, None]] = {}
    for difference in differences:
        for change in difference.changes:
            changes.setdefault(change.subject, {})[change.kind] = None
    old, new = _means(visit.common for visit in before), _means(visit.common for visit in after)
    moved = [_moved(name, old.get(name), new.get(name), tuple(changes.get(name, ())), name in lower_is_better)
             for name in order]  # fmt: skip
    known = set(order)
    gone = [name for name, kinds in changes.items() if "criterion-removed" in kinds and name not in known]
    own = _means(visit.own for visit in before)
    for name in gone:
        mean, count = own.get(name, (None, 0))
        moved.append(Moved(name, "removed", mean, None, (count, 0), tuple(changes[name])))
    return sorted(moved, key=lambda one: STATES.index(one.state))


def _means(cards: Iterable[Scorecard]) -> dict[str, tuple[float, int]]:
    """Give each criterion's mean and in how many visits it was judged; instances of a repeated section count apart."""
    values: dict[str, list[float]] = {}
    for card in cards:
        for criterion in card.criteria:
            value = criterion.points if criterion.score is None else criterion.score
            if value is not None:
                values.setdefault(criterion.id, []).append(value)
    return {name: (fsum(found) / len(found), len(found)) for name, found in values.items()}


def _moved(
    name: str,
    old: tuple[float, int] | None,
    new: tuple[float, int] | None,
    changes: tuple[str, ...],
    lower: bool,  # noqa: FBT001 - one of two ways
) -> Moved:
    before, after = old[0] if old else None, new[0] if new else None
    state: State
    if "criterion-added" in changes:
        state = "new"
    elif before is None and after is None:
        state = "same"
    elif before is None or after is None:
        state = "unjudged"
    elif same(before, after):
        state = "same"
    else:
        state = "improved" if (after > before) is not lower else "regressed"
    return Moved(name, state, before, after, (old[1] if old else 0, new[1] if new else 0), changes)
