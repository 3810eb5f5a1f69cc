"""What a form carries: expressions as trees, rules as data, the texts in every language."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from forms import grid_of
from servaudit.report.form.page import form
from servaudit.report.form.rules import lean
from servaudit.report.form.trees import tree
from servaudit.report.words import SENTENCE
from servaudit.scoring.expressions import Expression, compile_expression
from servaudit.scoring.types import ANY

ROOT = Path(__file__).parents[3]
NAMES = dict.fromkeys(("score", "parameters", "answers", "points", "true_one"), ANY)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("score", ["name", "score"]),
        ("score >= parameters.good", [">=", ["name", "score"], ["of", ["name", "parameters"], "good"]]),
        ("0 < score <= 1", ["and", ["<", 0, ["name", "score"]], ["<=", ["name", "score"], 1]]),
        ("parameters[5]", ["of", ["name", "parameters"], "5"]),
        ("parameters[answers.a]", ["of", ["name", "parameters"], ["of", ["name", "answers"], "a"]]),
        ("-score if not true else none", ["if", ["not", True], ["-", ["name", "score"]], None]),
        ("answers.a not in ['x', 'y']", ["not in", ["of", ["name", "answers"], "a"], ["list", "x", "y"]]),
        ("max(score, 1) + round(points, 2)", ["+", ["max", ["name", "score"], 1], ["round", ["name", "points"], 2]]),
        ("score or false", ["or", ["name", "score"], False]),
    ],
)
def test_an_expression_is_a_tree_of_lists(source: str, expected: object) -> None:
    compiled = compile_expression(source, NAMES)
    assert isinstance(compiled, Expression)
    assert tree(compiled) == expected


def test_what_says_nothing_is_left_out_but_zero_says_something() -> None:
    assert lean({"a": None, "b": False, "c": [], "d": 0, "e": "", "f": True}) == {"d": 0, "e": "", "f": True}


def test_a_form_says_each_text_once_where_languages_agree() -> None:
    data = form(grid_of(ROOT / "examples/agence/standard.yaml"), "fr", generator="servaudit")
    section = data["parts"][0]["tree"]["sections"][0]
    assert section["title"] == ["Accueil et prise en charge", "Welcome and first handling"]
    assert data["parts"][0]["id"] == "accueil_agence"
    assert data["words"]["fr"]["next"] != data["words"]["en"]["next"]
    json.dumps(data, allow_nan=False)


def test_a_form_is_told_what_paper_goes_by(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    scale = "{{id: {0}, text: T, scale: {{curve: [[1, 1], [9, 0]], unit: {0}}}}}"
    path.write_text(
        "kind: standard\nid: s\nversion: 1.0.0\ntitle: S\n"
        f"criteria: [{', '.join(map(scale.format, ('d', 'count', 'h')))}]\n",
        "utf-8",
    )
    data = form(grid_of(path), "fr", generator="servaudit")
    assert data["sentence"] == SENTENCE
    assert [scale.get("unit_word") for scale in data["parts"][0]["scales"]] == [["jours", "days"], None, "h"]


def test_equal_scales_are_carried_once() -> None:
    part = form(grid_of(ROOT / "examples/agence/standard.yaml"), "fr", generator="servaudit")["parts"][0]
    scales = [json.dumps(scale, sort_keys=True) for scale in part["scales"]]
    assert len(scales) == len(set(scales)) < 15


def test_a_checklist_of_several_standards_brings_the_rules_of_the_whole() -> None:
    data = form(grid_of(ROOT / "examples/parcours/grille.yaml"), "en", generator="servaudit")
    assert [part["id"] for part in data["parts"]] == ["appel_agence", "service_behaviours"]
    assert data["parts"][0]["weight"] == 2
    assert data["whole"]["top"]["combine"] == "mean"
    assert data["whole"]["levels"]["a"] == ["Exemplary call", "Appel exemplaire"]
    assert {field["id"] for field in data["fields"] if field.get("required")} == {"site", "date", "started", "auditor"}


def test_a_standard_that_aims_at_one_level_after_the_other_has_no_live_rules() -> None:
    data = form(grid_of(ROOT / "tests/cases/acceptance/stars_grid/standard.yaml"), "en", generator="servaudit")
    assert "rules" not in data["parts"][0]


def test_a_fact_that_a_rule_rests_on_has_to_be_given_unless_it_has_a_default(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_text(
        "kind: standard\nid: s\nversion: 1.0.0\ntitle: S\n"
        "context: {size: {type: number}, other: {type: number}, known: {type: bool, default: true}}\n"
        "criteria: [{id: a, text: A, applies_when: context.size > 1 and context.known}]\n",
        "utf-8",
    )
    fields = {field["id"]: field for field in form(grid_of(path), "en", generator="servaudit")["fields"]}
    assert fields["context.size"].get("required") is True
    assert "required" not in fields["context.other"]
    assert "required" not in fields["context.known"]
    assert fields["context.known"]["default"] is True


def test_a_fact_that_a_checklist_asks_for_without_proposing_an_answer_is_left_open() -> None:
    data = form(grid_of(ROOT / "standards/checklists/mystery_visit.yaml"), "en", generator="servaudit")
    fields = {field["id"]: field for field in data["fields"]}
    assert (fields["context.complaint"]["open"], fields["context.complaint"]["default"]) == (True, False)
    assert "open" not in fields["context.goods"]
