"""Numbers, dates and lists are written as CLDR says: checked against Babel, which is not paid for at run time."""

from __future__ import annotations

import datetime as dt

import pytest
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from hypothesis import given
from hypothesis import strategies as st

from servaudit.i18n import LANGUAGES, formats, translator

MINUS = "\u2212"
languages = st.sampled_from(LANGUAGES)


@given(value=st.floats(-1e12, 1e12), decimals=st.integers(0, 6), language=languages)
def test_a_number_is_written_as_babel_writes_it(value: float, decimals: int, language: str) -> None:
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    exact = formats.rounded(value, decimals)
    assert formats.number(value, decimals, language) == format_decimal(exact, pattern, locale=language).replace(
        "-", MINUS
    )


@given(percentage=st.integers(-10_000_000, 10_000_000), decimals=st.integers(0, 3), language=languages)
def test_a_percentage_is_written_as_babel_writes_it(percentage: int, decimals: int, language: str) -> None:
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "") + ("\u00a0%" if language == "fr" else "%")
    expected = format_percent(formats.rounded(percentage / 1000, decimals) / 100, pattern, locale=language)
    assert formats.percent(percentage / 100_000, decimals, language) == expected.replace("-", MINUS)


@given(day=st.dates(dt.date(1900, 1, 1)), language=languages)
def test_a_date_is_written_as_babel_writes_it(day: dt.date, language: str) -> None:
    expected = format_date(day, "long", locale=language)
    if language == "fr" and day.day == 1:  # CLDR writes “1 mai”, French readers “1er mai”
        expected = f"1er {expected.removeprefix('1 ')}"
    assert formats.date(day.isoformat(), language) == expected


@given(items=st.lists(st.text("abc", min_size=1), max_size=6), language=languages)
def test_a_list_is_written_as_babel_writes_it(items: list[str], language: str) -> None:
    assert formats.enumeration(items, language) == format_list(items, locale=language)


@pytest.mark.parametrize(
    ("ratio", "decimals", "expected"),
    [(0.625, 0, "63%"), (0.145, 0, "15%"), (0.7249999999999, 1, "72.5%"), (-0.625, 0, "−63%"), (-1e-12, 1, "0.0%")],
)
def test_halves_are_rounded_up_whatever_floating_point_made_of_them(ratio: float, decimals: int, expected: str) -> None:
    assert translator("en").percent(ratio, decimals) == expected


def test_french_has_a_no_break_space_before_per_cent_and_a_narrow_one_between_thousands() -> None:
    assert translator("fr").percent(12345.678, 1) == "1\u202f234\u202f567,8\u00a0%"


def test_a_number_has_as_many_decimals_as_it_needs_and_three_at_most() -> None:
    written = [translator("fr").number(value) for value in (3.0, 0.5, 1 / 3, 1e20, float("inf"))]
    assert written == ["3", "0,5", "0,333", "100\u202f000\u202f000\u202f000\u202f000\u202f000\u202f000", "∞"]


def test_the_largest_double_can_be_written() -> None:
    assert translator("en").number(1.7976931348623157e308, 9).startswith("179,769,313,486,231,570,000")


@pytest.mark.parametrize("text", ["", "yesterday", "2026", "2026-13-01", "2026-11", "²-1-1"])
def test_what_is_no_date_is_left_as_it_is(text: str) -> None:
    assert translator("fr").date(text) == text
