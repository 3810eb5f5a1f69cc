"""Documents of the past: a version of a standard, or the very bytes a report was made from, found in git's history."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from servaudit.model.scorecard import GIT
from servaudit.sources.folders import EXTENSIONS, Head, head_of
from servaudit.sources.git import GitError, Repository
from servaudit.sources.text import LIMIT, sha256_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from servaudit.diagnostics import Message

SHORT = 10
"""Figures of a commit's id in such a name."""


class Past(NamedTuple):
    """A document as it stood in a commit, its path from the repository's root; `tagged`: a tag marks this version."""

    commit: str
    path: str
    content: bytes
    head: Head
    tagged: bool = False

    @property
    def name(self) -> str:
        """What messages and reports call it; without the prefix, `git show` takes it."""
        return f"{GIT}{self.commit[:SHORT]}:{self.path}"


def named(name: str) -> tuple[str, str] | None:
    """Read the commit and the path out of such a name; None for any other name."""
    commit, colon, path = name.removeprefix(GIT).partition(":")
    return (commit, path) if name.startswith(GIT) and colon and path else None


class Archive:
    """The histories of the repositories that files are in, each looked through once for each thing that is wanted."""

    def __init__(self) -> None:
        self.cut = False
        """Set once a history was looked through that is not whole: a shallow clone's."""
        self.refused: Message | None = None
        """Why a repository that is there could not be asked: git is missing, or refuses another owner's folder."""
        self._repositories: dict[str, Repository | None] = {}
        self._versions: dict[tuple[str, str, str, str], list[Past]] = {}

    def versions(
        self, near: str, kind: str, reference: tuple[str, str], admits: Callable[[object], bool], known: Iterable[str]
    ) -> list[Past]:
        """Find the versions of a document around a file, as `versions` does; none where git cannot say.

        `reference` is the id and what versions are meant, which `admits` decides.
        """
        repository = self.repository(near)
        if repository is None:
            return []
        key = (repository.root, kind, *reference)
        if key not in self._versions:
            try:
                self._versions[key] = versions(repository, kind, reference[0], admits, known)
                self.cut = self.cut or (not self._versions[key] and repository.shallow())
            except GitError as error:
                self._versions[key] = []
                self.refused = error.message
        return self._versions[key]

    def repository(self, near: str) -> Repository | None:
        """Find the repository that a file is in; None where there is none, or no git."""
        folder = os.path.dirname(near) or "."  # noqa: PTH120 - a path object takes ten times as long
        if folder not in self._repositories:
            try:
                self._repositories[folder] = Repository.around(os.path.join(folder, ""))  # noqa: PTH118 - same
            except GitError as error:
                self._repositories[folder] = None
                if _within_one(folder):
                    self.refused = error.message
        return self._repositories[folder]


def _within_one(folder: str) -> bool:
    """Tell whether a folder looks like part of a repository, when git does not say."""
    here = Path(os.path.realpath(folder))
    return any((place / ".git").exists() for place in (here, *here.parents))


def versions(
    repository: Repository, kind: str, identity: str, admits: Callable[[object], bool], known: Iterable[str]
) -> list[Past]:
    """Find the versions of a document in a repository's history: each content once, latest first.

    `known` are files in the working tree that held another version: their own history is looked through first, then
    that of every file. One that a tag of its version marks comes before those that none does. Raises GitError.
    """

    def wanted(past: Past) -> bool:
        return past.head.kind == kind and past.head.id == identity and admits(past.head.version)

    paths = [path for name in known if (path := _inside(repository, name))]
    found = [past for past in _contents(repository, _of_files(repository, paths)) if wanted(past)]
    if not found:
        found = [past for past in _contents(repository, _of_all(repository)) if wanted(past)]
    return _tagged_first(repository, found)


def with_hash(repository: Repository, sha256: str, known: Iterable[str]) -> Past | None:
    """Find the document whose text has this hash (that of `Source.sha256`) in the history of some files.

    Raises GitError.
    """
    paths = [path for name in known if (path := _inside(repository, name))]
    found = _contents(repository, _of_files(repository, paths))
    return next((past for past in found if sha256_of(past.content) == sha256), None)


def hashes(repository: Repository) -> dict[str, tuple[str, str]]:
    """Give the commit and the path of every document that any branch or tag has had, by its hash. Raises GitError."""
    return {sha256_of(past.content): (past.commit, past.path) for past in _contents(repository, _of_all(repository))}


def _inside(repository: Repository, name: str) -> str | None:
    try:
        return repository.inside(name)
    except GitError:
        return None


def _of_files(repository: Repository, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the commits that changed some files, and the files' names in them, latest first."""
    for path in dict.fromkeys(paths):
        for commit in repository.history(path):
            yield commit.id, commit.path


def _of_all(repository: Repository) -> Iterator[tuple[str, str]]:
    """Yield every document that any branch or tag has had, each content at each path once, latest first."""
    met = set()
    for change in repository.changes():
        if change.path.lower().endswith(EXTENSIONS) and (change.blob, change.path) not in met:
            met.add((change.blob, change.path))
            yield change.commit, change.path


def _contents(repository: Repository, places: Iterable[tuple[str, str]]) -> Iterator[Past]:
    listed = list(places)
    met = set()
    for (commit, path), content in zip(listed, repository.contents(listed, LIMIT, skip=True), strict=False):
        if content is None or (digest := hashlib.sha256(content).digest()) in met:
            continue
        met.add(digest)
        yield Past(commit, path, content, head_of(path, content))


def _tagged_first(repository: Repository, found: list[Past]) -> list[Past]:
    """Put first what a tag of its version marks: one called `1.2.0`, `v1.2.0`, `branch-1.2.0` or `branch@1.2.0`."""
    if len(found) < 2:  # noqa: PLR2004 - nothing to choose between
        return found
    asked = [
        (tag.commit, past.path, number)
        for tag in repository.tags()
        for number, past in enumerate(found)
        if re.search(rf"(?<![\d.]){re.escape(past.head.version or '?')}$", tag.name)
    ]
    contents = repository.contents([(commit, path) for commit, path, _ in asked], LIMIT, skip=True)
    marked = {
        number for (_, _, number), content in zip(asked, contents, strict=False) if content == found[number].content
    }
    tagged = [past._replace(tagged=number in marked) for number, past in enumerate(found)]
    return sorted(tagged, key=lambda past: not past.tagged)
