"""Values of cells as documents write them: dates and times as texts, whole numbers whole, nothing for blanks."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from servaudit.sources.workbook.values import Value


def plain(value: Value) -> str | int | float | bool | None:
    """Give a value as YAML would hold it; a blank text is nothing."""
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ", timespec="minutes") if value.time() != dt.time() else value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.time):
        return value.isoformat("seconds" if value.second else "minutes")
    if isinstance(value, str):
        return value.strip() or None
    return value
