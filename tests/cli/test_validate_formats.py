"""`servaudit validate --format github|sarif|junit`: what CI servers get, whatever stands in the files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from defusedxml import ElementTree

BAD = 'kind: standard\nid: shop\nversion: 1.0.0\ntitle: Shop\ncriteria: [{id: hello, text: Hello, "wieght": 2}]\n'
EVIL = 'kind: standard\nid: shop\nversion: 1.0.0\ntitle: Shop\n"##[error]x\\n::error::owned": 1\n'


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("bad.yaml").write_text(BAD, "utf-8")
    Path("good.yaml").write_text(BAD.replace("wieght", "weight").replace("shop", "store"), "utf-8")


def test_github_shows_the_place_in_the_pull_request(run):
    done = run("validate", ".", "--format", "github")
    assert done.code == 1
    assert done.out == (
        "::error file=bad.yaml,line=5,col=37,endColumn=45,title=servaudit%3A unknown-key::"
        "“wieght” is not a key here%0Ahelp: did you mean “weight”?\n"
    )
    assert done.err == "files: 2, errors: 1, warnings: 0\n"


def test_sarif_and_junit_are_documents_alone_on_standard_output(run):
    done = run("validate", ".", "--format", "sarif")
    assert (done.code, done.err) == (1, "")
    (result,) = json.loads(done.out)["runs"][0]["results"]
    assert result["ruleId"] == "unknown-key"
    done = run("validate", ".", "--format", "junit", "--lang", "fr")
    assert (done.code, done.err) == (1, "")
    root = ElementTree.fromstring(done.out)
    assert [(case.get("file"), len(case)) for case in root.iter("testcase")] == [("bad.yaml", 1), ("good.yaml", 0)]
    assert "n’est pas une clé ici" in root.find(".//failure").get("message")


@pytest.mark.parametrize("form", ["github", "sarif", "junit"])
def test_good_files_are_good_and_no_file_is_none(run, form):
    assert run("validate", "good.yaml", "--format", form).code == 0
    assert run("validate", "none.yaml", "--format", form).code == 3


def test_what_stands_in_a_file_or_its_name_gives_no_command(run):
    Path("evil.yaml").write_text(EVIL, "utf-8")
    Path("##[add-mask]a.yaml").write_text("not: ours\n", "utf-8")
    done = run("validate", ".", "--format", "github")
    said = done.out + done.err
    assert "##[" not in said
    assert all(line.startswith(("::error file=", "::warning file=", "files: ")) for line in said.splitlines())


def test_a_terminal_that_cannot_say_everything_still_gets_the_same_data(process):
    environment = {"PYTHONIOENCODING": "ascii", "PATH": "", "NO_COLOR": "1", "LC_ALL": "C"}
    for form, read in (("sarif", json.loads), ("junit", ElementTree.fromstring)):
        done = process("validate", "bad.yaml", "--format", form, "--lang", "fr", env=environment)
        document = read(done.stdout)
        text = (
            document["runs"][0]["results"][0]["message"]["text"]
            if form == "sarif"
            else document.find(".//failure").text
        )
        assert "n’est pas une clé ici" in text
