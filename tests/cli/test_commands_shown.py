"""Commands that pages list without what they print are run too, one after the other, where they make sense."""

from __future__ import annotations

import json
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
from tests.pages import ROOT, blocks

from team import STANDARD, VISIT, edit, team

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["team"]

AGENCE = ROOT / "examples/agence"


def commands(page: str) -> list[str]:
    """List the commands of a page's blocks, without the remarks beside them."""
    listed = [block.body for block in blocks((ROOT / page).read_text("utf-8")) if block.kind in ("sh", "")]
    return [line.partition(" #")[0].strip() for body in listed for line in body.splitlines()]


def each_said(run, page: str) -> Iterator[str]:
    """Run the commands of a page one by one, each of which succeeds, and give what each said."""
    for line in commands(page):
        done = run(*shlex.split(line)[1:])
        assert done.code == 0, (line, done.err)
        yield done.out + done.err


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
    since, tag, two_files, impact, for_review, bump, gate, migrated, folder = each_said(run, "docs/changing.md")
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
    *scores, explained = each_said(run, "examples/README.md")
    assert len(scores) == 6
    assert Path("visite.html").is_file()
    assert "[welcome" in explained


def test_the_page_on_the_library_with_a_newer_version_of_a_standard_that_was_adopted(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = each_said(run, "standards/README.md")
    visit, grid, adopted, newer = (next(said) for _ in range(4))
    assert "written: lyon-2026-11-03.yaml" in visit
    assert "written: grid.xlsx" in grid
    assert "written: audits/standards/service.yaml" in adopted.replace("\\", "/")
    assert "complaint_handling" not in newer
    Path("audits/visits/complaint_handling_example.yaml").unlink()
    made_with = "checklist: telephone_visit@1.0.0\nstandards: [telephone@1.0.0]"
    edit((made_with, "standard: telephone@1.0.0"), path="audits/visits/telephone_example.yaml")
    edit(
        ("version: 1.0.0", "version: 2.0.0"), ("    weight: 3", "    weight: 1"), path="newer/standards/telephone.yaml"
    )
    impact = next(said)
    assert "1.0.0 → 2.0.0" in impact
    assert "example-" in impact
    shutil.copytree("newer/standards", "standards")
    shutil.copy("newer/standards/telephone.yaml", "audits/standards/telephone.yaml")
    for quarter in ("2026-T1", "2026-T2"):
        shutil.copytree("audits/visits", quarter)
    edit(("telephone@1.0.0", "telephone@2.0.0"), path="2026-T2/telephone_example.yaml")
    compared, scored, migrated = said
    assert "2.0.0" in compared
    assert "2.0.0" in scored
    assert "2.0.0" in migrated


def test_the_page_on_workbooks_with_one_that_somebody_filled_in(run, tmp_path, monkeypatch):
    shutil.copy(AGENCE / "standard.yaml", tmp_path / "grille.yaml")
    monkeypatch.chdir(tmp_path)
    said = each_said(run, "docs/workbooks.md")
    assert next(said) == "écrit\u00a0: grille.xlsx\n"
    book = openpyxl.load_workbook("grille.xlsx")
    answers = {"v_site": "Lyon", "v_date": "2026-11-03", "a_open_on_time": "Oui", "a_first_contact": 20}
    for name, value in answers.items():
        sheet, _, cell = book.defined_names[name].attr_text.rpartition("!")
        book[sheet.strip("'")][cell.replace("$", "")] = value
    Path("visites").mkdir()
    for name in ("lyon.xlsx", "visites/lyon.xlsx"):
        book.save(name)
    scored, imported = said
    assert "written: lyon.html" in scored
    assert "written: releves/lyon.yaml" in imported
    assert "  first_contact: 20\n" in Path("releves/lyon.yaml").read_text("utf-8")


def test_the_page_on_the_form_with_what_a_form_hands_over(run, tmp_path, monkeypatch):
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shutil.copy(AGENCE / "standard.yaml", tmp_path)
    monkeypatch.chdir(tmp_path)
    handed = {
        "kind": "observation", "standard": "accueil_agence@1.2.0", "visit": {"id": "lyon", "date": "2026-11-03"},
        "answers": {"open_on_time": {"value": "no", "note": "Fermée"}},
    }  # fmt: skip
    Path("lyon-part-dieu-2026-11-03-k7q2m.json").write_text(json.dumps(handed), "utf-8")
    made, _, imported = each_said(run, "docs/form.md")
    assert "written: form.html" in made
    assert "written: visits/lyon.yaml" in imported
    assert "Fermée" in Path("visits/lyon.yaml").read_text("utf-8")
