"""A file is changed at places and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servaudit import sources
from servaudit.sources.splice import Edit, splice

TEXT = "a: 1\nversion: '1.2.0'  # é\nb: 2\n"


@pytest.mark.parametrize(("ends", "mark"), [("\n", ""), ("\r\n", ""), ("\n", "\ufeff"), ("\r\n", "\ufeff")])
def test_every_other_byte_stays(ends, mark):
    content = (mark + TEXT.replace("\n", ends)).encode()
    source = sources.parse("a.yaml", content)
    place = source.place(("version",))
    changed = splice(content, [Edit(place.start, place.end, "'2.0.0'\nnew: 3")])
    assert changed == content.replace(b"'1.2.0'", f"'2.0.0'{ends}new: 3".encode())


def test_mixed_line_ends_stay_mixed():
    content = b"a: 1\r\nb: 2\nc: 3\r\nd: 4\n"
    source = sources.parse("a.yaml", content)
    edits = [Edit(source.place((name,)).start, source.place((name,)).end, "9") for name in "bd"]
    assert splice(content, edits) == b"a: 1\r\nb: 9\nc: 3\r\nd: 9\n"


@given(st.lists(st.sampled_from(["\r\n", "\n", "é", "x", "\r\n\r\n"]), max_size=30), st.data())
def test_offsets_of_the_text_that_is_read_are_those_of_the_file(parts, data):
    raw = "".join(parts)
    text = raw.replace("\r\n", "\n")
    at = data.draw(st.integers(0, len(text)))
    changed = splice(raw.encode(), [Edit(at, at, "|")]).decode()
    assert changed.replace("\r\n", "\n") == f"{text[:at]}|{text[at:]}"
    assert changed.replace("|", "") == raw


def test_an_exact_place_is_exact():
    source = sources.parse("a.yaml", b"a: {b: 1}\n")
    assert source.place(("a", "b")) is not None
    assert source.place(("a", "c")) is None
    assert source.place(("c",)) is None
