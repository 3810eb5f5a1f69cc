"""Writes the handbook and the trainer's material: one page each, pictures carried in it, that prints on A4."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from servaudit.render import page as pages
from servaudit.render.photos import BUDGET, shrunk
from servaudit.report import asked, paper, quiz, training

if TYPE_CHECKING:
    from pathlib import Path

    from servaudit.render.photos import Photo
    from servaudit.report.training import Booklet

SIDE = 800
"""The longest side of a picture, in pixels: twice what a column shows."""

# Given the path of a standard and that of a picture beside it, reads the picture; None where there is none to read.
Reader = Callable[[str, str], bytes | None]


class Picture(NamedTuple):
    """A picture in the page, and the SHA-256 of the file it was made from; `path` is as the standard names it."""

    path: str
    address: str
    width: int
    height: int
    sha256: str


pages.known((*vars(asked).values(), *vars(paper).values(), *vars(quiz).values(), *vars(training).values(), Picture))


def page(booklet: Booklet, read: Reader, template: Path | None = None) -> bytes:
    """Write the page, by a user's own `template` if there is one; `read` gives pictures. Raises TemplateError."""
    pictures = Pictures(read)
    return pages.compose(
        "trainer.html" if booklet.audience == "trainer" else "handbook.html",
        booklet.language,
        style="paper/book.css",
        template=template,
        booklet=booklet,
        picture=pictures.take,
        pictures=pictures.all,
    )


class Pictures:
    """The pictures of a page, each read once, and no more of them than `budget` bytes in all."""

    def __init__(self, read: Reader, budget: int = BUDGET) -> None:
        self._read, self._left = read, budget
        self._found: dict[tuple[str, str], Picture | None] = {}

    def take(self, beside: str, path: str | None) -> Picture | None:
        """Give a picture beside a standard; None when it is none or is too much."""
        if path is None:
            return None
        key = (beside, path)
        if key not in self._found:
            self._found[key] = self._made(beside, path)
        return self._found[key]

    def all(self) -> list[Picture]:
        """List the pictures given so far."""
        return [picture for picture in self._found.values() if picture is not None]

    def _made(self, beside: str, path: str) -> Picture | None:
        content = self._read(beside, path)
        photo: Photo | None = shrunk(content, SIDE) if content else None
        if content is None or photo is None or len(photo.address) > self._left:
            return None
        self._left -= len(photo.address)
        return Picture(path, *photo, hashlib.sha256(content).hexdigest())
