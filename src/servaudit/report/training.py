"""The view of what trainers and staff read: what to do, what to avoid, role-plays with an observer's grid, a quiz."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple

from servaudit.model.standard import GRAVITY
from servaudit.report.conditions import together
from servaudit.report.figures import Figures
from servaudit.report.paper import sheet
from servaudit.report.quiz import LONGEST, Material, quiz
from servaudit.report.thresholds import thresholds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servaudit.i18n import Translator
    from servaudit.model.standard import Criterion
    from servaudit.report.asked import GridRow, GridView
    from servaudit.report.paper import Block, Line
    from servaudit.report.quiz import Question
    from servaudit.report.thresholds import Thresholds
    from servaudit.scoring.grid import Grid, Part

_STAGE = "stage"
"""The facet that says which stage of the ceremony of service a criterion belongs to (DOMAIN §2)."""
_CONTACT, _HUMAN = "contact_point", "human"
"""The facet that says who or what meets the customer (DOMAIN §5), and its value where a person does."""
_PROMPTS = 3
_FEW_QUESTIONS = 5
"""How many questions there may always be on each of several standards."""
_FEWEST = 3
"""How many criteria there must be for a role-play to be worth playing."""


class Side(NamedTuple):
    """What to do, or what to avoid: an example, a threshold, a picture beside the standard; at least one of them."""

    example: str | None
    threshold: str | None
    picture: str | None


class Card(NamedTuple):
    """One criterion, as it is taught. `beside` is the file that its pictures are beside."""

    line: Line
    row: GridRow
    do: Side | None
    avoid: Side | None
    beside: str


class Group(NamedTuple):
    """The criteria of a section: all, those with something to show, and the others; no title: the chapter's own."""

    title: str | None
    condition: str | None
    cards: tuple[Card, ...]
    shown: tuple[Card, ...]
    plain: tuple[Card, ...]


class Chapter(NamedTuple):
    """A top section and those in it; `number` counts chapters; `standard` names one of several, if that says more."""

    number: int
    standard: str | None
    title: str
    groups: tuple[Group, ...]
    criteria: int


class RolePlay(NamedTuple):
    """A stage to play: what to lean on, slips to make on purpose the second time, and what the observer looks at.

    A stage that only some visits come to has a `condition`, and no scenario: that of the visit may tell of another.
    """

    title: str
    condition: str | None
    scenario: str | None
    phrases: tuple[str, ...]
    slips: tuple[str, ...]
    lines: tuple[Line, ...]


class Booklet(NamedTuple):
    """What trainers and staff read of a checklist or a standard. `short` begins its SHA-256."""

    audience: Literal["trainer", "staff"]
    grid: GridView
    language: str
    generator: str
    short: str
    chapters: tuple[Chapter, ...]
    plays: tuple[RolePlay, ...]
    questions: tuple[Question, ...]


def booklet(
    grid: Grid, view: GridView, tr: Translator, *, generator: str, audience: Literal["trainer", "staff"]
) -> Booklet:
    """Make the booklet of a grid that was opened for this audience; staff get what they are judged on, and no more."""
    printed = sheet(grid, view, tr, generator=generator, numbers=audience == "trainer")
    lessons = [_Lessons(part, tr) for part in grid.parts]
    blocks = [block for block in map(_judged, printed.blocks) if block.lines] if audience == "staff" else printed.blocks
    stages = [(key, list(inside)) for key, inside in groupby(blocks, lambda block: (block.part, block.top))]
    named = [part.title if view.several else None for part in view.parts]
    each = max(_FEW_QUESTIONS, LONGEST // len(lessons))
    return Booklet(
        audience=audience,
        grid=_of_standards(view, tr) if audience == "staff" else view,
        language=tr.language,
        generator=generator,
        short=printed.short,
        chapters=tuple(
            lessons[part].chapter(number, named[part], title, inside)
            for number, ((part, title), inside) in enumerate(stages, 1)
        ),
        plays=tuple(
            play for (part, title), inside in stages for play in lessons[part].plays(title, inside, view.scenario)
        ),
        questions=tuple(
            question._replace(number=number)
            for number, question in enumerate(
                (
                    question
                    for place, lesson in enumerate(lessons)
                    for question in lesson.questions([block for block in blocks if block.part == place], each)
                ),
                1,
            )
        ),
    )


class _Lessons:
    """Makes the lessons of one standard."""

    def __init__(self, part: Part, tr: Translator) -> None:
        self._part, self._tr = part, tr
        self._figures = Figures(part.standard, tr)
        borrowed = part.standard.borrowed & {("facets", _STAGE), ("facets", _CONTACT)}
        staged = any(_STAGE in node.criterion.facets for node in part.plan.criteria.values())
        self._says_who = staged or bool(borrowed)

    def chapter(self, number: int, standard: str | None, title: str, blocks: Sequence[Block]) -> Chapter:
        """Make the chapter of a top section."""
        groups = tuple(self._group(block, title) for block in blocks)
        return Chapter(
            number, None if standard == title else standard, title, groups, sum(len(one.cards) for one in groups)
        )

    def _group(self, block: Block, chapter: str) -> Group:
        cards = tuple(self._card(line) for line in block.lines)
        shown = tuple(card for card in cards if card.do or card.avoid)
        plain = tuple(card for card in cards if not (card.do or card.avoid))
        return Group(None if block.title == chapter else block.title, block.condition, cards, shown, plain)

    def _card(self, line: Line) -> Card:
        row = line.row
        found = self._thresholds(row)
        pictures = dict(row.pictures)
        do = Side(row.good, found.good if found else None, pictures.get("good"))
        avoid = Side(row.bad, found.bad if found else None, pictures.get("bad"))
        return Card(line, row, do if any(do) else None, avoid if any(avoid) else None, self._part.ref.path)

    def _thresholds(self, row: GridRow) -> Thresholds | None:
        return thresholds(self._figures.scale(self._criterion(row)), self._figures, self._tr)

    def _criterion(self, row: GridRow) -> Criterion:
        return self._part.plan.criteria[row.id].criterion

    def plays(self, title: str, blocks: Sequence[Block], scenario: str | None) -> Iterator[RolePlay]:
        """Make the role-play of a top section, of what a person does there before a customer."""
        played = [block._replace(lines=tuple(line for line in block.lines if self._playable(line))) for block in blocks]
        lines = tuple(line for block in played for line in block.lines)
        if len(lines) < _FEWEST:
            return
        condition = together(_shared([block.conditions for block in played if block.lines]), self._tr)
        first = sorted(lines, key=lambda line: (GRAVITY[line.row.severity], -line.row.weight, line.number))
        yield RolePlay(
            title,
            condition,
            None if condition else scenario,
            tuple(line.row.good for line in first if line.row.good)[:_PROMPTS],
            tuple(line.row.bad for line in first if line.row.bad)[:_PROMPTS],
            tuple(_played(line) for line in lines),
        )

    def _playable(self, line: Line) -> bool:
        """Look for a person to play: where no contact point is said, in what is of a stage.

        A standard that has no stages and takes neither axis from a vocabulary may be played as a whole.
        """
        facets = self._criterion(line.row).facets
        human = facets[_CONTACT] == _HUMAN if _CONTACT in facets else _STAGE in facets or not self._says_who
        return line.row.scored and human

    def questions(self, blocks: Sequence[Block], longest: int) -> tuple[Question, ...]:
        """Draw the quiz of the standard."""
        material = [
            Material(line.row, block.top, line.row.unit, self._thresholds(line.row))
            for block in blocks
            for line in block.lines
        ]
        return quiz(material, self._figures, self._tr, longest)


def _of_standards(view: GridView, tr: Translator) -> GridView:
    """Call it what its standards are called: a checklist's title and description are for those who visit."""
    description = None if len(view.parts) > 1 else view.parts[0].description
    return view._replace(title=tr.list([part.title for part in view.parts]), description=description)


def _judged(block: Block) -> Block:
    """Leave out what is only recorded."""
    return block._replace(lines=tuple(line for line in block.lines if line.row.scored))


def _shared(sections: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Find the conditions that all sections are under."""
    return tuple(one for one in sections[0] if all(one in others for others in sections))


def _played(line: Line) -> Line:
    """Make room for one answer: a role-play shows everything once, and everything in it applies."""
    return line._replace(way="boxes" if line.way == "tally" else line.way, absent=None, times=(1,), hint=None)
