"""The CI files that are delivered are what the servers' schemas ask, and call servaudit with options that it has."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main

from servaudit.cli.app import application

ROOT = Path(__file__).parents[2]
INIT = ROOT / "templates/init/all"
WORKFLOWS = [ROOT / "docs/ci/github.yml", INIT / "_github/workflows/servaudit.yml"]
PIPELINES = [ROOT / "docs/ci/gitlab-ci.yml", INIT / "_gitlab-ci.yml"]
HOOKS = [ROOT / "docs/ci/pre-commit-config.yaml", INIT / "_pre-commit-config.yaml"]
CALL = re.compile(r"\bservaudit ((?!validate$)[a-z]+ [^\n#>]*)")


def relative(path):
    return path.relative_to(ROOT).as_posix()


def checked(kind, path):
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", kind, str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("path", WORKFLOWS, ids=relative)
def test_workflows_of_github_are_valid(path):
    done = checked("vendor.github-workflows", path)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", PIPELINES, ids=relative)
def test_pipelines_of_gitlab_are_valid(path):
    done = checked("vendor.gitlab-ci", path)
    assert done.returncode == 0, done.stdout


def test_a_wrong_file_would_be_seen(tmp_path):
    wrong = tmp_path / "wrong.yml"
    wrong.write_text("on: push\njobs: {a: {runs-on: x, step: []}}\n", "utf-8")
    assert checked("vendor.github-workflows", wrong).returncode == 1


@pytest.mark.parametrize("path", HOOKS, ids=relative)
def test_hooks_are_what_pre_commit_reads(path):
    command = [sys.executable, "-m", "pre_commit", "validate-config", str(path)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("path", [*WORKFLOWS, *PIPELINES, *HOOKS, ROOT / ".pre-commit-hooks.yaml"], ids=relative)
def test_servaudit_is_called_with_commands_and_options_it_has(path):
    commands = typer.main.get_command(application()).commands
    lines = path.read_text("utf-8").splitlines()
    calls = CALL.findall("\n".join(line for line in lines if not line.lstrip().startswith("#")))
    for call in calls:
        name, *words = call.split()
        known = {option for param in commands[name].params for option in (*param.opts, *param.secondary_opts)}
        assert {word for word in words if word.startswith("-")} <= known, call
    if path.suffix == ".yml":
        assert calls
