"""`id-pattern`: an id that is not written as the house writes ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.diagnostics import Problem, msg
from servaudit.model.standard import Standard

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from servaudit.diagnostics import Path
    from servaudit.model.base import Document
    from servaudit.model.configuration import Named
    from servaudit.model.standard import Section


def find(document: Document, patterns: Mapping[Named, str]) -> Iterator[Problem]:
    """Compare every id of a document with the pattern of its kind. `{standard}` and `{section}` stand for their ids."""
    for kind, name, place, on_key, above in _ids(document):
        pattern = patterns.get(kind)
        if pattern is None:
            continue
        if "{section}" in pattern and "section" not in above:
            continue  # a criterion or section that stands in none
        wanted = pattern
        for meant, identity in above.items():
            wanted = wanted.replace(f"{{{meant}}}", identity)
        if not matches(name, wanted):
            message = msg("“{id}” is not written as the house writes ids: {pattern}", id=name, pattern=wanted)
            remedy = msg(
                "an id that is in use is renamed by the history of its standard; the pattern is in servaudit.yaml"
            )
            yield Problem("id-pattern", place, message, remedy, on_key=on_key)


def matches(name: str, pattern: str) -> bool:
    """Tell whether a whole id fits: `*` is any characters or none, `?` is one, `#` is one digit.

    A star takes as little as it can and more only where what follows does not fit, never going back before the last
    star: the time is at most the product of both lengths.
    """
    at = here = 0
    star, taken = -1, 0
    while at < len(name):
        sign = pattern[here] if here < len(pattern) else ""
        if sign == "*":
            star, taken, here = here, at, here + 1
        elif sign and (sign in ("?", name[at]) or (sign == "#" and name[at].isdigit())):
            at, here = at + 1, here + 1
        elif star >= 0:
            taken += 1
            at, here = taken, star + 1
        else:
            return False
    return not pattern[here:].strip("*")


def _ids(document: Document) -> Iterator[tuple[Named, str, Path, bool, dict[str, str]]]:
    """Yield what has an id: its kind, the id, its place and whether that is a key, and the ids it stands in."""
    kind, name = getattr(document, "kind", ""), getattr(document, "id", "")
    above = {"standard": name}
    documents: tuple[Named, ...] = ("standard", "checklist", "vocabulary")
    yield from ((one, name, ("id",), False, above) for one in documents if one == kind)
    keyed: tuple[tuple[str, Named], ...] = (
        ("facets", "facet"), ("scales", "scale"), ("context", "fact"), ("attributes", "fact"),
    )  # fmt: skip
    for group, one in keyed:
        for key in getattr(document, group, ()):
            yield one, key, (group, key), True, above
    if isinstance(document, Standard):
        yield from _tree(document, (), above)


def _tree(
    group: Standard | Section, place: Path, above: dict[str, str]
) -> Iterator[tuple[Named, str, Path, bool, dict[str, str]]]:
    for number, criterion in enumerate(group.criteria):
        yield "criterion", criterion.id, (*place, "criteria", number, "id"), False, above
    for number, section in enumerate(group.sections):
        at: Path = (*place, "sections", number)
        yield "section", section.id, (*at, "id"), False, above
        yield from _tree(section, at, {**above, "section": section.id})
