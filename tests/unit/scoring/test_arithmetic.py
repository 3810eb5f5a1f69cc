"""The arithmetic of every score: nine decimals, halves away from zero, sums free of order."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servaudit.scoring.arithmetic import at_least, combine, fsum_or_none, half_up, same


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [
        (62.5, 0, 63), (87.5, 0, 88), (0.5, 0, 1), (-0.5, 0, -1), (-62.5, 0, -63), (2.675, 2, 2.68), (1.005, 2, 1.01),
        (62.49999999999, 0, 63), (62.4999, 0, 62), (1e300, 0, 1e300), (1e15, 15, 1e15), (1.7e308, 9, 1.7e308),
        (0.1 + 0.2, 15, 0.3), (math.inf, 0, math.inf),
    ],
)  # fmt: skip
def test_halves_are_rounded_away_from_zero(value, decimals, rounded):
    assert half_up(value, decimals) == rounded


def test_nothing_is_rounded_to_minus_zero():
    assert math.copysign(1, half_up(-0.4)) == 1


@given(st.decimals(-10_000, 10_000, places=4), st.integers(0, 3))
def test_rounding_is_that_of_the_number_as_written(number, decimals):
    exact = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert half_up(float(number), decimals) == float(exact)


def test_comparisons_are_made_at_nine_decimals():
    assert 0.1 + 0.7 < 0.8  # as floating point has it
    assert same(0.1 + 0.7, 0.8)
    assert at_least(0.1 * 1 + 0.7 * 1, 0.8)
    assert not same(0.8, 0.800000001)
    assert not at_least(0.799999999, 0.8)


@pytest.mark.parametrize(
    ("how", "values", "result"),
    [
        ("mean", [1, 0, 0, 1], 0.5), ("sum", [0.1] * 10, 1.0), ("median", [3, 1, 2], 2), ("median", [4, 1, 2, 3], 2.5),
        ("worst", [3, 1, 2], 1), ("best", [3, 1, 2], 3),
    ],
)  # fmt: skip
def test_values_are_combined_by_name(how, values, result):
    assert combine(values, how) == result


def test_of_demerits_the_most_is_the_worst():
    assert combine([3, 1, 2], "worst", lower_is_better=True) == 3
    assert combine([3, 1, 2], "best", lower_is_better=True) == 1


def test_a_sum_with_an_unknown_part_is_unknown():
    assert fsum_or_none([0.1] * 10) == 1.0
    assert fsum_or_none([1.0, None]) is None
    assert fsum_or_none([]) == 0
