"""Standard streams that are closed or full: no traceback, and the exit code that says what was done."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("visits")
SERVAUDIT = f"{shlex.quote(sys.executable)} -m servaudit"


@pytest.fixture(params=["", "1"], ids=["buffered", "unbuffered"])
def shell(request):
    """Run a command line of servaudit in a shell, which closes its streams."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "PYTHONUNBUFFERED": request.param}

    def command(line: str) -> tuple[int, str]:
        line = f"{SERVAUDIT} {line}"
        done = subprocess.run(
            ["bash", "-c", line], env=environment, capture_output=True, encoding="utf-8", check=False, timeout=60
        )
        assert "Traceback" not in done.stderr
        assert "Exception ignored" not in done.stderr
        return done.returncode, done.stderr

    return command


@pytest.mark.parametrize(
    "command",
    ["score lyon.yaml", "score .", "score lyon.yaml --format json", "explain lyon.yaml", "schema scores", "--version",
     "--help", "score --help", "score . --fail-under 100", "validate lyon.yaml --format json"],
)  # fmt: skip
@pytest.mark.parametrize(("where", "why"), [(">&-", "it is closed"), (">/dev/full", "the disk is full")])
def test_data_that_cannot_be_written_ends_with_74(shell, command, where, why):
    assert shell(f"{command} {where}") == (74, f"error: the output cannot be written: {why}\n")


@pytest.mark.parametrize("where", ["2>&-", "2>/dev/full"])
@pytest.mark.parametrize(
    ("command", "code"),
    [("score lyon.yaml", 0), ("score none.yaml", 3), ("score lyon.yaml --fail-under 100", 1), ("score --nope", 2),
     ("score lyon.yaml -o a.docx", 2), ("score lyon.yaml -o lyon.yaml/a.csv", 74), ("score lyon.yaml -o a.csv", 0),
     ("validate .", 0)],
)  # fmt: skip
def test_what_cannot_be_said_changes_nothing(shell, command, code, where):
    assert shell(f"{command} {where}") == (code, "")


def test_standard_input_that_is_closed_is_empty(shell):
    assert shell("score - <&-") == (3, "-: error[file-empty] the file is empty\n")


def test_what_is_not_needed_may_be_closed(shell):
    assert shell("score lyon.yaml -q -o a.json >&- 2>&- <&-") == (0, "")
    assert Path("a.json").read_text("utf-8").endswith("}\n")
