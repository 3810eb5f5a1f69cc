"""Observations brought to a newer version: what each operation does, and that nothing is lost on the way."""

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servaudit.change.migration import migrate
from servaudit.model.history import Release
from servaudit.model.observation import Observation
from servaudit.scoring.planner import compile_standard
from standards_drawn import answers, standards
from visits import criterion, scored, section, unchecked


def bring(answers, to="2.0.0", old="1.0.0", data=None, **operations):
    """Migrate the answers of a visit over one version; gives the whole result."""
    whole = {"kind": "observation", "standard": f"shop@{old}", "visit": {"id": "v"}, "answers": answers, **(data or {})}
    before = deepcopy(whole)
    result = migrate(whole, "shop", {to: Release.model_validate(operations)}, old, to)
    assert whole == before
    Observation.model_validate(result.data)
    return result


def test_a_new_name_takes_the_answer_along():
    result = bring({"a": {"value": "yes", "note": "n"}, "b": "no"}, rename={"a": "c"})
    assert result.data["answers"] == {"c": {"value": "yes", "note": "n"}, "b": "no"}
    assert result.data["standard"] == "shop@2.0.0"
    assert result.steps[0].renamed == {("answers", "a"): "c"}
    assert result.problems == ()


def test_two_criteria_can_change_names():
    assert bring({"a": 1, "b": 2}, rename={"a": "b", "b": "a"}).data["answers"] == {"b": 1, "a": 2}


def test_a_name_that_is_answered_already_keeps_its_answer_and_so_does_the_other():
    result = bring({"c": "no", "a": "yes"}, rename={"a": "c"})
    assert result.data["answers"] == {"c": "no"}
    assert result.data["former"] == {"shop@1.0.0": {"a": "yes"}}


def test_what_is_removed_is_kept_aside_and_said():
    result = bring({"a": {"value": "yes", "evidence": ["x.jpg"]}, "b": "", "c": "no"}, remove=["a", "b"])
    assert result.data["answers"] == {"c": "no"}
    assert result.data["former"] == {"shop@1.0.0": {"a": {"value": "yes", "evidence": ["x.jpg"]}}}
    (problem,) = result.problems
    assert (problem.code, problem.path) == ("answer-kept", ("answers", "a"))


def test_a_split_passes_the_answer_to_each_part():
    assert bring({"a": "no"}, split={"a": ["b", "c"]}).data["answers"] == {"b": "no", "c": "no"}


@pytest.mark.parametrize(
    ("answer", "passes"),
    [("yes", True), ("Yes ", True), ("na", True), ("no", False), (["yes", "yes"], True), ({"yes": 2, "no": 1}, False)],
)
def test_a_split_passes_only_the_answers_that_hold_for_every_part(answer, passes):
    result = bring({"a": answer}, split={"a": {"into": ["b", "c"], "only": ["yes"]}})
    assert result.data["answers"] == ({"b": answer, "c": answer} if passes else {})
    assert result.data.get("former") == (None if passes else {"shop@1.0.0": {"a": answer}})


@pytest.mark.parametrize(
    ("given", "first", "expected"),
    [
        ({"a": "yes", "b": "YES"}, [], "yes"),
        ({"a": "yes", "b": "na"}, [], "yes"),
        ({"a": "na", "b": "na"}, [], "na"),
        ({"a": "yes", "b": "no"}, ["no", "yes"], "no"),
        ({"a": "yes", "b": "no"}, [], None),
        ({"a": "yes"}, [], None),
        ({"a": "yes"}, ["no", "yes"], None),
        ({"a": "no"}, ["no", "yes"], "no"),
        ({"a": ["yes", "no"], "b": "yes"}, [], None),
    ],
)
def test_a_merge_gives_the_answer_that_all_agree_on_or_the_first_named(given, first, expected):
    result = bring(given, merge={"c": {"of": ["a", "b"], "first": first}})
    assert result.data["answers"] == ({"c": expected} if expected else {})
    if expected is None:
        assert result.data["former"] == {"shop@1.0.0": given}
        assert len(result.problems) == len(given)


def test_a_merge_brings_all_notes_and_evidence_and_keeps_what_differed():
    old = {"a": {"value": "no", "note": "one", "evidence": ["a.jpg"]}, "b": {"value": "yes", "note": "two"}}
    result = bring(old, merge={"c": {"of": ["a", "b"], "first": ["no"]}})
    assert result.data["answers"] == {"c": {"value": "no", "note": "one / two", "evidence": ["a.jpg"]}}
    assert result.data["former"] == {"shop@1.0.0": old}


def test_a_rescale_reads_answers_lists_tallies_and_details():
    rule = {"1": "low", "2": "low", "3": "high"}
    old = {"a": 3, "b": [1, "3", "na"], "c": {"1": 2, "2": 1, "3": 4}, "d": {"value": 2, "note": "n"}, "e": "x"}
    result = bring(old, rescale=dict.fromkeys(old, rule))
    assert result.data["answers"] == {
        "a": "high",
        "b": ["low", "high", "na"],
        "c": {"low": 3, "high": 4},
        "d": {"value": "low", "note": "n"},
        "e": "x",
    }
    assert result.data["former"] == {"shop@1.0.0": {name: old[name] for name in "bcd"}}


def test_a_factor_multiplies_numbers_and_leaves_units_alone():
    old = {"a": 1.1, "b": "4 min", "c": [2, "1,5"], "d": "na", "e": {"value": 3, "note": "n"}}
    result = bring(old, rescale=dict.fromkeys(old, 60))
    expected = {"a": 66, "b": "4 min", "c": [120, 90], "d": "na", "e": {"value": 180, "note": "n"}}
    assert result.data["answers"] == expected


def test_a_rescale_names_criteria_as_they_are_called_now():
    result = bring({"a": 1}, rename={"a": "b"}, rescale={"b": {"1": "x", "2": "x"}})
    assert result.data["answers"] == {"b": "x"}
    assert result.data["former"] == {"shop@1.0.0": {"a": 1}}


def test_instances_of_repeated_sections_follow():
    old = {"rooms": [{"clean": "yes", "tidy": "no"}, {"clean": "no"}]}
    result = bring(old, rename={"rooms": "spaces", "clean": "neat"}, remove=["tidy"])
    assert result.data["answers"] == {"spaces": [{"neat": "yes"}, {"neat": "no"}]}
    assert result.data["former"] == {"shop@1.0.0": {"rooms[1].tidy": "no"}}


def test_an_answer_moves_into_the_one_instance_there_is():
    assert bring({"clean": "yes"}, move={"clean": "rooms"}).data["answers"] == {"rooms": [{"clean": "yes"}]}
    several = bring({"rooms": [{"a": 1}, {"a": 2}], "clean": "yes"}, move={"clean": "rooms"})
    assert several.data["answers"] == {"rooms": [{"a": 1}, {"a": 2}]}
    assert several.data["former"] == {"shop@1.0.0": {"clean": "yes"}}


def test_a_commendation_of_another_standard_stays():
    praise = [{"criterion": "a", "standard": one, "note": "A"} for one in ("shop", "phone")]
    renamed, removed = (
        bring({}, data={"commendations": praise}, **how) for how in ({"rename": {"a": "c"}}, {"remove": ["a"]})
    )
    assert renamed.data["commendations"] == [{"criterion": "c", "standard": "shop", "note": "A"}, praise[1]]
    assert removed.data["commendations"] == [{"note": "A (a)"}, praise[1]]


def test_facts_commendations_and_decisions_follow():
    result = bring(
        {},
        data={
            "visit": {"id": "v", "context": {"open": 3, "gone": "x", "size": 1}},
            "commendations": [{"criterion": "a", "note": "A"}, {"criterion": "b", "note": "B"}, {"note": "C"}],
            "overrides": [{"of": "level", "to": "ok", "by": "A", "reason": "r", "date": "2026-01-01"}],
        },
        rename={"context.open": "context.counters", "a": "c", "levels.ok": "levels.good"},
        remove=["context.gone", "b"],
        rescale={"context.size": 10},
    )
    assert result.data["visit"]["context"] == {"counters": 3, "size": 10}
    assert result.data["commendations"] == [{"criterion": "c", "note": "A"}, {"note": "B (b)"}, {"note": "C"}]
    assert result.data["overrides"][0]["to"] == "good"
    assert result.data["former"] == {"shop@1.0.0": {"context.gone": "x"}}


def test_in_a_checklist_of_several_standards_only_the_one_changes():
    data = {"standard": None, "checklist": "grid@1.0.0", "standards": ["shop@1.0.0", "desk@1.0.0"]}
    result = bring({"shop": {"a": 1}, "desk": {"a": 2}}, data=data, rename={"a": "b"})
    assert result.data["answers"] == {"shop": {"b": 1}, "desk": {"a": 2}}
    assert result.data["standards"] == ["shop@2.0.0", "desk@1.0.0"]
    assert result.data["checklist"] == "grid@1.0.0"


def test_versions_are_replayed_in_order_and_only_those_between():
    history = {
        "10.0.0": Release(rename={"d": "e"}),
        "2.0.0": Release(rename={"a": "b"}),
        "9.0.0": Release(rename={"b": "c"}, remove=["x"]),
        "11.0.0": Release(rename={"e": "f"}),
    }
    data = {"standard": "shop@1.5.0", "answers": {"a": 1, "d": 2, "x": 3}}
    result = migrate(data, "shop", history, "1.5.0", "10.2.0")
    assert result.data == {"standard": "shop@10.2.0", "answers": {"c": 1, "e": 2}, "former": {"shop@2.0.0": {"x": 3}}}
    assert [step.version for step in result.steps] == ["2.0.0", "9.0.0", "10.0.0", "10.2.0"]


def test_answers_written_as_labels_are_understood_where_the_old_standard_is_at_hand():
    often = {"choices": {"often": {"points": 1, "label": {"fr": "Souvent"}}, "never": {"points": 0}}}
    made_with = unchecked(
        criterion("a", scale=often),
        criterion("b", scale=often),
        criterion("c", scale=often),
        criterion("d", scale=often),
        section("rooms", criterion("e", scale=often), repeat="mean"),
    ).standard
    history = {
        "2.0.0": Release.model_validate(
            {"rename": {"a": "x"}, "split": {"c": {"into": ["c1", "c2"], "only": ["often"]}}}
        ),
        "3.0.0": Release.model_validate(
            {"rescale": {"x": {"often": 5}, "e": {"often": 5}}, "merge": {"y": ["b", "c1"]}}
        ),
    }
    history = {version: Release.model_validate(told) for version, told in history.items()}
    old = {"a": "souvent", "b": "Souvent", "c": "often", "d": "Souvent", "rooms": [{"e": {"Souvent": 2, "never": 1}}]}
    whole = {"standard": "shop@1.0.0", "answers": old}
    result = migrate(whole, "shop", history, "1.0.0", "3.0.0", made_with)
    assert result.data["answers"] == {
        "x": 5, "c2": "often", "y": "often", "d": "Souvent", "rooms": [{"e": {"5": 2, "never": 1}}],
    }  # fmt: skip
    unknown = migrate(whole, "shop", history, "1.0.0", "3.0.0")
    assert unknown.data["answers"]["x"] == "souvent"


@pytest.mark.parametrize(
    "after",
    [
        {"x": {"points": 1, "label": "Bad"}, "y": {"points": 0, "label": "Good"}},
        {"x": {"points": 1, "label": "Fine"}, "y": {"points": 0, "label": "Bad"}, "good": 0.5},
    ],
)
def test_a_label_that_another_answer_has_now_still_says_the_answer_it_was(after):
    before = {"x": {"points": 1, "label": "Good"}, "y": {"points": 0, "label": "Bad"}}
    old, new = (unchecked(criterion("a", scale={"choices": each})).standard for each in (before, after))
    data = {"kind": "observation", "standard": "shop@1.0.0", "visit": {"id": "v"}, "answers": {"a": "Good"}}
    assert migrate(data, "shop", {}, "1.0.0", "1.0.1", old, new).data["answers"] == {"a": "x"}


def test_a_label_that_went_to_a_new_key_is_left_to_it():
    before, after = ({key: {"points": 1, "label": "Good"}, "y": 0} for key in ("x", "z"))
    old, new = (unchecked(criterion("a", scale={"choices": each})).standard for each in (before, after))
    data = {"kind": "observation", "standard": "shop@1.0.0", "visit": {"id": "v"}, "answers": {"a": "Good"}}
    assert migrate(data, "shop", {}, "1.0.0", "2.0.0", old, new).data["answers"] == {"a": "Good"}


def test_answers_written_as_labels_that_are_no_more_are_spelled_by_their_keys():
    def often(label):
        return {"choices": {"often": {"points": 1, "label": {"fr": label}}, "never": {"points": 0}}}

    old = unchecked(criterion("a", scale=often("Souvnet")), criterion("b", scale=often("Souvent"))).standard
    new = unchecked(criterion("a", scale=often("Souvent")), criterion("b", scale=often("Souvent"))).standard
    whole = {"standard": "shop@1.0.0", "answers": {"a": {"value": "souvnet", "note": "n"}, "b": "Souvent"}}
    result = migrate(whole, "shop", {}, "1.0.0", "1.0.1", old, new)
    assert result.data["answers"] == {"a": {"value": "often", "note": "n"}, "b": "Souvent"}


@given(st.data())
def test_a_standard_that_only_got_new_ids_gives_every_visit_the_score_it_had(data):
    plan = data.draw(standards(policies=True))
    given = data.draw(answers(plan))
    names = [*plan.criteria, *(name for name in plan.sections if name)]
    new = dict(zip(names, data.draw(st.permutations([f"n{number}" for number in range(len(names))])), strict=True))
    renamed = compile_standard(_renamed(plan.standard, new))
    history = {"2.0.0": Release(rename=new)}
    moved = migrate({"standard": "shop@1.0.0", "answers": given}, "shop", history, "1.0.0", "2.0.0")
    before, after = scored(plan, given), scored(renamed, moved.data["answers"])
    assert after.sheet.problems == ()
    assert moved.problems == ()
    assert (before.result.figures, before.result.verdict) == (after.result.figures, after.result.verdict)
    assert [leaf.judgement for leaf in before.sheet.leaves] == [leaf.judgement for leaf in after.sheet.leaves]


def _renamed(node, names):
    """Give a standard, or a section, with other ids in it."""
    criteria = [each.model_copy(update={"id": names[each.id]}) for each in node.criteria]
    sections = [_renamed(each, names).model_copy(update={"id": names[each.id]}) for each in node.sections]
    return node.model_copy(update={"criteria": criteria, "sections": sections})


IDS = list("abcdef")
VALUES = st.one_of(
    st.sampled_from(["yes", "no", "na", "", None, "4 min", 3, 2.5, True]),
    st.lists(st.sampled_from(["yes", "no", 3]), max_size=3),
    st.dictionaries(st.sampled_from(["yes", "no"]), st.integers(0, 9), max_size=2),
)
ANSWERS = st.one_of(
    VALUES,
    st.fixed_dictionaries({"value": VALUES}, optional={"note": st.sampled_from(["n1", "n2", ""])}),
    st.fixed_dictionaries({"note": st.sampled_from(["n3", "n4"]), "evidence": st.just(["x.jpg"])}),
)


@st.composite
def operations(draw):
    """Draw one version's history: what becomes of each id, at most once."""
    told = {"rename": {}, "split": {}, "merge": {}, "remove": [], "move": {}, "rescale": {}}
    for name in IDS:
        match draw(st.sampled_from(["rename", "split", "merge", "remove", "move", "rescale", "stay", "stay"])):
            case "rename":
                told["rename"][name] = f"{name}2"
            case "split":
                only = draw(st.sampled_from([None, ["yes"]]))
                told["split"][name] = {"into": [f"{name}3", f"{name}4"], "only": only}
            case "merge":
                told["merge"].setdefault("m", {"of": [], "first": draw(st.sampled_from([[], ["no"]]))})["of"].append(
                    name
                )
            case "remove":
                told["remove"].append(name)
            case "move":
                told["move"][name] = "rooms"
            case "rescale":
                told["rescale"][name] = draw(st.sampled_from([{"yes": 1, "no": 1}, {"yes": "good"}, 60]))
    if len(told["merge"].get("m", {"of": [1, 2]})["of"]) < 2:
        del told["merge"]
    return told


@given(st.dictionaries(st.sampled_from(IDS), ANSWERS), operations())
def test_no_answer_note_or_evidence_is_ever_lost(given_answers, told):
    result = bring(given_answers, **told)
    everything = repr({**result.data["answers"], "former": result.data.get("former")})
    for name, raw in given_answers.items():
        value = raw.get("value") if isinstance(raw, dict) and {"value", "note", "evidence"} & raw.keys() else raw
        if value not in ("", None, [], {}) and name not in told["rescale"]:
            assert repr(value) in everything
        if isinstance(raw, dict) and raw.get("note"):
            assert raw["note"] in everything
        if isinstance(raw, dict) and raw.get("evidence"):
            assert "x.jpg" in everything
