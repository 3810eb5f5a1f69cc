"""The expression language: read, checked, evaluated; and held against Jinja's own."""

# ruff: noqa: E501 - a case is one line, so that the table can be read
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2.sandbox import SandboxedEnvironment

from servaudit.scoring import types
from servaudit.scoring.closures import MAX_DEPTH
from servaudit.scoring.expressions import MAX_LENGTH, Expression, Fault, compile_expression
from servaudit.scoring.types import ANY, BOOL, COUNT, LIST, NUMBER, RATIO, TEXT, words
from servaudit.scoring.values import UNKNOWN

NAMES = {
    "score": NUMBER, "coverage": RATIO, "n": COUNT, "breach": BOOL, "word": TEXT, "any": ANY, "list": LIST, "none_": NUMBER,
    "outcome": words("met", "not_met"), "target": words("5", "4"), "unknown": ANY,
    "missed": types.names({"critical": COUNT}),
    "parameters": types.of({"rate": {"5": 0.4, "4": 0.3}, "deep": {"5": {"x": 1.0}, "4": {"x": 2.0}}, "half": {"5": 0.4}, "mixed": {"5": 1.0, "4": "a"}}),
    "answers": types.names({"a": words("yes", "no"), "return": words("yes"), "multi": types.Type("list", words=frozenset(("x", "y")))}),
}  # fmt: skip
SCOPE = {
    "score": 0.1 + 0.7, "coverage": 0.5, "n": 3, "breach": True, "word": "abc", "any": "free", "list": [3, 1, 2], "none_": None,
    "outcome": "met", "target": "4", "unknown": UNKNOWN, "missed": {"critical": 0},
    "parameters": {"rate": {"5": 0.4, "4": 0.3}, "deep": {"5": {"x": 1.0}, "4": {"x": 2.0}}, "half": {"5": 0.4}, "mixed": {"5": 1.0, "4": "a"}},
    "answers": {"a": "yes", "return": UNKNOWN, "multi": ["x"]},
}  # fmt: skip


def value(source, **scope):
    found = compile_expression(source, NAMES)
    assert isinstance(found, Expression), str(found)
    return found({**SCOPE, **scope})


def fault(source, names=NAMES):
    found = compile_expression(source, names)
    assert isinstance(found, Fault)
    return found


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ("1 + 2 * 3", 7), ("(1 + 2) * 3", 9), ("-2 + +3", 1), ("7 / 2", 3.5), ("7 / 0", None), ("true", True), ("none", None), ("True and not False", True),
        ("score >= 0.8", True), ("score < 0.8", False), ("0 < n <= 3", True), ("0 < n < 3", False), ("n == '3'", True),
        ("score or 0", 0.1 + 0.7), ("none_ or 0", 0), ("(none_ or 2) * 3", 6), ("breach and n", 3), ("breach or n", True), ("not n", False),
        ("1 if breach else 2", 1), ("1 if not breach else 2", 2), ("word == 'abc' and 'b' in word", True), ("word in ['abc', 'd']", True),
        ("word not in ('abc', 'd')", False), ("outcome != 'met'", False), ("breach == 'yes'", True), ("'x' in answers.multi", True), ("'met' in [outcome, word]", True), ("'no' in [answers.a, 'no']", True),
        ("parameters.rate[target]", 0.3), ("parameters.deep[target].x", 2.0), ("parameters['rate']['5']", 0.4), ("parameters.rate[5]", 0.4),
        ("parameters.mixed[target]", "a"), ("parameters.rate[n]", None), ("any.b", None), ("any[none_]", None), ("answers['a']", "yes"),
        ("min(1, n)", 1), ("max([1, n])", 3), ("max(list)", 3), ("min(n)", 3), ("abs(-n)", 3), ("abs(any)", None), ("round(62.5)", 63), ("round(2.345, 2)", 2.35),
        ("ceil(0.1 * 3 * 10)", 3), ("floor(2.9)", 2), ("1e15 * 1e15", 1e30), ("round(1e15 * 1e15)", 1e30), ("1_000", 1000), (" 1 ", 1),
        ("score\n  >= 0.8\n and\tbreach", True), ("'#' == word", False),
    ],
    ids=repr,
)  # fmt: skip
def test_an_expression_has_a_value(source, result):
    assert value(source) == result


@pytest.mark.parametrize(
    "source",
    [
        "none_ > 1",
        "none_ < 1",
        "none_ == 1",
        "none_ != 1",
        "none_ == none",
        "none_ in [1]",
        "none_ not in [1]",
        "0 < none_ < 2",
    ],
)
def test_a_comparison_with_null_is_false(source):
    assert value(source) is False


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ("unknown == 1", UNKNOWN), ("unknown + 1", UNKNOWN), ("-unknown", UNKNOWN), ("not unknown", UNKNOWN), ("max(1, unknown)", UNKNOWN),
        ("1 in [unknown, 2]", UNKNOWN), ("unknown.a == 1", UNKNOWN), ("any[unknown] == 1", UNKNOWN), ("1 if unknown else 2", UNKNOWN),
        ("unknown and n", UNKNOWN), ("n and unknown", UNKNOWN), ("unknown or n", 3), ("n or unknown", 3), ("unknown and none_", None),
        ("unknown or none_", UNKNOWN), ("n > 5 and unknown", False), ("5 < n < unknown", False), ("1 < n < unknown", UNKNOWN), ("answers.return == 'yes'", UNKNOWN),
    ],
    ids=repr,
)  # fmt: skip
def test_the_unknown_goes_through_what_rests_on_it_and_nothing_else(source, result):
    source = source.replace("answers.return", "answers['return']")
    assert value(source) == result


def test_null_and_the_unknown_do_not_hold():
    for source, held in (("none_", False), ("unknown", False), ("n", True)):
        assert compile_expression(source, NAMES).holds(SCOPE) is held


@pytest.mark.parametrize(
    ("source", "code", "at"),
    [
        ("", "expression-syntax", 0), ("score >=", "expression-syntax", 7), ("score = 1", "expression-syntax", 6), ("score & 1", "expression-syntax", 0),
        ("2 ** 9", "expression-syntax", 0), ("7 // 2", "expression-syntax", 0), ("7 % 2", "expression-syntax", 0), ("~n", "expression-syntax", 0),
        ("lambda: 1", "expression-syntax", 0), ("[x for x in list]", "expression-syntax", 0), ("{'a': 1}", "expression-syntax", 0), ("(x := 1)", "expression-syntax", 1),
        ("f'{n}'", "expression-syntax", 0), ("b'a'", "expression-syntax", 0), ("1j", "expression-syntax", 0), ("...", "expression-syntax", 0), ("n is none", "expression-syntax", 0),
        ("1e999", "expression-syntax", 0), ("9" * 30, "expression-syntax", 0), ("any[1:2]", "expression-syntax", 4), ("import os", "expression-syntax", 0),
        ("score >= 0.8 # and breach", "expression-syntax", 13), ("score >= 0.8 # all\nand breach", "expression-syntax", 13), ("'\ud800'", "expression-syntax", 0), ("'\\d' == word", "expression-syntax", 0),
        ("  scor > 1", "unknown-name", 2), ("'é' == wrod", "unknown-name", 7), ("missed.criticl", "unknown-name", 0), ("parameters.rates", "unknown-name", 0),
        ("parameters.half[target]", "unknown-name", 0), ("open('x')", "unknown-name", 0), ("word.upper()", "unknown-name", 0), ("round(*list)", "unknown-name", 0), ("round(n, ndigits=1)", "unknown-name", 0),
        ("round()", "expression-type", 0), ("abs(1, 2)", "expression-type", 0), ("score.a", "expression-type", 0), ("any.__class__", "expression-type", 0), ("any['_x']", "expression-type", 0),
        ("list[n]", "expression-type", 0), ("word[n]", "expression-type", 0), ("word * 3", "expression-type", 0), ("1 + word", "expression-type", 4), ("-word", "expression-type", 1), ("abs(word)", "expression-type", 4),
        ("round(list)", "expression-type", 6), ("not word", "expression-type", 4), ("breach and word", "expression-type", 11), ("1 if word else 2", "expression-type", 5),
        ("round(n, 0.5)", "expression-type", 9), ("round(n, -2)", "expression-type", 9), ("round(n, 10)", "expression-type", 9), ("round(n, n)", "expression-type", 9), ("round(n, word)", "expression-type", 9),
        ("n in 3", "expression-type", 5), ("word < 3", "expression-type", 0), ("list < list", "expression-type", 0),
        ("outcome == 'mett'", "unknown-answer", 11), ("'mett' == outcome", "unknown-answer", 0), ("outcome in ['met', 'x']", "unknown-answer", 11), ("answers.a == 'maybe'", "unknown-answer", 13),
        ("'z' in answers.multi", "unknown-answer", 0), ("'z' in [outcome, 'y']", "unknown-answer", 0),
    ],
    ids=repr,
)  # fmt: skip
def test_a_fault_says_what_and_where(source, code, at):
    found = fault(source)
    assert (found.code, found.at) == (code, at)


BEYOND = "an expression has + - * /, comparisons, and, or, not, in, if … else, min, max, abs, round, ceil, floor"


@pytest.mark.parametrize(
    ("source", "help_"),
    [
        ("scor > 1", "did you mean “score”?"),
        ("outcome == 'mett'", "did you mean “met”?"),
        ("score ==", "write conditions like: score >= 0.8 and missed.critical == 0"),
        ("answers.return == 'yes'", "write answers['return'] instead of answers.return"),
        ("score = 1", "write == instead of ="),
        ("score ≥ 0.8", "write >= instead of ≥"),
        ("not word", "compare it: word == '…'"),
        *[(bad, BEYOND) for bad in ("n % 2", "n // 2", "~n", "n ** 2", "n & 1", "[n for n in n]")],
        ("score >=", "write conditions like: score >= 0.8 and missed.critical == 0"),
    ],
)
def test_a_fault_says_what_to_do(source, help_):
    assert str(fault(source).help) == help_


def test_a_word_of_a_list_that_is_empty_is_said_without_the_list():
    found = compile_expression("level == 'x'", {"level": words()})
    assert (found.code, str(found.message)) == (
        "unknown-answer", "“x” is never found here: the standard declares none"
    )  # fmt: skip


def test_what_is_too_long_or_too_deep_is_refused():
    assert "at most 1000 characters" in str(fault("1 + " * MAX_LENGTH + "1").message)
    assert f"nests at most {MAX_DEPTH} deep" in str(fault("not " * (MAX_DEPTH + 2) + "n").message)
    assert value("(" * 90 + "n" + ")" * 90) == 3


def test_an_expression_knows_the_names_it_rests_on():
    found = compile_expression("answers.a == 'yes' and parameters.rate[target] > score", NAMES)
    assert found.names == {"answers", "answers.a", "parameters", "parameters.rate", "target", "score"}


def test_looking_an_answer_up_by_a_name_to_be_found_rests_on_all_of_them():
    assert {"answers.a", "answers.return"} <= compile_expression("answers[word] == 1", NAMES).names


@pytest.mark.parametrize(
    ("source", "decided"),
    [
        ("missed.critical >= 0", [(0, True)]), ("missed.critical < 0", [(0, False)]), ("coverage <= 1", [(0, True)]), ("coverage > 1", [(0, False)]),
        ("n > -1", [(0, True)]), ("coverage < 2", [(0, True)]), ("coverage == 2", [(0, False)]), ("coverage != 2", [(0, True)]), ("1 == 1", [(0, True)]), ("1 != 1", [(0, False)]),
        ("coverage >= 0.5", []), ("score > 1", []), ("breach == true", []), ("n in [1]", []), ("score > 1 and n >= 0", [(14, True)]), ("-coverage <= 0", [(0, True)]), ("n == 0", []),
    ],
    ids=repr,
)  # fmt: skip
def test_comparisons_settled_by_bounds_are_noticed(source, decided):
    assert list(compile_expression(source, NAMES).decided) == decided


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("score or 0", "number"), ("n > 1 or breach", "bool"), ("any or 1", "any"), ("'a' if breach else 'b'", "text"), ("1 if breach else 'b'", "any"),
        ("parameters.rate[target]", "number"), ("parameters.mixed[target]", "any"), ("parameters.deep[target]", "map"), ("any[n]", "any"), ("[1, 'a']", "list"), ("none", "any"),
    ],
    ids=repr,
)  # fmt: skip
def test_an_expression_has_a_type(source, kind):
    assert compile_expression(source, NAMES).type.kind == kind


def test_a_constant_has_its_type():
    assert types.of([1]).kind == "list"
    assert types.of({5: "a"}).names["5"].words == {"a"}
    assert types.of(None).kind == "any"


# Jinja's own results: on expressions both understand, with numbers that are exact and never null.

NUMBERS = st.recursive(
    st.sampled_from(["a", "b", "0", "1", "2", "0.5", "3.25"]),
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*"), inner),
        st.builds("({} / 4)".format, inner),
        st.builds("-{}".format, inner),
        st.builds("({} if {} > {} else {})".format, inner, inner, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("({} and {})".format, inner, inner),
        st.builds("m.x[{}]".format, st.sampled_from(["t", "'k'"])),
    ),
    max_leaves=8,
)
CONDITIONS = st.recursive(
    st.one_of(
        st.sampled_from(["yes", "not yes", "w == 'abc'", "w in ['abc', 'd']", "'b' in w", "w != 'z'", "true", "false"]),
        st.builds("{} {} {}".format, NUMBERS, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), NUMBERS),
        st.builds("{} < {} <= {}".format, NUMBERS, NUMBERS, NUMBERS),
        st.builds("{} in [{}, {}]".format, NUMBERS, NUMBERS, NUMBERS),
    ),
    lambda inner: st.one_of(
        st.builds("({} and {})".format, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("not ({})".format, inner),
        st.builds("({} if {} else {})".format, inner, inner, inner),
    ),
    max_leaves=6,
)
SMALL = {
    "a": NUMBER,
    "b": NUMBER,
    "yes": BOOL,
    "w": TEXT,
    "t": words("k", "l"),
    "m": types.of({"x": {"k": 1.0, "l": 2.0}}),
}
EIGHTHS = st.integers(-16, 16).map(lambda n: n / 8)


@given(NUMBERS | CONDITIONS, EIGHTHS, EIGHTHS, st.booleans(), st.sampled_from(["k", "l"]))
def test_an_expression_means_what_it_means_to_jinja(source, a, b, yes, t):
    scope = {"a": a, "b": b, "yes": yes, "w": "abc", "t": t, "m": {"x": {"k": 1.0, "l": 2.0}}}
    found = compile_expression(source, SMALL)
    if isinstance(found, Fault):  # only for its size
        assert "at most" in str(found.message)
        return
    theirs = SandboxedEnvironment().compile_expression(source, undefined_to_none=False)(**scope)
    assert found(scope) == theirs


def test_it_differs_from_jinja_where_floating_point_misleads():
    jinja = SandboxedEnvironment()
    assert jinja.compile_expression("0.1 * 1 + 0.7 * 1 >= 0.8")() is False
    assert value("0.1 * 1 + 0.7 * 1 >= 0.8") is True
    assert jinja.compile_expression("62.5|round")() == 62
    assert value("round(62.5)") == 63
    assert jinja.compile_expression("'5' == 5")() is False
    assert value("'5' == 5") is True


PIECES = st.sampled_from(
    ["score", "any", "(", ")", "[", "]", "{", "}", ".", ",", "'", '"', "__class__", " if ", " else ", " for x in ", "lambda ", "**", "//", "%", "1e9999",
     "9" * 400, "and", " or ", " not ", " in ", " is ", ":=", "#", "\\", "\n", "\0", "\ud800", "é", "\u00a0", "…", "f'", "=", "<", "-", "~", "@", "await ", "yield "]
)  # fmt: skip


@given(
    st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join)
    | st.builds(lambda p, n: p * n, PIECES, st.integers(1, 999))
)
def test_any_text_is_an_expression_or_a_fault_at_a_place_in_it(text):
    found = compile_expression(text, NAMES)
    if isinstance(found, Fault):
        assert 0 <= found.at <= len(text)
        assert str(found.message)
    else:
        found(SCOPE)
