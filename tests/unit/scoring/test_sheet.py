"""Answers laid out on the tree: what applies, what is hidden, what is unknown, what nobody asked for."""

# ruff: noqa: E501 - a case is one line, so that the table can be read
from __future__ import annotations

import pytest

from servaudit.scoring.layout import MAX_INSTANCES
from servaudit.scoring.order import asked_first
from visits import card, criterion, faults, laid_out, observation, plan, scored, section, unchecked

FACTS = {
    "terrace": {"type": "bool", "default": False}, "counters": {"type": "number", "default": 1}, "mood": {"type": "text", "default": "calm"},
    "season": {"type": "choice", "values": ["high", "2"], "default": "high"},
}  # fmt: skip


def outcomes(made, answers, **context):
    return {leaf.path: leaf.judgement.outcome for leaf in laid_out(made, answers, **context).leaves}


def test_a_condition_on_the_visit_hides_a_criterion():
    made = plan(criterion("a"), criterion("b", applies_when="context.terrace"), context=FACTS)
    assert outcomes(made, {"a": "yes"})["b"] == "not_applicable"
    assert outcomes(made, {"a": "yes"}, terrace=True)["b"] == "unobserved"
    found = card(made, {"a": "yes"})
    assert (found.score, found.coverage, found.criteria[1].hidden) == (1, 1, True)


@pytest.mark.parametrize(
    ("asked", "outcome"),
    [("yes", "met"), ("no", "not_applicable"), (None, "unobserved"), ("na", "not_applicable"), ("maybe", "unobserved")],
)
def test_a_condition_on_another_answer(asked, outcome):
    made = plan(criterion("a"), criterion("b", applies_when="answers.a == 'yes'"))
    assert outcomes(made, {"a": asked, "b": "yes"})["b"] == outcome


@pytest.mark.parametrize(
    ("when", "a", "outcome"),
    [
        ("context.terrace or answers.a == 'yes'", None, "met"), ("answers.a == 'yes' or context.terrace", None, "met"), ("not context.terrace and answers.a == 'yes'", None, "not_applicable"),
        ("answers.a in ['yes', 'no']", None, "unobserved"), ("'yes' in [answers.a, 'no']", None, "unobserved"), ("answers.a != 'no'", "yes", "met"), ("context.counters", "no", "met"), ("parameters.most > context.counters", "no", "met"),
    ],
)  # fmt: skip
def test_only_what_rests_on_an_unobserved_answer_is_unobserved(when, a, outcome):
    made = plan(criterion("a"), criterion("b", applies_when=when), context=FACTS, parameters={"most": 5})
    assert outcomes(made, {"a": a, "b": "yes"}, terrace=True)["b"] == outcome


def test_an_answer_to_what_does_not_apply_is_warned_of_and_not_scored():
    made = plan(criterion("a"), criterion("b", applies_when="answers.a == 'yes'"))
    assert faults(made, {"a": "no", "b": "no"}) == [("answer-hidden", ("answers", "b"))]
    assert faults(made, {"b": "no"}) == [("answer-hidden", ("answers", "b"))]
    assert faults(made, {"a": "no"}) == []
    found = scored(made, {"a": "no", "b": "no"}).card
    assert found.criteria[1].score is None
    assert (found.criteria[1].raw, found.counts["not_applicable"]) == ("no", 1)


@pytest.mark.parametrize("policy", ["zero", "full", "forbid"])
def test_what_is_hidden_is_out_whatever_the_policy_on_not_applicable(policy):
    made = plan(
        criterion("a"),
        criterion("b", applies_when="context.terrace"),
        context=FACTS,
        scoring={"policies": {"not_applicable": policy}},
    )
    found = card(made, {"a": "no"})
    assert (found.score, found.verdict, found.criteria[1].effective_weight) == (0, "scored", 0)


def test_conditions_of_sections_hold_for_all_that_stands_in_them():
    made = plan(
        criterion("a"),
        section(
            "s",
            criterion("b", applies_when="answers.a == 'yes'"),
            section("t", criterion("c")),
            applies_when="context.terrace",
        ),
        context=FACTS,
    )
    assert outcomes(made, {"a": "yes", "b": "yes", "c": "yes"}, terrace=True) == {
        "a": "met",
        "s.b": "met",
        "s.t.c": "met",
    }
    assert outcomes(made, {"a": "no", "b": "yes", "c": "yes"}, terrace=True)["s.b"] == "not_applicable"
    assert outcomes(made, {"a": "yes"}) == {"a": "met", "s.b": "not_applicable", "s.t.c": "not_applicable"}
    assert outcomes(made, {}, terrace=False)["s.b"] == "not_applicable"


def test_conditions_may_go_forward_and_follow_each_other():
    made = plan(
        criterion("c", applies_when="answers.b == 'yes'"),
        criterion("b", applies_when="answers.a == 'yes'"),
        criterion("a"),
    )
    assert outcomes(made, {"a": "yes", "b": "yes", "c": "no"}) == {"c": "not_met", "b": "met", "a": "met"}
    assert outcomes(made, {"a": "no"}) == {"c": "not_applicable", "b": "not_applicable", "a": "not_met"}
    assert outcomes(made, {}) == {"c": "unobserved", "b": "unobserved", "a": "unobserved"}


def test_a_chain_of_conditions_may_be_long():
    n = 600
    chain = [criterion(f"c{i}", applies_when=f"answers.c{i + 1} == 'yes'") for i in range(n)]
    made = unchecked(*chain, criterion(f"c{n}"))
    assert outcomes(made, {f"c{n}": "no"})["c0"] == "not_applicable"
    assert outcomes(made, {f"c{i}": "yes" for i in range(n + 1)})["c0"] == "met"


def test_a_circle_of_conditions_is_unknown_and_not_endless():
    made = unchecked(
        criterion("a", applies_when="answers.b == 'yes'"), criterion("b", applies_when="answers.a == 'yes'")
    )
    assert set(outcomes(made, {"a": "yes", "b": "yes"}).values()) == {"unobserved"}


def test_what_is_asked_for_comes_after_what_it_needs():
    assert asked_first({"a": ["b", "c"], "b": ["c"], "c": ["d"], "x": []}) == ("d", "c", "b")
    assert sorted(asked_first({"a": ["b"], "b": ["a"]})) == ["a", "b"]
    assert asked_first({"a": ["a"]}) == ("a",)


ROOMS = [
    criterion("hotel"),
    section("rooms", criterion("tub"), criterion("clean", applies_when="answers.tub == 'yes' and answers.hotel == 'yes'"), repeat="mean"),
]  # fmt: skip


def test_in_a_repeated_section_conditions_look_at_their_own_instance_then_outside():
    made = plan(*ROOMS)
    answers = {"hotel": "yes", "rooms": [{"tub": "yes", "clean": "no"}, {"tub": "no"}, {"clean": "yes"}]}
    assert outcomes(made, answers) == {
        "hotel": "met", "rooms[1].tub": "met", "rooms[1].clean": "not_met", "rooms[2].tub": "not_met", "rooms[2].clean": "not_applicable",
        "rooms[3].tub": "unobserved", "rooms[3].clean": "unobserved",
    }  # fmt: skip
    assert faults(made, answers) == [("answer-hidden", ("answers", "rooms", 2, "clean"))]


@pytest.mark.parametrize(("hotel", "outcome"), [("yes", "met"), ("no", "not_applicable"), (None, "unobserved")])
def test_a_repeated_section_is_hidden_as_a_whole(hotel, outcome):
    made = plan(
        criterion("hotel"), section("rooms", criterion("clean"), repeat="mean", applies_when="answers.hotel == 'yes'")
    )
    assert outcomes(made, {"hotel": hotel, "rooms": [{"clean": "yes"}]})["rooms[1].clean"] == outcome


def test_a_repeated_section_nobody_filled_in_stands_there_once():
    assert outcomes(plan(*ROOMS), {"hotel": "yes"})["rooms[1].tub"] == "unobserved"


@pytest.mark.parametrize(
    "rooms", [{"tub": "yes"}, "yes", ["yes"], [{}] * (MAX_INSTANCES + 1)], ids=lambda one: repr(one)[:20]
)
def test_a_repeated_section_is_a_list_of_instances_of_a_bounded_number(rooms):
    assert faults(plan(*ROOMS), {"hotel": "yes", "rooms": rooms}) == [("answer-shape", ("answers", "rooms"))]


def test_answers_nobody_asked_for_are_told_with_where_they_belong():
    made = plan(*ROOMS)
    problems = laid_out(made, {"hotl": "yes", "tub": "yes", "rooms": [{"hotel": "yes", 5: "no"}]}).problems
    assert [(one.code, one.path, one.on_key) for one in problems] == [
        ("unknown-criterion", ("answers", "hotl"), True), ("unknown-criterion", ("answers", "tub"), True),
        ("unknown-criterion", ("answers", "rooms", 0, 5), True), ("unknown-criterion", ("answers", "rooms", 0, "hotel"), True),
    ]  # fmt: skip
    assert str(problems[0].help) == "did you mean “hotel”?"
    assert str(problems[1].help) == "it belongs under rooms: [{…}]"


@pytest.mark.parametrize(
    ("answer", "place"),
    [("maybe", ()), ({"value": "maybe"}, ("value",)), ({"value": "maybe", "note": "x"}, ("value",)), (["yes", "maybe"], (1,)), ({"yes": 1, "maybe": 2}, ("maybe",)), ({"value": ["maybe"]}, ("value", 0))],
    ids=repr,
)  # fmt: skip
def test_a_wrong_answer_is_told_at_its_place_and_unobserved(answer, place):
    made = plan(criterion("a", repeat="mean"))
    assert faults(made, {"a": answer}) == [("answer-unknown", ("answers", "a", *place))]
    assert faults(made, {"a": answer}) == [("answer-unknown", ("answers", "a", *place))]  # again, on the next visit
    assert outcomes(made, {"a": answer})["a"] == "unobserved"


def test_a_shape_no_answer_has_is_told_at_the_answer():
    assert faults(plan(criterion("a")), {"a": {"yes": -1}}) == [("answer-shape", ("answers", "a"))]
    assert faults(plan(criterion("a")), {"a": ["yes"]}) == [("answer-shape", ("answers", "a"))]
    assert faults(plan(criterion("a")), {"a": {"value": ["yes"]}}) == [("answer-shape", ("answers", "a", "value"))]


def test_what_is_remembered_of_an_answer_is_not_mistaken_for_another():
    made = plan(criterion("a", scale={"choices": {"1": 1, "yes": 3, "no": 0}}), criterion("b", repeat="mean"))
    for _ in range(2):
        assert [card(made, {"a": raw}).criteria[0].points for raw in ("1", 1, True, 1.0, "yes")] == [1, 1, 3, 1, 3]
        assert [card(made, {"b": raw}).score for raw in (["yes", "no"], {"yes": 1, "no": 3}, ["yes"], "no")] == [
            0.5,
            0.25,
            1,
            0,
        ]


def test_a_note_belongs_to_its_own_visit():
    made = plan(criterion("a"))
    notes = [
        card(made, {"a": answer}).criteria[0].note
        for answer in (
            {"value": "yes", "note": "one"},
            {"value": "yes", "note": "two"},
            "yes",
            {"value": "yes", "note": ""},
        )
    ]
    assert notes == ["one", "two", None, None]
    alone = laid_out(made, {"a": {"note": "alone"}})
    assert alone.answer(alone.leaves[0]).note == "alone"


@pytest.mark.parametrize("nothing", [" ", {"yes": 0, "no": 0}, [" "], "", None], ids=repr)
def test_a_note_without_an_answer_is_told_whatever_visits_came_before(nothing):
    made = plan(criterion("a", repeat="mean"), criterion("b", repeat="mean"))
    noted = {"value": nothing, "note": "nobody came in"}
    for _ in range(2):
        assert laid_out(made, {"a": nothing, "b": nothing}).only_remarks == []
        assert laid_out(made, {"a": noted, "b": noted}).only_remarks == [("answers", "a"), ("answers", "b")]


def test_many_different_answers_are_all_read():
    made = plan(criterion("a", scale={"info": "text"}), criterion("b", scale={"range": [0, 3000], "max": 3000}))
    for n in range(1100):
        found = laid_out(made, {"a": f"text {n}", "b": str(n)})
        assert [leaf.judgement.value for leaf in found.leaves] == [f"text {n}", n]
    assert laid_out(made, {"a": "x" * 500, "b": [*range(30)]}).leaves[0].judgement.value == "x" * 500


@pytest.mark.parametrize(
    ("given", "facts"),
    [
        ({}, {"terrace": False, "counters": 1, "mood": "calm", "season": "high"}), ({"terrace": "oui", "counters": 3, "mood": 1.0, "season": 2}, {"terrace": True, "counters": 3, "mood": "1", "season": "2"}),
        ({"terrace": "No", "season": "HIGH"}, {"terrace": False, "counters": 1, "mood": "calm", "season": "high"}),
    ],
    ids=repr,
)  # fmt: skip
def test_facts_of_the_visit_have_their_declared_type(given, facts):
    made = plan(criterion("a"), context=FACTS)
    assert laid_out(made, {}, **given).context == facts
    assert faults(made, {}, **given) == []


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"terrace": "perhaps"}, "“terrace” is yes or no"), ({"counters": "3"}, "“counters” is a number"), ({"counters": True}, "“counters” is a number"), ({"mood": True}, "“mood” is a text"),
        ({"season": "low"}, "“season” is one of: high, 2"),
    ],
    ids=repr,
)  # fmt: skip
def test_facts_of_another_type_are_told(given, wanted):
    (problem,) = laid_out(plan(criterion("a"), context=FACTS), {}, **given).problems
    assert (problem.code, problem.path, str(problem.message)) == ("context-type", ("visit", "context", *given), wanted)


def test_facts_that_are_missing_or_unknown_are_told():
    made = plan(criterion("a", applies_when="context.terrace"), context={"terrace": {"type": "bool"}})
    assert faults(made, {}, teras=True) == [
        ("context-unknown", ("visit", "context", "teras")),
        ("context-missing", ("visit", "context")),
    ]
    assert laid_out(made, {}).context == {"terrace": None}


def test_a_fact_that_no_rule_looks_at_may_be_left_out():
    made = plan(criterion("a"), context={"terrace": {"type": "bool"}})
    assert faults(made, {}) == []


def test_an_answer_that_looks_like_no_answer_at_all_is_refused_and_not_raised():
    made = plan(criterion("a"), criterion("b", scale={"choices": {"x": 1, "y": 2}, "multiple": True}))
    for raw in ([[]], [[["x"]]], [{}], {"value": {"value": 1}}, {"value": "x", "y": 1}, {"evidence": 3}, {"x": {}}):
        for name in ("a", "b"):
            assert scored(made, {name: raw}).result.verdict == "no_score"


def test_an_observation_is_scored_as_laid_out_before():
    made = plan(criterion("a"))
    seen = observation({"a": "yes"})
    sheet = laid_out(made, seen.answers)
    assert sheet.place(sheet.leaves[0]) == ("answers", "a")
