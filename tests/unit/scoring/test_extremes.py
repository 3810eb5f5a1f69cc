"""The largest and the smallest numbers a standard may hold: no figure of a scorecard leaves those of a double."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servaudit.model.base import LEAST
from servaudit.scoring.combine import NO_TOTAL, Part
from servaudit.scoring.combine import combine as combined
from servaudit.scoring.planner import MAX_NESTING
from visits import card, criterion, plan, section, unchecked

HUGE = 1e9
NUMBERS = st.sampled_from([LEAST, 1.0, HUGE])
COMBINES = st.sampled_from(["mean", "sum", "sum", "min", "product"])


def numbers(value: Any) -> list[float]:
    """List every number of a scorecard, at any depth."""
    if isinstance(value, float):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return [number for one in inner for number in numbers(one)]


@st.composite
def scales(draw: st.DrawFn) -> tuple[dict[str, Any], str]:
    """Draw a scale of extreme points, and one of its answers."""
    points = draw(st.lists(st.sampled_from([-HUGE, -LEAST, 0, LEAST, 1, HUGE]), min_size=1, max_size=3))
    scale: dict[str, Any] = {"choices": {f"a{n}": value for n, value in enumerate(points)}}
    if draw(st.booleans()):
        scale["max"] = draw(NUMBERS)
    if draw(st.integers(0, 4)) == 0:
        scale["better"] = "lower"
    return scale, f"a{draw(st.integers(0, len(points) - 1))}"


@settings(max_examples=150, deadline=None)
@given(st.data(), st.integers(0, MAX_NESTING))
def test_every_figure_of_a_scorecard_is_a_number(data, depth):
    draw, answers, combine = data.draw, {}, "mean"
    children: list[dict[str, Any]] = []
    for n in range(depth + 1):
        scale, answer = draw(scales())
        answers[f"c{n}"] = [answer] * draw(st.sampled_from([1, 3]))
        children.append(criterion(f"c{n}", scale=scale, weight=draw(st.just(0) | NUMBERS), repeat="sum"))
        rules: dict[str, Any] = {"combine": (combine := draw(COMBINES))}
        for name in draw(st.sets(st.sampled_from(["max", "start"]) if combine == "sum" else st.just("max"))):
            rules[name] = draw(NUMBERS)
        if n < depth:
            children = [section(f"s{n}", *children, weight=draw(NUMBERS), **rules)]
    limit = {"id": "l", "when": "true", draw(st.sampled_from(["score", "add"])): draw(NUMBERS)}
    found = card(unchecked(*children, scoring={**rules, "limits": [limit]}), answers)
    assert all(math.isfinite(number) for number in numbers(found))


@pytest.mark.parametrize(
    ("child", "rules", "answer"),
    [
        ({"scale": {"range": [0, 10], "max": LEAST}}, {}, 10),
        ({"scale": {"choices": {"x": LEAST, "y": 0, "z": -HUGE}}}, {"combine": "sum"}, "z"),
        ({"weight": LEAST}, {"combine": "sum", "max": LEAST}, "no"),
        ({"weight": LEAST}, {"combine": "sum"}, "yes"),
    ],
)
def test_the_smallest_divisor_still_gives_a_score(child, rules, answer):
    found = card(unchecked(criterion("a", **child), scoring=rules), {"a": answer})
    assert found.score is not None
    assert all(math.isfinite(number) for number in numbers(found))


def test_what_a_section_costs_is_a_number_where_its_score_and_its_share_are_the_largest():
    demerits = {"choices": {"x": HUGE, "y": 0}, "max": LEAST, "better": "lower"}
    names = [f"c{n}" for n in range(16)]
    inner = section("s0", *(criterion(name, scale=demerits) for name in names), combine="product", max=LEAST)
    for n in range(1, MAX_NESTING):
        inner = section(f"s{n}", {**inner, "weight": HUGE}, combine="sum", max=LEAST)
    found = card(unchecked(inner, scoring={"combine": "sum", "max": LEAST}), dict.fromkeys(names, "x"))
    assert all(math.isfinite(number) for number in numbers(found))


@pytest.mark.parametrize("combine", ["mean", "sum", "product"])
def test_what_leaves_all_bounds_is_no_total(combine):
    rules = plan(criterion("a"), scoring={"combine": combine}).root.rules
    parts = [Part(1.0, 1.7e308, 1.7e308, 1.7e308, 1.7e308)] * 2
    assert combined(rules, parts, "mean") == NO_TOTAL
