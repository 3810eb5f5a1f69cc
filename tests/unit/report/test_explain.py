"""Explanations add up: whoever computes the left side of a printed formula finds its right side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servaudit import sources
from servaudit.audit import Audit
from servaudit.i18n import translator
from servaudit.library import Library
from servaudit.report.explain import Step, explain
from servaudit.report.figures import Figures
from servaudit.report.found import askable, find
from servaudit.report.said import measure_words
from servaudit.report.words import before_value
from standards_drawn import answers, standards
from visits import criterion, scored, section, unchecked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.scoring.plan import Plan

ROOT = Path(__file__).parents[3]
VISITS = sorted(
    path
    for folder in ("tests/cases/acceptance", "examples")
    for path in (ROOT / folder).rglob("*.yaml")
    if "kind: observation" in path.read_text("utf-8")
)
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
NBSP = "\u00a0"


@dataclass(frozen=True)
class Between:
    """A printed number is any of those that are rounded to it."""

    low: float
    high: float

    def __add__(self, other: Between) -> Between:
        return Between(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Between) -> Between:
        return Between(self.low - other.high, self.high - other.low)

    def __neg__(self) -> Between:
        return Between(-self.high, -self.low)

    def __mul__(self, other: Between) -> Between:
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Between(min(ends), max(ends))

    def __truediv__(self, other: Between) -> Between:
        return self * Between(1 / other.high, 1 / other.low)

    def meets(self, other: Between) -> bool:
        slack = 1e-6 * max(1.0, abs(self.low), abs(other.low))
        return self.low <= other.high + slack and other.low <= self.high + slack


def computed(text: str, decimals: int) -> Between:
    """Compute a printed expression; scores have `decimals`, other numbers three at most."""

    def number(match: re.Match[str]) -> str:
        digits = match[0].replace(",", "")
        places = len(digits.partition(".")[2])
        exact = match.string[match.end() :].startswith(" ×") or match.string[: match.start()].endswith("/ ")
        half = 0.5 * 10**-places if places == decimals and not exact else 0.0005  # zeros at the end are not printed
        half = 0.0 if exact and places < 3 else half
        return f"Between({float(digits) - half!r}, {float(digits) + half!r})"

    written = NUMBER.sub(number, text).replace("−", "-").replace("×", "*").replace("%", "")
    found = eval(written, {"Between": Between})  # noqa: S307 - what servaudit printed of our own files
    assert isinstance(found, Between), text
    return found


def equations(step: Step) -> Iterator[tuple[str, str]]:
    """Give both sides of every formula of an explanation."""
    for line in step.how:
        if " = " in line and " — " not in line and not line.startswith("note: "):
            left, _, right = line.rpartition(": ")[2].partition(" = ")
            yield left, right
    for child in step.steps:
        yield from equations(child)


def check(plan: Plan, root: Step) -> int:
    """Compute every formula of an explanation; says how many there were."""
    display = plan.standard.scoring.display
    found = list(equations(root))
    for left, right in found:
        plain = [side.replace(f"{NBSP}{display.unit}", "") for side in (left, right.partition(", held")[0])]
        plain[1] = plain[1].partition(" point")[0]
        assert computed(plain[0], display.decimals).meets(computed(plain[1], display.decimals)), f"{left} = {right}"
    return len(found)


def explained(path: Path, language: str = "en") -> list[tuple[Plan, Step]]:
    found = Audit(Library()).visit(sources.read(str(path))).scored
    assert found
    return [(scored.plan, explain(scored.plan, scored, translator(language))) for scored in found]


@pytest.mark.parametrize("path", VISITS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_formula_of_a_delivered_visit_adds_up(path: Path) -> None:
    for plan, root in explained(path):
        check(plan, root)


def test_the_delivered_visits_have_formulas() -> None:
    assert sum(check(*one) for path in VISITS for one in explained(path)) > 200


@given(data=st.data())
def test_every_formula_of_a_drawn_standard_adds_up(data: st.DataObject) -> None:
    plan = data.draw(standards(policies=True))
    check(plan, explain(plan, scored(plan, data.draw(answers(plan))), translator("en")))


def step(plan: Plan, given_answers: dict[str, Any], name: str = "Score before limits", **keys: Any) -> Step:
    """Explain a visit, and give the step of a title or an id."""
    root = explain(plan, scored(plan, given_answers, **keys), translator("en"))
    return next(one for one in walk(root) if name in (one.title, one.name))


def walk(root: Step) -> Iterator[Step]:
    yield root
    for child in root.steps:
        yield from walk(child)


def test_what_a_cap_holds_is_said_after_the_sum() -> None:
    plan = unchecked(criterion("a", weight=3), criterion("b"), criterion("c", bonus=True, weight=2))
    assert step(plan, {"a": "yes", "b": "no", "c": "yes"}).how == (
        "mean by weight: (3 × 100.0% + 1 × 0.0%) / 4 = 75.0%",
        "with the bonuses: 75.0% + (2 × 100.0%) / 4 = 125.0%, held at 100.0% (the maximum)",
    )


def test_bonuses_that_no_cap_holds_stand_apart() -> None:
    four = {"choices": {"n": 0, "y": 4}}
    plan = unchecked(
        criterion("a", scale={"range": [0, 10], "max": 10}),
        criterion("c", bonus=True, weight=2, scale=four),
        criterion("d", bonus=True, uncapped=True, weight=0.5),
        scoring={"combine": "sum"},
    )
    assert step(plan, {"a": 7, "c": "y", "d": "yes"}).how == (
        "sum of weight × points: 1 × 7 = 7",
        "with the bonuses: 7 + 2 × 4 = 15, held at 10 (the maximum)",
        "with the bonuses that no maximum holds: 10 + 0.5 × 1 = 10.5",
    )


DEMERITS = {"range": [0, 80], "better": "lower"}


def test_what_the_floor_holds_is_said_after_the_sum() -> None:
    plan = unchecked(
        criterion("a", scale=DEMERITS, weight=2), scoring={"combine": "sum", "start": 100, "sign": -1, "floor": 0}
    )
    formula = "sum of weight × points: 100 − (2 × 55) = −10, held at 0 (the floor)"
    assert step(plan, {"a": 55}).how == (formula,)


def limited() -> Plan:
    scoring = {
        "combine": "sum", "start": 100, "sign": -1, "floor": 0, "levels": ["A", "B", "C"],
        "measures": {"twice": "points * 2"},
        "ladder": [{"level": "A", "when": "points >= 90"}, {"level": "B", "when": "points >= 70"}, {"level": "C"}],
        "limits": [{"id": "closed", "when": "context.closed", "add": -7},
                   {"id": "low", "when": "points < 20", "add": -3}],
    }  # fmt: skip
    return unchecked(criterion("a", scale=DEMERITS), context={"closed": {"type": "bool"}}, scoring=scoring)


def test_the_ladder_before_limits_has_the_values_before_them() -> None:
    found = step(limited(), {"a": 25}, "Level before limits", context={"closed": True})
    assert found.value == "B"
    assert [one.how for one in found.steps] == [
        ("points >= 90 — does not hold (points = 75)",),
        ("points >= 70 — holds (points = 75)",),
    ]


def test_the_ladder_after_limits_has_the_values_after_them() -> None:
    found = step(limited(), {"a": 25}, "Level after limits", context={"closed": True})
    assert (found.value, [one.how[0] for one in found.steps]) == (
        "C",
        ["points >= 90 — does not hold (points = 68)", "points >= 70 — does not hold (points = 68)", "otherwise"],
    )


def test_a_limit_says_what_it_was_decided_by_and_what_it_did() -> None:
    found = step(limited(), {"a": 25}, "Limits", context={"closed": True})
    assert [(one.name, one.value, one.how) for one in found.steps] == [
        ("closed", "fired", ("context.closed — holds (context.closed = Yes)", "Points added: −7.")),
        ("low", "did not fire", ("points < 20 — does not hold (points = 75)",)),
    ]
    after = step(limited(), {"a": 25}, "Score after limits", context={"closed": True})
    assert (after.value, after.how) == (f"68{NBSP}/{NBSP}100", ("75 − 7 = 68",))


def test_a_measure_that_limits_moved_says_both_values() -> None:
    found = step(limited(), {"a": 25}, "twice", context={"closed": True})
    assert (found.value, found.how) == ("136", ("points * 2", "before limits: 150"))


def test_without_a_fired_limit_there_is_nothing_after_limits() -> None:
    root = explain(limited(), scored(limited(), {"a": 25}, context={"closed": False}), translator("en"))
    assert not [one.title for one in walk(root) if "after limits" in one.title]


def test_a_decision_says_what_was_computed() -> None:
    decided = [{"of": "score", "to": 0.8, "by": "A1", "reason": "power cut", "date": "2026-11-03"}]
    found = step(unchecked(criterion("a")), {"a": "no"}, "Decision", overrides=decided)
    assert (found.value, found.how) == (
        "80.0%",
        ("Score: 0.0% was computed, 80.0% was retained. Decided by A1 on November 3, 2026: power cut",),
    )


def test_instances_without_a_score_are_not_among_those_combined() -> None:
    plan = unchecked(section("rooms", criterion("a", weight=3), criterion("b"), repeat="mean", weight=3))
    rooms = [{"a": "yes", "b": "no"}, {"a": "no", "b": "yes"}, {"a": "na", "b": "na"}, {"a": "yes", "b": "yes"}]
    assert step(plan, {"rooms": rooms}, "rooms").how == (
        "mean of 3 observations: (75.0% + 25.0% + 100.0%) / 3 = 66.7%",
        "1 observation in which nothing was scored is left out",
        "weight 3, 100.0% of the whole, costs 33.3 points",
    )
    assert step(plan, {"rooms": rooms}, "rooms[2]").how[1:] == ("33.3% of the whole, costs 25.0 points",)


@pytest.mark.parametrize(
    ("language", "points", "words"),
    [("en", 1, "1 point"), ("en", 0.5, "0.5 points"), ("en", 0, "0 points"), ("fr", 1.7, "1,7 point"),
     ("fr", 0, "0 point"), ("fr", 2, "2 points"), ("fr", -3, "−3 points")],
)  # fmt: skip
def test_points_agree_with_their_number(language: str, points: float, words: str) -> None:
    assert Figures(unchecked(criterion("a")).standard, translator(language)).points_of(points, None) == words


@pytest.mark.parametrize(
    ("language", "title", "written"),
    [("en", "Verdict", "Verdict: "), ("fr", "Verdict", f"Verdict{NBSP}: "),
     ("en", "The exit is clear.", "The exit is clear: "),
     ("fr", f"Le client est salué{NBSP}?", f"Le client est salué{NBSP}? "), ("en", "And so on…", "And so on… ")],
)  # fmt: skip
def test_a_title_has_one_mark_before_its_value(language: str, title: str, written: str) -> None:
    assert before_value(title, translator(language)) == written


def test_a_measure_is_said_in_the_language_of_the_reader() -> None:
    scoring = {"measures": {"worst": {"agg": "max", "of": "points", "where": "weight > 1"}}}
    plan = unchecked(criterion("a"), scoring=scoring)
    words = {language: measure_words(plan.rules.measures[0], translator(language)) for language in ("en", "fr")}
    assert words == {
        "en": "greatest value of “points”, over the criteria scored where “weight > 1” holds",
        "fr": f"plus grande valeur de «{NBSP}points{NBSP}», "
        f"sur les critères notés où «{NBSP}weight > 1{NBSP}» est vrai",
    }


def test_a_wrong_formula_is_seen() -> None:
    wrong = Step("", "", "", ("mean by weight: (3 × 100.0% + 1 × 0.0%) / 4 = 75.2%",))
    with pytest.raises(AssertionError, match=r"75\.2%"):
        check(unchecked(criterion("a")), wrong)


def _asked(made: Plan, answers: dict[str, Any], name: str, language: str = "en") -> list[Step]:
    return find(explain(made, scored(made, answers), translator(language)), name)


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        ({"agg": "min", "of": "score", "over": "sections"}, "Three → 0.0% · Two → 50.0% · One → 100.0%"),
        ({"agg": "max", "of": "score", "over": "sections"}, "One → 100.0% · Two → 50.0% · Three → 0.0%"),
        ({"agg": "sum", "of": "weight * score"}, "a → 1 · b → 2 · c → 0 · d → 0"),
        ({"agg": "count", "where": "outcome == 'not_met'"}, "c · d"),
        ({"agg": "share", "that": "score == 1"}, "a · b"),
        ({"agg": "count", "where": "outcome == 'partly'"}, None),
        ("score * 2", None),
    ],
)
def test_a_measure_names_what_it_was_computed_from(measure: Any, said: str | None) -> None:
    made = unchecked(
        section("one", criterion("a"), title="One"),
        section("two", criterion("b", weight=2), criterion("c", weight=2), title="Two"),
        section("three", criterion("d"), title="Three"),
        scoring={"measures": {"m": measure}},
    )
    (step,) = _asked(made, {"a": "yes", "b": "yes", "c": "no", "d": "no"}, "m")
    assert step.how[1:] == ((said,) if said else ())


def test_of_many_parts_an_end_names_the_nearest_and_a_sum_none() -> None:
    children = [criterion(f"c{n}", scale={"range": [0, 99], "max": 99}) for n in range(30)]
    measures = {"least": {"agg": "min", "of": "points"}, "sum": {"agg": "sum", "of": "points"}}
    made = unchecked(*children, scoring={"measures": measures})
    given = {f"c{n}": 99 - n for n in range(30)}
    assert _asked(made, given, "least")[0].how[1] == "c29 → 70 · c28 → 71 · c27 → 72 · c26 → 73 · c25 → 74 · …"
    assert len(_asked(made, given, "sum")[0].how) == 1


@pytest.mark.parametrize(
    ("scale", "language", "said"),
    [
        ({"curve": [[300, 0], [60, 1]], "unit": "s"}, "en", "curve: 1 min → 1 · 5 min → 0, in a straight line"),
        ({"curve": [[60, 1], [300, 0.5]], "unit": "s"}, "fr", "courbe : 1 min → 1 · 5 min → 0,5, en ligne droite"),
        ({"steps": [[0, 1], [200, 0.5], [None, 0]]}, "en", "steps: up to 0 → 1 · up to 200 → 0.5 · beyond → 0"),
    ],
)
def test_a_measured_value_says_what_it_is_worth_by_its_scale(scale: Any, language: str, said: str) -> None:
    made = unchecked(criterion("wait", scale=scale))
    (step,) = _asked(made, {"wait": 180}, "wait", language)
    assert step.how[1].replace(NBSP, " ").startswith(said)
    assert not any(said[:5] in line for line in _asked(made, {}, "wait", language)[0].how)


def test_the_score_the_level_and_the_verdict_can_be_asked_for() -> None:
    rules = {"ladder": [{"level": "A", "when": "score > 0.5"}, {"level": "B"}], "pass": {"score": 0.5}}
    made = unchecked(section("one", criterion("a"), title="One"), scoring=rules)
    assert [step.title for word in ("score", "level", "verdict") for step in _asked(made, {"a": "no"}, word)] == [
        "Score before limits", "Level before limits", "Verdict",
    ]  # fmt: skip
    (score,) = _asked(made, {"a": "no"}, "score")
    assert [(part.name, part.steps) for part in score.steps] == [("one", ())]
    assert {"score", "level", "verdict", "one", "a"} <= askable(
        explain(made, scored(made, {"a": "no"}), translator("en"))
    )


def test_an_id_comes_before_a_word() -> None:
    made = unchecked(criterion("score"), criterion("b"))
    (step,) = _asked(made, {"score": "yes"}, "score")
    assert step.name == "score"
