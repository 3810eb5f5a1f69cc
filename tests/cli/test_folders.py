"""What is taken from the folders and files that are named: files only, and each once."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("visits")


@pytest.mark.parametrize("command", ["score", "validate"])
def test_a_pipe_in_a_folder_is_not_waited_for(process, command):
    os.mkfifo("pipe.yaml")
    os.mkfifo("pipe.json")
    Path("linked.yaml").symlink_to("pipe.yaml")
    assert process(command, ".", timeout=20).returncode == 0


def test_a_link_that_leads_nowhere_is_said(run):
    Path("gone.yaml").symlink_to("nowhere.yaml")
    assert "left aside: ./gone.yaml" in run("validate", ".").err
    assert "file-not-found" in run("score", "gone.yaml").err


class TestAVisitIsCountedOnce:
    def test_a_file_named_twice_is_scored_once(self, run):
        once = run("score", "lyon.yaml", "--format", "json").out
        assert run("score", "lyon.yaml", "./lyon.yaml", "--format", "json").out == once
        many = run("score", ".", "--format", "json").out
        assert run("score", ".", "lyon.yaml", "--format", "json").out == many

    def test_a_file_that_a_link_leads_to_is_scored_once(self, run):
        Path("the-same.yaml").symlink_to("lyon.yaml")
        assert len(json.loads(run("score", ".", "--format", "json").out)["scorecards"]) == 3
        assert json.loads(run("validate", ".", "--format", "json").out)["files"] == 3

    def test_standard_input_named_twice_is_read_once(self, run):
        text = Path("lyon.yaml").read_bytes()
        assert run("score", "-", "-", stdin=text).code == 0

    def test_one_visit_in_two_files_is_said_at_the_id_of_the_second(self, run):
        Path("z.yaml").write_bytes(Path("lyon.yaml").read_bytes())
        done = run("score", ".")
        assert done.code == 0
        line = next(n for n, text in enumerate(Path("z.yaml").read_text("utf-8").splitlines(), 1) if "lyon-1" in text)
        assert f"./z.yaml:{line}:" in done.err
        assert "warning[duplicate-visit] visit “lyon-1” is also in ./lyon.yaml: both count" in done.err
        assert run("validate", ".").code == 0
        assert run("validate", ".", "--strict").code == 1

    def test_one_id_by_two_standards_is_two_visits(self, run, visits):
        standard = visits.parent / "standards/counter.yaml"
        other = standard.read_text("utf-8").replace("version: 1.0.0", "version: 1.0.1")
        standard.with_name("other.yaml").write_text(other, "utf-8")
        Path("z.yaml").write_text(Path("lyon.yaml").read_text("utf-8").replace("@1.0.0", "@1.0.1"), "utf-8")
        assert run("score", "z.yaml", "lyon.yaml").err == ""
