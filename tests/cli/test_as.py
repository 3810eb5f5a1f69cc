"""A visit scored under another version of its standard: its answers follow the standard's history, and it is said."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest


@pytest.fixture
def two(visits):
    """Have the counter's standard in version 1.0.0, and in 2.0.0 with one id, one weight and one severity changed."""
    first = visits.parent / "standards/counter.yaml"
    text = first.read_text("utf-8").replace("version: 1.0.0", "version: 2.0.0")
    text = text.replace("id: greeted,", "id: welcomed,").replace("weight: 2}", "weight: 5}")
    text += "history: {2.0.0: {rename: {greeted: welcomed}}}\n"
    (visits.parent / "standards/counter2.yaml").write_text(text, "utf-8")
    return visits


def card(run, *arguments: object) -> dict:
    done = run("score", "lyon.yaml", *arguments, "--format", "json")
    assert done.code == 0, done.err
    (found,) = json.loads(done.out)["scorecards"]
    return found


@pytest.mark.usefixtures("two")
def test_answers_follow_the_history_and_the_report_says_it(run):
    old, new = card(run), card(run, "--as", "2.0.0")
    assert (old["standard"]["version"], new["standard"]["version"]) == ("1.0.0", "2.0.0")
    assert (old["observation"]["made_with"], new["observation"]["made_with"]) == (None, "counter@1.0.0")
    by_id = {one["id"]: one for one in new["criteria"]}
    assert by_id["welcomed"]["score"] == next(one["score"] for one in old["criteria"] if one["id"] == "greeted")
    assert by_id["welcomed"]["weight"] == 5
    assert old["observation"]["sha256"] == new["observation"]["sha256"]
    assert "Scored again: made with 1.0.0, scored with 2.0.0" in run("score", "lyon.yaml", "--as", "2.0.0").out
    done = run("score", "lyon.yaml", "--as", "2.0.0", "--lang", "fr", "-o", "a.html", "-o", "a.xlsx")
    assert "Noté à nouveau\u00a0: fait avec 1.0.0, noté avec 2.0.0" in done.out
    assert "fait avec 1.0.0, noté avec 2.0.0" in Path("a.html").read_text("utf-8")
    shutil.unpack_archive("a.xlsx", "unpacked", "zip")
    assert any("noté avec 2.0.0" in part.read_text("utf-8") for part in Path("unpacked").rglob("*.xml"))


@pytest.mark.usefixtures("two")
def test_its_own_version_changes_nothing_and_a_range_takes_the_highest(run):
    assert card(run, "--as", "1.0.0") == card(run)
    assert card(run, "--as", "^2") == card(run, "--as", "2.0.0")
    assert card(run, "--as", ">=1")["standard"]["version"] == "2.0.0"


def test_what_has_no_place_any_more_is_said(run, two):
    path = two.parent / "standards/counter2.yaml"
    text = path.read_text("utf-8").replace("{rename: {greeted: welcomed}}", "{remove: [greeted]}")
    path.write_text(text, "utf-8")
    done = run("score", "lyon.yaml", "--as", "2.0.0")
    assert done.code == 0
    assert "lyon.yaml:" in done.err
    assert "2.0.0 does not ask for it any more" in done.err


def test_answers_that_do_not_fit_are_refused_at_their_place(run, two):
    path = two.parent / "standards/counter2.yaml"
    path.write_text(path.read_text("utf-8").replace("history: {2.0.0: {rename: {greeted: welcomed}}}\n", ""), "utf-8")
    done = run("score", "lyon.yaml", "--as", "2.0.0")
    assert done.code == 3
    line = next(n for n, text in enumerate(Path("lyon.yaml").read_text("utf-8").splitlines(), 1) if "greeted" in text)
    assert f"lyon.yaml:{line}:" in done.err
    assert "error[unknown-criterion]" in done.err


@pytest.mark.usefixtures("two")
def test_a_version_that_is_not_there_is_said(run):
    done = run("score", "lyon.yaml", "--as", "3.0.0")
    assert done.code == 3
    assert "error[version-mismatch] “counter” is not here in version 3.0.0" in done.err
    assert run("score", "lyon.yaml", "--as", "new").code == 2


@pytest.fixture
def pinned(run, tmp_path, monkeypatch):
    """Stand in a folder that `init` made, under git, whose standard and checklist then changed."""
    run("init", str(tmp_path / "audits"))
    monkeypatch.chdir(tmp_path / "audits")
    for command in (["init", "-q"], ["add", "-A"], ["-c", "user.name=A", "-c", "user.email=a@b", "commit", "-qm", "x"]):
        subprocess.run(["git", *command], check=True)
    run("score", "-q", "-o", "reports/old.json")
    path = Path("standards/service_behaviours.yaml")
    text = (
        path.read_text("utf-8").replace("version: 1.0.0", "version: 2.0.0").replace("id: organised", "id: in_control")
    )
    path.write_text(text + "history: {2.0.0: {rename: {organised: in_control}}}\n", "utf-8")
    path = Path("checklists/visit.yaml")
    path.write_text(
        path.read_text("utf-8").replace("version: 1.0.0", "version: 2.0.0").replace("^1.0.0", "^2"), "utf-8"
    )


@pytest.mark.usefixtures("pinned")
def test_a_visit_made_with_a_checklist_keeps_its_own_standard_and_may_be_brought_to_another(run):
    (card,) = json.loads(run("score", "--format", "json").out)["scorecards"]
    assert card["standard"]["path"].startswith("git:")
    assert card["checklist"]["path"].startswith("git:")
    assert card == {**json.loads(Path("reports/old.json").read_text("utf-8"))["scorecards"][0],
                    "standard": card["standard"], "checklist": card["checklist"]}  # fmt: skip
    done = run("score", "--as", "2.0.0", "--format", "json", "-o", "reports/new.xlsx", "-o", "reports/new.html")
    (card,) = json.loads(done.out)["scorecards"]
    assert (card["standard"]["version"], card["checklist"]["version"]) == ("2.0.0", "2.0.0")
    assert card["observation"]["made_with"] == "visit@1.0.0"
    assert next(one["outcome"] for one in card["criteria"] if one["id"] == "in_control") == "met"
    for name in ("old.json", "new.xlsx", "new.html"):
        assert run("verify", f"reports/{name}").code == 0, name


@pytest.mark.usefixtures("pinned")
def test_campaigns_made_with_two_checklists_are_compared(run):
    text = Path("visits/example.yaml").read_text("utf-8").replace("@1.0.0", "@2.0.0").replace("organised", "in_control")
    Path("after").mkdir()
    Path("after/example.yaml").write_text(text.replace("calm: [always]", "calm: [never]"), "utf-8")
    (one,) = json.loads(run("compare", "visits", "after", "--format", "json").out)["compared"]
    assert (one["before"]["versions"], one["after"]["versions"]) == (["1.0.0"], ["2.0.0"])
    assert one["standard"] == 0
    assert one["service"] == one["change"] < 0
    assert [row["id"] for row in one["criteria"] if row["state"] == "regressed"] == ["calm"]


@pytest.mark.usefixtures("two")
def test_the_version_of_a_visit_made_with_a_checklist_is_said_to_be_that_of_the_checklist(run):
    Path("short.yaml").write_text(
        "kind: checklist\nid: short\nversion: 1.0.0\ntitle: Short\nstandards: [{standard: counter, version: '>=1'}]\n",
        "utf-8",
    )
    path = Path("lyon.yaml")
    named = "checklist: short@1.0.0\nstandards: [counter@1.0.0]"
    path.write_text(path.read_text("utf-8").replace("standard: counter@1.0.0", named), "utf-8")
    done = run("score", "lyon.yaml", "--as", "2.0.0")
    assert done.code == 3
    assert "“short” is not here in version 2.0.0" in done.err
    assert "the version asked for is that of the checklist" in done.err
    assert card(run, "--as", "^1")["standard"]["version"] == "2.0.0"
