"""The files that say they are documents that others name, tier by tier, the nearest first; folders are listed once."""

from __future__ import annotations

import pathlib
from typing import TYPE_CHECKING, NamedTuple

from servaudit import resources, sources
from servaudit.sources import folders

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from importlib.resources.abc import Traversable

BUNDLED = "library:"
"""What the names of the delivered standards start with; where they are on a disk says nothing to a reader."""
NEAR = ("", "standards", "checklists")
"""Where a file is looked for beside another and one folder up: right there, and in the folders of these names."""


class Candidate(NamedTuple):
    """A file that says it is a document that others name: a standard, a checklist or a vocabulary."""

    name: str
    file: Traversable
    head: folders.Head


class Shelves:
    """Folders of documents that others name: those around a file, those given, those delivered with us."""

    def __init__(self, given: tuple[str, ...] = ()) -> None:
        self.given = given
        self._listed: dict[tuple[str, bool], list[Candidate]] = {}
        self._near: dict[pathlib.Path, list[Candidate]] = {}
        self._given: list[Candidate] | None = None
        self._delivered: list[Candidate] | None = None

    def reach(self, beside: str = ".") -> list[Candidate]:
        """List every such document in reach of a file, the nearest first."""
        return _distinct(one for tier in (*self.own(beside), self.delivered()) for one in tier)

    def own(self, file: str) -> Iterator[list[Candidate]]:
        """Yield the tiers of those that are not delivered with us: around a file, then in the folders given."""
        here = pathlib.Path() if file == sources.STDIN else pathlib.Path(file).parent
        if here not in self._near:
            above = here.parent if here.name not in ("", "..") else here / ".."
            near = [(base / name, bool(name)) for base in (here, above) for name in NEAR]
            self._near[here] = _distinct(one for folder, deep in near for one in self._list(folder, deep=deep))
        yield self._near[here]
        if self._given is None:
            self._given = _distinct(one for folder in self.given for one in self._list(pathlib.Path(folder), deep=True))
        yield self._given

    def delivered(self) -> list[Candidate]:
        """List those that servaudit brings along."""
        if self._delivered is None:
            root = resources.standards()
            start = len(str(root)) + 1
            self._delivered = [
                Candidate(BUNDLED + str(file)[start:].replace("\\", "/"), file, head)
                for file, head in folders.shared(root, deep=True)
            ]
        return self._delivered

    def _list(self, folder: pathlib.Path, *, deep: bool) -> list[Candidate]:
        key = (str(folder), deep)
        if key not in self._listed:
            found = folders.shared(folder, deep=deep)
            self._listed[key] = [Candidate(str(file), file, head) for file, head in found]
        return self._listed[key]


def _distinct(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Leave out the files that two ways lead to."""
    found: dict[Traversable, Candidate] = {}
    for candidate in candidates:
        file = candidate.file
        found.setdefault(file.resolve() if isinstance(file, pathlib.Path) else file, candidate)
    return list(found.values())
