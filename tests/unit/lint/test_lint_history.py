"""The history a standard tells must be one that could have happened."""

import pytest

from servaudit.lint import lint_standard
from visits import criterion, section, unchecked


def faults(version="3.0.0", *, context=None, **history):
    """Lint a standard with criteria a, b and c; entries are `v2_0_0={…}`."""
    told = {name.removeprefix("v").replace("_", "."): release for name, release in history.items()}
    often = {"choices": {"often": 1, "never": {"points": 0, "label": {"fr": "Jamais"}}}}
    made = unchecked(
        criterion("a"),
        criterion("b", scale=often),
        section("s", criterion("c")),
        version=version,
        history=told,
        context=context or {},
        scoring={"levels": ["good", "bad"], "ladder": [{"level": "good", "when": "score > 0.5"}, {"level": "bad"}]},
    )
    return [(fault.code, fault.path[1:]) for fault in lint_standard(made)]


def test_a_history_that_could_have_happened_has_no_fault():
    assert faults(
        v2_0_0={"rename": {"x": "y"}, "merge": {"m": ["k", "l"]}, "rescale": {"y": {"1": "2"}}},
        v3_0_0={
            "rename": {"y": "a", "context.n": "context.m", "levels.ok": "levels.good", "t": "s"},
            "split": {"m": ["b", "c"]},
            "rescale": {"b": {"1": "often", "2": "Jamais", "3": "na"}, "a": {"1": True}},
            "remove": ["z"],
        },
        context={"m": {"type": "number", "default": 1}},
    ) == []  # fmt: skip


@pytest.mark.parametrize(
    ("release", "code", "place"),
    [
        ({"rename": {"x": "q"}}, "history-unknown", ("rename", "x")),
        ({"rename": {"a": "b"}}, "history-unknown", ("rename", "a")),
        ({"split": {"x": ["a", "q"]}}, "history-unknown", ("split", "x", "into", 1)),
        ({"merge": {"q": ["x", "y"]}}, "history-unknown", ("merge", "q")),
        ({"merge": {"a": ["x", "b"]}}, "history-unknown", ("merge", "a", "of", 1)),
        ({"remove": ["c"]}, "history-unknown", ("remove", 0)),
        ({"move": {"c": "q"}}, "history-unknown", ("move", "c")),
        ({"rescale": {"q": {"1": "2"}}}, "history-unknown", ("rescale", "q")),
        ({"rescale": {"b": {"1": "sometimes"}}}, "answer-unknown", ("rescale", "b", "1")),
        ({"rename": {"x": "a", "y": "a"}}, "history-twice", ("rename", "y")),
        ({"rename": {"x": "a"}, "remove": ["x"]}, "history-twice", ("remove", 0)),
    ],
)
def test_what_cannot_have_happened_is_said_at_its_place(release, code, place):
    assert faults(v3_0_0=release) == [(code, ("3.0.0", *place))]


def test_a_version_to_come_is_no_history():
    assert faults("1.9.0", v1_10_0={"note": "later"}) == [("history-version", ("1.10.0",))]


def test_an_older_version_may_name_what_a_newer_one_took_away():
    assert faults(v2_0_0={"rename": {"x": "y"}}, v3_0_0={"remove": ["y"]}) == []
    assert faults(v2_0_0={"rename": {"x": "y"}}) == [("history-unknown", ("2.0.0", "rename", "x"))]
