"""What is in reach, and what a standard or checklist says, for a person and for a program."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from servaudit.cli import named


@pytest.fixture
def folder(run, tmp_path, monkeypatch):
    """Stand in a folder that `init` made."""
    run("init", str(tmp_path / "audits"))
    monkeypatch.chdir(tmp_path / "audits")
    return tmp_path / "audits"


@pytest.mark.usefixtures("folder")
class TestList:
    def test_what_is_near_comes_first_and_says_where_it_is(self, run):
        lines = run("list").out.splitlines()
        assert lines[0] == "Standards"
        assert lines[1].split()[0] == "service_behaviours@1.0.0"
        assert lines[1].endswith(" 29 criteria  standards/service_behaviours.yaml")
        assert any(line.endswith("library:service_behaviours.yaml") for line in lines)
        assert lines[lines.index("Checklists") + 1].split() == [
            "visit@1.0.0", "Visit", "29", "criteria", "service_behaviours", "checklists/visit.yaml",
        ]  # fmt: skip

    def test_it_is_said_in_french(self, run):
        out = run("list", "--lang", "fr").out
        assert out.startswith("Référentiels\n")
        assert "29 critères" in out

    def test_a_program_gets_the_same(self, run):
        document = json.loads(run("list", "--format", "json").out)
        assert document["schema"] == "servaudit/list/1"
        assert next(one for one in document["documents"] if one["kind"] == "standard") == {
            "kind": "standard", "id": "service_behaviours", "version": "1.0.0",
            "title": "Behaviours of a service provider", "criteria": 29, "standards": None,
            "path": "standards/service_behaviours.yaml", "usable": True,
        }  # fmt: skip

    def test_what_cannot_be_used_is_listed_all_the_same(self, run):
        Path("standards/broken.yaml").write_text("kind: standard\nid: broken\nversion: 1.0.0\ntitel: x\n", "utf-8")
        done = run("list")
        assert done.code == 0
        assert "broken@1.0.0" in done.out
        assert "cannot be used: servaudit validate says why" in done.out

    def test_a_checklist_says_how_much_it_asks_and_of_which_standards(self, run):
        some = "{standard: service_behaviours, version: ^1.0, include: {criteria: [calm, first_impression]}}"
        Path("checklists/some.yaml").write_text(SELECTING.replace("SOME", some), "utf-8")
        Path("checklists/lost.yaml").write_text(
            SELECTING.replace("SOME", some.replace("^1.0", "^9.0")).replace("id: some", "id: lost"), "utf-8"
        )
        lines = {line.split()[0]: line for line in run("list", "--lang", "fr").out.splitlines()}
        assert lines["some@1.0.0"].split("  Some")[1].split() == [
            "5", "critères", "service_behaviours,", "food_hygiene_rating", "checklists/some.yaml",
        ]  # fmt: skip
        assert "critère" not in lines["lost@1.0.0"]
        rows = {row["id"]: row for row in json.loads(run("list", "--format", "json").out)["documents"]}
        hygiene = {"id": "food_hygiene_rating", "version": "1.0.0", "criteria": 3}
        assert (rows["some"]["criteria"], rows["some"]["standards"]) == (
            5, [{"id": "service_behaviours", "version": "1.0.0", "criteria": 2}, hygiene],
        )  # fmt: skip
        assert (rows["lost"]["criteria"], rows["lost"]["standards"], rows["lost"]["usable"]) == (
            None, [{"id": "service_behaviours", "version": None, "criteria": None}, hygiene], True,
        )  # fmt: skip

    def test_vocabularies_are_a_group_of_their_own(self, run):
        lines = run("list", "--lang", "fr").out.splitlines()
        (line,) = (line for line in lines[lines.index("Vocabulaires") :] if "library:service.yaml" in line)
        assert line.split()[0] == "service@1.0.0"
        rows = json.loads(run("list", "--format", "json").out)["documents"]
        (row,) = (row for row in rows if row["path"] == "library:service.yaml")
        assert (row["kind"], row["criteria"], row["standards"], row["usable"]) == ("vocabulary", None, None, True)


SELECTING = """\
kind: checklist
id: some
version: 1.0.0
title: Some
standards: [SOME, {standard: food_hygiene_rating, version: ^1.0}]
"""


VOCABULARY = """\
kind: vocabulary
id: house
version: 1.0.0
language: en
title: {en: Our words, fr: Nos mots}
description: For every shop.
facets: {stage: {title: {en: Stage, fr: Étape}, values: {hello: {en: Welcome, fr: Accueil}, bye: }}}
scales:
  often: {choices: {always: {points: 1, label: {en: Always, fr: Toujours}}, unseen: {points: null}}}
  quick: {curve: [[60, 1], [300, 0]], unit: s}
  mark: {range: [0, 10], unit: "%"}
  why: {info: choice, choices: {price: {en: The price, fr: Le prix}, other: }}
"""
USER = """\
kind: standard
id: shop
version: 1.2.0
title: Shop
use: [house@1.0.0]
criteria: [{id: a, text: A, scale: often, facets: {stage: hello}}]
"""
SHOWN = """\
Nos mots · house@1.0.0
For every shop.
standards/house.yaml · SHA-256 {sha256}…

Étape  [stage]
  Accueil  [hello]
  bye  [bye]

Échelles
  Toujours 1 / unseen  [often]
  60 s → 1 / 300 s → 0  [quick]
  de 0 à 10 %  [mark]
  Le prix / other / relevé, non noté  [why]

Référentiels qui l’utilisent
  shop@1.2.0 · standards/shop.yaml
"""


@pytest.mark.usefixtures("folder")
class TestShowOfVocabularies:
    @pytest.fixture(autouse=True)
    def _vocabulary(self, folder):
        (folder / "standards/house.yaml").write_text(VOCABULARY, "utf-8")
        (folder / "standards/shop.yaml").write_text(USER, "utf-8")

    def test_a_vocabulary_is_shown_with_its_axes_its_scales_and_who_uses_it(self, run):
        sha256 = hashlib.sha256(VOCABULARY.encode()).hexdigest()
        assert run("show", "house", "--lang", "fr").out == SHOWN.replace("{sha256}", sha256[:12])
        assert "Standards that use it\n  shop@1.2.0 · standards/shop.yaml\n" in run("show", "house@1.0.0").out
        Path("standards/shop.yaml").unlink()
        assert run("show", "house").out.endswith("Standards that use it\n  none in reach\n")

    def test_a_program_gets_the_vocabulary_and_the_hash_of_a_standard_with_it(self, run):
        document = json.loads(run("show", "house", "--format", "json").out)
        assert document["document"]["kind"] == "vocabulary"
        assert document["sha256"] == hashlib.sha256(VOCABULARY.encode()).hexdigest()
        whole = hashlib.sha256((USER + VOCABULARY).encode()).hexdigest()
        assert json.loads(run("show", "shop", "--format", "json").out)["sha256"] == whole

    def test_a_standard_says_what_it_uses(self, run):
        assert "\nuses house@1.0.0\n" in run("show", "shop").out

    def test_what_is_wrong_with_a_vocabulary_is_said(self, run):
        Path("standards/house.yaml").write_text(VOCABULARY.replace("title: {en: Our", "titel: {en: Our"), "utf-8")
        done = run("show", "house")
        assert done.code == 3
        assert "standards/house.yaml:5:1: error[unknown-key]" in done.err

    def test_a_vocabulary_is_completed_where_it_can_be_shown_and_nowhere_else(self):
        assert named.all_ids("hou") == ["house"]
        assert named.all_ids("house@") == ["house@1.0.0"]
        assert named.ids("hou") == []

    def test_a_vocabulary_is_nothing_to_fill_in(self, run):
        done = run("checklist", "house", "-o", "house.xlsx")
        assert done.code == 3
        assert "this is neither a checklist nor a standard" in done.err


@pytest.mark.usefixtures("folder")
class TestShow:
    def test_a_standard_is_shown_by_its_id_its_version_or_its_file(self, run):
        shown = run("show", "service_behaviours").out
        assert shown.startswith("Behaviours of a service provider · service_behaviours@1.0.0\n")
        assert "    Always 1 / Often 0.7 / Rarely 0.3 / Never 0 · Minor · weight 2\n" in shown
        assert "  The score is the mean of its parts, each counting by its weight.\n" in shown
        assert run("show", "service_behaviours@1.0.0").out == shown
        assert run("show", "standards/service_behaviours.yaml").out == shown

    def test_a_checklist_is_shown_with_its_standards(self, run):
        out = run("show", "visit", "--lang", "fr").out
        assert out.startswith("Visite · visit@1.0.0\n")
        assert "Comportements du fournisseur de service · service_behaviours@1.0.0" in out

    def test_measured_values_are_shown_with_their_points(self, run):
        Path("standards/wait.yaml").write_text(
            "kind: standard\nid: wait\nversion: 1.0.0\ntitle: Wait\ncriteria:\n"
            "  - {id: a, text: A, scale: {curve: [[60, 1], [300, 0]], unit: s}, applies_when: answers.b > 1}\n"
            "  - {id: b, text: B, scale: {steps: [[5, 2], [null, 0]], unit: min}, evidence: {require: note}}\n"
            "  - {id: c, text: C, scale: {range: [0, 10]}, bonus: true}\n", "utf-8")  # fmt: skip
        out = run("show", "wait").out
        assert "60 s → 1 / 300 s → 0 · Minor · if answers.b > 1\n" in out
        assert "≤ 5 min → 2 / … → 0 · Minor · evidence required\n" in out
        assert "from 0 to 10 · Minor · bonus\n" in out

    def test_a_program_gets_the_document_and_its_hash(self, run):
        document = json.loads(run("show", "visit", "--format", "json").out)
        assert (document["schema"], document["path"]) == ("servaudit/document/1", "checklists/visit.yaml")
        assert document["document"]["id"] == "visit"
        assert len(document["sha256"]) == 64

    def test_an_id_that_is_not_there_is_said_with_one_that_is(self, run):
        done = run("show", "service_behavor")
        assert done.code == 3
        assert "no document “service_behavor” is in reach; did you mean “service_behaviours”" in done.err
        assert "found: 1.0.0" in run("show", "service_behaviours@9.0.0").err
        assert run("show", "nowhere.yaml").code == 3

    def test_two_files_of_one_version_that_differ_are_not_guessed_between(self, run):
        text = Path("standards/service_behaviours.yaml").read_text("utf-8")
        Path("standards/copy.yaml").write_text(text, "utf-8")
        assert run("show", "service_behaviours").code == 0
        Path("standards/copy.yaml").write_text(text + "# changed\n", "utf-8")
        done = run("show", "service_behaviours")
        assert done.code == 3
        assert "is more than one file: standards/copy.yaml, standards/service_behaviours.yaml" in done.err

    def test_a_broken_document_says_what_is_wrong(self, run):
        Path("standards/broken.yaml").write_text("kind: standard\nid: broken\nversion: 1.0.0\ntitel: x\n", "utf-8")
        done = run("show", "broken")
        assert (done.code, done.out) == (3, "")
        assert "standards/broken.yaml:4:1: error[unknown-key]" in done.err


@pytest.mark.usefixtures("folder")
def test_a_checklist_is_made_by_its_id(run):
    assert run("checklist", "visit", "-o", "grid.md").code == 0
    assert run("checklist", "service_behaviours@1.0.0", "-o", "standard.md").code == 0
    assert run("new", "visit", "visit", "--site", "Lyon", "--date", "2026-11-03", "-o", "visits/lyon.yaml").code == 0
    assert run("validate", "visits/lyon.yaml").code == 0
    done = run("checklist", "vist", "-o", "grid.md", "--force")
    assert done.code == 3
    assert "did you mean “visit”?" in done.err


def test_a_version_of_the_past_is_shown_from_git(run, folder):
    git = ["git", "-c", "user.name=A12", "-c", "user.email=a12@example.org"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run([*git, *command], check=True, cwd=folder)
    path = folder / "standards/service_behaviours.yaml"
    path.write_text(path.read_text("utf-8").replace("version: 1.0.0", "version: 9.0.0"), "utf-8")
    assert "service_behaviours@9.0.0" in run("show", "service_behaviours").out
    path.unlink()
    assert "library:service_behaviours.yaml" in run("show", "service_behaviours@1.0.0").out
    own = folder / "standards/own.yaml"
    own.write_text("kind: standard\nid: own\nversion: 1.0.0\ntitle: O\ncriteria: [{id: a, text: A}]\n", "utf-8")
    for command in (["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run([*git, *command], check=True, cwd=folder)
    own.unlink()
    assert "\ngit:" in run("show", "own@1.0.0").out


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("servaudit show service_beh", ["service_behaviours"]),
        ("servaudit show service_behaviours@", ["service_behaviours@1.0.0"]),
        ("servaudit show vis", ["visit"]),
        ("servaudit init --standard food", ["food_hygiene_rating"]),
        ("servaudit checklist vi", ["visit"]),
        ("servaudit new visit vi", ["visit"]),
        ("servaudit show nothing", []),
    ],
)
def test_the_shell_completes_ids(words, expected):
    environment = {**os.environ, "_SERVAUDIT_COMPLETE": "complete_bash", "COMP_WORDS": words,
                   "COMP_CWORD": str(len(words.split()) - 1)}  # fmt: skip
    done = subprocess.run([sys.executable, "-m", "servaudit"], env=environment, capture_output=True, encoding="utf-8",
                          check=False)  # fmt: skip
    assert done.stdout.split() == expected
