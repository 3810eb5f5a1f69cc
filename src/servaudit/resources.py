"""Finds what servaudit is delivered with: the library of standards and the report templates."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

# Every bundled folder has this file. A folder without it does not count: uninstalling can leave empty folders behind.
_MARKER = "README.md"


class MissingResourcesError(RuntimeError):
    """The installation lacks a folder it must carry."""


def standards() -> Traversable:
    """Return the bundled library of standards, a folder; MissingResourcesError when the installation lacks it."""
    return _folder("standards")


def templates() -> Traversable:
    """Return the bundled report templates, a folder; MissingResourcesError when the installation lacks it."""
    return _folder("templates")


def _folder(name: str) -> Traversable:
    package = Path(__file__).parent
    candidates: list[Traversable] = [package / "_bundled" / name, package.parent.parent / name]  # a wheel; a checkout
    if not package.is_dir():  # imported from a zip archive
        from importlib.resources import files  # noqa: PLC0415 - slow to import, and only an archive needs it

        candidates = [files("servaudit") / "_bundled" / name]
    for folder in candidates:
        if folder.joinpath(_MARKER).is_file():
            return folder
    tried = ", ".join(str(folder) for folder in candidates)
    raise MissingResourcesError(f"servaudit's {name} folder is missing; install servaudit again (looked for {tried})")
