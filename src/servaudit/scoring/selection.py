"""What a checklist takes of a standard: an ordinary standard with less in it, in its order and its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from servaudit.model.checklist import Audience, Selection, Use
    from servaudit.model.standard import Criterion, Section, Standard

T = TypeVar("T", "Criterion", "Section")


class Selected(NamedTuple):
    """The standard that is left, the whole one, and the ids of the criteria and sections left out of it."""

    standard: Standard
    whole: Standard
    criteria: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()

    @property
    def left_out(self) -> frozenset[str]:
        """All ids left out."""
        return frozenset((*self.criteria, *self.sections))


def select(standard: Standard, use: Use, audience: Audience = "auditor") -> Selected:
    """Take of a standard what a checklist uses, with the checklist's parameters, order and wording.

    A section of which nothing is taken goes, too. Facts, facets, scales and rules stay as they are.
    """
    if use.include is None and use.exclude is None and not (use.order or use.wording.get(audience) or use.parameters):
        return Selected(standard, standard)
    every = list(placed(standard))
    taken = frozenset(
        criterion.id
        for criterion, above in every
        if (use.include is None or any(meets(criterion, above, one) for one in use.include))
        and not any(meets(criterion, above, one) for one in use.exclude or ())
    )
    taking = _Taking(use, audience, taken)
    sections = taking.sections(standard.sections)
    whole = standard.model_copy(update={"parameters": {**standard.parameters, **use.parameters}})
    left = whole.model_copy(update={"criteria": taking.criteria(standard.criteria), "sections": sections})
    kept = set(_ids(sections))
    return Selected(
        left,
        whole,
        tuple(criterion.id for criterion, _ in every if criterion.id not in taken),
        tuple(name for name in _ids(standard.sections) if name not in kept),
    )


def placed(standard: Standard) -> Iterator[tuple[Criterion, frozenset[str]]]:
    """Give each criterion with the ids of the sections it stands in, outer ones too."""

    def walk(sections: Iterable[Section], above: frozenset[str]) -> Iterator[tuple[Criterion, frozenset[str]]]:
        for section in sections:
            here = above | {section.id}
            yield from ((criterion, here) for criterion in section.criteria)
            yield from walk(section.sections, here)

    yield from ((criterion, frozenset[str]()) for criterion in standard.criteria)
    yield from walk(standard.sections, frozenset())


def meets(criterion: Criterion, above: frozenset[str], selection: Selection) -> bool:
    """Tell whether a criterion, in the sections `above` it, meets every key of a selection."""
    if selection.sections is not None and above.isdisjoint(selection.sections):
        return False
    if selection.criteria is not None and criterion.id not in selection.criteria:
        return False
    if selection.severities is not None and criterion.severity not in selection.severities:
        return False
    return all(criterion.facets.get(facet) in values for facet, values in (selection.facets or {}).items())


class _Taking:
    """Rebuilds the lists of a standard with what is taken of them."""

    def __init__(self, use: Use, audience: Audience, taken: frozenset[str]) -> None:
        self.taken, self.words = taken, use.wording.get(audience, {})
        self.rank = {name: place for place, name in enumerate(use.order)}

    def criteria(self, criteria: list[Criterion]) -> list[Criterion]:
        return self._ordered([self._reworded(criterion) for criterion in criteria if criterion.id in self.taken])

    def sections(self, sections: list[Section]) -> list[Section]:
        left = []
        for section in sections:
            inner = {"criteria": self.criteria(section.criteria), "sections": self.sections(section.sections)}
            if any(inner.values()):
                left.append(section.model_copy(update=inner))
        return self._ordered(left)

    def _ordered(self, items: list[T]) -> list[T]:
        return sorted(items, key=lambda item: self.rank.get(item.id, len(self.rank)))

    def _reworded(self, criterion: Criterion) -> Criterion:
        words = self.words.get(criterion.id)
        if words is None:
            return criterion
        said = {name: getattr(words, name) for name in ("text", "guidance", "why")}
        return criterion.model_copy(update={name: text for name, text in said.items() if text is not None})


def _ids(sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        yield section.id
        yield from _ids(section.sections)
