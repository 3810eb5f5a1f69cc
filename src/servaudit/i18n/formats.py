"""How numbers, dates and lists are written in each language.

The few facts needed are kept here rather than asked of Babel, which costs 30 ms at the first call and a hundred
times more at each of the hundred thousand figures of a large workbook; tests say every result equals Babel's.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_PRECISION = 700  # digits enough for every double, written out, with nine decimals
_SHORT = 3
_DECIMALS = 9


class Locale(NamedTuple):
    """What differs between languages (CLDR)."""

    decimal: str
    group: str
    before_percent: str
    pair: str
    last: str
    day_month_year: str
    first_day: str
    months: tuple[str, ...]


LOCALES = {
    "fr": Locale(
        ",", "\u202f", "\u00a0", " et ", " et ", "{day} {month} {year}", "1er",
        ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
         "décembre"),
    ),
    "en": Locale(
        ".", ",", "", " and ", ", and ", "{month} {day}, {year}", "1",
        ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
         "December"),
    ),
}  # fmt: skip


def rounded(value: float, decimals: int) -> Decimal:
    """Round half up (away from zero), after the 9 decimals that every comparison of scores is made on."""
    with localcontext() as context:
        context.prec = _PRECISION
        exact = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-_DECIMALS), ROUND_HALF_UP)
        result = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return result or abs(result)  # no minus before zero


@lru_cache(maxsize=256)
def number(value: float, decimals: int | None, language: str) -> str:
    """Write a number with that many decimals; None: as many as it has, three at most. Infinity has no digits: ∞.

    What is below zero has a minus, which is as wide as a figure, where Babel has a hyphen.
    """
    if not isfinite(value):
        return "\u2212∞" if value < 0 else "∞"
    text = f"{rounded(value, _SHORT if decimals is None else decimals):,f}"
    whole, point, fraction = text.replace("-", "\u2212").partition(".")
    if decimals is None:
        fraction = fraction.rstrip("0")
    locale = LOCALES[language]
    return whole.replace(",", locale.group) + (locale.decimal + fraction if point and fraction else "")


def percent(ratio: float, decimals: int, language: str) -> str:
    """Write a ratio as per cent: 0.725 is `72.5%`, in French `72,5 %` with a no-break space."""
    return f"{number(ratio * 100, decimals, language)}{LOCALES[language].before_percent}%"


def date(iso: str, language: str) -> str:
    """Write `2026-11-03` in words; a text that is not such a date is returned as it is."""
    year, _, rest = iso.partition("-")
    month, _, day = rest.partition("-")
    if not (year.isdecimal() and month.isdecimal() and day.isdecimal() and 1 <= int(month) <= 12):  # noqa: PLR2004 - months
        return iso
    locale = LOCALES[language]
    written = locale.first_day if int(day) == 1 else int(day)
    return locale.day_month_year.format(day=written, month=locale.months[int(month) - 1], year=int(year))


def enumeration(items: Sequence[str], language: str) -> str:
    """Write `a, b and c`."""
    if len(items) <= 1:
        return "".join(items)
    locale = LOCALES[language]
    *first, last = items
    return ", ".join(first) + (locale.pair if len(items) == 2 else locale.last) + last  # noqa: PLR2004 - a pair
