"""The version of a standard is raised as its changes ask: `bump` does it, `validate --against` insists on it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from team import STANDARD, edit, team

__all__ = ["team"]
pytestmark = pytest.mark.usefixtures("team")

WORDING = ("Un sourire franc", "Un sourire large")
NEW = ("scoring:", "  - {id: seat, text: {fr: Un siège est proposé}}\nscoring:")
WEIGHT = ("weight: 2", "weight: 3")


@pytest.mark.parametrize(
    ("change", "version"), [(WORDING, "1.2.1"), (NEW, "1.3.0"), (WEIGHT, "2.0.0"), (("# The", "# Our"), "1.2.0")]
)
def test_the_version_is_set_as_the_change_asks(run, change, version):
    edit(change)
    before = Path("counter.yaml").read_bytes()
    done = run("bump", "counter.yaml")
    assert done.code == 0
    assert version in done.out
    assert Path("counter.yaml").read_bytes() == before.replace(b"version: 1.2.0 ", f"version: {version} ".encode())
    assert run("validate", "counter.yaml", "--against", "HEAD").code == 0
    again = Path("counter.yaml").read_bytes()
    assert run("bump", "counter.yaml").code == 0
    assert Path("counter.yaml").read_bytes() == again


@pytest.mark.parametrize("written", ["version: '1.2.0'", 'version: "1.2.0"', "version:   1.2.0"])
def test_quotes_spaces_and_windows_line_ends_stay(team, run, written):
    text = STANDARD.replace("version: 1.2.0", written).replace("\n", "\r\n").encode()
    Path("counter.yaml").write_bytes(text)
    team("commit", "-qam", "windows")
    edited = text.replace(b"weight: 2", b"weight: 3")
    Path("counter.yaml").write_bytes(edited)
    assert run("bump", "counter.yaml").code == 0
    assert Path("counter.yaml").read_bytes() == edited.replace(b"1.2.0", b"2.0.0")


def test_json_is_bumped_too(team, run):
    document = {"kind": "standard", "id": "x", "version": "1.0.0", "title": "X", "criteria": [{"id": "a", "text": "A"}]}
    Path("x.json").write_text(json.dumps(document, indent=2))
    team("add", "-A")
    team("commit", "-qm", "json")
    document["criteria"][0]["weight"] = 3
    Path("x.json").write_text(json.dumps(document, indent=2))
    assert run("bump", "x.json").code == 0
    assert json.loads(Path("x.json").read_text()) == {**document, "version": "2.0.0"}


def test_a_dry_run_changes_nothing(run):
    edit(WEIGHT)
    before = Path("counter.yaml").read_bytes()
    done = run("bump", "counter.yaml", "--dry-run")
    assert "counter.yaml: 1.2.0 → 2.0.0 (Major: weight (greeted))" in done.out
    assert Path("counter.yaml").read_bytes() == before


def test_several_commits_are_compared_with_where_they_began(team, run):
    edit(WORDING)
    team("commit", "-qam", "one")
    edit(NEW)
    team("commit", "-qam", "two")
    assert "nothing changed" in run("bump", "counter.yaml").out
    assert "1.2.0 → 1.3.0" in run("bump", "counter.yaml", "--against", "HEAD~2").out


def test_the_history_s_own_version_is_taken_where_it_is_high_enough(run):
    edit(("id: smile", "id: sincere_smile"))
    with Path("counter.yaml").open("a", encoding="utf-8") as file:
        file.write("history:\n  2.1.0: {rename: {smile: sincere_smile}}\n")
    done = run("validate", "counter.yaml", "--against", "HEAD")
    assert done.code == 1
    assert "counter.yaml:16:3: error[history-version]" in done.out
    assert run("bump", "counter.yaml").code == 0
    assert "version: 2.1.0 " in Path("counter.yaml").read_text("utf-8")
    assert run("validate", "counter.yaml", "--against", "HEAD").code == 0


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([WEIGHT], "what changed since HEAD calls for version 2.0.0: weight (greeted)"),
        ([WEIGHT, ("1.2.0", "1.3.0")], "what changed since HEAD calls for version 2.0.0: weight (greeted)"),
        ([("1.2.0", "1.1.9")], "the version went back: it was 1.2.0 in HEAD"),
    ],
)
def test_a_version_that_is_not_raised_enough_is_an_error_at_its_line(run, changes, said):
    edit(*changes)
    done = run("validate", "counter.yaml", "--against", "HEAD")
    assert done.code == 1
    assert "counter.yaml:4:10: error[version-not-raised]" in done.out
    assert said in done.out
    assert run("validate", "counter.yaml").code == 0


def test_new_files_and_visits_are_not_asked_for_versions(run):
    Path("new.yaml").write_text(STANDARD.replace("id: counter", "id: desk"), "utf-8")
    edit(("greeted: yes", "greeted: no"), path="visits/v1.yaml")
    assert run("validate", ".", "--against", "HEAD").code == 0
    done = run("bump", "new.yaml")
    assert done.code == 0
    assert "new since HEAD" in done.err


def test_a_checklist_that_changed_has_a_new_version(team, run):
    checklist = (
        "kind: checklist\nid: grid\nversion: 1.0.0\ntitle: Grid\nstandards: [{standard: counter, version: 1.2}]\n"
    )
    Path("grid.yaml").write_text(checklist)
    team("add", "-A")
    team("commit", "-qm", "grid")
    assert run("validate", "grid.yaml", "--against", "HEAD").code == 0
    edit(("title: Grid", "title: Our grid"), path="grid.yaml")
    done = run("validate", "grid.yaml", "--against", "HEAD")
    assert done.code == 1
    assert "grid.yaml:3:10: error[version-not-raised] what changed since HEAD calls for version 1.0.1" in done.out
    assert "grid.yaml: 1.0.0 → 1.0.1 (Patch: wording (grid))" in run("bump", "grid.yaml").out
    assert run("validate", "grid.yaml", "--against", "HEAD").code == 0
    done = run("diff", "grid.yaml", "--lang", "fr")
    assert "rédaction (anglais)  grid  grid.yaml:4:8" in done.out
    assert "[-Grid-]{+Our grid+}" in done.out
    assert run("diff", "grid.yaml", "--impact", "visits").code == 2
    assert run("diff", "grid.yaml", "counter.yaml").code == 3


def test_what_git_cannot_say_ends_with_3(run):
    done = run("validate", "counter.yaml", "--against", "v9")
    assert done.code == 3
    assert "git knows no revision “v9” here" in done.out
    assert run("bump", "counter.yaml", "--against", "v9").code == 3
    assert run("bump", "visits/v1.yaml").code == 3
    assert run("bump", "-").code == 2
