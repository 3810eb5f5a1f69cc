"""Which criterion or section of the new standard is which of the old: by id, by the declared history, by equal text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from servaudit.model.base import folded
from servaudit.model.versions import SemVer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from servaudit.diagnostics import Path
    from servaudit.model.history import History, Release
    from servaudit.model.standard import Criterion, Section, Standard

Operation = Literal["rename", "split", "merge", "remove"]


class Node(NamedTuple):
    """A criterion or a section, where it stands, and the id of the section around it (“” directly in the standard)."""

    item: Criterion | Section
    place: Path
    parent: str

    @property
    def is_section(self) -> bool:
        """Whether it is a section."""
        return hasattr(self.item, "sections")

    @property
    def text(self) -> Mapping[str, str]:
        """What people read of it."""
        return getattr(self.item, "title", None) or getattr(self.item, "text", {})


class Fate(NamedTuple):
    """What the history says became of an id."""

    operation: Operation
    ids: tuple[str, ...]


class Pairs(NamedTuple):
    """The nodes of two standards set against each other.

    `same`: old and new, and whether a new id is declared (None: it has its old id). `fates`: what else is declared of
    ids that are gone.
    """

    same: tuple[tuple[Node, Node, bool | None], ...]
    gone: tuple[Node, ...]
    added: tuple[Node, ...]
    fates: Mapping[str, Fate]


def nodes(standard: Standard) -> dict[str, Node]:
    """List criteria and sections by id, in the order of the document; of an id given twice, the first."""
    found: dict[str, Node] = {}
    for node in _walk(standard, (), ""):
        found.setdefault(node.item.id, node)
    return found


def _walk(holder: Standard | Section, place: Path, parent: str) -> Iterator[Node]:
    for index, criterion in enumerate(holder.criteria):
        yield Node(criterion, (*place, "criteria", index), parent)
    for index, section in enumerate(holder.sections):
        at: Path = (*place, "sections", index)
        yield Node(section, at, parent)
        yield from _walk(section, at, section.id)


def fates(history: History, since: str) -> dict[str, Fate]:
    """Follow each id that the history changes after version `since` to what it is called in the end."""
    found: dict[str, Fate] = {}
    later = sorted((version for version in history if SemVer.of(version) > SemVer.of(since)), key=SemVer.of)
    for release in (history[version] for version in later):
        step = _step(release)
        made = {new for fate in found.values() for new in fate.ids}
        for old, fate in found.items():
            followed = [step.get(name, Fate(fate.operation, (name,))) for name in fate.ids]
            ids = tuple(dict.fromkeys(name for each in followed for name in each.ids))
            graver = next((each.operation for each in followed if each.operation != "rename"), fate.operation)
            found[old] = Fate(graver if fate.operation == "rename" else fate.operation, ids)
        found.update({old: fate for old, fate in step.items() if old not in made and old not in found})
    return found


def _step(release: Release) -> dict[str, Fate]:
    return {
        **{old: Fate("rename", (new,)) for old, new in release.rename.items()},
        **{old: Fate("split", tuple(split.into)) for old, split in release.split.items()},
        **{old: Fate("merge", (new,)) for new, merge in release.merge.items() for old in merge.of},
        **{old: Fate("remove", ()) for old in release.remove},
    }


def pair(old: Standard, new: Standard) -> Pairs:
    """Set the nodes of two standards against each other."""
    before, after = nodes(old), nodes(new)
    declared = fates(new.history, old.version)
    same: list[tuple[Node, Node, bool | None]] = []
    gone: dict[str, Node] = {}
    for name, node in before.items():
        fate = declared.get(name)
        if fate is not None and fate.operation == "rename" and fate.ids[0] in after:
            same.append((node, after[fate.ids[0]], True))
        elif name in after and fate is None and after[name].is_section == node.is_section:
            same.append((node, after[name], None))
        else:
            gone[name] = node
    taken = {new_node.item.id for _, new_node, _ in same}
    added = {name: node for name, node in after.items() if name not in taken}
    for name, other in _alike(
        {name: node for name, node in gone.items() if name not in declared}, added, old.language, new.language
    ):
        same.append((gone.pop(name), added.pop(other), False))
    order = {name: rank for rank, name in enumerate(after)}
    same.sort(key=lambda entry: order[entry[1].item.id])
    return Pairs(tuple(same), tuple(gone.values()), tuple(added.values()), declared)


def _alike(gone: dict[str, Node], added: dict[str, Node], old: str, new: str) -> list[tuple[str, str]]:
    """Find what is gone and what is new with the same text, where only one can be meant."""
    wanted: dict[tuple[bool, str], list[str]] = {}
    for name, node in added.items():
        wanted.setdefault((node.is_section, _said(node, new)), []).append(name)
    offered: dict[tuple[bool, str], list[str]] = {}
    for name, node in gone.items():
        offered.setdefault((node.is_section, _said(node, old)), []).append(name)
    return [
        (names[0], wanted[key][0])
        for key, names in offered.items()
        if key[1] and len(names) == 1 and len(wanted.get(key, ())) == 1
    ]


def _said(node: Node, language: str) -> str:
    text = node.text
    return folded(text.get(language) or text.get("") or "")
