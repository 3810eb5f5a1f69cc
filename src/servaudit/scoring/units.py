"""Measured values as people write them: `4 min 30 s`, `4.5 min`, `4,5 min` and `270` agree."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import Final

from servaudit.diagnostics import Message, msg

_SECONDS: Final = {"ms": 0.001, "s": 1.0, "min": 60.0, "h": 3600.0, "d": 86400.0}
_SPELLINGS: Final = {
    "sec": "s", "secs": "s", "second": "s", "seconds": "s", "seconde": "s", "secondes": "s",
    "mn": "min", "mins": "min", "minute": "min", "minutes": "min", "m": "min",
    "hr": "h", "hrs": "h", "hour": "h", "hours": "h", "heure": "h", "heures": "h",
    "j": "d", "day": "d", "days": "d", "jour": "d", "jours": "d",
    "percent": "%", "pct": "%",
}  # fmt: skip
_NUMBER: Final = re.compile(r"[+-]?(?:\d+(?:[.,]\d+)?|[.,]\d+)(?:[eE][+-]?\d{1,3})?")
_PART: Final = re.compile(rf"({_NUMBER.pattern})\s*([^\d\s.,+-][^\d\s]*)?\s*")
_CLOCK: Final = re.compile(r"\d{1,3}:\d{2}(:\d{2})?")


class Refused(Exception):  # noqa: N818 - an answer refused, with the reason for its author
    """An answer that cannot be read: `code` of the table, a message and what to do."""

    def __init__(self, code: str, message: Message, help_: Message | None = None) -> None:
        super().__init__(str(message))
        self.code, self.message, self.help = code, message, help_


def measure(raw: object, unit: str | None) -> float:
    """Read a number in `unit`: a number is in that unit already; a text may say its own. Raises Refused."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        raise Refused("answer-shape", msg("expected a number"))
    if isinstance(raw, int | float):
        return _finite(float(raw), raw)
    text = unicodedata.normalize("NFKC", raw).strip()
    if not text or len(text) > 60:  # noqa: PLR2004
        raise Refused("answer-unknown", msg("expected a number"))
    if _CLOCK.fullmatch(text):
        raise Refused(
            "answer-unit", msg("“{answer}” may be minutes or hours", answer=raw), msg("write the units: 4 min 30 s")
        )
    parts, end = [], 0
    for match in _PART.finditer(text):
        if match.start() != end:
            break
        parts.append((float(match[1].replace(",", ".")), _spelled(match[2], unit)))
        end = match.end()
    if end != len(text) or not parts or (len(parts) > 1 and not all(name in _SECONDS for _, name in parts)):
        raise Refused("answer-unknown", msg("“{answer}” is not a number", answer=raw), _example(unit))
    return _finite(math.fsum(_converted(value, name, unit, raw) for value, name in parts), raw)


def _spelled(name: str | None, unit: str | None) -> str | None:
    if name is None or name == unit:
        return name
    name = name.rstrip(".")
    return _SPELLINGS.get(name.casefold(), name)


def _converted(value: float, name: str | None, unit: str | None, raw: object) -> float:
    if name is None or name == unit:
        return value
    target = _SPELLINGS.get((unit or "").casefold(), unit)
    if name in _SECONDS and target in _SECONDS:
        return value * _SECONDS[name] / _SECONDS[target]
    if name == target:
        return value
    if unit is None:
        raise Refused("answer-unit", msg("“{answer}”: this criterion has no unit", answer=raw), _example(unit))
    raise Refused("answer-unit", msg("“{answer}” is not in {unit}", answer=raw, unit=unit), _example(unit))


def _example(unit: str | None) -> Message:
    if unit in _SECONDS:
        return msg("write for example {example}", example="4 min 30 s")
    return msg("write for example {example}", example=f"4.5 {unit}" if unit else "4.5")


def _finite(value: float, raw: object) -> float:
    if not math.isfinite(value) or abs(value) > 1e15:  # noqa: PLR2004
        raise Refused("answer-range", msg("“{answer}” is out of range", answer=raw))
    return value
