"""What is said of a line that YAML or JSON cannot read points at what is to be mended, and says how."""

from __future__ import annotations

import pytest

from servaudit.sources import parse

QUOTES = "put quotes around a text that has a colon, a comma, a quote or a bracket; separate entries by commas"


def only(text: str, name: str = "f.yaml") -> tuple[str, str, str]:
    (one,) = parse(name, text.encode()).diagnostics
    return str(one.where).partition(":")[2], str(one.message), str(one.help)


@pytest.mark.parametrize(
    ("line", "column", "sign"),
    [
        ("a: {value: no, note: it was: bad}", 28, ":"),
        ("a: {value: no, note: it was 5 [of 6]}", 31, "["),
        ("a: {value: no, note: well {x} y}", 27, "{"),
        ("a: {note: see: http://x, b: 2}", 14, ":"),
        ('a: {note: "x" y}', 15, "y"),
        ("a: {value: no, note: 'it's here'}", 26, "s"),
        ("a: {b: 1 c: 2}", 11, ":"),
        ("a: [it was: bad: x, b]", 16, ":"),
    ],
)
@pytest.mark.parametrize("after", ["", "\n", "\nb: 3\n"])
def test_what_cannot_stand_in_brackets_is_shown_itself(line: str, column: int, sign: str, after: str) -> None:
    assert only(line + after) == (f"1:{column}", f"“{sign}” cannot stand here, in brackets", QUOTES)


def test_what_cannot_stand_in_brackets_is_shown_on_the_line_it_stands_on() -> None:
    assert only("a: {\n  value: no,\n  note: it was: bad\n}\n")[:2] == ("3:15", "“:” cannot stand here, in brackets")


@pytest.mark.parametrize(
    "text",
    [
        "a: {value: no, note: bad\nb: 3\n", "a: {value: no, note: bad\n", "a: {value: no, note: bad",
        "a: {b: c,\nd: c: 3\n", "a: {\n  b: 1\nc: 2\n", "a: {b: 1]\n", "a: {b: 1]}\n",
    ],
)  # fmt: skip
def test_a_mapping_that_is_not_closed_is_shown_where_it_starts(text: str) -> None:
    assert only(text)[:2] == ("1:4", "this mapping is not closed")


def test_an_item_that_is_not_closed_is_shown_where_it_starts() -> None:
    assert only("- a: {b: c\n  d: e\n")[:2] == ("1:6", "this mapping is not closed")


@pytest.mark.parametrize("text", ["a: [1, 2\nb: 3\n", "a: [x\nb: [y]\n", "a: [1, 2", "a: [1, 2}\n"])
def test_a_list_that_is_not_closed_is_shown_where_it_starts(text: str) -> None:
    assert only(text)[:2] == ("1:4", "this list is not closed")


@pytest.mark.parametrize(
    "text",
    ['{"a": {"b": 1', '{"a": {"b": 1}, ', '{"a": {"b": 1}, "c"', '{"a": {"b": 1}, "c":', '{"a": [1, 2', '{"a": [', "{",
     '{"a": {"b": 1\n\n', '{"a": {"b": 1}, "c": \n'],
)  # fmt: skip
def test_a_json_text_that_ends_too_soon_is_said_to(text: str) -> None:
    place, message, remedy = only(text, "f.json")
    assert (place, message) == (f"1:{len(text.rstrip())}", "the file ends before the document does")
    assert "copy" in remedy


def test_a_json_text_with_something_wrong_before_its_end_is_not_said_to_end() -> None:
    assert only('{"a": 1 "b": 2}', "f.json")[1] == "a comma is expected here"
    assert only('{"a": 1} ]', "f.json")[1] == "something follows the end of the document"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[" * 65 + "]" * 65, "1:65"),
        ("[" * 100_000, "1:65"),
        ('{"a":' * 70 + "1" + "}" * 70, "1:321"),
        ('["[[\\"[", [1],\n' + "[" * 64 + "]" * 65, "2:64"),
    ],
)
def test_nesting_is_shown_where_it_is_too_deep(text: str, place: str) -> None:
    remedy = "look for a bracket, a dash or an indentation too many"
    assert only(text, "f.json") == (place, "the document is nested more than 64 levels deep", remedy)


@pytest.mark.parametrize(("name", "text"), [("f.yaml", ""), ("f.yaml", "# nothing\n"), ("f.json", " \n")])
def test_an_empty_file_has_help(name: str, text: str) -> None:
    assert only(text, name)[2] == "fill it, or delete it"
