"""A folder that `servaudit init` made works at once, and nothing in it was replaced."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from servaudit import sources
from servaudit.shelves import Shelves

DELIVERED = sorted({one.head.id for one in Shelves().delivered() if one.head.kind == "standard"})


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path / "audits"


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_score_and_validate_work_in_it_at_once(run, folder, monkeypatch, lang):
    done = run("init", "audits", "--lang", lang)
    assert done.code == 0
    assert "  cd audits\n  servaudit validate .\n  servaudit score\n" in done.out
    monkeypatch.chdir(folder)
    done = run("validate", "--strict", ".")
    assert (done.code, done.out) == (0, "")
    assert "schemas" not in done.err
    done = run("score")
    assert (done.code, done.err) == (0, "")
    assert [word in done.out for word in ("observé", "coverage")] == [lang == "fr", lang == "en"]
    (card,) = json.loads(run("score", "--format", "json").out)["scorecards"]
    assert card["coverage"] == 1
    assert card["score"] is not None


@pytest.mark.parametrize("name", DELIVERED)
def test_every_standard_of_the_library_can_be_adopted(run, folder, monkeypatch, name):
    assert run("init", "audits", "--standard", name).code == 0
    monkeypatch.chdir(folder)
    done = run("validate", "--strict", ".")
    assert (done.code, done.out) == (0, "")
    done = run("score", "--format", "json")
    assert done.code == 0, done.err
    assert json.loads(done.out)["scorecards"][0]["verdict"] != "incomplete"


def test_several_standards_have_a_checklist_and_a_visit_each(run, folder, monkeypatch):
    assert run("init", "audits", *(word for name in DELIVERED for word in ("--standard", name))).code == 0
    assert [path.stem for path in sorted(folder.glob("checklists/*"))] == [f"{name}_visit" for name in DELIVERED]
    monkeypatch.chdir(folder)
    assert run("validate", "--strict", ".").code == 0
    cards = json.loads(run("score", "--format", "json").out)["scorecards"]
    assert sorted(card["standard"]["id"] for card in cards) == DELIVERED
    assert len({card["visit"]["id"] for card in cards}) == len(cards)
    titles = [
        path.read_text("utf-8").partition("\ntitle: ")[2].partition("\n")[0] for path in folder.glob("checklists/*")
    ]
    assert len(set(titles)) == len(titles)


def test_what_is_there_is_left_as_it_is(run, folder):
    folder.mkdir()
    (folder / "servaudit.yaml").write_text("kind: configuration\n", "utf-8")
    (folder / "README.md").symlink_to("nowhere")
    done = run("init", "audits")
    assert done.code == 0
    assert "left as it is: audits/servaudit.yaml" in done.err
    assert (folder / "servaudit.yaml").read_text("utf-8") == "kind: configuration\n"
    assert not (folder / "nowhere").exists()
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    done = run("init", "audits", "--lang", "fr")
    assert (done.code, done.out) == (0, "")
    assert "tout y était déjà" in done.err
    assert before == {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_place_that_cannot_be_written_is_said(run, folder):
    folder.write_text("a file", "utf-8")
    done = run("init", "audits")
    assert done.code == 74
    assert "error: audits/" in done.err


def test_a_folder_without_a_name_is_wrong_usage(run, folder):
    assert run("init", "").code == 2
    assert list(folder.parent.iterdir()) == []


def test_a_standard_that_is_not_in_the_library_is_said(run, folder):
    done = run("init", "audits", "--standard", "service_behaviour")
    assert done.code == 3
    assert "did you mean “service_behaviours”" in done.err
    assert not folder.exists()


def test_the_editor_checks_every_document_with_its_schema(run, folder):
    run("init", "audits")
    settings = json.loads((folder / ".vscode/settings.json").read_text("utf-8"))
    for schema, pattern in settings["yaml.schemas"].items():
        files = sorted(folder.glob(pattern))
        assert files
        for file in files:
            data = sources.read(file).data
            # A vocabulary stands among the standards: the first line of a file goes before the settings.
            own = schema[2:].replace("standard", data.get("kind", "standard"))
            assert f"$schema={'../' * (len(file.relative_to(folder).parts) - 1)}{own}" in file.read_text("utf-8")
            validator = Draft202012Validator(json.loads((folder / own).read_text("utf-8")))
            assert list(validator.iter_errors(data)) == []


@pytest.mark.parametrize("name", [".github/workflows/servaudit.yml", ".gitlab-ci.yml", ".pre-commit-config.yaml"])
def test_the_files_for_others_are_yaml_and_leave_no_mark_unfilled(run, folder, name):
    run("init", "audits")
    text = (folder / name).read_text("utf-8")
    assert isinstance(sources.parse(name, text.encode()).data, dict)
    for path in folder.rglob("*"):
        if path.is_file() and "schemas" not in path.parts:
            assert not re.search(r"@[a-z]+@", path.read_text("utf-8"))


def test_score_without_a_file_or_a_configuration_says_what_to_do(run, folder):
    folder.mkdir()
    done = run("score")
    assert done.code == 2
    assert "name a file or folder to score" in done.err
    Path("servaudit.yaml").write_text("kind: configuration\nvisits: [nowhere]\n", "utf-8")
    done = run("score")
    assert done.code == 3
    assert "nowhere: error[file-not-found]" in done.err
    assert run("list").code == 0


@pytest.mark.parametrize(
    ("name", "schema"),
    [(".github/workflows/servaudit.yml", "vendor.github-workflows"), (".gitlab-ci.yml", "vendor.gitlab-ci")],
)
def test_the_files_of_servers_have_the_shape_that_these_ask_for(run, folder, name, schema):
    run("init", "audits")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, folder / name]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.usefixtures("folder")
def test_visits_are_scored_from_outside_the_folder_too(run):
    run("init", "audits")
    assert run("score", "audits/visits").code == 0


def test_a_standard_is_adopted_with_the_vocabularies_that_it_uses(run, folder, monkeypatch):
    assert run("init", "audits", "--standard", "standard_life").code == 0
    monkeypatch.chdir(folder)
    assert sorted(path.name for path in (folder / "standards").iterdir()) == ["service.yaml", "standard_life.yaml"]
    listed = json.loads(run("list", "--format", "json").out)["documents"]
    nearest = {one["id"]: one["path"] for one in reversed(listed)}
    assert nearest["service"] == str(Path("standards/service.yaml"))
