"""Ranges of versions: which ones a checklist takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servaudit.model.versions import SemVer, bounds, within

VERSIONS = st.tuples(*[st.integers(0, 30)] * 3).map(lambda numbers: SemVer(*numbers))


@pytest.mark.parametrize(
    ("span", "inside", "outside"),
    [
        ("1.2.0", ["1.2.0"], ["1.2.1", "1.1.9", "2.2.0"]),
        ("=1.2.0", ["1.2.0"], ["1.2.1"]),
        ("1.2", ["1.2.0", "1.2.9"], ["1.3.0", "1.1.9"]),
        ("1", ["1.0.0", "1.9.9"], ["2.0.0", "0.9.9"]),
        ("^1.2", ["1.2.0", "1.9.0"], ["2.0.0", "1.1.9"]),
        ("^1.2.3", ["1.2.3", "1.9.0"], ["1.2.2", "2.0.0"]),
        ("~1.2", ["1.2.0", "1.2.9"], ["1.3.0"]),
        ("~1.2.3", ["1.2.3"], ["1.2.2", "1.3.0"]),
        ("~1", ["1.0.0", "1.9.9"], ["2.0.0"]),
        (">=1.2 <3", ["1.2.0", "2.9.9"], ["1.1.9", "3.0.0"]),
        (">=1.2, <=2", ["1.2.0", "2.9.9"], ["3.0.0"]),
        (">1.2", ["1.3.0"], ["1.2.9", "1.2.0"]),
        (">1.2.3", ["1.2.4"], ["1.2.3"]),
        ("<=1.2.3", ["1.2.3", "0.1.0"], ["1.2.4"]),
    ],
)
def test_a_range_takes_what_it_says(span, inside, outside):
    assert all(within(version, span) for version in inside)
    assert not any(within(version, span) for version in outside)


@pytest.mark.parametrize(
    "text", ["", "latest", "1.x", "^", "1.2.3.4", "^1.2-beta", "1.2 or 3", "=>1", "1..2", "*", "1.2é"]
)
def test_what_is_no_range_is_none(text):
    assert bounds(text) is None


@given(VERSIONS)
def test_every_version_is_in_the_ranges_made_of_it(version):
    for span in (f"{version}", f"^{version}", f"~{version}", f">={version}", f"<={version}", f"{version.major}"):
        assert within(str(version), span)
    for span in (f">{version}", f"<{version}"):
        assert not within(str(version), span)


@given(VERSIONS, VERSIONS)
def test_the_order_is_that_of_the_numbers(one, other):
    assert within(str(one), f">={other}") == (tuple(one) >= tuple(other))


@given(st.text(alphabet="^~<>= ,.0123456789v", max_size=12))
def test_no_text_is_read_with_an_error(text):
    found = bounds(text)
    assert found is None or found
