"""Where the points and words of a radar chart go, from labels and scores."""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_FEWEST, _MOST = 3, 12
_CENTRE = (220.0, 150.0)
_RADIUS = 100.0
_LABEL = 116.0  # how far the labels stand from the centre
_LINE = 14.0
_LETTERS = 17  # a line of a label: what fits beside the widest point


class Spoke(NamedTuple):
    """An axis of a radar: where it ends, and where the lines of its label stand."""

    x: float
    y: float
    label: tuple[tuple[str, float], ...]
    label_x: float
    anchor: Literal["start", "middle", "end"]


class Radar(NamedTuple):
    """A chart in a box of 440 × `height`: `rings` at quarters of the full score and `shape`, as SVG points; `dots`."""

    rings: tuple[str, ...]
    spokes: tuple[Spoke, ...]
    shape: str
    dots: tuple[tuple[float, float], ...]
    height: float


def radar(scores: Iterable[tuple[str, float | None]]) -> Radar | None:
    """Lay out labels and their scores (ratios, 0 to 1); what has no score is left out.

    None where fewer than 3 or more than 12 are left: such a chart shows nothing that its table does not.
    """
    known = [(label, score) for label, score in scores if score is not None]
    if not _FEWEST <= len(known) <= _MOST:
        return None
    turns = [2 * math.pi * index / len(known) for index in range(len(known))]
    dots = tuple(_at(turn, _RADIUS * score) for turn, (_, score) in zip(turns, known, strict=True))
    spokes = tuple(_spoke(turn, label) for turn, (label, _) in zip(turns, known, strict=True))
    return Radar(
        rings=tuple(_points(_at(turn, _RADIUS * part / 4) for turn in turns) for part in (1, 2, 3, 4)),
        spokes=spokes,
        shape=_points(dots),
        dots=dots,
        height=max(y for spoke in spokes for _, y in spoke.label) + _LINE,
    )


def _spoke(turn: float, text: str) -> Spoke:
    x, y = _at(turn, _LABEL)
    lines = textwrap.wrap(text, _LETTERS, max_lines=3, placeholder="…") or [""]
    # The block of lines is centred on its point, but stands on it at the top and hangs from it at the bottom.
    first = y - _LINE * (len(lines) - 1) * (1 + math.cos(turn)) / 2 + 4
    anchor: Literal["start", "middle", "end"] = "middle"
    if abs(x - _CENTRE[0]) > 1:
        anchor = "start" if x > _CENTRE[0] else "end"
    label = tuple((line, round(first + _LINE * index, 1)) for index, line in enumerate(lines))
    return Spoke(*_at(turn, _RADIUS), label, x, anchor)


def _at(turn: float, distance: float) -> tuple[float, float]:
    return round(_CENTRE[0] + distance * math.sin(turn), 1), round(_CENTRE[1] - distance * math.cos(turn), 1)


def _points(places: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in places)
