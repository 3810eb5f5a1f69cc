"""Conditions that go round in a circle are found, each circle once, and in standards of any size."""

from __future__ import annotations

import itertools
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from servaudit.lint import conditions
from servaudit.lint.conditions import cycles
from servaudit.scoring import names
from visits import criterion, section, unchecked

GRAPHS = st.integers(1, 7).flatmap(
    lambda n: st.lists(st.sets(st.integers(0, n - 1), max_size=3), min_size=n, max_size=n)
)


def made_of(asked: list[set[int]]) -> Any:
    """Compile a criterion for each node, that applies by the answers to those it asks for."""
    told = [" and ".join(f"answers.c{one} == 'yes'" for one in sorted(each)) for each in asked]
    return unchecked(*(criterion(f"c{n}", **({"applies_when": when} if when else {})) for n, when in enumerate(told)))


def reached(asked: list[set[int]], start: int) -> set[int]:
    """Find what a node leads to, by one step or more."""
    found: set[int] = set()
    waiting = [start]
    while waiting:
        new = asked[waiting.pop()] - found
        found |= new
        waiting += new
    return found


@given(GRAPHS)
def test_every_circle_of_conditions_is_told_and_nothing_else(asked):
    trails = [str(one.message).partition(": ")[2].split(" → ") for one in cycles(made_of(asked))]
    steps = [(int(a[1:]), int(b[1:])) for trail in trails for a, b in itertools.pairwise(trail)]
    assert all(b in asked[a] for a, b in steps)
    assert all(trail[0] == trail[-1] for trail in trails)
    assert {a for a, _ in steps} == {n for n in range(len(asked)) if n in reached(asked, n)}


def test_the_names_of_conditions_are_gathered_once_for_each_place_they_stand_in(monkeypatch):
    asked_for = []
    gather = names.applicability
    monkeypatch.setattr(names, "applicability", lambda *given: asked_for.append(given) or gather(*given))
    many = [criterion(f"c{n}", applies_when="answers.first == 'yes'") for n in range(30)]
    inside = [criterion(f"i{n}", applies_when="answers.first == 'yes'") for n in range(30)]
    unchecked(criterion("first"), *many, section("rooms", *inside, repeat="mean"))
    assert len(asked_for) == 2


def test_no_link_of_a_chain_is_followed_to_its_end(monkeypatch):
    followed = []
    monkeypatch.setattr(conditions, "_circle", lambda start, _: followed.append(start) or [])
    assert not list(cycles(made_of([set(), *({n} for n in range(300)), {299, 302}, {301}, {302}])))
    assert followed == ["c301", "c302"]
