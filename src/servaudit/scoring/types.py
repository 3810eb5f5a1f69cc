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
