"""What a cell holds, in Python's types: texts, numbers, truth values, dates and times."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

Moment = Literal["date", "time", "datetime"]
Value = str | int | float | bool | dt.date | dt.time | dt.datetime | None

_BUILT_IN: dict[int, Moment] = {
    **dict.fromkeys((*range(14, 18), *range(27, 32), *range(34, 37), *range(50, 59)), "date"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 45, 47), "time"),
    22: "datetime",
}  # fmt: skip
_SAID = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_DURATION = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_EPOCH, _EPOCH_1904 = dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1)  # noqa: DTZ001 - a workbook knows no zones
_LAST = 2_958_466  # the day after 9999-12-31
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class Held(NamedTuple):
    """What a cell holds: its value (of a formula, the one last computed: None when it never was), its formula, if any.

    A duration (`[h]:mm`) stays the number it is, in days. `error` tells `#N/A` and its like, whose value is that text.
    """

    value: Value
    formula: str | None = None
    error: bool = False


def moments(styles: Element | None) -> dict[str, Moment]:
    """Tell which styles (by their number, as cells name them) show dates and times."""
    if styles is None:
        return {}
    ns = styles.tag[: styles.tag.find("}") + 1]
    own: dict[int, Moment | None] = {}
    for element in styles.iter(f"{ns}numFmt"):
        own[_whole(element.get("numFmtId"))] = moment(element.get("formatCode", ""))
    formats = styles.find(f"{ns}cellXfs")
    found = {}
    for number, element in enumerate(formats if formats is not None else ()):
        form = _whole(element.get("numFmtId"))
        kind = own[form] if form in own else _BUILT_IN.get(form)
        if kind is not None:
            found[str(number)] = kind
    return found


def moment(code: str) -> Moment | None:
    """Tell what a number format shows: a date, a time, both, or neither (None)."""
    code = _SAID.sub("", code.partition(";")[0]).lower()
    if _DURATION.search(code) or "general" in code:
        return None
    day = "y" in code or "d" in code or "a" in code.replace("am/pm", "").replace("a/p", "")
    clock = "h" in code or "s" in code
    if day or clock:
        return "datetime" if day and clock else ("date" if day else "time")
    return "date" if "m" in code else None


def number(text: str, kind: Moment | None, *, from_1904: bool) -> Value:
    """Read a number, as a date or time where it is shown as one; what is no number stays a text."""
    try:
        value = float(text)
    except ValueError:
        return clean(text)
    if value - value != 0:  # infinite, or no number
        return clean(text)
    if kind is not None and 0 <= value < _LAST:
        return _moment(value, kind, _EPOCH_1904 if from_1904 else _EPOCH)
    return int(value) if value.is_integer() and abs(value) < 1e15 else value  # noqa: PLR2004 - beyond it, not exact


def _moment(value: float, kind: Moment, epoch: dt.datetime) -> Value:
    # Programs compute times in binary fractions of a day; nobody means the microseconds that come of it.
    seconds = round(value * 86400)
    try:
        when = epoch + dt.timedelta(seconds=seconds)
    except OverflowError:
        return value
    if kind == "time" or (kind == "datetime" and value < 1):
        return when.time()
    if kind == "date" and seconds % 86400 == 0:
        return when.date()
    return when


def clean(text: str) -> str:
    """Give a text as a person sees it: escapes of Excel read, line ends LF, no control characters."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004 - a format's number
