"""What git knows of a file, asked of its command line: its bytes in a revision, its history, the tags.

    repository = Repository.around("standards/branch.yaml")   # the one the file's folder is in
    path = repository.inside("standards/branch.yaml")         # "standards/branch.yaml", from its root, with "/"
    repository.commit("HEAD~3")                               # the full id of the commit
    repository.show("HEAD~3", path)                           # the bytes, None when it was not there
    repository.history(path)                                  # commits that changed it, newest first, through renames
    repository.contents((each.id, each.path) for each in …)   # many files, by one process, one at a time
    repository.files("HEAD~3")                                # the paths of all its files
    repository.changes()                                      # every file that any commit changed, newest first
    repository.tags()                                         # every tag with its commit

Everything raises `GitError`, whose message is for people. Nothing here uses the network, runs a hook, a filter or a
pager, changes anything, or waits for longer than `git_command.PATIENCE`.
"""

from __future__ import annotations

import os
import re
from typing import IO, TYPE_CHECKING, NamedTuple, Self

from servaudit.diagnostics import msg
from servaudit.sources.git_command import GitError, RefusedError, run, started
from servaudit.sources.text import LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["COMMITS", "Change", "Commit", "GitError", "Named", "Repository", "Tag", "named", "read"]

COMMITS = 5000
"""Commits of one file's history that are looked at."""

_REVISION = re.compile(r"(?!-)[^\0-\x1f\x7f:]*")
_RAW = 5
_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


class Commit(NamedTuple):
    """A commit that changed a file: its full id, when it was made (ISO 8601), and the file's path in it."""

    id: str
    date: str
    path: str


class Change(NamedTuple):
    """A file that a commit added or changed: the full ids of the commit and of the content, and its path."""

    commit: str
    blob: str
    path: str


class Tag(NamedTuple):
    """A tag and the commit it marks."""

    name: str
    commit: str


class Named(NamedTuple):
    """A file in a revision, as `REV:path` names it; an empty revision is the index, as git has it."""

    revision: str
    path: str


def named(name: str) -> Named | None:
    """Read `REV:path`; None for what can only be a file: there is one of that name, or no colon, or a drive letter."""
    revision, colon, path = name.partition(":")
    if not colon or not path or os.path.lexists(name) or (os.name == "nt" and len(revision) == 1):
        return None
    return Named(revision, path)


def read(name: Named, folder: str = ".") -> bytes:
    """Read `REV:path` as git does: the path is from the repository's root, `./path` from `folder`."""
    repository = Repository.around(os.path.join(folder, "."))  # noqa: PTH118 - a folder, as the user sees it
    path = name.path
    if path.startswith(("./", "../")):
        path = repository.inside(os.path.join(folder, path))  # noqa: PTH118 - same
    if name.revision:
        repository.commit(name.revision)
    content = repository.show(name.revision, path)
    if content is None:
        raise GitError(
            msg("there is no file “{path}” in {revision}", path=path, revision=name.revision or msg("the index"))
        )
    return content


class Repository(NamedTuple):
    """A repository with a working tree, by the folder of its root."""

    root: str

    @classmethod
    def around(cls, path: str) -> Self:
        """Find the repository that a file or folder is in. Raises GitError: there is none, or no git."""
        folder = path if os.path.isdir(path) else os.path.dirname(path) or "."  # noqa: PTH112, PTH120 - user's text
        root = _line(run(folder, "rev-parse", "--show-toplevel"))
        if not root:
            raise GitError(msg("{folder} is not in a git working tree", folder=folder))
        return cls(root)

    def inside(self, path: str) -> str:
        """Give a file's path from the root, with “/”; links to folders are followed, the file itself may be gone."""
        folder, name = os.path.split(path)
        real = os.path.relpath(os.path.join(os.path.realpath(folder or "."), name), os.path.realpath(self.root))  # noqa: PTH118 - same
        if real == os.pardir or real.startswith(os.pardir + os.sep) or os.path.isabs(real):  # noqa: PTH117 - same
            raise GitError(msg("{path} is outside the repository {root}", path=path, root=self.root))
        return real.replace(os.sep, "/")

    def commit(self, revision: str) -> str:
        """Give the full id of the commit that a revision names. Raises GitError when it names none."""
        if not revision or not _REVISION.fullmatch(revision):
            raise GitError(msg("“{revision}” is not the name of a revision", revision=revision))
        try:
            commit = f"{revision}^{{commit}}"
            found = _line(run(self.root, "rev-parse", "--verify", "--quiet", "--end-of-options", commit))
        except RefusedError:
            found = ""
        if not _ID.fullmatch(found):
            raise GitError(msg("git knows no revision “{revision}” here", revision=revision))
        return found

    def begun(self) -> bool:
        """Whether anything was committed yet: before that, there is no HEAD."""
        try:
            return bool(_line(run(self.root, "rev-parse", "--verify", "--quiet", "HEAD")))
        except RefusedError:
            return False

    def show(self, revision: str, path: str, limit: int = LIMIT) -> bytes | None:
        """Give a file's bytes in a revision, through links inside the repository; None when it is not there."""
        return next(self.contents([(revision, path)], limit))

    def contents(
        self, names: Iterable[tuple[str, str]], limit: int = LIMIT, *, skip: bool = False
    ) -> Iterator[bytes | None]:
        """Give the bytes of many files, each `(revision, path)`, as `show` does; stop whenever enough was seen.

        `skip`: one that is larger than `limit` bytes is None, instead of an error.
        """
        with started(self.root, "cat-file", "--batch", "--follow-symlinks") as (ask, answer):
            for revision, path in names:
                if not _REVISION.fullmatch(revision):
                    raise GitError(msg("“{revision}” is not the name of a revision", revision=revision))
                if "\n" in path or "\r" in path:
                    yield None
                    continue
                ask.write(f"{revision}:{path}\n".encode("utf-8", "surrogateescape"))
                ask.flush()
                yield _blob(answer, f"{revision}:{path}", limit, skip=skip)

    def files(self, revision: str) -> list[str]:
        """List every file of a revision, by its path from the root."""
        said = run(self.root, "ls-tree", "-r", "-z", "--full-tree", "--name-only", self.commit(revision))
        return [name for name in said.decode("utf-8", "surrogateescape").split("\0") if name]

    def history(self, path: str, revision: str = "HEAD") -> list[Commit]:
        """List the commits that changed a file, newest first, under whatever name it had; none before the first."""
        commit = self.commit(revision)
        said = run(
            self.root, "log", f"--max-count={COMMITS}", "--follow", "--no-ext-diff", "--no-textconv", "--no-color",
            "-M", "--name-only", "-z", "--format=%x01%H %cI", commit, "--", path,
        )  # fmt: skip
        found = []
        for entry in said.decode("utf-8", "surrogateescape").split("\x01")[1:]:
            head, _, names = entry.partition("\0")
            identity, _, date = head.partition(" ")
            name = names.strip("\n\0").split("\0")[-1]
            if name:
                found.append(Commit(identity, date.strip(), name))
        return found

    def changes(self) -> list[Change]:
        """List what the latest commits of every branch and tag added or changed, latest first; merges apart.

        A file that was renamed is there under both names.
        """
        said = run(
            self.root, "log", "--all", f"--max-count={COMMITS}", "--no-ext-diff", "--no-textconv", "--no-color",
            "--no-renames", "--root", "--raw", "--no-abbrev", "--diff-filter=AM", "-z", "--format=%x01%H",
        )  # fmt: skip
        found = []
        for entry in said.decode("utf-8", "surrogateescape").split("\x01")[1:]:
            commit, _, changed = entry.partition("\0")
            words = changed.lstrip("\n").split("\0")
            for head, path in zip(words[::2], words[1::2], strict=False):
                said_of = head.split(" ")  # its modes and contents, before and after, and what was done
                if len(said_of) == _RAW and _ID.fullmatch(commit):
                    found.append(Change(commit, said_of[3], path))
        return found

    def shallow(self) -> bool:
        """Whether the history was cut when the repository was cloned."""
        return _line(run(self.root, "rev-parse", "--is-shallow-repository")) == "true"

    def tags(self) -> list[Tag]:
        """List the tags that mark commits, by name."""
        form = "--format=%(refname:strip=2)%00%(objecttype)%00%(objectname)%00%(*objecttype)%00%(*objectname)"
        found = []
        for line in run(self.root, "for-each-ref", form, "refs/tags").decode("utf-8", "surrogateescape").splitlines():
            name, kind, identity, marked_kind, marked = line.split("\0")
            if "commit" in (kind, marked_kind):
                found.append(Tag(name, identity if kind == "commit" else marked))
        return found


def _line(said: bytes) -> str:
    return said.decode("utf-8", "surrogateescape").rstrip("\n")


def _blob(answer: IO[bytes], name: str, limit: int, *, skip: bool) -> bytes | None:
    """Read one answer of `cat-file --batch`: a line that says what follows, then as many bytes."""
    head = answer.readline()
    if not head.endswith(b"\n"):
        raise GitError(msg("git stopped before it had answered"))
    *words, last = head.rstrip(b"\n").rsplit(b" ", 2)
    if not last.isdigit():  # missing, ambiguous, submodule
        return None
    size, wanted = int(last), words[1:] == [b"blob"]
    if wanted and size > limit and not skip:
        raise GitError(msg("{name} is larger than {limit} MiB", name=name, limit=limit // (1024 * 1024)))
    while size > limit and (part := answer.read(limit)):
        wanted, size = False, size - len(part)
    content = answer.read(size + 1)
    if len(content) <= size:
        raise GitError(msg("git stopped before it had answered"))
    return content[:-1] if wanted else None  # not a folder, nor a link that leads out of the repository or in a circle
