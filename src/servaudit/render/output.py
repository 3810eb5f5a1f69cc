"""Writes outputs whole or not at all, and never over a file that servaudit did not make.

The content goes to a temporary file in the target's own folder, reaches the disk, then takes the target's name in one
step: whoever reads the target sees the old content or the new, never half of either. Missing folders are created, as
coverage.py and pytest do for their reports. What is no regular file (`/dev/null`, a pipe) is written straight into.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from servaudit.diagnostics import Message, msg, reason

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = 4096
_PART_LIMIT = 1 << 20
_JSON = re.compile(rb'\s*\{\s*"schema":\s*"servaudit/')
_HTML = re.compile(rb"<meta\s+name=[\"']?generator[\"']?\s+content=[\"']?servaudit\b", re.IGNORECASE)


class OutputError(Exception):
    """An output could not be written; `path` is as the user named it. The command line ends with 74."""

    def __init__(self, path: Path, reason: Message) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class Output:
    """An output being written; what goes wrong with it is an `OutputError`, so that no other fault is taken for one."""

    def __init__(self, path: Path, stream: BinaryIO) -> None:
        self._path = path
        self._stream = stream
        self.dropped = False
        """Set when what was written is not worth keeping: the target stays as it was."""

    def write(self, content: bytes) -> None:
        """Add to the output."""
        try:
            self._stream.write(content)
        except OSError as error:
            raise _cannot(self._path, error) from error

    def finish(self) -> None:
        """Make sure that everything written is on the disk."""
        try:
            self._stream.flush()
            if Path(self._path).is_file() or not Path(self._path).exists():
                os.fsync(self._stream.fileno())
        except OSError as error:
            raise _cannot(self._path, error) from error


def write(path: Path, content: bytes, *, force: bool = False) -> None:
    """Write `content` to `path`, whole or not at all. Raises OutputError."""
    with writing(path, force=force) as output:
        output.write(content)


@contextmanager
def writing(path: Path, *, force: bool = False) -> Iterator[Output]:
    """Open an output that is streamed; it takes its name when the block ends well and leaves no trace when it does not.

    `force` replaces a file that servaudit did not make. Raises OutputError.
    """
    check(path, force=force)
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        with _opened(path, target, os.O_WRONLY) as output:
            yield output
        return
    temporary = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.tmp")
    try:
        with _opened(path, temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL) as output:
            yield output
        if output.dropped:
            temporary.unlink(missing_ok=True)
            return
        try:
            if target.exists():
                shutil.copymode(target, temporary)
            temporary.replace(target)
        except OSError as error:
            raise _cannot(path, error) from error
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def check(path: Path, *, force: bool = False) -> None:
    """Refuse a target that cannot be written or must not be replaced, before any long work is done for it.

    Creates the folder it goes into. Raises OutputError.
    """
    target = Path(os.path.realpath(path))
    try:
        if target.is_dir():
            raise OutputError(path, msg("this is a folder; name a file"))
        if target.is_file() and not force and not made_by_servaudit(target):
            raise OutputError(path, msg("this file was not made by servaudit; --force replaces it"))
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot(path, error) from error


def made_by_servaudit(path: Path) -> bool:
    """Recognise an output of ours by its content; an empty file holds nothing to lose and counts as ours."""
    start = head(path, _HEAD)
    if start.startswith(b"PK"):
        return _workbook_is_ours(path)
    from servaudit.render.csv import HEADER  # noqa: PLC0415 - only an output that is there needs to be recognised

    return (
        not start
        or _JSON.match(start) is not None
        or _HTML.search(start) is not None
        or start.startswith((HEADER.rstrip(b"\r\n"), b"<!-- servaudit "))
        or (start.startswith(b"%PDF-") and _pdf_is_ours(path))
    )


def head(path: Path, most: int) -> bytes:
    """Read the first bytes of an output, `most` at most. Raises OSError."""
    with path.open("rb") as stream:
        return stream.read(most)


def remove(path: Path) -> None:
    """Remove an output that nothing stands behind any more. Raises OutputError."""
    try:
        path.unlink()
    except OSError as error:
        raise OutputError(path, msg("cannot be removed: {reason}", reason=reason(error))) from error


def _pdf_is_ours(path: Path) -> bool:
    from servaudit.render.pdf import MARK  # noqa: PLC0415 - same

    with path.open("rb") as stream:
        stream.seek(-min(len(MARK), path.stat().st_size), os.SEEK_END)
        return stream.read() == MARK


def _workbook_is_ours(path: Path) -> bool:
    import zipfile  # noqa: PLC0415 - same

    try:
        with zipfile.ZipFile(path) as package, package.open("docProps/custom.xml") as part:
            return b'name="servaudit"' in part.read(_PART_LIMIT)
    except (KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return False


@contextmanager
def _opened(path: Path, place: Path, flags: int) -> Iterator[Output]:
    try:
        stream = os.fdopen(os.open(place, flags | getattr(os, "O_BINARY", 0), 0o666), "wb")
    except OSError as error:
        raise _cannot(path, error) from error
    try:
        output = Output(path, stream)
        yield output
        output.finish()
    finally:
        with suppress(OSError):  # what could not be flushed was reported by finish()
            stream.close()


def _cannot(path: Path, error: OSError) -> OutputError:
    return OutputError(path, msg("cannot be written: {reason}", reason=reason(error)))
