"""A visit's policies, coverage, bounds and verdict."""

# ruff: noqa: E501 - a case is one line, so that the table can be read
from __future__ import annotations

import pytest

from visits import card, criterion, plan, scored, section, unchecked

STARS = {"choices": {"one": 1, "two": 2, "five": 5}}
DEMERITS = {"choices": {"none": 0, "some": 5, "many": 10}, "better": "lower"}


def two(scale="yes_no", own=None, **policies):
    keys = {"policies": own} if own else {}
    return plan(criterion("a", scale=scale), criterion("b", scale=scale, **keys), scoring={"policies": policies})


@pytest.mark.parametrize(
    ("policy", "score", "verdict"),
    [("exclude", 1, "scored"), ("zero", 0.5, "scored"), ("full", 1, "scored"), ("forbid", 1, "forbidden")],
)
def test_not_applicable_follows_its_policy_and_stays_so_as_an_outcome(policy, score, verdict):
    for made in (two(not_applicable=policy), two(own={"not_applicable": policy})):
        found = card(made, {"a": "yes", "b": "na"})
        assert (found.score, found.verdict, found.criteria[1].outcome) == (score, verdict, "not_applicable")


@pytest.mark.parametrize(
    ("policy", "score", "verdict"), [("exclude", 1, "scored"), ("zero", 0.5, "scored"), ("forbid", 1, "forbidden")]
)
def test_what_is_missing_follows_its_policy_and_stays_unobserved(policy, score, verdict):
    for made in (two(missing=policy), two(own={"missing": policy})):
        found = card(made, {"a": "yes"})
        assert (found.score, found.verdict, found.criteria[1].outcome, found.coverage) == (
            score,
            verdict,
            "unobserved",
            0.5,
        )


def test_full_counts_the_best_points_and_zero_counts_no_points_literally():
    assert card(two(STARS, not_applicable="full"), {"a": "one", "b": "na"}).score == pytest.approx(0.6)
    assert card(two(STARS, not_applicable="zero"), {"a": "one", "b": "na"}).score == pytest.approx(0.1)
    made = unchecked(
        criterion("a", scale=DEMERITS),
        criterion("b", scale=DEMERITS),
        scoring={"combine": "sum", "policies": {"missing": "zero"}},
    )
    assert card(made, {"a": "some"}).points == 5


def test_a_criterion_may_be_more_lenient_than_its_standard():
    found = card(two(own={"not_applicable": "exclude"}, not_applicable="forbid"), {"a": "yes", "b": "na"})
    assert found.verdict == "scored"


def test_coverage_counts_what_could_be_observed():
    made = plan(
        criterion("a"), criterion("b"), criterion("c"), criterion("i", scale={"info": "text"}), criterion("x", bonus=True), criterion("h", applies_when="answers.a == 'no'")
    )  # fmt: skip
    found = card(made, {"a": "yes", "b": "na"})
    assert found.coverage == 0.5
    assert dict(found.counts) == {
        "met": 1,
        "partly": 0,
        "not_met": 0,
        "not_applicable": 2,
        "unobserved": 2,
        "recorded": 0,
    }
    assert card(made, {"a": "yes", "b": "na", "c": "no", "i": "seen"}).coverage == 1
    assert card(plan(criterion("a")), {"a": "na"}).coverage is None


def test_sections_have_their_own_coverage():
    made = plan(section("s", criterion("a"), criterion("b")), section("t", criterion("c")))
    assert [one.coverage for one in card(made, {"a": "yes", "c": "na"}).sections] == [0.5, None]


def test_below_the_coverage_floor_a_visit_is_incomplete_and_its_bounds_are_kept():
    made = plan(
        *(criterion(f"c{n}") for n in range(10)),
        scoring={"policies": {"coverage_floor": 0.7}, "ladder": [{"level": "a"}], "pass": {"score": 0.1}},
    )
    found = card(made, {f"c{n}": "yes" for n in range(6)})
    assert (
        found.verdict,
        found.score,
        found.score_before_limits,
        found.level,
        found.level_before_limits,
        found.passed,
    ) == ("incomplete", None, None, None, None, None)
    assert found.reason == "coverage_below_floor"
    assert found.bounds == (0.6, 1)
    found = card(made, {f"c{n}": "yes" for n in range(7)})
    assert (found.verdict, found.score, found.level, found.passed) == ("passed", 1, "a", True)
    assert card(made, {f"c{n}": "na" for n in range(10)}).verdict == "no_score"


def test_nothing_scored_is_no_score_and_neither_nought_nor_a_hundred():
    made = plan(
        criterion("a"),
        scoring={
            "ladder": [{"level": "good", "when": "score >= 0.5"}, {"level": "bad"}],
            "pass": {"score": 0.5},
            "limits": [{"id": "low", "when": "missed.minor == 0", "score": 0}],
        },
    )
    for answers in ({}, {"a": "na"}):
        found = card(made, answers)
        assert (found.verdict, found.score, found.score_before_limits, found.level, found.passed, found.reason) == (
            "no_score",
            None,
            None,
            None,
            None,
            "nothing_scored",
        )


def test_what_is_forbidden_fails_and_has_no_score_where_nothing_was_scored():
    made = plan(
        criterion("a"),
        scoring={
            "policies": {"missing": "forbid"},
            "ladder": [{"level": "bad"}],
            "limits": [{"id": "low", "when": "coverage == 0", "score": 0}],
        },
    )
    found = card(made, {})
    assert (found.verdict, found.passed, found.score, found.level, found.reason) == (
        "forbidden",
        False,
        None,
        None,
        "nothing_scored",
    )


def test_a_bonus_or_a_note_for_the_record_is_forbidden_nothing():
    made = plan(
        criterion("a"),
        criterion("i", scale={"info": "text"}),
        scoring={"policies": {"missing": "forbid", "not_applicable": "forbid"}},
    )
    assert card(made, {"a": "yes", "i": "na"}).verdict == "scored"
    assert card(made, {"a": "yes"}).verdict == "scored"


@pytest.mark.parametrize(
    ("keys", "answers", "bounds"),
    [
        ({}, {"a": "yes", "b": "no"}, (0.5, 0.5)), ({}, {"a": "yes"}, (0.5, 1)), ({}, {}, (0, 1)), ({}, {"a": "na"}, (0, 1)), ({}, {"a": "na", "b": "na"}, (None, None)),
        ({"combine": "min"}, {"a": "yes"}, (0, 1)), ({"combine": "sum"}, {"a": "yes"}, (0.5, 1)), ({"policies": {"missing": "zero"}}, {"a": "yes"}, (0.5, 1)),
    ],
    ids=repr,
)  # fmt: skip
def test_bounds_are_the_score_with_the_unobserved_at_worst_and_at_best(keys, answers, bounds):
    made = plan(criterion("a"), criterion("b"), scoring=keys)
    assert card(made, answers).bounds == bounds


def test_bounds_contain_the_score_whatever_the_scales():
    made = plan(criterion("a"), criterion("b", scale={"choices": {"good": 2, "fair": 1}}))
    found = card(made, {"a": "no"})
    assert (found.score, found.bounds) == (0, (0, 0.5))
    assert card(plan(criterion("a", scale=DEMERITS), scoring={"combine": "sum"}), {}).bounds == (None, None)


def test_bounds_are_before_limits():
    made = plan(
        criterion("a"), criterion("b"), scoring={"limits": [{"id": "ko", "when": "missed.minor > 0", "score": 0}]}
    )
    found = card(made, {"a": "no", "b": "yes"})
    assert (found.score, found.score_before_limits, found.bounds) == (0, 0.5, (0.5, 0.5))


@pytest.mark.parametrize(
    ("keys", "answers", "verdict", "passed"),
    [
        ({}, {"a": "yes", "b": "yes"}, "scored", None), ({"pass": {"score": 0.5}}, {"a": "yes", "b": "no"}, "passed", True), ({"pass": {"score": 0.6}}, {"a": "yes", "b": "no"}, "below", False),
        ({"pass": {"level": "good"}, "ladder": [{"level": "good", "when": "score >= 0.5"}, {"level": "bad"}]}, {"a": "yes", "b": "no"}, "passed", True),
        ({"pass": {"level": "good"}, "ladder": [{"level": "good", "when": "score >= 0.6"}, {"level": "bad"}]}, {"a": "yes", "b": "no"}, "below", False),
        ({"pass": {"level": "fair"}, "levels": ["good", "fair", "bad"], "ladder": [{"level": "bad", "when": "score < 0.1"}, {"level": "good"}]}, {"a": "yes", "b": "no"}, "passed", True),
    ],
    ids=repr,
)  # fmt: skip
def test_a_pass_is_a_score_or_a_level(keys, answers, verdict, passed):
    found = card(plan(criterion("a"), criterion("b"), scoring=keys), answers)
    assert (found.verdict, found.passed) == (verdict, passed)


def test_the_pass_mark_is_met_at_nine_decimals():
    made = plan(
        criterion("a", weight=0.7),
        criterion("b", weight=0.1),
        criterion("c", weight=0.2),
        scoring={"pass": {"score": 0.8}},
    )
    assert card(made, {"a": "yes", "b": "yes", "c": "no"}).passed is True


def test_of_demerits_a_pass_is_at_most_the_mark():
    made = plan(criterion("a", scale={**DEMERITS, "max": 10}), scoring={"pass": {"score": 0.5}})
    assert card(made, {"a": "some"}).passed is True
    assert card(made, {"a": "many"}).passed is False


def test_scoring_twice_gives_the_same():
    made = plan(criterion("a", weight=0.1), criterion("b", weight=0.2), criterion("c", weight=0.3))
    answers = {"a": "yes", "b": "no", "c": "yes"}
    assert repr(card(made, answers)) == repr(card(made, answers))


def test_levels_aimed_at_are_tried_best_first():
    made = plan(
        criterion("sheets", status={"3": "must", "2": "must", "1": "may"}, attributes={"pts": 10}),
        criterion("soap", status="must", attributes={"pts": 1}),
        criterion("pool", status={"3": "must"}),
        attributes={"pts": {"type": "number", "default": 5}},
        parameters={"least": {"3": 16, "2": 11, "1": 0}},
        scoring={
            "measures": {
                "missed_must": {"agg": "count", "where": "status == 'must' and score < 1"},
                "got": {"agg": "sum", "of": "pts * score"},
            },
            "ladder": [{"level": "awarded", "when": "missed_must == 0 and got >= parameters.least[target]"}, {"level": "refused"}],
            "classify": {"targets": [3, 2, 1], "awarded": ["awarded"]},
        },
    )  # fmt: skip

    def awarded(**answers):
        found = card(made, answers)
        return found.target, found.level, [one.status for one in found.criteria]

    assert awarded(sheets="yes", soap="yes", pool="yes") == ("3", "awarded", ["must", "must", "must"])
    assert awarded(sheets="yes", soap="yes", pool="no") == ("2", "awarded", ["must", "must", None])
    assert awarded(sheets="no", soap="yes", pool="no") == ("1", "awarded", ["may", "must", None])
    assert awarded(sheets="no", soap="no", pool="no") == (None, "refused", [None, "must", None])
    assert awarded() == (None, None, [None, "must", None])


def test_the_names_rules_saw_are_kept_for_explanations():
    made = plan(criterion("a"), scoring={"measures": {"double": "score * 2"}})
    names = scored(made, {"a": "yes"}).names
    assert (names["score"], names["double"]) == (1, 2)
