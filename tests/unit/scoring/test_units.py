"""Measured values as people write them, and those that would have to be guessed."""

# ruff: noqa: E501 - a case is one line, so that the table can be read
from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servaudit.scoring.units import MAX_LENGTH, Refused, measure


@pytest.mark.parametrize(
    "raw",
    [270, 270.0, "270", " 270 ", "270 s", "270s", "270 sec.", "4 min 30 s", "4min30s", "4.5 min", "4,5 min", "4 MIN 30 S",
     "+270", "0.075 h", "0 h 4 mn 30 secondes", "4 m 30 s", "270000 ms", "2.7e2", "4\u202fmin 30\u00a0s"],
    ids=repr,
)  # fmt: skip
def test_a_duration_is_the_same_however_it_is_written(raw):
    assert measure(raw, "s") == pytest.approx(270, abs=1e-9)


@pytest.mark.parametrize(
    ("raw", "unit", "value"),
    [
        ("85 %", "%", 85), ("85%", "%", 85), ("85 percent", "%", 85), ("85 pct", "%", 85),
        ("3 m", "m", 3), ("12 m²", "m²", 12), ("12 m2", "m²", 12), ("5 km/h", "km/h", 5), ("2 bons points", "bons points", 2),
        ("-1 h 30 min", "min", -90), ("-3", "count", -3), (",5", None, 0.5), (".5", None, 0.5), ("2 j", "h", 48),
        ("1 h", "minutes", 60), ("10", "10", 10), ("1e3", None, 1000),
    ],
)  # fmt: skip
def test_a_number_may_carry_the_unit_of_its_scale(raw, unit, value):
    assert measure(raw, unit) == pytest.approx(value, abs=1e-9)


@pytest.mark.parametrize(
    ("raw", "unit", "code"),
    [
        ("10 %", "s", "answer-unit"), ("3 kg", "s", "answer-unit"), ("3 s", "%", "answer-unit"), ("4 min", "m", "answer-unit"),
        ("3 s", None, "answer-unit"), ("5 km", "m", "answer-unit"), ("4:30", "s", "answer-unit"), ("1:04:30", "s", "answer-unit"),
        ("soon", "s", "answer-unknown"), ("", "s", "answer-unknown"), ("4 min 30", "s", "answer-unknown"),
        ("30 s 4 min", "s", "answer-unknown"), ("1 h 1 h", "s", "answer-unknown"), ("3 kg 2 kg", "kg", "answer-unknown"),
        ("4 min -30 s", "s", "answer-unknown"), ("1 200", "s", "answer-unknown"), ("--3 s", "s", "answer-unknown"),
        ("1,234.5", None, "answer-unknown"), ("1 min" + " " * MAX_LENGTH + "1 s", "s", "answer-unknown"), ("inf", None, "answer-unknown"),
        ("1e999", "s", "answer-range"), (10**400, "s", "answer-range"), (math.nan, "s", "answer-range"),
        (math.inf, "s", "answer-range"), (1e16, "s", "answer-range"),
        (True, "s", "answer-shape"), (None, "s", "answer-shape"), ([3], "s", "answer-shape"),
    ],
)  # fmt: skip
def test_what_would_have_to_be_guessed_is_refused(raw, unit, code):
    with pytest.raises(Refused) as refused:
        measure(raw, unit)
    assert refused.value.code == code
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize(
    ("raw", "unit", "help_"),
    [("soon", "min", "write for example 4 min 30 s"), ("3 s", "kg", "write for example 4.5 kg"), ("3 s", None, "write for example 4.5")],
)  # fmt: skip
def test_a_refusal_shows_how_to_write_it(raw, unit, help_):
    with pytest.raises(Refused) as refused:
        measure(raw, unit)
    assert str(refused.value.help) == help_


@given(st.integers(0, 99), st.integers(0, 59), st.integers(0, 59), st.sampled_from(["s", "min", "h"]))
def test_hours_minutes_and_seconds_agree_with_the_number_in_the_declared_unit(hours, minutes, seconds, unit):
    size = {"s": 1, "min": 60, "h": 3600}[unit]
    total = (hours * 3600 + minutes * 60 + seconds) / size
    written = f"{hours} h {minutes} min {seconds} s"
    assert measure(written, unit) == pytest.approx(total, abs=1e-9)
    assert measure(total, unit) == measure(repr(total), unit) == measure(repr(total).replace(".", ","), unit) == total


@given(st.text(max_size=80) | st.from_regex(r"[0-9hmins., +-]{0,30}"), st.sampled_from([None, "s", "%", "m", "count"]))
def test_any_text_is_a_number_or_refused(text, unit):
    try:
        value = measure(text, unit)
    except Refused as refused:
        value, code = 0.0, refused.code
        assert code in ("answer-unknown", "answer-unit", "answer-range")
    assert math.isfinite(value)
