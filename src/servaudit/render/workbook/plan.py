"""Reads the marker rows of a sheet (`for`, `if`, `elif`, `else`, their ends) as a tree of blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from servaudit.diagnostics import Cell, msg
from servaudit.render.workbook import expressions
from servaudit.render.workbook.errors import fault, placed

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from servaudit.render.workbook.dotted import Scope

_MARKER = re.compile(r"\s*\{%[-+]?\s*(sheet|for|if|elif|else|endif|endfor)\b((?:(?!%\}).)*?)[-+]?%\}\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker row: its word, what follows it, and its cell."""

    word: str
    rest: str
    where: Cell


@dataclass(slots=True)
class Rows:
    """Ordinary rows, from `first` to `last`."""

    first: int
    last: int


@dataclass(slots=True)
class Block:
    """What a marker governs: rows `first` to `last` between the markers. `id` numbers the blocks of a sheet."""

    id: int
    marker: Marker
    first: int
    last: int = 0
    nodes: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class For:
    """Rows repeated for each turn; `otherwise` when there is none.

    `items` is there where the loop says no more than `for x in xs`: the name, and what gives the items.
    """

    turns: Callable[[Scope], list[Scope]]
    body: Block
    otherwise: Block | None = None
    items: tuple[str, Callable[[Scope], object]] | None = None

    @property
    def single(self) -> int | None:
        """The only row of the template that such loops, one within the other, repeat; None when there are more."""
        if self.items is None or self.otherwise is not None or len(self.body.nodes) != 1:
            return None
        node = self.body.nodes[0]
        if isinstance(node, Rows):
            return node.first if node.first == node.last else None
        return node.single if isinstance(node, For) else None

    @property
    def names(self) -> list[str]:
        """What such loops, one within the other, call their items, the outermost first."""
        node = self.body.nodes[0]
        return [*(self.items or ())[:1], *(node.names if isinstance(node, For) else ())]


@dataclass(slots=True)
class If:
    """Rows shown when their condition holds (None: always); the first that holds wins."""

    branches: list[tuple[Callable[[Scope], bool] | None, Block]]


Node = Rows | For | If


def marker(text: str, where: Cell) -> Marker | None:
    """Read the text of a cell in the first column as a marker, if it is one."""
    match = _MARKER.fullmatch(text)
    return Marker(match[1], match[2].strip(), where) if match else None


class Plan:
    """The blocks of a sheet: `nodes` in order, and for each row the ids of the blocks around it.

    `plain` are rows of values alone: no formula, merge or link makes one turn of such a row unlike the next.
    """

    def __init__(
        self, markers: Mapping[int, Marker], last: int, sheet: Marker | None = None, plain: Collection[int] = ()
    ) -> None:
        self.plain = plain
        self.nodes: list[Node] = []
        self.chains: dict[int, tuple[int, ...]] = {}
        self.markers = markers
        self._count = 0
        row, end = self._read(1 if sheet is None else 2, last, self.nodes, ())
        if end is not None:
            raise fault(end.where, msg("“{word}” closes nothing", word=end.word))
        self.last = row - 1

    def _read(self, row: int, last: int, into: list[Node], chain: tuple[int, ...]) -> tuple[int, Marker | None]:
        """Read nodes up to the marker that ends them; gives the row after and that marker."""
        while row <= last:
            found = self.markers.get(row)
            self.chains[row] = chain
            if found is None:
                if into and isinstance(into[-1], Rows) and into[-1].last == row - 1:
                    into[-1].last = row
                else:
                    into.append(Rows(row, row))
                row += 1
            elif found.word == "for":
                row = self._for(row, last, found, into, chain)
            elif found.word == "if":
                row = self._if(row, last, found, into, chain)
            elif found.word == "sheet":
                raise fault(found.where, msg("“sheet” belongs in cell A1"))
            else:
                return row + 1, found
        return row, None

    def _for(self, row: int, last: int, head: Marker, into: list[Node], chain: tuple[int, ...]) -> int:
        with placed(head.where, f"{{% for {head.rest} %}}{{% endfor %}}"):
            node = For(expressions.loop(f"for {head.rest}"), self._block(head, row + 1))
            node.items = expressions.items(f"for {head.rest}")
        row, end = self._fill(node.body, row + 1, last, chain)
        if end.word == "else":
            node.otherwise = self._block(end, row)
            row, end = self._fill(node.otherwise, row, last, chain)
        self._closed(end, "endfor", head)
        into.append(node)
        return row

    def _if(self, row: int, last: int, head: Marker, into: list[Node], chain: tuple[int, ...]) -> int:
        node = If([])
        start = head
        while True:
            test = None
            if start.word != "else":
                with placed(start.where, start.rest):
                    test = expressions.condition(start.rest)
            block = self._block(start, row + 1)
            node.branches.append((test, block))
            after, end = self._fill(block, row + 1, last, chain)
            if start.word == "else" or end.word not in ("elif", "else"):
                break
            row, start = after - 1, end
        self._closed(end, "endif", head)
        into.append(node)
        return after

    def _block(self, head: Marker, first: int) -> Block:
        self._count += 1
        return Block(self._count, head, first)

    def _fill(self, block: Block, row: int, last: int, chain: tuple[int, ...]) -> tuple[int, Marker]:
        after, end = self._read(row, last, block.nodes, (*chain, block.id))
        if end is None:
            raise fault(block.marker.where, msg("“{word}” is not closed", word=block.marker.word))
        block.last = after - 2
        return after, end

    @staticmethod
    def _closed(end: Marker, word: str, head: Marker) -> None:
        if end.word != word:
            raise fault(
                end.where,
                msg("“{found}” stands where “{word}” should close “{head}”", found=end.word, word=word, head=head.word),
            )
