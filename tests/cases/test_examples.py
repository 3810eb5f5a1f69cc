"""The examples a newcomer opens first: each scores as its own folder says."""

from __future__ import annotations

from pathlib import Path

import pytest

import scorecards

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
    told = {folder for folder in EXAMPLES.iterdir() if folder.is_dir()}
    assert told == set(FOLDERS)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_visit_of_an_example_has_its_expected_result(folder):
    scored = scorecards.score(folder)
    assert set(scored.cards) == set(scored.expected["observations"])


def test_the_twenty_calls_roll_up_as_expected():
    scored = scorecards.score(EXAMPLES / "centre_appels")
    assert len(scored.cards) == 20
    assert scorecards.differences(scored.rollup, scored.expected["rollup"]) == []
