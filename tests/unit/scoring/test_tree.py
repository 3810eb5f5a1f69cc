"""What each criterion and section weighs in the whole, and what it cost."""

from __future__ import annotations

import pytest

from visits import card, criterion, plan, section

FIVE = {"choices": {str(n): n for n in range(6)}}
DEMERITS = {"choices": {str(n): n for n in (0, 5, 10)}, "better": "lower"}


def by_path(found):
    return {one.path: one for one in (*found.criteria, *found.sections)}


def figures(found, name):
    one = by_path(found)[name]
    return one.effective_weight, one.lost


def near(*values):
    return tuple(None if value is None else pytest.approx(value, abs=1e-12) for value in values)


def test_under_means_weights_multiply_and_losses_add_up_to_what_is_missing():
    made = plan(section("s", criterion("a", weight=3), criterion("b"), weight=2), criterion("c"))
    found = card(made, {"a": "no", "b": "yes", "c": "no"})
    assert figures(found, "s.a") == near(0.5, 0.5)
    assert figures(found, "s.b") == near(1 / 6, 0)
    assert figures(found, "c") == near(1 / 3, 1 / 3)
    assert figures(found, "s") == near(2 / 3, 0.5)
    assert 1 - found.score == pytest.approx(sum(one.lost for one in found.criteria))


def test_under_sums_points_are_the_share():
    made = plan(
        section("s", criterion("a", scale=FIVE, weight=2), combine="sum"),
        criterion("c", scale=FIVE),
        scoring={"combine": "sum"},
    )
    found = card(made, {"a": 2, "c": 5})
    assert figures(found, "s.a") == near(2 / 3, 6 / 15)
    assert figures(found, "s") == near(2 / 3, 6 / 15)
    assert figures(found, "c") == near(1 / 3, 0)
    assert 1 - found.score == pytest.approx(6 / 15)


def test_a_mean_inside_a_sum_and_a_sum_inside_a_mean_share_on():
    made = plan(
        section("m", criterion("a"), criterion("b"), max=10),
        section("p", criterion("c", scale=FIVE), criterion("d", scale=FIVE), combine="sum"),
        scoring={"combine": "sum"},
    )
    found = card(made, {"a": "no", "b": "yes", "c": 0, "d": 5})
    assert figures(found, "m.a") == near(0.25, 0.25)
    assert figures(found, "p.c") == near(0.25, 0.25)
    made = plan(section("p", criterion("c", scale=FIVE), criterion("d", scale=FIVE), combine="sum"), criterion("e"))
    found = card(made, {"c": 4, "d": 5, "e": "yes"})
    assert figures(found, "p.c") == near(0.25, 0.05)


@pytest.mark.parametrize("combine", ["min", "max", "product"])
def test_under_the_weakest_the_best_and_a_product_there_is_no_share(combine):
    made = plan(section("s", criterion("a"), criterion("b"), combine=combine), criterion("c"))
    found = card(made, {"a": "no", "b": "no", "c": "yes"})
    assert figures(found, "s.a") == (None, None)
    assert figures(found, "s") == near(0.5, 0.5)
    found = card(plan(section("s", criterion("a")), scoring={"combine": combine}), {"a": "no"})
    assert figures(found, "s") == figures(found, "s.a") == (None, None)


def test_what_is_left_out_weighs_and_costs_nothing():
    made = plan(criterion("a"), criterion("b"), criterion("c"), criterion("d", scale={"info": "text"}))
    found = card(made, {"a": "no", "b": "na", "d": "seen"})
    assert figures(found, "a") == near(1, 1)
    for name in ("b", "c", "d"):
        assert figures(found, name) == (0, 0)


def test_a_bonus_has_no_share():
    made = plan(criterion("a"), criterion("extra", bonus=True))
    assert figures(card(made, {"a": "yes", "extra": "no"}), "extra") == (None, None)


def test_demerits_cost_points_and_share_by_how_far_they_reach():
    made = plan(
        section("s", criterion("a", scale=DEMERITS), criterion("b", scale=DEMERITS, weight=2), combine="sum"),
        criterion("c", scale=DEMERITS),
        scoring={"combine": "sum"},
    )
    found = card(made, {"a": 5, "b": 10, "c": 0})
    assert found.points == 25
    assert figures(found, "s.a") == near(0.25, 5)
    assert figures(found, "s.b") == near(0.5, 20)
    assert figures(found, "s") == near(0.75, 25)
    assert figures(found, "c") == near(0.25, 0)


def test_demerits_taken_from_a_start_cost_their_part_of_it():
    made = plan(
        section("s", criterion("a", scale=DEMERITS), combine="sum"), criterion("b", scale={**DEMERITS, "max": 10}),
        scoring={"combine": "sum", "start": 100, "sign": -1},
    )  # fmt: skip
    found = card(made, {"a": 10, "b": 5})
    assert found.score == pytest.approx(0.85)
    assert figures(found, "s.a") == near(0.1, 0.1)
    assert figures(found, "s") == near(0.1, 0.1)
    assert figures(found, "b") == near(0.1, 0.05)


def test_a_section_of_demerits_with_a_maximum_costs_what_it_reached():
    scale = {**DEMERITS, "max": 10}
    made = plan(section("s", criterion("a", scale=scale)), section("t", criterion("b", scale=scale)))
    found = card(made, {"a": 5, "b": 10})
    assert found.score == pytest.approx(0.75)
    assert figures(found, "s") == near(0.5, 0.25)
    assert found.weakest == "t"


@pytest.mark.parametrize(
    ("repeat", "share"), [("mean", 0.25), ("sum", 0.25), ("worst", None), ("best", None), ("median", None)]
)
def test_instances_share_alike_where_there_are_shares(repeat, share):
    made = plan(section("rooms", criterion("a"), repeat=repeat), criterion("c"))
    found = card(made, {"rooms": [{"a": "no"}, {"a": "yes"}, {}], "c": "yes"})
    assert by_path(found)["rooms[1].a"].effective_weight == share
    assert by_path(found)["rooms[3].a"].effective_weight == 0
    assert by_path(found)["rooms"].effective_weight == 0.5


def test_instances_of_a_sum_share_by_what_each_can_reach():
    made = plan(
        section("rooms", criterion("a", scale=FIVE), criterion("b", scale=FIVE), repeat="sum", combine="sum"),
        scoring={"combine": "sum"},
    )
    found = card(made, {"rooms": [{"a": 0, "b": 5}, {"a": 5, "b": "na"}]})
    assert figures(found, "rooms[1]") == near(2 / 3, 1 / 3)
    assert figures(found, "rooms[1].a") == near(1 / 3, 1 / 3)
    assert figures(found, "rooms[2]") == near(1 / 3, 0)


def test_where_all_weights_are_zero_the_policy_shares():
    made = plan(criterion("a", weight=0), criterion("b", weight=0), scoring={"policies": {"zero_weights": "mean"}})
    assert figures(card(made, {"a": "no", "b": "yes"}), "a") == near(0.5, 0.5)
    made = plan(criterion("a", weight=0), criterion("b", weight=0), scoring={"policies": {"zero_weights": "zero"}})
    assert figures(card(made, {"a": "no", "b": "yes"}), "a") == (None, None)
    made = plan(
        criterion("a", weight=0),
        criterion("b", weight=0),
        scoring={"combine": "sum", "policies": {"zero_weights": "mean"}},
    )
    assert figures(card(made, {"a": "no", "b": "yes"}), "a") == near(0.5, 0.5)


def test_what_is_missing_by_policy_costs_what_it_would_have_brought():
    made = plan(criterion("a"), criterion("b"), scoring={"policies": {"missing": "zero"}})
    assert figures(card(made, {"a": "yes"}), "b") == near(0.5, 0.5)


def test_a_criterion_without_a_maximum_has_no_share_of_a_mean():
    made = plan(criterion("a"), section("s", criterion("b", scale={"range": [0, 10]}), combine="sum", max=10))
    found = card(made, {"a": "yes", "b": 5})
    assert figures(found, "s.b") == near(0.5, 0.25)
