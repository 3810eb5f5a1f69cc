"""A visit keeps its score: the version it names is found in git when the working tree has another."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest


@pytest.fixture
def git(visits, monkeypatch):
    """Stand in a repository of visits and their standard, committed once."""
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "A12")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "a12@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.chdir(visits.parent)

    def run(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], capture_output=True, check=True, encoding="utf-8").stdout.strip()

    run("init", "-q", "-b", "main")
    run("add", "-A")
    run("commit", "-q", "-m", "The counter, as it was")
    return run


def release(git, version: str, old: str = "", new: str = "", name: str = "counter.yaml") -> str:
    """Give the standard a new version, with a change; commit it."""
    path = Path("standards") / name
    text = path.read_text("utf-8")
    before = next(line for line in text.splitlines() if line.startswith("version:"))
    path.write_text(text.replace(before, f"version: {version}").replace(old, new) if old else
                    text.replace(before, f"version: {version}"), "utf-8")  # fmt: skip
    git("commit", "-q", "-am", version)
    return git("rev-parse", "HEAD")


def card(run, *arguments: object) -> dict:
    done = run("score", "visits/lyon.yaml", *arguments, "--format", "json")
    assert done.code == 0, done.err
    (found,) = json.loads(done.out)["scorecards"]
    return found


def test_a_visit_is_scored_with_the_version_it_names(run, git):
    before, commit = card(run), git("rev-parse", "HEAD")
    release(git, "2.0.0", "severity: critical", "severity: minor")
    after = card(run)
    assert after["standard"]["path"] == f"git:{commit[:10]}:standards/counter.yaml"
    assert {**after, "standard": None} == {**before, "standard": None}
    assert after["standard"]["sha256"] == before["standard"]["sha256"]


def test_every_report_says_that_it_came_from_git(run, git):
    commit = git("rev-parse", "HEAD")[:10]
    release(git, "2.0.0")
    origin = f"standards/counter.yaml ({commit})"
    assert f"Found in git: {origin}" in run("score", "visits/lyon.yaml").out
    done = run("score", "visits/lyon.yaml", "--lang", "fr", "-o", "a.html", "-o", "a.xlsx")
    assert f"Retrouvé dans git\u00a0: {origin}" in done.out
    assert origin in Path("a.html").read_text("utf-8")
    shutil.unpack_archive("a.xlsx", "unpacked", "zip")
    assert any(origin in part.read_text("utf-8") for part in Path("unpacked").rglob("*.xml"))


@pytest.mark.usefixtures("git")
def test_the_working_tree_is_asked_first_and_git_only_for_what_is_not_there(run, monkeypatch):
    assert card(run)["standard"]["path"] == "standards/counter.yaml"
    monkeypatch.setenv("PATH", "")
    assert card(run)["standard"]["path"] == "standards/counter.yaml"
    release_without_git = Path("standards/counter.yaml")
    text = release_without_git.read_text("utf-8").replace("version: 1.0.0", "version: 2.0.0")
    release_without_git.write_text(text, "utf-8")
    done = run("score", "visits/lyon.yaml")
    assert done.code == 3
    assert "error[version-mismatch] “counter” is not here in version 1.0.0" in done.err


def test_a_version_that_never_was_is_still_an_error(run, git):
    release(git, "2.0.0")
    path = Path("visits/lyon.yaml")
    path.write_text(path.read_text("utf-8").replace("@1.0.0", "@1.5.0"), "utf-8")
    done = run("score", path)
    assert done.code == 3
    assert "“counter” is not here in version 1.5.0" in done.err
    assert "found: 2.0.0 (standards/counter.yaml)" in done.err


def test_a_version_that_was_changed_in_place_is_said_and_a_tag_decides(run, git):
    first = git("rev-parse", "HEAD")
    path = Path("standards/counter.yaml")
    path.write_text(path.read_text("utf-8") + "# changed in place\n", "utf-8")
    git("commit", "-q", "-am", "same version")
    second = git("rev-parse", "HEAD")
    release(git, "2.0.0")
    done = run("score", "visits/lyon.yaml", "--format", "json")
    assert "warning[version-rewritten] “counter@1.0.0” stands in git with 2 different contents" in done.err
    assert "git tag counter@1.0.0 COMMIT" in done.err
    assert card(run)["standard"]["path"].startswith(f"git:{second[:10]}:")
    git("tag", "counter@1.0.0", first)
    done = run("score", "visits/lyon.yaml", "--format", "json")
    assert done.err == ""
    assert f"git:{first[:10]}:" in done.out


def test_many_visits_ask_git_once(run, git, monkeypatch):
    release(git, "2.0.0")
    for number in range(20):
        text = Path("visits/lyon.yaml").read_text("utf-8").replace("lyon-1", f"lyon-x{number}")
        Path(f"visits/lyon{number}").mkdir()
        Path(f"visits/lyon{number}/visit.yaml").write_text(text, "utf-8")
    asked = []
    real = subprocess.Popen.__init__
    monkeypatch.setattr(subprocess.Popen, "__init__", lambda self, *a, **k: (asked.append(a), real(self, *a, **k))[1])
    assert run("score", "visits", "--standards", "standards", "-q").code == 0
    assert sum("log" in call[0] for call in asked) == 1


def test_a_clone_that_was_cut_says_what_to_do(run, git, visits, monkeypatch):
    release(git, "2.0.0")
    there = visits.parent
    subprocess.run(["git", "clone", "-q", "--depth", "1", there.as_uri(), there / "cut"], check=True)
    monkeypatch.chdir(there / "cut")
    done = run("score", "visits/lyon.yaml")
    assert done.code == 3
    assert "git fetch --unshallow" in done.err


def test_explain_and_validate_find_it_too(run, git):
    release(git, "2.0.0", "id: greeted", "id: welcomed")
    assert run("validate", "visits").code == 0
    assert run("explain", "visits/lyon.yaml").code == 0
