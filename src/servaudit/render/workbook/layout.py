"""Decides which row of the template becomes which rows of the report, and answers for every reference to them.

Rows that nothing produced vanish. Where a formula, a chart or a name speaks of nothing but such rows, one empty hidden
row is left for each, so that no reference dangles and a sum of nothing is 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Sized
from typing import TYPE_CHECKING, NamedTuple

from servaudit.diagnostics import msg
from servaudit.render.workbook import expressions
from servaudit.render.workbook.errors import fault, placed
from servaudit.render.workbook.plan import For, Rows
from servaudit.render.workbook.references import MAX_ROW

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from servaudit.render.workbook.dotted import Scope
    from servaudit.render.workbook.plan import Block, Marker, Node, Plan

Path = tuple[int, ...]  # for each block around a row: its id, and which turn of it


class Placed(NamedTuple):
    """A row of the report: the row of the template it comes from, the turn of each loop around it, what it sees.

    Or the `rows` that a `loop` of plain rows makes of one, of which nothing more is kept: they may be many.
    """

    source: int
    path: Path
    scope: Scope | None
    rows: int = 1
    loop: For | None = None


class Layout:
    """The rows of one sheet of the report, in order; `placed[0]` is row 1. `scope` None: an empty hidden row."""

    def __init__(self, plan: Plan, scope: Scope, referred: Iterable[tuple[int, int]]) -> None:
        self._plan = plan
        self._referred = sorted(set(referred))
        self.placed: list[Placed] = []
        self._count = 0  # rows of all that is placed
        self._nodes(plan.nodes, scope, ())
        for loop in [node for node in plan.nodes if isinstance(node, For)][-1:]:
            self._room(loop.body.marker)  # for what comes after it, too
        self._spans: dict[tuple[int, Path], tuple[int, int]] = {}
        for row, (source, path, _, count, _) in self.numbered():
            for depth in range(0, len(path) + 1, 2):
                key = source, path[:depth]
                lo, _ = self._spans.get(key, (row, row))
                self._spans[key] = lo, row + count - 1

    def numbered(self) -> Iterator[tuple[int, Placed]]:
        """Give what is placed with the number of its first row."""
        row = 1
        for found in self.placed:
            yield row, found
            row += found.rows

    @property
    def shift(self) -> int:
        """How many rows what follows the template's last row moves down."""
        return sum(placed.rows for placed in self.placed) - self._plan.last

    def span(self, first: int, last: int, path: Path = ()) -> tuple[int, int] | None:
        """Tell the first and last row that come from these of the template, in the loop turns of `path`."""
        end = self._plan.last
        found = [span for row in range(first, min(last, end) + 1) if (span := self._spans.get((row, path)))]
        lows, highs = [lo for lo, _ in found], [hi for _, hi in found]
        if last > end:
            lows.append(self._after(max(first, end + 1)))
            highs.append(self._after(last))
        return (min(lows), max(highs)) if lows else None

    def common(self, source: int, path: Path, first: int, last: int) -> Path:
        """Give the turns, among those of a row of the report, of the blocks that are around these rows too."""
        return path[: self._depth(source, first, last)]

    def each(self, first: int, last: int) -> list[tuple[int, int]]:
        """List where rows that belong together (merged cells) come out, one per turn of the blocks around them."""
        depth = self._depth(first, last)
        paths = dict.fromkeys(row.path[:depth] for row in self.placed if row.source == first) or {(): None}
        return [span for path in paths if (span := self.span(first, last, path))]

    def runs(self, first: int, last: int) -> list[tuple[int, int]]:
        """List the unbroken runs of rows that come from these of the template."""
        found: list[tuple[int, int]] = []
        end = self._plan.last
        for row, (source, _, _, count, _) in self.numbered():
            if first <= source <= last:
                if found and found[-1][1] == row - 1:
                    found[-1] = found[-1][0], row + count - 1
                else:
                    found.append((row, row + count - 1))
        if last > end:
            lo, hi = self._after(max(first, end + 1)), self._after(last)
            if found and found[-1][1] == lo - 1:
                lo, _ = found.pop()
            found.append((lo, hi))
        return found

    def holds(self, row: int) -> bool:
        """Tell whether anything came from a row of the template; a row left empty for references does not count.

        Of marker rows nothing comes ever, and what hangs there is not lost for that.
        """
        if row > self._plan.last or row in self._plan.markers or row not in self._plan.chains:
            return True
        return any(placed.source == row and placed.scope is not None for placed in self.placed)

    def stands(self, row: int) -> bool:
        """Tell whether a row of the template, marker rows apart, came out."""
        return row not in self._plan.markers and self.holds(row)

    def nearest(self, row: int) -> int:
        """Tell where a row of the template comes out first; if it vanished, where the next one does."""
        span = self.span(row, max(row, self._plan.last + 1))
        return span[0] if span else row

    def _depth(self, *rows: int) -> int:
        """Tell how long a path the rows share: twice the number of blocks that are around all of them."""
        chains = [self._plan.chains.get(row, ()) for row in rows]
        shared = 0
        for ids in zip(*chains, strict=False):
            if len(set(ids)) > 1:
                break
            shared += 2
        return shared

    def _after(self, row: int) -> int:
        return MAX_ROW if row == MAX_ROW else min(MAX_ROW, row + self.shift)

    def _nodes(self, nodes: Sequence[Node], scope: Scope, path: Path) -> None:
        for node in nodes:
            if isinstance(node, Rows):
                self.placed.extend(Placed(row, path, scope) for row in range(node.first, node.last + 1))
                self._count += node.last + 1 - node.first
            elif isinstance(node, For):
                self._for(node, scope, path)
            else:
                chosen = None
                for test, block in node.branches:
                    with placed(block.marker.where, block.marker.rest):
                        holds = chosen is None and (test is None or test(scope))
                    if holds:
                        chosen = block
                        self._nodes(block.nodes, scope, (*path, block.id, 0))
                    else:
                        self._vanished(block, path)

    def _for(self, node: For, scope: Scope, path: Path) -> None:
        marker = node.body.marker
        row = node.single
        if row is not None and row in self._plan.plain and (count := _counted(node, scope)):
            self._room(marker, count)
            self.placed.append(Placed(row, path, scope, count, node))
            self._count += count
            return
        with placed(marker.where, f"{{% for {marker.rest} %}}{{% endfor %}}"):
            turns = node.turns(scope)
        for number, turn in enumerate(turns):
            self._nodes(node.body.nodes, {**scope, **turn}, (*path, node.body.id, number))
            self._room(marker)
        if not turns:
            self._vanished(node.body, path)
        if node.otherwise is not None and turns:
            self._vanished(node.otherwise, path)
        elif node.otherwise is not None:
            self._nodes(node.otherwise.nodes, scope, (*path, node.otherwise.id, 0))

    def _room(self, marker: Marker, more: int = 0) -> None:
        """See that what is placed and the rows that a loop adds fit on a sheet."""
        if self._count + more > MAX_ROW:
            message = msg("a sheet has at most {limit} rows, and this makes {count}", limit=MAX_ROW,
                          count=self._count + more)  # fmt: skip
            raise fault(marker.where, message)

    def _vanished(self, block: Block, path: Path) -> None:
        kept = 0
        for first, last in self._referred:
            if block.first - 1 <= first and last <= block.last + 1 and not first <= kept <= last:
                kept = max(first, block.first)
                self.placed.append(Placed(kept, path, None))


def turns(node: For, scope: Scope) -> Iterator[Scope]:
    """Give what each turn of loops over one plain row sees: always the same scope, with other items in it."""
    for own, name, items in innermost(node, scope):
        for index, own[name] in enumerate(items):
            own["loop"] = expressions.Turn(index, len(items))
            yield own


def innermost(node: For, scope: Scope) -> Iterator[tuple[Scope, str, Collection[object]]]:
    """Give each loop that holds only the row, of loops over one plain row: what it sees, its name and its items."""
    name, items = node.items or ("", dict)
    inner = node.body.nodes[0]
    own = dict(scope)
    found: Collection[object] = items(own)  # type: ignore[assignment] # it was counted before
    if not isinstance(inner, For):
        yield own, name, found
        return
    for index, own[name] in enumerate(found):
        own["loop"] = expressions.Turn(index, len(found))
        yield from innermost(inner, own)


def _counted(node: For, scope: Scope) -> int | None:
    """Count the turns of loops over one row; None when that would use up what they go through."""
    name, items = node.items or ("", dict)
    marker = node.body.marker
    with placed(marker.where, f"{{% for {marker.rest} %}}{{% endfor %}}"):
        found = items(scope)
    if not isinstance(found, Sized) or not isinstance(found, Iterable):
        return None
    inner = node.body.nodes[0]
    if not isinstance(inner, For):
        return len(found)
    total = 0
    for index, item in enumerate(found):
        count = _counted(inner, {**scope, name: item, "loop": expressions.Turn(index, len(found))})
        if count is None:
            return None
        total += count
    return total
