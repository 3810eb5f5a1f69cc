"""The details of a scorecard: findings, strengths, facets, notes and what was recorded beside."""

# ruff: noqa: E501 - a case is one line, so that the table can be read
from __future__ import annotations

import datetime as dt

import pytest

from servaudit.model.scorecard import EvidenceFile
from servaudit.scoring.visit import score_visit
from visits import SOURCE, STANDARD, card, criterion, observation, plan, section

FACETS = {"stage": {"values": {"welcome": None, "closing": None}}}


def test_findings_are_critical_first_then_by_cost_then_by_severity():
    made = plan(
        criterion("small", weight=1), criterion("big", weight=5), criterion("critical", severity="critical", weight=1),
        criterion("major", severity="major", weight=1), criterion("fine"), criterion("extra", bonus=True), criterion("away"),
    )  # fmt: skip
    found = card(
        made, dict.fromkeys(("small", "big", "critical", "major", "extra"), "no") | {"fine": "yes", "away": "na"}
    )
    assert [one.criterion for one in found.findings] == ["critical", "big", "major", "small"]
    assert found.findings[1].lost == pytest.approx(5 / 9)


def test_strengths_are_weightiest_first():
    made = plan(
        criterion("a"),
        criterion("b", weight=2),
        criterion("c", severity="critical"),
        criterion("d"),
        criterion("x", bonus=True),
    )
    found = card(made, {"a": "yes", "b": "yes", "c": "yes", "d": "no", "x": "yes"})
    assert found.strengths == ("b", "c", "a", "x")


def test_a_facet_is_the_mean_of_its_criteria_by_effective_weight():
    made = plan(
        section("s", criterion("a", facets={"stage": "welcome"}), criterion("b", facets={"stage": "welcome"}), weight=3),
        criterion("c", facets={"stage": "welcome"}), criterion("d", facets={"stage": "closing"}), criterion("e"),
        criterion("x", bonus=True, facets={"stage": "welcome"}),
        section("w", criterion("y", facets={"stage": "welcome"}), combine="min"),
        facets=FACETS,
    )  # fmt: skip
    found = card(made, {"a": "yes", "b": "no", "c": "no", "d": "na", "x": "no", "y": "no"})
    welcome, closing = found.facets
    assert (welcome.facet, welcome.value, welcome.criteria) == ("stage", "welcome", 3)
    assert welcome.score == pytest.approx(1.5 / 4)
    assert (closing.score, closing.criteria, closing.weight) == (None, 0, 0)


def test_a_value_of_a_facet_that_no_criterion_has_is_not_shown():
    made = plan(criterion("a", facets={"stage": "closing"}), facets=FACETS)
    assert [(one.value, one.score, one.criteria) for one in card(made, {}).facets] == [("closing", None, 0)]


def test_the_weakest_link_is_the_top_section_with_the_worst_score():
    made = plan(section("s", criterion("a")), section("t", criterion("b")), criterion("c"))
    assert card(made, {"a": "yes", "b": "no", "c": "no"}).weakest == "t"
    assert card(made, {"a": "yes", "c": "no"}).weakest is None


def test_where_no_section_is_worse_than_another_there_is_no_weakest_link():
    made = plan(*(section(name, criterion(f"{name}_a"), criterion(f"{name}_b")) for name in "stu"))
    every = [f"{name}_{one}" for name in "stu" for one in "ab"]
    assert card(made, dict.fromkeys(every, "yes")).weakest is None
    assert card(made, dict.fromkeys(every, "no")).weakest is None
    assert card(made, {**dict.fromkeys(every, "yes"), "u_a": "no"}).weakest == "u"
    assert card(made, {**dict.fromkeys(every, "yes"), "t_a": "no", "u_a": "no"}).weakest == "t"


def test_a_section_says_how_it_was_combined():
    made = plan(section("s", criterion("a"), combine="min"), section("rooms", criterion("b"), repeat="worst"))
    found = card(made, {"a": "yes", "rooms": [{"b": "no"}]})
    assert [(one.path, one.combine, one.depth) for one in found.sections] == [
        ("s", "min", 1),
        ("rooms", "worst", 1),
        ("rooms[1]", "mean", 1),
    ]


def test_notes_and_evidence_go_with_their_hashes():
    made = plan(criterion("a"), criterion("b"))
    seen = observation({"a": {"value": "no", "note": "dark", "evidence": ["a.jpg", "lost.jpg"]}, "b": "yes"})
    found = score_visit(made, seen, STANDARD, SOURCE, {"a.jpg": EvidenceFile("a.jpg", "c" * 64)}).card
    assert found.criteria[0].note == "dark"
    assert found.criteria[0].evidence == (EvidenceFile("a.jpg", "c" * 64), EvidenceFile("lost.jpg", None))
    assert (found.criteria[0].raw, found.criteria[1].evidence, found.standard, found.observation) == (
        "no",
        (),
        STANDARD,
        SOURCE,
    )


def test_human_decisions_stand_beside_what_was_computed():
    made = plan(criterion("a"), scoring={"ladder": [{"level": "good", "when": "score > 0.5"}, {"level": "bad"}]})
    decision = {"by": "A02", "reason": "seen again", "date": "2026-11-05"}
    overrides = [
        {"of": "level", "to": "good", **decision},
        {"of": "score", "to": 0.9, **decision},
        {"of": "verdict", "to": "passed", **decision},
    ]
    found = card(made, {"a": "no"}, overrides=overrides)
    assert [(one.of, one.computed, one.to, one.date) for one in found.overrides] == [
        ("level", "bad", "good", "2026-11-05"), ("score", 0, 0.9, "2026-11-05"), ("verdict", "scored", "passed", "2026-11-05"),
    ]  # fmt: skip
    assert (found.level, found.score) == ("bad", 0)


def test_praise_and_the_facts_of_the_visit_are_kept():
    made = plan(criterion("a"), context={"rain": {"type": "bool", "default": False}}, scoring={"pass": {"score": 0.5}})
    found = card(
        made,
        {"a": "yes"},
        commendations=[{"criterion": "a", "note": "bravo", "team": "desk"}],
        note="quiet",
        context={"rain": True},
    )
    assert [(one.criterion, one.note, one.team) for one in found.commendations] == [("a", "bravo", "desk")]
    assert (found.visit.id, found.visit.date, found.visit.note, found.visit.context) == (
        "v1",
        None,
        "quiet",
        {"rain": True},
    )
    dated = observation({"a": "yes"})
    dated = dated.model_copy(update={"visit": dated.visit.model_copy(update={"date": dt.date(2026, 11, 3)})})
    assert score_visit(made, dated, STANDARD, SOURCE).card.visit.date == "2026-11-03"
    assert found.pass_mark == 0.5
