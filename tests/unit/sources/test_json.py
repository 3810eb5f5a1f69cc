import pytest

import servaudit.sources.json as reader
from servaudit.model.base import Numeral
from servaudit.sources import parse


def codes(text: str) -> list[tuple[str, int, int]]:
    return [(one.code, one.where.line, one.where.column) for one in parse("file.json", text.encode()).diagnostics]


@pytest.mark.parametrize(
    ("text", "expected"),
    [('{"a": 1, "a": 2, "b": {"c": 1,\n "c": 2}}', [("duplicate-key", 1, 10), ("duplicate-key", 2, 2)]),
     ('{"a": "NaN", "b": NaN}', [("json-syntax", 1, 19)]), ('{"a": -Infinity}', [("json-syntax", 1, 7)]),
     ('{"a": "x', [("json-syntax", 1, 7)]), ('{"a": 1} x', [("json-syntax", 1, 10)]),
     ("{'a': 1}", [("json-syntax", 1, 2)]),
     ("[" * 60_000, [("too-deep", 1, 65)]), ("[" * 65 + "]" * 65, [("too-deep", 1, 65)])],
)  # fmt: skip
def test_what_is_refused_has_its_place(text, expected):
    assert codes(text) == expected
    assert parse("file.json", text.encode()).data is None


def test_a_document_of_too_many_values_is_refused(monkeypatch):
    monkeypatch.setattr(reader, "NODES", 10)
    assert codes("[1, 2, 3, 4, 5, 6, 7, 8, 9]") == []
    assert codes("[1, 2, 3, 4, 5, 6, 7, 8, [9]]") == [("too-many-nodes", 1, 1)]


def test_sixty_four_levels_are_not_too_deep():
    assert codes("[" * 64 + "]" * 64) == []


def test_numbers_are_read_as_in_yaml():
    value = parse("file.json", b'{"a": 1.10, "b": 5, "c": 1e999}').data
    assert isinstance(value["a"], Numeral)
    assert value == {"a": 1.1, "b": 5, "c": "1e999"}


def test_escaped_control_characters_and_lone_surrogates_are_taken_out():
    source = parse("file.json", b'{"a": ["\\u001b[0m", "\\ud800x", "\\ud83d\\ude00", "\\u202eb"]}')
    assert source.data == {"a": ["[0m", "x", "😀", "b"]}
    assert [(one.code, one.where.column) for one in source.diagnostics] == [
        ("control-character", 8), ("control-character", 21), ("control-character", 48),
    ]  # fmt: skip


def test_a_lone_surrogate_in_a_key_is_refused():
    assert codes('{"a\\ud800": 1}') == [("key-type", 1, 2)]
