"""Measured values as people write them: `4 min 30 s`, `4.5 min`, `4,5 min` and `270` agree."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import TYPE_CHECKING, Final

from servaudit.diagnostics import Message, msg

if TYPE_CHECKING:
    from servaudit.diagnostics import Path

MAX_LENGTH: Final = 60
LIMIT: Final = 1e15
_SECONDS: Final = {"ms": 0.001, "s": 1.0, "min": 60.0, "h": 3600.0, "d": 86400.0}
_SPELLINGS: Final = {
    "sec": "s", "secs": "s", "second": "s", "seconds": "s", "seconde": "s", "secondes": "s",
    "mn": "min", "mins": "min", "minute": "min", "minutes": "min", "m": "min",
    "hr": "h", "hrs": "h", "hour": "h", "hours": "h", "heure": "h", "heures": "h",
    "j": "d", "day": "d", "days": "d", "jour": "d", "jours": "d",
    "percent": "%", "pct": "%",
}  # fmt: skip
_NUMBER: Final = r"(?:\d+(?:[.,]\d+)?|[.,]\d+)(?:[eE][+-]?\d{1,3})?"
_ALONE: Final = re.compile(rf"[+-]?{_NUMBER}")
_PART: Final = re.compile(rf"({_NUMBER})\s*([^\d\s.,+-][^\d\s]*)\s*")
_CLOCK: Final = re.compile(r"\d{1,3}:\d{2}(:\d{2})?")


class Refused(Exception):  # noqa: N818 - an answer refused, with the reason for its author
    """An answer that cannot be read: `code` of the table, a message and what to do; `path` is the place within it."""

    def __init__(self, code: str, message: Message, help_: Message | None = None, path: Path = ()) -> None:
        super().__init__(str(message))
        self.code, self.message, self.help, self.path = code, message, help_, path


def measure(raw: object, unit: str | None) -> float:
    """Read a number in `unit`: a number is in that unit already; a text may say its own. Raises Refused.

    A number and any unit are read, or a duration from its longest unit to its shortest, each once: `1 h 4 min 30 s`.
    """
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        raise Refused("answer-shape", msg("expected a number"))
    if isinstance(raw, int | float):
        return _bounded(raw, raw)
    text = unicodedata.normalize("NFKC", raw).strip() if len(raw) <= MAX_LENGTH else ""
    if not text:
        raise Refused("answer-unknown", msg("expected a number"), _example(unit))
    own = text.removesuffix(unicodedata.normalize("NFKC", unit)).rstrip() if unit else text
    for alone in (text, own):
        if _ALONE.fullmatch(alone):
            return _bounded(_float(alone), raw)
    if _CLOCK.fullmatch(text):
        raise Refused(
            "answer-unit", msg("“{answer}” may be minutes or hours", answer=raw), msg("write the units: 4 min 30 s")
        )
    return _bounded(_with_units(text, unit, raw), raw)


def is_duration(unit: str | None) -> bool:
    """Tell whether a unit is one of time; `m` is metres."""
    return unit is not None and unit != "m" and _spelled(unit) in _SECONDS


def _with_units(text: str, unit: str | None, raw: str) -> float:
    """Read `-1 h 4.5 min`, or a number with a unit that is not the declared one."""
    sign = -1 if text.startswith("-") else 1
    parts, end = [], int(text[0] in "+-")
    while match := _PART.match(text, end):
        parts.append((_float(match[1]), _spelled(match[2])))
        end = match.end()
    sizes = [_SECONDS.get(name, 0.0) for _, name in parts]
    if end != len(text) or not parts or sizes != sorted(set(sizes), reverse=True):
        raise Refused("answer-unknown", msg("“{answer}” is not a number", answer=raw), _example(unit))
    return sign * math.fsum(_converted(value, name, unit, raw) for value, name in parts)


def _float(number: str) -> float:
    return float(number.replace(",", "."))


def _spelled(name: str) -> str:
    """Spell a unit the one way it is known by; a word that is no unit we know stays as it is."""
    plain = name.rstrip(".").casefold()
    return _SPELLINGS.get(plain, plain if plain in _SECONDS else name)


def _converted(value: float, name: str, unit: str | None, raw: str) -> float:
    """Bring a part into the declared unit. A declared `m` is metres; in `4 m 30 s` it can only be minutes."""
    wanted = unit if unit in (None, "m") else _spelled(unit)
    if name in _SECONDS and wanted in _SECONDS:
        return value * _SECONDS[name] / _SECONDS[wanted]
    if name == wanted:
        return value
    if unit is None:
        raise Refused("answer-unit", msg("“{answer}”: this criterion has no unit", answer=raw), _example(unit))
    raise Refused("answer-unit", msg("“{answer}” is not in {unit}", answer=raw, unit=unit), _example(unit))


def _example(unit: str | None) -> Message:
    if unit in _SECONDS:
        return msg("write for example {example}", example="4 min 30 s")
    return msg("write for example {example}", example=f"4.5 {unit}" if unit else "4.5")


def _bounded(value: float, raw: object) -> float:
    if not abs(value) <= LIMIT:
        raise Refused("answer-range", msg("“{answer}” is out of range", answer=str(raw)[:MAX_LENGTH]))
    return float(value)
