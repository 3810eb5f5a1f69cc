"""Tables of text, as spreadsheets export them."""

from __future__ import annotations

import pytest

from servaudit.sources.csv import COLUMNS, ROWS, parse, read


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_the_separator_is_told_by_the_lines(separator):
    text = "\n".join(
        separator.join(cells) for cells in (("Titre", "", ""), ("N", "Question", "Poids"), ("1", "Salut", "2"))
    )
    assert parse("a.csv", text.encode()).rows[2] == ("1", "Salut", "2")


def test_a_decimal_comma_does_not_separate_where_semicolons_do():
    assert parse("a.csv", b"Critere;Poids\nSalut;1,5\nMerci;0,5\nAdieu;2,5\n").rows[1] == ("Salut", "1,5")


def test_what_excel_writes_in_western_europe_is_read_and_said():
    found = parse("a.csv", "Critère;Côte\r\nPropreté – été;1 €\r\n".encode("cp1252"))
    assert (found.rows[1], found.windows) == (("Propreté – été", "1 €"), True)
    assert not parse("a.csv", "Critère\n".encode()).windows


def test_quotes_hold_separators_and_line_ends():
    assert parse("a.csv", b'a;"b;c\nd"\n').rows == (("a", "b;c\nd"),)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"), (b"PK\x03\x04\0\0", "not-text"), ("Critère".encode("utf-16"), "encoding"),
        (b'"' + b"x" * 200_000, "table-unreadable"), (b"a\n" * (ROWS + 2), "table-unreadable"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused(content, code):
    assert [fault.code for fault in parse("a.csv", content).diagnostics] == [code]


def test_columns_beyond_any_grid_are_not_read():
    assert len(parse("a.csv", b";" * (COLUMNS + 50)).rows[0]) == COLUMNS


def test_a_file_that_is_not_there_is_said(tmp_path):
    assert [fault.code for fault in read(str(tmp_path / "none.csv")).diagnostics] == ["file-not-found"]
