"""One row that a loop writes a hundred thousand times: what does not change from turn to turn is written once."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter, is_
from typing import TYPE_CHECKING, Any

from servaudit.render.workbook.column import ANY, ASK, PlacedError
from servaudit.render.workbook.dotted import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from servaudit.render.workbook.column import Column
    from servaudit.render.workbook.dotted import Scope

_SHARED = 20_000  # different parts of items
_PART = 3  # names in `row.criterion.path`


class Line:
    """The cells of a row, in pieces that are written anew at the same time; `loops`: their names, outermost first."""

    __slots__ = ("_asked", "_give", "_kind", "_name", "_runs", "_writers")

    def __init__(self, cells: Sequence[Column], loops: Sequence[str]) -> None:
        pieces: list[tuple[_Run | _Shared | Column, str]] = []
        for (depth, field, shared), group in groupby(cells, key=lambda cell: _looks(cell, loops)):
            run = list(group)
            if shared:
                pieces.append((_Shared(run), field))
            elif field:
                pieces += ((cell, field) for cell in run)
            else:
                pieces.append((_Run(run, loops[:depth], every=depth == len(loops)), ""))
        self._name = loops[-1]
        self._writers = [piece.write for piece, _ in pieces]
        self._runs = [piece for piece, _ in pieces if isinstance(piece, _Run)]
        fields = [field for _, field in pieces]
        some = max(fields, default="")
        self._asked = [field or some for field in fields] if some else []  # a run takes no notice of what it is given
        self._kind: type | None = None
        self._give: Callable[[Any], tuple[object, ...]] = tuple

    def write(self, number: str, scope: Scope, *, again: bool) -> str:
        """Write the cells in the row `number`; `again`: what a loop further out gave may be another now.

        Raises TemplateError.
        """
        if again:
            for run in self._runs:
                run.look(scope)
        item = scope[self._name]
        if type(item) is not self._kind and not self._learn(item):
            return "".join([write(number, scope) for write in self._writers])
        try:
            values = self._give(item)
        except AttributeError:  # an item that lacks what others of its class have: its cell says so
            return "".join([write(number, scope) for write in self._writers])
        return "".join([write(number, scope, value) for write, value in zip(self._writers, values)])  # noqa: B905 - as many of both; to check takes time in every row

    def _learn(self, item: object) -> bool:
        """Find whether all that is asked of an item may be taken at once: it is there, and the sandbox lets it pass."""
        asked = self._asked
        if not asked or not all(safe(item, field) and hasattr(item, field) for field in asked):
            return False
        give = attrgetter(*asked)
        self._give = give if len(asked) > 1 else lambda item: (give(item),)
        self._kind = type(item)
        return True


def _looks(cell: Column, loops: Sequence[str]) -> tuple[int, str, bool]:
    """Say what a cell looks at: how many of the loops, which field of the innermost item alone, and a part of that."""
    depth, names = cell.depth(loops), cell.names()
    if depth < len(loops) or len(names) < _PART - 1 or names[0] != loops[-1]:
        return depth, "", False
    if len(names) == _PART - 1:
        return depth, names[1], False
    return (depth, "", False) if cell.wraps else (depth, names[1], True)  # a row is as high as what wraps in it


class _Run:
    """Cells side by side that see the items of the same loops, named in `loops`, the outermost first.

    They are written anew when one of these items is another; `every` turn of the innermost loop, it always is.
    """

    __slots__ = ("_cells", "_every", "_items", "_loops", "_text")

    def __init__(self, cells: list[Column], loops: Sequence[str], *, every: bool) -> None:
        self._cells, self._loops, self._every = cells, loops, every
        self._items: list[object] | None = None
        self._text: list[str] = []  # between the numbers of the row

    def look(self, scope: Scope) -> None:
        """Write what any row of a loop has, where another item of a loop around it is seen. Raises TemplateError."""
        items = [scope.get(name) for name in self._loops]
        if self._every or (self._items is not None and all(map(is_, items, self._items))):
            return
        self._items = items
        try:
            self._text = "".join([cell.write(ANY, scope) for cell in self._cells]).split(ANY)
        except PlacedError:
            self._every = True

    def write(self, number: str, scope: Scope, _: object = ASK) -> str:
        """Write the cells in the row `number`. Raises TemplateError."""
        return "".join([cell.write(number, scope) for cell in self._cells]) if self._every else number.join(self._text)


class _Shared:
    """Cells side by side that look at the same part of an item: `row.criterion` of `row.criterion.path`.

    Items share their parts, as a view model does that says what is equal once: what was written for a part is kept.
    """

    __slots__ = ("_cells", "_kept", "_known")

    def __init__(self, cells: list[Column]) -> None:
        self._cells = cells
        # By the identity of a part that is kept, so that no other gets it: the text between the numbers of the row.
        self._known: dict[int, list[str]] = {}
        self._kept: list[object] = []

    def write(self, number: str, scope: Scope, part: object = ASK) -> str:
        """Write the cells in the row `number`. Raises TemplateError."""
        known = self._known.get(id(part))
        if known is not None:
            return number.join(known)
        if part is ASK:
            return "".join([cell.write(number, scope) for cell in self._cells])
        try:
            text = "".join([cell.write(ANY, scope) for cell in self._cells]).split(ANY)
        except PlacedError:
            return "".join([cell.write(number, scope) for cell in self._cells])
        if len(self._known) < _SHARED:
            self._known[id(part)] = text
            self._kept.append(part)
        return number.join(text)
