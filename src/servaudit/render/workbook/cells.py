"""Writes a value as a cell: numbers as numbers, dates as dates, and text as text that nothing can run."""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import TYPE_CHECKING, NamedTuple

from servaudit.render.workbook.markup import clean, escape

if TYPE_CHECKING:
    from collections.abc import Callable

    from servaudit.render.workbook.strings import Strings
    from servaudit.render.workbook.styles import Styles

LIMIT = 32_767
CUT = " […]"
_RISKY = tuple("=+-@\t\n＝＋－＠")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PLAIN = re.compile("[^_\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]*")  # most texts have nothing to take out
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_EPOCH, _EPOCH_1904 = dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1)  # noqa: DTZ001 - a workbook knows no zones
_FIRST = dt.datetime(1900, 3, 1)  # noqa: DTZ001 - same; before it Excel counts a 29 February 1900
_DAY = dt.timedelta(days=1)


class Link(NamedTuple):
    """A text that leads somewhere: `target` is an address (URI), absolute or relative to the workbook."""

    text: str
    target: str


class Formula(NamedTuple):
    """A formula that a program made, in English and without `=`; `{row}` is the row that it is written in.

    What somebody typed is never one: only what knows what it writes makes formulas.
    """

    text: str


class Named(NamedTuple):
    """A value whose cell gets a name of the workbook, or several with spaces between.

    Cells of one name, one under the other, are its range. Where somebody will fill the cell in, `room` is the longest
    text that may come to stand there: its row is as high as that takes.
    """

    value: object
    name: str
    room: str = ""


_HELD = (str, int, float, dt.date, Formula, type(None))


class Writer:
    """Writes the cells of one report. `native` makes of an object of the view model what its cell holds."""

    def __init__(
        self, styles: Styles, strings: Strings, native: Callable[[object], object], *, prefix: str, from_1904: bool
    ) -> None:
        self.styles = styles
        self._strings = strings
        self._native = native
        self.prefix = prefix
        self._epoch = _EPOCH_1904 if from_1904 else _EPOCH

    def native(self, value: object) -> object:
        """Make of an object what a cell can hold."""
        return value if isinstance(value, _HELD) else self._native(value)

    def cell(self, place: str, style: int, value: object) -> str:
        """Write one cell; None, no text and what is no number (NaN, infinity) leave it empty."""
        p = self.prefix
        if isinstance(value, Formula):
            text = value.text.replace("{row}", place.lstrip(_LETTERS))
            return f'<{p}c r="{place}"{_format(style)}><{p}f>{escape(clean(text))}</{p}f></{p}c>'
        return f'<{p}c r="{place}{self.after(style, value)}'

    def after(self, style: int, value: object) -> str:
        """Write what follows the place of a cell that holds no formula."""
        p = self.prefix
        if value is None or value == "":
            return f'"{_format(style)}/>'
        if isinstance(value, bool):
            return f'"{_format(style)} t="b"><{p}v>{int(value)}</{p}v></{p}c>'
        if isinstance(value, dt.date):
            return self._date(style, value)
        return self._number(style, value) if isinstance(value, int | float) else self.text(style, str(value))

    def text(self, style: int, text: str) -> str:
        """Write what follows the place of a cell with a text of its own."""
        style, text = self._harmless(style, text)
        p = self.prefix
        body = f'<{p}is><{p}t xml:space="preserve">{escape(text)}</{p}t></{p}is>'
        return f'"{_format(style)} t="inlineStr">{body}</{p}c>'

    def shared(self, style: int, text: str) -> str:
        """Write what follows the place of a cell whose text others have too: the cells name its number."""
        style, text = self._harmless(style, text)
        p = self.prefix
        if not text:
            return f'"{_format(style)}/>'
        return f'"{_format(style)} t="s"><{p}v>{self._strings.number(text)}</{p}v></{p}c>'

    def _number(self, style: int, value: float) -> str:
        p = self.prefix
        if not math.isfinite(value):
            return f'"{_format(style)}/>'
        text = int.__repr__(value) if isinstance(value, int) else float.__repr__(value)
        return f'"{_format(style)}><{p}v>{text}</{p}v></{p}c>'

    def _harmless(self, style: int, text: str) -> tuple[int, str]:
        """Make a text one that stays as it is and that nothing runs."""
        if len(text) * 2 > LIMIT or not _PLAIN.fullmatch(text):
            text = _ESCAPED.sub("_x005F_", shortened(clean(text)))
        return self.styles.quoted(style) if text.startswith(_RISKY) else style, text

    def _date(self, style: int, value: dt.date) -> str:
        timed = isinstance(value, dt.datetime)
        moment = value.replace(tzinfo=None) if isinstance(value, dt.datetime) else dt.datetime(*value.timetuple()[:3])  # noqa: DTZ001 - same
        if moment < _FIRST or moment < self._epoch:
            return self.text(style, value.isoformat())
        days = (moment - self._epoch) / _DAY
        return self._number(self.styles.dated(style, time=timed), days if timed else int(days))


def _format(style: int) -> str:
    """Name the format of a cell, where it is not the workbook's usual one."""
    return f' s="{style}"' if style else ""


def shortened(text: str) -> str:
    """Cut a text at what a cell can hold, counted as Excel does (UTF-16), with a mark where it was cut."""
    if len(text) * 2 <= LIMIT or len(text.encode("utf-16-le")) // 2 <= LIMIT:
        return text
    kept = text.encode("utf-16-le")[: 2 * (LIMIT - len(CUT))]
    return kept.decode("utf-16-le", "ignore") + CUT
