from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.bench import documents

from servaudit import sources
from servaudit.model.base import Numeral
from servaudit.sources import lines, yaml
from servaudit.sources.scalars import hides_controls

ROOT = Path(__file__).parents[3]
WRITTEN = sorted(
    path for folder in ("examples", "standards", "tests/cases") for path in ROOT.glob(f"{folder}/**/*.yaml")
)


def alike(one: object, other: object) -> bool:
    """Whether two documents are equal to the spelling of their numbers and the order of their keys."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(alike(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(alike, one, other))
    return one == other and getattr(one, "text", None) == getattr(other, "text", None)


def agree(text: str) -> bool:
    """Whether a text is read here; where it is, the reader of all of YAML reads the same and finds no fault."""
    found = lines.parse(text)
    if found is None:
        return False
    data, faults = yaml.parse("file.yaml", text)
    assert not faults
    assert alike(found, data)
    return True


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: yes\n", {"a": "yes"}),
        ("a: 7\nb: -5\nc: 1.10\nd: 007\n", {"a": 7, "b": -5, "c": Numeral("1.10"), "d": "007"}),
        ("a: true\nb: +5\nc: null\nd:\n", {"a": True, "b": Numeral("+5"), "c": None, "d": None}),
        ("# what\na: 1 # one\n\nb: x   # two\n  # three\n", {"a": 1, "b": "x"}),
        ("a: 12:30, at http://x.org/y\n", {"a": "12:30, at http://x.org/y"}),
        ("a: “Bonjour”, it's l’accueil [1] {2}\n", {"a": "“Bonjour”, it's l’accueil [1] {2}"}),
        ('a: "x: #1, \'y\' {z}"\nb: ""\n', {"a": "x: #1, 'y' {z}", "b": ""}),
        (
            "a: 'x: \"y\" \\n'\nb: {c: 'd', e: ''}\nf: ['g, h']\n",
            {"a": 'x: "y" \\n', "b": {"c": "d", "e": ""}, "f": ["g, h"]},
        ),
        ('a: {value: 2 min 5 s , note: "x, y: z"}\n', {"a": {"value": "2 min 5 s", "note": "x, y: z"}}),
        ("a: {yes: 2, no: 0}\nb: [] \n", {"a": {"yes": 2, "no": 0}, "b": []}),
        ('a: [yes, {c: "d"}, [], {}, "e"]\n', {"a": ["yes", {"c": "d"}, [], {}, "e"]}),
        ("a:\n  b:\n     c: 1\n  d: 2\ne: 3\n", {"a": {"b": {"c": 1}, "d": 2}, "e": 3}),
        ("a:\n  b: 1\n  c:\nd:\n", {"a": {"b": 1, "c": None}, "d": None}),
        ("a:\n- b\n- 1\nc:\n  - {d: e}\n  - [f]\n", {"a": ["b", 1], "c": [{"d": "e"}, ["f"]]}),
        ("a:\n  - b: 1\n    c:\n      - d: x\n  -   b: 2\n", {"a": [{"b": 1, "c": [{"d": "x"}]}, {"b": 2}]}),
        (
            "a:\n  - b:\n  - c\nd: {0: x, 10: y}\n007: z\n",
            {"a": [{"b": None}, "c"], "d": {"0": "x", "10": "y"}, "007": "z"},
        ),
        ("a: >-\n  x\n  # y\n  z: 1\n\nb: |\n    x\n    y\n", {"a": "x # y z: 1", "b": "x\ny\n"}),
        ("a:\n  b: >\n    x\n\n  c: |-\n    y\n", {"a": {"b": "x\n", "c": "y"}}),
    ],
)
def test_what_is_plain_is_read(text, data):
    assert agree(text)
    assert alike(lines.parse(text), data)


STRUCTURE = [
    "", "\n", "# nothing\n", "a: 1", "- a\n", "---\na: 1\n", "a: 1\n---\nb: 2\n",
    "a: 1\n...\n", "%YAML 1.2\n", "'a': 1\n", '"a": 1\n', "{a: 1}\n", "? a\n", "null: 1\n", "a : 1\n",
    "a:1\n", " a: 1\n", "a: 1\n  b: 2\n", "a:\n    b: 1\n  c: 2\n", "a: 1\na: 2\n", "a:\n  x\n", "a: b: c\n",
    "a: b:\n", "x\n", "1.5: a\n",
    "".join(f"{' ' * n}a:\n" for n in range(100)),
]  # fmt: skip
LISTS = [
    "a:\n  n: |\n    x\n  \n    # y\n  m: z\n", "a:\n- n: 1\n  k: |\n    x\n \n    # y\n- n: 2\n",
    "a:\n  - - b\n", "a:\n  -\n", "a:\n  - # b\n", "a:\n  - b\n    c: 1\n", "a:\n  - b\n c: 1\n", "a:\n - b\n  - c\n",
    "a: 1\n- b\n", "a: 1\n  - b\n", "a:\n  - b: >-\n      c\n", "a:\n  - b: 1\n    b: 2\n", "a:\n  - b: 1\n   c: 2\n",
    "a:\n- b:\n- c\n  - d\n",
]  # fmt: skip
VALUES = [
    "&x 1", "*x", "!x 1", "'it''s'", "''''", "'x' y", "'x\n  y'",
    "x\n  y", "x\n\n  y", "- x", "-", "]", ",x", "?x", "@x", "`x", "%x", "\tx", "x\ty",
    "x\u00a0# y", "x\u2028b: y", "x\u0085y", '"x" y', '"x"#y', '"x\\n"', '"x\n  y"',
    " " * 60_000 + "\n: ", "[b]" + " " * 190_000 + "c",
]  # fmt: skip
FLOWS = [
    "[b", "[b,\n  c]", "[b,]", "[,b]", "[b: c]", "[x?]", "[1] # c", "{b}", "{b: }", "{b: 1,}", "{b: 1} c",
    "{b: 1, b: 2}", '{b: 1, b: "x"}', '{true: 1, b: "x"}', "{null: 1}", "[" * 60_000, "{b: " * 60_000,
]  # fmt: skip
BLOCKS = [
    "|\n  x\n \n  # y", ">-\n  x\n \n  # y", "|\n  x\n\u00a0 y", "|\n    x\n  \u00a0\u202fy",
    ">+\n  x", ">2\n   x", "> # c\n  x", ">-\n\n  x", ">-\n  x\n\n  y", "|\n  x\n   y", "|\n    x\n  y", "|",
    "|\n  x\n  ",
]  # fmt: skip


@pytest.mark.parametrize("text", [*STRUCTURE, *LISTS, *(f"a: {value}\n" for value in (*VALUES, *FLOWS, *BLOCKS))])
def test_what_is_not_plain_is_left_to_the_reader_of_all_of_yaml(text):
    assert lines.parse(text) is None


def test_a_document_of_many_values_is_left_to_the_reader_that_counts_them():
    assert lines.parse("a: 1\n" + "#" * 200_000 + "\n") is None


def test_what_is_delivered_is_read_alike_and_most_visits_are_read_here():
    visits, here = 0, 0
    for path in WRITTEN:
        decoded = sources.text.decode(path.name, path.read_bytes())
        if isinstance(decoded, sources.text.Text) and not hides_controls(decoded.text):
            read = agree(decoded.text)
            if "kind: observation\n" in decoded.text:
                visits, here = visits + 1, here + read
    assert here > visits / 2
    assert agree(documents.observation(1))


PIECES = st.sampled_from([
    "a", "b", "key", "yes", "null", "~", "true", "1", "1.10", "007", "-5", "- ", "-", "a: ", "b: ", ": ", ":", "{",
    "}", "[", "]", ", ", ",", '"', '"x y"', "'", "#", " # c", " ", "  ", "\n", "\n  ", "\n    ", "\n\n", "|\n",
    "|-\n", ">\n", ">-\n    ", "!", "&a", "*a", "?", "%", "@", "`", "|", ">", "=", "<<", "é", "«", "\u00a0",
    "---\n", "...\n", "1:20", "it's", "x#y", "\\", "key:\n  ", '{value: yes, note: "x"}', "{a: b, c: d}", "[a, b]",
    "{a: }", "[]", "{}", "\u0301", ".5", "a?b", "\t", "\u2028",
])  # fmt: skip
PLAIN = [
    "",
    " x",
    " 1",
    ' "x: y"',
    " {a: 1}",
    " [x, y]",
    ' {v: x, n: "y"}',
    " >-\n      x\n      y",
    " x # y",
    " |\n      x\n  \n      # y",
    " |\n      x\n    \u00a0\u00a0y",
]
COLUMN, DASH = st.sampled_from(["", "  ", "    ", "   "]), st.sampled_from(["", "", "- ", "-   ", "- - "])
KEY, VALUE = st.sampled_from(["a:", "b:", "c:", "d:", "e:", "0:", "12:", "", "x"]), st.sampled_from(PLAIN)
JOINED = st.lists(PIECES, max_size=12).map("".join)
LINES = st.lists(st.builds("{}{}{}{}\n".format, COLUMN, DASH, KEY, VALUE | JOINED), max_size=6).map("".join)


@settings(max_examples=1000)
@given(JOINED | LINES)
def test_any_text_is_read_as_the_reader_of_all_of_yaml_does_or_not_at_all(text):
    if not hides_controls(text):
        agree(text)


@given(st.data())
def test_a_changed_visit_is_read_as_the_reader_of_all_of_yaml_does_or_not_at_all(data):
    text = documents.observation(data.draw(st.integers(0, 50)))[:1500]
    at = data.draw(st.integers(0, len(text)))
    agree(f"{text[:at]}{data.draw(PIECES)}{text[at + data.draw(st.integers(0, 5)) :]}\n")
