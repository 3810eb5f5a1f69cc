"""`servaudit import FILE…` and `score` of filled-in workbooks: the same figures, problems by cell, nothing lost."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest

AGENCE = Path(__file__).parents[2] / "examples/agence"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copy(AGENCE / "standard.yaml", tmp_path)


@pytest.fixture
def blank(run):
    assert run("checklist", "standard.yaml", "-o", "grille.xlsx", "--lang", "fr").code == 0
    return Path("grille.xlsx").read_bytes()


def fill(blank, name, sheet=None, **values):
    """Fill a workbook in; `sheet` gives cells of the grid by place."""
    book = openpyxl.load_workbook(io.BytesIO(blank))
    for cell, value in values.items():
        where, _, place = book.defined_names[cell].attr_text.rpartition("!")
        book[where.strip("'")][place.replace("$", "")] = value
    for place, value in (sheet or {}).items():
        book["Grille"][place] = value
    Path(name).parent.mkdir(exist_ok=True)
    book.save(name)


GOOD = {
    "v_site": "Lyon", "v_context_complaint": "Non", "a_open_on_time": "oui", "a_greeted_yes": 7, "a_greeted_no": 3,
    "a_first_contact": 20, "a_full_greeting": " EN PARTIE ", "n_full_greeting": "« Oui ? »", "a_calm": None,
}  # fmt: skip


def test_a_workbook_scores_as_what_is_imported_from_it(run, blank):
    fill(blank, "lyon.xlsx", **GOOD)
    scored = run("score", "lyon.xlsx", "--format", "json")
    assert (scored.code, scored.err) == (0, "")
    done = run("import", "lyon.xlsx", "-o", "lyon.yaml")
    assert (done.code, done.out, done.err) == (0, "", "written: lyon.yaml\n")
    again = run("score", "lyon.yaml", "--format", "json")
    one, two = (json.loads(text)["scorecards"][0] for text in (scored.out, again.out))
    assert one["score"] == two["score"]
    assert one["sections"] == two["sections"]
    assert one["counts"] == two["counts"]
    assert Path("lyon.yaml").read_text("utf-8").splitlines()[1:] == [
        "kind: observation",
        "standard: accueil_agence@1.2.0",
        "language: fr",
        "visit:",
        "  id: lyon",
        "  site: Lyon",
        "  context: {appointment: false, complaint: false}",
        "answers:",
        "  open_on_time: yes",
        "  greeted: {yes: 7, no: 3}",
        "  first_contact: 20",
        '  full_greeting: {value: partly, note: "« Oui ? »"}',
    ]


def test_problems_are_told_by_sheet_and_cell(run, blank):
    fill(blank, "lyon.xlsx", **{**GOOD, "a_open_on_time": "Peut-être", "a_first_contact": "=1+1"})
    done = run("score", "lyon.xlsx")
    assert done.code == 3
    assert "lyon.xlsx: Grille!C10: error[workbook-formula] a formula stands where an answer is expected" in done.err
    fill(blank, "lyon.xlsx", **{**GOOD, "a_open_on_time": "Peut-être"})
    done = run("score", "lyon.xlsx")
    assert "lyon.xlsx: Grille!C5: error[answer-unknown] “Peut-être”: one of Oui, Non, Sans objet" in done.err
    done = run("import", "lyon.xlsx", "-o", "lyon.yaml", "--lang", "fr")
    assert done.code == 3
    assert not Path("lyon.yaml").exists()
    assert "« Peut-être » : l’une de ces réponses : Oui, Non, Sans objet" in done.err.replace("\xa0", " ")


def test_a_file_that_is_there_is_kept_unless_forced(run, blank):
    fill(blank, "lyon.xlsx", **GOOD)
    Path("lyon.yaml").write_text("a week of work", "utf-8")
    done = run("import", "lyon.xlsx", "-o", "lyon.yaml")
    assert done.code == 74
    assert Path("lyon.yaml").read_text("utf-8") == "a week of work"
    assert run("import", "lyon.xlsx", "-o", "lyon.yaml", "--force").code == 0
    assert "accueil_agence" in Path("lyon.yaml").read_text("utf-8")


def test_a_filled_workbook_is_not_replaced_by_a_blank_one(run, blank):
    fill(blank, "grille.xlsx", **GOOD)
    assert run("checklist", "standard.yaml", "-o", "grille.xlsx").code == 74


def test_a_folder_is_imported_whole_and_one_bad_file_does_not_hide_the_next(run, blank):
    fill(blank, "visits/a.xlsx", **GOOD)
    fill(blank, "visits/b.xlsx", **{**GOOD, "v_site": "Brest", "a_open_on_time": "?"})
    fill(blank, "visits/c.xlsx", **{**GOOD, "v_site": "Nantes"})
    Path("visits/d.xlsx").write_bytes(b"PK\x03\x04 cut off")
    openpyxl.Workbook().save("visits/budget.xlsx")
    done = run("import", "visits", "-o", "out")
    assert done.code == 3
    assert sorted(path.name for path in Path("out").iterdir()) == ["a.yaml", "c.yaml"]
    assert "visits/d.xlsx: error[workbook-unreadable]" in done.err
    assert "budget" not in done.err
    assert "not imported, because of errors: 2 of 4" in done.err
    assert run("import", "visits").code == 2
    scored = run("score", "visits", "--format", "json")
    assert len(json.loads(scored.out)["scorecards"]) == 2


def test_a_workbook_comes_by_standard_input_and_goes_to_standard_output(run, blank):
    fill(blank, "lyon.xlsx", **GOOD)
    done = run("import", "-", stdin=Path("lyon.xlsx").read_bytes())
    assert done.code == 0
    assert done.out.startswith("# from -, sha256 ")


def test_another_version_another_text_and_no_standard_are_said(run, blank):
    fill(blank, "lyon.xlsx", **GOOD)
    standard = Path("standard.yaml")
    text = standard.read_text("utf-8")
    standard.write_text(text + "# a remark\n", "utf-8")
    done = run("score", "lyon.xlsx")
    assert done.code == 0
    assert "warning[workbook-version] “accueil_agence@1.2.0” has been changed since this workbook was made" in done.err
    standard.write_text(text.replace("version: 1.2.0", "version: 1.3.0"), "utf-8")
    done = run("score", "lyon.xlsx")
    assert done.code == 3
    assert re.search(r"lyon\.xlsx: \S+: error\[version-mismatch\]", done.err)
    standard.unlink()
    done = run("import", "lyon.xlsx")
    assert done.code == 3
    assert "error[standard-not-found]" in done.err


def test_macros_links_and_changed_labels_are_said_and_scored(run, blank):
    fill(blank, "lyon.xlsx", {"A5": "Tout va bien."}, **GOOD)
    with zipfile.ZipFile("lyon.xlsx", "a") as package:
        package.writestr("xl/vbaProject.bin", b"\xd0\xcf")
    done = run("score", "lyon.xlsx")
    assert done.code == 0
    assert "lyon.xlsx: warning[workbook-macros]" in done.err
    assert "lyon.xlsx: Grille!A5: warning[workbook-label] the wording of “open_on_time” was changed" in done.err


def test_a_bomb_and_a_workbook_of_another_kind_are_refused(run, blank):
    with zipfile.ZipFile(io.BytesIO(blank)) as old, zipfile.ZipFile("bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, b" " * (40 << 20) if name.endswith("sheet2.xml") else old.read(name))
    done = run("score", "bomb.xlsx")
    assert done.code == 3
    assert "bomb.xlsx: error[workbook-too-large]" in done.err
    openpyxl.Workbook().save("budget.xlsx")
    done = run("import", "budget.xlsx")
    assert done.code == 3
    assert "help: to make a standard of it: servaudit import budget.xlsx --as standard" in done.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["lyon.xlsx", "-o", "lyon.json"], "an observation is written as .yaml"),
        (["lyon.xlsx", "--map", "question=A"], "go with --as standard"),
        (["a.xlsx", "b.xlsx", "--as", "standard"], "a standard is made of one file"),
        (["a.xlsx", "b.xlsx"], "several visits need a folder to go to"),
    ],
)
def test_wrong_usage_is_told(run, arguments, said):
    done = run("import", *arguments)
    assert done.code == 2
    assert said in done.err


def test_a_figure_is_explained_down_to_its_cell_and_a_report_is_verified(run, blank):
    fill(blank, "lyon.xlsx", **GOOD)
    done = run("explain", "lyon.xlsx", "greeted")
    assert done.code == 0
    assert done.out.rstrip().endswith("lyon.xlsx: Grille!C7")
    assert run("score", "lyon.xlsx", "-o", "report.json").code == 0
    assert run("verify", "report.json").code == 0


def test_nothing_to_import_is_said(run):
    Path("empty").mkdir()
    assert run("import", "empty", "-o", "out").code == 3
    assert run("import", "none.xlsx").code == 3
