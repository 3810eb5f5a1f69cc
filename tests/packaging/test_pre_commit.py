"""The real pre-commit installs servaudit from a repository like this one, and runs its hooks on a commit."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHIPPED = (
    ".pre-commit-hooks.yaml",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
    "src",
    "standards",
    "templates",
)
OFFLINE = re.compile(
    r"No matching distribution|Could not find a version|name resolution|Connection|ProxyError|timed out"
)
GOOD = "kind: standard\nid: shop\nversion: 1.0.0\ntitle: A shop\ncriteria: [{id: hello, text: Hello, weight: 2}]\n"
WHO = {f"GIT_{role}_{what}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
HERE = Path(sys.executable).parent

pytestmark = pytest.mark.skipif(
    shutil.which("git") is None or shutil.which("pre-commit", path=str(HERE)) is None,
    reason="git and pre-commit are needed",
)


def git(folder, *arguments):
    command = ["git", "-c", "core.hooksPath=/dev/null", *arguments]
    done = subprocess.run(command, cwd=folder, env={**os.environ, **WHO}, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture(scope="module")
def hooks(tmp_path_factory):
    """Make a repository of what servaudit ships, and give its path and its commit."""
    folder = tmp_path_factory.mktemp("servaudit")
    for name in SHIPPED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "servaudit")
    return folder, git(folder, "rev-parse", "HEAD")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def pre_commit(hooks, home, tmp_path):
    """Stand in a repository whose hooks are servaudit's; run them."""
    source, commit = hooks
    git(tmp_path, "init", "-q")
    hooked = "[{id: servaudit-validate}, {id: servaudit-version}]"
    config = f"repos:\n  - repo: {source.as_posix()}\n    rev: {commit}\n    hooks: {hooked}\n"
    (tmp_path / ".pre-commit-config.yaml").write_text(config, "utf-8")

    def run():
        git(tmp_path, "add", ".")
        environment = {**os.environ, "PRE_COMMIT_HOME": str(home), "LC_ALL": "C.UTF-8", "NO_COLOR": "1"}
        command = [str(HERE / "pre-commit"), "run", "--color", "never"]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        if done.returncode == 3 and OFFLINE.search(done.stdout):
            pytest.skip("pre-commit installs what servaudit needs from the package index, which is out of reach")
        return done

    return run


def test_a_commit_is_refused_until_its_standards_are_valid(pre_commit, tmp_path):
    (tmp_path / "shop.yaml").write_text(GOOD.replace("weight", "wieght"), "utf-8")
    (tmp_path / "compose.yaml").write_text("services: {}\n", "utf-8")
    done = pre_commit()
    assert done.returncode == 1, done.stdout
    assert "servaudit validate" in done.stdout
    assert "shop.yaml:5:37: error[unknown-key]" in done.stdout
    (tmp_path / "shop.yaml").write_text(GOOD, "utf-8")
    done = pre_commit()
    assert done.returncode == 0, done.stdout


def test_a_commit_is_refused_whose_version_does_not_say_what_changed(pre_commit, tmp_path):
    shop = tmp_path / "shop.yaml"
    shop.write_text(GOOD, "utf-8")
    assert pre_commit().returncode == 0  # before the first commit, there is nothing to compare with
    git(tmp_path, "commit", "-q", "-m", "a shop")
    shop.write_text(GOOD.replace("weight: 2", "weight: 3"), "utf-8")
    done = pre_commit()
    assert done.returncode == 1
    assert "error[version-not-raised]" in done.stdout
    shop.write_text(GOOD.replace("weight: 2", "weight: 3").replace("1.0.0", "2.0.0"), "utf-8")
    assert pre_commit().returncode == 0


def test_a_commit_without_documents_is_none_of_its_business(pre_commit, tmp_path):
    (tmp_path / "notes.txt").write_text("kind: standard\n", "utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "configuration")
    (tmp_path / "notes.txt").write_text("more\n", "utf-8")
    done = pre_commit()
    assert "Skipped" in done.stdout


def test_the_manifest_is_what_pre_commit_reads():
    command = [str(HERE / "pre-commit"), "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")]
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0
