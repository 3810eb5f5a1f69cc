"""A standard compiled: the names each expression may see, and faults at their place."""

# ruff: noqa: E501 - a case is one line, so that the table can be read
from __future__ import annotations

import pytest

from servaudit.scoring.names import every_criterion, every_section
from visits import criterion, plan, section, unchecked

REPEATED = section(
    "rooms",
    criterion("clean"),
    section("beds", criterion("soft"), repeat="mean"),
    section("bath", criterion("dry")),
    repeat="mean",
)


def problems(*children, **keys):
    return [(one.code, one.path) for one in unchecked(*children, **keys).problems]


def measure_problems(measure, *children, **keys):
    return [code for code, _ in problems(*(children or [criterion("a")]), scoring={"measures": {"m": measure}, **keys})]


@pytest.mark.parametrize(
    ("measure", "code"),
    [
        ("points", "unknown-name"), ("weight", "unknown-name"), ("target", "unknown-name"), ("m", "unknown-name"), ("answers.b == 1", "unknown-name"), ("answers.a == 'maybe'", "unknown-answer"),
        ({"agg": "sum", "of": "points", "all": True}, "unknown-name"), ({"agg": "sum", "of": "weight * score", "all": True}, "unknown-name"), ({"agg": "count", "where": "value == 1", "all": True}, "unknown-name"),
        ({"agg": "count", "where": "value == 'maybe'"}, "unknown-answer"), ({"agg": "count", "where": "section"}, "expression-type"), ({"agg": "count", "where": "outcome == 'mett'"}, "unknown-answer"), ({"agg": "count", "over": "visits"}, "bad-value"),
        ({"agg": "sum", "of": "severity", "over": "sections"}, "unknown-name"), ({"agg": "count", "where": "pts > 1"}, "unknown-name"),
    ],
    ids=repr,
)  # fmt: skip
def test_a_measure_sees_only_its_names(measure, code):
    assert measure_problems(measure) == [code]


@pytest.mark.parametrize("name", ["score", "max", "for", "pts"])
def test_a_measure_cannot_take_the_name_of_something_else(name):
    found = problems(
        criterion("a"), attributes={"pts": {"type": "number", "default": 1}}, scoring={"measures": {name: "1"}}
    )
    assert found == [("reserved-name", ("scoring", "measures", name))]


def test_in_a_repeated_section_only_its_own_answers_and_those_outside_are_seen():
    def when(*path, name):
        made = {"rooms": REPEATED, **dict.fromkeys(path)}
        return made, name

    inside = section(
        "rooms",
        criterion("clean"),
        criterion("x", applies_when="answers.clean == 'yes' and answers.hotel == 'yes'"),
        repeat="mean",
    )
    assert problems(criterion("hotel"), inside) == []
    outside = criterion("y", applies_when="answers.clean == 'yes'")
    assert problems(outside, REPEATED) == [("unknown-name", ("criteria", 0, "applies_when"))]
    nested = section(
        "rooms",
        criterion("x", applies_when="answers.soft == 'yes'"),
        section("beds", criterion("soft"), repeat="mean"),
        section("bath", criterion("dry", applies_when="answers.x == 'no'")),
        repeat="mean",
    )
    assert problems(nested) == [("unknown-name", ("sections", 0, "criteria", 0, "applies_when"))]
    itself = section("rooms", criterion("clean"), repeat="mean", applies_when="answers.clean == 'yes'")
    assert problems(itself) == [("unknown-name", ("sections", 0, "applies_when"))]
    deep = section(
        "rooms",
        criterion("clean"),
        section("beds", criterion("soft", applies_when="answers.clean == 'yes'"), repeat="mean"),
        repeat="mean",
    )
    assert problems(deep) == []


def test_a_section_inside_a_repeated_one_has_no_score_of_its_own_name():
    assert measure_problems("sections.rooms", REPEATED) == []
    assert measure_problems("sections.bath", REPEATED) == ["unknown-name"]
    assert measure_problems({"agg": "min", "of": "score", "over": "sections", "where": "id == 'bath'"}, REPEATED) == []


def test_sections_and_criteria_know_whether_they_repeat():
    made = plan(criterion("hotel"), REPEATED)
    assert [(one.id, inside) for one, inside in every_section(made.standard)] == [
        ("rooms", False),
        ("beds", True),
        ("bath", True),
    ]
    assert [(one.id, of, inside) for one, of, inside in every_criterion(made.standard)] == [
        ("hotel", "", False), ("clean", "rooms", True), ("soft", "beds", True), ("dry", "bath", True),
    ]  # fmt: skip


def test_conditions_and_ladders_are_conditions():
    assert problems(criterion("a", applies_when="'yes'")) == [("expression-type", ("criteria", 0, "applies_when"))]
    assert problems(criterion("a"), scoring={"ladder": [{"level": "x", "when": "sections"}]}) == [
        ("expression-type", ("scoring", "ladder", 0, "when"))
    ]
    assert problems(criterion("a"), scoring={"limits": [{"id": "l", "when": "scor", "fail": True}]}) == [
        ("unknown-name", ("scoring", "limits", 0, "when"))
    ]
    assert problems(
        criterion("a"), scoring={"measures": {"m": "scor"}, "ladder": [{"level": "x", "when": "m > 1"}]}
    ) == [("unknown-name", ("scoring", "measures", "m"))]


def test_a_scale_nobody_declared_is_told_once_and_taken_for_yes_or_no():
    made = unchecked(criterion("a", scale="yes_noo"), criterion("b", scale="yes_noo"))
    (problem,) = made.problems
    assert (problem.code, problem.path, str(problem.help)) == (
        "scale-unknown",
        ("criteria", 0, "scale"),
        "did you mean “yes_no”?",
    )


def test_a_rollup_goes_over_visits_and_sees_what_they_concluded():
    keys = {"scoring": {"measures": {"own": "score"}, "ladder": [{"level": "good"}]}}
    fine = {
        "measures": {
            "n": {
                "agg": "count",
                "where": "level == 'good' and passed and verdict == 'passed' and own > 0 and answers.a == 'yes'",
            },
            "twice": "n * 2 + visits + score",
        }
    }
    assert problems(criterion("a"), rollup=fine, **keys) == []
    for wrong in (
        {"agg": "count", "over": "criteria"},
        {"agg": "count", "where": "level == 'best'"},
        {"agg": "count", "where": "target == 1"},
        "coverage",
    ):
        assert len(problems(criterion("a"), rollup={"measures": {"n": wrong}}, **keys)) == 1


def test_values_of_every_scale_have_a_type():
    children = [
        criterion("a", scale={"info": "text"}), criterion("b", scale={"info": "choice", "choices": {"x": None}}), criterion("c", scale={"info": "number"}), criterion("d", scale={"range": [0, 1], "max": 1}),
        criterion("e", scale={"choices": {"x": 1, "y": 0}, "multiple": True}), criterion("f", scale={"info": "choice"}),
    ]  # fmt: skip
    assert (
        measure_problems(
            "answers.a == 'any' and answers.b == 'x' and answers.c > 1 and answers.d < 1 and 'x' in answers.e",
            *children,
        )
        == []
    )
    assert measure_problems("answers.b == 'z'", *children) == ["unknown-answer"]
    assert measure_problems("answers.c == 'x' or 'z' in answers.e", *children) == ["unknown-answer"]
    assert measure_problems("answers.a < 3", *children) == ["expression-type"]
    assert measure_problems({"agg": "count", "where": "value == 'x' or value == 3"}, *children) == []


def test_what_applies_only_at_times_is_known_with_what_it_asks_for():
    made = plan(criterion("b", applies_when="answers.a == 'yes'"), criterion("a"))
    assert (made.conditional, made.asked) == (True, ("a",))
    made = plan(criterion("a"), scoring={"measures": {"m": "coverage + missed.minor"}})
    assert (made.conditional, made.asked) == (False, ())
    assert {"coverage", "missed"} <= made.uses
