"""The answers of one visit on the standard's tree: a leaf for each criterion, a branch for each section."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servaudit.scoring.answers import NOTHING, Answer, take_apart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.diagnostics import Path, Problem
    from servaudit.scoring.combine import Part
    from servaudit.scoring.facts import Context
    from servaudit.scoring.outcome import Judgement
    from servaudit.scoring.plan import CriterionNode, SectionNode


class Leaf:
    """One criterion on one visit (once per instance of a repeated section), answered under `base`.

    `raw` is what the file holds, None where nothing can be made of it; `part` is what the criterion brings to its
    parent by its own points, None when it has none.
    """

    __slots__ = ("base", "hidden", "judgement", "node", "part", "path", "raw")

    def __init__(
        self, node: CriterionNode, path: str, base: Path, raw: object, judgement: Judgement, part: Part | None
    ) -> None:
        self.node = node
        self.path = path
        self.base = base
        self.raw = raw
        self.judgement = judgement
        self.part = part
        self.hidden = False

    @property
    def place(self) -> Path:
        """The keys that lead to its answer."""
        return (*self.base, self.node.id)

    @property
    def answer(self) -> Answer:
        """Its answer taken apart: values, note, evidence."""
        return NOTHING if self.raw is None else take_apart(self.raw, multiple=self.node.gauge.multiple)


class Branch:
    """One section on one visit. `instances` of a repeated section are its children, each a branch of its own."""

    __slots__ = ("children", "instance", "instances", "node", "path")

    def __init__(
        self,
        node: SectionNode,
        path: str,
        children: list[Leaf | Branch],
        *,
        instances: bool = False,
        instance: bool = False,
    ) -> None:
        self.node, self.path, self.children = node, path, children
        self.instances, self.instance = instances, instance

    def leaves(self) -> Iterator[Leaf]:
        """Give the criteria below, in order."""
        for child in self.children:
            if isinstance(child, Leaf):
                yield child
            else:
                yield from child.leaves()

    def branches(self) -> Iterator[Branch]:
        """Give the sections below, parents first."""
        for child in self.children:
            if isinstance(child, Branch):
                yield child
                yield from child.branches()


class Sheet(NamedTuple):
    """All answers of a visit on the tree, the facts of the visit, and what is wrong with either."""

    root: Branch
    context: Context
    leaves: list[Leaf]
    problems: tuple[Problem, ...]
