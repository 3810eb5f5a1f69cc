"""What a run has met, in so few bytes that ten thousand visits take no more memory than a hundred."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable

_TOGETHER = 100


def number_of(key: Hashable) -> int:
    """Give a number of 64 bits for a key: of two keys it is the same less often than a disk fails."""
    return hash(key) & 0xFFFF_FFFF_FFFF_FFFF


class Numbers:
    """A set of whole numbers of 64 bits, eight bytes each: one of Python's own takes ten times as much."""

    def __init__(self) -> None:
        self._sorted = array("Q")

    def __contains__(self, number: int) -> bool:
        at = bisect_left(self._sorted, number)
        return at < len(self._sorted) and self._sorted[at] == number

    def add(self, number: int) -> int | None:
        """Take a number in; gives its place among the others, None when it was there before."""
        at = bisect_left(self._sorted, number)
        if at < len(self._sorted) and self._sorted[at] == number:
            return None
        self._sorted.insert(at, number)
        return at

    def index(self, number: int) -> int:
        """Give the place of a number that is there."""
        return bisect_left(self._sorted, number)


class Register:
    """Texts, each by the number it came with first: those of files are alike, and take a few bytes when compressed."""

    def __init__(self) -> None:
        self._numbers = Numbers()
        self._order = array("I")
        self._packed: list[bytes] = []
        self._last: list[str] = []

    def first(self, number: int, text: str) -> str:
        """Give the text that came with this number first, which is this one unless the number was met before."""
        at = self._numbers.add(number)
        if at is None:
            return self._text(self._order[self._numbers.index(number)])
        self._order.insert(at, len(self._order))
        self._last.append(text)
        if len(self._last) == _TOGETHER:
            import zlib  # noqa: PLC0415 - most runs have fewer

            self._packed.append(zlib.compress("\0".join(self._last).encode("utf-8", "surrogatepass")))
            self._last.clear()
        return text

    def _text(self, place: int) -> str:
        block, at = divmod(place, _TOGETHER)
        if block == len(self._packed):
            return self._last[at]
        import zlib  # noqa: PLC0415 - same

        return zlib.decompress(self._packed[block]).decode("utf-8", "surrogatepass").split("\0")[at]
