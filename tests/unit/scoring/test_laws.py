"""The laws of the scoring model, on standards and visits that hypothesis draws (SCORING, Laws)."""

# ruff: noqa: E501 - a case is one line, so that the table can be read
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from servaudit.model.standard import Standard
from servaudit.scoring.plan import CriterionNode, Plan
from servaudit.scoring.planner import compile_standard
from standards_drawn import DEMERITS, RISING, SCALES, answers, scale_name, standards
from visits import card, criterion, laid_out, plan, scored, section, unchecked

if TYPE_CHECKING:
    from servaudit.model.scorecard import Scorecard

REACHABLE = tuple(sorted(SCALES.keys() - {"often"}))  # the maximum of that one cannot be reached
few = settings(max_examples=60, deadline=None)


def close(a: float | None, b: float | None) -> bool:
    return a is b if a is None or b is None else abs(a - b) <= 1e-9 * max(1, abs(a))


def figures(found: Scorecard) -> dict[str, tuple[float | None, ...]]:
    whole = (found.score, found.points, found.coverage, *found.bounds)
    leaves = {one.path: (one.score, one.points, one.effective_weight, one.lost) for one in found.criteria}
    groups = {one.path: (one.score, one.points, one.effective_weight, one.lost) for one in found.sections}
    return {"": whole, **leaves, **groups}


def same(a: Scorecard, b: Scorecard) -> None:
    one, other = figures(a), figures(b)
    assert one.keys() == other.keys()
    for path, values in one.items():
        assert all(map(close, values, other[path])), (path, values, other[path])


def changed(made: Plan, change: Any) -> Plan:
    """Compile the standard again with every group changed by `change(group)`."""

    def walk(group: dict[str, Any]) -> dict[str, Any]:
        group = change(group)
        return {**group, "sections": [walk(one) for one in group.get("sections", [])]}

    return compile_standard(Standard.model_validate(walk(written(made))))


def written(made: Plan) -> dict[str, Any]:
    """Write a standard as a document again."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return value[""] if list(value) == [""] else {key: plain(item) for key, item in value.items()}
        return [plain(item) for item in value] if isinstance(value, list) else value

    return plain(made.standard.model_dump(by_alias=True, exclude_unset=True))


@few
@given(standards(bonuses=False), st.data())
def test_a_mean_lies_between_its_worst_and_best_child(made, data):
    visit = scored(made, data.draw(answers(made)))
    for branch in [visit.sheet.root, *visit.sheet.root.branches()]:
        if branch.instances or branch.node.rules.combine != "mean":
            continue
        parts = [part for child in branch.children if (part := visit.evaluation.part(child)) is not None]
        scores = [part.score for part in parts if part.score is not None]
        total = visit.evaluation.totals[branch.path].score
        assert (total is None) == (not scores)
        assert total is None or min(scores) - 1e-9 <= total <= max(scores) + 1e-9


@few
@given(standards(policies=True), st.data())
def test_the_order_of_criteria_and_sections_changes_nothing(made, data):
    given_answers = data.draw(answers(made))

    def shuffle(group):
        return {
            **group,
            "criteria": data.draw(st.permutations(group.get("criteria", []))),
            "sections": data.draw(st.permutations(group.get("sections", []))),
        }

    mixed = dict(data.draw(st.permutations(list(given_answers.items()))))
    same(card(made, given_answers), card(changed(made, shuffle), mixed))


@few
@given(standards(), st.data())
def test_an_unobserved_criterion_changes_only_coverage_and_bounds(made, data):
    given_answers = data.draw(answers(made))
    bare = [node for node in made.root.children if isinstance(node, CriterionNode)]
    chosen = data.draw(st.sampled_from(bare)).id
    without, away = card(made, {**given_answers, chosen: None}), card(made, {**given_answers, chosen: "na"})
    assert (without.score, without.points, without.level, without.verdict) == (
        away.score, away.points, away.level, away.verdict,
    )  # fmt: skip
    for one, other in zip(without.criteria, away.criteria, strict=True):
        assert (one.path, one.score, one.effective_weight) == (other.path, other.score, other.effective_weight)


@few
@given(standards(combines=("mean",), bonuses=False), st.data(), st.sampled_from([0.5, 2, 10]))
def test_scaling_all_weights_changes_nothing(made, data, factor):
    given_answers = data.draw(answers(made))

    def scale(group):
        made_heavier = [{**one, "weight": one.get("weight", 1) * factor} for one in group.get("criteria", [])]
        inside = [{**one, "weight": one.get("weight", 1) * factor} for one in group.get("sections", [])]
        return {**group, "criteria": made_heavier, "sections": inside}

    same(card(made, given_answers), card(changed(made, scale), given_answers))


@few
@given(standards(combines=("mean", "min", "max", "sum"), scales=tuple(RISING), repeats=()), st.data())
def test_improving_one_answer_never_lowers_the_score(made, data):
    given_answers = data.draw(answers(made))
    name = data.draw(st.sampled_from(sorted(made.criteria)))
    rising = RISING[scale_name(made.criteria[name])]
    low = data.draw(st.integers(0, len(rising) - 2))
    worse = card(made, {**given_answers, name: rising[low]}).score
    better = card(made, {**given_answers, name: rising[data.draw(st.integers(low + 1, len(rising) - 1))]}).score
    assert worse is None or better >= worse - 1e-9


@few
@given(st.sampled_from(sorted(SCALES)), st.data(), st.integers(2, 9))
def test_copies_of_an_answer_under_a_mean_equal_one(name, data, n):
    scale, values = SCALES[name]
    value = data.draw(values)
    made = plan(criterion("a", scale=scale, repeat="mean"), criterion("b"))
    tally = {str(value): n} if name in ("yes_no", "five", "often") else [value] * n
    for many in ([value] * n, tally):
        same(card(made, {"a": [value], "b": "no"}), card(made, {"a": many, "b": "no"}))


@few
@given(standards(combines=("mean",)), st.data(), st.integers(2, 4))
def test_copies_of_an_instance_under_a_mean_equal_one(made, data, n):
    inner = written(made)
    whole = section("whole", repeat="mean", combine="mean") | {
        key: inner.get(key, []) for key in ("criteria", "sections")
    }
    again, given_answers = unchecked(whole, scoring={"limits": []}), data.draw(answers(made))
    assert close(card(again, {"whole": [given_answers] * n}).score, card(made, given_answers).score)


@few
@given(standards(policies=True), st.data())
def test_bounds_contain_the_score(made, data):
    found = card(made, data.draw(answers(made)))
    low, high = found.bounds
    assert (low is None) == (high is None)
    if low is not None and found.score is not None:
        assert low - 1e-9 <= found.score <= high + 1e-9


@few
@given(standards(combines=("mean", "sum", "min", "max"), repeats=()), st.data())
def test_bounds_contain_the_score_of_every_way_to_fill_the_gaps(made, data):
    given_answers = data.draw(answers(made))
    low, high = card(made, given_answers).bounds
    filled = data.draw(answers(made, gaps=False))
    full = {name: filled[name] if value is None else value for name, value in given_answers.items()}
    score = card(made, full).score
    assert score is None or low - 1e-9 <= score <= high + 1e-9


@few
@given(standards(policies=True), st.data())
def test_scoring_twice_gives_the_same_bytes(made, data):
    given_answers = data.draw(answers(made))
    first = repr(card(made, given_answers))
    assert repr(card(made, given_answers)) == first  # what is remembered from the first time
    assert repr(card(compile_standard(made.standard), given_answers)) == first


@few
@given(
    standards(combines=("mean", "sum"), scales=REACHABLE, repeats=("mean",), instances=False, bonuses=False), st.data()
)
def test_losses_add_up_to_what_is_missing(made, data):
    given_answers = data.draw(answers(made))
    found = card(made, given_answers)
    assume(found.score is not None)
    lost = [one.lost for one in found.criteria]
    assert 1 - found.score == pytest.approx(sum(lost), abs=1e-9)
    assert sum(one.effective_weight for one in found.criteria) == pytest.approx(1, abs=1e-9)


@few
@given(st.lists(st.sampled_from(["0", "4", "8", "na", None]), min_size=1, max_size=6), st.integers(0, 50))
def test_demerits_taken_from_a_start_never_change_the_maximum(values, start):
    made = unchecked(
        *(criterion(f"c{n}", scale=DEMERITS) for n in range(len(values))),
        scoring={"combine": "sum", "start": start + 10, "sign": -1},
    )
    found = card(made, {f"c{n}": value for n, value in enumerate(values)})
    taken = sum(int(value) for value in values if value not in ("na", None))
    if all(value in ("na", None) for value in values):
        assert found.verdict == "no_score"
    else:
        assert (found.points, found.max_points) == (start + 10 - taken, start + 10)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["yes", "na", "3 min"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text(max_size=4) | st.sampled_from(["value", "note", "evidence", "yes"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_whatever_the_answers_a_visit_is_laid_out_and_scored(data):
    made = ANYTHING
    names = [*made.root.own, "nobody"]
    given_answers = data.draw(
        st.dictionaries(st.sampled_from(names), JSON | st.just([{"soft": "maybe"}, {"soft": "yes"}]))
    )
    sheet = laid_out(made, given_answers, **data.draw(st.dictionaries(st.sampled_from(["rain", "x"]), JSON)))
    for problem in sheet.problems:
        assert str(problem.message)
        assert problem.path[0] in ("answers", "visit")
    assert len(repr(scored(made, given_answers).card)) > 0


ANYTHING = plan(
    *(criterion(name, scale=scale) for name, (scale, _) in SCALES.items() if name != "yes_no"),
    *(criterion(f"r_{how}", repeat=how) for how in ("mean", "worst", "best", "sum", "median")),
    *(criterion(f"i_{kind}", scale={"info": kind}) for kind in ("text", "date", "time", "number", "photo", "link")),
    criterion("hidden", applies_when="answers.five == '5' or context.rain"),
    section("rooms", criterion("soft"), section("beds", criterion("wide", applies_when="answers.soft == 'yes'"), repeat="worst"), repeat="mean"),
    context={"rain": {"type": "bool", "default": False}},
    scoring={
        "measures": {"n": {"agg": "count", "where": "score >= 0.5"}, "x": "answers.i_number * 2"},
        "ladder": [{"level": "good", "when": "n > 3 and x > 1"}, {"level": "bad"}],
    },
)  # fmt: skip
