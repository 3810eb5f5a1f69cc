"""What an old answer becomes: put on another scale, one made of several, or passed on to several."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from servaudit.model.base import as_written, folded, key
from servaudit.scoring.answers import DETAIL_KEYS, empty
from servaudit.scoring.arithmetic import DECIMALS
from servaudit.scoring.gauge import is_na

_NUMBER = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,15})?")


def rescaled(raw: Any, rule: Mapping[str, object] | float) -> tuple[Any, bool]:  # noqa: ANN401 - an answer is what the file holds
    """Put an answer on a new scale; also says whether another old answer would have become the same.

    An answer that the rule does not name stays as it is: where the new scale has no such answer, that will be said.
    """
    if _detailed(raw):
        value, ambiguous = rescaled(raw.get("value"), rule)
        return ({**raw, "value": value} if "value" in raw else raw), ambiguous
    if isinstance(raw, list):
        found = [rescaled(item, rule) for item in raw]
        return [value for value, _ in found], any(ambiguous for _, ambiguous in found)
    if isinstance(raw, dict):
        tally: dict[str, Any] = {}
        several = False
        for name, count in raw.items():
            new, ambiguous = rescaled(name, rule)
            several = several or ambiguous
            tally[key(new)] = tally.get(key(new), 0) + count
        return tally, several
    if empty(raw) or is_na(key(raw)):
        return raw, False
    if isinstance(rule, Mapping):
        return _replaced(raw, rule)
    return _multiplied(raw, rule), False


def _replaced(raw: Any, rule: Mapping[str, object]) -> tuple[Any, bool]:  # noqa: ANN401 - same
    spelled = {folded(name): new for name, new in rule.items()}
    new = spelled.get(folded(key(raw)))
    if new is None:
        return raw, False
    same = [name for name, other in spelled.items() if folded(key(other)) == folded(key(new))]
    return as_written(new) if isinstance(new, bool) else new, len(same) > 1


def _multiplied(raw: Any, factor: float) -> Any:  # noqa: ANN401 - same
    """Multiply a plain number; a value that names its unit stays true in any other."""
    if isinstance(raw, str) and _NUMBER.fullmatch(raw.strip()):
        raw = float(raw.strip().replace(",", "."))
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return raw
    number = round(float(raw) * factor, DECIMALS)
    return int(number) if number.is_integer() else number


def passes(raw: Any, only: list[str]) -> bool:  # noqa: ANN401 - same
    """Tell whether an answer is among those that pass to every part of a split; “not applicable” always does."""
    value = raw.get("value") if _detailed(raw) else raw
    given = value if isinstance(value, list | dict) else [value]
    known = {folded(name) for name in only}
    return all(empty(item) or is_na(key(item)) or folded(key(item)) in known for item in given)


def agreed(parts: list[Any], first: list[str]) -> Any:  # noqa: ANN401 - same
    """Find the one answer that several come to, as it was written; None when there is none.

    All must be answered and be the same, “not applicable” aside; where they differ, the first of `first` that was given
    decides, the very first even when others are not answered. Lists and tallies agree only when they are equal.
    """
    values = [raw.get("value") if _detailed(raw) else raw for raw in parts]
    given = [value for value in values if not empty(value)]
    if not given:
        return None
    telling = [value for value in given if isinstance(value, list | dict) or not is_na(key(value))] or given[:1]
    spelled = [_spelled(value) for value in telling]
    complete = len(given) == len(parts)
    if complete and len(set(spelled)) == 1:
        return telling[0]
    for rank, answer in enumerate(map(folded, first)):
        if answer in spelled and (complete or rank == 0):
            return telling[spelled.index(answer)]
    return None


def unlike(value: Any, parts: list[Any]) -> bool:  # noqa: ANN401 - same
    """Tell whether any of the answers given is another than `value`."""
    given = (raw.get("value") if _detailed(raw) else raw for raw in parts)
    return any(_spelled(each) != _spelled(value) for each in given if not empty(each))


def joined(value: Any, parts: list[Any]) -> Any:  # noqa: ANN401 - same
    """Write an answer with the notes and the evidence of all that it was made of."""
    detailed = [raw for raw in parts if _detailed(raw)]
    notes = list(dict.fromkeys(str(as_written(raw["note"])) for raw in detailed if raw.get("note")))
    evidence: dict[str, None] = {}
    for raw in detailed:
        given = raw.get("evidence") or []
        evidence.update(dict.fromkeys([given] if isinstance(given, str) else given))
    if not notes and not evidence:
        return value
    whole: dict[str, Any] = {"value": value}
    if notes:
        whole["note"] = " / ".join(notes)
    if evidence:
        whole["evidence"] = list(evidence)
    return whole


def _detailed(raw: object) -> bool:
    return isinstance(raw, dict) and bool(DETAIL_KEYS & raw.keys())


def _spelled(value: object) -> str:
    return repr(value) if isinstance(value, list | dict) else folded(key(value))
