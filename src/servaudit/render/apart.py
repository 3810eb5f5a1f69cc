"""The folder of pages beside the overview of very many visits: what they are called, and what an earlier run left."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from servaudit.render import output

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NAME: Final = re.compile(r"visit-([1-9][0-9]*)\.html")
_HEAD: Final = 1 << 20
"""Bytes of a page, its style sheet among them, in which it leads to its overview."""


def page(overview: Path, number: int) -> Path:
    """Say where the page of a visit goes; `number` counts from 1 in the order of the overview."""
    return overview.with_suffix("") / f"visit-{number}.html"


def address(overview: Path, number: int) -> str:
    """Give the address of a visit's page on its overview."""
    there = page(overview, number)
    return f"{quote(there.parent.name)}/{there.name}"


def home(overview: Path) -> str:
    """Give the address of the overview on the pages of its visits."""
    return f"../{quote(overview.name)}"


def clear(overview: Path, pages: int) -> int:
    """Remove what an earlier run left of an overview that has this number of `pages` now, and say how many it was.

    Only what servaudit made, and what leads to this overview, goes; what cannot be read stays. Raises OutputError.
    """
    left: list[Path] = []
    with suppress(OSError):
        left.extend(_left(overview, pages))
    for one in left:
        output.remove(one)
    return len(left)


def _left(overview: Path, pages: int) -> Iterator[Path]:
    folder, link = overview.with_suffix(""), f'href="{home(overview)}"'.encode()
    for one in sorted(folder.iterdir()) if folder.is_dir() else ():
        match = _NAME.fullmatch(one.name)
        if match is None or int(match[1]) <= pages or one.is_symlink() or not one.is_file():
            continue
        if output.made_by_servaudit(one) and link in output.head(one, _HEAD):
            yield one
