"""Versions and ranges of them: which versions of a standard a checklist takes."""

from __future__ import annotations

import re
from typing import Annotated, NamedTuple, Self

from pydantic import AfterValidator, BeforeValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from servaudit.model.base import as_written

_BOUND = re.compile(r"(\^|~|>=|<=|>|<|=)?\s*(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?(?:\s*,\s*|\s+|$)")


class SemVer(NamedTuple):
    """A version: a wording changes `patch`, a new criterion `minor`, an id or the scoring `major`."""

    major: int
    minor: int
    patch: int

    @classmethod
    def of(cls, text: str) -> Self:
        """Read `1.2.0`; the models have checked its shape."""
        return cls(*(int(number) for number in text.split(".")))

    def __str__(self) -> str:
        return ".".join(map(str, self))


class Bound(NamedTuple):
    """One end of a range: a sign and a version."""

    sign: str
    version: SemVer

    def admits(self, version: SemVer) -> bool:
        """Tell whether a version is on the right side."""
        return {
            ">=": version >= self.version,
            ">": version > self.version,
            "<": version < self.version,
            "<=": version <= self.version,
        }[self.sign]


def bounds(text: str) -> tuple[Bound, ...] | None:
    """Read a range as bounds that must all admit a version; None when it is no range.

    `1.2.0` is that version alone; `1.2` and `1` every version that begins so; `^1.2` from 1.2.0 up to the next major
    version, `~1.2` up to the next minor one; `>=1.2 <3` is spelled out.
    """
    found: list[Bound] = []
    place = 0
    while place < len(text):
        match = _BOUND.match(text, place)
        if match is None:
            return None
        sign, *numbers = match.groups()
        given = [int(number) for number in numbers if number is not None]
        found += _ends(sign or "=", given)
        place = match.end()
    return tuple(found) or None


def _padded(numbers: list[int]) -> SemVer:
    major, minor, patch = (*numbers, 0, 0)[:3]
    return SemVer(major, minor, patch)


def _ends(sign: str, given: list[int]) -> list[Bound]:
    low = _padded(given)
    if sign in (">=", "<"):
        return [Bound(sign, low)]
    if sign == "^":
        return [Bound(">=", low), Bound("<", SemVer(low.major + 1, 0, 0))]
    if sign == "~":
        above = SemVer(low.major, low.minor + 1, 0) if len(given) > 1 else SemVer(low.major + 1, 0, 0)
        return [Bound(">=", low), Bound("<", above)]
    above = _padded([*given[:-1], given[-1] + 1])
    if sign == "<=":
        return [Bound("<", above)]
    if sign == ">":
        return [Bound(">=", above)]
    return [Bound(">=", low), Bound("<", above)]


def within(version: str, span: str) -> bool:
    """Tell whether a version is in a range; both have the shape the models ask for."""
    return all(bound.admits(SemVer.of(version)) for bound in bounds(span) or ())


def _range(value: str) -> str:
    if bounds(value) is None:
        raise PydanticCustomError("version_range", "“{value}” is no range of versions", {"value": value})
    return value


Range = Annotated[
    str,
    BeforeValidator(as_written),
    StringConstraints(min_length=1, max_length=100, strip_whitespace=True),
    AfterValidator(_range),
    WithJsonSchema({"type": ["string", "number"], "minLength": 1, "description": "1.2.0, 1.2, ^1.2, ~1.2 or >=1.2 <3"}),
]
