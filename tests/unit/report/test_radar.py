"""Where the points of a radar go."""

from __future__ import annotations

import pytest

from servaudit.report.radar import radar


@pytest.mark.parametrize("count", [0, 1, 2, 13])
def test_too_few_or_too_many_axes_make_no_chart(count: int) -> None:
    assert radar((str(index), 0.5) for index in range(count)) is None


def test_the_first_axis_points_up_and_a_full_score_reaches_the_rim() -> None:
    chart = radar([("a", 1.0), ("b", 0.0), ("c", 0.5), ("d", 1.0)])
    assert chart is not None
    assert chart.dots == ((220.0, 50.0), (220.0, 150.0), (220.0, 200.0), (120.0, 150.0))
    assert chart.shape == "220,50 220,150 220,200 120,150"
    assert chart.rings[-1] == "220,50 320,150 220,250 120,150"


def test_what_has_no_score_has_no_axis() -> None:
    assert radar([("a", 1.0), ("b", None), ("c", 0.5)]) is None
    chart = radar([("a", 1.0), ("b", None), ("c", 0.5), ("d", 0.5)])
    assert chart is not None
    assert [spoke.label[0][0] for spoke in chart.spokes] == ["a", "c", "d"]


def test_labels_stand_outside_the_chart_and_stay_in_the_box() -> None:
    chart = radar((f"Une section au titre vraiment très long {index}", 1.0) for index in range(8))
    assert chart is not None
    assert {spoke.anchor for spoke in chart.spokes} == {"start", "middle", "end"}
    for spoke in chart.spokes:
        assert 1 <= len(spoke.label) <= 3
        assert all(0 < y < 300 and len(line) <= 17 for line, y in spoke.label)
