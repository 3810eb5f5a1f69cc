"""Several standards on one visit become one verdict."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.visits import SOURCE, criterion, observation, plan, section

from servaudit.lint.checklist import lint_checklist
from servaudit.model.checklist import Checklist
from servaudit.model.scorecard import StandardRef
from servaudit.scoring.rollup import Rollup
from servaudit.scoring.visit import score_visit
from servaudit.scoring.whole import score_whole, whole_plan

REF = StandardRef("mystery", "1.0.0", "c" * 64, "mystery.yaml")


def checklist(**keys):
    uses = [{"standard": "shop", "version": "1", "weight": 3}, {"standard": "phone", "version": "1"}]
    return Checklist.model_validate(
        {"kind": "checklist", "id": "mystery", "version": "1.0.0", "title": "Mystery", "standards": uses, **keys}
    )


def whole(shop, phone, answers, keys=None, **observed):
    """Score a visit on two standards, whose criteria are a, b and c, d."""
    document = checklist(**(keys or {}))
    plans = {"shop": shop, "phone": phone}
    made = whole_plan(document, {name: one.standard for name, one in plans.items()})
    assert lint_checklist(document, [], made) == []
    scored = []
    for name, one in plans.items():
        own = {key: value for key, value in answers.items() if key in one.criteria}
        ref = StandardRef(name, "1.0.0", "a" * 64, f"{name}.yaml")
        scored.append(score_visit(one, observation(own), ref, SOURCE, checklist=REF, role="part"))
    return score_whole(made, observation({}, **observed), REF, SOURCE, scored)


def two(**keys):
    return plan(criterion("a", **keys), criterion("b")), plan(criterion("c"), criterion("d"))


def test_the_whole_is_the_mean_by_weight_and_its_sections_are_the_standards():
    card = whole(*two(), {"a": "yes", "b": "yes", "c": "no"}).card
    assert card.score == 0.75
    assert [(one.id, one.score, one.weight, one.effective_weight, one.coverage) for one in card.sections] == [
        ("shop", 1.0, 3, 0.75, 1.0), ("phone", 0.0, 1, 0.25, 0.5),
    ]  # fmt: skip
    assert (card.role, card.standard, card.checklist, card.weakest) == ("whole", REF, REF, "phone")
    assert card.coverage == 0.75
    assert card.bounds == (0.75, 0.875)
    assert (card.counts["met"], card.counts["not_met"], card.counts["unobserved"]) == (2, 1, 1)
    assert (card.verdict, card.passed, card.criteria) == ("scored", None, ())


def test_a_standard_that_failed_fails_the_whole_unless_it_has_limits_of_its_own():
    shop, phone = two(severity="critical")
    answers = {"a": "no", "b": "yes", "c": "yes", "d": "yes"}
    card = whole(shop, phone, answers, {"scoring": {"pass": {"score": 0.5}}}).card
    assert (card.score, card.verdict, card.passed) == (0.625, "limited", False)
    assert [(one.id, one.fired) for one in card.limits] == [("standard_failed", True)]
    card = whole(shop, phone, answers, {"scoring": {"pass": {"score": 0.5}, "limits": []}}).card
    assert (card.verdict, card.passed) == ("passed", True)


def test_without_a_pass_mark_it_passes_when_every_standard_does():
    shop = plan(criterion("a"), scoring={"pass": {"score": 0.5}})
    phone = plan(criterion("c"), criterion("d"), scoring={"pass": {"score": 0.5}})
    card = whole(shop, phone, {"a": "yes", "c": "yes", "d": "no"}).card
    assert (card.verdict, card.passed) == ("passed", True)
    card = whole(shop, phone, {"a": "yes", "c": "no", "d": "no"}).card
    assert (card.verdict, card.passed) == ("limited", False)


def test_one_incomplete_standard_leaves_the_whole_incomplete():
    shop = plan(criterion("a"), criterion("b"), scoring={"policies": {"coverage_floor": 0.9}})
    card = whole(shop, plan(criterion("c")), {"a": "yes", "c": "yes"}).card
    assert (card.verdict, card.score, card.passed) == ("incomplete", None, None)
    assert card.bounds == (0.625, 1.0)


def test_what_a_standard_forbids_is_forbidden_to_the_whole():
    shop = plan(criterion("a"), criterion("b"), scoring={"policies": {"missing": "forbid"}})
    assert whole(shop, plan(criterion("c")), {"a": "yes", "c": "yes"}).card.verdict == "forbidden"


def test_a_standard_of_which_nothing_was_scored_is_left_out():
    card = whole(*two(), {"a": "yes", "b": "no"}).card
    assert (card.score, [one.excluded for one in card.sections]) == (0.5, [False, True])
    assert card.bounds == (0.375, 0.625)
    card = whole(*two(), {}).card
    assert (card.verdict, card.score, card.bounds) == ("no_score", None, (0.0, 1.0))


def test_a_standard_counts_with_its_score_after_its_own_rules():
    shop = plan(criterion("a"), criterion("b"), scoring={"limits": [{"id": "out", "when": "score < 0.6", "score": 0}]})
    assert whole(shop, plan(criterion("c")), {"a": "yes", "b": "no", "c": "yes"}).card.score == 0.25


def test_ladder_measures_and_limits_see_the_standards_as_sections():
    rules = {
        "measures": {"low": {"agg": "min", "of": "score"}},
        "levels": ["good", "poor"],
        "ladder": [{"level": "good", "when": "low >= 0.5 and sections.phone >= 0.5"}, {"level": "poor"}],
        "limits": [{"id": "weak", "when": "missed.minor > 1", "at_most": "poor"}],
        "pass": {"level": "good"},
    }
    card = whole(*two(), {"a": "yes", "b": "yes", "c": "yes", "d": "no"}, {"scoring": rules}).card
    assert (card.level, card.passed, card.measures) == ("good", True, {"low": 0.5})
    card = whole(*two(), {"a": "yes", "b": "no", "c": "yes", "d": "no"}, {"scoring": rules}).card
    assert (card.level_before_limits, card.level, card.verdict) == ("good", "poor", "limited")


@pytest.mark.parametrize(("combine", "score"), [("min", 0.0), ("max", 1.0), ("product", 0.0), ("mean", 0.75)])
def test_it_is_combined_in_the_words_of_a_standard(combine, score):
    found = whole(*two(), {"a": "yes", "b": "yes", "c": "no", "d": "no"}, {"scoring": {"combine": combine}})
    assert found.card.score == score


def test_a_sum_of_points_has_points():
    shop = plan(criterion("a"), criterion("b"), scoring={"combine": "sum"})
    phone = plan(criterion("c"), scoring={"combine": "sum"})
    card = whole(shop, phone, {"a": "yes", "b": "no", "c": "yes"}, {"scoring": {"combine": "sum"}}).card
    assert (card.points, card.max_points, card.score) == (4, 7, round(4 / 7, 16))
    card = whole(shop, phone, {"a": "yes", "c": "yes"}, {"scoring": {"combine": "sum"}}).card
    assert (card.score, card.bounds) == (1.0, (round(4 / 7, 16), 1.0))


def test_commendations_without_a_standard_and_decisions_are_the_wholes():
    praise = [{"criterion": "a", "note": "A"}, {"note": "All"}]
    decision = {"of": "verdict", "to": "passed", "by": "A02", "reason": "Seen", "date": "2026-11-05"}
    card = whole(*two(), {"a": "yes", "c": "no"}, commendations=praise, overrides=[decision]).card
    assert [one.note for one in card.commendations] == ["All"]
    assert [(one.of, one.computed) for one in card.overrides] == [("verdict", "scored")]


def test_several_visits_roll_up_over_the_wholes():
    keys = {"rollup": {"measures": {"fine": {"agg": "share", "that": "sections.phone == 1"}}}}
    visits = [whole(*two(), {"a": "yes", "c": mark}, keys) for mark in ("yes", "no")]
    rollup = Rollup(visits[0].plan, REF)
    for visit in visits:
        rollup.add(visit)
    card = rollup.card()
    assert (card.visits, card.score, card.measures) == (2, 0.875, {"fine": 0.5})


@given(st.lists(st.sampled_from(["yes", "no", "na", None]), min_size=4, max_size=4))
def test_the_bounds_contain_the_score(marks):
    shop, phone = plan(section("s", criterion("a"), criterion("b"))), plan(criterion("c"), criterion("d"))
    card = whole(shop, phone, dict(zip("abcd", marks, strict=True))).card
    low, high = card.bounds
    if card.score is not None and None not in (low, high):
        assert low - 1e-9 <= card.score <= high + 1e-9
