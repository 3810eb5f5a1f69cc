import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from servaudit import __version__

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8", "NO_COLOR": "1"}
GOOD = "kind: standard\nid: shop\nversion: 1.2.0\ntitle: A shop\ncriteria: [{id: hello, text: Hello}]\n"
VISIT = "kind: observation\nstandard: shop@1.2.0\nvisit: {id: v1}\nanswers: {hello: yes}\n"


def servaudit(*arguments: object, **options) -> subprocess.CompletedProcess:
    options = {"capture_output": True, "encoding": "utf-8", "env": ENVIRONMENT, **options}
    return subprocess.run([sys.executable, "-m", "servaudit", *map(str, arguments)], check=False, **options)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shop.yaml").write_text(GOOD, "utf-8")
    (tmp_path / "visit.yaml").write_text(VISIT, "utf-8")
    return tmp_path


def test_good_documents_are_good(folder):
    run = servaudit("validate", folder)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "files: 2, no problem found\n")


def test_one_bad_file_does_not_hide_the_next(folder):
    (folder / "a.yaml").write_text("kind: standard\nid: [\n", "utf-8")
    (folder / "z.yaml").write_text(VISIT.replace("visit:", "visits:"), "utf-8")
    run = servaudit("validate", ".")
    assert run.returncode == 1
    assert [line.split(": ")[0] for line in run.stdout.splitlines() if "error[" in line] == [
        "./a.yaml:2:5",
        "./z.yaml:3:1",
    ]


def test_files_of_others_in_a_folder_are_left_aside_and_named(folder):
    (folder / "compose.yaml").write_text("services: {web: {image: x}}\n", "utf-8")
    (folder / "pod.yaml").write_text("kind: Pod\n", "utf-8")
    (folder / "template.yaml").write_text("Bucket: !Ref Name\n", "utf-8")
    run = servaudit("validate", ".")
    assert run.returncode == 0
    assert "left aside: ./compose.yaml, ./pod.yaml, ./template.yaml" in run.stderr
    assert servaudit("validate", "pod.yaml").returncode == 1


def test_schemas_beside_standards_are_passed_over_in_silence(folder):
    (folder / "schemas").mkdir()
    (folder / "schemas/standard.json").write_text('{"$schema": "https://json-schema.org/x", "type": "object"}', "utf-8")
    (folder / "schemas/data.json").write_text('{"type": "object"}', "utf-8")
    run = servaudit("validate", ".")
    said = "not for servaudit, left aside: ./schemas/data.json\nfiles: 2, no problem found\n"
    assert (run.returncode, run.stdout, run.stderr) == (0, "", said)


def test_a_kind_that_is_nearly_ours_is_not_left_aside(folder):
    (folder / "typo.yaml").write_text("kind: observaton\n", "utf-8")
    assert "did you mean “observation”?" in servaudit("validate", ".").stdout


def test_what_cannot_be_read_ends_with_3(folder):
    run = servaudit("validate", "none.yaml", "shop.yaml")
    assert run.returncode == 3
    assert run.stdout == (
        "none.yaml: error[file-not-found] there is no such file\n"
        "  help: check its name; the path starts from the folder that the command runs in\n"
    )
    (folder / "empty").mkdir()
    assert servaudit("validate", "empty").returncode == 3


def test_strict_counts_warnings(folder):
    (folder / "visit.yaml").write_text(VISIT + 'note: "a\\eb"\n', "utf-8")
    run = servaudit("validate", "visit.yaml")
    assert (run.returncode, "warning[control-character]" in run.stdout) == (0, True)
    assert servaudit("validate", "--strict", "visit.yaml").returncode == 1


def test_the_json_format_holds_every_field_and_nothing_else_is_on_stdout(folder):
    (folder / "visit.yaml").write_text(VISIT.replace("visit:", "visits:"), "utf-8")
    run = servaudit("validate", "visit.yaml", "--format", "json", "--lang", "fr")
    assert json.loads(run.stdout) == {
        "schema": "servaudit/diagnostics/1",
        "files": 1,
        "diagnostics": [
            {"file": "visit.yaml", "line": 3, "column": 1, "end_column": 7, "severity": "error", "code": "unknown-key",
             "message": "“visits” is not a key here", "help": "did you mean “visit”?"},
        ],
    }  # fmt: skip


def test_standard_input_is_read():
    run = servaudit("validate", "-", input=VISIT.replace("shop@1.2.0", "shop@2.0.0"))
    assert run.stdout.startswith("-:2:11: error[version-mismatch] ")


def test_standards_in_other_folders_are_found(folder):
    (folder / "given").mkdir()
    (folder / "shop.yaml").rename(folder / "given/shop.yaml")
    assert servaudit("validate", "visit.yaml").returncode == 1
    assert servaudit("validate", "visit.yaml", "--standards", "given").returncode == 0


def test_messages_are_in_the_language_of_the_environment_or_the_flag(folder):
    (folder / "bad.yaml").write_text("kind: standard\nkind: standard\n", "utf-8")
    french = {**ENVIRONMENT, "LC_ALL": "fr_FR.UTF-8"}
    assert "erreur[duplicate-key]" in servaudit("validate", "bad.yaml", env=french).stdout
    assert "error[duplicate-key]" in servaudit("validate", "bad.yaml", "--lang", "en", env=french).stdout


def test_nothing_in_a_file_or_its_name_reaches_the_terminal_as_a_control_sequence(folder):
    bad = folder / "a\x1b[31m[bold]b.yaml"
    bad.write_text('kind: standard\n"[/x]\\e[31m": 1\n[link=x]\u202ey: \x1b[2J\x07\n', "utf-8")
    run = servaudit("validate", bad)
    assert run.returncode == 1
    assert not set(run.stdout) & set("\x1b\x07\u202e\r")
    assert "[bold]" in run.stdout


def test_an_ascii_terminal_gets_ascii(folder):
    (folder / "bad.yaml").write_text("kind: standard\nkind: é…“\n", "utf-8")
    run = servaudit("validate", "bad.yaml", env={**ENVIRONMENT, "PYTHONIOENCODING": "ascii"})
    assert run.returncode == 1
    assert run.stdout.isascii()
    assert '"kind" is given twice' in run.stdout


def test_the_version_is_answered_before_anything_is_imported():
    run = servaudit("--version", env={**ENVIRONMENT, "PYTHONPROFILEIMPORTTIME": "1"})
    assert run.stdout == f"servaudit {__version__}\n"
    assert not any(name in run.stderr for name in ("typer", "pydantic", "yaml", "rich", "pathlib"))


def test_a_wrong_command_or_option_ends_with_2():
    assert servaudit("validat").returncode == 2
    assert servaudit("validate").returncode == 2
    assert servaudit("schema", "recipe").returncode == 2


def test_a_closed_pipe_ends_without_a_traceback(folder):
    for number in range(300):
        (folder / f"bad{number}.yaml").write_text("kind: standard\n", "utf-8")
    command = f"'{sys.executable}' -m servaudit validate . | head -c 10 >/dev/null; echo ${{PIPESTATUS[0]}}"
    run = subprocess.run(["bash", "-c", command], capture_output=True, encoding="utf-8", env=ENVIRONMENT, check=False)
    assert (run.stdout, "Traceback" in run.stderr) == ("74\n", False)


def test_a_full_disk_ends_with_74():
    with Path("/dev/full").open("w") as full:
        run = servaudit("schema", "standard", capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert run.returncode == 74
    assert run.stderr == "error: the output cannot be written: the disk is full\n"


def test_a_bug_is_reported_without_a_traceback_or_data():
    code = """
import sys
from servaudit import __main__, audit
audit.Audit.check = lambda *_: 1 / 0
sys.argv = ["servaudit", "validate", "visit.yaml"]
__main__.main()
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 70
    assert "ZeroDivisionError" in run.stderr
    assert "Traceback" not in run.stderr
    assert "visit.yaml" not in run.stderr


def test_an_interruption_ends_with_130():
    os.mkfifo("never.yaml")
    command = [sys.executable, "-m", "servaudit", "validate", "never.yaml"]
    # Opening for writing waits until servaudit has opened the file, so that it is in the middle of reading.
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=ENVIRONMENT) as run, Path("never.yaml").open("wb"):
        run.send_signal(signal.SIGINT)
        error = run.communicate(timeout=30)[1]
    assert run.returncode == 130
    assert b"Traceback" not in error


@pytest.mark.parametrize("kind", ["standard", "observation", "scores"])
def test_a_schema_is_printed_as_it_is_committed(kind):
    run = servaudit("schema", kind)
    assert run.stdout == (ROOT / f"docs/schemas/{kind}.json").read_text("utf-8")
    Draft202012Validator.check_schema(json.loads(run.stdout))


def test_a_fault_is_said_once_whatever_its_file_is_called(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("standards").mkdir()
    Path("servaudit.yaml").write_text("kind: configuration\nstandards: [standards]\n")
    Path("standards/s.yaml").write_text(
        "kind: standard\nid: s\nversion: 1.0.0\ntitle: S\ncriteria: [{id: a, text: A, scale: none_such}]\n"
    )
    Path("c.yaml").write_text(
        "kind: checklist\nid: c\nversion: 1.0.0\ntitle: C\nstandards: [{standard: s, version: 1.0.0}]\n"
    )
    for named in (".", "standards/../"):
        done = run("validate", named)
        assert done.code == 1
        assert done.out.count("[scale-unknown]") == 1
        assert done.out.count("[standard-invalid]") == 1
