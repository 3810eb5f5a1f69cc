"""Standards that use a vocabulary, in every command that reads them; and a vocabulary as a document of its own."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from pathlib import Path

import openpyxl
import pytest

HOUSE = """\
kind: vocabulary
id: house
version: 1.0.0
language: en
title: {en: Our words, fr: Nos mots}
facets:
  stage:
    title: {en: Stage, fr: Étape}
    values:
      hello: {en: Welcome, fr: Accueil}
      bye: {en: Farewell, fr: Adieux}
      unused: {en: Of no use here, fr: Sans emploi ici}
  idle:
    values: {never: {en: Never named, fr: Jamais nommé}}
scales:
  extent:
    choices:
      full: {points: 1, label: {en: Fully, fr: Entièrement}}
      none: {points: 0, label: {en: Not at all, fr: Pas du tout}}
  idle_scale: {choices: {a: 1, b: 0}}
"""
SHOP = """\
kind: standard
id: shop
version: 1.0.0
language: en
title: {en: The shop, fr: La boutique}
use: [house@1.0.0]
criteria:
  - {id: greeted, text: {en: Greeted, fr: Salué}, scale: extent, facets: {stage: hello}}
  - {id: thanked, text: {en: Thanked, fr: Remercié}, scale: extent, facets: {stage: bye}}
"""
VISIT = """\
kind: observation
standard: shop@1.0.0
visit: {id: v1, site: Lyon, date: 2026-11-03}
answers: {greeted: full, thanked: Pas du tout}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Stand in a repository with a vocabulary, a standard and a visit, committed."""
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "A12")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "a12@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.chdir(tmp_path)
    Path("standards").mkdir()
    Path("visits").mkdir()
    write("standards/house.yaml", HOUSE)
    write("standards/shop.yaml", SHOP)
    write("visits/v1.yaml", VISIT)
    git("init", "-q")
    commit()
    return tmp_path


def write(path: str, text: str) -> None:
    Path(path).write_text(text, "utf-8")


def edit(path: str, *changes: tuple[str, str]) -> None:
    text = Path(path).read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    write(path, text)


def git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], check=True)


def commit() -> None:
    git("add", "-A")
    git("commit", "-qm", "x")


def joint() -> str:
    return hashlib.sha256(
        Path("standards/shop.yaml").read_bytes() + Path("standards/house.yaml").read_bytes()
    ).hexdigest()


def changes(run, *names: str) -> list[tuple[str, str, str]]:
    """What `diff` finds: kind, subject and where it stands."""
    document = json.loads(run("diff", *names, "--format", "json").out)
    return [(one["kind"], one["subject"], f"{one['file']}:{one['line']}") for one in document["changes"]]


class TestScoring:
    def test_the_score_names_the_hash_of_the_standard_and_what_it_uses(self, run):
        (card,) = json.loads(run("score", "visits/v1.yaml", "--format", "json").out)["scorecards"]
        assert (card["score"], card["standard"]["sha256"]) == (0.5, joint())

    def test_what_no_criterion_names_shows_nowhere(self, run):
        assert run("score", "visits/v1.yaml", "-o", "r.html", "-o", "r.xlsx", "-o", "r.json", "-q").code == 0
        (card,) = json.loads(Path("r.json").read_text("utf-8"))["scorecards"]
        assert [(one["facet"], one["value"]) for one in card["facets"]] == [("stage", "hello"), ("stage", "bye")]
        page = Path("r.html").read_text("utf-8")
        assert "Farewell" in page
        assert not [word for word in ("Of no use here", "Never named", "unused", "idle") if word in page]
        book = openpyxl.load_workbook("r.xlsx")
        cells = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
        assert "Farewell" in cells
        assert not cells & {"Of no use here", "Never named", "idle"}

    def test_a_form_and_a_workbook_to_fill_in_say_no_more_than_is_needed(self, run):
        assert run("checklist", "shop", "-o", "f.html", "-o", "f.xlsx", "-o", "f.md").code == 0
        for name in ("f.html", "f.md"):
            assert "Of no use here" not in Path(name).read_text("utf-8")
        assert "Not at all" in Path("f.md").read_text("utf-8")
        assert joint() in Path("f.html").read_text("utf-8")

    def test_a_form_filled_in_with_another_text_of_the_vocabulary_is_noticed(self, run):
        edit("visits/v1.yaml", ("answers:", f"made_from: {{shop@1.0.0: {joint()}}}\nanswers:"))
        assert run("score", "visits/v1.yaml").err == ""
        edit("standards/house.yaml", ("en: Welcome", "en: Hello"))
        assert "made-from" in run("score", "visits/v1.yaml").err

    def test_a_visit_of_the_past_is_scored_with_the_vocabulary_of_the_past(self, run):
        before = joint()
        edit("standards/house.yaml", ("version: 1.0.0", "version: 2.0.0"), ("points: 1", "points: 4"))
        edit("standards/shop.yaml", ("version: 1.0.0", "version: 2.0.0"), ("house@1.0.0", "house@2.0.0"))
        commit()
        done = run("score", "visits/v1.yaml", "--format", "json")
        (card,) = json.loads(done.out)["scorecards"]
        assert card["standard"]["path"].startswith("git:")
        assert (card["standard"]["version"], card["standard"]["sha256"]) == ("1.0.0", before)
        (card,) = json.loads(run("score", "visits/v1.yaml", "--as", "2.0.0", "--format", "json").out)["scorecards"]
        assert (card["standard"]["sha256"], card["criteria"][0]["points"]) == (joint(), 4)
        assert run("verify", "r.json").code == 3
        run("score", "visits/v1.yaml", "-o", "r.json", "-q")
        assert run("verify", "r.json").code == 0

    def test_the_vocabulary_of_a_standard_of_the_past_is_that_of_its_commit(self, run):
        edit("standards/house.yaml", ("points: 1", "points: 3"))
        edit("standards/shop.yaml", ("version: 1.0.0", "version: 1.0.1"), ("en: Thanked", "en: Is thanked"))
        commit()
        assert "Fully 1 / Not at all 0" in run("show", "shop@1.0.0").out
        assert "Fully 3 / Not at all 0" in run("show", "shop").out

    @pytest.mark.parametrize("place", ["standards/words.yaml", "standards/common/words.yaml", "more/house-words.yaml"])
    def test_the_vocabulary_of_the_past_is_found_wherever_it_stood(self, run, place):
        Path(place).parent.mkdir(exist_ok=True)
        Path("standards/house.yaml").rename(place)
        Path("servaudit.yaml").write_text("kind: configuration\nstandards: [more]\n", "utf-8")
        commit()
        edit(place, ("points: 1", "points: 3"))
        assert changes(run, "HEAD:standards/shop.yaml", "standards/shop.yaml") == [("scale", "extent", f"{place}:18")]

    @pytest.mark.parametrize(
        "command",
        [
            ["explain", "visits/v1.yaml"],
            ["compare", "visits/v1.yaml", "visits/v1.yaml"],
            ["migrate", "visits/v1.yaml", "-o", "-"],
            ["new", "visit", "shop", "-o", "-"],
            ["validate", "--strict", "."],
            ["validate", "--against", "HEAD", "."],
            ["checklist", "shop", "--audience", "trainer", "-o", "t.html"],
            ["checklist", "shop", "--audience", "staff", "-o", "s.html"],
            ["bump", "standards/shop.yaml"],
            ["score", "visits", "--standards", "standards", "-o", "all.csv"],
        ],
        ids=" ".join,
    )
    def test_every_command_reads_the_standard_with_what_it_uses(self, run, command):
        done = run(*command)
        assert done.code == 0
        assert "error" not in done.err


class TestChanges:
    @pytest.mark.parametrize(
        ("edits", "found", "wanted"),
        [
            ([("fr: Accueil", "fr: Bonjour")], ["translation-changed"], "1.0.1"),
            ([("en: Welcome", "en: Hello")], ["wording", "translation-stale"], "1.0.1"),
            ([("bye: {en", "ciao: {en: Ciao}\n      bye: {en")], ["facet-added"], "1.1.0"),
            ([("      bye: {en: Farewell, fr: Adieux}\n", "")], ["facet-removed"], "2.0.0"),
            ([("points: 1", "points: 2")], ["scale"], "2.0.0"),
            ([("choices: {a: 1, b: 0}", "choices: {a: 1}")], ["answer-removed"], "2.0.0"),
            ([("  idle_scale: {choices: {a: 1, b: 0}}\n", "")], ["scale-removed"], "2.0.0"),
            ([("scales:\n", "scales:\n  more: {choices: {a: 1, b: 0}}\n")], ["scale-added"], "1.1.0"),
            ([("id: house", "id: home")], ["identity"], "2.0.0"),
        ],
    )
    def test_a_vocabulary_is_compared_and_its_version_set(self, run, edits, found, wanted):
        edit("standards/house.yaml", *edits)
        assert [kind for kind, _, _ in changes(run, "standards/house.yaml")] == found
        done = run("validate", "standards/house.yaml", "--against", "HEAD")
        assert (done.code, "error[version-not-raised]" in done.out) == (1, True)
        assert run("bump", "standards/house.yaml").code == 0
        assert f"version: {wanted}\n" in Path("standards/house.yaml").read_text("utf-8")
        assert run("validate", "standards/house.yaml", "--against", "HEAD").code == 0

    def test_a_vocabulary_and_a_standard_cannot_be_compared(self, run):
        done = run("diff", "standards/house.yaml", "standards/shop.yaml")
        assert done.code == 3
        assert "diff takes two standards, two checklists, or two vocabularies" in done.err

    def test_a_new_version_of_the_vocabulary_is_told_with_what_it_changes_in_the_standard(self, run):
        edit("standards/house.yaml", ("version: 1.0.0", "version: 2.0.0"), ("points: 1", "points: 2"))
        edit(
            "standards/house.yaml", ("en: Farewell", "en: Goodbye"), ("en: Never", "en: Not"), ("unused: {", "other: {")
        )
        edit("standards/shop.yaml", ("house@1.0.0", "house@2.0.0"))
        assert changes(run, "standards/shop.yaml") == [
            ("vocabulary", "house", "standards/shop.yaml:6"),
            ("wording", "stage.bye", "standards/house.yaml:11"),
            ("translation-stale", "stage.bye", "standards/house.yaml:11"),
            ("scale", "extent", "standards/house.yaml:18"),
        ]
        out = run("diff", "standards/shop.yaml").out
        assert "vocabulary in use house 1.0.0 → 2.0.0 standards/shop.yaml:6:7" in " ".join(out.split())
        assert "The changes call for version 2.0.0; it is still 1.0.0." in out
        commit()
        assert [kind for kind, _, _ in changes(run, "HEAD~1:standards/shop.yaml", "HEAD:standards/shop.yaml")] == [
            "vocabulary", "wording", "translation-stale", "scale",
        ]  # fmt: skip

    def test_a_new_version_that_changes_nothing_that_is_named_is_a_patch(self, run):
        edit("standards/house.yaml", ("version: 1.0.0", "version: 2.0.0"), ("unused: {en", "other: {en"))
        edit("standards/shop.yaml", ("house@1.0.0", "house@2.0.0"))
        assert run("bump", "standards/shop.yaml").code == 0
        assert "version: 1.0.1\n" in Path("standards/shop.yaml").read_text("utf-8")

    def test_a_standard_that_gives_its_own_scales_to_a_vocabulary_stays_what_it_was(self, run):
        own = HOUSE[HOUSE.index("facets:") :].replace("  idle_scale: {choices: {a: 1, b: 0}}\n", "")
        write("standards/shop.yaml", SHOP.replace("use: [house@1.0.0]\n", own))
        commit()
        write("standards/shop.yaml", SHOP)
        found = changes(run, "standards/shop.yaml")
        assert ("vocabulary", "house", "standards/shop.yaml:6") in found
        assert {kind for kind, _, _ in found} == {"vocabulary", "facet-removed"}  # those that nobody named are gone

    def test_past_visits_are_scored_under_both(self, run):
        edit("standards/house.yaml", ("version: 1.0.0", "version: 2.0.0"), ("points: 0", "points: 0.5"))
        edit("standards/shop.yaml", ("house@1.0.0", "house@2.0.0"))
        assert "v1 · Lyon" in run("diff", "standards/shop.yaml", "--impact", "visits").out


def test_answers_of_a_vocabulary_are_said_as_those_of_a_standard_are(run):
    scales = "  delay: {range: [0, 30], max: 30, unit: d}\n  calm: {choices: {calm: 1, none: null}}\n"
    edit("standards/house.yaml", ("  idle_scale:", f"{scales}  idle_scale:"))
    told = "criteria:\n  - {id: late, text: Late, scale: delay}\n  - {id: cool, text: Cool, scale: calm}\n"
    edit("standards/shop.yaml", ("criteria:\n", told))
    of_house, of_shop = (run("show", name, "--lang", "fr").out for name in ("house", "shop"))
    for said in ("de 0 à 30 jours", "calm 1 / none"):
        assert said in of_house
        assert said in of_shop
