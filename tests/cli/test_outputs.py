"""Outputs and what they stand on: nothing that is read is ever written over, and nothing good by nothing."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from servaudit.render import pdf

pytestmark = pytest.mark.usefixtures("visits")
AS_JSON = """
{"kind": "observation", "standard": "counter@1.0.0", "visit": {"id": "v", "context": {"open_counters": 2}},
 "answers": {"mark": 8}}
"""


class TestWhatIsReadIsNeverReplaced:
    def kept(self, run, path, *arguments):
        before = Path(path).read_bytes()
        done = run("score", *arguments, "--force")
        assert done.code == 74
        assert "this file is read, so it is not written" in done.err
        assert Path(path).read_bytes() == before

    def test_an_observation(self, run):
        Path("mine.json").write_text(AS_JSON, "utf-8")
        self.kept(run, "mine.json", "mine.json", "-o", "mine.json")
        self.kept(run, "mine.json", ".", "-o", "../visits/mine.json")
        self.kept(run, "mine.json", "lyon.yaml", "mine.json", "-o", "new.csv", "-o", "mine.json")
        assert not Path("new.csv").exists()

    @pytest.mark.parametrize("form", ["json", "jsonl", "csv", "html", "xlsx"])
    def test_an_observation_behind_a_link(self, run, form):
        Path(f"out.{form}").symlink_to("lyon.yaml")
        self.kept(run, "lyon.yaml", "lyon.yaml", "-o", f"out.{form}")

    @pytest.mark.parametrize("version", ["1.0.0", "one"])
    def test_a_standard_even_one_with_faults(self, run, visits, version):
        standard = visits / "counter.yaml"
        text = (visits.parent / "standards/counter.yaml").read_text("utf-8")
        (visits.parent / "standards/counter.yaml").unlink()
        standard.write_text(text.replace("\ncriteria:", "\nwrong: 1\ncriteria:") if version == "one" else text, "utf-8")
        Path("out.json").symlink_to("counter.yaml")
        self.kept(run, standard, "lyon.yaml", "-o", "out.json")

    def test_a_template(self, run):
        assert run("template", "report.xlsx", "-o", "my.xlsx").code == 0
        self.kept(run, "my.xlsx", "lyon.yaml", "--template", "my.xlsx", "-o", "my.xlsx")

    def test_standard_input(self):
        Path("mine.json").write_text(AS_JSON, "utf-8")
        line = [sys.executable, "-m", "servaudit", "score", "-", "-o", "mine.json", "--force"]
        with Path("mine.json").open("rb") as stdin:
            done = subprocess.run(line, stdin=stdin, capture_output=True, check=False)
        assert (done.returncode, Path("mine.json").read_text("utf-8")) == (74, AS_JSON)


def test_one_output_named_in_two_ways_is_written_once(run):
    assert run("score", "lyon.yaml", "-o", "a.csv", "-o", "./a.csv").err == "written: a.csv\n"


def test_two_formats_for_one_file_are_refused(run):
    Path("a.html").symlink_to("a.json")
    done = run("score", "lyon.yaml", "-o", "a.json", "-o", "a.html")
    assert (done.code, done.err) == (2, "error: a.json and a.html are the same file\n")


@pytest.mark.parametrize("name", ["-", "-.json"])
def test_standard_output_is_not_named_as_an_output(run, name):
    done = run("score", "lyon.yaml", "-o", name)
    assert (done.code, done.out) == (2, "")
    assert "for JSON on standard output: --format json" in done.err
    assert not Path("-.json").exists()


def test_an_empty_name_is_said(run):
    assert run("score", "lyon.yaml", "-o", "").err.startswith('error: "": the extension')


class TestNothingScored:
    @pytest.mark.parametrize("form", ["jsonl", "csv", "html", "xlsx"])
    def test_a_report_that_is_there_stays(self, run, form):
        assert run("score", "lyon.yaml", "-o", f"out/a.{form}").code == 0
        before = Path(f"out/a.{form}").read_bytes()
        Path("lyon.yaml").write_text("kind: observation\n", "utf-8")
        done = run("score", "lyon.yaml", "-o", f"out/a.{form}")
        assert done.code == 3
        assert Path(f"out/a.{form}").read_bytes() == before
        assert [path.name for path in Path("out").iterdir()] == [f"a.{form}"]
        assert f"out/a.{form}: left as it was, since nothing could be scored" in done.err
        assert "written:" not in done.err

    @pytest.mark.parametrize("form", ["html", "pdf", "xlsx"])
    @pytest.mark.parametrize("text", ["kind: observation\n", None])
    def test_what_people_read_is_not_written(self, run, monkeypatch, form, text):
        monkeypatch.setattr(pdf, "browser", lambda: "chromium")
        Path("empty").mkdir()
        if text is not None:
            Path("empty/lyon.yaml").write_text(text, "utf-8")
        done = run("--lang", "en", "score", "empty", "-o", f"a.{form}")
        assert done.code == 3
        assert not Path(f"a.{form}").exists()
        assert f"a.{form}: not written, since nothing could be scored\n" in done.err
        assert "written: " not in done.err

    def test_what_programs_read_is_there_without_a_visit(self, run):
        Path("lyon.yaml").write_text("kind: observation\n", "utf-8")
        assert run("score", "lyon.yaml", "-o", "a.csv", "-o", "a.jsonl", "-o", "a.json").code == 3
        assert Path("a.jsonl").read_bytes() == b""
        assert Path("a.csv").read_text("utf-8").count("\n") == 1
        assert json.loads(Path("a.json").read_text("utf-8"))["problems"]

    def test_json_is_replaced_since_it_says_why(self, run):
        assert run("score", "lyon.yaml", "-o", "a.json").code == 0
        Path("lyon.yaml").write_text("kind: observation\n", "utf-8")
        assert run("score", "lyon.yaml", "-o", "a.json").code == 3
        document = json.loads(Path("a.json").read_text("utf-8"))
        assert document["scorecards"] == []
        assert document["problems"]


@pytest.mark.parametrize("name", ["two words.yaml", "-dash.yaml", "it's; $(id).yaml"])
def test_the_command_that_is_printed_can_be_copied(run, name):
    Path("lyon.yaml").rename(name)
    done = run("score", "--", name)
    (line,) = [line for line in done.out.splitlines() if "servaudit explain" in line]
    _, *arguments = shlex.split(line.removesuffix(" says how each figure came about"))
    assert run(*arguments).code == 0


def test_an_empty_name_of_an_observation_is_said(run):
    assert run("score", "").err == '"": error[file-not-found] the name of the file is empty\n'
