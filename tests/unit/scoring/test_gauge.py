"""Scales: what an answer is worth, and which answers there are."""

# ruff: noqa: E501 - a case is one line, so that the table can be read
from __future__ import annotations

import pytest
from pydantic import TypeAdapter

from servaudit.model.base import Numeral
from servaudit.model.scale import Scale
from servaudit.scoring.gauge import make_gauge
from servaudit.scoring.units import Refused

SCALE = TypeAdapter(Scale)
OFTEN = {"choices": {"always": {"points": 3, "label": {"fr": "Très souvent", "en": "Always"}}, "never": 0, "dk": None}}
STARS = {"choices": {"1": 1, "5": 5, "2.5": 2}}
TRUTH = {"choices": {True: 1, False: 0}}
BASKET = {"choices": {"bread": 2, "milk": 1, "spill": -1, "none": 0, "dk": None}, "multiple": True}
CURVE = {"curve": [[300, 0], [60, 1]], "unit": "s"}
STEPS = {"steps": [[60, 2], [None, 0], [180, 1]], "unit": "s"}
RANGE = {"range": [0, 10]}


def gauge(scale):
    return make_gauge(SCALE.validate_python(scale))


def read(scale, raw):
    reading = gauge(scale).read(raw)
    return reading.value, reading.points


def refusal(scale, raw):
    with pytest.raises(Refused) as refused:
        gauge(scale).read(raw)
    return refused.value


@pytest.mark.parametrize(
    ("scale", "raw", "value", "points"),
    [
        (OFTEN, "always", "always", 3), (OFTEN, "  ALWAYS ", "always", 3), (OFTEN, "tres  souvent", "always", 3), (OFTEN, "Très souvent", "always", 3),
        (OFTEN, "never", "never", 0), (OFTEN, "dk", "dk", None), (OFTEN, "na", None, None), (OFTEN, " NA ", None, None), (OFTEN, "Sans objet", None, None), (OFTEN, "n/a", None, None),
        (STARS, 5, "5", 5), (STARS, 5.0, "5", 5), (STARS, "5", "5", 5), (STARS, "5.0", "5", 5), (STARS, "5,0", "5", 5), (STARS, "2,5", "2.5", 2), (STARS, Numeral("2.50"), "2.5", 2),
        (TRUTH, True, "yes", 1), (TRUTH, False, "no", 0), (TRUTH, "yes", "yes", 1), (TRUTH, "No", "no", 0),
        (BASKET, ["bread", "milk"], ("bread", "milk"), 3), (BASKET, ["milk", "milk"], ("milk",), 1), (BASKET, "bread", ("bread",), 2), (BASKET, ["spill", ""], ("spill",), -1),
        (BASKET, ["na"], None, None), (BASKET, ["dk"], ("dk",), None), (BASKET, ["dk", "bread"], ("dk", "bread"), 2), (BASKET, "na", None, None),
        (CURVE, 60, 60, 1), (CURVE, "3 min", 180, 0.5), (CURVE, 10, 10, 1), (CURVE, 900, 900, 0), (CURVE, "n/a", None, None),
        ({"curve": [[10, 4]]}, 3, 3, 4), ({"curve": [[10, 4]]}, 30, 30, 4), ({"curve": [[0, 0], [1, 1], [2, 5]]}, 1.5, 1.5, 3),
        (STEPS, 60, 60, 2), (STEPS, 60.0000000001, 60.0000000001, 2), (STEPS, 61, 61, 1), (STEPS, "1 h", 3600, 0),
        (RANGE, 7.2, 7.2, 7.2), (RANGE, "7,2", 7.2, 7.2), (RANGE, 0, 0, 0), (RANGE, "so", None, None),
        ({"info": "text"}, " bien ", "bien", None), ({"info": "text"}, Numeral("1.10"), "1.10", None), ({"info": "text"}, "sans objet", "sans objet", None), ({"info": "text"}, "na", None, None), ({"info": "text"}, True, "true", None),
        ({"info": "date"}, "2026-11-03", "2026-11-03", None), ({"info": "date"}, "n/a", None, None), ({"info": "time"}, "9h05", "09:05", None), ({"info": "time"}, "14:05", "14:05", None),
        ({"info": "number", "unit": "s"}, "2 min", 120, None), ({"info": "choice", "choices": {"a": {"fr": "Un"}, "b": None}}, "UN", "a", None), ({"info": "choice", "choices": {"a": None}}, "so", None, None),
        ({"info": "link"}, "https://calls.example/7#t=83", "https://calls.example/7#t=83", None), ({"info": "photo"}, "photos/a.jpg", "photos/a.jpg", None),
    ],
    ids=repr,
)  # fmt: skip
def test_an_answer_is_worth_points(scale, raw, value, points):
    found, worth = read(scale, raw)
    assert found == (pytest.approx(value) if isinstance(value, float) else value)
    assert worth == (None if points is None else pytest.approx(points))


@pytest.mark.parametrize(
    ("scale", "raw", "code"),
    [
        (OFTEN, "sometimes", "answer-unknown"), (OFTEN, ["always"], "answer-shape"), (OFTEN, {"always": 1}, "answer-shape"), (STARS, "1_0", "answer-unknown"), (STARS, 3, "answer-unknown"),
        (BASKET, ["butter"], "answer-unknown"), (BASKET, [["bread"]], "answer-shape"),
        (CURVE, "3 kg", "answer-unit"), (CURVE, "soon", "answer-unknown"), (CURVE, [60], "answer-shape"),
        ({"steps": [[60, 1]]}, 61, "answer-range"), (RANGE, 10.1, "answer-range"), (RANGE, -1, "answer-range"), (RANGE, True, "answer-shape"),
        ({"info": "text"}, ["a"], "answer-shape"), ({"info": "date"}, "20261103", "answer-unknown"), ({"info": "date"}, "2026-02-30", "answer-unknown"), ({"info": "time"}, "25:00", "answer-unknown"),
        ({"info": "link"}, "javascript:alert(1)", "answer-unknown"), ({"info": "number"}, "x", "answer-unknown"), ({"info": "choice", "choices": {"a": None}}, "b", "answer-unknown"),
    ],
    ids=repr,
)  # fmt: skip
def test_other_answers_are_refused(scale, raw, code):
    assert refusal(scale, raw).code == code


def test_na_is_reserved_even_where_a_label_says_it():
    scale = {"choices": {"nap": {"points": 1, "label": {"en": "NA"}}, "other": 0}}
    assert read(scale, "na") == (None, None)
    assert read({**scale, "multiple": True}, ["na"]) == (None, None)


def test_a_refusal_lists_the_answers_and_quotes_a_long_one_in_part():
    refused = refusal(OFTEN, "alway" + "s" * 5000)
    assert "one of always, never, dk, na" in str(refused)
    assert len(str(refused)) < 200
    assert str(refusal(OFTEN, "alwys").help) == "did you mean “always”?"


@pytest.mark.parametrize(
    ("scale", "best", "worst", "maximum"),
    [
        (OFTEN, 3, 0, 3), ({**OFTEN, "max": 10}, 3, 0, 10), ({"choices": {"a": 0, "b": 5}, "better": "lower"}, 0, 5, None), ({"choices": {"a": 0, "b": 5}, "better": "lower", "max": 20}, 0, 5, 20),
        (BASKET, 3, -1, 3), ({**BASKET, "better": "lower"}, -1, 3, None), (CURVE, 1, 0, 1), (STEPS, 2, 0, 2), (RANGE, 10, 0, None), ({"range": [0, 10], "max": 10}, 10, 0, 10),
        ({"range": [10, 0], "better": "lower"}, 0, 10, None), ({"choices": {"a": -1, "b": 0}}, 0, -1, None), ({"choices": {"a": 1}, "max": -1}, 1, 1, None), ({"choices": {"dk": None}}, 0, 0, None),
        ({"info": "text"}, None, None, None),
    ],
    ids=repr,
)  # fmt: skip
def test_the_maximum_is_the_best_reachable_unless_declared(scale, best, worst, maximum):
    found = gauge(scale)
    assert (found.best, found.worst, found.maximum) == (best, worst, maximum)
    assert found.scored is (best is not None)


def test_a_choice_without_choices_takes_any_text():
    assert read({"info": "choice"}, "free") == ("free", None)


@pytest.mark.parametrize("unit", ["s", "min", "heures", "jours"])
@pytest.mark.parametrize("scale", [{"curve": [[0, 1], [300, 0]]}, {"steps": [[60, 1], [None, 0]]}])
@pytest.mark.parametrize("raw", [-5, "-5", "-0.001"], ids=repr)
def test_a_duration_below_nothing_is_refused(scale, unit, raw):
    found = refusal({**scale, "unit": unit}, raw)
    assert (found.code, str(found.message)) == ("answer-range", f"“{raw}”: a duration cannot be negative")
    assert "0 or more" in str(found.help)
    assert read({**scale, "unit": unit}, 0)[1] == 1


def test_a_number_may_be_below_nothing_where_it_is_no_duration_or_the_scale_reaches_there():
    assert read({"curve": [[-60, 1], [60, 0]], "unit": "s"}, "-1 min") == (-60, 1)
    assert read({"curve": [[-60, 1], [60, 0]], "unit": "s"}, "-2 min") == (-120, 1)
    assert read({"steps": [[-5, 1], [None, 0]], "unit": "min"}, -6) == (-6, 1)
    assert read({"range": [-5, 5], "unit": "min"}, -5) == (-5, -5)
    for unit in (None, "count", "°C", "m"):
        assert read({"curve": [[0, 1], [5, 0]]} | ({"unit": unit} if unit else {}), -3) == (-3, 1)
