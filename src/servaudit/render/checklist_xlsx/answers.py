"""The formulas that read an answer as the scale does: a number of points, "na", or nothing."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from servaudit.model.scale import Choices, Curve, Info, Range, Steps
from servaudit.render.checklist_xlsx.conditions import NESTED, UnsupportedError, given, number, quoted
from servaudit.scoring.arithmetic import DECIMALS
from servaudit.scoring.gauge import least

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servaudit.model.rules import Repeat
    from servaudit.model.scale import Scale

NA = "na"


def one(scale: Scale, cell: str, labels: Mapping[str, str]) -> str:
    """Read one cell; `labels` are the words of the list by the key of the choice, with those for "not applicable"."""
    if isinstance(scale, Choices):
        if len(scale.choices) > NESTED:
            raise UnsupportedError
        found = '""'
        for name, points in reversed(_worth(scale).items()):
            found = f"IF({_says(cell, labels[name])},{points},{found})"
        return _or_na(cell, labels, found)
    return f"IF(ISNUMBER({cell}),{_measured(scale, cell)},{_or_na(cell, labels, _EMPTY)})"


_EMPTY = '""'


def _or_na(cell: str, labels: Mapping[str, str], otherwise: str) -> str:
    return f'IF({_says(cell, labels[NA])},"{NA}",{otherwise})' if NA in labels else otherwise


def _says(cell: str, label: str) -> str:
    """Compare a cell with a label; one that looks like a number is compared as a text."""
    plain = any(character.isalpha() for character in label)
    return f"{cell}={quoted(label)}" if plain else f'{cell}&""={quoted(label)}'


def _worth(scale: Choices) -> dict[str, str]:
    return {
        name: f'"{NA}"' if choice.points is None else number(choice.points) for name, choice in scale.choices.items()
    }


def value(scale: Scale, cells: Sequence[str], labels: Mapping[str, str], repeat: Repeat | None) -> tuple[str, bool]:
    """Give the value that conditions see of an answer, and whether it is a number; empty where it has none."""
    if isinstance(scale, Choices) or (isinstance(scale, Info) and scale.info == "choice"):
        if len(cells) > 1 or len(labels) > NESTED or (isinstance(scale, Choices) and scale.multiple):
            raise UnsupportedError
        found = '""'
        for name in reversed([name for name in labels if name != NA]):
            found = f"IF({_says(cells[0], labels[name])},{quoted(name)},{found})"
        return found, False
    if isinstance(scale, Info) and scale.info != "number":
        raise UnsupportedError
    if len(cells) == 1:
        return f'IF(ISNUMBER({cells[0]}),{cells[0]},"")', True
    function = {"mean": "AVERAGE", None: "AVERAGE", "sum": "SUM", "median": "MEDIAN"}.get(repeat)
    if function is None:
        raise UnsupportedError
    every = ",".join(cells)
    return f'IF(COUNT({every})=0,"",{function}({every}))', True


def _measured(scale: Scale, cell: str) -> str:
    lowest = None if isinstance(scale, Choices | Info) else least(scale)
    found = _on_scale(scale, cell)
    return found if lowest is None else f'IF(ROUND({cell},{DECIMALS})<{number(lowest)},"",{found})'


def _on_scale(scale: Scale, cell: str) -> str:
    match scale:
        case Curve() | Steps() if len(scale.curve if isinstance(scale, Curve) else scale.steps) > NESTED:
            raise UnsupportedError
        case Curve():
            return _on_curve(sorted((x, y) for x, y in scale.curve), cell)
        case Steps():
            bounds = sorted((float("inf") if bound is None else bound, points or 0.0) for bound, points in scale.steps)
            found = '""'
            for bound, points in reversed(bounds):
                test = f"ROUND({cell},{DECIMALS})<={number(round(bound, DECIMALS))}" if bound < float("inf") else ""
                found = f"IF({test},{number(points)},{found})" if test else number(points)
            return found
        case Range():
            low, high = (number(round(bound, DECIMALS)) for bound in sorted(scale.range))
            rounded = f"ROUND({cell},{DECIMALS})"
            return f'IF(AND({rounded}>={low},{rounded}<={high}),{cell},"")'
        case _:
            raise UnsupportedError


def _on_curve(knots: list[tuple[float, float]], cell: str) -> str:
    found = number(knots[-1][1])
    for (x0, y0), (x1, y1) in reversed(list(itertools.pairwise(knots))):
        if x1 > x0:
            line = f"{number(y0)}+({number(y1)}-{number(y0)})*({cell}-{number(x0)})/({number(x1)}-{number(x0)})"
            found = f"IF({cell}<={number(x1)},{line},{found})"
    return f"IF({cell}<={number(knots[0][0])},{number(knots[0][1])},{found})"


def tally(scale: Choices, cells: Mapping[str, str], repeat: Repeat) -> tuple[str, str]:
    """Combine the answers that were counted: the points of all, and how many of them were scored."""
    pairs = [(choice.points, f"N({cells[name]})") for name, choice in scale.choices.items() if name in cells]
    scored = sorted((points, count) for points, count in pairs if points is not None)
    if len(scored) > NESTED:
        raise UnsupportedError
    aside = [count for points, count in pairs if points is None] + ([f"N({cells[NA]})"] if NA in cells else [])
    n = "+".join(count for _, count in scored) or "0"
    total = "+".join(f"{count}*{number(points)}" for points, count in scored)
    if repeat == "mean":
        combined = f"({total})/({n})"
    elif repeat == "sum":
        combined = total
    elif repeat == "median":
        low, high = (_at(scored, f"INT(({n}-{odd})/2)") for odd in (1, 0))
        combined = f"({low}+{high})/2"
    else:
        worst_first = (repeat == "worst") != (scale.better == "lower")
        combined = '""'
        for points, count in scored if not worst_first else reversed(scored):
            combined = f"IF({count}>0,{number(points)},{combined})"
    nobody = f'IF({"+".join(aside)}>0,"{NA}","")' if aside else '""'
    return f"IF({n}=0,{nobody},{combined})", n


def _at(pairs: list[tuple[float, str]], index: str) -> str:
    """Find the value at an index (from 0) of ordered values, each given so many times."""
    found = number(pairs[-1][0])
    for place in reversed(range(len(pairs) - 1)):
        before = "+".join(count for _, count in pairs[: place + 1])
        found = f"IF({index}<{before},{number(pairs[place][0])},{found})"
    return found


def several(cells: str, repeat: Repeat, *, lower_is_better: bool) -> str:
    """Combine the points of observations that stand in a range, those without points left out."""
    function = {
        "mean": "AVERAGE",
        "sum": "SUM",
        "median": "MEDIAN",
        "worst": "MAX" if lower_is_better else "MIN",
        "best": "MIN" if lower_is_better else "MAX",
    }[repeat]
    return f'IF(COUNT({cells})=0,IF(COUNTIF({cells},"{NA}")>0,"{NA}",""),{function}({cells}))'


def ticked(scale: Choices, cells: Mapping[str, str]) -> str:
    """Add up the points of the choices that were ticked."""
    scored = [(choice.points, cells[name]) for name, choice in scale.choices.items() if choice.points is not None]
    aside = [cells[name] for name, choice in scale.choices.items() if choice.points is None]
    aside += [cells[NA]] if NA in cells else []
    none = f'IF({given(aside)}>0,"{NA}","")' if aside else '""'
    if not scored:
        return none
    total = "+".join(f'({cell}<>"")*{number(points)}' for points, cell in scored)
    return f"IF({given(cell for _, cell in scored)}=0,{none},{total})"
