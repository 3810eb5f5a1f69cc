"""What an expression computes with: null, unknown, comparisons at nine decimals, and arithmetic that cannot fail.

Null (None) is "there is no such figure": arithmetic with it is null, a comparison with it is false. UNKNOWN is "it
rests on an answer nobody gave": it goes through everything that depends on it, and through nothing that does not.
"""

from __future__ import annotations

import math
import operator
from typing import TYPE_CHECKING, Final, final

from servaudit.model.base import key
from servaudit.scoring.arithmetic import DECIMALS, half_up

if TYPE_CHECKING:
    from collections.abc import Callable


@final
class Unknown:
    """The type of UNKNOWN."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown()
NUMBER: Final = (int, float)


def equal(a: object, b: object) -> bool:
    """Tell whether two values are the same answer: numbers to nine decimals; 5 and "5", true and "yes" alike."""
    if isinstance(a, NUMBER) and isinstance(b, NUMBER):
        return round(a, DECIMALS) == round(b, DECIMALS)
    if isinstance(a, str) and isinstance(b, NUMBER):
        return a == key(b)
    if isinstance(b, str) and isinstance(a, NUMBER):
        return b == key(a)
    if isinstance(a, list | tuple) and isinstance(b, list | tuple):
        return len(a) == len(b) and all(map(equal, a, b))
    return a == b


def _ordered(test: Callable[[float, float], bool]) -> Callable[[object, object], bool]:
    def compare(a: object, b: object) -> bool:
        if isinstance(a, NUMBER) and isinstance(b, NUMBER):
            return test(round(a, DECIMALS), round(b, DECIMALS))
        return isinstance(a, str) and isinstance(b, str) and test(a, b)  # type: ignore[arg-type] # texts order too

    return compare


def contains(a: object, b: object) -> bool:
    """Tell whether `a` is one of the list `b`, or stands in the text `b`."""
    if isinstance(b, list | tuple):
        return any(equal(a, item) for item in b)
    return isinstance(a, str) and isinstance(b, str) and a in b


COMPARISONS: Final[dict[str, Callable[[object, object], bool]]] = {
    "Eq": equal,
    "NotEq": lambda a, b: not equal(a, b),
    "Lt": _ordered(operator.lt),
    "LtE": _ordered(operator.le),
    "Gt": _ordered(operator.gt),
    "GtE": _ordered(operator.ge),
    "In": contains,
    "NotIn": lambda a, b: not contains(a, b),
}


def _divided(a: float, b: float) -> float | None:
    return a / b if b else None


OPERATIONS: Final[dict[str, Callable[[float, float], float | None]]] = {
    "Add": operator.add,
    "Sub": operator.sub,
    "Mult": operator.mul,
    "Div": _divided,
}


def operate(operation: Callable[..., float | None], values: list[object]) -> object:
    """Apply an arithmetic operation; null when an operand is null or no number, or the result is not finite."""
    if any(value is UNKNOWN for value in values):
        return UNKNOWN
    if not all(isinstance(value, NUMBER) for value in values):
        return None
    try:
        result = operation(*values)
        return result if result is not None and math.isfinite(result) else None
    except (OverflowError, ValueError):  # a whole number beyond every double; the least or greatest of nothing
        return None


def _rounded(value: float, decimals: float = 0) -> float:
    return half_up(value, int(decimals))


def _whole(function: Callable[[float], int]) -> Callable[[float], int]:
    """Round down or up after the nine decimals of every comparison: ceil(3.0000000001) is 3."""
    return lambda value: function(round(value, DECIMALS))


FUNCTIONS: Final[dict[str, Callable[..., float | None]]] = {
    "min": lambda *values: min(values),
    "max": lambda *values: max(values),
    "abs": abs,
    "round": _rounded,
    "ceil": _whole(math.ceil),
    "floor": _whole(math.floor),
}
ARITY: Final[dict[str, tuple[int, int]]] = {
    "min": (1, 20), "max": (1, 20), "abs": (1, 1), "round": (1, 2), "ceil": (1, 1), "floor": (1, 1),
}  # fmt: skip
