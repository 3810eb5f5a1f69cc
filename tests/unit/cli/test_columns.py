import pytest

from servaudit.cli.columns import cut, left, right, width, wrapped


def test_signs_are_counted_as_terminals_print_them():
    assert [width(text) for text in ("abc", "été", "e\u0301", "漢字", "✔")] == [3, 3, 1, 4, 1]


@pytest.mark.parametrize(("text", "columns", "expected"), [
    ("short", 8, "short"), ("too long for it", 8, "too lon…"), ("漢字漢字", 5, "漢字…"), ("any", 0, ""),
])  # fmt: skip
def test_what_does_not_fit_is_cut_with_a_mark(text, columns, expected):
    assert cut(text, columns) == expected
    assert width(cut(text, columns)) <= columns


def test_columns_are_filled():
    assert (left("ab", 4), left("abcdef", 4), right("ab", 4), right("abcdef", 4)) == ("ab  ", "abc…", "  ab", "abcdef")


@pytest.mark.parametrize(("text", "after", "expected"), [
    ("", 0, [""]),
    ("one two three", 0, ["one two", "three"]),
    ("one two\u00a0: three", 0, ["one", "two\u00a0:", "three"]),  # what does not break is not broken
    ("one abcdefghijklmno p", 0, ["one", "abcdefgh", "ijklmno", "p"]),
    ("漢字漢字漢字", 0, ["漢字漢字", "漢字"]),
    ("one two", 3, ["one two", ""]),
    ("one", 3, ["one"]),
])  # fmt: skip
def test_texts_break_between_words_and_leave_room_for_what_follows(text, after, expected):
    assert wrapped(text, 8, after=after) == expected
