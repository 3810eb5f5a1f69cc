"""What expressions compute with: null, the unknown, comparisons at nine decimals, arithmetic that cannot fail."""

# ruff: noqa: E501 - a case is one line, so that the table can be read
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servaudit.scoring.values import COMPARISONS, FUNCTIONS, OPERATIONS, UNKNOWN, contains, equal, operate

ANYTHING = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3) | st.just(UNKNOWN)
VALUES = st.lists(ANYTHING | st.lists(ANYTHING, max_size=2), max_size=3)


@pytest.mark.parametrize(
    ("a", "b"),
    [(5, 5.0), (5, "5"), ("5", 5.0), (True, "yes"), ("no", False), (0.1 + 0.7, 0.8), ([0.1 + 0.7, "a"], (0.8, "a"))],
    ids=repr,
)
def test_one_answer_written_in_two_ways_is_equal(a, b):
    assert equal(a, b)


@pytest.mark.parametrize(
    ("a", "b"), [("yes", "oui"), (5, "5.0"), ([1], [1, 2]), ([1], 1), (0.8, 0.800000001), (True, "1")], ids=repr
)
def test_different_answers_are_not_equal(a, b):
    assert not equal(a, b)


@pytest.mark.parametrize(
    ("op", "a", "b", "holds"),
    [
        ("GtE", 0.1 + 0.7, 0.8, True), ("Lt", 0.1 + 0.7, 0.8, False), ("Gt", 0.8 + 1e-10, 0.8, False), ("LtE", 0.8 + 1e-10, 0.8, True),
        ("Lt", "a", "b", True), ("Lt", "a", 1, False), ("Gt", [1], [0], False), ("NotEq", 1, 2, True),
        ("In", 5, ["4", "5"], True), ("In", "b", "abc", True), ("In", 5, "45", False), ("In", 1, 1, False), ("NotIn", "z", "abc", True),
    ],
    ids=repr,
)  # fmt: skip
def test_comparisons(op, a, b, holds):
    assert COMPARISONS[op](a, b) is holds


def test_a_list_contains_what_equals_one_of_it():
    assert contains(0.1 + 0.7, (0.8,))


@pytest.mark.parametrize(
    ("name", "values", "result"),
    [
        ("Add", [1, 2], 3), ("Add", [1, None], None), ("Add", ["a", "b"], None), ("Add", [True, 1], 2), ("Add", [UNKNOWN, None], UNKNOWN),
        ("Mult", [1e200, 1e200], None), ("Mult", [10**200, 10**200], None), ("Div", [1, 2], 0.5), ("Div", [1, 0], None),
    ],
    ids=repr,
)  # fmt: skip
def test_arithmetic_that_has_no_result_is_null(name, values, result):
    assert operate(OPERATIONS[name], values) == result


@pytest.mark.parametrize(
    ("name", "values", "result"),
    [
        ("min", [3], 3), ("max", [1, 3, 2], 3), ("max", [], None), ("abs", [-2], 2), ("round", [62.5], 63), ("round", [2.345, 2], 2.35),
        ("round", [1e300], 1e300), ("round", [1.5, 0], 2), ("round", [1.23, 9], 1.23), ("ceil", [3.0000000001], 3), ("ceil", [3.1], 4),
        ("floor", [2.9999999999], 3), ("floor", [2.9], 2),
    ],
    ids=repr,
)  # fmt: skip
def test_functions(name, values, result):
    assert operate(FUNCTIONS[name], values) == result


@given(st.sampled_from([*OPERATIONS.values(), *FUNCTIONS.values()]), VALUES)
def test_no_operand_whatever_is_an_exception(operation, values):
    arity = 2 if operation in OPERATIONS.values() else 1
    result = operate(operation, ([*values, 1.0, 1.0])[:arity])
    assert result is None or result is UNKNOWN or isinstance(result, int | float)


@given(st.sampled_from(sorted(COMPARISONS)), ANYTHING | VALUES, ANYTHING | VALUES)
def test_everything_can_be_compared(op, a, b):
    assert isinstance(COMPARISONS[op](a, b), bool)


def test_the_unknown_is_neither_true_nor_nameless():
    assert not UNKNOWN
    assert repr(UNKNOWN) == "UNKNOWN"
