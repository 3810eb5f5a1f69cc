"""Measures over criteria and sections, and the names that expressions see."""

# ruff: noqa: E501 - a case is one line, so that the table can be read
from __future__ import annotations

import pytest

from visits import card, criterion, plan, section

FIVE = {"choices": {str(n): n for n in range(6)}}
CHILDREN = [
    criterion("a", scale=FIVE, weight=2, severity="major", facets={"stage": "welcome"}, attributes={"pts": 10, "kind": "x", "ok": True}),
    section("s", criterion("b", scale=FIVE, status="must"), section("t", criterion("c", scale=FIVE, repeat="sum"))),
    criterion("d", scale=FIVE),
    criterion("i", scale={"info": "number"}),
]  # fmt: skip
FACETS = {"stage": {"values": {"welcome": None, "closing": None}}}
ATTRIBUTES = {
    "pts": {"type": "number", "default": 1},
    "kind": {"type": "choice", "values": ["x", "y"], "default": "y"},
    "ok": {"type": "bool", "default": False},
}
ANSWERS = {"a": 5, "b": 2, "c": ["1", "3"], "i": 7}


def measured(measures, answers=None, **keys):
    made = plan(*CHILDREN, facets=FACETS, attributes=ATTRIBUTES, scoring={"measures": measures, **keys})
    return card(made, ANSWERS if answers is None else answers).measures


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ({"agg": "sum", "of": "weight * score"}, 2 + 0.4 + 0.4), ({"agg": "mean", "of": "points"}, 11 / 3), ({"agg": "min", "of": "score"}, 0.4), ({"agg": "max", "of": "points"}, 5), ({"agg": "count"}, 3),
        ({"agg": "count", "where": "score == 1"}, 1), ({"agg": "count", "that": "score < 1"}, 2), ({"agg": "share", "that": "score == 1"}, 1 / 3), ({"agg": "share", "that": "points > 2", "where": "score < 1"}, 0.5),
        ({"agg": "sum", "of": "pts"}, 12), ({"agg": "sum", "of": "pts", "all": True}, 14), ({"agg": "sum", "of": "max"}, 20), ({"agg": "sum", "of": "max", "all": True}, 25), ({"agg": "count", "all": True, "where": "outcome == 'unobserved'"}, 1),
        ({"agg": "sum", "of": "pts", "where": "kind == 'x' and ok"}, 10), ({"agg": "count", "where": "facets.stage == 'welcome'"}, 1), ({"agg": "count", "where": "facets.stage != 'welcome'"}, 0), ({"agg": "count", "where": "status == 'must'"}, 1),
        ({"agg": "count", "where": "status != 'must'"}, 0), ({"agg": "count", "where": "severity == 'major'"}, 1), ({"agg": "sum", "of": "points", "where": "section == 's' or section == 't'"}, 6), ({"agg": "count", "where": "id in ['a', 'b']"}, 2),
        ({"agg": "count", "where": "value == 5"}, 1), ({"agg": "count", "where": "outcome == 'partly'"}, 2), ({"agg": "sum", "of": "score > 0.9"}, 1), ({"agg": "max", "of": "ok"}, 1),
        ({"agg": "max", "of": "score", "over": "sections"}, 0.4), ({"agg": "count", "over": "sections"}, 2), ({"agg": "sum", "of": "weight", "over": "sections", "where": "id == 't' and points > max"}, 0), ({"agg": "count", "over": "sections", "all": True}, 2),
        ("score * 100", None), ("sections.s + sections.t", 0.8), ("answers.i * 2", 14), ("missed.major + missed.minor", 2), ("coverage", 0.75), ("answers.a == '5'", True), ("answers.d == '5'", False), ("answers.d", None), ("answers.b if answers.a == 5 else 'z'", "2"),
    ],
    ids=repr,
)  # fmt: skip
def test_a_measure_has_a_value(measure, value):
    found = measured({"m": measure})["m"]
    if measure == "score * 100":
        value = 100 * (2 + 0.4) / 3
    assert found == (pytest.approx(value) if isinstance(value, float) else value)


def test_count_and_sum_of_nothing_are_nought_and_the_others_null():
    nothing = {
        f"m_{name}": {"agg": name, "of": "score", "that": "score == 1", "where": "pts > 99"}
        for name in ("count", "sum", "mean", "min", "max", "share")
    }
    assert measured(nothing) == {
        "m_count": 0,
        "m_sum": 0,
        "m_mean": None,
        "m_min": None,
        "m_max": None,
        "m_share": None,
    }


def test_what_has_no_value_is_left_out_of_an_aggregate():
    made = plan(
        criterion("a", scale={"range": [0, 9]}),
        criterion("b", scale={**FIVE}),
        scoring={"combine": "sum", "measures": {"m": {"agg": "mean", "of": "score"}}},
    )
    assert card(made, {"a": 4, "b": 5}).measures == {"m": 1}


def test_later_measures_see_earlier_ones():
    assert measured(
        {"one": {"agg": "count"}, "two": "one + 1", "three": {"agg": "count", "where": "points >= two"}}
    ) == {"one": 3, "two": 4, "three": 2}


def test_what_a_policy_counts_is_scored_and_what_is_not_applicable_is_not():
    answers = {"a": "na", "b": 5}
    assert measured({"n": {"agg": "count"}}, answers) == {"n": 1}
    assert measured(
        {"n": {"agg": "count"}, "best": {"agg": "count", "where": "score == 1"}},
        answers,
        policies={"not_applicable": "full", "missing": "zero"},
    ) == {"n": 4, "best": 2}


def test_points_are_visible_where_the_root_adds_up():
    made = plan(criterion("a", scale=FIVE), scoring={"combine": "sum", "measures": {"left": "5 - points"}})
    assert card(made, {"a": 2}).measures == {"left": 3}


def test_answers_of_a_repeated_section_are_a_list_and_of_several_choices_too():
    made = plan(
        section("rooms", criterion("clean"), section("beds", criterion("soft"), repeat="mean"), repeat="mean"),
        criterion("basket", scale={"choices": {"bread": 1, "milk": 1}, "multiple": True}),
        scoring={
            "measures": {
                "all_clean": "'no' not in answers.clean", "soft": "'no' in answers.soft", "bread": "'bread' in answers.basket",
                "rooms": {"agg": "min", "of": "score", "over": "sections", "where": "id == 'beds'"},
            }
        },
    )  # fmt: skip
    rooms = [{"clean": "yes", "beds": [{"soft": "no"}, {"soft": "yes"}]}, {"clean": "yes", "beds": [{"soft": "yes"}]}]
    found = card(made, {"rooms": rooms, "basket": ["bread"]})
    assert found.measures == {"all_clean": True, "soft": True, "bread": True, "rooms": 0.5}


def test_a_sum_beyond_every_number_is_null():
    big = {"agg": "sum", "of": "parameters.big"}
    made = plan(
        criterion("a"),
        criterion("b"),
        parameters={"big": 1.7e308},
        scoring={"measures": {"total": big, "mean": {**big, "agg": "mean"}}},
    )
    assert card(made, {"a": "yes", "b": "no"}).measures == {"total": None, "mean": None}
