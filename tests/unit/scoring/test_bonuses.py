"""Bonuses are earned or they are not: no policy gives one, and none is missed."""

import pytest

from visits import card, criterion, plan


@pytest.mark.parametrize("given", ["na", None])
@pytest.mark.parametrize("policies", [{"not_applicable": "full"}, {"missing": "zero"}, {"not_applicable": "zero"}])
def test_no_policy_gives_a_bonus(given, policies):
    made = plan(criterion("a"), criterion("b", bonus=True), scoring={"policies": policies})
    assert card(made, {"a": "no", "b": given}).score == 0


@pytest.mark.parametrize("given", ["na", None])
def test_a_bonus_that_is_missing_or_not_applicable_is_never_forbidden(given):
    policies = {"not_applicable": "forbid", "missing": "forbid"}
    made = plan(criterion("a"), criterion("b", bonus=True), scoring={"policies": policies})
    found = card(made, {"a": "yes", "b": given})
    assert (found.verdict, found.score) == ("scored", 1)


def test_an_unobserved_bonus_may_still_be_earned_in_the_bounds():
    made = plan(criterion("a", weight=4), criterion("c"), criterion("b", bonus=True))
    assert card(made, {"a": "yes", "c": "no"}).bounds == (0.8, 1)


def test_what_is_taken_from_a_start_has_the_start_as_its_maximum():
    faults = criterion("a", scale={"range": [0, 50], "better": "lower"})
    made = plan(faults, scoring={"combine": "sum", "start": 100, "sign": -1, "max": 120})
    found = card(made, {"a": 10})
    assert (found.points, found.max_points, found.score) == (90, 100, 0.9)
