import json
import subprocess
import sys

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

import servaudit.sources.yaml as reader
from servaudit.model.base import Numeral, as_written
from servaudit.sources import lines, parse

PARSERS = [yaml.BaseLoader, *([yaml.CBaseLoader] if yaml.__with_libyaml__ else [])]


@pytest.fixture(params=PARSERS, ids=lambda parser: parser.__name__, autouse=True)
def parser(request, monkeypatch):
    monkeypatch.setattr(reader, "_PARSER", request.param)
    monkeypatch.setattr(lines, "parse", lambda _: None)


def data(text: str) -> object:
    source = parse("file.yaml", text.encode())
    assert source.diagnostics == ()
    return source.data


def codes(text: str) -> list[tuple[str, int, int]]:
    found = parse("file.yaml", text.encode()).diagnostics
    return [(one.code, one.where.line, one.where.column) for one in found]


@pytest.mark.parametrize(
    "text",
    ["yes", "no", "on", "off", "No", "y", "12:30", "1:30:00", "007", "-01", "0x1F", "0o17", "010", "1,5", "1_000",
     "2026-11-03", "2026-13-15", ".nan", ".NaN", ".inf", "-.inf", "1e999", "TrUE", "nULL", "<<", "=", "1.2.0", "+", ".",
     "-", "4 min 30 s", "9" * 301, "0." + "9" * 300],
)  # fmt: skip
def test_what_an_auditor_reads_as_text_stays_text(text):
    assert data(f"a: {text}" if text != "-" else "a: '-'") == {"a": text}


@pytest.mark.parametrize(
    ("text", "value"),
    [("true", True), ("False", False), ("null", None), ("~", None), ("", None), ("0", 0), ("-5", -5), ("5.0", 5.0),
     ("72.5", 72.5), (".5", 0.5), ("1e3", 1000.0), ("+5", 5), ("-0", 0), ("9" * 300, int("9" * 300))],
)  # fmt: skip
def test_numbers_and_truth_values_are_those_of_yaml_1_2(text, value):
    found = data(f"a: {text}\nb: [{text or '~'}]")
    assert found == {"a": value, "b": [value]}


@pytest.mark.parametrize("text", ["1.10", "+5", "1e3", ".5", "5.", "-0", "1.0e0"])
def test_a_number_remembers_how_it_was_written(text):
    value = data(f"a: {text}")["a"]
    assert isinstance(value, Numeral)
    assert as_written(value) == text


def test_quoted_scalars_are_texts():
    assert data("a: '5'\nb: \"true\"\nc: ''\nd: |\n  12\n") == {"a": "5", "b": "true", "c": "", "d": "12\n"}


def test_keys_are_spelled_as_texts():
    assert data("5: a\ntrue: b\n1.5: c\nno: d\n'7': e") == {"5": "a", "yes": "b", "1.5": "c", "no": "d", "7": "e"}


def test_every_duplicate_key_is_reported_whatever_its_spelling():
    assert codes("a: 1\nb: {c: 1, c: 2}\na: 2\n5: x\n'5': y\n5.0: z\n") == [
        ("duplicate-key", 2, 11), ("duplicate-key", 3, 1), ("duplicate-key", 5, 1), ("duplicate-key", 6, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code"),
    [("a: &x 1\nb: *x", "alias"), ("a: !!str 1", "tag"), ("a: !x [1]", "tag"), ("a: 1\n---\nb: 1", "several-documents"),
     ("? [a]\n: 1", "key-type"), ("{a: 1}: 1", "key-type"), ("~: 1", "key-type"), ("a: [1", "yaml-syntax"),
     ("[" * 60_000, "too-deep"), ("{a: " * 60_000, "too-deep"), ("- " * 60_000, "too-deep")],
)  # fmt: skip
def test_what_is_refused(text, code):
    source = parse("file.yaml", text.encode())
    assert source.data is None
    assert {one.code for one in source.diagnostics} == {code}


def test_sixty_four_levels_are_not_too_deep_and_one_more_is():
    assert data("[" * 64 + "]" * 64)
    assert codes("[" * 65 + "]" * 65) == [("too-deep", 1, 65)]


def test_reports_of_a_hopeless_file_are_bounded():
    assert len(parse("file.yaml", b"a: [" + b"*x, " * 10_000 + b"]").diagnostics) == 100


def test_a_document_of_too_many_values_is_refused(monkeypatch):
    monkeypatch.setattr(reader, "NODES", 100)
    assert codes("a: [" + "1, " * 300 + "]")[0][0] == "too-many-nodes"


def test_control_characters_are_taken_out_with_a_warning_and_refused_in_keys():
    source = parse("file.yaml", b'a: x\x1b[0m\nb: ["\\e", "y\\u202e"]\nc: "\\x07\\ttab"\n')
    assert source.data == {"a": "x[0m", "b": ["", "y"], "c": "\ttab"}
    assert [(one.code, one.where.line) for one in source.diagnostics] == [
        ("control-character", 1), ("control-character", 2), ("control-character", 2), ("control-character", 3),
    ]  # fmt: skip
    assert source.usable
    assert codes("a\x07: 1") == [("key-type", 1, 1)]


def test_a_backslash_alone_is_no_reason_to_complain():
    assert data("a: C:\\photos\\x.jpg") == {"a": "C:\\photos\\x.jpg"}


def test_only_a_line_feed_ends_a_line_when_places_are_counted():
    assert codes('a: "x\u0085y\u2028z"\nb: 1\nb: 2\n') == [("duplicate-key", 3, 1)]


# What ends a line of YAML (and not of JSON) is left out: U+2028 and U+2029.
PLAIN = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=12)
SCALARS = st.one_of(PLAIN, st.integers(), st.booleans(), st.none(), st.floats(allow_nan=False, allow_infinity=False))
DOCUMENTS = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(PLAIN, inner, max_size=4), max_leaves=20
)


@given(st.dictionaries(PLAIN, DOCUMENTS, min_size=1, max_size=5))
def test_what_json_can_say_reads_the_same_as_yaml(document):

    text = json.dumps(document, ensure_ascii=False)
    assert parse("file.json", text.encode()).data == parse("file.yaml", text.encode()).data


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
@example(b"PK\x03\x04")
def test_any_bytes_are_a_document_or_a_list_of_reasons(content):
    for name in ("file.yaml", "file.json"):
        source = parse(name, content)
        assert source.usable or source.diagnostics
        assert (source.data is None) == (not source.usable)
        assert all(str(one.message) and one.file == name for one in source.diagnostics)


@given(st.text("abc01 :-[]{},&*!'\"#\n\t\\|>?%~e.", max_size=60))
def test_any_text_of_yaml_signs_is_a_document_or_a_list_of_located_reasons(text):
    source = parse("file.yaml", text.encode())
    assert (source.data is None) == (not source.usable)
    for one in source.diagnostics:
        assert one.code == "file-empty" or 1 <= one.where.line <= text.count("\n") + 1


def test_libyaml_is_what_the_tests_ran_with_where_it_is():
    code = "import yaml, servaudit.sources.yaml as r; print(r._PARSER is getattr(yaml, 'CBaseLoader', yaml.BaseLoader))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "True\n"
