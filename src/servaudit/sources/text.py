"""Bytes of users' files, bounded and decoded: the one place that opens a document."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from typing import TYPE_CHECKING, NamedTuple

from servaudit.diagnostics import Diagnostic, msg, reason

if TYPE_CHECKING:
    from typing import BinaryIO

    from servaudit.diagnostics import Message

LIMIT = 8 * 1024 * 1024
STDIN = "-"
PACKAGED = b"PK\x03\x04"
"""How a workbook begins, and nothing that is text."""

_FROM = msg("check its name; the path starts from the folder that the command runs in")


class Text(NamedTuple):
    """A decoded document: line ends are LF, no byte order mark. `sha256` is that of its bytes with line ends as LF."""

    text: str
    sha256: str


def _whole(stream: BinaryIO, limit: int) -> bytes | None:
    """Read everything, or None when there is more than `limit` bytes."""
    data = stream.read(limit + 1)
    return None if len(data) > limit else data


def too_large(path: str, limit: int) -> Diagnostic:
    """Say that a document has more than `limit` bytes."""
    return Diagnostic(
        "file-too-large",
        path,
        msg("the file is larger than {limit} MiB", limit=limit // (1024 * 1024)),
        msg("a document is text; keep photos and recordings in files of their own, under evidence"),
    )


def empty(path: str, message: Message) -> Diagnostic:
    """Say that there is nothing in a file, and what to do about it, which standard input does not allow."""
    return Diagnostic("file-empty", path, message, None if path == STDIN else msg("fill it, or delete it"))


def read_bytes(path: str, limit: int = LIMIT) -> bytes | Diagnostic:
    """Read a file, or standard input for `-`; a file that is too large is refused by its size, unread."""
    if not path:
        return Diagnostic("file-not-found", '""', msg("the name of the file is empty"))
    try:
        if path == STDIN:
            data = _whole(sys.stdin.buffer, limit)
        else:
            with open(path, "rb") as stream:  # noqa: PTH123 - a path object costs as much as the reading
                status = os.fstat(stream.fileno())
                if status.st_size > limit:
                    return too_large(path, limit)
                regular = stat.S_ISREG(status.st_mode)
                data = stream.read() if regular else _whole(stream, limit)
    except FileNotFoundError:
        return Diagnostic("file-not-found", path, msg("there is no such file"), _FROM)
    except IsADirectoryError:
        return Diagnostic("file-unreadable", path, msg("this is a folder, not a file"), msg("name a file in it"))
    except (OSError, ValueError) as error:
        return Diagnostic("file-unreadable", path, msg("the file cannot be read: {reason}", reason=reason(error)))
    return too_large(path, limit) if data is None else data


def decode(path: str, data: bytes) -> Text | Diagnostic:
    """Decode UTF-8; UTF-16, other encodings, binary and empty files are refused with what to do."""
    if _is_utf_16(data):
        return Diagnostic(
            "encoding", path, msg("the file is UTF-16, not UTF-8"), msg("save it again with the encoding “UTF-8”")
        )
    if b"\0" in data:
        return Diagnostic("not-text", path, msg("this is not a text file"), msg("a document is a YAML or JSON file"))
    data = _with_line_feeds(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Diagnostic(
            "encoding",
            path,
            msg("line {line} is not UTF-8 (byte {byte})", line=line, byte=f"0x{data[error.start]:02X}"),
            msg("save the file again with the encoding “UTF-8”"),
        )
    text = text.removeprefix("\ufeff")
    if not text.strip():
        return empty(path, msg("the file is empty"))
    return Text(text, hashlib.sha256(data).hexdigest())


def sha256_of(data: bytes) -> str:
    """Give the SHA-256 that `Source.sha256` is: of bytes with line ends as LF, of a workbook as it is."""
    return hashlib.sha256(data if data.startswith(PACKAGED) else _with_line_feeds(data)).hexdigest()


def _with_line_feeds(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in data else data


def _is_utf_16(data: bytes) -> bool:
    """Tell UTF-16 text from binary data: a byte order mark or a NUL in the first character, and only text in it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\0" in data[:2]:
        encoding = "utf-16-be" if data[0] == 0 else "utf-16-le"
    else:
        return False
    try:
        sample = data[: 4096 & ~1].decode(encoding)
    except UnicodeDecodeError:
        return False
    return all(character >= " " or character in "\t\r\n" for character in sample)
