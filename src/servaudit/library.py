"""Finds the standard that an observation names: beside it, in the folders given, in the library delivered with us."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from servaudit import resources, sources
from servaudit.diagnostics import Diagnostic, Problem, did_you_mean, msg
from servaudit.load import Loaded, load
from servaudit.model.standard import Standard
from servaudit.sources import folders

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from importlib.resources.abc import Traversable

    from servaudit.model.observation import Observation
    from servaudit.sources import Source

BUNDLED = "library:"
"""What the names of the delivered standards start with; where they are on a disk says nothing to a reader."""


class Candidate(NamedTuple):
    """A file that says it is a standard."""

    name: str
    file: Traversable
    head: folders.Head


class Found(NamedTuple):
    """The standard an observation names, and its source; None, with the reason, when there is none to use."""

    standard: Standard | None
    source: Source | None
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(slots=True)
class Library:
    """Standards in folders. Each folder is looked through once and each standard is loaded once.

    `folders`: where to look after the observation's own surroundings, before the delivered library.
    """

    folders: tuple[str, ...] = ()
    _listed: dict[tuple[str, bool], list[Candidate]] = field(default_factory=dict)
    _loaded: dict[str, Loaded[Standard]] = field(default_factory=dict)
    _near: dict[Path, list[Candidate]] = field(default_factory=dict)
    _given: list[Candidate] | None = None
    _told: set[str] = field(default_factory=set)
    _found: dict[tuple[str, str], Found] = field(default_factory=dict)

    def find(self, observation: Observation, source: Source) -> Found:
        """Find the exact version of the standard that an observation (read from `source`) names.

        The diagnostics of a standard itself are given with the first observation that names it.
        """
        key = (os.path.dirname(source.path), observation.standard)  # noqa: PTH120 - a path object takes ten times as long
        if (known := self._found.get(key)) is not None:
            return known
        found = self._find(observation, source)
        if found.standard is not None:
            self._found[key] = Found(found.standard, found.source)
        return found

    def _find(self, observation: Observation, source: Source) -> Found:
        seen: list[Candidate] = []
        for tier in self._tiers(source.path):
            seen += tier
            matches = [
                loaded
                for candidate in tier
                if candidate.head.id in (observation.standard_id, None)
                and candidate.head.version in (observation.standard_version, None)
                and _is(loaded := self._load(candidate), candidate.head, observation)
            ]
            if matches:
                return self._chosen(matches, observation, source)
        return Found(None, None, (source.diagnostic(_not_found(observation, seen)),))

    def ids(self, beside: str = ".") -> list[str]:
        """List the `id@version` of every standard in reach of a file, for completion."""
        return sorted({f"{one.head.id}@{one.head.version}" for tier in self._tiers(beside) for one in tier})

    def _tiers(self, observation: str) -> Iterator[list[Candidate]]:
        """Yield the candidates, nearest first; each file once, whatever ways lead to it."""
        here = Path() if observation == sources.STDIN else Path(observation).parent
        if here not in self._near:
            above = here.parent if here.name not in ("", "..") else here / ".."
            folders_near = [(here, False), (here / "standards", True), (above, False), (above / "standards", True)]
            self._near[here] = _distinct(one for folder, deep in folders_near for one in self._list(folder, deep=deep))
        yield self._near[here]
        if self._given is None:
            self._given = _distinct(one for folder in self.folders for one in self._list(Path(folder), deep=True))
        yield self._given
        yield self._bundled()

    def _list(self, folder: Path, *, deep: bool) -> list[Candidate]:
        key = (str(folder), deep)
        if key not in self._listed:
            found = folders.standards(folder, deep=deep)
            self._listed[key] = [Candidate(str(file), file, head) for file, head in found]
        return self._listed[key]

    def _bundled(self) -> list[Candidate]:
        key = (BUNDLED, True)
        if key not in self._listed:
            root = resources.standards()
            found = folders.standards(root, deep=True)
            start = len(str(root)) + 1
            self._listed[key] = [
                Candidate(BUNDLED + str(file)[start:].replace("\\", "/"), file, head) for file, head in found
            ]
        return self._listed[key]

    def _load(self, candidate: Candidate) -> Loaded[Standard]:
        if candidate.name not in self._loaded:
            bundled = candidate.name.startswith(BUNDLED)
            source = (
                sources.parse(candidate.name, candidate.file.read_bytes()) if bundled else sources.read(candidate.name)
            )
            self._loaded[candidate.name] = load(source, Standard)
        return self._loaded[candidate.name]

    def _chosen(self, matches: list[Loaded[Standard]], observation: Observation, source: Source) -> Found:
        first, *others = matches
        twin = next((other for other in others if other.source.sha256 != first.source.sha256), None)
        name = observation.standard
        if twin is not None:
            message = msg(
                "“{name}” is two different files: {one} and {other}",
                name=name,
                one=first.source.path,
                other=twin.source.path,
            )
            remedy = msg("give the one that was changed a new version, or take the other away")
            return Found(None, None, (source.diagnostic(Problem("standard-conflict", ("standard",), message, remedy)),))
        told = () if first.source.path in self._told else first.diagnostics
        self._told.add(first.source.path)
        if first.value is None:
            message = msg("“{name}” has errors of its own, in {path}", name=name, path=first.source.path)
            pointer = source.diagnostic(Problem("standard-invalid", ("standard",), message))
            return Found(None, first.source, (*told, pointer))
        return Found(first.value, first.source, told)


def _distinct(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Leave out the files that two ways lead to."""
    found: dict[Traversable, Candidate] = {}
    for candidate in candidates:
        file = candidate.file
        found.setdefault(file.resolve() if isinstance(file, Path) else file, candidate)
    return list(found.values())


def _is(loaded: Loaded[Standard], head: folders.Head, observation: Observation) -> bool:
    """Whether a document is the one an observation names; of one that cannot be read, its first lines decide."""
    data = loaded.source.data
    if not isinstance(data, dict):
        return head.version == observation.standard_version
    return bool(data.get("id") == observation.standard_id and data.get("version") == observation.standard_version)


def _not_found(observation: Observation, seen: list[Candidate]) -> Problem:
    wanted = observation.standard_id
    others = [candidate for candidate in seen if candidate.head.id == wanted]
    if others:
        versions = ", ".join(f"{candidate.head.version or '?'} ({candidate.name})" for candidate in others)
        return Problem(
            "version-mismatch",
            ("standard",),
            msg("“{id}” is not here in version {wanted}", id=wanted, wanted=observation.standard_version),
            msg("found: {versions}; a visit is scored with the version it was made with", versions=versions),
        )
    near = did_you_mean(wanted, {candidate.head.id for candidate in seen if candidate.head.id})
    remedy = near or msg("put it beside the observation, in a folder “standards” there, or name one: --standards DIR")
    return Problem("standard-not-found", ("standard",), msg("no standard “{id}” was found", id=wanted), remedy)
