"""Finds the very documents that a report names, by their hash, and scores each of its visits again."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

from servaudit import sources
from servaudit.audit import Audit
from servaudit.diagnostics import Problem, msg
from servaudit.library import Found, Library, Reference
from servaudit.load import load
from servaudit.model.observation import Observation
from servaudit.model.scorecard import GIT
from servaudit.model.standard import Standard
from servaudit.rescore import Target
from servaudit.shelves import BUNDLED, Shelves
from servaudit.sources.git import GitError, Repository
from servaudit.sources.past import SHORT, Archive, hashes, named, with_hash
from servaudit.sources.text import sha256_of
from servaudit.verify.whole import Whole, Wholes, content_of, here

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servaudit.diagnostics import Message
    from servaudit.scoring.visit import Scored
    from servaudit.sources import Source
    from servaudit.sources.report import Made, Named

FEW = 10
"""Documents that are looked for in the history of their own files; for more, the whole history is hashed at once."""
HIGHEST = 8
"""Folders upward that the paths of a report may start at."""


class Again(NamedTuple):
    """A visit scored again; `scored` is empty where it could not be, and `why` says so."""

    observation: Named
    scored: tuple[Scored, ...] = ()
    why: tuple[Message, ...] = ()


class Finder:
    """Finds documents by their hash: where the report says, around it and here, in our library, in git."""

    def __init__(self, report: str, folders: Sequence[str]) -> None:
        self.near = list(dict.fromkeys(("", os.path.dirname(report))))  # noqa: PTH120 - what the user typed stays a text
        self.bases = list(dict.fromkeys(above for base in self.near for above in _upward(base)))
        self.shelves = Shelves(tuple(folders))
        self.archive = Archive()
        self._here: dict[str, str] | None = None
        self._asked = 0
        self._past: dict[Repository, dict[str, tuple[str, str]]] = {}

    def find(self, wanted: Named, *, beside: bool = False) -> Source | None:
        """Find a document (one that has evidence `beside` it); None where no file, here or in git, has this hash."""
        for name, content in self._contents(wanted):
            if content is not None and sha256_of(content) == wanted.sha256:
                # An observation of the past is read as if it were in its place, where its evidence may still be.
                return sources.parse(wanted.path if beside and named(name) else name, content)
        return None

    def _contents(self, wanted: Named) -> Iterator[tuple[str, bytes | None]]:
        path = (named(wanted.path) or ("", wanted.path))[1]
        places = [os.path.join(base, path) for base in self.bases]  # noqa: PTH118 - same
        for place in places:
            yield place, content_of(place)
        identity = wanted.name.partition("@")[0]
        for one in self.shelves.reach():
            if one.head.id == identity or one.name == path:
                yield one.name, one.file.read_bytes() if one.name.startswith(BUNDLED) else content_of(one.name)
        moved = self._elsewhere().get(wanted.sha256)
        if moved is not None:
            yield moved, content_of(moved)
        for base in self.near:
            repository = self.archive.repository(os.path.join(base, ""))  # noqa: PTH118 - same
            if repository is not None:
                yield from self._once(repository, wanted.sha256, places)

    def _once(self, repository: Repository, sha256: str, places: list[str]) -> Iterator[tuple[str, bytes | None]]:
        """Look in git: in the history of the files first, then in that of all, which is hashed once."""
        try:
            self._asked += 1
            if self._asked <= FEW and (found := with_hash(repository, sha256, places)) is not None:
                yield found.name, found.content
                return
            if repository not in self._past:
                self._past[repository] = hashes(repository)
            commit, path = self._past[repository].get(sha256, ("", ""))
            if commit:
                yield f"{GIT}{commit[:SHORT]}:{path}", repository.show(commit, path)
        except GitError:
            return

    def _elsewhere(self) -> dict[str, str]:
        """Hash the documents of the working directory, once, for what was moved or renamed."""
        if self._here is None:
            self._here = {}
            for path, content in here(self.near):
                self._here.setdefault(sha256_of(content), path)
        return self._here


def _upward(folder: str) -> Iterator[str]:
    """Yield a folder and those above it, as far as the git repository: paths of a report start at one of them."""
    for _ in range(HIGHEST):
        yield folder
        if os.path.exists(os.path.join(folder, ".git")):  # noqa: PTH110, PTH118 - same
            return
        folder = os.path.join(folder, "..")  # noqa: PTH118 - same


class Pinned(Library):
    """A library that knows the documents of a report, by their hash, and no others."""

    def __init__(self, finder: Finder, standards: Sequence[Named]) -> None:
        super().__init__()
        self.finder, self.standards = finder, standards
        self.wholes = Wholes(finder.bases, finder.near, finder.shelves, finder.archive)
        self.missing: list[Message] = []
        self._wholes: dict[Named, Found[Standard] | Message] = {}
        self._used: dict[str, Source] = {}

    def find(self, model: type[Any], wanted: Reference, source: Source, near: str | None = None) -> Found[Any]:
        """Find one of the report's documents; what cannot be found is noted in `missing`."""
        del near
        if (used := self._used.get(str(wanted))) is not None:
            loaded = load(used, model)
            return Found(loaded.value, used, loaded.diagnostics)
        for one in self.standards:
            identity, _, version = one.name.partition("@")
            if identity != wanted.id or not wanted.admits(version):
                continue
            if one not in self._wholes and (found := self.finder.find(one)) is not None:
                loaded = load(found, model)
                return Found(loaded.value, found, loaded.diagnostics)
            if model is not Standard:
                self.missing.append(_changed(one, ()))
            elif (together := self._together(one)) is not None:
                return together
            break
        problem = Problem("standard-not-found", wanted.place, msg("no standard “{id}” was found", id=wanted.id))
        return Found(None, None, (source.diagnostic(problem),))

    def _together(self, one: Named) -> Found[Standard] | None:
        """Find a standard with the very vocabularies it used, once; what is not found is noted, too."""
        if one not in self._wholes:
            whole, pins = self.wholes.find(one)
            self._wholes[one] = _changed(one, pins) if whole is None else self._joined(whole)
        found = self._wholes[one]
        if isinstance(found, Found):
            return found
        self.missing.append(found)
        return None

    def _joined(self, whole: Whole) -> Found[Standard]:
        own = load(whole.standard, Standard)
        if own.value is None:
            return Found(None, whole.standard, own.diagnostics)
        self._used = whole.used
        together = self.whole(own.value, whole.standard)
        self._used = {}
        return Found(together.value, together.source, (*own.diagnostics, *together.diagnostics))


def _changed(one: Named, pins: tuple[str, ...]) -> Message:
    """Say of a document that it is not there as it was; `pins` are the vocabularies that its namesakes use."""
    short = one.sha256[:12]
    if not pins:
        return msg("{name} was not found: no file here, and none in git, has SHA-256 {sha256}…",
                   name=one.name, sha256=short)  # fmt: skip
    return msg("{name} was not found as it was: with no {used}, here or in git, it has SHA-256 {sha256}…",
               name=one.name, used=", ".join(pins), sha256=short)  # fmt: skip


def again(made: Made, folders: Sequence[str]) -> tuple[list[Again], Audit]:
    """Score every observation of a report again, each from the very documents that the report names."""
    finder = Finder(made.path, folders)
    library = Pinned(finder, made.standards)
    audit = Audit(library)
    result = []
    for observation in made.observations:
        source = finder.find(observation, beside=True)
        if source is None:
            why = msg("{name} was not found: no file here, and none in git, has SHA-256 {sha256}…",
                      name=observation.path, sha256=observation.sha256[:12])  # fmt: skip
            result.append(Again(observation, why=(why,)))
            continue
        library.missing.clear()
        audit.target = _target(source, made.standards)
        audited = audit.visit(source)
        problems = [one.message for one in audited.diagnostics if one.severity == "error"]
        reasons = library.missing or ([] if audited.scored else problems)
        result.append(Again(observation, audited.scored, tuple({str(one): one for one in reasons}.values())))
    return result, audit


def _target(source: Source, standards: Sequence[Named]) -> Target | None:
    """Tell the versions that a visit was scored with, where those are not the ones it names."""
    made = load(source, Observation).value
    if made is None:
        return None
    names = {one.name for one in standards}
    versions = dict(one.name.split("@") for one in standards)

    def other(named: str) -> str | None:
        return None if named in names else versions.get(named.partition("@")[0])

    pins = tuple((one.partition("@")[0], version) for one in made.standards if (version := other(one)) is not None)
    version = other(made.of)
    return Target(version or made.of.partition("@")[2], pins) if version or pins else None
