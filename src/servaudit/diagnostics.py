"""What can be wrong with a document, and where: the one vocabulary of every message servaudit gives.

A check names a *symbolic* place (`Problem.path`, the keys that lead to it); the loader turns it into a line
and column (`Span`) or a sheet and cell (`Cell`) once, and the console prints it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Severity = Literal["error", "warning"]
Path = tuple[str | int, ...]


class Message(NamedTuple):
    """A sentence to translate: an English template with `{named}` fields, and the values of the fields."""

    template: str
    values: Mapping[str, object] = {}

    def __str__(self) -> str:
        return self.template.format(**self.values)


def msg(template: str, /, **values: object) -> Message:
    """Make a message; the catalogues' extraction looks for calls of this name."""
    return Message(template, values)


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a text file; line and columns count from 1, `end_column` is one past the last character."""

    file: str
    line: int
    column: int
    end_column: int
    snippet: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in a workbook."""

    file: str
    sheet: str
    cell: str

    def __str__(self) -> str:
        return f"{self.file}: {self.sheet}!{self.cell}"


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault found by a pure check, at a symbolic place.

    `path` leads to the value; `on_key` points at the key instead. `at` moves the place that many characters into
    the value (an error inside an expression).
    """

    code: str
    path: Path
    message: Message
    help: Message | None = None
    on_key: bool = False
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A fault at a concrete place: what `file:line:col: error[code] message` is printed from."""

    code: str
    where: Span | Cell | str
    message: Message
    help: Message | None = None
    severity: Severity = field(default="error")

    @property
    def file(self) -> str:
        """The file the place is in, as the user named it."""
        return self.where if isinstance(self.where, str) else self.where.file

    @property
    def order(self) -> tuple[str, int, int, str]:
        """Sort key: by file, then place, then code."""
        line, column = (self.where.line, self.where.column) if isinstance(self.where, Span) else (0, 0)
        return self.file, line, column, self.code


def did_you_mean(word: str, known: Iterable[str]) -> Message | None:
    """Help that names the nearest known words, or None when nothing is near."""
    near = get_close_matches(word, list(known), n=2, cutoff=0.6)
    return msg("did you mean {names}?", names=" / ".join(f"“{name}”" for name in near)) if near else None
