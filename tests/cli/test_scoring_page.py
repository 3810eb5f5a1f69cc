"""Every example of docs/scoring.md comes to what the page says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pytest
import yaml
from tests.pages import ROOT, blocks

from servaudit.model.rules import Agg, Combine, Limit, Policies, Repeat
from servaudit.model.scale import _KINDS

TEXT = (ROOT / "docs/scoring.md").read_text("utf-8")
HEAD, *EXAMPLES = [block.body for block in blocks(TEXT)]
VISIT = "kind: observation\nstandard: demo@1.0.0\n"


def line(example: str) -> str:
    """Call an example by where it stands on the page."""
    return f"line {TEXT[: TEXT.index(example)].count(chr(10)) + 1}"


def visits(answers: str) -> list[str]:
    """Make an observation of the second part, or one of each item of its list."""
    if answers.startswith("- "):
        return [f"visit: {{id: v{n}}}\nanswers: {item[2:]}\n" for n, item in enumerate(answers.splitlines())]
    return [answers if answers.startswith("visit:") else "visit: {id: v1}\n" + answers]


def agree(said: object, found: object) -> bool:
    """Say whether what the page says is what was found; figures as many decimals as the page has."""
    if isinstance(said, dict):
        if isinstance(found, list):
            found = {entry["id"]: entry for entry in found}
        return isinstance(found, dict) and all(agree(value, found[key]) for key, value in said.items())
    if isinstance(said, int | float) and not isinstance(said, bool):
        return isinstance(found, int | float) and not isinstance(found, bool) and round(found, 4) == said
    return said == found


@pytest.mark.parametrize("example", EXAMPLES, ids=line)
def test_an_example_comes_to_what_the_page_says(example, run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    standard, answers, said = example.split("---\n")
    Path("demo.yaml").write_text(HEAD.partition("\n")[2] + standard, "utf-8")
    for number, text in enumerate(visits(answers)):
        Path(f"v{number}.yaml").write_text(VISIT + text, "utf-8")
    done = run("score", ".", "--format", "json")
    assert done.code == 0, done.err
    printed = json.loads(done.out)
    assert printed["problems"] == []
    (card,) = printed["rollups"] if len(printed["scorecards"]) > 1 else printed["scorecards"]
    expected = yaml.safe_load(said)
    assert expected
    for key, value in expected.items():
        assert agree(value, card[key]), (key, value, card[key])


def test_every_primitive_is_shown():
    shown = set(re.findall(r"\w+", "".join(EXAMPLES)))
    policies = {word for field in Policies.model_fields.values() for word in get_args(field.annotation)} - {"error"}
    actions = set(Limit.model_fields) - {"id", "when", "text"}
    words = {
        *get_args(Combine),
        *get_args(Repeat),
        *get_args(Agg),
        *_KINDS,
        *actions,
        *policies,
        *Policies.model_fields,
    }
    assert {word for word in words if isinstance(word, str)} - shown == {"exclude"}  # the default, said in words
