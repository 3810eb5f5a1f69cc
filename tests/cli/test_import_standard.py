"""`servaudit import GRID --as standard`: written once, checked, said; asked where it is not sure; bad files refused."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

GRIDS = Path(__file__).parents[1] / "cases/grids"
ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8", "NO_COLOR": "1"}


@pytest.fixture(autouse=True)
def grids(tmp_path, monkeypatch):
    shutil.copytree(GRIDS, tmp_path / "grids", ignore=shutil.ignore_patterns("*.yaml", "*.py"))
    monkeypatch.chdir(tmp_path / "grids")


def book(name, *rows):
    made = Workbook()
    for row in rows:
        made.active.append(row)
    made.save(name)


def test_a_grid_becomes_a_file_that_validates_and_scores(run):
    done = run("import", "agence.xlsx", "--as", "standard", "-o", "agence.yaml")
    assert (done.code, done.out) == (0, "")
    assert "taken from Grille: criteria 9, sections 3" in done.err
    assert "Grille!C15 “Total”: a total" in done.err
    assert "written: agence.yaml" in done.err
    assert run("validate", "agence.yaml").code == 0
    visit = "kind: observation\nstandard: grille_audit_accueil_agence@0.1.0\nvisit: {id: v}\nanswers:\n"
    Path("visit.yaml").write_text(visit + "  client_remercie_raccompagne: Oui\n", "utf-8")
    assert run("score", "visit.yaml").code == 0


def test_the_summary_and_the_comments_are_in_french_too(run):
    done = run("import", "restaurant.xlsx", "--as", "standard", "--lang", "fr")
    assert "# Ébauche tirée de restaurant.xlsx par servaudit import\N{NO-BREAK SPACE}: Audit salle." in done.out
    assert "Listes\N{NO-BREAK SPACE}: feuille masquée" in done.err


def test_without_output_the_draft_goes_to_standard_output_whole(run):
    done = run("import", "nettoyage.csv", "--as", "standard")
    assert done.out.startswith("# yaml-language-server: $schema=")
    assert run("validate", "-", stdin=done.out.encode()).code == 0


def test_a_file_that_is_there_is_kept_unless_forced(run):
    Path("agence.yaml").write_text("a week of work", "utf-8")
    done = run("import", "agence.xlsx", "--as", "standard", "-o", "agence.yaml")
    assert done.code == 74
    assert Path("agence.yaml").read_text("utf-8") == "a week of work"
    assert run("import", "agence.xlsx", "--as", "standard", "-o", "agence.yaml", "--force").code == 0
    assert "kind: standard" in Path("agence.yaml").read_text("utf-8")


def test_the_nearest_schema_is_named_for_the_editor(run):
    Path("schemas").mkdir()
    Path("schemas/standard.json").write_text("{}", "utf-8")
    Path("deep").mkdir()
    assert run("import", "agence.xlsx", "--as", "standard", "-o", "deep/a.yaml").code == 0
    assert (
        Path("deep/a.yaml").read_text("utf-8").startswith("# yaml-language-server: $schema=../schemas/standard.json\n")
    )


def test_columns_that_cannot_be_told_are_said_with_the_command_that_does_it(run):
    book("mystere.xlsx", ("Quoi", "Combien"), ("Le client est salué à son entrée", 2), ("Le client est remercié", 1))
    done = run("import", "mystere.xlsx", "--as", "standard", "-o", "m.yaml")
    assert done.code == 3
    assert "mystere.xlsx: Sheet!A1: error[grid-columns] no row of headings was found" in done.err
    assert "headings seen: A Quoi; B Combien" in done.err
    command = done.err.partition("for example: ")[2].strip().removeprefix("servaudit ").split()
    assert run(*command).code == 0
    written = Path("m.yaml").read_text("utf-8")
    assert ("Le client est remercié" in written, "Quoi" in written) == (True, False)


def test_the_columns_may_be_named(run):
    book("mystere.xlsx", ("Lieu", "Quoi", "Combien"), ("Porte", "Le client est salué", 2), ("Caisse", "Merci", 1))
    done = run(
        "import", "mystere.xlsx", "--as", "standard", "--map", "question=quoi,section=A,weight=combien", "--id", "m"
    )
    assert done.code == 0
    assert "id: m\n" in done.out
    assert "weight: 2" in done.out
    assert "- id: caisse" in done.out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--map", "quoi=A"), "--map quoi=A"),
        (("--map", "question"), "--map question"),
        (("--map", "row=0x"), "--map row=0x"),
        (("--id", "Ma grille"), "--id Ma grille"),
        (("--answers", "bof"), "--answers bof"),
        (("-o", "a.xlsx"), "one of .yaml and .yml"),
    ],
)
def test_wrong_options_are_wrong_usage(run, options, said):
    done = run("import", "agence.xlsx", "--as", "standard", *options)
    assert done.code == 2
    assert said in done.err


def test_a_sheet_that_is_not_there_is_said_with_those_that_are(run):
    done = run("import", "hotel.xlsx", "--as", "standard", "--sheet", "Room")
    assert done.code == 3
    assert "no sheet is called “Room”; there are Summary, Front desk, and Rooms" in done.err


def test_one_sheet_may_be_asked_for_and_hidden_ones_taken(run):
    done = run("import", "hotel.xlsx", "--as", "standard", "--sheet", "rooms")
    assert "criteria 3, sections 2" in done.err
    assert "Front desk: not asked for" in done.err
    assert "Ancien critère" in run("import", "deja-rempli.xlsx", "--as", "standard", "--hidden").out


def test_answers_may_be_said_for_the_whole_grid(run):
    book("court.xlsx", ("Critère", "Poids"), ("Salut", 1), ("Merci", 2))
    assert "range: [0, 20], max: 20" in run("import", "court.xlsx", "--as", "standard", "--answers", "/20").out


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("none.xlsx", None, "file-not-found"), ("text.xlsx", b"Critere;Poids", "workbook-unreadable"),
        ("empty.xlsx", b"", "workbook-unreadable"), ("half.xlsx", b"PK\x03\x04broken", "workbook-unreadable"),
        ("empty.csv", b"", "file-empty"), ("binary.csv", b"PK\x03\x04\0\0\0", "not-text"),
    ],
)  # fmt: skip
def test_what_is_no_grid_is_refused_with_a_code(run, name, content, code):
    if content is not None:
        Path(name).write_bytes(content)
    done = run("import", name, "--as", "standard", "-o", "out.yaml")
    assert done.code == 3
    assert f"error[{code}]" in done.err
    assert not Path("out.yaml").exists()


def test_a_zip_bomb_is_refused_at_once(run):
    with zipfile.ZipFile("agence.xlsx") as package, zipfile.ZipFile("bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as bomb:
        for name in package.namelist():
            bomb.writestr(name, package.read(name) if "sheet1" not in name else b"<a/>" + b" " * (100 << 20))
    start = time.monotonic()
    done = run("import", "bomb.xlsx", "--as", "standard")
    assert (done.code, time.monotonic() - start < 5) == (3, True)
    assert "error[workbook-too-large]" in done.err


def test_a_grid_without_a_question_is_said(run):
    book("vide.xlsx", ("Critère", "Poids"), (None, 1))
    done = run("import", "vide.xlsx", "--as", "standard")
    assert done.code == 3
    assert "vide.xlsx: no question was found" in done.err


def test_nothing_in_a_cell_leaves_its_place_in_the_draft(run):
    evil = (
        "=cmd()",
        "Salut\nkind: observation",
        "Merci # ou pas: {x: 1}",
        "\x1b[31mrouge",
        "- liste",
        "'",
        "a\u2028b: c",
    )
    book("evil.xlsx", ("Critère", "Consigne"), *[(text.replace("\x1b", ""), text.replace("\x1b", "")) for text in evil])
    done = run("import", "evil.xlsx", "--as", "standard", "-o", "evil.yaml")
    assert done.code == 0, done.err
    assert run("validate", "evil.yaml").code == 0
    assert Path("evil.yaml").read_text("utf-8").count("\nkind:") == 1


def at_a_terminal(keys):
    """Type at the command; give how it ended and all it said."""
    import pty  # noqa: PLC0415 - not there on Windows

    book("mystere.xlsx", ("Quoi", "Combien"), ("Le client est salué à son entrée", 2), ("Le client est remercié", 1))
    ours, theirs = pty.openpty()
    line = ["import", "mystere.xlsx", "--as", "standard", "-o", "m.yaml", "--lang", "fr"]
    command = [sys.executable, "-m", "servaudit", *line]
    said = b""
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=ENVIRONMENT) as asked:
        os.close(theirs)
        while True:
            try:
                said += os.read(ours, 4096)
            except OSError:
                break
            if said.rstrip().endswith(b"]:") and keys:
                os.write(ours, keys.pop(0))
    os.close(ours)
    return asked.returncode, said.decode()


needs_a_terminal = pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is made")


@needs_a_terminal
def test_on_a_terminal_the_column_and_the_answers_are_asked_for():
    code, said = at_a_terminal([b"a\n", b"bof\n", b"1-4\n"])
    assert code == 0, said
    assert "Quelle colonne contient les questions" in said
    assert said.count("Lesquelles") == 2
    written = Path("m.yaml").read_text("utf-8")
    assert "Le client est salué à son entrée" in written
    assert "scale: score_1_4" in written


@needs_a_terminal
def test_who_ends_it_at_a_question_has_interrupted_it_and_nothing_is_written():
    code, said = at_a_terminal([b"\x04"])
    assert code == 130, said
    assert not Path("m.yaml").exists()
