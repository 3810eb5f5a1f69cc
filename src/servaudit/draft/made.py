"""What a draft is: sections and criteria with their places in the grid, scales, and what its author should check."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from servaudit.diagnostics import Message
    from servaudit.draft.rows import Left
    from servaudit.draft.scales import Scale

Combine = Literal["sum", "mean"]


class Noted(NamedTuple):
    """Something an author should check, at a place such as `Grille!C5`."""

    place: str
    what: Message


class Criterion(NamedTuple):
    """A criterion to be written; `number` is the one it had in the grid, `pointed` that the grid gave it points."""

    id: str
    text: str
    place: str
    number: str
    scale: Scale
    weight: float | None = None
    severity: str | None = None
    guidance: str | None = None
    why: str | None = None
    pointed: bool = False
    notes: tuple[Message, ...] = ()
    translation: tuple[str, str] | None = None
    """Another language, and the text in it."""


@dataclass
class Section:
    """A section to be written; `summed` tells that its weight is that of its criteria together."""

    id: str
    title: str
    place: str
    weight: float | None = None
    summed: bool = False
    criteria: list[Criterion] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)

    def all_criteria(self) -> Iterator[Criterion]:
        """Give every criterion in it, at any depth."""
        yield from self.criteria
        for section in self.sections:
            yield from section.all_criteria()

    def all_sections(self) -> Iterator[Section]:
        """Give every section in it, at any depth."""
        for section in self.sections:
            yield section
            yield from section.all_sections()

    @property
    def total(self) -> float:
        """The weights of its criteria together."""
        return sum(1.0 if one.weight is None else one.weight for one in self.all_criteria())


@dataclass(frozen=True)
class Draft:
    """A draft: `root` holds its criteria and sections; `combine` is how points became a score in such a grid."""

    id: str
    title: str
    language: str
    root: Section
    combine: Combine
    scales: Mapping[str, Scale]
    notes: tuple[Noted, ...]
    left: tuple[Left, ...]
    sheets: tuple[str, ...]

    def name_of(self, scale: Scale) -> str:
        """Give the name a scale has in this draft; KeyError for one that has none (`yes_no`, what is only recorded)."""
        return {known.same: name for name, known in self.scales.items()}[scale.same]
