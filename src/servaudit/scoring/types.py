"""The types of names in expressions, as far as a standard tells them: what a checker can know before any visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["number", "text", "bool", "list", "map", "any"]


class Type(NamedTuple):
    """A kind; for a text the words it can be (None: any), for a map its names (None: any), for a number its bounds."""

    kind: Kind
    words: frozenset[str] | None = None
    names: Mapping[str, Type] | None = None
    low: float | None = None
    high: float | None = None


ANY = Type("any")
NUMBER = Type("number")
COUNT = Type("number", low=0)
RATIO = Type("number", low=0, high=1)
TEXT = Type("text")
BOOL = Type("bool", words=frozenset(("yes", "no")))
LIST = Type("list")


def words(*known: str) -> Type:
    """Make the type of a text that is one of a few words."""
    return Type("text", words=frozenset(known))


def names(known: Mapping[str, Type]) -> Type:
    """Make the type of a map with known names."""
    return Type("map", names=known)


def of(value: object) -> Type:
    """Give the type of a constant."""
    match value:
        case bool():
            return BOOL
        case int() | float():
            return Type("number", low=float(value), high=float(value))
        case str():
            return words(value)
        case list() | tuple():
            return LIST
        case dict():
            return names({str(name): of(item) for name, item in value.items()})
        case _:
            return ANY


def joined(kinds: set[Kind]) -> Type:
    """Give the type of one of several values: of conditions a condition, of numbers (and conditions) a number."""
    if kinds == {"bool"}:
        return BOOL
    return NUMBER if kinds <= {"bool", "number"} else ANY


def decided(op: str, a: Type, b: Type) -> bool | None:
    """Tell the result of a comparison that the bounds of both sides settle; None when they do not."""
    if None in (a.low, b.low) and None in (a.high, b.high):
        return None
    a_low, a_high, b_low, b_high = a.low, a.high, b.low, b.high
    below = a_high is not None and b_low is not None and a_high < b_low
    not_above = a_high is not None and b_low is not None and a_high <= b_low
    above = a_low is not None and b_high is not None and a_low > b_high
    not_below = a_low is not None and b_high is not None and a_low >= b_high
    results = {
        "Lt": (below, not_below),
        "LtE": (not_above, above),
        "Gt": (above, not_above),
        "GtE": (not_below, below),
        "Eq": (not_above and not_below, below or above),
        "NotEq": (below or above, not_above and not_below),
    }
    always, never = results.get(op, (False, False))
    return True if always else False if never else None
