"""What is wrong with documents, written for machines that show it where teams work: one module for each format."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from servaudit.diagnostics import Cell, Diagnostic

if TYPE_CHECKING:
    from servaudit.i18n.translator import Translator

_HARMFUL: Final = re.compile("[\0-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")


def visible(text: str) -> str:
    """Put a text on one line, with what is invisible or turns the direction of writing shown as `�`."""
    return _HARMFUL.sub("�", text.replace("\t", " "))


def told(problem: Diagnostic, tr: Translator) -> str:
    """Say what is wrong in one line: of a workbook, in which cell."""
    place = f"{problem.where.sheet}!{problem.where.cell}: " if isinstance(problem.where, Cell) else ""
    return visible(f"{place}{tr.message(problem.message)}")


def helped(problem: Diagnostic, tr: Translator) -> str | None:
    """Say what to do, in one line."""
    return None if problem.help is None else visible(" ".join((tr.t("help:"), tr.message(problem.help))))


def path(name: str) -> str:
    """Write a file's path as tools on the web do: with slashes, from the folder they start in."""
    return visible(name.replace("\\", "/").removeprefix("./"))
