"""Several visits become one verdict."""

# ruff: noqa: E501 - a case is one line, so that the table can be read
from __future__ import annotations

import pytest

from servaudit.scoring.rollup import Rollup
from visits import STANDARD, criterion, plan, scored, section

LADDER = [{"level": "good", "when": "score >= 0.5"}, {"level": "bad"}]


def made(rollup=None, *, scale="yes_no", **scoring):
    children = [section("s", criterion("a", scale=scale)), criterion("b", scale=scale, severity="critical")]
    return plan(
        *children, scoring={"ladder": LADDER, "limits": [], **scoring}, **({"rollup": rollup} if rollup else {})
    )


def rolled(standard, *visits):
    rollup = Rollup(standard, STANDARD)
    for answers in visits:
        rollup.add(scored(standard, answers))
    return rollup.card()


YES, NO, HALF = {"a": "yes", "b": "yes"}, {"a": "no", "b": "no"}, {"a": "yes", "b": "no"}
NOTHING = {}


def test_without_rules_of_its_own_a_rollup_is_the_mean_score():
    found = rolled(made(), YES, HALF, NOTHING)
    assert (found.visits, found.scored, found.score, found.verdict, found.passed) == (3, 2, 0.75, "scored", None)
    assert rolled(made()).score is None


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ({"agg": "share", "that": "sections.s == 1"}, 2 / 3), ({"agg": "mean", "of": "score"}, 0.5), ({"agg": "count"}, 3), ({"agg": "count", "all": True}, 4), ({"agg": "min", "of": "score"}, 0),
        ({"agg": "count", "where": "level == 'good'"}, 2), ({"agg": "count", "where": "missed.critical > 0"}, 2), ({"agg": "count", "where": "answers.a == 'yes'"}, 2), ({"agg": "sum", "of": "twice"}, 3),
        ({"agg": "count", "where": "verdict == 'passed' and passed"}, 2), ({"agg": "mean", "of": "coverage", "all": True}, 0.75), ("visits + score", 3.5), ("score > parameters.most", False),
    ],
    ids=repr,
)  # fmt: skip
def test_a_measure_goes_over_the_visits_that_have_a_score(measure, value):
    rollup = {"measures": {"m": measure}}
    standard = plan(
        section("s", criterion("a")), criterion("b", severity="critical"), parameters={"most": 0.9},
        scoring={"ladder": LADDER, "limits": [], "pass": {"score": 0.5}, "measures": {"twice": "score * 2"}}, rollup=rollup,
    )  # fmt: skip
    found = rolled(standard, YES, NO, HALF, NOTHING).measures["m"]
    assert found == (pytest.approx(value) if isinstance(value, float) else value)


@pytest.mark.parametrize(
    ("rules", "verdict", "passed", "level"),
    [
        ({}, "scored", None, "good"), ({"pass": {"score": 0.5}}, "passed", True, "good"), ({"pass": {"score": 0.6}}, "below", False, "good"), ({"pass": {"level": "good"}}, "passed", True, "good"),
        ({"pass": {"level": "good"}, "limits": [{"id": "few", "when": "visits < 10", "at_most": "bad"}]}, "limited", False, "bad"),
        ({"limits": [{"id": "few", "when": "visits < 10", "fail": True}]}, "limited", False, "good"),
    ],
    ids=repr,
)  # fmt: skip
def test_it_has_a_ladder_limits_and_a_pass_mark_like_a_visit(rules, verdict, passed, level):
    found = rolled(made({"ladder": LADDER, **rules}), YES, NO)
    assert (found.verdict, found.passed, found.level, found.level_before_limits, found.score) == (
        verdict,
        passed,
        level,
        "good",
        0.5,
    )


def test_of_no_visit_with_a_score_there_is_nothing_to_conclude():
    rules = {"ladder": LADDER, "pass": {"score": 0.5}, "limits": [{"id": "few", "when": "visits < 10", "score": 0}]}
    found = rolled(made(rules), NOTHING)
    assert (found.visits, found.scored, found.score, found.level, found.verdict, found.passed) == (
        1,
        0,
        None,
        None,
        "no_score",
        None,
    )


def test_an_incomplete_visit_is_counted_and_left_out_and_a_forbidden_one_is_not():
    standard = made({"measures": {"n": {"agg": "count"}}}, policies={"coverage_floor": 0.8, "not_applicable": "forbid"})
    found = rolled(standard, YES, {"a": "yes"}, {"a": "yes", "b": "na"})
    assert (found.visits, found.scored, found.measures) == (3, 2, {"n": 2})


def test_of_demerits_a_pass_is_at_most_the_mark():
    scale = {"choices": {"yes": 0, "no": 10}, "better": "lower", "max": 10}
    standard = made({"pass": {"score": 0.25}}, scale=scale)
    assert rolled(standard, YES, YES, YES, HALF).passed is True
    assert rolled(standard, NO).passed is False
