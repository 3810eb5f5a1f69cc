"""Documents named on a command line: a file, `-`, or the id of one in reach."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from servaudit.cli.exits import InputError
from servaudit.diagnostics import did_you_mean, msg

if TYPE_CHECKING:
    from servaudit.library import Library
    from servaudit.sources import Source


def document(name: str, library: Library) -> Source:
    """Read what is named: a file that is there or looks like one, else `id` or `id@version`.

    Raises InputError where nothing in reach has that id, and where two files that differ are equally near.
    """
    from servaudit import sources  # noqa: PLC0415 - what a command needs is loaded when it runs

    if name == sources.STDIN or os.path.exists(name) or _is_path(name):  # noqa: PTH110 - what the user typed stays a text
        return sources.read(name)
    found = library.called(name)
    if len(found) == 1:
        return found[0]
    if found:
        paths = ", ".join(source.path for source in found)
        raise InputError(msg("“{name}” is more than one file: {paths}; name the one you mean", name=name, paths=paths))
    known = {one.head.id for one in library.shelves.reach() if one.head.id}
    identity, _, version = name.partition("@")
    fault = msg("no document “{name}” is in reach", name=name)
    versions = sorted({one.head.version or "?" for one in library.shelves.reach() if one.head.id == identity})
    help_ = (
        msg("found: {versions}", versions=", ".join(versions))
        if version and versions
        else did_you_mean(identity, known)
    )
    raise InputError(msg("{fault}; {help}", fault=fault, help=help_) if help_ else fault)


def _is_path(name: str) -> bool:
    return "/" in name or os.sep in name or name.lower().endswith((".yaml", ".yml", ".json"))


def ids(incomplete: str) -> list[str]:
    """Complete the id of a standard or checklist, for the shell; nothing goes wrong while somebody types."""
    return _ids(incomplete, ("standard", "checklist"))


def all_ids(incomplete: str) -> list[str]:
    """Complete the id of any document that has one."""
    return _ids(incomplete, ("standard", "checklist", "vocabulary"))


def _ids(incomplete: str, kinds: tuple[str, ...]) -> list[str]:
    from servaudit.configuration import settings  # noqa: PLC0415 - same
    from servaudit.shelves import Shelves  # noqa: PLC0415 - same

    with suppress(Exception):
        known = [one for one in Shelves(settings().standards).reach() if one.head.kind in kinds]
        names = {text for one in known if one.head.id for text in (one.head.id, f"{one.head.id}@{one.head.version}")}
        return sorted(name for name in names if name.startswith(incomplete) and ("@" in incomplete or "@" not in name))
    return []
