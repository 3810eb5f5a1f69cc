"""A document as it was read: its data, its hash, what was wrong with it, and where everything stands in it."""

from __future__ import annotations

import codecs
import hashlib
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from servaudit.diagnostics import Diagnostic, Problem, msg
from servaudit.model.base import key
from servaudit.sources.places import Place, span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from servaudit.diagnostics import Cell, Path, Span

Format = Literal["yaml", "json", "xlsx"]


class Source:
    """One file, read. `data` is None and `diagnostics` has an error when it cannot be used.

    `path` is the file as the user named it; every key of every mapping in `data` is a text (`model.base.key`);
    `sha256` is that of the bytes with line ends as LF, empty when there was nothing to read.
    """

    def __init__(
        self,
        path: str,
        text: str,
        data: object,
        sha256: str,
        format_: Format,
        diagnostics: tuple[Diagnostic, ...] = (),
    ) -> None:
        self.path, self.text, self.data, self.sha256 = path, text, data, sha256
        self.format, self.diagnostics = format_, diagnostics

    @property
    def usable(self) -> bool:
        """Whether the file was read without an error."""
        return all(diagnostic.severity != "error" for diagnostic in self.diagnostics)

    def content(self) -> bytes:
        """Give the bytes that `sha256` is of, with line ends as LF, of a document of text."""
        data = self.text.encode()
        marked = codecs.BOM_UTF8 + data
        return marked if hashlib.sha256(marked).hexdigest() == self.sha256 else data

    @cached_property
    def _places(self) -> Place:
        """The tree of places, made by a second reading, since most files never need one."""
        if self.format == "json":
            from servaudit.sources.json import places  # noqa: PLC0415 - read a second time only when asked
        else:
            from servaudit.sources.yaml import places  # noqa: PLC0415 - same
        return places(self.text)

    def locate(self, path: Path, *, on_key: bool = False, at: int | None = None) -> Span:
        """Find line and column of the value at `path`, of its key, or of its character number `at`.

        Segments that the file lacks are skipped: the nearest enclosing place is found.
        """
        trail = list(self._places.walk(path))
        place = trail[-1]
        if at is not None:
            start = place.into(self.text, at)
            return span(self.path, self.text, start, start + 1)
        if on_key:
            keyed = next((place for place in reversed(trail) if place.key_start is not None), None)
            if keyed is not None and keyed.key_start is not None:
                return span(self.path, self.text, keyed.key_start, keyed.key_end)
        return span(self.path, self.text, place.start, place.end)

    def place(self, path: Path) -> Place | None:
        """Give the place of exactly the value at `path`; None where the file lacks a segment of it."""
        trail = list(self._places.walk(path))
        return trail[-1] if len(trail) == len(path) + 1 else None

    def where(self, path: Path) -> Span | Cell:
        """Find the key of the value at `path`: a line, or the cell of a workbook."""
        return self.locate(path, on_key=True)

    def existing(self, path: Path) -> Path:
        """Leave out of a path the segments that the data does not have."""
        data, kept = self.data, []
        for part in path:
            if isinstance(data, dict) and key(part) in data:
                data = data[key(part)]
            elif isinstance(data, list) and isinstance(part, int) and part < len(data):
                data = data[part]
            else:
                continue
            kept.append(part)
        return tuple(kept)

    def unlike(self, made_with: Iterable[tuple[str, str]]) -> list[Diagnostic]:
        """Say where this was made with other documents than those (`id@version` and SHA-256) that were found."""
        own = self.data.get("made_from") if isinstance(self.data, dict) else None
        if not isinstance(own, dict):
            return []
        remedy = msg("see that the questions are still the same, or give the new text a version of its own")
        return [
            self.diagnostic(
                Problem(
                    "made-from",
                    ("made_from", name),
                    msg("“{name}” has been changed since this was filled in, without a new version", name=name),
                    remedy,
                )
            )
            for name, sha256 in made_with
            if own.get(name, sha256) != sha256
        ]

    def diagnostic(self, problem: Problem) -> Diagnostic:
        """Make a problem's symbolic place concrete."""
        where = self.locate(problem.path, on_key=problem.on_key, at=problem.at)
        return Diagnostic(problem.code, where, problem.message, problem.help)
