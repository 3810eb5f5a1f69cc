"""What commands print with `--format json` has the shape that its schema says."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from servaudit.cli.schemas import KINDS_PRINTED, schema

COMMANDS = {
    "config": ["config"],
    "list": ["list"],
    "document": ["show", "service_behaviours"],
    "verification": ["verify", "a.json"],
    "comparison": ["compare", "visits", "visits"],
}


def test_every_schema_is_tried():
    assert COMMANDS.keys() == KINDS_PRINTED.keys()


@pytest.mark.parametrize("kind", sorted(COMMANDS))
def test_what_is_printed_is_valid_and_nothing_else_is(run, tmp_path, monkeypatch, kind):
    run("init", str(tmp_path / "audits"))
    monkeypatch.chdir(tmp_path / "audits")
    run("score", "-o", "a.json")
    done = run(*COMMANDS[kind], "--format", "json")
    assert done.code == 0
    document = json.loads(done.out)
    Draft202012Validator.check_schema(schema(kind))
    validator = Draft202012Validator(schema(kind))
    assert list(validator.iter_errors(document)) == []
    assert list(validator.iter_errors({**document, "more": 1}))
    for key in document:
        assert list(validator.iter_errors({name: value for name, value in document.items() if name != key}))
    assert json.loads(run("schema", kind).out) == schema(kind)
