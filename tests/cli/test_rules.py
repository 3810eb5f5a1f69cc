"""The rules of a good standard are `validate`'s alone: a team switches them, and no visit is scored otherwise."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

STANDARD = """\
kind: standard
id: shop
version: 1.0.0
title: A shop
criteria:
  - {id: a, text: The assistant greets the customer and offers help, scale: {choices: {x: 1, y: 1, n: 0}}}
  - {id: b, text: No litter lies about}
"""
VISIT = "kind: observation\nstandard: shop@1.0.0\nvisit: {id: v1}\nanswers: {a: x, b: yes}\n"
FOUND = ("shop.yaml:6:53: warning[two-questions]", "shop.yaml:6:94: warning[equal-answers]")


@pytest.fixture(autouse=True)
def shop(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("shop.yaml").write_text(STANDARD, "utf-8")
    Path("visit.yaml").write_text(VISIT, "utf-8")


def configure(lint):
    Path("servaudit.yaml").write_text(f"kind: configuration\nlint: {{{lint}}}\n", "utf-8")


def test_validate_tells_them_and_refuses_them_only_when_strict(run):
    done = run("validate", ".")
    assert done.code == 0
    assert all(line in done.out for line in FOUND)
    assert "warnings: 2" in done.err
    assert run("validate", ".", "--strict").code == 1


def test_a_team_switches_each(run):
    configure("two-questions: off, equal-answers: error, negative-wording: warning")
    done = run("validate", "shop.yaml")
    assert done.code == 1
    assert "two-questions" not in done.out
    assert "shop.yaml:6:94: error[equal-answers]" in done.out
    assert "shop.yaml:7:19: warning[negative-wording]" in done.out


def test_a_visit_is_checked_and_scored_without_them(run):
    configure("two-questions: error, equal-answers: error, negative-wording: error, no-guidance: error")
    for command in (["score", "visit.yaml"], ["validate", "visit.yaml"], ["explain", "visit.yaml"]):
        done = run(*command)
        assert (done.code, [code for code in ("two-", "equal-", "negative-", "no-g") if code in done.err]) == (0, [])


def test_a_score_does_not_load_them():
    code = (
        "import sys; from servaudit.cli.app import main\n"
        "sys.argv = ['servaudit', 'score', 'visit.yaml']\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "assert 'servaudit.lint.standard' in sys.modules\n"
        "assert not [name for name in sys.modules if name.startswith('servaudit.lint.rules')]\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
