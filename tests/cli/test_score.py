"""`servaudit score` from end to end: what it prints, how it ends, what it writes."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from generated import COMMANDS, PRINTED
from servaudit import audit

pytestmark = pytest.mark.usefixtures("visits")
FORMATS = ("json", "jsonl", "csv", "html", "xlsx")
AS_YAML = b"""
kind: observation
standard: counter@1.0.0
visit: {id: v, context: {open_counters: 2}}
answers: {mark: 8}
"""
AS_JSON = b"""
{"kind": "observation", "standard": "counter@1.0.0", "visit": {"id": "v", "context": {"open_counters": 2}},
 "answers": {"mark": 8}}
"""
EVERY = [option for form in FORMATS for option in ("-o", f"out/visits.{form}")]


@pytest.mark.parametrize("name", COMMANDS)
def test_what_is_printed(run, monkeypatch, name):
    monkeypatch.setenv("COLUMNS", "100")
    command, _, expected = (PRINTED / f"{name}.txt").read_text("utf-8").partition("\n")
    assert command == f"$ servaudit {COMMANDS[name]}"
    done = run(*COMMANDS[name].split())
    assert (done.code, done.out) == (0, expected)


def test_the_json_on_stdout_is_whole_and_alone(run):
    done = run("score", "lille.yaml", "lyon.yaml", "--format", "json", "--lang", "fr")
    document = json.loads(done.out)
    assert (done.code, done.err) == (0, "")
    assert document["schema"] == "servaudit/scores/1"
    assert [card["visit"]["id"] for card in document["scorecards"]] == ["lille-1", "lyon-1"]
    assert [card["score"] for card in document["rollups"]] == [pytest.approx(0.613541667)]
    assert document["problems"] == []


class TestExitCodes:
    def test_0_when_all_is_done(self, run):
        assert run("score", "lille.yaml").code == 0

    def test_1_when_a_score_is_under_the_gate(self, run):
        assert run("score", "lyon.yaml", "--fail-under", "98").code == 0
        assert run("score", "lyon.yaml", "--fail-under", "98.5").code == 1
        assert run("score", "nantes.yaml", "--fail-under", "0").code == 1  # no score is not a score of nothing

    def test_1_when_a_visit_does_not_pass(self, run):
        assert run("score", "lyon.yaml", "--require-pass").code == 0
        assert run("score", "lyon.yaml", "lille.yaml", "--require-pass").code == 1
        assert run("score", "nantes.yaml", "--require-pass").code == 1

    def test_the_gate_is_exact_to_nine_decimals(self, run):
        answers = "answers: {greeted: {oui: 7, non: 3}}"
        text = Path("lyon.yaml").read_text("utf-8")
        Path("lyon.yaml").write_text(text[: text.index("answers:")] + answers, "utf-8")
        assert run("score", "lyon.yaml", "--fail-under", "70").code == 0
        assert run("score", "lyon.yaml", "--fail-under", "70.00001").code == 1

    @pytest.mark.parametrize(
        "arguments",
        [
            ["scor"],
            ["score"],
            ["score", "lyon.yaml", "--nope"],
            ["score", "lyon.yaml", "--lang", "de"],
            ["score", "lyon.yaml", "--format", "xml"],
            ["score", "lyon.yaml", "--fail-under", "101"],
            ["score", "lyon.yaml", "--fail-under", "high"],
            ["score", "lyon.yaml", "--fail-under", "nan"],
            ["score", "lyon.yaml", "-o", "report.docx"],
            ["score", "lyon.yaml", "-o", "report"],
            ["score", "lyon.yaml", "--template", "report.docx"],
        ],
    )
    def test_2_when_it_is_used_wrongly(self, run, arguments):
        done = run(*arguments)
        assert (done.code, done.out) == (2, "")
        assert done.err

    def test_what_is_wrong_is_said_in_the_language_asked_for(self, run):
        assert "l’extension donne le format" in run("score", "lyon.yaml", "-o", "a.docx", "--lang", "fr").err
        assert "l’extension donne le format" in run("score", "lyon.yaml", "-o", "a.docx", "--lang=fr").err

    def test_3_when_something_cannot_be_used(self, run):
        Path("empty").mkdir()
        assert run("score", "none.yaml").code == 3
        assert run("score", "empty").code == 3
        assert run("score", "../standards").code == 3  # a folder without observations
        assert run("score", "../standards/counter.yaml").code == 3  # a standard is no observation

    def test_70_when_the_fault_is_ours(self, run, monkeypatch):
        monkeypatch.setattr(audit.Audit, "visit", lambda *_: 1 / 0)
        done = run("score", "lyon.yaml", "-o", "visits.csv")
        assert done.code == 70
        assert "ZeroDivisionError" in done.err
        assert not Path("visits.csv").exists()

    def test_74_when_an_output_cannot_be_written(self, run):
        done = run("score", "lyon.yaml", "-o", "lyon.yaml/report.html")
        assert (done.code, done.out) == (74, "")
        assert "lyon.yaml/report.html: " in done.err

    def test_130_when_interrupted(self, run, monkeypatch):
        def interrupted(*_):
            raise KeyboardInterrupt

        monkeypatch.setattr(audit.Audit, "visit", interrupted)
        done = run("score", "lyon.yaml", "-o", "visits.csv")
        assert done.code == 130
        assert not Path("visits.csv").exists()

    def test_the_highest_wins(self, run):
        Path("broken.yaml").write_text("kind: observation\nanswers: [\n", "utf-8")
        assert run("score", ".", "--require-pass").code == 3
        assert run("score", ".", "--require-pass", "-o", "lyon.yaml/report.html").code == 74


def test_one_bad_file_among_many_is_reported_and_the_others_are_scored(run):
    Path("broken.yaml").write_text("kind: observation\nanswers: [\n", "utf-8")
    done = run("score", ".", "-o", "out/visits.json", "-o", "out/visits.csv")
    assert done.code == 3
    assert "./broken.yaml:2:10: error[yaml-syntax]" in done.err
    assert "visits that could not be scored: 1 of 4" in done.err
    assert all(name in done.out for name in ("lille-1", "lyon-1", "nantes-1"))
    document = json.loads(Path("out/visits.json").read_text("utf-8"))
    assert len(document["scorecards"]) == 3
    assert [problem["code"] for problem in document["problems"]] == ["yaml-syntax"]
    rows = list(csv.DictReader(io.StringIO(Path("out/visits.csv").read_text("utf-8-sig"))))
    assert {row["visit"] for row in rows} == {"lille-1", "lyon-1", "nantes-1"}


def test_strict_refuses_a_visit_without_its_evidence_and_says_why(run):
    Path("photos/issue.png").unlink()
    assert run("score", "lille.yaml").code == 0
    done = run("score", "--strict", "lille.yaml")
    assert (done.code, done.out) == (3, "")
    assert "lille.yaml:19:71: warning[evidence-missing] there is no file “photos/issue.png”" in done.err
    assert "not scored, because --strict" in done.err


def test_a_photo_that_is_no_image_is_said_and_scored(run):
    Path("photos/issue.png").write_text("words", "utf-8")
    done = run("score", "lille.yaml")
    assert done.code == 0
    assert "warning[evidence-not-image] “photos/issue.png” is not an image" in done.err


ROOMS = """
kind: standard
id: hotel
version: 1.0.0
title: Hotel
sections:
  - {id: rooms, title: Room, repeat: mean, criteria: [{id: locks, text: The door locks, severity: critical}]}
scoring:
  limits: [{id: two, when: missed.critical >= 2, score: 0.2, text: Two doors}]
"""
STAY = """
kind: observation
standard: hotel@1.0.0
visit: {id: stay}
answers: {rooms: [{locks: no}, {locks: yes}, {locks: no}]}
"""


def test_the_console_says_in_which_room_and_ends_what_was_typed_as_a_sentence(run):
    Path("hotel.yaml").write_text(ROOMS, "utf-8")
    Path("stay.yaml").write_text(STAY, "utf-8")
    lines = [line.strip() for line in run("score", "stay.yaml").out.splitlines()]
    assert "▲ Two doors. The score becomes 20.0%." in lines
    assert [line for line in lines if "The door locks" in line] == [
        "✘ Critical  Room 1 · The door locks  (costs 33.3 pts)",
        "✘ Critical  Room 3 · The door locks  (costs 33.3 pts)",
        "✔ Room 2 · The door locks",
    ]


@pytest.mark.parametrize("document", [AS_YAML, AS_JSON])
def test_standard_input_is_scored_with_the_standards_beside_or_given(run, visits, document):
    done = run("score", "-", stdin=document)
    assert done.code == 0
    assert "80.0%" in done.out
    os.chdir("/")
    assert run("score", "-", stdin=document).code == 3
    assert run("score", "-", "--standards", visits.parent / "standards", stdin=document).code == 0


def test_another_version_is_refused(run):
    text = Path("lyon.yaml").read_text("utf-8").replace("counter@1.0.0", "counter@1.1.0")
    Path("lyon.yaml").write_text(text, "utf-8")
    done = run("score", "lyon.yaml")
    assert done.code == 3
    assert "error[version-mismatch] “counter” is not here in version 1.1.0" in done.err
    assert "found: 1.0.0" in done.err


def test_a_standard_with_faults_is_told_once(run, visits):
    path = visits.parent / "standards/counter.yaml"
    path.write_text(path.read_text("utf-8").replace("pass: {level: good}", "pass: {level: best}", 1), "utf-8")
    done = run("score", ".")
    assert done.code == 3
    assert done.err.count("error[unknown-level]") == 1
    assert done.err.count("error[standard-invalid]") == 3


class TestOutputs:
    def test_every_format_at_once_and_the_same_bytes_twice(self, run):
        first = run("score", ".", *EVERY, "--lang", "fr")
        assert first.code == 0
        once = {path.name: path.read_bytes() for path in Path("out").iterdir()}
        assert set(once) == {f"visits.{form}" for form in FORMATS}
        second = run("score", ".", *EVERY, "--lang", "fr")  # its own files are replaced
        assert second == first
        assert {path.name: path.read_bytes() for path in Path("out").iterdir()} == once
        assert first.err.splitlines() == [f"écrit\u00a0: out/visits.{form}" for form in FORMATS]

    def test_a_file_of_another_is_not_replaced_without_force(self, run):
        for form in FORMATS:
            target = Path(f"mine.{form}")
            target.write_text("kept", "utf-8")
            done = run("score", "lyon.yaml", "-o", target)
            assert (done.code, done.out, target.read_text("utf-8")) == (74, "", "kept")
            assert "--force" in done.err
            assert run("score", "lyon.yaml", "-o", target, "--force").code == 0
            assert target.read_bytes() != b"kept"

    def test_an_observation_is_not_replaced_by_its_report(self, run):
        Path("lyon.json").write_text('{"kind": "observation"}', "utf-8")
        assert run("score", "lyon.yaml", "-o", "lyon.json").code == 74
        assert Path("lyon.json").read_text("utf-8") == '{"kind": "observation"}'

    def test_the_language_of_reports_is_the_flags_or_the_standards(self, run):
        run("score", "lyon.yaml", "-o", "own.html")
        run("score", "lyon.yaml", "-o", "en.html", "--lang", "en")
        assert '<html lang="fr"' in Path("own.html").read_text("utf-8")
        assert '<html lang="en"' in Path("en.html").read_text("utf-8")

    def test_the_same_output_named_twice_is_written_once(self, run):
        assert run("score", "lyon.yaml", "-o", "a.json", "-o", "a.json").err == "written: a.json\n"

    def test_a_template_of_ones_own_is_used_and_its_faults_are_shown(self, run):
        Path("mine.html").write_text("<p>{{ report.visits[0].title }}</p>", "utf-8")
        assert run("score", "lyon.yaml", "--template", "mine.html", "-o", "a.html").code == 0
        assert Path("a.html").read_text("utf-8") == "<p>Lyon Part-Dieu</p>"
        Path("bad.html").write_text("<p>\n{{ report.nothing }}</p>", "utf-8")
        done = run("score", "lyon.yaml", "--template", "bad.html", "-o", "b.html", "-o", "b.json")
        assert done.code == 3
        assert "bad.html:2" in done.err
        assert "error[template]" in done.err
        assert not Path("b.html").exists()
        assert Path("b.json").exists()
        assert "written: b.json" in done.err
        assert "written: b.html" not in done.err

    def test_quiet_says_nothing_when_all_is_well(self, run):
        assert run("score", "lyon.yaml", "--quiet", "-o", "a.json") == (0, "", "")

    def test_the_workbook_and_the_page_hold_the_visits(self, run):
        run("score", ".", "-o", "a.html", "-o", "a.xlsx")
        page = Path("a.html").read_text("utf-8")
        with zipfile.ZipFile("a.xlsx") as package:
            workbook = "".join(package.read(name).decode() for name in package.namelist() if name.endswith(".xml"))
        for text in ("Lille Fives", "Cartons devant la porte", "Lyon Part-Dieu"):
            assert text in page
            assert text in workbook


def on_a_terminal(arguments, columns=80, **environment):
    """Give what a command prints on a terminal."""
    reader, writer = pty.openpty()
    command = [sys.executable, "-m", "servaudit", *arguments]
    keep = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    variables = {**keep, "LC_ALL": "C.UTF-8", "TERM": "xterm", "COLUMNS": str(columns), **environment}
    with subprocess.Popen(command, stdout=writer, stderr=subprocess.DEVNULL, env=variables) as running:
        os.close(writer)
        printed = b""
        while True:
            try:
                chunk = os.read(reader, 65536)
            except OSError:  # the other end was closed
                break
            if not chunk:
                break
            printed += chunk
    os.close(reader)
    assert running.returncode == 0
    return printed.decode().replace("\r\n", "\n")


def test_a_terminal_gets_colours_and_lines_that_fit():
    for arguments in (["score", "lille.yaml"], ["score", "."]):
        for lang in ("fr", "en"):
            printed = on_a_terminal([*arguments, "--lang", lang])
            assert "\x1b[31m" in printed
            plain = re.sub(r"\x1b\[[0-9;]*m", "", printed)
            assert max(map(len, plain.splitlines())) <= 80


def test_colours_can_be_declined():
    assert "\x1b" not in on_a_terminal(["score", "lille.yaml", "--no-color"])
    assert "\x1b" not in on_a_terminal(["score", "lille.yaml"], NO_COLOR="1")
    assert "\x1b" not in on_a_terminal(["score", "lille.yaml"], TERM="dumb")


def test_what_is_piped_is_plain_and_loads_no_rich(process):
    environment = {**os.environ, "PYTHONPROFILEIMPORTTIME": "1", "LC_ALL": "C.UTF-8"}
    done = process("score", "lille.yaml", env=environment)
    assert "\x1b" not in done.stdout
    assert not re.search(r"\b(rich|openpyxl|jinja2)\b", done.stderr)


def test_a_terminal_without_unicode_gets_ascii(process):
    done = process("score", ".", env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "NO_COLOR": "1"})
    assert done.returncode == 0
    assert done.stdout.isascii()
    assert "x" in done.stdout
