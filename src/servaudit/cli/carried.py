"""The photos that an imported observation carries become files beside its text, where none is written over."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from servaudit.cli.exits import WriteError
from servaudit.diagnostics import msg, reason
from servaudit.render import output as files
from servaudit.sources.carried import decoded

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from servaudit.cli.show import Show


def photos(data: dict[str, object]) -> dict[str, bytes]:
    """Take the photos out of an observation that was found right; gives their bytes by name."""
    found = data.pop("photos", None)
    each = found.items() if isinstance(found, dict) else ()
    return {name: content for name, address in each if (content := decoded(address)) is not None}


def check(found: Mapping[str, bytes], folder: Path, *, force: bool) -> None:
    """Refuse, before anything is written, what would leave the folder or replace another file. Raises WriteError."""
    for name, content in found.items():
        path = folder / name
        try:
            if not path.resolve().is_relative_to(folder.resolve()):
                raise WriteError(msg("{path}: a link leads outside the folder", path=str(path)))
            there = path.read_bytes() if path.is_file() else None
        except OSError as error:
            raise WriteError(msg("{path}: {reason}", path=str(path), reason=reason(error))) from error
        if os.path.lexists(path) and there != content and not force:
            raise WriteError(msg("{path}: this file is there already; --force replaces it", path=str(path)))


def write(found: Mapping[str, bytes], folder: Path, show: Show) -> None:
    """Write photos that `check` let through. Raises WriteError."""
    for name, content in found.items():
        path = folder / name
        try:
            files.write(path, content, force=True)
        except files.OutputError as error:
            raise WriteError(msg("{path}: {reason}", path=str(error.path), reason=error.reason)) from error
        show.note(msg("written: {path}", path=str(path)))
