"""The view of a checklist on paper: numbers, boxes to tick, blanks to fill and tallies, worked out for each answer."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple

from servaudit.diagnostics import msg
from servaudit.report.conditions import Conditions, together
from servaudit.report.figures import Figures
from servaudit.report.words import unit_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from servaudit.diagnostics import Message
    from servaudit.i18n import Translator
    from servaudit.report.asked import FieldView, GridPart, GridRow, GridSection, GridView
    from servaudit.scoring.expressions import Expression
    from servaudit.scoring.grid import Grid, Part
    from servaudit.scoring.plan import Plan

Way = Literal["boxes", "tally", "blanks", "lines"]
COPIES = 3
"""How many times a section that is answered several times is printed, with all that is in it."""
TIMES = 5
"""How many blanks a value that is measured several times has."""
MARKS = 10
"""How many boxes a tally has for each answer."""
_UNITS: Mapping[str | None, tuple[str, ...]] = {"s": ("min", "s"), "h": ("h", "min")}
_EVIDENCE: Mapping[tuple[str, str], Message] = {
    ("note", "not_met"): msg("a note if it is not met"),
    ("photo", "not_met"): msg("a photo if it is not met"),
    ("any", "not_met"): msg("a note or a photo if it is not met"),
    ("note", "always"): msg("always a note"),
    ("photo", "always"): msg("always a photo"),
    ("any", "always"): msg("always a note or a photo"),
}


class Line(NamedTuple):
    """A criterion and the place for its answer.

    `boxes`: answers to tick or count, and `absent` to say that there is none to give; `blanks`: what stands after each
    blank of a value, which is filled `times`.
    """

    number: int
    row: GridRow
    way: Way
    boxes: tuple[str, ...]
    absent: str | None
    blanks: tuple[str, ...]
    times: tuple[int, ...]
    hint: str | None
    condition: str | None
    evidence: str | None


class Block(NamedTuple):
    """A section of the sheet; `crumbs` are the titles that lead to it.

    `part` counts the standards from 0, `top` is the title of the outermost section that it is, or is in; `repeats` are
    the sections answered several times that it is, or is in, the outermost first. `condition` says `conditions`
    together, the outermost first, too.
    """

    part: int
    top: str
    title: str
    crumbs: str
    condition: str | None
    repeats: tuple[str, ...]
    lines: tuple[Line, ...]
    conditions: tuple[str, ...]


class Printed(NamedTuple):
    """A section as it is printed: `observation` numbers its copies, `2`, or `2.1` inside one that repeats, too."""

    block: Block
    observation: str | None


class FieldLine(NamedTuple):
    """A field of the visit and the place for it: boxes to tick, or blanks."""

    field: FieldView
    boxes: tuple[str, ...]
    blanks: tuple[str, ...]


class Sheet(NamedTuple):
    """A checklist to print. `short` begins its SHA-256; `criteria` are counted; `marks` are the boxes of a tally."""

    grid: GridView
    language: str
    generator: str
    short: str
    fields: tuple[FieldLine, ...]
    blocks: tuple[Block, ...]
    printed: tuple[Printed, ...]
    criteria: int
    required: bool
    marks: tuple[int, ...]


def sheet(grid: Grid, view: GridView, tr: Translator, *, generator: str, numbers: bool = True) -> Sheet:
    """Lay a checklist out for paper, its criteria numbered from 1; without `numbers`, conditions quote their texts."""
    given = numbered(view)
    blocks = tuple(
        block
        for place, (part, shown) in enumerate(zip(grid.parts, view.parts, strict=True))
        for block in _Blocks(place, part, shown, given[shown.id], tr, several=view.several, numbers=numbers).all()
    )
    return Sheet(
        grid=view,
        language=tr.language,
        generator=generator,
        short=view.sha256[:12],
        fields=tuple(_field(field, tr) for field in view.fields),
        blocks=blocks,
        printed=tuple(_printed(blocks)),
        criteria=sum(len(part.criteria) for part in view.parts),
        required=any(field.required for field in view.fields),
        marks=tuple(range(1, MARKS + 1)),
    )


def numbered(view: GridView) -> dict[str, dict[str, int]]:
    """Give each criterion a number from 1, in the order they are printed in: by part, by criterion."""
    found: dict[str, dict[str, int]] = {}
    number = 0
    for part in view.parts:
        found[part.id] = {row.id: number + place for place, row in enumerate(part.criteria, 1)}
        number += len(part.criteria)
    return found


def _printed(blocks: Iterable[Block], inside: tuple[int, ...] = ()) -> Iterator[Printed]:
    """Put the sections in the order they are printed in, those that repeat as often as they are printed."""
    for repeats, group in groupby(blocks, lambda block: block.repeats[len(inside) : len(inside) + 1]):
        together = tuple(group)
        if repeats:
            for copy in range(1, COPIES + 1):
                yield from _printed(together, (*inside, copy))
        else:
            yield from (Printed(block, ".".join(map(str, inside)) or None) for block in together)


class _Above(NamedTuple):
    """A section that others are in: its title, its condition, and what names it if it repeats."""

    title: str
    when: str | None
    repeats: str | None


class _Blocks:
    """Lays out one standard."""

    def __init__(
        self, place: int, part: Part, shown: GridPart, given: Mapping[str, int], tr: Translator, *, several: bool,
        numbers: bool,
    ) -> None:  # fmt: skip
        self._plan: Plan = part.plan
        self._place, self._shown, self._numbers, self._tr = place, shown, given, tr
        figures = Figures(part.standard, tr)
        criteria = {name: node.criterion for name, node in part.plan.criteria.items()}
        names = {
            row.id: tr.t("no. {number}", number=str(given[row.id])) if numbers else _quoted(row.text, tr)
            for row in shown.criteria
        }
        self._conditions = Conditions(part.standard, criteria, names, figures, tr)
        self._first = (shown.title,) if several else ()

    def all(self) -> Iterator[Block]:
        above: list[_Above] = []
        for section in self._shown.sections:
            del above[max(section.depth - 1, 0) :]
            node = self._plan.sections.get(section.id)
            repeats = f"{self._place}/{section.path}" if section.repeated else None
            above.append(_Above(section.title, self._when(node.applies if node else None), repeats))
            if section.criteria:
                yield self._block(section, above)

    def _block(self, section: GridSection, above: list[_Above]) -> Block:
        first = self._first if section.id else ()  # else its title is the standard's own
        conditions = tuple(one.when for one in above if one.when)
        return Block(
            self._place,
            above[0].title,
            section.title,
            " › ".join((*first, *(one.title for one in above[:-1]))),
            together(conditions, self._tr),
            tuple(one.repeats for one in above if one.repeats),
            tuple(self._line(row) for row in section.criteria),
            conditions,
        )

    def _line(self, row: GridRow) -> Line:
        way = _way(row)
        node = self._plan.criteria[row.id]
        repeated = row.repeat is not None and way == "blanks"
        return Line(
            self._numbers[row.id],
            row,
            way,
            tuple(option.label for option in row.choices),
            self._absent(row),
            blanks(row.kind, row.unit, self._tr) if way == "blanks" else (),
            tuple(range(1, TIMES + 1)) if repeated else (1,),
            self._hint(row),
            self._when(node.applies),
            self._tr.message(_EVIDENCE[row.evidence]) if row.evidence else None,
        )

    def _absent(self, row: GridRow) -> str | None:
        """Say "not applicable", unless it is forbidden, needless or one of the answers."""
        said = any(option.points is None for option in row.choices)
        return self._tr.t("N/A") if row.scored and row.na_allowed and not said else None

    def _hint(self, row: GridRow) -> str | None:
        if row.kind == "multiple":
            return self._tr.t("several answers possible")
        if row.low is not None and row.high is not None:
            return self._tr.t("from {low} to {high}", low=row.low, high=row.high)
        return self._tr.t("one mark per observation") if row.repeat and row.kind == "choices" else None

    def _when(self, applies: Expression | None) -> str | None:
        if applies is None:
            return None
        said = self._conditions.say(applies.tree)
        return self._tr.t("only if {condition}", condition=said) if said else self._tr.t("only where it applies")


def _quoted(text: str, tr: Translator) -> str:
    return tr.t("“{text}”", text=text.removesuffix("."))


def _way(row: GridRow) -> Way:
    if row.kind == "choices" and row.repeat:
        return "tally"
    if row.kind in ("choices", "multiple"):
        return "boxes"
    return "blanks" if row.kind in ("number", "date", "time") else "lines"


def blanks(kind: str, unit: str | None, tr: Translator) -> tuple[str, ...]:
    """List what stands after each blank of a value: `min` and `s` of a duration, signs between the parts of a date."""
    if kind == "date":
        return ("/", "/", "")
    if kind == "time":
        return ("h", "")
    return _UNITS.get(unit) or (unit_word(unit, tr),)


def _field(field: FieldView, tr: Translator) -> FieldLine:
    labels = tuple(option.label for option in field.choices)
    if field.type == "bool" or labels:
        return FieldLine(field, labels or (tr.t("Yes"), tr.t("No")), ())
    return FieldLine(field, (), blanks(field.type, None, tr))
