"""What documents a folder holds, and what each says it is, from the first lines of the file."""

from __future__ import annotations

import json
import os
import re
import stat
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from servaudit.sources.met import Numbers, number_of
from servaudit.sources.text import LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

    Entry = Traversable | os.DirEntry[str]

EXTENSIONS = (".yaml", ".yml", ".json")
HEAD = 4096
DEPTH = 12
_LINE = rb"""^(?:\xef\xbb\xbf)?[ \t{]*["']?%b["']?[ \t]*:[ \t]*["']?([\w.@-]+)"""
_KIND, _ID, _VERSION = (re.compile(_LINE % word, re.MULTILINE) for word in (b"kind", b"id", b"version"))
SHARED = ("standard", "checklist", "vocabulary")
"""The kinds of documents that other documents name."""
_JSON_SHARED = re.compile(rb'"kind"\s*:\s*"(%b)"' % "|".join(SHARED).encode())


class Head(NamedTuple):
    """What a document says it is, YAML at its beginning, JSON wherever; None where it does not say it there."""

    kind: str | None
    id: str | None
    version: str | None


def _start(file: Entry, length: int) -> bytes:
    if not isinstance(file, os.PathLike):  # inside a zipped package
        with file.open("rb") as stream:
            return stream.read(length)
    # A folder may hold thousands of visits: a third of the time of a file object.
    descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    try:
        return os.read(descriptor, length)
    finally:
        os.close(descriptor)


def head(file: Entry) -> Head:
    """Read what a document is from its first 4 kB, of JSON from all of it: its keys may be in the order of letters.

    What no other document names, or cannot be read, says nothing.
    """
    try:
        start = _start(file, LIMIT if file.name.lower().endswith(".json") else HEAD)
    except OSError:
        return Head(None, None, None)
    return head_of(file.name, start)


def head_of(name: str, data: bytes) -> Head:
    """Read the same from a document's bytes; its name says whether it is JSON."""
    if name.lower().endswith(".json"):
        return _head_of_json(data)
    start = data[:HEAD]
    kind = _KIND.search(start)
    if kind is None or kind[1].decode() not in SHARED:
        return Head(None, None, None)
    found = (pattern.search(start) for pattern in (_KIND, _ID, _VERSION))
    return Head(*(match[1].decode() if match else None for match in found))


def _head_of_json(data: bytes) -> Head:
    said_so = _JSON_SHARED.search(data)
    if said_so is None:
        return Head(None, None, None)
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):  # its first lines may still say what it should have been
        return Head(said_so[1].decode(), None, None)
    said = document if isinstance(document, dict) else {}
    return Head(*(value if isinstance(value := said.get(word), str) else None for word in ("kind", "id", "version")))


def kind_of(text: str) -> str | None:
    """Give the kind that a text says in its first lines."""
    match = _KIND.search(text[:HEAD].encode())
    return match[1].decode() if match else None


def is_folder(path: str) -> bool:
    """Whether a path names a folder."""
    return os.path.isdir(path)  # noqa: PTH112 - "-" and what the user typed stay texts


def identity(path: str | os.PathLike[str] | int) -> int | None:
    """Tell which regular file a path leads to, whatever it is called and whatever links are followed; None: to none.

    A number of 64 bits, for `Numbers`: two files of one device never have the same.
    """
    try:
        status = os.stat(path)  # noqa: PTH116 - what the user typed stays a text
    except (OSError, ValueError):
        return None
    return number_of((status.st_dev, status.st_ino)) if stat.S_ISREG(status.st_mode) else None


class Once:
    """Tells files that were met before, under whatever name; what is no regular file is told by its name."""

    def __init__(self) -> None:
        self._files = Numbers()
        self._names: set[str] = set()

    def first(self, path: str) -> bool:
        """Whether a file is met for the first time."""
        number = identity(path)
        if number is not None:
            return self._files.add(number) is not None
        known = path in self._names
        self._names.add(path)
        return not known


def documents(folder: str, extensions: tuple[str, ...] = EXTENSIONS) -> Iterator[str]:
    """Yield the files under a folder that end in `extensions` (YAML and JSON), sorted.

    Not hidden files and folders, nor links to folders, nor what is no file: reading a pipe might never end.
    """
    found = []
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        paths = [os.path.join(parent, name) for name in names if _is_document(name, extensions)]  # noqa: PTH118 - "./" is kept
        found += [path for path in paths if not _is_special(path)]
    # In one text: while they are read, the names of ten thousand files would take a megabyte.
    listed = "\0".join(path.removeprefix(folder) for path in sorted(found))
    del found[:]
    return (folder + match[0] for match in re.finditer("[^\0]+", listed))


def shared(folder: Traversable, *, deep: bool, depth: int = DEPTH) -> Iterator[tuple[Traversable, Head]]:
    """Yield the files of a folder that say they are of a shared kind; `deep` looks into its folders too."""
    found: list[tuple[str, Head | None]] = []
    try:
        # A folder may hold thousands of visits: each is looked at when its turn comes, and is not kept.
        for entry in _entries(folder):
            if _is_document(entry.name):
                if _is_file(entry) and (start := head(entry)).kind in SHARED:
                    found.append((entry.name, start))
            elif deep and depth and not entry.name.startswith(".") and _is_folder(entry):
                found.append((entry.name, None))
    except OSError:
        return
    for name, said in sorted(found, key=itemgetter(0)):
        if said is None:
            yield from shared(folder / name, deep=True, depth=depth - 1)
        else:
            yield folder / name, said


def _entries(folder: Traversable) -> Iterator[Entry]:
    """Yield what a folder holds; of one on a disk without making a path of each."""
    if not isinstance(folder, os.PathLike):
        yield from folder.iterdir()
        return
    path: os.PathLike[str] = folder
    with os.scandir(path) as entries:
        yield from entries


def _is_file(entry: Entry) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a link in a circle
        return False


def _is_folder(entry: Entry) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # same
        return False


def _is_special(path: str) -> bool:
    """Whether something is there that is no regular file; a link that leads nowhere is for its reader to say."""
    try:
        return not stat.S_ISREG(os.stat(path).st_mode)  # noqa: PTH116 - three times as quick as a path object
    except OSError:
        return False


def _is_document(name: str, extensions: tuple[str, ...] = EXTENSIONS) -> bool:
    return name.lower().endswith(extensions) and not name.startswith((".", "~$"))  # and not what Excel has open
