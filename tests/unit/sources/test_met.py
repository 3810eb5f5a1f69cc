"""What a run remembers of files and visits, in few bytes."""

import sys
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servaudit.sources.met import Numbers, Register, number_of

NUMBERS = st.integers(0, 2**64 - 1)


@given(st.lists(NUMBERS | st.integers(0, 5)))
def test_numbers_are_a_set(numbers):
    met, known = Numbers(), set()
    for number in numbers:
        assert (met.add(number) is not None) == (number not in known)
        known.add(number)
    assert all((number in met) == (number in known) for number in [*known, *range(7)])


@given(
    st.lists(
        st.tuples(st.integers(0, 900), st.text(st.characters(codec="utf-16", exclude_characters="\0"))), max_size=40
    ),
    st.randoms(),
)
def test_a_number_gives_back_the_text_it_came_with_first(pairs, chance):
    register, known = Register(), {}
    others = [(number, f"visits/visit-{number:05}.yaml") for number in chance.sample(range(1000, 3000), 1200)]
    for number, text in [*others, *pairs, *pairs, *others]:
        assert register.first(number, text) == known.setdefault(number, text)


@pytest.mark.parametrize("key", [(1, 2), (2**63, 2**64 - 1), ("shop@1.0.0", "visit-1"), -1])
def test_a_number_fits_in_64_bits(key):
    assert array("Q", [number_of(key)])[0] == number_of(key)


def test_files_of_one_device_never_have_the_same_number():
    assert len({number_of((2053, inode)) for inode in range(100_000)}) == 100_000


def test_ten_thousand_take_a_fraction_of_what_a_set_takes():
    met = Numbers()
    for number in range(10_000):
        met.add(number_of((2053, number)))
    assert sum(map(sys.getsizeof, vars(met).values())) < 100_000
