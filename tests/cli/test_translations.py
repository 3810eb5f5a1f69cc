"""A text that changed while its translation did not is told by `validate --against`, at the translation."""

from __future__ import annotations

from pathlib import Path

import pytest

from team import STANDARD, edit, team

__all__ = ["team"]
pytestmark = pytest.mark.usefixtures("team")

SMILE = ("Un sourire franc", "Un sourire dès l’entrée")
RAISED = ("version: 1.2.0", "version: 1.2.1")
PLACE = "counter.yaml:9:57: "
TOLD = "warning[stale-translation] the text in “fr” changed since HEAD, and this translation of it did not"


def told(run, *options):
    return [line for line in run("validate", "counter.yaml", "--against", "HEAD", *options).out.splitlines()
            if "[stale-translation]" in line]  # fmt: skip


def test_a_translation_left_behind_is_told_where_it_stands(run):
    edit(SMILE, RAISED)
    done = run("validate", "counter.yaml", "--against", "HEAD")
    assert done.code == 0
    assert PLACE + TOLD in done.out
    assert run("validate", "counter.yaml", "--against", "HEAD", "--strict").code == 1
    said = "avertissement[stale-translation] le texte en «\xa0fr\xa0» a changé depuis HEAD, et cette traduction non"
    assert told(run, "--lang", "fr") == [PLACE + said]


def test_without_a_revision_nothing_is_told_nor_once_it_is_committed(team, run):
    edit(SMILE, RAISED)
    assert "stale-translation" not in run("validate", "counter.yaml").out
    team("commit", "-qam", "smile")
    assert told(run) == []
    assert "counter.yaml:9:57" in run("validate", "counter.yaml", "--against", "HEAD~1").out


@pytest.mark.parametrize(
    "changes",
    [
        [SMILE, ("An open smile", "A smile from the door on")],
        [("An open smile", "A broad smile")],
        [("Un sourire franc", "Un Sourire, franc !")],
        [("fr: Un sourire franc, en: An open smile", "fr: Un sourire dès l’entrée")],
        [("en: An open smile", "en: A sincere smile, first")],
        [("weight: 2", "weight: 3"), ("version: 1.2.0", "version: 2.0.0")],
    ],
    ids=["both", "the translation alone", "the same letters", "taken away", "corrected", "no text at all"],
)
def test_what_followed_or_says_the_same_is_not(run, changes):
    edit(*changes, *([] if "weight" in changes[0][0] else [RAISED]))
    assert told(run) == []


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (("fr: Au guichet", "fr: À la borne"), "6:29"),
        (("fr: Bien, ", "fr: Très bien, "), "12:38"),
    ],
)
def test_titles_and_levels_have_translations_too(run, change, place):
    edit(change, RAISED)
    assert [line.split(": ")[0] for line in told(run)] == [f"counter.yaml:{place}"]


def test_labels_of_answers_have_translations_too(team, run):
    scaled = STANDARD + "scales: {s: {choices: {a: {points: 1, label: {fr: Oui, en: Yes}}, b: 0}}}\n"
    Path("counter.yaml").write_text(scaled, "utf-8")
    team("commit", "-qam", "scale")
    edit(("fr: Oui", "fr: Toujours"), RAISED)
    assert [line.split(": ")[0] for line in told(run)] == ["counter.yaml:15:65"]


def test_it_is_switched_as_other_warnings_are(run):
    edit(SMILE, RAISED)
    for switch, code in (("off", 0), ("warning", 0), ("error", 1)):
        Path("servaudit.yaml").write_text(f"kind: configuration\nlint: {{stale-translation: {switch}}}\n", "utf-8")
        done = run("validate", "counter.yaml", "--against", "HEAD")
        assert done.code == code
        assert ("stale-translation" in done.out) is (switch != "off")


def test_a_vocabulary_has_translations_too_and_a_standard_that_uses_it_is_not_told_of_them(team, run):
    house = "kind: vocabulary\nid: house\nversion: 1.0.0\nlanguage: fr\ntitle: {fr: Mots, en: Words}\n"
    house += "facets: {stage: {title: {fr: Étape, en: Stage}, values: {door: {fr: Porte, en: Door}}}}\n"
    Path("house.yaml").write_text(house, "utf-8")
    edit(("criteria:", "use: [house@1.0.0]\ncriteria:"), ("weight: 2}", "weight: 2, facets: {stage: door}}"))
    team("add", "-A")
    team("commit", "-qm", "house")
    edit(("fr: Porte", "fr: Entrée"), path="house.yaml")
    done = run("validate", ".", "--against", "HEAD")
    told = [line.split(": ")[0] for line in done.out.splitlines() if "[stale-translation]" in line]
    assert told == ["./house.yaml:6:81"]
