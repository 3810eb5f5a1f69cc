"""A console that cannot print every sign gets plain ones, never their numbers; data stay what they are."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

pytestmark = [pytest.mark.usefixtures("visits"), pytest.mark.parametrize("encoding", ["ascii", "cp1252"])]


@pytest.fixture
def said(process, encoding):
    """Run a command whose console has an encoding; give what it says as text."""
    keep = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    environment = {**keep, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "LC_ALL": "C.UTF-8", "NO_COLOR": "1"}

    def command(*arguments: str) -> tuple[str, str]:
        done = process(*arguments, env=environment, encoding=encoding)
        return done.stdout, done.stderr

    return command


def test_messages_have_plain_signs(said, encoding):
    Path("bad.yaml").write_text(Path("lyon.yaml").read_text("utf-8").replace("counter@", "countre@"), "utf-8")
    _, error = said("score", "bad.yaml", "--lang", "fr")
    assert "\\" not in error
    assert ("« countre »" if encoding == "cp1252" else '" countre "') in error.replace("\u00a0", " ")


def test_what_is_printed_has_plain_signs(said, encoding):
    printed, _ = said("score", "lyon.yaml", "--lang", "fr")
    assert "\\" not in printed
    assert "?" not in printed.replace(" ?", "")
    assert ("é" in printed) == (encoding == "cp1252")


def test_json_says_the_same(said, process):
    for command in (["score", ".", "--format", "json"], ["validate", ".", "--format", "json"], ["schema", "scores"]):
        printed, _ = said(*command)
        assert json.loads(printed) == json.loads(process(*command).stdout)
