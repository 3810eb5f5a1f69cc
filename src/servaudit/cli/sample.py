"""An example visit for a standard: answers that its scales take, good for the most part, as a file to look at."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from servaudit.model.scale import BUILT_IN, Choices, Curve, Info, Range, Steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servaudit.model.scale import Scale
    from servaudit.model.standard import Criterion, Fact, Section, Standard

EVERY = 4
"""One criterion in so many is not fully met, so that the report has something to show."""
_PLAIN = re.compile(r"[a-z][a-z0-9_]*|0|[1-9]\d*(\.\d+)?")
_WORDS = frozenset({"null", "true", "false"})
_INFO: Mapping[str, object] = {"date": "2026-01-15", "time": "10:30", "number": 1}


def answers(standard: Standard, text: str) -> dict[str, Any]:
    """Answer every criterion that applies; `text` stands where words are asked for. Photos and links are left out."""
    number = iter(range(1, 1_000_000))

    def inside(criteria: Sequence[Criterion], sections: Sequence[Section]) -> Iterator[tuple[str, Any]]:
        for criterion in criteria:
            value = _answer(criterion, standard, text, good=next(number) % EVERY != 0)
            if value is not None:
                yield criterion.id, [value] if criterion.repeat else value
        for section in sections:
            own = dict(inside(section.criteria, section.sections))
            if section.repeat is None:
                yield from own.items()
            else:
                yield section.id, [own]

    given = dict(inside(standard.criteria, standard.sections))
    _leave_out_hidden(given, standard, facts(standard.context, text))
    return given


def _leave_out_hidden(given: dict[str, Any], standard: Standard, context: Mapping[str, Any]) -> None:
    """Take away the answers to what does not apply, until none is left: what applies may rest on other answers."""
    from servaudit.scoring.layout import lay_out  # noqa: PLC0415 - what a command needs is loaded when it runs
    from servaudit.scoring.planner import compile_standard  # noqa: PLC0415 - same

    plan = compile_standard(standard)
    while hidden := [one.path[1:] for one in lay_out(plan, given, context).problems if one.code == "answer-hidden"]:
        for *above, name in hidden:
            group: Any = given
            for step in above:
                group = group[step]
            del group[name]


def facts(context: Mapping[str, Fact], text: str) -> dict[str, Any]:
    """State the facts of the visit that have no default."""
    by_type: Mapping[str, object] = {"bool": False, "number": 1, "text": text}
    return {
        name: next(iter(fact.values)) if fact.values else by_type.get(fact.type, text)
        for name, fact in context.items()
        if fact.default is None
    }


def _answer(criterion: Criterion, standard: Standard, text: str, *, good: bool) -> object:
    scale = criterion.scale
    if isinstance(scale, str):
        scale = standard.scales.get(scale) or BUILT_IN[scale]
    if isinstance(scale, Info):
        if scale.info == "choice":
            return next(iter(scale.choices or {"": None})) or None
        return None if scale.info in ("photo", "link") else _INFO.get(scale.info, text)
    if criterion.evidence is not None and criterion.evidence.when == "not_met":
        good = True
    ranked = _ranked(scale)
    value = ranked[0] if good or criterion.severity == "critical" or len(ranked) == 1 else ranked[1]
    if criterion.evidence is not None and criterion.evidence.when == "always" and criterion.evidence.require != "photo":
        return {"value": value, "note": text}
    return value


def _ranked(scale: Scale) -> list[Any]:
    """List answers that a scale takes, best first."""
    sign = 1 if isinstance(scale, Info) or scale.better == "lower" else -1
    match scale:
        case Choices():
            scored = [(choice.points, key) for key, choice in scale.choices.items() if choice.points is not None]
            return [key for _, key in sorted(scored, key=lambda one: sign * one[0])]
        case Curve():
            return [value for value, _ in sorted(scale.curve, key=lambda knot: sign * knot[1])]
        case Steps():
            last = max((bound for bound, _ in scale.steps if bound is not None), default=0)
            reached = [(points or 0, last + 1 if bound is None else bound) for bound, points in scale.steps]
            return [value for _, value in sorted(reached, key=lambda one: sign * one[0])]
        case Range():
            low, high = scale.range
            return [high, (low + high) / 2] if sign < 0 else [low, (low + high) / 2]
        case _:
            return []


def written(value: object) -> str:
    """Write a value of an observation as YAML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{written(name)}: {written(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value not in _WORDS:
        return value
    return json.dumps(value, ensure_ascii=False)
