"""A quality team changes its standard in a repository, and asks what that changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from servaudit.change.kinds import KINDS
from servaudit.change.schema import schema
from servaudit.cli.changes import HEAD
from servaudit.i18n import translator
from team import STANDARD, edit, team

__all__ = ["team"]
pytestmark = pytest.mark.usefixtures("team")


def test_a_file_alone_is_compared_with_the_last_commit(run):
    edit(("weight: 2", "weight: 1"), ("Un sourire franc", "Un sourire large"))
    done = run("diff", "counter.yaml")
    assert done.code == 0
    assert "▲ weight  greeted  2 → 1  counter.yaml:8:89" in done.out
    assert "Un sourire [-franc-]{+large+}" in done.out
    assert "translation left behind (English)  smile  An open smile" in done.out
    assert "The changes call for version 2.0.0; it is still 1.2.0." in done.out


def test_nothing_changed_and_nothing_but_comments_are_told_apart(run):
    assert "The two files are the same." in run("diff", "counter.yaml").out
    edit(("# The counter", "# Our counter"))
    assert "Only the layout or comments changed: the version may stay 1.2.0." in run("diff", "counter.yaml").out


@pytest.mark.parametrize(
    "names", [["HEAD:counter.yaml", "counter.yaml"], ["HEAD", "counter.yaml"], ["old.yaml", "counter.yaml"]]
)
def test_revisions_and_files_can_be_named_in_all_ways(run, names):
    Path("old.yaml").write_text(STANDARD, "utf-8")
    edit(("weight: 2", "weight: 1"))
    done = run("diff", *names)
    assert done.code == 0
    assert "2 → 1" in done.out


def test_a_standard_is_followed_under_its_old_name(team, run):
    team("mv", "counter.yaml", "desk.yaml")
    team("commit", "-q", "-m", "renamed")
    edit(("weight: 2", "weight: 1"), path="desk.yaml")
    assert "2 → 1" in run("diff", "HEAD~1", "desk.yaml").out


@pytest.mark.parametrize(
    ("names", "code", "said"),
    [
        (["none.yaml"], 3, "none.yaml: error[file-not-found]"),
        (["visits"], 3, "visits: error[file-unreadable] this is a folder"),
        (["v9:counter.yaml", "counter.yaml"], 3, "git knows no revision “v9” here"),
        (["HEAD:none.yaml", "counter.yaml"], 3, "there is no file “none.yaml” in HEAD"),
        (["--", "-x:counter.yaml", "counter.yaml"], 3, "“-x” is not the name of a revision"),
        (["HEAD:counter.yaml"], 2, "against what?"),
        (["a", "b", "c"], 2, "two documents"),
        (["visits/v1.yaml", "counter.yaml"], 3, "visits/v1.yaml:1:7"),
    ],
)
def test_what_cannot_be_compared_is_said(run, names, code, said):
    done = run("diff", *names)
    assert done.code == code
    assert said in done.err


def test_outside_a_repository_that_is_said(tmp_path_factory, run, monkeypatch):
    tmp_path = tmp_path_factory.mktemp("outside")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    Path("counter.yaml").write_text(STANDARD, "utf-8")
    done = run("diff", "counter.yaml")
    assert done.code == 3
    assert "not in a git working tree" in done.err


def test_past_visits_are_scored_under_both(run):
    edit(("weight: 2", "weight: 1"))
    done = run("diff", "counter.yaml", "--impact", "visits")
    assert "3 visits · 2 results move · 1 verdict changes · 1 changes rank" in done.out
    assert "v1 · Lyon   ✘ 50.0% Poor  →  ✘ 33.3% Poor  −16.7 pt  rank 2 → 3" in done.out
    assert "v2 · Lille  ✘ 50.0% Poor  →  ✔ 66.7% Good  +16.7 pt" in done.out
    assert "v3" not in done.out
    assert "1 visit does not move" in done.out


def test_a_visit_that_cannot_be_scored_any_more_is_said_and_one_that_is_migrated_can(run):
    edit(("id: smile", "id: sincere_smile"))
    done = run("diff", "counter.yaml", "--impact", "visits")
    assert "3 visits cannot be scored any more" in done.out
    assert "the standard has no criterion “smile” here" in done.out
    assert "found by its text" in done.out
    with Path("counter.yaml").open("a", encoding="utf-8") as file:
        file.write("history:\n  2.0.0: {rename: {smile: sincere_smile}}\n")
    done = run("diff", "counter.yaml", "--impact", "visits")
    assert "3 visits · nothing moves" in done.out
    assert "found by its text" not in done.out


def test_a_visit_made_with_a_checklist_is_scored_on_what_that_takes_of_the_standard(run):
    head = "kind: checklist\nid: grid\nversion: 1.0.0\ntitle: Grid\n"
    use = "{standard: counter, version: ^1.0, exclude: {criteria: [thanked]}}"
    Path("grid.yaml").write_text(f"{head}standards: [{use}]\n")
    other = "{standard: desk, version: 1.0.0}"
    Path("two.yaml").write_text(f"{head.replace('grid', 'two')}standards: [{use}, {other}]\n")
    visit = "kind: observation\nvisit: {id: c1, site: Metz}\nchecklist: grid@1.0.0\n"
    Path("visits/c1.yaml").write_text(f"{visit}standards: [counter@1.2.0]\nanswers: {{greeted: yes, smile: no}}\n")
    pinned = "standards: [counter@1.2.0, desk@1.0.0]\n"
    answers = "answers: {counter: {greeted: yes, smile: no}, desk: {tidy: yes}}\n"
    Path("visits/c2.yaml").write_text(visit.replace("c1", "c2").replace("grid", "two") + pinned + answers)
    edit(("weight: 2", "weight: 1"), ("id: smile", "id: grin"))
    with Path("counter.yaml").open("a", encoding="utf-8") as file:
        file.write("history:\n  2.0.0: {rename: {smile: grin}}\n")
    done = run("diff", "counter.yaml", "--impact", "visits")
    assert "c1 · Metz   ✔ 66.7% Good  →  ✘ 50.0% Poor  −16.7 pt" in done.out
    assert "c2 · Metz   ✔ 66.7% Good  →  ✘ 50.0% Poor  −16.7 pt" in done.out


def test_a_standard_with_errors_scores_no_visit(run):
    edit(("score >= 0.6", "scores >= 0.6"))
    assert run("diff", "counter.yaml").code == 0
    done = run("diff", "counter.yaml", "--impact", "visits")
    assert done.code == 3
    assert "error[unknown-name]" in done.err


def test_visits_of_something_else_are_left_aside_and_bad_ones_are_said(run):
    Path("visits/other.yaml").write_text("kind: observation\nstandard: x@1.0.0\nvisit: {id: o}\nanswers: {}\n")
    Path("visits/bad.yaml").write_text("kind: observation\nstandard: counter@1.2.0\nanswers: {}\n")
    done = run("diff", "counter.yaml", "--impact", "visits")
    assert done.code == 3
    assert "left aside: visits/other.yaml" in done.err
    assert "visits/bad.yaml:1:1: error[missing-key]" in done.err
    assert "3 visits · nothing moves" in done.out
    assert run("diff", "counter.yaml", "--impact", "visits/other.yaml").code == 3


def test_it_is_written_for_pull_requests_for_readers_and_for_machines(run):
    edit(("weight: 2", "weight: 1"), ("Un sourire franc", "Un <b>*sourire*</b>"))
    done = run("diff", "counter.yaml", "--impact", "visits", "-o", "d.md", "-o", "d.html", "-o", "d.json")
    assert done.code == 0
    page = Path("d.html").read_text("utf-8")
    assert '<html lang="fr">' in page
    assert "<ins>&lt;b&gt;*</ins>" in page
    assert "<b>" not in page
    text = Path("d.md").read_text("utf-8")
    assert "- **poids** · `greeted` · 2 → **1**" in text
    assert "Un <ins>\\<b\\>\\*</ins>sourire" in text
    assert (
        "| Lille · v2 · 3 novembre 2026 | 50,0\u00a0% · Faible · Sous le seuil | 66,7\u00a0% · Bien · Réussi |" in text
    )
    document = json.loads(Path("d.json").read_text("utf-8"))
    assert [error.message for error in Draft202012Validator(schema()).iter_errors(document)] == []
    assert (document["level"], document["wanted"], document["enough"]) == ("major", "2.0.0", False)
    (weight,) = (change for change in document["changes"] if change["kind"] == "weight")
    assert (weight["file"], weight["line"], weight["old"], weight["new"]) == ("counter.yaml", 8, 2, 1)
    moved = {each["visit"]: each["rank_after"] for each in document["impact"] if each["moved"]}
    assert moved == {"v1": 3, "v2": 2}
    assert json.loads(run("diff", "counter.yaml", "--impact", "visits", "--format", "json").out) == document
    assert run("diff", "counter.yaml", "-o", "d.md").code == 0  # what servaudit made is replaced


def test_a_pull_request_lists_the_visits_that_move_most(run):
    text = Path("visits/v1.yaml").read_text("utf-8")
    for number in range(60):
        Path(f"visits/w{number}.yaml").write_text(text.replace("id: v1", f"id: w{number}"), "utf-8")
    edit(("weight: 2", "weight: 1"))
    done = run("diff", "counter.yaml", "--impact", "visits", "-o", "d.md", "--lang", "en")
    lines = Path("d.md").read_text("utf-8").splitlines()
    assert sum(line.startswith("| Lyon") for line in lines) + sum(line.startswith("| Lille") for line in lines) == 50
    assert lines[-1] == "and 12 more"
    assert done.out.count(" · Lyon") == 61


def test_a_file_of_somebody_s_is_not_replaced_nor_one_that_is_read(run):
    Path("mine.md").write_text("mine")
    assert run("diff", "counter.yaml", "-o", "mine.md").code == 74
    assert Path("mine.md").read_text() == "mine"
    Path("counter.json").write_text(json.dumps({"kind": "standard", "id": "counter", "version": "1.0.0", "title": "x"}))
    assert run("diff", "counter.yaml", "counter.json", "-o", "counter.json", "--force").code == 74
    assert run("diff", "counter.yaml", "-o", "d.pdf").code == 2


@pytest.mark.parametrize(("gate", "code"), [("patch", 1), ("minor", 0), ("major", 0)])
def test_a_gate_can_be_set(run, gate, code):
    edit(("Un sourire franc", "Un sourire large"))
    assert run("diff", "counter.yaml", "--fail-on", gate).code == code


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_kind_of_change_is_cut_before_it_says_whether_something_came_or_went(language):
    say = translator(language)
    assert [kind.title for kind in KINDS.values() if len(say.message(kind.title)) > HEAD] == []
