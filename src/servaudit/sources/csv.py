"""Tables of text from outside, as spreadsheets export them: with `;`, `,` or tabs, in UTF-8 or in Windows' encoding."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from servaudit.diagnostics import Diagnostic, msg
from servaudit.sources.text import LIMIT, decode, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = 20_000
"""Rows that a table may have."""
COLUMNS = 500
_SEPARATORS = (";", "\t", ",")
_WINDOWS = "cp1252"


@dataclass(frozen=True)
class Rows:
    """A table of text: `rows` hold every cell as it is written, empty ones too. `windows`: it was not UTF-8."""

    path: str
    rows: tuple[tuple[str, ...], ...] = ()
    windows: bool = False
    diagnostics: tuple[Diagnostic, ...] = ()


def read(path: str, limit: int = LIMIT) -> Rows:
    """Read a table. Never raises for a user's mistake: see `Rows.diagnostics`."""
    content = read_bytes(path, limit)
    return parse(path, content) if isinstance(content, bytes) else Rows(path, diagnostics=(content,))


def parse(path: str, content: bytes) -> Rows:
    """Read a table from bytes; `path` is how it is called in messages."""
    decoded = decode(path, content)
    windows = False
    if isinstance(decoded, Diagnostic):
        if decoded.code != "encoding" or b"\0" in content:
            return Rows(path, diagnostics=(decoded,))
        # What Excel writes as “CSV” in Western Europe; five bytes have no meaning there.
        text, windows = content.decode(_WINDOWS, "replace").replace("\r\n", "\n").replace("\r", "\n"), True
    else:
        text = decoded.text
    try:
        rows = tuple(_rows(text))
    except csv.Error:
        fault = Diagnostic(
            "table-unreadable", path, msg("this is not a table that can be read"), msg("save it as .xlsx")
        )
        return Rows(path, diagnostics=(fault,))
    if len(rows) > ROWS:
        return Rows(
            path, diagnostics=(Diagnostic("table-unreadable", path, msg("more than {limit} rows", limit=ROWS)),)
        )
    return Rows(path, rows, windows)


def _rows(text: str) -> Iterator[tuple[str, ...]]:
    reader = csv.reader(io.StringIO(text), delimiter=_separator(text))
    for number, row in enumerate(reader):
        if number > ROWS:
            return
        yield tuple(row[:COLUMNS])


def _separator(text: str) -> str:
    """Choose the sign that cuts most of the first lines into equally many cells."""
    lines = [line for line in text.splitlines()[:50] if line.strip()]

    def agreement(sign: str) -> tuple[int, int]:
        counts = [line.count(sign) for line in lines if line.count(sign)]
        usual = max(set(counts), key=counts.count) if counts else 0
        return counts.count(usual), usual

    return max(_SEPARATORS, key=agreement)
