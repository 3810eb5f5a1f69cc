"""The only console: everything a person reads on a terminal goes through here, made harmless."""

from __future__ import annotations

import os
import re
import sys
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple, TextIO
from unicodedata import combining, east_asian_width

from servaudit.cli.exits import WriteError
from servaudit.diagnostics import Span, msg
from servaudit.i18n import translator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rich.console import Console

    from servaudit.diagnostics import Diagnostic, Message
    from servaudit.i18n.translator import Translator

Stream = Literal["out", "err"]
WIDEST = 160
"""Columns of a document's line that are shown around a fault."""

_HARMFUL = re.compile("[\0-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
_PLAIN = str.maketrans({
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "…": "...", "–": "-", "—": "-", "→": "->",
    "≥": ">=", "≤": "<=", "×": "x", "✔": "+", "✘": "x", "█": "#", "░": ".", "·": "-", "•": "-",
    "\u00a0": " ", "\u202f": " ",
})  # fmt: skip


class Piece(NamedTuple):
    """Some text of a line, and its style in rich's words."""

    text: str
    style: str = ""


def harmless(text: str) -> str:
    """Make control characters, line ends and direction overrides visible as `�`, and tabs one space wide."""
    return _HARMFUL.sub("�", text.replace("\t", " "))


class Show:
    """Prints in one language. Piped, or with NO_COLOR, what it prints is plain and nothing is wrapped."""

    def __init__(self, language: str = "en", *, color: bool = True, quiet: bool = False) -> None:
        self.say: Translator = translator(language)
        self.color = color and not os.environ.get("NO_COLOR")
        self.quiet = quiet

    def line(self, *pieces: str | Piece, to: Stream = "out") -> None:
        """Print one line; nothing in it is read as markup."""
        safe = [Piece(harmless(piece)) if isinstance(piece, str) else piece for piece in pieces]
        if self.styled(to):
            from rich.text import Text  # noqa: PLC0415 - only a terminal needs it

            text = Text.assemble(*((harmless(piece.text), piece.style) for piece in safe), end="")
            self._console(to).print(text, soft_wrap=True, highlight=False)
        else:
            self.raw("".join(harmless(piece.text) for piece in safe) + "\n", to=to)

    def note(self, message: Message) -> None:
        """Say something by the way, on stderr, unless quiet."""
        if not self.quiet:
            self.line(self.say.message(message), to="err")

    @contextmanager
    def progress(self, message: Message) -> Iterator[Callable[[], None]]:
        """Count long work on stderr, on a terminal only; `message` says `{count}`. Call what is given at each step."""
        if self.quiet or not self.styled("err") or not sys.stdin.isatty():
            yield lambda: None
            return
        state = {"count": 0, "shown": False}

        def step() -> None:
            state["count"] += 1
            if state["count"] % 50 == 0:
                state["shown"] = True
                text = self.say.t(message.template, count=state["count"])
                self.raw(f"\r\x1b[2K{harmless(text)}\r", to="err")

        try:
            yield step
        finally:
            if state["shown"]:
                self.raw("\r\x1b[2K", to="err")

    def failure(self, message: Message) -> None:
        """Say why a command ends."""
        self.line(Piece(self.say.t("error"), "bold red"), ": ", self.say.message(message), to="err")

    def raw(self, text: str, to: Stream = "out") -> None:
        """Write text as it is: machine formats, and everything that is piped. Without UTF-8, signs become ASCII."""
        stream = self._stream(to)
        try:
            try:
                stream.write(text)
            except UnicodeEncodeError:
                encoding = stream.encoding
                stream.write(text.translate(_PLAIN).encode(encoding, "replace").decode(encoding))
        except BrokenPipeError:
            raise
        except OSError as error:
            raise WriteError(msg("the output cannot be written: {reason}", reason=error.strerror)) from error

    def diagnostics(self, found: Iterable[Diagnostic], to: Stream = "err") -> None:
        """Print faults in the order of their places: what, the line, where in it, what to do."""
        for diagnostic in ordered(found):
            severe = diagnostic.severity == "error"
            label = self.say.t("error") if severe else self.say.t("warning")
            style = "bold red" if severe else "bold yellow"
            message = self.say.message(diagnostic.message)
            self.line(
                Piece(f"{diagnostic.where}: ", "bold"),
                Piece(f"{label}[{diagnostic.code}]", style),
                f" {message}",
                to=to,
            )
            if isinstance(diagnostic.where, Span) and diagnostic.where.snippet.strip():
                line, caret = excerpt(diagnostic.where)
                self.line("  ", line, to=to)
                self.line("  ", Piece(caret, style), to=to)
            if diagnostic.help is not None:
                self.line("  ", Piece(self.say.t("help:"), "bold cyan"), f" {self.say.message(diagnostic.help)}", to=to)

    def styled(self, to: Stream = "out") -> bool:
        """Whether what is printed may have colours."""
        return self.color and self._stream(to).isatty() and os.environ.get("TERM") != "dumb"

    def _stream(self, to: Stream) -> TextIO:
        return sys.stdout if to == "out" else sys.stderr

    def _console(self, to: Stream) -> Console:
        return self._consoles[to]

    @cached_property
    def _consoles(self) -> dict[Stream, Console]:
        from rich.console import Console  # noqa: PLC0415 - only a terminal needs it

        return {"out": Console(), "err": Console(stderr=True)}


def ordered(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sort faults by place and leave out those said twice."""
    result: list[Diagnostic] = []
    for diagnostic in sorted(found, key=lambda one: one.order):
        if not result or diagnostic != result[-1]:
            result.append(diagnostic)
    return result


def excerpt(span: Span) -> tuple[str, str]:
    """Cut a document's line around a place: the text, and carets under the place, each as wide as it is printed."""
    start, end = span.column - span.snippet_start, span.end_column - span.snippet_start
    first = max(0, min(start - WIDEST // 2, len(span.snippet) - WIDEST))
    cut = harmless(span.snippet[first : first + WIDEST])
    before, marked = cut[: start - first], cut[start - first : end - first]
    head = "…" if first else ""
    tail = "…" if first + WIDEST < len(span.snippet) else ""
    return head + cut + tail, " " * (len(head) + width(before)) + "^" * max(width(marked), 1)


def width(text: str) -> int:
    """Count the columns that a terminal gives a text."""
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)
