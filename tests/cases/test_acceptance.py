"""The public schemes the scoring model must express, and our own library: real standards, real observations."""

from __future__ import annotations

from pathlib import Path

import pytest

import scorecards

HERE = Path(__file__).parent
FOLDERS = [folder for name in ("acceptance", "library") for folder in scorecards.folders(HERE / name)]
CASES = [
    pytest.param(folder, name, id=f"{folder.name}-{name}")
    for folder in FOLDERS
    for name in scorecards.read(folder / "expected.yaml").data["observations"]
]
ROLLUPS = [folder for folder in FOLDERS if "rollup" in scorecards.read(folder / "expected.yaml").data]
LISTED = {2, 3, 8, 11, 12, 13, 27, 29, 31, 33, 34, 36, 37, 39, 41, 42, 43, 44, 47, 48, 52, 55, 57, 58, 60, 64, 66, 70,
          73, 75, 77, 79, 80}  # fmt: skip


@pytest.mark.parametrize(("folder", "name"), CASES)
def test_a_visit_scores_as_its_scheme_says(folder, name):
    scored = scorecards.score(folder)
    assert scorecards.differences(scored.cards[name], scored.expected["observations"][name]) == []


@pytest.mark.parametrize("folder", ROLLUPS, ids=lambda folder: folder.name)
def test_many_visits_roll_up_as_their_scheme_says(folder):
    scored = scorecards.score(folder)
    assert scorecards.differences(scored.rollup, scored.expected["rollup"]) == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_no_observation_is_left_unjudged(folder):
    scored = scorecards.score(folder)
    if "rollup" not in scored.expected:
        assert set(scored.cards) == set(scored.expected["observations"])


def test_every_case_of_the_list_is_there():
    expected = [scorecards.read(folder / "expected.yaml").data for folder in FOLDERS]
    told = [part for data in expected for part in (*data["observations"].values(), data.get("rollup", {}))]
    assert {part["case"] for part in told if "case" in part} == LISTED


def test_the_comparison_sees_a_wrong_figure():
    scored = scorecards.score(HERE / "acceptance" / "ceremony")
    wrong = {"score": 0.7250001, "level": "A", "passed": None, "outcomes": {"wait": "met"}, "fired": ["x"]}
    assert len(scorecards.differences(scored.cards["good-visit"], wrong)) == len(wrong)
