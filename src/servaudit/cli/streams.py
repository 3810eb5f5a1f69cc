"""The standard streams: there from the start, even where they were closed, and written out before the end."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # `typing` and `contextlib` alone would take half the time of `servaudit --version`
if TYPE_CHECKING:
    from typing import TextIO


def complete() -> None:
    """Open what was closed, so that no file of ours gets its number: nothing to read, nowhere to write.

    Standard output becomes one that cannot be written: who asked for data is told that there is no place for it.
    """
    if sys.stdin is None:
        sys.stdin = _nothing(os.O_RDONLY, "r")
    if sys.stdout is None:
        sys.stdout = _nothing(os.O_RDONLY, "w")
    if sys.stderr is None:
        sys.stderr = _nothing(os.O_WRONLY, "w")


def finish() -> OSError | None:
    """Write out what is still held back; says why standard output could not be written, None when it could.

    What stays unwritten is dropped: Python would complain of it again, and end with a code of its own.
    """
    _flush(sys.stderr)
    return _flush(sys.stdout)


def drop(stream: TextIO) -> None:
    """Send what a stream holds back, and all that follows, nowhere."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
        stream.flush()
    except (OSError, ValueError):
        pass


def _flush(stream: TextIO) -> OSError | None:
    try:
        stream.flush()
    except OSError as error:
        drop(stream)
        return error
    return None


def _nothing(flags: int, mode: str) -> TextIO:
    return os.fdopen(os.open(os.devnull, flags), mode, encoding="utf-8")  # type: ignore[return-value] # a text mode
