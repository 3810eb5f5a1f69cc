"""The answers of one visit on the standard's tree: a leaf for each criterion, a branch for each section."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servaudit.scoring.answers import NOTHING, Answer, take_apart

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servaudit.diagnostics import Path, Problem
    from servaudit.scoring.combine import Part
    from servaudit.scoring.facts import Context
    from servaudit.scoring.outcome import Judgement
    from servaudit.scoring.plan import CriterionNode, SectionNode


class Leaf:
    """One criterion judged (in an instance of a repeated section, `within` are the keys that lead to the instance).

    `part` is what the criterion brings to its parent by its own points, None when it has none; `refused`: nothing can
    be made of its answer. Visits with equal answers share their leaves, so nobody changes one; what a visit wrote is in
    its sheet.
    """

    __slots__ = ("hidden", "judgement", "node", "part", "path", "refused", "within")

    def __init__(
        self,
        node: CriterionNode,
        path: str,
        judgement: Judgement,
        part: Part | None,
        within: Path = (),
        *,
        refused: bool = False,
        hidden: bool = False,
    ) -> None:
        self.node = node
        self.path = path
        self.judgement = judgement
        self.part = part
        self.within = within
        self.refused = refused
        self.hidden = hidden


class Branch:
    """One section on one visit: its criteria and its sections; `instances` of a repeated section, each a branch."""

    __slots__ = ("criteria", "instance", "instances", "node", "path", "sections")

    def __init__(
        self,
        node: SectionNode,
        path: str,
        criteria: Sequence[Leaf] = (),
        sections: Sequence[Branch] = (),
        *,
        instances: bool = False,
        instance: bool = False,
    ) -> None:
        self.node, self.path, self.criteria, self.sections = node, path, criteria, sections
        self.instances, self.instance = instances, instance

    @property
    def children(self) -> tuple[Leaf | Branch, ...]:
        """Its criteria, then its sections."""
        return (*self.criteria, *self.sections)

    def leaves(self) -> Iterator[Leaf]:
        """Give the criteria below, in order."""
        yield from self.criteria
        for section in self.sections:
            yield from section.leaves()

    def branches(self) -> Iterator[Branch]:
        """Give the sections below, parents first."""
        for section in self.sections:
            yield section
            yield from section.branches()


class Sheet(NamedTuple):
    """All answers of a visit on the tree, the facts of the visit, and what is wrong with either.

    `evidence` are the files that answers name, by the place of the answer; `only_remarks` the places of answers that
    have nothing but a note or evidence. `levels` are the answers as they are written: those of the whole, which stand
    under the keys `under`, and those of each instance of a repeated section.
    """

    root: Branch
    context: Context
    leaves: Sequence[Leaf] = ()
    problems: tuple[Problem, ...] = ()
    evidence: Sequence[tuple[Path, tuple[str, ...]]] = ()
    only_remarks: Sequence[Path] = ()
    levels: Mapping[Path, Mapping[str, Any]] = {}
    under: Path = ()

    def place(self, leaf: Leaf) -> Path:
        """Give the keys that lead to the answer of a criterion."""
        return (*self.under, *leaf.within, leaf.node.id)

    def raw(self, leaf: Leaf) -> Any:  # noqa: ANN401 - whatever the file holds
        """Give what the file holds for a criterion; None where nothing can be made of it."""
        return None if leaf.refused else self.levels[leaf.within].get(leaf.node.id)

    def answer(self, leaf: Leaf) -> Answer:
        """Give the answer to a criterion taken apart: values, note, evidence."""
        raw = self.raw(leaf)
        return NOTHING if raw is None else take_apart(raw, multiple=leaf.node.gauge.multiple)
