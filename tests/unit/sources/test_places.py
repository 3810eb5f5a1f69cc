import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from servaudit.sources import Source, parse

TEXT = """\
# é
kind: a
visit:
  id: x
  note: 'it''s a long one'
  list:
  - {a: 1, b: }
  - c
answers:
  5: "q\\"xyz"
  true: >-
    folded
    text
"""


def found(source: Source, *path, on_key=False, at=None) -> tuple[int, int, str]:
    span = source.locate(path, on_key=on_key, at=at)
    start = span.column - span.snippet_start
    return span.line, span.column, span.snippet[start : span.end_column - span.snippet_start]


@pytest.fixture
def source() -> Source:
    return parse("file.yaml", TEXT.encode())


def test_values_and_keys_have_places(source):
    assert found(source, "visit", "note") == (5, 9, "'it''s a long one'")
    assert found(source, "visit", "note", on_key=True) == (5, 3, "note")
    assert found(source, "visit", "list", 0, "a") == (7, 9, "1")
    assert found(source, "visit", "list", 1) == (8, 5, "c")
    assert found(source, "visit") == (4, 3, "id")
    assert found(source) == (2, 1, "kind")


def test_an_empty_value_is_shown_where_its_key_is(source):
    assert found(source, "visit", "list", 0, "b") == (7, 12, "b")


def test_the_key_of_an_item_is_the_key_of_its_list(source):
    assert found(source, "visit", "list", 1, on_key=True) == (6, 3, "list")


def test_keys_are_found_in_both_spellings(source):
    assert found(source, "answers", 5) == found(source, "answers", "5") == (10, 6, '"q\\"xyz"')
    assert found(source, "answers", True) == found(source, "answers", "yes")


def test_segments_that_the_file_lacks_are_skipped(source):
    assert found(source, "visit", "tag", "id") == (4, 7, "x")
    assert found(source, "visit", "nothing") == found(source, "visit")


@pytest.mark.parametrize(
    ("path", "at", "place"),
    [(("visit", "note"), 5, (5, 16, "a")), (("answers", "5"), 2, (10, 10, "x")), (("answers", True), 7, (13, 5, "t")),
     (("visit", "id"), 99, (4, 7, "x"))],
)  # fmt: skip
def test_a_place_inside_a_value_goes_through_quotes_escapes_and_folds(source, path, at, place):
    assert found(source, *path, at=at) == place


def test_the_snippet_of_a_very_long_line_is_the_part_around_the_place():
    source = parse("file.yaml", b"a: [" + b"x, " * 5_000 + b"{k: v}]\n")
    span = source.locate(("a", 5_000, "k"))
    assert len(span.snippet) <= 400
    assert found(source, "a", 5_000, "k")[2] == "v"


def test_places_of_a_file_that_cannot_be_read_go_as_far_as_it_does():
    source = parse("file.yaml", b"a: 1\nb: [2, {c: 3}\n")
    assert not source.usable
    assert found(source, "a") == (1, 4, "1")


WORDS = st.text("abcé東 '\"\\\t/", min_size=1, max_size=6)
DOCUMENTS = st.recursive(
    WORDS | st.integers(), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3)
)


def walk(data, path=()):
    yield path, data
    for name, item in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield from walk(item, (*path, name))


@given(st.dictionaries(WORDS, DOCUMENTS, min_size=1, max_size=3), st.sampled_from([None, 0, 2]))
def test_every_value_of_json_is_where_it_says(document, indent):
    text = json.dumps(document, ensure_ascii=False, indent=indent)
    check(parse("file.json", text.encode()), document, text)
    check(parse("file.yaml", text.encode()), document, text)


@given(st.dictionaries(WORDS, DOCUMENTS, min_size=1, max_size=3))
def test_every_value_of_block_yaml_is_where_it_says(document):
    text = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=10_000)
    check(parse("file.yaml", text.encode()), document, text)


def check(source: Source, document: dict, text: str) -> None:
    lines = text.split("\n")
    for path, value in walk(source.data):
        if path:
            span = source.locate(path, on_key=isinstance(path[-1], str))
            assert lines[span.line - 1][span.column - 1 :]
        if path and not isinstance(value, dict | list):
            span = source.locate(path)
            written = lines[span.line - 1][span.column - 1 : span.end_column - 1]
            assert yaml.safe_load(written) == value if source.format == "yaml" else json.loads(written) == value
    assert source.data == document
