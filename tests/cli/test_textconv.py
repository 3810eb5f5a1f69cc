"""`servaudit textconv`, and the real `git diff` with it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.datavalidation import DataValidation


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    book = Workbook()
    sheet = book.active
    sheet.title = "Grille"
    sheet["A1"], sheet["B10"], sheet["B2"], sheet["C1"] = "Critère", "Oui", 2.5, "=1+1"
    sheet["A3"], sheet["D4"] = "deux\nlignes", True
    rule = DataValidation(type="list", formula1='"Oui,Non"')
    rule.add("B10:B12")
    sheet.add_data_validation(rule)
    book.create_sheet("Listes").sheet_state = "hidden"
    book.save("grille.xlsx")


def test_every_cell_is_a_line_in_the_order_of_rows(run):
    done = run("textconv", "grille.xlsx")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "[Grille]", "Grille!A1: Critère", "Grille!C1: =1+1 → ", "Grille!B2: 2.5", "Grille!A3: deux ⏎ lignes",
        "Grille!D4: TRUE", "Grille!B10: Oui", 'Grille!B10:B12 takes list: "Oui,Non"', "[Listes] hidden",
    ]  # fmt: skip


def test_what_a_cell_holds_reaches_no_terminal(run):
    book = Workbook()
    book.active["A1"] = "a\u202eb\u2028c"
    book.save("evil.xlsx")
    assert "a�b�c" in run("textconv", "evil.xlsx").out


@pytest.mark.parametrize("content", [b"", b"text", b"PK\x03\x04"])
def test_what_is_no_workbook_is_said_in_its_place_so_that_git_goes_on(run, content):
    Path("broken.xlsx").write_bytes(content)
    done = run("textconv", "broken.xlsx")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("(")
    assert "broken.xlsx" not in done.out


def test_a_file_that_is_not_there_is_an_error(run):
    assert run("textconv", "none.xlsx").code == 3


@pytest.mark.skipif(shutil.which("git") is None, reason="git is needed")
def test_git_diff_shows_what_changed_in_a_workbook():
    who = {f"GIT_{role}_{what}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}

    def git(*arguments):
        environment = {**os.environ, **who, "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}
        return subprocess.run(
            ["git", *arguments], env=environment, capture_output=True, encoding="utf-8", check=True
        ).stdout

    git("init", "-q")
    Path(".gitattributes").write_text("*.xlsx binary diff=servaudit\n", "utf-8")
    git("config", "diff.servaudit.textconv", f'"{Path(sys.executable).as_posix()}" -m servaudit textconv')
    git("add", ".")
    git("commit", "-q", "-m", "one")
    book = load_workbook("grille.xlsx")
    book["Grille"]["B10"] = "Non"
    book.save("grille.xlsx")
    changed = [line for line in git("diff").splitlines() if line[0] in "+-" and line[:3] not in ("+++", "---")]
    assert changed == ["-Grille!B10: Oui", "+Grille!B10: Non"]
    git("commit", "-aqm", "two")
    assert "+Grille!B10: Non" in git("log", "-p", "-1")
