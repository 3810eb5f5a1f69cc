"""Limits, the ladder and the pass mark: what overrules a score, in which order, and what it changed."""

# ruff: noqa: E501 - a case is one line, so that the table can be read
from __future__ import annotations

import pytest

from visits import card, criterion, plan, section, unchecked

LADDER = [{"level": "A", "when": "score >= 0.8"}, {"level": "B", "when": "score >= 0.6"}, {"level": "C"}]
DEMERITS = {"choices": {"0": 0, "4": 4, "8": 8}, "better": "lower"}
HUNDRED = {"range": [0, 100], "max": 100}


def limited(*limits, **keys):
    limits = [{"id": f"l{n}", **limit} for n, limit in enumerate(limits)]
    scoring = {"ladder": LADDER, "limits": limits, **keys}
    return unchecked(criterion("a", scale=HUNDRED), criterion("b", severity="major"), scoring=scoring)


def result(made, a, b):
    found = card(made, {"a": a, "b": b})
    return found.score, found.level, found.verdict, found.passed


def test_without_limits_of_its_own_a_critical_miss_fails_and_leaves_the_score():
    made = plan(criterion("a", severity="critical"), criterion("b"), criterion("c"), scoring={"pass": {"score": 0.5}})
    found = card(made, {"a": "no", "b": "yes", "c": "yes"})
    assert (found.score, found.verdict, found.passed) == (pytest.approx(2 / 3), "limited", False)
    assert [(one.id, one.fired, one.action, one.changed) for one in found.limits] == [
        ("critical_missed", True, "fail", True)
    ]
    assert card(made, {"a": "na", "b": "yes", "c": "yes"}).verdict == "passed"
    assert card(made, {"b": "yes", "c": "yes"}).verdict == "passed"


def test_that_limit_is_only_there_for_a_critical_criterion_and_can_be_declared_away():
    assert card(plan(criterion("a")), {"a": "no"}).limits == ()
    assert card(plan(criterion("a", severity="critical"), scoring={"limits": []}), {"a": "no"}).verdict == "scored"


def test_a_critical_criterion_partly_met_is_not_fully_met():
    made = plan(criterion("a", severity="critical", repeat="mean"))
    assert card(made, {"a": ["yes", "no"]}).passed is False
    assert card(made, {"a": ["yes", "yes"]}).passed is None


def test_a_score_knocks_out_and_the_ladder_is_climbed_again():
    made = limited({"when": "missed.major > 0", "score": 0.1}, **{"pass": {"score": 0.6}})
    found = card(made, {"a": 100, "b": "no"})
    assert (found.score, found.score_before_limits, found.level, found.level_before_limits) == (0.1, 0.5, "C", "C")
    made = limited({"when": "coverage == 1", "score": 0.7}, **{"pass": {"score": 0.6}})
    assert result(made, 100, "yes") == (0.7, "B", "passed", True)


def test_the_lowest_knock_out_wins_and_the_other_changed_nothing():
    made = limited(
        {"when": "missed.major > 0", "score": 0.3},
        {"when": "missed.major > 0", "score": 0.1},
        {"when": "score > 1", "score": 0},
    )
    found = card(made, {"a": 100, "b": "no"})
    assert found.score == 0.1
    assert [(one.fired, one.changed) for one in found.limits] == [(True, False), (True, True), (False, False)]


def test_a_knock_out_takes_the_points_too():
    made = plan(
        criterion("a", scale=HUNDRED),
        scoring={"combine": "sum", "limits": [{"id": "ko", "when": "score < 0.5", "score": 0.1}]},
    )
    found = card(made, {"a": 40})
    assert (found.points, found.points_before_limits, found.score) == (10, 40, 0.1)
    made = plan(
        criterion("a", scale=DEMERITS),
        scoring={
            "combine": "sum",
            "limits": [
                {"id": "ko", "when": "points > 5", "score": 50},
                {"id": "ko2", "when": "points > 6", "score": 40},
            ],
        },
    )
    assert card(made, {"a": "8"}).points == 50  # demerits: the most is the worst


@pytest.mark.parametrize(
    ("limits", "level", "changed"),
    [
        ([{"when": "true", "at_most": "B"}], "B", [True]), ([{"when": "true", "at_most": "C"}, {"when": "true", "at_most": "B"}], "C", [True, False]), ([{"when": "true", "at_most": "A"}], "A", [False]),
        ([{"when": "false", "at_most": "C"}], "A", [False]),
    ],
    ids=repr,
)  # fmt: skip
def test_of_ceilings_the_lowest_wins(limits, level, changed):
    found = card(limited(*limits), {"a": 100, "b": "yes"})
    assert (found.level, found.level_before_limits, [one.changed for one in found.limits]) == (level, "A", changed)
    assert found.score == 1


def test_a_ceiling_never_raises_a_level():
    assert result(limited({"when": "true", "at_most": "B"}), 0, "no")[1] == "C"


def test_the_order_of_quality_is_not_that_of_the_ladder():
    ladder = [{"level": "poor", "when": "score < 0.3"}, {"level": "good"}]
    made = unchecked(
        criterion("a", scale=HUNDRED),
        scoring={
            "levels": ["good", "fair", "poor"],
            "ladder": ladder,
            "limits": [{"id": "l", "when": "true", "at_most": "fair"}],
        },
    )
    assert card(made, {"a": 20}).level == "poor"
    assert card(made, {"a": 90}).level == "fair"


def test_points_are_added_as_they_stand_within_floor_and_max():
    def points(add, *, a=40, **rules):
        return card(
            plan(
                criterion("a", scale=HUNDRED),
                scoring={"combine": "sum", **rules, "limits": [{"id": "l", "when": "points > 0", "add": add}]},
            ),
            {"a": a},
        )

    assert points(3).points == 43
    assert points(3).score == pytest.approx(0.43)
    assert points(-3).points == 37
    assert points(80, max=100).points == 100
    assert points(-80, floor=10).points == 10
    assert points(-80).points == -40


def test_several_additions_add_up_before_a_knock_out():
    limits = [
        {"id": "x", "when": "points > 0", "add": 3},
        {"id": "y", "when": "points > 0", "add": 4},
        {"id": "z", "when": "points == 43", "score": 0},
    ]
    made = plan(criterion("a", scale=HUNDRED), scoring={"combine": "sum", "limits": limits})
    found = card(made, {"a": 40})
    assert (found.points, [one.fired for one in found.limits]) == (
        47,
        [True, True, False],
    )  # all judged before any acts
    made = plan(
        criterion("a", scale=HUNDRED),
        scoring={"combine": "sum", "limits": [*limits[:2], {"id": "z", "when": "points == 40", "score": 0}]},
    )
    assert card(made, {"a": 40}).points == 0


def test_demerits_that_are_added_may_be_better_or_worse():
    limits = [{"id": "closed", "when": "points >= 8", "add": 7}, {"id": "thanks", "when": "points == 4", "add": -2}]
    made = plan(
        criterion("a", scale=DEMERITS),
        scoring={
            "combine": "sum",
            "limits": limits,
            "pass": {"level": "ok"},
            "ladder": [{"level": "ok", "when": "points < 10"}, {"level": "bad"}],
        },
    )
    found = card(made, {"a": "8"})
    assert (found.points, found.level, found.verdict, found.score) == (15, "bad", "limited", None)
    found = card(made, {"a": "4"})
    assert (found.points, found.verdict) == (2, "passed")


def test_adding_to_no_points_changes_nothing():
    made = limited({"when": "true", "add": 5})
    found = card(made, {"a": 100, "b": "yes"})
    assert (found.score, found.points, found.limits[0].fired, found.limits[0].changed) == (1, None, True, False)


def test_measures_are_computed_again_from_what_limits_left():
    made = limited({"when": "double > 1.5", "score": 0.5}, measures={"double": "score * 2"})
    assert card(made, {"a": 100, "b": "yes"}).measures == {"double": 1}


@pytest.mark.parametrize(
    ("limit", "a", "b", "verdict", "passed", "changed"),
    [
        ({"when": "missed.major > 0", "fail": True}, 100, "no", "below", False, False), ({"when": "missed.major > 0", "fail": True}, 100, "yes", "passed", True, False), ({"when": "score > 0.9", "fail": True}, 100, "yes", "limited", False, True),
        ({"when": "score > 0.9", "score": 0.2}, 100, "yes", "limited", False, True), ({"when": "score > 0.9", "score": 0.7}, 100, "yes", "passed", True, True), ({"when": "missed.major > 0", "score": 0}, 100, "no", "limited", False, True),
        ({"when": "score < 0.6", "score": 0.9}, 100, "no", "passed", True, True),
    ],
    ids=repr,
)  # fmt: skip
def test_a_visit_is_limited_when_a_limit_made_it_worse_and_it_does_not_pass(limit, a, b, verdict, passed, changed):
    found = card(limited(limit, **{"pass": {"score": 0.6}}), {"a": a, "b": b})
    assert (found.verdict, found.passed, found.limits[0].changed) == (verdict, passed, changed)


def test_a_ceiling_below_the_passing_level_limits():
    made = limited({"when": "true", "at_most": "C"}, **{"pass": {"level": "B"}})
    assert result(made, 100, "yes") == (1, "C", "limited", False)
    made = limited({"when": "true", "at_most": "C"})
    assert result(made, 100, "yes") == (1, "C", "scored", None)


def test_no_level_at_all_does_not_pass_where_a_level_is_asked_for():
    made = unchecked(
        criterion("a"),
        scoring={
            "ladder": [{"level": "good", "when": "score > 0.5"}],
            "pass": {"level": "good"},
            "limits": [{"id": "l", "when": "true", "at_most": "good"}],
        },
    )
    found = card(made, {"a": "no"})
    assert (found.level, found.verdict, found.passed) == (None, "below", False)


def test_a_score_to_pass_by_that_does_not_exist_passes_nobody():
    made = unchecked(criterion("a", scale=DEMERITS), scoring={"combine": "sum", "pass": {"score": 0.5}})
    assert card(made, {"a": "4"}).passed is None


def test_the_first_rung_that_holds_wins_and_null_does_not_hold():
    made = plan(
        section("s", criterion("a")),
        section("t", criterion("b")),
        scoring={
            "ladder": [{"level": "x", "when": "sections.t < 0.5"}, {"level": "y", "when": "score >= 0"}, {"level": "z"}]
        },
    )
    assert card(made, {"a": "yes", "b": "na"}).level == "y"
    assert card(made, {"a": "yes", "b": "no"}).level == "x"
