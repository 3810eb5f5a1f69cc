"""Outputs are written whole or not at all."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from factories import scorecard
from servaudit.render import csv, json, jsonl
from servaudit.render.output import OutputError, made_by_servaudit, write, writing


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def interrupted(target: Path) -> None:
    with writing(target) as output:
        output.write(b"half")
        raise KeyboardInterrupt


def test_a_file_is_written_in_a_folder_made_for_it(tmp_path: Path) -> None:
    target = tmp_path / "new" / "deep" / "visit.json"
    write(target, b"{}")
    assert target.read_bytes() == b"{}"
    assert names(target.parent) == ["visit.json"]


def test_a_failure_in_the_middle_leaves_the_old_content_and_no_trace(tmp_path: Path) -> None:
    target = tmp_path / "visit.jsonl"
    target.write_bytes(jsonl.line(scorecard()))
    before = target.read_bytes()
    with pytest.raises(KeyboardInterrupt):
        interrupted(target)
    assert target.read_bytes() == before
    assert names(tmp_path) == ["visit.jsonl"]


def test_a_fault_that_is_not_of_the_output_stays_itself(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), writing(tmp_path / "a.csv"):
        (tmp_path / "missing").read_bytes()
    assert names(tmp_path) == []


def test_somebody_elses_file_is_not_replaced_unless_forced(tmp_path: Path) -> None:
    target = tmp_path / "visit.json"
    target.write_text('{"mine": true}')
    with pytest.raises(OutputError, match="not made by servaudit") as caught:
        write(target, b"x")
    assert caught.value.path == target
    assert target.read_text() == '{"mine": true}'
    write(target, b"x", force=True)
    assert target.read_bytes() == b"x"


def test_every_format_recognises_its_own_files(tmp_path: Path) -> None:
    ours = {
        "a.json": json.render([scorecard()]),
        "a.jsonl": jsonl.line(scorecard()),
        "a.csv": csv.HEADER + csv.rows(scorecard()),
        "a.html": b'<!doctype html><html><head><meta charset="utf-8"><meta name="generator" content="servaudit 1.0">',
        "empty.json": b"",
    }
    others = {
        "b.json": b'{"schema": "other/1"}',
        "b.csv": b"visit,site\n1,2\n",
        "b.html": b"<p>servaudit</p>",
        "b.xlsx": b"PK not a zip",
    }
    for name, content in {**ours, **others}.items():
        (tmp_path / name).write_bytes(content)
    assert {name for name in {**ours, **others} if made_by_servaudit(tmp_path / name)} == set(ours)


def test_a_workbook_without_our_properties_is_somebody_elses(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
    assert not made_by_servaudit(tmp_path / "a.xlsx")


def test_the_rights_of_a_replaced_file_are_kept(tmp_path: Path) -> None:
    target = tmp_path / "visit.csv"
    target.write_bytes(csv.HEADER)
    target.chmod(0o640)
    write(target, csv.HEADER)
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    real = tmp_path / "real.csv"
    real.write_bytes(csv.HEADER)
    link = tmp_path / "link.csv"
    link.symlink_to(real)
    write(link, csv.HEADER + b"x")
    assert link.is_symlink()
    assert real.read_bytes().endswith(b"x")


def test_a_folder_and_a_parent_that_is_a_file_are_named_errors(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match="folder"):
        write(tmp_path, b"x")
    with pytest.raises(OutputError, match="cannot be written"):
        write(tmp_path / "file" / "visit.json", b"x")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
def test_a_device_is_written_into_and_never_replaced() -> None:
    write(Path("/dev/null"), b"x")
    assert Path("/dev/null").is_char_device()
    with pytest.raises(OutputError, match="the disk is full"):
        write(Path("/dev/full"), b"x" * 100_000)


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from servaudit.render.output import OutputError, writing
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
try:
    with writing(Path(sys.argv[1])) as output:
        for _ in range(100):
            output.write(b"x" * 1000)
except OutputError as error:
    print(error)
    sys.exit(74)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no RLIMIT_FSIZE")
def test_a_full_disk_is_an_output_error_and_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "visit.csv"
    target.write_bytes(csv.HEADER)
    done = subprocess.run(
        [sys.executable, "-B", "-c", FULL_DISK, target], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (74, "")
    assert str(target) in done.stdout
    assert target.read_bytes() == csv.HEADER
    assert names(tmp_path) == ["visit.csv"]
