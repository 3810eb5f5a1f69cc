"""JSON, JSON lines and CSV say everything a scorecard holds, and nothing a spreadsheet would run."""

from __future__ import annotations

import csv as std_csv
import io
import json as std_json
from typing import Any

import pytest

from factories import HOSTILE, criterion, rollup, scorecard
from servaudit.diagnostics import Cell, Diagnostic, Span, msg
from servaudit.model.base import Numeral
from servaudit.model.scorecard import CriterionScore, Reading, RollupCard, Scorecard, SectionScore
from servaudit.render import csv, json, jsonl


def read(content: bytes) -> Any:
    return std_json.loads(content)


def test_a_document_has_its_schema_generator_and_lists() -> None:
    document = read(json.render([scorecard()], [rollup()], []))
    assert list(document) == ["schema", "generator", "scorecards", "rollups", "problems"]
    assert document["schema"] == "servaudit/scores/1"
    assert document["generator"]["name"] == "servaudit"


def test_every_field_of_the_model_is_spelled_out() -> None:
    document = read(json.render([scorecard()], [rollup()]))
    card = document["scorecards"][0]
    for model, shown in (
        (Scorecard, card),
        (CriterionScore, card["criteria"][0]),
        (SectionScore, card["sections"][0]),
        (RollupCard, document["rollups"][0]),
    ):
        names = set(model._fields if hasattr(model, "_fields") else model.__dataclass_fields__)
        assert names - {"readings"} <= set(shown), model


def test_the_figures_have_the_names_of_the_contract() -> None:
    card = read(json.render([scorecard()]))["scorecards"][0]
    assert card["bounds"] == {"low": 0.45703125, "high": 0.70703125}
    assert card["observation"] == {"path": "lyon.yaml", "sha256": "ef" * 32, "made_with": None}
    assert card["criteria"][1]["answers"][1] == {"raw": "2 min", "value": 120, "points": 0.75, "count": 1}
    assert card["criteria"][0]["evidence"] == [{"path": "photos/smile.jpg", "sha256": "ab" * 32}]
    assert card["findings"][0]["criterion"] == "exit_clear"
    assert card["commendations"][0]["team"] == "accueil"


def test_floats_are_rounded_to_nine_decimals_and_there_is_no_negative_zero() -> None:
    card = scorecard(measures={"third": 1 / 3, "sum": 0.1 + 0.2, "zero": -1e-12})
    assert read(json.render([card]))["scorecards"][0]["measures"] == {"third": 0.333333333, "sum": 0.3, "zero": 0}
    assert b"-0" not in json.render([card]).split(b'"measures"')[1][:100]


def test_the_same_scorecards_give_the_same_bytes() -> None:
    assert json.render([scorecard()]) == json.render([scorecard()])


def test_problems_keep_their_places() -> None:
    problems = [
        Diagnostic("bad-value", Span("a.yaml", 3, 5, 9), msg("no “{x}”", x="y"), msg("write z")),
        Diagnostic("bad-value", Cell("a.xlsx", "Data", "B7"), msg("no")),
        Diagnostic("note-only", "b.yaml", msg("no")),
    ]
    first, second, third = read(json.render([], [], problems))["problems"]
    assert first == {
        "code": "bad-value", "severity": "error", "file": "a.yaml", "line": 3, "column": 5, "end_column": 9,
        "message": "no “y”", "help": "write z",
    }  # fmt: skip
    assert (second["sheet"], second["cell"], third["file"]) == ("Data", "B7", "b.yaml")
    assert (second["severity"], third["severity"]) == ("error", "warning")


def test_hostile_texts_survive_json() -> None:
    cards = [scorecard(criteria=(criterion("x", note=text),)) for text in HOSTILE.values()]
    for card, text in zip(read(json.render(cards))["scorecards"], HOSTILE.values(), strict=True):
        assert card["criteria"][0]["note"] == text.replace("\ud800", "?")


def test_a_jsonl_line_is_one_scorecard_that_says_what_it_is() -> None:
    line = jsonl.line(scorecard(criteria=(criterion("x", note="one\ntwo\u2028three"),)))
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert read(line)["schema"] == "servaudit/scorecard/1"
    assert read(line)["score"] == scorecard().score


def table(card: Scorecard) -> list[dict[str, str]]:
    content = csv.HEADER + csv.rows(card)
    return list(std_csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_has_a_row_per_answer_and_one_for_the_unobserved() -> None:
    rows = table(scorecard())
    assert [(row["criterion"], row["answer_number"], row["answer"]) for row in rows] == [
        ("greeted", "1", "yes"), ("wait", "1", "270"), ("wait", "2", "2 min"), ("exit_clear", "1", "no"),
        ("ramp", "", ""),
    ]  # fmt: skip
    assert rows[3]["lost"] == "0.25"
    assert rows[4]["score"] == ""
    assert set(rows[0]) == set(csv.COLUMNS)


@pytest.mark.parametrize("text", [" =1+1", "\n=1+1", "\u00a0\n @SUM(A1)", "  -2+3", "\ufeff=1"])
def test_csv_neutralises_formulas_behind_white_space(text: str) -> None:
    (row,) = table(scorecard(criteria=(criterion("x", note=text),)))
    assert row["note"] == "'" + text


def test_csv_neutralises_formulas_and_keeps_numbers() -> None:
    for name in ("formula", "command", "sum", "plus", "minus", "tab"):
        (row,) = table(scorecard(criteria=(criterion("x", note=HOSTILE[name]),)))
        assert row["note"] == "'" + HOSTILE[name]
    reading = Reading(Numeral("-2.50"), -2.5, -2.0)
    (row,) = table(scorecard(criteria=(criterion("x", readings=(reading,)),)))
    assert (row["answer"], row["value"], row["answer_points"]) == ("-2.50", "-2.5", "-2")


def test_csv_has_no_control_characters_and_keeps_line_breaks_inside_fields() -> None:
    (row,) = table(scorecard(criteria=(criterion("x", note=HOSTILE["control"]),)))
    assert row["note"] == "ab[31mc"
    (row,) = table(scorecard(criteria=(criterion("x", note=HOSTILE["lines"]),)))
    assert row["note"].split() == ["one", "two", "three"]
