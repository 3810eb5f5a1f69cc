"""Past visits under two versions: what moves, which ranks change, and what cannot be scored."""

from hypothesis import given
from hypothesis import strategies as st

from servaudit.change.impact import effect, ranked
from servaudit.scoring.planner import compile_standard
from standards_drawn import answers, standards
from visits import criterion, unchecked

DEMERITS = {"choices": {"none": 0, "some": 5, "many": 10}, "better": "lower"}


def plan(*children, version="1.0.0", **keys):
    return unchecked(*children, version=version, **keys)


def visit(name, given_answers, version="1.0.0"):
    return {
        "kind": "observation",
        "standard": f"shop@{version}",
        "visit": {"id": name, "site": "Lyon", "date": "2026-11-03"},
        "answers": given_answers,
    }


def ranks(old, new, *visits):
    found = ranked(effect(each, "v.yaml", old, new) for each in visits)
    return {each.visit: (each.rank_before, each.rank_after) for each in found}


def test_equal_scores_share_a_rank_and_the_next_one_counts_them():
    old = plan(criterion("a"), criterion("b"))
    new = plan(criterion("a", weight=3), criterion("b"), version="2.0.0")
    visits = [
        visit("x", {"a": "yes", "b": "no"}), visit("y", {"a": "no", "b": "yes"}), visit("z", {"a": "no", "b": "no"}),
    ]  # fmt: skip
    assert ranks(old, new, *visits) == {"x": (1, 1), "y": (1, 2), "z": (3, 3)}


def test_of_demerits_the_fewest_come_first():
    scoring = {"combine": "sum"}
    old = plan(criterion("a", scale=DEMERITS), criterion("b", scale=DEMERITS), scoring=scoring)
    new = plan(criterion("a", scale=DEMERITS, weight=3), criterion("b", scale=DEMERITS), scoring=scoring)
    visits = [visit("x", {"a": "some", "b": "none"}), visit("y", {"a": "none", "b": "many"})]
    assert ranks(old, new, *visits) == {"x": (1, 2), "y": (2, 1)}
    moved = effect(visits[0], "v.yaml", old, new)
    assert (moved.before.points, moved.after.points, moved.delta) == (5, 15, 10)


def test_what_cannot_be_scored_has_reasons_and_no_rank():
    old = plan(criterion("a"), criterion("b"))
    new = plan(criterion("a"), version="2.0.0")
    gone, stays = ranked(effect(visit(name, given_answers), "v.yaml", old, new) for name, given_answers in [
        ("x", {"a": "yes", "b": "no"}), ("y", {"a": "yes"}),
    ])  # fmt: skip
    assert [str(reason) for reason in gone.after.refused] == ["the standard has no criterion “b” here"]
    assert (gone.moved, gone.rank_before, gone.rank_after) == (True, None, None)
    assert (stays.moved, stays.reranked, stays.rank_after) == (False, False, 1)


def test_a_visit_of_a_later_version_is_not_brought_back():
    old, new = plan(criterion("a")), plan(criterion("a"), version="2.0.0")
    found = effect(visit("x", {"a": "yes"}, "1.5.0"), "v.yaml", old, new)
    assert (found.before.scored, found.after.score) == (False, 1)
    assert "later than 1.0.0" in str(found.before.refused[0])


def test_what_the_history_tells_counts_before_the_version_is_raised():
    old = plan(criterion("a"), criterion("b"))
    new = plan(criterion("c"), history={"2.0.0": {"rename": {"a": "c"}, "remove": ["b"]}})
    found = effect(visit("x", {"a": "yes", "b": "yes"}), "v.yaml", old, new)
    assert (found.before.score, found.after.score, found.moved) == (1, 1, False)
    assert [problem.code for problem in found.kept] == ["answer-kept"]


@given(st.data())
def test_a_standard_that_stays_moves_nothing(data):
    drawn = data.draw(standards(policies=True))
    same = compile_standard(drawn.standard)
    found = ranked([effect(visit("x", data.draw(answers(drawn))), "v.yaml", drawn, same)])
    assert not found[0].moved
    assert not found[0].reranked
