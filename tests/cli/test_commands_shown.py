"""Commands that pages list without what they print are run too, one after the other, where they make sense."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

from tests.pages import ROOT, blocks

from team import STANDARD, VISIT, edit, team

__all__ = ["team"]


def commands(page: str) -> list[str]:
    """List the commands of a page's blocks, without the remarks beside them."""
    listed = [block.body for block in blocks((ROOT / page).read_text("utf-8")) if block.kind in ("sh", "")]
    return [line.partition(" #")[0].strip() for body in listed for line in body.splitlines()]


def all_said(run, page: str) -> list[str]:
    """Run the commands of a page, each of which succeeds, and give what each said."""
    said = []
    for line in commands(page):
        done = run(*shlex.split(line)[1:], "--lang", "en")
        assert done.code == 0, (line, done.err)
        said.append(done.out + done.err)
    return said


def test_the_page_on_changing_in_a_repository_whose_team_changes_a_weight(run, team):
    Path("standards").mkdir()
    Path("old").mkdir()
    shutil.move("counter.yaml", "standards/counter.yaml")
    Path("old/counter.yaml").write_text(STANDARD, "utf-8")
    lyon = VISIT.format(name="v4", site="Lyon", greeted="yes", smile="no", thanked="yes")
    Path("visits/lyon.yaml").write_text(lyon, "utf-8")
    for message in ("moved", "a day", "another day", "a third day"):
        team("add", "-A")
        team("commit", "-q", "--allow-empty", "-m", message)
    team("tag", "v1.2.0")
    edit(("weight: 2", "weight: 1"), path="standards/counter.yaml")
    since, tag, two_files, impact, for_review, bump, gate, migrated, folder = all_said(run, "docs/changing.md")
    assert since == tag
    assert "for version 2.0.0; it is still 1.2.0" in since
    assert "weight" not in two_files
    assert "What becomes of past visits" in impact
    assert for_review.endswith("written: change.md\n")
    assert "standards/counter.yaml: 1.2.0 → 2.0.0" in bump
    assert "no problem found" in gate
    assert "standard: counter@2.0.0" in migrated
    assert folder.count("counter@1.2.0 → 2.0.0") == 4


def test_the_page_on_the_examples(run, tmp_path, monkeypatch):
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    *scores, explained = all_said(run, "examples/README.md")
    assert len(scores) == 5
    assert Path("visite.html").is_file()
    assert "[welcome" in explained
