"""Tells which measures are a score, or the difference of two, to be written as the standard writes scores."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from servaudit.model.rules import Aggregate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servaudit.model.rules import Measure

_SAME_KIND = ("mean", "min", "max")
"""What makes of scores a score, as of minutes minutes; a sum of scores is none."""
_SECTION = re.compile(r"sections\.\w+")
_DIFFERENCE = re.compile(r"(\w+) - (\w+)")


def scores(measures: Mapping[str, Measure]) -> set[str]:
    """Name the means and ends of scores: of the standard's own, of a section's, or of such a measure before them."""
    found: set[str] = set()
    for name, measure in measures.items():
        if isinstance(measure, Aggregate) and measure.agg in _SAME_KIND:
            of = (measure.of or "").strip()
            if of == "score" or of in found or _SECTION.fullmatch(of):
                found.add(name)
    return found


def differences(measures: Mapping[str, Measure]) -> set[str]:
    """Name what is one score less another: a mean or an end of it, so that it may have a title."""
    kind = scores(measures)
    found = set()
    for name, measure in measures.items():
        if isinstance(measure, Aggregate) and measure.agg in _SAME_KIND:
            both = _DIFFERENCE.fullmatch((measure.of or "").strip())
            if both and {*both.groups()} <= kind | {"score"}:
                found.add(name)
    return found
