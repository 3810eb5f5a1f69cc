import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import factories
from servaudit import sources
from servaudit.audit import Audit, observations
from servaudit.library import Library
from servaudit.load import load_any
from servaudit.model.schema import schema
from servaudit.render import json as scores
from servaudit.render import jsonl

ROOT = Path(__file__).parents[3]
KINDS = ("standard", "checklist", "vocabulary", "configuration", "observation", "scores", "scorecard")
VALIDATORS = {kind: Draft202012Validator(schema(kind)) for kind in KINDS}
DOCUMENTS = [
    path
    for folder in ("standards", "examples", "tests/cases")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in sources.EXTENSIONS
]


def complaints(kind: str, data: object) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in VALIDATORS[kind].iter_errors(data)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_a_schema_of_2020_12(kind):
    Draft202012Validator.check_schema(schema(kind))
    assert schema(kind)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema(kind)["$id"]
    assert "oneOf" not in json.dumps(schema(kind))


def test_scorecards_made_by_hand_are_valid_scores():
    written = scores.render([factories.scorecard()], [factories.rollup()], [sources.read("none.yaml").diagnostics[0]])
    assert complaints("scores", json.loads(written)) == []


def test_a_line_of_scorecards_is_a_valid_scorecard():
    line = json.loads(jsonl.line(factories.scorecard()))
    assert complaints("scorecard", line) == []
    del line["score"]
    assert len(complaints("scorecard", {**line, "mood": "good", "schema": "servaudit/scores/1"})) == 3


def test_the_scorecards_of_every_acceptance_case_are_valid_scores():
    audit = Audit(Library())
    cases = [audit.visit(source) for source in observations([str(ROOT / "tests/cases/acceptance")])]
    cards = [scored.card for case in cases for scored in case.scored]
    rollups = [card for card, _ in audit.rollups()]
    assert len(cards) > 20
    assert len(rollups) > 0
    assert complaints("scores", json.loads(scores.render(cards, rollups))) == []


def test_a_figure_that_the_schema_does_not_know_is_refused():
    written = json.loads(scores.render([factories.scorecard()]))
    written["scorecards"][0]["mood"] = "good"
    del written["scorecards"][0]["score"]
    assert len(complaints("scores", written)) == 2


def test_every_document_that_loads_is_valid_by_its_schema():
    loaded = [load_any(sources.read(path)) for path in DOCUMENTS]
    good = [one for one in loaded if one.value is not None]
    assert len(good) > 20
    for one in good:
        assert complaints(one.value.kind, one.source.data) == [], one.source.path


STANDARD = {"kind": "standard", "id": "shop", "version": "1.2.0", "title": "A shop"}


@pytest.mark.parametrize(
    "more",
    [{"titel": "x"}, {"version": "1.2"}, {"title": {"de": "x"}}, {"title": ""}, {"id": "Shop"},
     {"scales": {"a": {"choices": {}}}}, {"scales": {"A": {"choices": {"a": 1}}}}, {"scales": {"a": {"curve": [[1]]}}},
     {"scales": {"a": {"choices": {"a": "x"}}}}, {"scales": {"a": {"info": "colour"}}}, {"scales": {"a": {}}},
     {"scoring": {"combine": "average"}}, {"scoring": {"measures": {"m": {"agg": "mode", "of": "x"}}}},
     {"scoring": {"levels": "good"}}, {"sections": [{"id": "a"}]},
     {"context": {"a": {"type": "choice", "values": "x"}}}, {"context": {"a": {"type": "choice", "values": [["x"]]}}},
     {"criteria": [{"id": "a", "text": "A", "weight": -1}]}, {"criteria": [{"id": "a", "text": "A", "weight": "1"}]}],
    ids=str,
)  # fmt: skip
def test_the_schema_refuses_what_the_models_refuse(more):
    text = json.dumps({**STANDARD, **more})
    assert load_any(sources.parse("f.json", text.encode())).value is None
    assert complaints("standard", json.loads(text))


@pytest.mark.parametrize(
    "more",
    [{"context": {"a": {"type": "choice", "values": ["x", 5]}}},
     {"context": {"a": {"type": "choice", "values": {"x": {"fr": "X", "en": "x"}, "y": None}}}},
     {"scoring": {"levels": ["a", 5]}}, {"scoring": {"levels": {"a": "A", "b": None}}}, {"title": {"fr": "x"}},
     {"scales": {"a": {"choices": {"a": 1, "b": None, "c": {"points": 2, "label": "C"}}}}}, {"parameters": {"a": [1]}},
     {"scales": {"a": {"steps": [[1, 2], [None, 0]]}}}, {"scoring": {"pass": {"score": 0.8}}},
     {"scoring": {"measures": {"m": "a + 1", "n": {"agg": "sum", "of": "x"}}}}, {"scoring": {"limits": None}},
     {"criteria": [{"id": "a", "text": "A", "status": "mandatory"}, {"id": "b", "text": "B", "status": {"5": "x"}}]}],
    ids=str,
)  # fmt: skip
def test_the_schema_takes_the_short_forms_that_the_models_take(more):
    text = json.dumps({**STANDARD, **more})
    assert load_any(sources.parse("f.json", text.encode())).value is not None
    assert complaints("standard", json.loads(text)) == []


def test_only_the_member_that_is_meant_complains():
    (only,) = complaints("standard", {**STANDARD, "scales": {"a": {"curve": [[1, 2]], "unti": "s"}}})
    assert "'unti' was unexpected" in only
