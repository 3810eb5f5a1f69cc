"""What a checklist takes of a standard, and what that does to a score: nothing but leave out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.visits import SOURCE, STANDARD, criterion, observation, parts, section

from servaudit.model.checklist import Use
from servaudit.model.standard import Standard
from servaudit.scoring.layout import lay_out
from servaudit.scoring.planner import compile_standard
from servaudit.scoring.selection import select
from servaudit.scoring.visit import score_visit

SMILED = "answers.smile == 'yes'"
SHOP = Standard.model_validate(
    {
        "kind": "standard", "id": "shop", "version": "1.0.0", "title": "A shop",
        "parameters": {"most": 3, "rates": {"5": 0.4}},
        "facets": {"channel": {"values": {"counter": None, "phone": None}}},
        **parts(
            criterion("open", severity="major"),
            section(
                "welcome",
                criterion("hello", severity="critical", facets={"channel": "counter"}, why="Because"),
                criterion("smile", facets={"channel": "counter"}),
                section("rooms", criterion("clean"), criterion("warm", applies_when=SMILED), repeat="mean"),
            ),
            section("closing", criterion("bye", facets={"channel": "phone"}), criterion("thanks")),
        ),
        "scoring": {"measures": {"good": "sections.closing", "asked": {"agg": "count"}, "seen": SMILED}},
    }
)  # fmt: skip


def taken(**keys):
    use = Use.model_validate({"standard": "shop", "version": "1", **keys})
    selected = select(SHOP, use)
    return list(ids(selected.standard)), selected


def ids(standard):
    yield from (one.id for one in standard.criteria)
    yield from _inside(standard.sections)


def _inside(sections):
    for one in sections:
        yield from (criterion.id for criterion in one.criteria)
        yield from _inside(one.sections)


def test_without_a_selection_the_standard_is_the_same_object():
    found, selected = taken()
    assert selected.standard is SHOP
    assert (selected.criteria, selected.sections, selected.left_out) == ((), (), frozenset())
    assert len(found) == 7


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"include": {"sections": "welcome"}}, ["hello", "smile", "clean", "warm"]),
        ({"include": {"sections": ["rooms"]}}, ["clean", "warm"]),
        ({"include": {"severities": ["critical", "major"]}}, ["open", "hello"]),
        ({"include": {"facets": {"channel": "counter"}}}, ["hello", "smile"]),
        ({"include": {"facets": {"channel": ["counter", "phone"]}}}, ["hello", "smile", "bye"]),
        ({"include": {"sections": "welcome", "severities": "minor"}}, ["smile", "clean", "warm"]),
        ({"include": [{"severities": "critical"}, {"criteria": "bye"}]}, ["hello", "bye"]),
        ({"exclude": {"sections": "welcome"}}, ["open", "bye", "thanks"]),
        ({"include": {"sections": "welcome"}, "exclude": [{"criteria": "smile"}, {"sections": "rooms"}]}, ["hello"]),
    ],
)
def test_keys_narrow_each_other_and_selections_add_up(keys, expected):
    found, selected = taken(**keys)
    assert found == expected
    assert set(selected.criteria) == set(ids(SHOP)) - set(expected)


def test_a_section_of_which_nothing_is_left_goes():
    _, selected = taken(exclude={"sections": "rooms"})
    assert selected.sections == ("rooms",)
    assert selected.left_out == {"rooms", "clean", "warm"}


def test_what_is_named_comes_first_among_its_neighbours():
    found, selected = taken(order=["closing", "thanks", "smile"])
    assert found == ["open", "thanks", "bye", "smile", "hello", "clean", "warm"]
    assert selected.criteria == ()


def test_parameters_and_words_are_replaced():
    _, selected = taken(
        parameters={"most": 5},
        wording={"auditor": {"hello": {"text": "Greeted?"}}, "staff": {"smile": {"text": "Do smile"}}},
    )
    hello, smile = selected.standard.sections[0].criteria
    assert selected.standard.parameters == {"most": 5, "rates": {"5": 0.4}}
    assert (hello.text, hello.why, smile.text) == ({"": "Greeted?"}, {"": "Because"}, {"": "smile"})


def scored(answers, **keys):
    _, selected = taken(**keys)
    plan = compile_standard(SHOP, selected)
    assert plan.problems == ()
    sheet = lay_out(plan, answers, {})
    return score_visit(plan, observation(answers), STANDARD, SOURCE, sheet=sheet), sheet


def test_what_is_left_out_is_neither_missing_nor_counted():
    found, _ = scored({"bye": "yes", "thanks": "no"}, include={"sections": "closing"})
    card = found.card
    assert (card.score, card.coverage, card.counts["unobserved"]) == (0.5, 1.0, 0)
    assert card.out_of_scope == ("open", "hello", "smile", "clean", "warm")
    assert card.measures == {"good": 0.5, "asked": 2, "seen": False}
    assert [one.id for one in card.criteria] == ["bye", "thanks"]


def test_an_answer_to_what_is_left_out_is_said_and_not_scored():
    found, sheet = scored({"hello": "no", "bye": "yes"}, include={"sections": "closing"})
    assert [(one.code, one.path) for one in sheet.problems] == [("answer-out-of-scope", ("answers", "hello"))]
    assert found.card.score == 1.0


def test_a_condition_on_what_is_left_out_does_not_hold():
    found, sheet = scored({"rooms": [{"clean": "yes"}]}, include={"sections": "rooms"})
    assert [(leaf.node.id, leaf.hidden) for leaf in sheet.leaves] == [("clean", False), ("warm", True)]
    assert found.card.score == 1.0


def test_a_name_that_nobody_has_is_still_a_fault():
    _, selected = taken(include={"sections": "closing"})
    wrong = selected.standard.model_copy(
        update={"scoring": SHOP.scoring.model_copy(update={"measures": {"x": "answers.smlie == 'yes'"}})}
    )
    plan = compile_standard(SHOP, selected._replace(standard=wrong))
    assert [one.code for one in plan.problems] == ["unknown-name"]


@given(st.permutations(["open", "welcome", "closing", "hello", "smile", "rooms"]), st.data())
def test_order_and_words_change_no_score(order, data):
    answers = {
        name: data.draw(st.sampled_from(["yes", "no", "na", None])) for name in ("open", "hello", "smile", "bye")
    }
    plain, _ = scored(answers)
    other, _ = scored(answers, order=order, wording={"auditor": {"hello": {"text": "Other"}}})
    assert plain.card.score == other.card.score
    assert plain.card.bounds == other.card.bounds
