"""The examples a newcomer opens first: each scores as its own folder says."""

from __future__ import annotations

from pathlib import Path

import pytest

import scorecards
from servaudit import report
from servaudit.i18n import translator
from servaudit.render import xlsx
from servaudit.render.workbook import markup, package

EXAMPLES = Path(__file__).parents[2] / "examples"
FOLDERS = scorecards.folders(EXAMPLES)
VISITS = [
    pytest.param(folder, name, id=f"{folder.name}-{name}")
    for folder in FOLDERS
    for name in scorecards.read(folder / "expected.yaml").data["observations"]
]


@pytest.mark.parametrize(("folder", "name"), VISITS)
def test_a_visit_scores_as_its_example_says(folder, name):
    scored = scorecards.score(folder)
    assert scorecards.differences(scored.cards[name], scored.expected["observations"][name]) == []


def test_every_example_has_its_expected_result():
    library = EXAMPLES / "bibliotheque"
    told = {folder for root in (EXAMPLES, library) for folder in root.iterdir() if folder.is_dir()} - {library}
    assert told == set(FOLDERS)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_visit_of_an_example_has_its_expected_result(folder):
    scored = scorecards.score(folder)
    assert set(scored.cards) == set(scored.expected["observations"])


@pytest.mark.parametrize(
    "folder",
    [folder for folder in FOLDERS if "rollup" in scorecards.read(folder / "expected.yaml").data],
    ids=lambda folder: folder.name,
)
def test_the_visits_of_an_example_roll_up_as_it_says(folder):
    scored = scorecards.score(folder)
    assert len(scored.cards) > 1
    assert scorecards.differences(scored.rollup, scored.expected["rollup"]) == []


@pytest.mark.parametrize("alone", [True, False], ids=["alone", "together"])
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_workbook_of_an_example_holds_nothing_of_its_template_and_no_part_that_is_not_shown(folder, alone):
    visits = scorecards.score(folder).visits
    made = report.build(visits[:1] if alone else visits, [], translator("fr"), generator="servaudit")
    parts = package.unpack(xlsx.render(made))
    shown = {"", *package.reachable(parts, "")}
    relations = {package.relations_part(part) for part in shown}
    assert parts.keys() - relations - {package.TYPES} == shown - {""}
    types = markup.parse(parts[package.TYPES])
    assert {element.get("PartName") for element in markup.named(types, "Override")} <= {f"/{part}" for part in shown}
    assert [name for name, content in parts.items() if b"{{" in content or b"{%" in content] == []
