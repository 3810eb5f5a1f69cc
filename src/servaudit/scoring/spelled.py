"""The answers of a visit with the keys of their scales in place of the words that people chose or typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servaudit.model.base import key
from servaudit.scoring.answers import DETAIL_KEYS
from servaudit.scoring.units import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servaudit.scoring.gauge import Gauge
    from servaudit.scoring.plan import CriterionNode, Plan

_NA = "na"


def spelled(plan: Plan, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Spell answers with keys: “Oui” becomes yes, “Sans objet” na. What cannot be read stays as it is."""
    return _level(plan, answers)


def _level(plan: Plan, answers: Mapping[str, Any]) -> dict[str, Any]:
    found = {}
    for name, raw in answers.items():
        section = plan.sections.get(name)
        if name in plan.criteria:
            found[name] = _answer(plan.criteria[name], raw)
        elif section is not None and section.repeat is not None and isinstance(raw, list):
            found[name] = [_level(plan, item) if isinstance(item, dict) else item for item in raw]
        else:
            found[name] = raw
    return found


def _answer(node: CriterionNode, raw: Any) -> Any:  # noqa: ANN401 - whatever the file holds
    gauge = node.gauge
    if isinstance(raw, dict) and DETAIL_KEYS & raw.keys():
        return {**raw, "value": _value(gauge, raw["value"])} if "value" in raw else raw
    return _value(gauge, raw)


def _value(gauge: Gauge, raw: Any) -> Any:  # noqa: ANN401 - same
    if isinstance(raw, list):
        return [_one(gauge, item) for item in raw]
    return {_one(gauge, name): count for name, count in raw.items()} if isinstance(raw, dict) else _one(gauge, raw)


def _one(gauge: Gauge, raw: Any) -> Any:  # noqa: ANN401 - same
    if raw is None or isinstance(raw, list | dict):
        return raw
    try:
        reading = gauge.read(raw)
    except Refused:
        return raw
    if reading.value is None:
        return _NA
    if gauge.words is None:
        return raw
    chosen = reading.value[0] if isinstance(reading.value, tuple) else reading.value
    return key(chosen)
