"""A standard made ready to score with, once: its tree, gauges and compiled rules, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servaudit.diagnostics import Path, Problem
    from servaudit.model.rules import Agg, Combination, Limit, Policies, Repeat
    from servaudit.model.standard import Criterion, Standard
    from servaudit.scoring.answers import Spelling
    from servaudit.scoring.expressions import Expression
    from servaudit.scoring.gauge import Gauge
    from servaudit.scoring.outcome import Judgement
    from servaudit.scoring.parts import Instead
    from servaudit.scoring.sheet import Leaf


@dataclass(frozen=True, slots=True, eq=False)
class CriterionNode:
    """A criterion ready to judge; `bonus`: it, or a section it stands in, is one.

    `path` is its dotted id, from the innermost repeated section around it if there is one. `seen` and `leaves` remember
    what answers came to, since visits have them in common; criteria of one scale share what they have `seen`.
    """

    id: str
    path: str
    criterion: Criterion
    place: Path
    section: str
    gauge: Gauge
    applies: Expression | None
    not_applicable: str
    missing: str
    bonus: bool
    instead: Instead
    seen: dict[Spelling, Judgement]
    leaves: dict[Spelling, Leaf] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class SectionNode:
    """A section (or the whole, with id "") ready to combine; `own` are the ids its answers are looked up by."""

    id: str
    place: Path
    depth: int
    rules: Combination
    weight: float
    bonus: bool
    uncapped: bool
    repeat: Repeat | None
    applies: Expression | None
    criteria: tuple[CriterionNode, ...]
    sections: tuple[SectionNode, ...]
    own: frozenset[str]
    lower_is_better: bool

    @property
    def children(self) -> tuple[CriterionNode | SectionNode, ...]:
        """Its criteria, then its sections."""
        return (*self.criteria, *self.sections)


class MeasureRule(NamedTuple):
    """A compiled measure: an expression (`of` alone, `agg` None) or an aggregate."""

    name: str
    agg: Agg | None
    over: str
    of: Expression | None
    where: Expression | None
    that: Expression | None
    all: bool


class LimitRule(NamedTuple):
    """A compiled limit."""

    limit: Limit
    when: Expression


class VerdictRules(NamedTuple):
    """Compiled measures, ladder and limits, of a visit or of a rollup."""

    measures: tuple[MeasureRule, ...]
    ladder: tuple[tuple[str, Expression | None], ...]
    limits: tuple[LimitRule, ...]
    order: tuple[str, ...]
    pass_score: float | None
    pass_level: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A standard ready to score with; `problems` not empty: it is not.

    `conditional`: something applies only at times; `asked` are the criteria that depends on, in the order to judge
    them in. `uses` are the first names that any expression looks at. `left_out` are the ids of what a checklist did not
    take, `out_of_scope` those that are criteria. `documented`: a criterion asks for evidence.
    """

    standard: Standard
    root: SectionNode
    rules: VerdictRules
    rollup: VerdictRules | None
    criteria: Mapping[str, CriterionNode]
    sections: Mapping[str, SectionNode]
    conditional: bool
    asked: tuple[str, ...]
    uses: frozenset[str]
    problems: tuple[Problem, ...]
    left_out: frozenset[str] = frozenset()
    out_of_scope: tuple[str, ...] = ()
    documented: bool = False

    def settle(self, points: float) -> float:
        """Hold points within the root's floor and maximum, after a limit has added to them."""
        rules = self.standard.scoring
        points = points if rules.max is None else min(points, rules.max)
        return points if rules.floor is None else max(points, rules.floor)

    @property
    def policies(self) -> Policies:
        """What happens to what was not scored."""
        return self.standard.scoring.policies


def is_scored(node: CriterionNode | SectionNode) -> bool:
    """Tell whether anything in a node is worth points."""
    return node.gauge.scored if isinstance(node, CriterionNode) else any(is_scored(child) for child in node.children)
