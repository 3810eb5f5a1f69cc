"""A document read together with those it uses: one hash for all, and each place in the file that it stands in."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from servaudit.sources.source import Source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servaudit.diagnostics import Path, Span
    from servaudit.sources.places import Place


class Joined(Source):
    """A document and those it uses; `sha256` is that of its bytes followed by theirs, in this order.

    `elsewhere` says in which of them the mappings and values below a path of two keys stand.
    """

    def __init__(self, own: Source, used: Sequence[Source], elsewhere: Mapping[Path, Source]) -> None:
        digest = hashlib.sha256()
        for source in (own, *used):
            digest.update(source.content())
        super().__init__(own.path, own.text, own.data, digest.hexdigest(), own.format, own.diagnostics)
        self.elsewhere = elsewhere

    def locate(self, path: Path, *, on_key: bool = False, at: int | None = None) -> Span:
        """Find line and column, as a source does, in the document that declares it."""
        other = self.elsewhere.get(path[:2])
        return super().locate(path, on_key=on_key, at=at) if other is None else other.locate(path, on_key=on_key, at=at)

    def place(self, path: Path) -> Place | None:
        """Give the place of exactly the value at `path` in the document itself; None where it stands in another."""
        return None if path[:2] in self.elsewhere else super().place(path)
