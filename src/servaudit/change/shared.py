"""Compares axes of analysis and shared scales: a standard's, with the vocabularies it uses, or a vocabulary's."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servaudit.change.change import Notebook, missing
from servaudit.change.scales import compare_scales
from servaudit.model.scale import BUILT_IN
from servaudit.scoring.names import every_criterion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servaudit.diagnostics import Path
    from servaudit.model.scale import Scale
    from servaudit.model.standard import Facet, Standard


class _Used(NamedTuple):
    """What the criteria of both sides name: values by axis, and scales."""

    values: frozenset[tuple[str, str]]
    scales: frozenset[str]


def compare_shared(old: Standard, new: Standard, book: Notebook) -> None:
    """Compare the vocabularies in use, and the facets and scales there are.

    What a vocabulary declares and no criterion names is no part of the standard: it may change without a word.
    """
    _vocabularies(old.use, new.use, book)
    criteria = [item for standard in (old, new) for item, _, _ in every_criterion(standard)]
    used = _Used(
        frozenset(place for item in criteria for place in item.facets.items()),
        frozenset(item.scale for item in criteria if isinstance(item.scale, str)),
    )
    compare_facets(_facets(old, used), _facets(new, used), book)
    compare_named(_scales(old, used), _scales(new, used), book, used.scales)


def _vocabularies(old: list[str], new: list[str], book: Notebook) -> None:
    before, after = (dict(pin.split("@") for pin in pins) for pins in (old, new))
    for index, (name, version) in enumerate(after.items()):
        book.value("vocabulary", ("use", index), name, "use", before.get(name), version)
    for index, name in enumerate(before):
        if name not in after:
            book.note("vocabulary", ("use", index), name, "use", before[name], None, side="old")


def _facets(standard: Standard, used: _Used) -> dict[str, Facet]:
    """Leave out the values of vocabularies that no criterion names."""
    told = {}
    for name, facet in standard.facets.items():
        if ("facets", name) not in standard.borrowed:
            told[name] = facet
        elif values := {value: text for value, text in facet.values.items() if (name, value) in used.values}:
            told[name] = facet.model_copy(update={"values": values})
    return told


def _scales(standard: Standard, used: _Used) -> dict[str, Scale]:
    """Leave out the scales of vocabularies that no criterion names."""
    every = standard.scales.items()
    return {name: one for name, one in every if ("scales", name) not in standard.borrowed or name in used.scales}


def compare_facets(old: Mapping[str, Facet], new: Mapping[str, Facet], book: Notebook) -> None:
    """Compare axes of analysis and their values."""
    for name, facet in new.items():
        at: Path = ("facets", name)
        before = old.get(name)
        if before is None:
            book.note("facet-added", at, name, "facets", None, list(facet.values))
            continue
        book.text("wording", (*at, "title"), name, "title", before.title, facet.title)
        for value, title in facet.values.items():
            if value in before.values:
                book.text("wording", (*at, "values", value), f"{name}.{value}", "values", before.values[value], title)
            else:
                book.note("facet-added", (*at, "values", value), name, "values", None, value)
        for value in missing(before.values, facet.values):
            book.note("facet-removed", (*at, "values", value), name, "values", value, None, side="old")
        was, now = [v for v in before.values if v in facet.values], [v for v in facet.values if v in before.values]
        if was != now:
            book.note("order", (*at, "values"), name, "values", was, now)
    for name in missing(old, new):
        book.note("facet-removed", ("facets", name), name, "facets", list(old[name].values), None, side="old")


def compare_named(
    old: Mapping[str, Scale], new: Mapping[str, Scale], book: Notebook, used: frozenset[str] | None = None
) -> None:
    """Compare scales that have names, once each; one that is not `used` moves no score (None: all are)."""
    for name, scale in new.items():
        at: Path = ("scales", name)
        before = old.get(name) or BUILT_IN.get(name)  # one of a built-in name takes that one's place
        if name not in old:
            book.note("scale-added", at, name, "scales", None, scale)
        if before is None:
            continue
        first = len(book.changes)
        compare_scales(before, scale, at, name, None, book)
        if name not in old:  # what is built in stands in no document: each change is at its place in the new one
            book.changes[first:] = [change._replace(side="new") for change in book.changes[first:]]
        if used is not None and name not in used:
            book.changes[first:] = [change._replace(level="patch") for change in book.changes[first:]]
    for name in missing(old, new):
        book.note("scale-removed", ("scales", name), name, "scales", old[name], None, side="old")
        if used is not None and name not in used:
            book.changes[-1] = book.changes[-1]._replace(level="patch")
