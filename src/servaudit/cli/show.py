"""The only console: everything a person reads on a terminal goes through here, made harmless."""

from __future__ import annotations

import os
import re
import shutil
import sys
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple, TextIO
from unicodedata import normalize

from servaudit.cli.columns import cut, width, wrapped
from servaudit.cli.exits import WriteError
from servaudit.diagnostics import Span, msg, reason
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
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_SPACES = re.compile("[ \t\r\n]+")  # not those that do not break
_PLAIN = str.maketrans({
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "…": "...", "–": "-", "—": "-", "→": "->",
    "≥": ">=", "≤": "<=", "×": "x", "✔": "+", "✘": "x", "█": "#", "░": ".", "·": "-", "•": "-",
    "◐": "o", "▲": "!", "★": "*", "←": "<-", "�": "?",
    "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "€": "EUR", "−": "-", "\u00a0": " ", "\u202f": " ",
})  # fmt: skip


class Piece(NamedTuple):
    """Some text of a line, and its style in rich's words."""

    text: str
    style: str = ""


def harmless(text: str) -> str:
    """Make control characters, line ends and direction overrides visible as `�`, and tabs one space wide."""
    return _HARMFUL.sub("�", text.replace("\t", " "))


def sayable(text: str, stream: TextIO) -> str:
    """Replace what a stream's encoding lacks by plain signs; its own way with errors may be to print their numbers."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    if _fits(text, encoding):
        return text
    return "".join(char if _fits(char, encoding) else _plain(char) for char in text)


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _plain(char: str) -> str:
    """Give the ASCII that stands for a sign: a letter loses its accent."""
    plain = char.translate(_PLAIN)
    return plain if plain.isascii() else normalize("NFKD", char).encode("ascii", "ignore").decode() or "?"


class Show:
    """Prints in one language. Piped, or with NO_COLOR, what it prints is plain and nothing is wrapped."""

    def __init__(self, language: str = "en", *, color: bool = True, quiet: bool = False) -> None:
        self.say: Translator = translator(language)
        self.color = color and not os.environ.get("NO_COLOR")
        self.quiet = quiet

    def line(self, *pieces: str | Piece, to: Stream = "out") -> None:
        """Print one line; nothing in it is read as markup."""
        safe = [Piece(harmless(piece.text), piece.style) for piece in map(_piece, pieces)]
        if self.styled(to):
            from rich.text import Text  # noqa: PLC0415 - only a terminal needs it

            said = [Piece(sayable(piece.text, self._stream(to)), piece.style) for piece in safe]
            self._console(to).print(Text.assemble(*said, end=""), soft_wrap=True, highlight=False)
        else:
            self.raw("".join(piece.text for piece in safe) + "\n", to=to)

    def row(self, *pieces: str | Piece) -> None:
        """Print one line of a list; on a terminal it is cut where the terminal ends."""
        room = self.columns()
        kept: list[Piece] = []
        for piece in map(_piece, pieces):
            if room is not None and width(piece.text) > room:
                kept.append(Piece(cut(piece.text, room) if room > 10 else "", piece.style))  # noqa: PLR2004 - legible
                break
            room = None if room is None else room - width(piece.text)
            kept.append(piece)
        while kept and not kept[-1].text.strip():
            kept.pop()
        last = kept.pop()
        self.line(*kept, Piece(last.text.rstrip(), last.style))

    def text(
        self, text: str, lead: tuple[Piece, ...] = (), *, style: str = "", after: str = "", lines: int | None = None
    ) -> None:
        """Print a text that a terminal wraps under itself, beside `lead`; `after` stands behind it.

        `lines` is the most it takes, of about 100 columns where nothing is wrapped.
        """
        room, margin = self.columns(), sum(width(piece.text) for piece in lead)
        text = _SPACES.sub(" ", text).strip()
        columns = None if room is None else max(room - margin, 20)
        if lines is not None:
            text = cut(text, lines * (columns or 100))
        rows = [text] if columns is None else wrapped(text, columns, after=width(after))
        for number, row in enumerate(rows if text else ()):
            end = Piece(f"  {after}", "dim") if after and number == len(rows) - 1 else Piece("")
            self.line(*(lead if not number else (" " * margin,)), Piece(row, style), end)

    def columns(self) -> int | None:
        """Give the columns of the terminal that lines are fitted to; None when they are not: a pipe takes any."""
        if not self._stream("out").isatty():
            return None
        return max(60, min(shutil.get_terminal_size().columns, 120))

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

    def failure(self, message: Message, remedy: Message | None = None) -> None:
        """Say why a command ends and, where it is known, what to do."""
        self.line(Piece(self.say.t("error:"), "bold red"), f" {self.say.message(message)}", to="err")
        if remedy is not None:
            self.line("  ", Piece(self.say.t("help:"), "bold cyan"), f" {self.say.message(remedy)}", to="err")

    def raw(self, text: str, to: Stream = "out") -> None:
        """Write text as it is: machine formats, and everything that is piped. What the encoding lacks becomes plain."""
        if to == "err":
            self._settle()
        stream = self._stream(to)
        try:
            stream.write(sayable(text, stream))
        except BrokenPipeError:
            if to == "out":
                raise
        except OSError as error:
            if to == "out":  # what cannot be said changes nothing of what was found
                raise unwritten(error) from error

    def json(self, text: str) -> None:
        """Write a JSON document; what an encoding lacks is escaped, as JSON may, so that the data stay the same."""
        if not _fits(text, sys.stdout.encoding or "utf-8"):
            from json import dumps  # noqa: PLC0415 - hardly ever

            text = _BEYOND_ASCII.sub(lambda found: dumps(found[0])[1:-1], text)
        self.raw(text)

    def _settle(self) -> None:
        """Let what was printed arrive before what is said about it, where both go to one place.

        What cannot arrive is told when the command ends.
        """
        with suppress(OSError):
            self._stream("out").flush()

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


def unwritten(error: OSError) -> WriteError:
    """Say that standard output could not be written."""
    return WriteError(msg("the output cannot be written: {reason}", reason=reason(error)))


def _piece(piece: str | Piece) -> Piece:
    return Piece(piece) if isinstance(piece, str) else piece


def ordered(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sort faults by place and leave out those said twice, `./a.yaml` and `a.yaml` being one file."""
    result: dict[tuple[object, ...], Diagnostic] = {}
    for one in sorted(found, key=lambda one: one.order):
        file = os.path.normpath(one.file)
        where = file if isinstance(one.where, str) else one.where._replace(file=file)
        result.setdefault((one.code, where, str(one.message)), one)
    return list(result.values())


def excerpt(span: Span) -> tuple[str, str]:
    """Cut a document's line around a place: the text, and carets under the place, each as wide as it is printed."""
    start, end = span.column - span.snippet_start, span.end_column - span.snippet_start
    first = max(0, min(start - WIDEST // 2, len(span.snippet) - WIDEST))
    cut = harmless(span.snippet[first : first + WIDEST])
    before, marked = cut[: start - first], cut[start - first : end - first]
    head = "…" if first else ""
    tail = "…" if first + WIDEST < len(span.snippet) else ""
    return head + cut + tail, " " * (len(head) + width(before)) + "^" * max(width(marked), 1)
