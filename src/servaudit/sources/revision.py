"""Documents as they are now, or were in a revision: a file, or `REV:path` as git names it."""

from __future__ import annotations

import os
from pathlib import Path

from servaudit import sources
from servaudit.diagnostics import Diagnostic, msg
from servaudit.sources import git, past
from servaudit.sources.folders import EXTENSIONS, Head, head, head_of
from servaudit.sources.source import Source


def read(name: str) -> Source:
    """Read a file, or `REV:path`; what git cannot give is a diagnostic, as what a disk cannot."""
    wanted = git.named(name)
    if wanted is None:
        return sources.read(name)
    try:
        content = git.read(wanted)
    except git.GitError as error:
        return _refused(Diagnostic("revision", name, error.message))
    return sources.parse(name, content)


def at(path: str, revision: str) -> Source | None:
    """Read a file as it was in a revision, under the name it had there; None when it was not there.

    What git cannot give is a diagnostic of the source.
    """
    try:
        repository = git.Repository.around(path)
        if revision == "HEAD" and not repository.begun():
            return None
        inside = repository.inside(path)
        commit = repository.commit(revision)
        content = repository.show(commit, inside)
        if content is None:
            was = _before(repository, inside, commit) or _namesake(repository, path, commit)
            inside, content = (was, repository.show(commit, was)) if was else (inside, None)
    except git.GitError as error:
        return _refused(Diagnostic("revision", f"{revision}:{os.path.basename(path)}", error.message))  # noqa: PTH119 - what the user typed stays a text
    return None if content is None else sources.parse(f"{revision}:{inside}", content)


def _before(repository: git.Repository, path: str, commit: str) -> str | None:
    """Find the name a file had in a commit, before it was renamed; None where that cannot be told."""
    names = dict.fromkeys(each.path for each in repository.history(path) if each.path != path)
    return next((name for name in names if repository.show(commit, name) is not None), None)


def _namesake(repository: git.Repository, path: str, commit: str) -> str | None:
    """Find a file of a commit that is gone now and was of this kind and id: git has not seen it renamed."""
    this = head(Path(path))
    if this.kind is None or this.id is None:
        return None
    listed = (name for name in repository.files(commit) if name.lower().endswith(EXTENSIONS))
    gone = [name for name in listed if not os.path.lexists(os.path.join(repository.root, name))]  # noqa: PTH118 - what git says stays a text
    contents = repository.contents(((commit, name) for name in gone), skip=True)
    for name, content in zip(gone, contents, strict=False):
        if content is not None and head_of(name, content)[:2] == this[:2]:
            return name
    return None


def home(name: str) -> str | None:
    """Give the path that a file of the past, `REV:path`, has in the working tree around us; None for any other name."""
    wanted = past.named(name) or git.named(name)
    if wanted is None:
        return None
    try:
        root = "" if wanted[1].startswith(("./", "../")) else git.Repository.around(".").root
        return os.path.join(root, wanted[1])  # noqa: PTH118 - what the user typed stays a text
    except git.GitError:
        return None


def companion(name: str, near: str, wanted: Head) -> Source | None:
    """Find what stood in the revision of a file of the past, `REV:path`, and says it is `wanted`; None where none did.

    `near` is a file in the same repository.
    """
    then = past.named(name) or git.named(name)
    if then is None:
        return None
    revision, path = then
    folder = os.path.dirname(path)  # noqa: PTH120 - what git says stays a text
    try:
        repository = git.Repository.around(near)
        commit = repository.commit(revision)
        listed = [one for one in repository.files(commit) if one.lower().endswith(EXTENSIONS)]
        # What is in the same folder, or called so, comes first: there may be thousands of visits.
        listed.sort(key=lambda one: os.path.dirname(one) != folder and str(wanted.id) not in one)  # noqa: PTH120 - same
        contents = repository.contents(((commit, one) for one in listed), skip=True)
        for one, content in zip(listed, contents, strict=False):
            if content is not None and head_of(one, content) == wanted:
                return sources.parse(name.removesuffix(path) + one, content)
    except git.GitError:
        return None
    return None


def against(path: str, revision: str) -> Source:
    """Read a file as it was in a revision; that it was not there is a diagnostic."""
    found = at(path, revision)
    if found is not None:
        return found
    message = msg("there is no file “{path}” in {revision}", path=path, revision=revision)
    return _refused(Diagnostic("revision", f"{revision}:{path}", message))


def _refused(diagnostic: Diagnostic) -> Source:
    return Source(diagnostic.file, "", None, "", "yaml", (diagnostic,))
