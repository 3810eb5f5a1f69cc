"""Past visits are brought to a newer version of their standard, and lose nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from servaudit import sources
from team import edit, team

__all__ = ["team"]
pytestmark = pytest.mark.usefixtures("team")

HISTORY = "history:\n  2.0.0: {rename: {smile: sincere_smile}, remove: [thanked]}\n"


@pytest.fixture(autouse=True)
def _newer(team):  # noqa: ARG001 - it is there first
    """Give the standard a new id, take a criterion away, and raise its version."""
    thanked = "  - {id: thanked, text: {fr: Le client est remercié, en: The customer is thanked}}\n"
    edit(("id: smile", "id: sincere_smile"), (thanked, ""), ("1.2.0", "2.0.0"))
    with Path("counter.yaml").open("a", encoding="utf-8") as file:
        file.write(HISTORY)


def test_one_visit_is_printed_or_written_and_scored_with_the_new_version(run):
    done = run("migrate", "visits/v2.yaml", "--standards", ".")
    assert done.code == 0
    assert done.out == (
        "kind: observation\n"
        "standard: counter@2.0.0\n"
        "visit: {id: v2, site: Lille, date: 2026-11-03}\n"
        "answers: {greeted: no, sincere_smile: yes}\n"
        "former:\n"
        "  counter@1.2.0:\n"
        "    thanked: yes\n"
    )
    assert "visits/v2.yaml:4:45: warning[answer-kept] the answer to “thanked” is kept aside" in done.err
    assert run("migrate", "visits/v2.yaml", "-o", "new/v2.yaml").code == 0
    assert Path("new/v2.yaml").read_text("utf-8") == done.out
    assert run("validate", "new/v2.yaml").code == 0
    assert "33.3%" in run("score", "new/v2.yaml").out


def test_a_folder_is_written_into_a_folder_comments_and_places_kept(run):
    Path("visits/south").mkdir()
    Path("visits/v3.yaml").rename("visits/south/v3.yaml")
    edit(("answers:", "# seen twice\nanswers:"), path="visits/south/v3.yaml")
    assert run("migrate", "visits").code == 2
    assert run("migrate", "visits", "-o", "new", "--standards", ".").code == 0
    assert sorted(str(path) for path in Path("new").rglob("*.yaml")) == [
        "new/south/v3.yaml", "new/v1.yaml", "new/v2.yaml",
    ]  # fmt: skip
    assert "# seen twice\nanswers: {greeted: yes, sincere_smile: yes}" in Path("new/south/v3.yaml").read_text("utf-8")
    assert run("migrate", "visits", "-o", "new").code == 74  # what is there is not replaced
    assert run("migrate", "visits", "-o", "new", "--force").code == 0


def test_a_visit_that_is_up_to_date_stays_as_it_is(run):
    run("migrate", "visits/v1.yaml", "-o", "visits/v1.yaml", "--force")
    before = Path("visits/v1.yaml").read_bytes()
    assert b"counter@2.0.0" in before
    assert run("migrate", "visits/v1.yaml", "-o", "visits/v1.yaml").code == 0
    assert Path("visits/v1.yaml").read_bytes() == before


def test_a_version_in_between_can_be_asked_for_and_none_before(team, run):
    team("commit", "-qam", "2.0.0")
    edit(("2.0.0   #", "3.0.0   #"), ("weight: 2", "weight: 3"))
    assert "counter@2.0.0" in run("migrate", "visits/v1.yaml", "--to", "2.0.0").out
    assert "counter@3.0.0" in run("migrate", "visits/v1.yaml").out
    run("migrate", "visits/v1.yaml", "-o", "visits/v1.yaml", "--force")
    done = run("migrate", "visits/v1.yaml", "--to", "2.0.0")
    assert done.code == 3
    assert "visits/v1.yaml:2:11: error[version-mismatch]" in done.err
    assert "later than 2.0.0" in done.err
    assert run("migrate", "visits/v1.yaml", "--to", "9.0.0").code == 3


def test_what_the_new_version_cannot_read_is_refused_at_its_place_and_nothing_is_written(run):
    edit(("smile: no", "smile: perhaps"), path="visits/v1.yaml")
    done = run("migrate", "visits", "-o", "new")
    assert done.code == 3
    assert "visits/v1.yaml:4:32: error[answer-unknown]" in done.err
    assert not Path("new/v1.yaml").exists()
    assert Path("new/v2.yaml").exists()


def test_what_is_removed_without_a_word_is_refused(run):
    edit(("remove: [thanked]", "remove: []"))
    done = run("migrate", "visits/v1.yaml")
    assert done.code == 3
    assert "error[unknown-criterion] the standard has no criterion “thanked” here" in done.err
    assert done.out == ""


def test_json_and_standard_input_work_too(run):
    data = sources.read("visits/v1.yaml").data
    Path("v1.json").write_text(json.dumps(data))
    assert json.loads(run("migrate", "v1.json").out)["answers"] == {"greeted": "yes", "sincere_smile": "no"}
    done = run("migrate", "-", "--standards", ".", stdin=Path("visits/v1.yaml").read_bytes())
    assert "sincere_smile: no" in done.out


def test_a_visit_made_with_a_checklist_goes_to_the_newest_checklist_and_what_it_takes(run):
    head = "kind: checklist\nid: grid\ntitle: Grid\n"
    Path("grid.yaml").write_text(f"{head}version: 1.1.0\nstandards: [{{standard: counter, version: ^2.0}}]\n")
    edit(("standard: counter@1.2.0", "checklist: grid@1.0.0\nstandards: [counter@1.2.0]"), path="visits/v2.yaml")
    done = run("migrate", "visits/v2.yaml", "-o", "v2.yaml")
    assert done.code == 0
    text = Path("v2.yaml").read_text("utf-8")
    assert "checklist: grid@1.1.0\nstandards: [counter@2.0.0]\n" in text
    assert "sincere_smile: yes" in text
    assert run("validate", "v2.yaml").code == 0


def test_a_standard_with_errors_takes_no_visit(run):
    edit(("score >= 0.6", "scores >= 0.6"))
    done = run("migrate", "visits/v1.yaml")
    assert done.code == 3
    assert "visits/v1.yaml:2:11: error[standard-invalid] “counter@2.0.0” has errors of its own" in done.err
    assert done.out == ""


def test_a_version_that_is_none_is_wrong_usage(run):
    assert run("migrate", "visits/v1.yaml", "--to", "newest").code == 2
    assert run("migrate", "visits/v1.yaml", "--to", "").code == 2


def test_answers_that_are_none_are_said(run):
    edit(("greeted: yes", "greeted: [[yes]]"), path="visits/v1.yaml")
    assert run("migrate", "visits/v1.yaml").code == 3
    edit(("standard: counter@1.2.0", "checklist: grid@1.0.0\nstandards: [counter@1.2.0, desk@1.0.0]"),
         path="visits/v2.yaml")  # fmt: skip
    head = "kind: checklist\nid: grid\ntitle: Grid\nversion: 1.0.0\n"
    uses = "[{standard: counter, version: ^2.0}, {standard: desk, version: 1.0.0}]"
    Path("grid.yaml").write_text(f"{head}standards: {uses}\n")
    assert run("migrate", "visits/v2.yaml").code == 3


@pytest.mark.parametrize(("arguments", "code"), [(["none.yaml"], 3), (["."], 2), (["counter.yaml"], 3)])
def test_what_is_no_visit_is_said(run, arguments, code):
    assert run("migrate", *arguments).code == code


def test_evidence_that_stays_behind_is_said(run):
    for name in ("door.jpg", "sign.jpg", "yes"):
        Path("visits", name).write_bytes(b"\xff\xd8\xff")
    answer = "smile: {value: yes, evidence: [door.jpg, gone.jpg, ../counter.yaml, door.jpg]}"
    edit(("smile: yes", answer), ("thanked: yes", "thanked: {note: So it was., evidence: sign.jpg}"),
         ("answers: {", "answers: {evidence: [yes, no], "), path="visits/v2.yaml")  # fmt: skip
    edit(("criteria:\n", "criteria:\n  - {id: evidence, text: Evidence is shown, repeat: mean}\n"))
    done = run("migrate", "visits/v2.yaml", "-o", "new/v2.yaml", "--standards", ".")
    assert done.code == 0
    said = "new/v2.yaml: its evidence stays in visits: copy it beside the new file: "
    assert sorted(done.err.partition(said)[2].partition("\n")[0].split(", ")) == ["door.jpg", "sign.jpg"]
    assert "evidence stays" not in run("migrate", "visits/v2.yaml", "-o", "visits/v2-new.yaml", "--standards", ".").err
