"""An answer taken apart, and several of them judged as one."""

# ruff: noqa: E501 - a case is one line, so that the table can be read
from __future__ import annotations

import math

import pytest
from pydantic import TypeAdapter

from servaudit.model.base import Numeral
from servaudit.model.scale import Scale
from servaudit.scoring.answers import MAX_COUNT, MAX_REPEATS, empty, memorable, remarks, spelling, take_apart
from servaudit.scoring.gauge import Gauge, make_gauge
from servaudit.scoring.outcome import REPORTED, UNOBSERVED, RefusedAt, judge
from servaudit.scoring.units import Refused


def gauge(**scale):
    return make_gauge(TypeAdapter(Scale).validate_python(scale))


YES_NO = gauge(choices={"yes": 1, "no": 0})
DEMERITS = gauge(choices={"0": 0, "5": 5, "10": 10}, better="lower")
WAIT = gauge(curve=[[60, 1], [300, 0]], unit="s")
BASKET = gauge(choices={"bread": 2, "milk": 1}, multiple=True)


@pytest.mark.parametrize("raw", [None, "", "  ", [], {}, [None, ""]], ids=repr)
def test_an_empty_value_is_nothing(raw):
    assert empty(raw)
    assert take_apart(raw).values == ()
    assert take_apart({"value": raw}).values == ()


def test_only_equal_answers_are_spelled_alike():
    said = [
        1,
        1.0,
        True,
        "1",
        0,
        False,
        "yes",
        ["yes"],
        ["yes", "no"],
        ["no", "yes"],
        [1],
        {"yes": 1},
        {"yes": 1, "no": 3},
        None,
    ]
    assert len({spelling(one) for one in said}) == len(said)
    assert all(memorable(spelling(one)) for one in said)
    assert spelling({"yes": 7, "no": 3}) == spelling({"yes": 7, "no": 3})


@pytest.mark.parametrize(
    "odd",
    [Numeral("1.10"), [1.5], [True], ["x"] * 21, {"yes": True}, {"value": 1}, {str(n): n for n in range(21)}],
    ids=repr,
)
def test_what_is_odd_or_long_is_not_remembered(odd):
    assert not memorable(spelling(odd))
    assert not memorable(spelling("x" * 201))


@pytest.mark.parametrize("raw", [0, False, "na", [0], [["a"]], {"yes": 0}], ids=repr)
def test_zero_and_no_are_answers(raw):
    assert not empty(raw)


@pytest.mark.parametrize(
    ("raw", "multiple", "values", "several"),
    [
        ("yes", False, (("yes", 1, ()),), False), (["yes", "", "no"], False, (("yes", 1, (0,)), ("no", 1, (2,))), True), ({"yes": 7, "no": 3, "na": 0}, False, (("yes", 7, ("yes",)), ("no", 3, ("no",))), True),
        (["a", "b"], True, ((["a", "b"], 1, ()),), False), ([["a"], ["b"]], True, ((["a"], 1, (0,)), (["b"], 1, (1,))), True), ({"yes": 2.0}, False, (("yes", 2, ("yes",)),), True),
        ({"value": ["yes"]}, False, (("yes", 1, ("value", 0)),), True), ({"value": {"yes": 1}}, False, (("yes", 1, ("value", "yes")),), True), ({"note": "seen"}, False, (), False),
    ],
    ids=repr,
)  # fmt: skip
def test_an_answer_is_taken_apart(raw, multiple, values, several):
    answer = take_apart(raw, multiple=multiple)
    assert (answer.values, answer.several) == (values, several)


def test_a_note_and_evidence_go_with_an_answer():
    answer = take_apart({"value": "yes", "note": Numeral("1.10"), "evidence": "a.jpg"})
    assert (answer.raw, answer.note, answer.evidence) == ("yes", "1.10", ("a.jpg",))
    assert take_apart({"value": "yes", "note": ""}).note is None


@pytest.mark.parametrize(
    "raw",
    [
        {"value": "yes", "remark": "x"}, {"value": "yes", "note": ["x"]}, {"value": "yes", "evidence": [3]},
        {"yes": "7"}, {"yes": -1}, {"yes": 1.5}, {"yes": True}, {"yes": math.nan}, {"yes": math.inf}, {"yes": MAX_COUNT + 1}, ["yes"] * (MAX_REPEATS + 1),
    ],
    ids=lambda raw: repr(raw)[:40],
)  # fmt: skip
def test_other_shapes_are_refused(raw):
    with pytest.raises(Refused) as refused:
        take_apart(raw)
    assert refused.value.code == "answer-shape"


@pytest.mark.parametrize(
    ("raw", "path", "help_"),
    [
        ({"value": "no", "note": "well", "no": None}, ("no",), "put quotes around a text that has a comma"),
        ({"value": "no", "remark": "x"}, (), "an answer has: value, note, evidence"),
        ({"value": "no", "note": ["x"]}, ("note",), "put quotes around it"),
        ({"value": "no", "evidence": ["a.jpg", ""]}, ("evidence", 1), "write each path"),
        ({"value": "no", "evidence": {"a": 1}}, ("evidence",), "write each path"),
        ({"value": "no", "evidence": 3}, ("evidence",), "write each path"),
    ],
)
def test_what_is_odd_in_an_answer_has_its_place_and_what_to_do(raw, path, help_):
    with pytest.raises(Refused) as refused:
        take_apart(raw)
    assert refused.value.path == path
    assert str(refused.value.help).startswith(help_)


def judged(raw, scale=YES_NO, repeat=None):
    return judge(take_apart(raw, multiple=scale.multiple), scale, repeat)


def named(value: object) -> str:
    """Call a gauge by its answers: its own words hold an address, which changes from run to run."""
    return "/".join(value.words or [value.unit or "free"]) if isinstance(value, Gauge) else repr(value)


@pytest.mark.parametrize(
    ("scale", "raw", "outcome"),
    [
        (YES_NO, "yes", "met"), (YES_NO, "no", "not_met"), (YES_NO, "na", "not_applicable"), (YES_NO, None, "unobserved"), (WAIT, "3 min", "partly"), (WAIT, 60.0000000001, "met"), (WAIT, 300, "not_met"),
        (DEMERITS, "0", "met"), (DEMERITS, "5", "partly"), (DEMERITS, "10", "not_met"), (gauge(choices={"ok": 2, "bad": 0}, max=10), "ok", "met"), (gauge(choices={"only": 1}), "only", "met"),
        (gauge(info="text"), "hello", "recorded"), (gauge(info="text"), "na", "not_applicable"), (gauge(info="text"), "", "unobserved"), (gauge(info="text"), ["a", "b"], "recorded"),
    ],
    ids=named,
)  # fmt: skip
def test_the_outcome_is_met_at_the_best_and_not_met_at_the_worst_points(scale, raw, outcome):
    assert judged(raw, scale).outcome == outcome


@pytest.mark.parametrize(
    ("scale", "repeat", "raw", "points", "value", "n", "maximum"),
    [
        (YES_NO, "mean", {"yes": 7, "no": 3}, 0.7, None, 10, 1), (YES_NO, "mean", ["yes", "na", "no", ""], 0.5, None, 2, 1), (YES_NO, "mean", "yes", 1, "yes", 1, 1), (YES_NO, "mean", ["yes", "yes"], 1, "yes", 2, 1),
        (YES_NO, "worst", ["yes", "no"], 0, "no", 2, 1), (YES_NO, "best", ["no", "yes"], 1, "yes", 2, 1), (YES_NO, "sum", {"yes": 7, "no": 3}, 7, None, 10, 10), (YES_NO, "median", {"yes": 2, "no": 2}, 0.5, None, 4, 1), (YES_NO, "median", {"no": 2, "yes": 3}, 1, None, 5, 1),
        (WAIT, "mean", [60, 180, 300], 0.5, 180, 3, 1), (WAIT, "worst", [60, 180, 300], 0, 300, 3, 1), (WAIT, "best", [60, 180], 1, 60, 2, 1), (WAIT, "median", [60, 120, 300], 0.75, 120, 3, 1), (WAIT, "sum", [60, 180], 1.5, 240, 2, 2),
        (DEMERITS, "worst", ["5", "0"], 5, "5", 2, None), (DEMERITS, "best", ["5", "0"], 0, "0", 2, None), (BASKET, "mean", [["bread"], ["milk", "bread"]], 2.5, None, 2, 3),
    ],
    ids=named,
)  # fmt: skip
def test_observations_of_one_criterion_become_one(scale, repeat, raw, points, value, n, maximum):
    found = judged(raw, scale, repeat)
    assert found.points == pytest.approx(points, abs=1e-12)
    assert (found.value, found.n, found.maximum) == (value, n, maximum)


def test_a_sum_is_met_only_when_every_observation_is():
    assert judged({"yes": 10}, repeat="sum").outcome == "met"
    assert judged({"no": 10}, repeat="sum").outcome == "not_met"
    assert judged({"yes": 9, "no": 1}, repeat="sum").outcome == "partly"


def test_all_not_applicable_is_not_applicable():
    found = judged(["na", "na"], repeat="mean")
    assert (found.outcome, found.n, len(found.readings)) == ("not_applicable", 0, 2)
    assert judged({"na": 0}, repeat="mean") is UNOBSERVED


def test_several_answers_need_a_repeat():
    with pytest.raises(RefusedAt, match="one answer is expected, not several") as refused:
        judged(["yes"])
    assert refused.value.faults[0][1] == ()


def test_every_wrong_answer_of_a_list_is_refused_at_its_place_up_to_a_number():
    with pytest.raises(RefusedAt) as refused:
        judged(["yes", "maybe", "no", "perhaps"], repeat="mean")
    assert [path for _, path in refused.value.faults] == [(1,), (3,)]
    with pytest.raises(RefusedAt) as refused:
        judged(["maybe"] * 100, repeat="mean")
    assert len(refused.value.faults) == REPORTED


@pytest.mark.parametrize(
    "raw",
    ["yes", None, {"yes": 7, "no": 3}, {"value": "yes"}, {"note": "wet"}, {"value": "yes", "note": Numeral("1.10"), "evidence": "a.jpg"},
     {"value": ["yes", "no"], "note": "", "evidence": ["a.jpg", "b.jpg"]}],
    ids=repr,
)  # fmt: skip
def test_the_remarks_of_an_answer_are_those_it_has_when_it_is_taken_apart(raw):
    whole = take_apart(raw)
    assert remarks(raw) == (whole.raw, whole.note, whole.evidence)
