"""Scales that make no sense: bounds the wrong way round, a maximum of zero, answers nobody can tell apart."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

from servaudit.diagnostics import Message, Path, Problem, msg
from servaudit.model.base import folded
from servaudit.model.scale import Choices, Curve, Info, Range, Steps
from servaudit.scoring.answers import DETAIL_KEYS
from servaudit.scoring.gauge import make_gauge

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from servaudit.model.scale import Scale
    from servaudit.scoring.plan import CriterionNode


def scale_faults(scales: Mapping[str, Scale], criteria: Iterable[CriterionNode] = ()) -> Iterable[Problem]:
    """Check the scales declared by name and those in place, each once."""
    for name, scale in scales.items():
        yield from _faults(scale, ("scales", name))
    for node in criteria:
        if not isinstance(node.criterion.scale, str):
            yield from _faults(node.criterion.scale, (*node.place, "scale"))


def _faults(scale: Scale, place: Path) -> Iterable[Problem]:
    if isinstance(scale, Choices | Info):
        yield from _lists(scale, place)
    else:
        fault = _bounds(scale)
        if fault is not None:
            name, message = fault
            yield Problem("scale-shape", (*place, name), message)
        elif isinstance(scale, Steps):
            yield from _out_of_order(scale, place)
    if not isinstance(scale, Info) and scale.max is not None and scale.max > 0 and not _is_gap(scale):
        best = make_gauge(scale).best
        if best is not None and best > scale.max and scale.better == "higher":
            yield Problem(
                "above-maximum",
                (*place, "max"),
                msg("the best answer is worth {points}, more than the maximum", points=best),
                msg("raise it") if isinstance(scale, Range) else msg("leave max out, or raise it"),
            )
    maximum = getattr(scale, "max", None)
    if maximum is not None and maximum <= 0:
        yield Problem("zero-maximum", (*place, "max"), msg("a maximum is more than zero"))


def _lists(scale: Choices | Info, place: Path) -> Iterable[Problem]:
    if isinstance(scale, Info):
        yield from _words(scale.choices or {}, place)
        if scale.info == "choice" and not scale.choices:
            yield Problem("scale-shape", place, msg("a choice lists its answers under choices:"))
        return
    yield from _words({name: choice.label for name, choice in scale.choices.items()}, place)
    if all(choice.points is None for choice in scale.choices.values()):
        yield Problem("scale-shape", (*place, "choices"), msg("no answer is worth points"))


def _bounds(scale: Curve | Steps | Range) -> tuple[str, Message] | None:
    match scale:
        case Curve() if _repeated([value for value, _ in scale.curve]):
            return "curve", msg("two knots stand at the same value")
        case Steps() if _repeated([bound for bound, _ in scale.steps]):
            return "steps", msg("two steps have the same bound")
        case Range() if scale.range[0] >= scale.range[1]:
            return "range", msg("the first bound is not below the second")
        case _:
            return None


def _out_of_order(scale: Steps, place: Path) -> Iterable[Problem]:
    """Find the first bound below the one before it: as the first one not exceeded wins, no value would come to it."""
    bounds = [math.inf if bound is None else bound for bound, _ in scale.steps]
    for index, (before, bound) in enumerate(itertools.pairwise(bounds), 1):
        if bound < before:
            yield Problem(
                "scale-shape",
                (*place, "steps", index),
                msg("no value comes to this step: the first bound that is not exceeded wins"),
                msg("put the steps in order, the lowest bound first and null last"),
            )
            return


def _is_gap(scale: Choices | Curve | Steps | Range) -> bool:
    """Whether a number below or above zero is its own score (`max: 1`), as a gap between two ratings is."""
    return isinstance(scale, Range) and min(scale.range) < 0 and scale.max == 1


def _repeated(values: list[float] | list[float | None]) -> bool:
    return len(set(values)) < len(values)


def _words(labels: Mapping[str, Mapping[str, str] | None], place: Path) -> Iterable[Problem]:
    seen: dict[str, str] = {}
    for name, texts in labels.items():
        at = (*place, "choices", name)
        if name == "na" or name in DETAIL_KEYS:
            yield Problem(
                "reserved-name",
                at,
                msg("“{name}” cannot be an answer: it has a meaning of its own", name=name),
                on_key=True,
            )
        for word in (name, *(texts or {}).values()):
            other = seen.setdefault(folded(word), name)
            if other != name:
                yield Problem(
                    "scale-shape", at, msg("“{word}” could be “{one}” or “{other}”", word=word, one=other, other=name)
                )
