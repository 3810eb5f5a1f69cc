"""Finds the standard, checklist or vocabulary that a document names: beside it, in folders given, in ours, in git."""

from __future__ import annotations

import os
import pathlib
import re
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Self, TypeVar, get_args

from servaudit import sources
from servaudit.diagnostics import Diagnostic, Path, Problem, msg
from servaudit.load import Loaded, load, load_any, model_of
from servaudit.model.standard import Standard
from servaudit.shelves import BUNDLED, Shelves
from servaudit.sources import folders

if TYPE_CHECKING:
    from servaudit.model.base import Document
    from servaudit.model.checklist import Checklist
    from servaudit.model.vocabulary import Vocabulary
    from servaudit.shelves import Candidate
    from servaudit.sources import Source
    from servaudit.sources.past import Archive

_VERSION = re.compile(r"\d{1,9}\.\d{1,9}\.\d{1,9}")
T = TypeVar("T", Standard, "Checklist", "Vocabulary")


class Reference(NamedTuple):
    """What a document names: an id and a version, or a range of versions, written at `place` in it."""

    id: str
    versions: str
    place: Path

    @classmethod
    def of(cls, written: str, place: Path) -> Self:
        """Read `id@version`; the models have checked its shape."""
        name, _, version = written.partition("@")
        return cls(name, version, place)

    def __str__(self) -> str:
        return f"{self.id}@{self.versions}"

    def admits(self, version: object) -> bool:
        """Whether a version, as a file says it, is one that is meant."""
        if version == self.versions:
            return True
        if not isinstance(version, str) or not _VERSION.fullmatch(version):
            return False
        from servaudit.model.versions import within  # noqa: PLC0415 - what visits name is most often there as it is named

        return within(version, self.versions)

    def invalid(self, path: str) -> Problem:
        """Say, where it is named, that the file found for it has errors of its own: they are told at their places."""
        message = msg("“{name}” has errors of its own, in {path}", name=str(self), path=path)
        return Problem("standard-invalid", self.place, message)


class Found(NamedTuple, Generic[T]):
    """The document that was named, and its source; None, with the reason, when there is none to use."""

    document: T | None
    source: Source | None
    diagnostics: tuple[Diagnostic, ...] = ()


class Library:
    """Standards and checklists in folders. Each folder is looked through once and each document is loaded once.

    `folders`: where to look after the surroundings of the file that names one, before the delivered library.
    """

    def __init__(self, folders: tuple[str, ...] = ()) -> None:
        self.folders = folders
        self.shelves = Shelves(folders)
        self._loaded: dict[str, Loaded[Any]] = {}
        self._told: set[str] = set()
        self.checked: set[str] = set()
        """The vocabularies whose meaning was found fault with; as all faults, these are told once."""
        self._found: dict[tuple[object, ...], Found[Any]] = {}
        self._completed: dict[str, Loaded[Standard]] = {}
        self._archive: Archive | None = None
        self._homes: dict[str, str] = {}

    def find(self, model: type[T], wanted: Reference, source: Source, near: str | None = None) -> Found[T]:
        """Find the document that a file (read from `source`) names; of a range, the highest version that is nearest.

        It is looked for around the file `near`, the source's own when left out. The diagnostics of a document itself
        are given with the first file that names it.
        """
        near = self._home(near or source.path)
        folder = os.path.dirname(near)  # noqa: PTH120 - a path object takes ten times as long
        key = (folder, model, wanted)
        if (known := self._found.get(key)) is not None:
            return known
        found: Found[Any] = self._find(model, wanted, source, near)
        if isinstance(found.document, Standard) and found.document.use and found.source is not None:
            found = self._with_used(found.document, found.source, found.diagnostics)
            if found.document is None and found.source is not None:
                invalid = source.diagnostic(wanted.invalid(found.source.path))
                found = Found(None, found.source, (*found.diagnostics, invalid))
        if found.document is not None:
            self._found[key] = Found(found.document, found.source)
        return found

    def _with_used(self, standard: Standard, own: Source, told: tuple[Diagnostic, ...]) -> Found[Standard]:
        """Read a standard that was found with what it uses, once; what is wrong with that is told that one time."""
        if own.path not in self._completed:
            self._completed[own.path] = self.whole(standard, own)
            told += self._completed[own.path].diagnostics
        whole = self._completed[own.path]
        return Found(whole.value, whole.source, told)

    def open(self, source: Source, near: str | None = None) -> Loaded[Document]:
        """Load a file as what it says it is: a standard with what the vocabularies that it uses declare.

        They are looked for around the file `near`, the source's own when left out.
        """
        loaded = load_any(source)
        if not isinstance(loaded.value, Standard) or not loaded.value.use:
            return loaded
        whole = self.whole(loaded.value, source, near)
        return Loaded(whole.value, whole.source, (*loaded.diagnostics, *whole.diagnostics))

    def whole(self, standard: Standard, source: Source, near: str | None = None) -> Loaded[Standard]:
        """Read a standard with the vocabularies that it uses, if any; the diagnostics are those of this alone."""
        if not standard.use:
            return Loaded(standard, source)
        from servaudit.vocabularies import together  # noqa: PLC0415 - most standards use none

        return together(standard, source, self, self._home(near or source.path))

    def _home(self, name: str) -> str:
        """Give the place that a file of the past had, or would have now: what it names is looked for around it."""
        if ":" not in name or name.startswith(BUNDLED):
            return name
        if name not in self._homes:
            from servaudit.sources.revision import home  # noqa: PLC0415 - git is asked only when nothing else is left

            self._homes[name] = home(name) or name
        return self._homes[name]

    def _find(self, model: type[T], wanted: Reference, source: Source, file: str) -> Found[T]:
        seen: list[Candidate] = []
        # What is delivered uses what is delivered, whatever somebody's own files are called.
        closed = file.startswith(BUNDLED) and _kind(model) == "vocabulary"
        for tier in () if closed else self.shelves.own(file):
            if (found := self._among(tier, model, wanted, source, seen)) is not None:
                return found
        # Where files of ours have that id, another version of it was one of ours, too, before it is the one delivered.
        ours = any(one.head.id == wanted.id for one in seen)
        if ours and (found := self._in_git(model, wanted, source, file, seen)) is not None:
            return found
        if (found := self._among(self.shelves.delivered(), model, wanted, source, seen)) is not None:
            return found
        if not ours and not closed and (found := self._in_git(model, wanted, source, file, seen)) is not None:
            return found
        from servaudit.absent import not_found  # noqa: PLC0415 - what is named is most often there

        problem = not_found(_kind(model), wanted, seen, self._archive, self.shelves.reach(file))
        return Found(None, None, (source.diagnostic(problem),))

    def _among(
        self, tier: list[Candidate], model: type[T], wanted: Reference, source: Source, seen: list[Candidate]
    ) -> Found[T] | None:
        """Find the document among files; those of its kind are added to `seen`."""
        kind = _kind(model)
        near = [candidate for candidate in tier if candidate.head.kind == kind]
        seen += near
        matches = [
            loaded
            for candidate in near
            if candidate.head.id in (wanted.id, None)
            and (candidate.head.version is None or wanted.admits(candidate.head.version))
            and _is(loaded := self._load(model, candidate), candidate.head, wanted)
        ]
        return self._chosen(matches, wanted, source) if matches else None

    def _in_git(
        self, model: type[T], wanted: Reference, source: Source, file: str, seen: list[Candidate]
    ) -> Found[T] | None:
        """Find the document as it once was, in the repositories around a file and the folders given."""
        for place in (file, *(os.path.join(folder, "") for folder in self.folders)):  # noqa: PTH118 - as above
            if (found := self._past(model, wanted, source, place, seen)) is not None:
                return found
        return None

    def _past(
        self, model: type[T], wanted: Reference, source: Source, place: str, seen: list[Candidate]
    ) -> Found[T] | None:
        """Find the document as it once was, in the git repository around a file; None where it never was."""
        from servaudit.sources.past import Archive  # noqa: PLC0415 - git is asked only when nothing else is left

        archive = self._archive = self._archive or Archive()
        known = [one.name for one in seen if one.head.id == wanted.id and isinstance(one.file, pathlib.Path)]
        meant = (wanted.id, wanted.versions)
        met = archive.versions(place, _kind(model), meant, wanted.admits, known)
        if not met:
            return None
        highest = max((one.head.version for one in met), key=_rank)
        first, *others = (one for one in met if one.head.version == highest)
        if first.name not in self._loaded:
            self._loaded[first.name] = load(sources.parse(first.name, first.content), model)
            root = archive.repository(place)
            self._homes[first.name] = os.path.join(root.root if root else "", first.path)  # noqa: PTH118 - as above
        chosen: Found[T] = self._chosen([self._loaded[first.name]], wanted, source)
        if not others or first.tagged:
            return chosen
        message = msg("“{name}” stands in git with {count} different contents; the latest is taken: {path}",
                      name=f"{wanted.id}@{highest}", count=len(others) + 1, path=first.name)  # fmt: skip
        remedy = msg("mark the one that was in use with a tag: {command}",
                     command=f"git tag {wanted.id}@{highest} COMMIT")  # fmt: skip
        warning = source.diagnostic(Problem("version-rewritten", wanted.place, message, remedy))
        return Found(chosen.document, chosen.source, (*chosen.diagnostics, warning))

    def called(self, name: str, beside: str = ".") -> list[Source]:
        """Find what `id` or `id@version` names: the nearest, of an id alone its highest version there; else in git.

        Several files where the nearest differ; none where there is no such document.
        """
        identity, _, version = name.partition("@")
        ours: list[str] = []
        for tier in self.shelves.own(beside):
            ours += (one.name for one in tier if one.head.id == identity)
            if found := self._called(tier, identity, version):
                return found
        past = self._once_called(identity, version, beside, ours) if version and ours else []
        found = past or self._called(self.shelves.delivered(), identity, version)
        return found or (self._once_called(identity, version, beside, ours) if version else [])

    def _called(self, tier: list[Candidate], identity: str, version: str) -> list[Source]:
        met = [one for one in tier if one.head.id == identity and version in ("", one.head.version)]
        highest = max((_rank(one.head.version) for one in met), default=())
        found = [self.load(one).source for one in met if _rank(one.head.version) == highest]
        return list({source.sha256: source for source in found}.values())

    def _once_called(self, identity: str, version: str, beside: str, known: list[str]) -> list[Source]:
        from servaudit.sources.past import Archive  # noqa: PLC0415 - as below

        archive = self._archive = self._archive or Archive()
        for kind in folders.SHARED:
            met = archive.versions(beside, kind, (identity, version), lambda said: said == version, known)
            if met:
                return [sources.parse(met[0].name, met[0].content)]
        return []

    def load(self, candidate: Candidate) -> Loaded[Any]:
        """Load one of those in reach."""
        model: Any = model_of(candidate.head.kind or "")
        loaded: Loaded[Any] = self._load(model, candidate)
        return loaded

    def _load(self, model: type[T], candidate: Candidate) -> Loaded[T]:
        if candidate.name not in self._loaded:
            bundled = candidate.name.startswith(BUNDLED)
            source = (
                sources.parse(candidate.name, candidate.file.read_bytes()) if bundled else sources.read(candidate.name)
            )
            self._loaded[candidate.name] = load(source, model)
        return self._loaded[candidate.name]

    def _chosen(self, matches: list[Loaded[T]], wanted: Reference, source: Source) -> Found[T]:
        versions = {_version(loaded) for loaded in matches}
        highest = max(versions, key=_rank) if len(versions) > 1 else versions.pop()
        first, *others = (loaded for loaded in matches if _version(loaded) == highest)
        twin = next((other for other in others if other.source.sha256 != first.source.sha256), None)
        if twin is not None:
            message = msg(
                "“{name}” is two different files: {one} and {other}",
                name=str(wanted),
                one=first.source.path,
                other=twin.source.path,
            )
            remedy = msg("give the one that was changed a new version, or take the other away")
            return Found(None, None, (source.diagnostic(Problem("standard-conflict", wanted.place, message, remedy)),))
        told: tuple[Diagnostic, ...] = () if first.source.path in self._told else first.diagnostics
        self._told.add(first.source.path)
        if first.value is None:
            return Found(None, first.source, (*told, source.diagnostic(wanted.invalid(first.source.path))))
        return Found(first.value, first.source, told)


def _kind(model: type[Standard | Checklist | Vocabulary]) -> str:
    (kind,) = get_args(model.model_fields["kind"].annotation)
    return str(kind)


def _said(loaded: Loaded[Any], key: str) -> object:
    data = loaded.source.data
    return data.get(key) if isinstance(data, dict) else None


def _version(loaded: Loaded[Any]) -> object:
    return _said(loaded, "version")


def _rank(version: object) -> tuple[int, ...]:
    from servaudit.model.versions import SemVer  # noqa: PLC0415 - same

    return SemVer.of(version) if isinstance(version, str) and _VERSION.fullmatch(version) else ()


def _is(loaded: Loaded[Any], head: folders.Head, wanted: Reference) -> bool:
    """Whether a document is the one that is named; of one that cannot be read, its first lines decide."""
    if not isinstance(loaded.source.data, dict):
        return wanted.admits(head.version)
    return _said(loaded, "id") == wanted.id and wanted.admits(_version(loaded))
