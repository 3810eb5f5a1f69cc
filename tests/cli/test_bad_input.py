"""All that can be wrong with what servaudit is given, one by one: a place, a reason, what to do; never a traceback."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from factories import HOSTILE, hostile_visit

pytestmark = pytest.mark.usefixtures("visits")

FORMATS = ("json", "jsonl", "csv", "html", "xlsx")
HEAD = "kind: observation\nstandard: counter@1.0.0\nvisit: {id: v1, context: {open_counters: 2}}\n"
BOMB = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
FILES = {
    "empty file": (b"", "file-empty"),
    "only spaces": (b" \n\n", "file-empty"),
    "binary file": (bytes(range(256)) * 40, "not-text"),
    "a photo named .yaml": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not-text"),
    "UTF-16": ((HEAD + "answers: {}\n").encode("utf-16"), "encoding"),
    "Windows-1252": ((HEAD + "note: été\nanswers: {}\n").encode("cp1252"), "encoding"),
    "60,000 brackets": (b"kind: observation\nanswers: " + b"[" * 60_000, "too-deep"),
    "60,000 braces": (b"kind: observation\nanswers: " + b"{a: " * 60_000, "too-deep"),
    "60,000 indents": ("\n".join(" " * n + "a:" for n in range(2000)).encode(), "too-deep"),
    "alias bomb": (f"a0: &a0 [x]\n{BOMB}".encode(), "alias"),
    "duplicate key": (f"{HEAD}answers: {{mark: 8, mark: 9}}\n".encode(), "duplicate-key"),
    "unknown key": (f"{HEAD}answers: {{}}\nanswerz: {{}}\n".encode(), "unknown-key"),
    "wrong type": (f"{HEAD}answers: [yes]\n".encode(), "wrong-type"),
    "missing standard": (HEAD.replace("counter@", "counters@").encode() + b"answers: {}\n", "standard-not-found"),
    "wrong version": (HEAD.replace("1.0.0", "1.0.1").encode() + b"answers: {}\n", "version-mismatch"),
    "wrong unit": (f"{HEAD}answers: {{wait: 3 km}}\n".encode(), "answer-unit"),
    "a tag": (f"{HEAD}answers: {{mark: !!python/object/apply:os.system [id]}}\n".encode(), "tag"),
    "two documents": (f"{HEAD}answers: {{}}\n---\na: 1\n".encode(), "several-documents"),
    "infinity": (f"{HEAD}answers: {{mark: 1e999}}\n".encode(), "answer-range"),
    "a number of 5,000 figures": (f"{HEAD}answers: {{mark: {'9' * 5000}}}\n".encode(), "answer-unknown"),
    "photo outside": (f"{HEAD}answers: {{mark: {{value: 8, evidence: ../../a.jpg}}}}\n".encode(), "evidence-path"),
    "photo at the root": (f"{HEAD}answers: {{mark: {{value: 8, evidence: /etc/passwd}}}}\n".encode(), "evidence-path"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_has_a_place_a_reason_and_hides_no_other(run, name):
    content, code = FILES[name]
    Path("bad.yaml").write_bytes(content)
    began = time.monotonic()
    done = run("score", "bad.yaml", "lyon.yaml", "--lang", "fr")
    assert time.monotonic() - began < 5
    assert done.code == 3
    assert f"erreur[{code}]" in done.err
    assert done.err.startswith("bad.yaml:")
    assert "Lyon Part-Dieu" in done.out
    assert run("validate", "bad.yaml").code in (1, 3)


def test_a_file_of_200_mb_is_refused_unread(process):
    with Path("bad.yaml").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    limit = 150 * 1024 * 1024  # less than the file: it cannot have been read whole

    def bounded():
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))

    done = process("score", "bad.yaml", "lyon.yaml", preexec_fn=bounded)
    assert done.returncode == 3
    assert done.stderr.startswith("bad.yaml: error[file-too-large]")
    assert "Lyon Part-Dieu" in done.stdout


class TestHostileStandards:
    """Expressions can neither loop nor reach for anything; skip logic cannot go round."""

    @pytest.mark.parametrize(
        ("expression", "code"),
        [
            ("().__class__.__bases__[0].__subclasses__()", "unknown-name"),
            ("score.__class__", "expression-type"),
            ("parameters.__class__", "expression-type"),
            ("''.join(['a'])", "unknown-name"),
            ("__import__('os').system('id')", "unknown-name"),
            ("open('/etc/passwd')", "unknown-name"),
            ("[x for x in [1]]", "expression-syntax"),
            ("(lambda: 1)()", "unknown-name"),
            ("10 ** 10 ** 10", "expression-syntax"),
            ("'a' * 999999999", "expression-type"),
            ("1 << 99999", "expression-syntax"),
            ("(a := 3)", "expression-syntax"),
            ("score if score else " * 45 + "score", "expression-syntax"),
            ("(" * 300 + "score" + ")" * 300, "expression-syntax"),
            ("not " * 200 + "score", "expression-syntax"),
            ("9" * 900, "expression-syntax"),
            ("f'{score}'", "expression-syntax"),
            ("while True: pass", "expression-syntax"),
            ("score\n\n\n", None),
            ("x" * 2000, "bad-value"),
        ],
    )
    def test_an_expression_that_loops_or_reaches_for_attributes(self, run, visits, expression, code):
        standard = {
            "kind": "standard", "id": "bad", "version": "1.0.0", "title": "Bad",
            "criteria": [{"id": "a", "text": "A"}], "scoring": {"measures": {"m": expression}},
        }  # fmt: skip
        (visits.parent / "standards/bad.yaml").write_text(json.dumps(standard), "utf-8")
        began = time.monotonic()
        done = run("validate", visits.parent / "standards/bad.yaml")
        assert time.monotonic() - began < 5
        assert done.code == (1 if code else 0)
        assert [line.split("error[")[1].split("]")[0] for line in done.out.splitlines() if "error[" in line] == (
            [code] if code else []
        )

    def test_cyclic_skip_logic(self, run, visits):
        text = (visits.parent / "standards/counter.yaml").read_text("utf-8")
        cycle = text.replace("applies_when: context.renewal", "applies_when: answers.ramp == 'yes'")
        (visits.parent / "standards/counter.yaml").write_text(cycle, "utf-8")
        done = run("score", "lyon.yaml")
        assert done.code == 3
        assert "error[cyclic-applicability] applicability goes round in a circle: ramp → ramp" in done.err


def test_what_somebody_typed_is_never_a_formula_markup_or_a_control_sequence(run):
    Path("hostile.json").write_text(hostile_visit(), "utf-8")
    outputs = [option for form in FORMATS for option in ("-o", f"h.{form}")]
    done = run("score", "hostile.json", *outputs)
    assert done.code == 0
    printed = done.out + done.err + run("explain", "hostile.json").out
    assert not set(printed) & {chr(code) for code in (*range(9), *range(11, 32), *range(127, 160))}
    assert len(done.out) < 8000  # 40,000 characters of a note are for the reports
    page = Path("h.html").read_text("utf-8")
    assert "<script>alert" not in page
    assert "{{ 7*7 }}" in page
    assert "\x1b" not in page
    rows = list(csv.reader(io.StringIO(Path("h.csv").read_text("utf-8-sig"))))
    texts = [cell for row in rows for cell in row if not re.fullmatch(r"[+-]?[\d.]+", cell)]
    assert not [text for text in texts if text.startswith(tuple("=+-@\t\r"))]
    card = json.loads(Path("h.json").read_text("utf-8"))["scorecards"][0]
    assert card["visit"]["id"] == "=1+1"  # data is data where nothing is run
    assert json.loads(Path("h.jsonl").read_text("utf-8"))["visit"]["site"] == HOSTILE["markup"]
    book = load_workbook("h.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert any(cell.value.startswith("=1+1") for cell in cells)
    formulas = [cell.value for cell in cells if cell.data_type == "f"]
    assert not [formula for formula in formulas if any(typed in formula for typed in ("1+1", "cmd", "SUM(A1)"))]
    assert max(len(cell.value) for cell in cells) <= 32_767
    with zipfile.ZipFile("h.xlsx") as package:
        parts = "".join(package.read(name).decode() for name in package.namelist() if name.endswith((".xml", ".rels")))
    assert not set(parts) & {chr(code) for code in (*range(9), 11, 12, *range(14, 32))}


class TestOutputs:
    @pytest.mark.parametrize("form", FORMATS)
    def test_a_full_disk_leaves_nothing_and_keeps_what_was_there(self, run, process, form):
        assert run("score", ".", "-o", f"out/visits.{form}").code == 0
        before = Path(f"out/visits.{form}").read_bytes()

        def full():
            resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))

        # Of a compiled module, too, Python would write what fits, and every later test would stumble over that.
        own = {**os.environ, "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
        done = process("score", ".", "-o", f"out/visits.{form}", "-o", f"out/new.{form}", preexec_fn=full, env=own)
        assert done.returncode == 74
        assert f"out/visits.{form}: cannot be written: " in done.stderr
        assert [path.name for path in Path("out").iterdir()] == [f"visits.{form}"]
        assert Path(f"out/visits.{form}").read_bytes() == before

    def test_a_folder_in_place_of_a_file(self, run):
        Path("folder.html").mkdir()
        done = run("score", "lyon.yaml", "-o", "folder.html")
        assert (done.code, done.out) == (74, "")
        assert "folder.html: this is a folder; name a file" in done.err

    @pytest.mark.parametrize("form", ["text", "json"])
    def test_a_full_standard_output(self, process, form):
        with Path("/dev/full").open("w") as full:
            streams = {"capture_output": False, "stdout": full, "stderr": subprocess.PIPE}
            done = process("score", "lyon.yaml", "--format", form, **streams)
        assert done.returncode == 74
        assert done.stderr == "error: the output cannot be written: the disk is full\n"

    @pytest.mark.parametrize("form", ["text", "json"])
    def test_a_closed_pipe_ends_quietly(self, form):
        many(3000)
        command = f"'{sys.executable}' -m servaudit score ../many --format {form} | head -1"
        done = subprocess.run(["bash", "-c", command], capture_output=True, encoding="utf-8", check=False)
        assert len(done.stdout.splitlines()) == 1
        assert done.stderr == ""


def many(count: int) -> None:
    """Make a folder of many visits."""
    Path("../many").mkdir()
    text = Path("lyon.yaml").read_text("utf-8")
    for number in range(count):
        Path(f"../many/{number:05}.yaml").write_text(text.replace("lyon-1", f"lyon-{number}"), "utf-8")


def test_ctrl_c_in_the_middle_leaves_no_half_written_file(run):
    many(4000)
    run("score", "lyon.yaml", "-o", "out/old.csv")
    before = Path("out/old.csv").read_bytes()
    outputs = [option for name in ("new.csv", "old.csv", "new.json") for option in ("-o", f"out/{name}")]
    command = [sys.executable, "-m", "servaudit", "score", "../many", *outputs]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8") as running:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:  # until it is in the middle of writing
            if any(path.suffix == ".tmp" and path.stat().st_size for path in Path("out").iterdir()):
                break
            time.sleep(0.01)
        running.send_signal(signal.SIGINT)
        error = running.communicate(timeout=30)[1]
    assert running.returncode == 130
    assert "Traceback" not in error
    assert [path.name for path in Path("out").iterdir()] == ["old.csv"]
    assert Path("out/old.csv").read_bytes() == before


AUDITORS = [
    ("answers:\n  mark: 7,5\n", None),
    ("answers:\n  mark: '7,5'\n", None),
    ("answers: {exit_clear: O}\n", "write it in full: “Oui”"),
    ("answers: {exit_clear: OUI}\n", None),
    ("answers: {exit_clear: N}\n", "write it in full: “no” / “Non” / “No”"),
    ("answers: {smile: Toujours}\n", None),
    ("answers: {smile: TOUJOUR}\n", "did you mean “toujours”?"),
    ("answers:\n\tmark: 8\n", "spaces"),
    ("answers:\n  mark 8\n", "write a colon and a space between them: mark: 8"),
    ("answers:\n  mark:8\n", "write a colon and a space between them: mark: 8"),
    ("answers:\n  mark: 8\n   smile: toujours\n", "indent"),
    ("answers: {mark: “8”}\n", "straight"),
    ("answers: {exit_clear: “oui”}\n", "straight"),
    ("answers: {greted: oui}\n", "did you mean “greeted”?"),
    ("answers: {mark: yes}\n", "write for example"),
    ("answers: {mark: huit}\n", "write for example"),
    ("answers: {mark: 80 %}\n", "4.5"),
    ("answers: {wait: 4 mn 30}\n", "4 min 30 s"),
    ("answers: {wait: 4'30}\n", "4 min 30 s"),
    ("answers: {wait: 1h05}\n", "4 min 30 s"),
    ("answers: {greeted: 7/10}\n", "{yes: 7, no: 3}"),
    (f"answers: {{greeted: [{'oui, ' * 10_001}]}}\n", "{yes: 7, no: 3}"),
    ("answers: {greeted: {oui: beaucoup}}\n", "{yes: 7, no: 3}"),
    ("answers: {mark: 8, note: vu}\n", "{value: …, note: …}"),
]


@pytest.mark.parametrize(("answers", "help_"), AUDITORS, ids=[text.strip()[:40] for text, _ in AUDITORS])
def test_what_an_auditor_gets_wrong_is_explained(run, answers, help_):
    Path("mine.yaml").write_text(HEAD + answers, "utf-8")
    done = run("score", "mine.yaml")
    assert done.code == (3 if help_ else 0)
    assert (help_ or "") in done.err
    assert not help_ or done.err.startswith("mine.yaml:")


@pytest.mark.parametrize(
    ("wrong", "help_"),
    [
        ("date: 03/11/2026", "2026-11-03"),
        ("date: 3 novembre 2026", "2026-11-03"),
        ("started: 9h30", "09:30"),
        ("started: 9:30", "09:30"),
    ],
)
def test_dates_and_times_are_shown_as_they_are_to_be_written(run, wrong, help_):
    text = HEAD.replace("visit: {", f"visit: {{{wrong}, ") + "answers: {}\n"
    Path("mine.yaml").write_text(text, "utf-8")
    done = run("score", "mine.yaml")
    assert done.code == 3
    assert help_ in done.err
