"""Finds a standard together with the vocabularies it uses by the one hash that a report has of them all."""

from __future__ import annotations

import hashlib
import itertools
import os
from typing import TYPE_CHECKING, NamedTuple

from servaudit import sources
from servaudit.library import Reference
from servaudit.shelves import BUNDLED
from servaudit.sources.folders import head_of
from servaudit.sources.past import named
from servaudit.sources.text import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servaudit.shelves import Shelves
    from servaudit.sources import Source
    from servaudit.sources.past import Archive
    from servaudit.sources.report import Named

SEARCHED = 20_000
"""Files of the working directory that are looked at for a document that is not where the report says."""
TRIED = 10_000
"""Ways to put contents of the vocabularies together that are tried: each may stand in git with several."""


class Whole(NamedTuple):
    """A standard and what it uses, by `id@version`: the very texts a report was made from."""

    standard: Source
    used: dict[str, Source]


class Wholes:
    """Looks for standards with their vocabularies: where a report says, in reach, in the folder, in git."""

    def __init__(self, bases: Sequence[str], near: Sequence[str], shelves: Shelves, archive: Archive) -> None:
        self.bases, self.near, self.shelves, self.archive = bases, near, shelves, archive
        self._here: dict[tuple[str | None, ...], list[str]] | None = None

    def find(self, wanted: Named) -> tuple[Whole | None, tuple[str, ...]]:
        """Find the texts with the report's hash; else None, with what the standards met of that name use."""
        met: dict[str, None] = {}
        for standard in self._texts("standard", wanted.name, wanted.path):
            pins = _pins(standard)
            met |= dict.fromkeys(pins)
            if pins and (whole := self._whole(standard, pins, wanted.sha256)) is not None:
                return whole, pins
        return None, tuple(met)

    def _whole(self, standard: Source, pins: tuple[str, ...], sha256: str) -> Whole | None:
        own = hashlib.sha256(standard.content())
        choices = [list(self._texts("vocabulary", pin)) for pin in pins]
        for chosen in itertools.islice(itertools.product(*choices), TRIED):
            digest = own.copy()
            for vocabulary in chosen:
                digest.update(vocabulary.content())
            if digest.hexdigest() == sha256:
                return Whole(standard, dict(zip(pins, chosen, strict=True)))
        return None

    def _texts(self, kind: str, name: str, path: str = "") -> Iterator[Source]:
        """Yield every text there is of one version of a document, each once."""
        met = set()
        for found, content in self._contents(kind, Reference.of(name, ()), path):
            if head_of(found, content)[:2] != (kind, name.partition("@")[0]):
                continue
            source = sources.parse(found, content)
            if source.sha256 not in met:
                met.add(source.sha256)
                yield source

    def _contents(self, kind: str, wanted: Reference, path: str) -> Iterator[tuple[str, bytes]]:
        meant = (kind, wanted.id, wanted.versions)
        places = [os.path.join(base, (named(path) or ("", path))[1]) for base in self.bases] if path else []  # noqa: PTH118 - what the user typed stays a text
        places += self._in_the_folder().get(meant, ())
        for place in places:
            if (content := content_of(place)) is not None:
                yield place, content
        for one in self.shelves.reach():
            if one.head == meant:
                content = one.file.read_bytes() if one.name.startswith(BUNDLED) else content_of(one.name)
                if content is not None:
                    yield one.name, content
        for base in self.near:
            for past in self.archive.versions(os.path.join(base, ""), kind, meant[1:], wanted.admits, places):  # noqa: PTH118 - same
                yield past.name, past.content

    def _in_the_folder(self) -> dict[tuple[str | None, ...], list[str]]:
        """List the documents of the working directory by what they say they are, once."""
        if self._here is None:
            self._here = {}
            for path, content in here(self.near):
                self._here.setdefault(tuple(head_of(path, content)), []).append(path)
        return self._here


def here(folders: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the documents in folders, the working directory where one is empty, as many as are looked at."""
    paths = (path for folder in folders for path in sources.documents(folder or "."))
    for path in itertools.islice(paths, SEARCHED):
        content = content_of(path)
        if content is not None:
            yield path, content


def content_of(path: str) -> bytes | None:
    """Read a regular file; what a report names may be anything else, or on another machine."""
    if path.startswith(("//", "\\\\")) or sources.identity(path) is None:
        return None
    content = read_bytes(path)
    return content if isinstance(content, bytes) else None


def _pins(source: Source) -> tuple[str, ...]:
    use = source.data.get("use") if isinstance(source.data, dict) else None
    return tuple(one for one in use if isinstance(one, str)) if isinstance(use, list) else ()
