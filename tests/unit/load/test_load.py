import ast
import copy
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import servaudit.model
from servaudit.load import KINDS, load, load_any, model_of
from servaudit.load.words import LIMITS, OWN, PATTERNS, TYPES, example_of, wording
from servaudit.model.observation import Observation
from servaudit.model.schema import schema
from servaudit.model.standard import Standard
from servaudit.sources import parse

STANDARD = "kind: standard\nid: shop\nversion: 1.2.0\ntitle: A shop\n"
OBSERVATION = "kind: observation\nstandard: shop@1.2.0\nvisit: {id: v1}\nanswers: {}\n"


def found(text: str) -> list[str]:
    loaded = load_any(parse("f.yaml", text.encode()))
    assert (loaded.value is None) == bool(loaded.diagnostics)
    return [f"{one.where}: {one.code}: {one.message} ({one.help})" for one in loaded.diagnostics]


def test_a_good_document_becomes_a_model():
    assert isinstance(load_any(parse("f.yaml", STANDARD.encode())).value, Standard)
    observation = load(parse("f.yaml", OBSERVATION.encode()), Observation).value
    assert (observation.standard, observation.of) == ("shop@1.2.0", "shop@1.2.0")


def test_what_an_auditor_writes_means_what_it_looks_like():
    text = OBSERVATION.replace("{id: v1}", "{id: 007, site: 1.10, date: 2026-11-03, started: 10:15}") + "note: no\n"
    observation = load_any(parse("f.yaml", text.encode())).value
    assert (observation.visit.id, observation.visit.site, observation.visit.started) == ("007", "1.10", "10:15")
    assert (str(observation.visit.date), observation.note) == ("2026-11-03", "no")


def test_a_document_of_another_kind_is_refused():
    assert "bad-value" in [one.code for one in load(parse("f.yaml", OBSERVATION.encode()), Standard).diagnostics]


def test_a_version_has_three_numbers():
    assert found(STANDARD.replace("1.2.0", "1.10")) == [
        "f.yaml:3:10: bad-value: “1.10” is not a version (a version has three numbers: 1.10.0)"
    ]


def test_what_is_missing_is_shown_at_the_key_of_the_mapping_that_lacks_it():
    assert found(OBSERVATION.replace("{id: v1}", "\n  site: a")) == [
        "f.yaml:3:1: missing-key: “id” is missing (add “id:” here)"
    ]


def test_a_misspelt_key_is_one_mistake_even_where_it_was_required():
    assert found(OBSERVATION.replace("answers", "answer")) == [
        "f.yaml:4:1: unknown-key: “answer” is not a key here (did you mean “answers”?)"
    ]


def test_a_misspelt_alias_is_recognised():
    assert found(STANDARD + "scoring: {pas: {score: 1}}\n") == [
        "f.yaml:5:11: unknown-key: “pas” is not a key here (did you mean “pass”?)"
    ]


def test_the_members_of_a_union_complain_once():
    assert found(OBSERVATION.replace("{id: v1}", "{id: v1, context: {crowd: [1]}}")) == [
        "f.yaml:3:34: wrong-type: true or false or a number or a text is expected here, not a list (None)"
    ]


@pytest.mark.parametrize(
    ("value", "said"),
    [("1,5", "write a decimal point: 1.5"), ('"2"', "write it without quotes"), ("007", "without zeros in front"),
     (".nan", "not the text “.nan”"), ("-1", "at least 0"), ("true", "not “true”")],
)  # fmt: skip
def test_a_weight_that_is_no_number_is_said_with_what_to_do(value, said):
    (only,) = found(STANDARD + f"sections:\n- id: a\n  title: A\n  weight: {value}\n")
    assert said in only


def test_what_is_too_long_is_counted_in_what_it_is_made_of():
    condition = "1 == 1 or " * 120 + "1 == 1"
    (text,) = found(STANDARD + f'criteria: [{{id: a, text: A, applies_when: "{condition}"}}]\n')
    assert "the text is longer than 1000 characters" in text


def test_a_misspelt_scale_is_recognised():
    (only,) = found(STANDARD + "scales: {often: {choises: {a: 1}}}\n")
    assert "did you mean “choices”?" in only


def test_a_control_character_is_a_warning_that_lets_the_document_through():
    loaded = load_any(parse("f.yaml", (OBSERVATION + 'note: "a\\eb"\n').encode()))
    assert loaded.value.note == "ab"
    assert [one.severity for one in loaded.diagnostics] == ["warning"]


def test_every_error_of_our_models_has_its_words():
    raised = {
        node.args[0].value
        for path in Path(servaudit.model.__file__).parent.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "PydanticCustomError"
    } | {"scale_kind"}
    assert raised == set(OWN)


@pytest.mark.parametrize("day", ["2026-13-15", "2026-02-30", "0000-01-01", "2026-00-10"])
def test_a_date_that_does_not_exist_is_said_in_our_words(day):
    assert found(OBSERVATION.replace("id: v1", f"id: v1, date: {day}")) == [
        f"f.yaml:3:23: bad-value: “{day}” is not a day of the calendar (None)"
    ]


ODD = [None, True, "", 3, -1, 2.5, "x", "2026-13-15", [], [1], {}, {"a": 1}, [[1]], 10**30, [None], "a\ud800"]


@pytest.mark.parametrize("name", ["agence/standard.yaml", "agence/visites/lyon-part-dieu-2026-11-03.yaml"])
def test_no_odd_value_at_any_place_is_answered_in_the_words_of_pydantic(name):
    whole = parse(name, (Path(__file__).parents[3] / "examples" / name).read_bytes()).data
    said = [
        wording(error, []) for place in places(whole)[::3] for odd in ODD for error in errors(put(whole, place, odd))
    ]
    assert len(said) > 100
    assert not [one for one in said if one.message.template == "{reason}"]


def places(part, path=()):
    inner = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    return [found for key, value in inner for found in ((*path, key), *places(value, (*path, key)))]


def put(whole, place, value):
    changed = copy.deepcopy(whole)
    part = changed
    for key in place[:-1]:
        part = part[key]
    part[place[-1]] = value
    return changed


def errors(data):
    try:
        kind = str(data["kind"])
        (model_of(kind) if kind in KINDS else Standard).model_validate(data)
    except ValidationError as error:
        return error.errors(include_url=False)
    return []


@pytest.mark.parametrize(
    ("written", "meant"),
    [("9h5", "09:05"), ("9 h 7", "09:07"), ("9h", "09:00"), ("23.59", "23:59"), ("24:00", "09:30"), ("12:60", "09:30")],
)
def test_the_time_that_was_probably_meant_is_the_example(written, meant):
    assert example_of(":", written) == meant


def test_every_pattern_of_our_models_has_its_words():
    def patterns(part: object) -> set[str]:
        if isinstance(part, list):
            return set().union(*map(patterns, part))
        if not isinstance(part, dict):
            return set()
        own = {part["pattern"]} if isinstance(part.get("pattern"), str) else set()
        return own.union(*map(patterns, part.values()))

    kinds = ("standard", "observation", "configuration")
    assert set().union(*(patterns(schema(kind)) for kind in kinds)) == set(PATTERNS)


def test_every_message_can_be_said_and_says_no_type_of_pydantic():
    for message in [*TYPES.values(), *(message for pair in OWN.values() for message in pair)]:
        assert message.template.format_map(dict.fromkeys(("language", "value", "agg", "kinds"), "x"))
    for message in LIMITS.values():
        fields = dict.fromkeys(("max_length", "min_length", "actual_length", "value", "gt", "ge", "lt", "le"), 1)
        assert message.template.format_map(fields)


KEYS = st.sampled_from(
    ["kind", "id", "version", "title", "fr", "sections", "criteria", "scale", "choices", "curve", "weight", "scoring",
     "levels", "ladder", "when", "level", "limits", "visit", "answers", "standard", "pass", "status", "measures", "agg"]
)  # fmt: skip
VALUES = st.recursive(
    st.sampled_from(["standard", "observation", "shop@1.2.0", "1.2.0", "a", "", None, True, 0, -1, 1.5, "mean"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=25,
)


@given(st.dictionaries(KEYS, VALUES, max_size=10), st.sampled_from(["standard", "observation"]))
def test_any_data_is_a_model_or_a_list_of_located_reasons(data, kind):
    text = yaml.safe_dump({**data, "kind": kind}, sort_keys=False, default_flow_style=False)
    loaded = load_any(parse("f.yaml", text.encode()))
    assert (loaded.value is None) == any(one.severity == "error" for one in loaded.diagnostics)
    for one in loaded.diagnostics:
        assert one.where.line >= 1
        assert "[type=" not in str(one.message)
