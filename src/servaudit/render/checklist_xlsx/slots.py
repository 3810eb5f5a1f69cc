"""Decides where each criterion is answered: how many cells, what each is called, and the code beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from servaudit.model.scale import Choices
from servaudit.scoring import names
from servaudit.scoring.plan import CriterionNode, Plan, SectionNode
from servaudit.sources.workbook.codes import Code, spell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from servaudit.model.scale import Scale

OBSERVATIONS = 5
"""Rows for a criterion that is measured several times."""
INSTANCES = (3, 6)
"""Blocks for a section that is repeated: at least, and at most."""
ROWS = 24
"""Criteria in all the blocks of such a section, beyond the least number of blocks: about a page."""

Shape = Literal["one", "observations", "tally", "ticks"]
NA = "na"
_SIGNS: Mapping[Shape, str] = {"one": "", "observations": "#", "tally": "=", "ticks": ":"}
_ODD = re.compile(r"\W+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Slot:
    """Where one criterion is answered: the names of its cells, by item of the answer.

    The item is "" for one answer, the number of an observation, the key of a choice that is counted or ticked. `slug`
    tells the names that belong to this criterion, of this instance.
    """

    node: CriterionNode
    scale: Scale
    code: Code
    slug: str
    shape: Shape
    cells: Mapping[str, str]

    def code_of(self, item: str) -> str:
        """Spell the code that stands beside one of its cells."""
        return spell(self.code._replace(sign=_SIGNS[self.shape] if item else "", item=item))


@dataclass(slots=True, eq=False)
class Group:
    """A section, the whole, or one instance of a repeated section, with what is in it; `instance` counts from 1."""

    node: SectionNode
    slug: str
    children: list[Slot | Group] = field(default_factory=list)
    instance: int | None = None

    @property
    def repeated(self) -> bool:
        """Whether its children are instances."""
        return self.node.repeat is not None and self.instance is None

    def slots(self) -> Iterator[Slot]:
        """Give the criteria below, in order."""
        for child in self.children:
            if isinstance(child, Slot):
                yield child
            else:
                yield from child.slots()

    def groups(self) -> Iterator[Group]:
        """Give the groups below, outer ones first."""
        for child in self.children:
            if isinstance(child, Group):
                yield child
                yield from child.groups()


class Slots:
    """Lays the criteria of one or several standards out; names are unlike each other, whatever the ids are."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def of(self, plan: Plan, standard: str | None) -> Group:
        """Lay out one standard; `standard` is its id where there are several."""
        root = Group(plan.root, self.name(standard or "whole"))
        self._fill(root, plan, Code(standard, (), ""))
        return root

    def name(self, text: str) -> str:
        """Make a part of a name that was not given yet."""
        slug = _ODD.sub("_", text).strip("_")[:180].lower() or "x"
        name, number = slug, 1
        while name in self._taken:
            number += 1
            name = f"{slug}__{number}"
        self._taken.add(name)
        return name

    def _fill(self, group: Group, plan: Plan, under: Code) -> None:
        for child in group.node.children:
            if isinstance(child, CriterionNode):
                group.children.append(self._slot(child, plan, under._replace(criterion=child.id)))
                continue
            inner = Group(child, self.name(spell(under._replace(criterion=child.id))))
            group.children.append(inner)
            if child.repeat is None:
                self._fill(inner, plan, under)
                continue
            for number in range(1, _blocks(child) + 1):
                code = under._replace(instances=(*under.instances, (child.id, number)))
                one = Group(child, self.name(f"{inner.slug}_{number}"), instance=number)
                inner.children.append(one)
                self._fill(one, plan, code)

    def _slot(self, node: CriterionNode, plan: Plan, code: Code) -> Slot:
        scale = names.scale_of(plan.standard, node.criterion)
        assert scale is not None  # noqa: S101 - a plan with problems makes no checklist
        shape: Shape = "one"
        items: tuple[str, ...] = ("",)
        choices = isinstance(scale, Choices)
        if isinstance(scale, Choices) and scale.multiple and node.criterion.repeat is None:
            shape, items = "ticks", (*scale.choices, *_na(node, scale))
        elif isinstance(scale, Choices) and not scale.multiple and node.criterion.repeat is not None:
            shape, items = "tally", (*scale.choices, *_na(node, scale))
        elif node.criterion.repeat is not None or (choices and isinstance(scale, Choices) and scale.multiple):
            shape, items = "observations", tuple(str(number) for number in range(1, OBSERVATIONS + 1))
        slug = self.name(spell(code))
        cells = {item: f"a_{slug}" if shape == "one" else f"a_{self.name(f'{slug}_{item}')}" for item in items}
        return Slot(node, scale, code, slug, shape, cells)


def is_bonus(child: Slot | Group) -> bool:
    """Tell whether a child adds to its parent's points and not to its maximum."""
    return child.node.criterion.bonus if isinstance(child, Slot) else child.instance is None and child.node.bonus


def is_uncapped(child: Slot | Group) -> bool:
    """Tell whether a bonus may go beyond its parent's maximum."""
    owner = child.node.criterion if isinstance(child, Slot) else child.node
    return is_bonus(child) and owner.uncapped


def _blocks(node: SectionNode) -> int:
    """Tell how many blocks a repeated section gets: more of a short one."""
    least, most = INSTANCES
    return max(least, min(most, ROWS // max(1, _length(node))))


def _length(node: SectionNode) -> int:
    return sum(1 if isinstance(child, CriterionNode) else _length(child) for child in node.children)


def _na(node: CriterionNode, scale: Choices) -> tuple[str, ...]:
    """Offer "not applicable" unless the standard forbids it, or the scale says it in words of its own."""
    forbidden = node.not_applicable == "forbid" or any(choice.points is None for choice in scale.choices.values())
    return () if forbidden or NA in scale.choices else (NA,)


def offers_na(slot: Slot) -> bool:
    """Tell whether a cell of this criterion takes the word for "not applicable"."""
    if isinstance(slot.scale, Choices):
        return bool(_na(slot.node, slot.scale))
    return slot.node.gauge.scored and slot.node.not_applicable != "forbid"
