"""Children become their parent: every combination, bonuses, exclusions, weights of zero, repeated sections."""

# ruff: noqa: E501 - a case is one line, so that the table can be read
from __future__ import annotations

import pytest

from servaudit.scoring.planner import MAX_NESTING
from visits import card, criterion, plan, section, unchecked

HUNDRED = {"range": [0, 100], "max": 100}
FIVE = {"choices": {str(n): n for n in range(6)}}
DEMERITS = {"choices": {str(n): n for n in (0, 5, 10)}, "better": "lower"}
BARE = {"choices": {"ok": 5, "bad": -5}}


def rated(*weights, combine="mean", scale=HUNDRED, **rules):
    children = [criterion(f"c{n}", weight=weight, scale=scale) for n, weight in enumerate(weights)]
    return plan(*children, scoring={"combine": combine, **rules})


def answered(*values):
    return {f"c{n}": value for n, value in enumerate(values)}


@pytest.mark.parametrize(
    ("combine", "values", "score"),
    [
        ("mean", (20, 80), 0.65),
        ("min", (20, 80), 0.2),
        ("max", (20, 80), 0.8),
        ("product", (20, 80), 0.16),
        ("sum", (20, 80), 0.65),
    ],
)
def test_children_are_combined(combine, values, score):
    found = card(rated(1, 3, combine=combine), answered(*values))
    assert found.score == pytest.approx(score, abs=1e-12)


@pytest.mark.parametrize(
    ("combine", "score"), [("mean", 0.8), ("min", 0.8), ("max", 0.8), ("product", 0.8), ("sum", 0.8)]
)
def test_what_is_excluded_leaves_points_and_maximum(combine, score):
    made = rated(1, 3, combine=combine)
    for missing in ("na", None):
        found = card(made, answered(missing, 80))
        assert found.score == pytest.approx(score)
        assert found.max_points == (300 if combine == "sum" else None)


@pytest.mark.parametrize(
    ("rules", "values", "points", "maximum", "score"),
    [
        ({}, (2, 5), 7, 10, 0.7), ({"start": 10}, (2, 5), 17, 20, 0.85), ({"max": 6}, (2, 5), 6, 6, 1), ({"max": 20}, (2, 5), 7, 20, 0.35), ({"floor": 8}, (2, 5), 8, 10, 0.8),
        ({"start": 20, "sign": -1}, (2, 5), 13, 20, 0.65), ({"start": 20, "sign": -1}, (2, "na"), 18, 20, 0.9), ({"start": 6, "sign": -1, "floor": 0}, (2, 5), 0, 6, 0), ({"start": 6, "sign": -1}, (2, 5), -1, 6, -1 / 6),
    ],
    ids=repr,
)  # fmt: skip
def test_a_sum_has_a_start_a_sign_a_floor_and_a_max(rules, values, points, maximum, score):
    found = card(rated(1, 1, combine="sum", scale=FIVE, **rules), answered(*values))
    assert (found.points, found.max_points) == (points, maximum)
    assert found.score == pytest.approx(score)


def test_a_sum_from_which_everything_is_excluded_is_no_score_and_not_its_start():
    found = card(rated(1, 1, combine="sum", scale=FIVE, start=100, sign=-1), answered("na", None))
    assert (found.score, found.points, found.verdict) == (None, None, "no_score")


def test_points_without_a_maximum_stay_points():
    found = card(rated(1, 2, combine="sum", scale=DEMERITS), answered(5, 10))
    assert (found.score, found.points, found.max_points, found.reason) == (None, 25, None, "points_only")


def test_a_sum_takes_the_score_of_a_mean_times_what_it_is_worth():
    made = plan(
        section("s", criterion("a"), criterion("b"), max=40, weight=2),
        criterion("c", scale=FIVE),
        scoring={"combine": "sum"},
    )
    found = card(made, {"a": "yes", "b": "no", "c": 5})
    assert (found.points, found.max_points) == (45, 85)


def test_a_section_without_points_is_left_out_of_a_sum_and_a_criterion_without_maximum_out_of_a_mean():
    made = unchecked(section("s", criterion("a")), criterion("c", scale=FIVE), scoring={"combine": "sum"})
    assert card(made, {"a": "no", "c": 5}).points == 5
    made = unchecked(criterion("a", scale=DEMERITS), criterion("b"))
    assert card(made, {"a": 5, "b": "yes"}).score == 1


def test_a_mean_worth_points_has_none_to_show_at_the_root():
    found = card(plan(criterion("a"), scoring={"max": 50}), {"a": "yes"})
    assert (found.score, found.points, found.max_points) == (1, None, None)


def test_weight_zero_counts_for_nothing():
    assert card(rated(1, 0), answered(20, 80)).score == pytest.approx(0.2)
    found = card(rated(1, 0, combine="sum"), answered(20, 80))
    assert (found.points, found.max_points) == (20, 100)


@pytest.mark.parametrize("combine", ["mean", "sum"])
@pytest.mark.parametrize(
    ("policy", "score", "reason"), [("mean", 0.5, None), ("zero", 0, None), ("error", None, "weights_zero")]
)
def test_weights_that_are_all_zero_follow_the_policy(combine, policy, score, reason):
    made = rated(0, 0, 1, combine=combine, policies={"zero_weights": policy})
    found = card(made, answered(20, 80, "na"))
    assert found.score == (None if score is None else pytest.approx(score))
    assert found.reason == reason
    assert found.verdict == ("no_score" if score is None else "scored")


def test_demerits_that_weigh_nothing_are_no_points_by_policy_and_have_no_maximum():
    found = card(rated(0, combine="sum", scale=DEMERITS, policies={"zero_weights": "zero"}), answered(10))
    assert (found.score, found.points) == (None, 0)


@pytest.mark.parametrize(
    ("combine", "base", "weight", "uncapped", "score"),
    [
        ("sum", 40, 10, False, 0.5), ("sum", 95, 10, False, 1), ("sum", 95, 10, True, 1.05), ("mean", 40, 0.1, False, 0.5), ("mean", 95, 0.1, False, 1), ("mean", 95, 0.1, True, 1.05),
    ],
)  # fmt: skip
def test_a_bonus_adds_weight_times_points_up_to_the_cap(combine, base, weight, uncapped, score):
    made = plan(
        criterion("a", scale=HUNDRED),
        criterion("extra", bonus=True, uncapped=uncapped, weight=weight),
        scoring={"combine": combine},
    )
    assert card(made, {"a": base, "extra": "yes"}).score == pytest.approx(score)
    for none in ("no", "na", None):
        assert card(made, {"a": base, "extra": none}).score == pytest.approx(base / 100)


def test_a_bonus_under_a_mean_is_divided_by_the_weights():
    made = plan(criterion("a", weight=3), criterion("b"), criterion("extra", bonus=True))
    assert card(made, {"a": "no", "b": "yes", "extra": "yes"}).score == pytest.approx(0.5)


def test_a_bonus_never_lowers_what_is_above_the_cap_already_and_a_malus_takes_away():
    made = unchecked(  # the maximum is below what can be reached, as a validation would say
        criterion("a", scale={"range": [0, 100], "max": 50}),
        criterion("extra", bonus=True, scale={"choices": {"plus": 1, "minus": -0.5}}),
    )
    assert card(made, {"a": 100, "extra": "plus"}).score == 2
    assert card(made, {"a": 50, "extra": "minus"}).score == 0.5


def test_bonuses_alone_are_nothing_scored():
    for combine in ("mean", "sum"):
        made = plan(criterion("a"), criterion("extra", bonus=True), scoring={"combine": combine})
        found = card(made, {"a": "na", "extra": "yes"})
        assert (found.verdict, found.reason) == ("no_score", "nothing_scored")


def test_whatever_stands_in_a_bonus_section_is_a_bonus():
    made = plan(
        criterion("a"),
        section("extras", criterion("x", severity="critical"), criterion("y"), bonus=True, max=0.5),
        criterion("b"),
    )
    found = card(made, {"a": "yes", "b": "no", "x": "no"})
    assert found.findings[0].criterion == "b"
    assert len(found.findings) == 1
    assert found.coverage == 1
    assert found.verdict == "scored"  # the default limit on critical misses is for what counts
    assert [one.bonus for one in found.criteria] == [False, False, True, True]
    assert card(made, {"a": "yes", "b": "no", "x": "yes"}).score == pytest.approx(0.75)


def test_groups_nest_to_any_depth():
    made = plan(
        section("s", criterion("a"), section("t", criterion("b"), criterion("c"), combine="min"), weight=3),
        criterion("d"),
    )
    found = card(made, {"a": "yes", "b": "yes", "c": "no", "d": "yes"})
    assert found.score == pytest.approx((3 * 0.5 + 1) / 4)
    assert {one.path: one.score for one in found.sections} == {"s": 0.5, "s.t": 0}


def test_a_section_with_nothing_scored_is_left_out():
    made = plan(section("s", criterion("a"), weight=9), section("t", criterion("b")))
    found = card(made, {"a": "na", "b": "yes"})
    assert found.score == 1
    assert [one.excluded for one in found.sections] == [True, False]


def test_a_product_beyond_every_number_is_no_score():
    huge = {"range": [0, 1e9], "max": 1e-9}
    made = unchecked(*(criterion(f"c{n}", scale=huge) for n in range(20)), scoring={"combine": "product"})
    assert card(made, {f"c{n}": 1e9 for n in range(20)}).score is None


def rooms(repeat, combine="mean", scale="yes_no", root="mean", **keys):
    children = [criterion("a", scale=scale), criterion("b", scale=scale)]
    return plan(section("rooms", *children, repeat=repeat, combine=combine, **keys), scoring={"combine": root})


@pytest.mark.parametrize(
    ("repeat", "score"), [("mean", 1.5 / 4), ("worst", 0), ("best", 1), ("median", 0.25), ("sum", 1.5 / 4)]
)
def test_a_section_may_repeat(repeat, score):
    answers = {
        "rooms": [{"a": "yes", "b": "yes"}, {"a": "no", "b": "no"}, {"a": "yes", "b": "no"}, {"a": "no", "b": "no"}]
    }
    assert card(rooms(repeat), answers).score == pytest.approx(score)


@pytest.mark.parametrize(
    ("repeat", "points", "maximum", "score"),
    [
        ("mean", 3.5, 7.5, (0.4 + 0.6) / 2),
        ("worst", 4, 10, 0.4),
        ("best", 3, 5, 0.6),
        ("sum", 7, 15, 7 / 15),
        ("median", 3.5, 7.5, 0.5),
    ],
)
def test_instances_that_add_up_keep_their_own_maximum(repeat, points, maximum, score):
    made = rooms(repeat, combine="sum", scale=FIVE)
    found = card(made, {"rooms": [{"a": 2, "b": 2}, {"a": 3, "b": "na"}, {"a": "na", "b": "na"}]}).sections[0]
    assert (found.points, found.max_points) == (points, maximum)
    assert found.score == pytest.approx(score)


@pytest.mark.parametrize(
    ("repeat", "points"), [("mean", 7.5), ("worst", 15), ("best", 0), ("sum", 15), ("median", 7.5)]
)
def test_of_demerits_the_worst_instance_has_the_most(repeat, points):
    found = card(
        rooms(repeat, combine="sum", scale=DEMERITS, root="sum"), {"rooms": [{"a": 5, "b": 10}, {"a": 0, "b": 0}]}
    )
    assert (found.points, found.score) == (points, None)


def test_an_instance_is_a_section_of_its_own_numbered_from_one():
    found = card(rooms("mean"), {"rooms": [{"a": "yes"}, {"a": "no", "b": "yes"}]})
    assert [(one.path, one.score) for one in found.sections] == [("rooms", 0.75), ("rooms[1]", 1), ("rooms[2]", 0.5)]
    assert [one.path for one in found.criteria] == ["rooms[1].a", "rooms[1].b", "rooms[2].a", "rooms[2].b"]


def test_instances_with_nothing_scored_are_left_out_and_none_at_all_is_no_score():
    assert card(rooms("mean"), {"rooms": [{"a": "yes"}, {}, {"a": "na", "b": "na"}]}).score == 1
    found = card(rooms("mean"), {})
    assert (found.verdict, found.counts["unobserved"], found.coverage) == ("no_score", 2, 0)


def test_repeated_sections_nest():
    made = plan(section("floors", section("rooms", criterion("clean"), repeat="mean"), repeat="worst"))
    found = card(made, {"floors": [{"rooms": [{"clean": "yes"}, {"clean": "no"}]}, {"rooms": [{"clean": "yes"}]}]})
    assert found.score == 0.5
    assert found.criteria[1].path == "floors[1].rooms[2].clean"


def test_points_with_and_without_maximum_among_instances_have_no_score_together():
    made = unchecked(
        section(
            "rooms",
            criterion("a", scale=FIVE),
            criterion("b", scale=BARE | {"better": "lower"}),
            repeat="mean",
            combine="sum",
        ),
        scoring={"combine": "sum"},
    )
    found = card(made, {"rooms": [{"a": 5, "b": "na"}, {"a": 5, "b": "ok"}]})
    assert (found.points, found.score) == (7.5, None)


def test_numbers_that_leave_all_bounds_are_no_score_and_no_exception():
    tiny = {"range": [-1e9, 1e9], "max": 1e-9}
    made = unchecked(*(criterion(f"c{n}", scale=tiny) for n in range(31)), scoring={"combine": "product"})
    assert card(made, {f"c{n}": 1e9 for n in range(31)}).verdict == "no_score"
    assert card(made, {f"c{n}": -1e9 for n in range(31)}).verdict == "no_score"


def test_the_largest_numbers_in_the_deepest_sections_still_have_a_score():
    inner = criterion("a", scale={"range": [0, 1e9], "max": 1e9}, weight=1e9)
    for n in range(MAX_NESTING):
        inner = section(f"s{n}", inner, weight=1e9, combine="sum")
    assert card(plan(inner, scoring={"combine": "sum"}), {"a": 5e8}).score == pytest.approx(0.5)
    deeper = unchecked(section("too_deep", inner))
    assert [(one.code, str(one.message)) for one in deeper.problems] == [
        ("combination", "sections nest at most 20 deep")
    ]
