"""What is full marks and what is worth nothing, of curves and of steps."""

import pytest

from booklets import opened
from servaudit.i18n import translator
from servaudit.model.scale import Choices, Curve, Range, Steps
from servaudit.report.figures import Figures
from servaudit.report.thresholds import thresholds

FOUND = [
    (Curve(curve=[[180, 1], [600, 0]], unit="s"), (180, 600, False, "3 min or less", "10 min or more")),
    (
        Curve(curve=[[600, 0], [300, 0.5], [180, 1], [0, 1]], unit="s"),
        (180, 600, False, "3 min or less", "10 min or more"),
    ),
    (Curve(curve=[[0, 0], [50, 0], [80, 1]], unit="%"), (80, 50, True, "80% or more", "50% or less")),
    (Curve(curve=[[0, 5], [10, 0]], better="lower"), (10, 0, True, "10 or more", "0 or less")),
    (Steps(steps=[[0, 1], [1, 0.5], [None, 0]], unit="count"), (0, 1, False, "0", "more than 1")),
    (Steps(steps=[[2, 1], [4, 0]]), (2, 2, False, "2 or less", "more than 2")),
    (Steps(steps=[[10, 0], [20, 1], [None, 2]]), (20, 10, True, "more than 20", "10 or less")),
]


def figures(tmp_path):
    tr = translator("en")
    return Figures(opened(tmp_path).parts[0].standard, tr), tr


@pytest.mark.parametrize(("scale", "expected"), FOUND)
def test_thresholds_are_where_points_stop_rising_and_falling(tmp_path, scale, expected):
    best, worst, rising, good, bad, reached = thresholds(scale, *figures(tmp_path))
    assert (best, worst, rising, good.replace("\u00a0", " "), bad.replace("\u00a0", " ")) == expected
    assert reached is not good.startswith("more than")


@pytest.mark.parametrize(
    "scale",
    [
        None,
        Range(range=[0, 10]),
        Choices(choices={"a": {"points": 1}}),
        Curve(curve=[[0, 0], [10, 1], [20, 0]]),
        Curve(curve=[[0, 1], [10, 1]]),
        Curve(curve=[[3, 1]]),
        Steps(steps=[[None, 1]]),
        Steps(steps=[[3, 1]]),
        Steps(steps=[[1, 0], [2, 1], [None, 0]]),
    ],
)
def test_where_good_lies_between_two_bads_or_nothing_changes_there_are_none(tmp_path, scale):
    assert thresholds(scale, *figures(tmp_path)) is None
