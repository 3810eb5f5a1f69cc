"""Makes a draft of the tables of a grid, and says what in it should be checked and what was left out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from servaudit.diagnostics import Message, msg
from servaudit.draft import words
from servaudit.draft.answers import Answers, announces
from servaudit.draft.criteria import LONGEST, Criteria
from servaudit.draft.grid import letter, plain, tidy
from servaudit.draft.headings import language
from servaudit.draft.ids import Ids, snake, unnumbered
from servaudit.draft.made import Draft, Noted, Section
from servaudit.draft.rows import Left, lines
from servaudit.draft.scales import from_text
from servaudit.draft.tree import Group, tree
from servaudit.draft.weights import weigh

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from servaudit.draft.grid import Entry
    from servaudit.draft.rows import Line
    from servaudit.draft.scales import Scale
    from servaudit.draft.table import Table

MOST: Final = 5000
"""Questions that a draft may have."""
TITLES: Final = range(4, 151)
"""Characters of a text that may be a grid's title."""


class Maker:
    """Makes one draft; `default` is the scale of questions that do not say theirs."""

    def __init__(self, default: Scale | None = None) -> None:
        self._default = default
        self._ids = Ids()
        self._count = 0
        self._notes: list[Noted] = []
        self.left: list[Left] = []

    def draft(self, tables: Sequence[Table], *, id_: str | None, file: str) -> Draft | None:
        """Make the draft; None where the tables hold no question. `file` is the name that a nameless grid takes."""
        pairs = [(table, group) for table in tables if (group := self._group(table)).questions]
        if not pairs:
            return None
        wordings = Counter(snake(unnumbered(line.entry.text)) for _, group in pairs for line in _questions(group))
        shared = {name for name, times in wordings.items() if times > 1}
        root, alone = Section("", "", ""), len(pairs) == 1
        for table, group in pairs:
            place = root if alone else self._section(root, tidy(table.sheet.name), table.sheet.name)
            answers = Answers(table, list(_questions(group)), self._default)
            self._fill(place, group, Criteria(table, answers, self._ids, shared, self.left), table)
            if answers.noted is not None:
                self._notes.append(Noted(table.sheet.name, answers.noted))
            if table.guessed is not None:
                why = msg(
                    "no heading says which column has the questions: {column} was taken", column=letter(table.guessed)
                )
                self._notes.append(Noted(table.sheet.name, why))
            self._columns(table, group)
        self._twice(root)
        taken = {section.place for section in root.all_sections()}
        title = self._title(pairs[0][0] if alone else None, taken, file)
        combine = weigh(root, self._notes)
        texts = [one.text for one in root.all_criteria()]
        texts += [heading for table, _ in pairs for heading in table.headings.values()]
        return Draft(
            id=id_ or snake(title) or snake(file) or "grid",
            title=title,
            language=_language([table for table, _ in pairs]) or words.language(texts),
            root=root,
            combine=combine,
            scales=_named(one.scale for one in root.all_criteria()),
            notes=tuple(self._notes),
            left=tuple(self.left),
            sheets=tuple(table.sheet.name for table, _ in pairs),
        )

    def _group(self, table: Table) -> Group:
        found, left = lines(table)
        asked = [line for line in found if line.kind == "question"]
        if asked and all(line.entry.formula for line in asked):
            self.left.append(Left(table.sheet.name, "", msg("its questions are formulas: a summary of other sheets")))
            return Group()
        group = tree(table, found, left)
        left.sort(key=lambda one: _row(one.place))
        self.left += [one._replace(place=f"{table.sheet.name}!{one.place}") for one in left]
        return group

    def _section(self, parent: Section, title: str, place: str) -> Section:
        shown = unnumbered(title).rstrip(": \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}")[:LONGEST] or title
        name = self._ids.take(shown, f"section_{len(parent.sections) + 1}", parent.id)
        parent.sections.append(Section(name, shown, place))
        return parent.sections[-1]

    def _fill(self, section: Section, group: Group, criteria: Criteria, table: Table) -> None:
        """Put a group's questions and sections into a section."""
        for line in group.lines:
            self._count += 1
            if self._count <= MOST:
                section.criteria.append(criteria.make(line, section.id, self._count))
            elif self._count == MOST + 1:
                place = f"{table.sheet.name}!{line.entry.place}"
                self.left.append(Left(place, tidy(line.entry.text), msg("more than {most} questions", most=MOST)))
        for inner in group.groups:
            if inner.title is None or self._count >= MOST:
                continue
            made = self._section(section, tidy(inner.title.text), f"{table.sheet.name}!{inner.title.place}")
            self._fill(made, inner, criteria, table)
            # What is the sum of the weights below is no weight beside them.
            if inner.weight is not None and inner.weight >= 0 and not inner.computed:
                made.weight = inner.weight if abs(inner.weight - made.total) > 1e-9 else None  # noqa: PLR2004 - equal

    def _twice(self, root: Section) -> None:
        """Say which questions stand twice in one section."""
        for section in (root, *root.all_sections()):
            first: dict[str, str] = {}
            for one in section.criteria:
                other = first.setdefault(plain(one.text), one.place)
                if other != one.place:
                    self._notes.append(Noted(one.place, msg("the same question as {place}", place=other)))

    def _columns(self, table: Table, group: Group) -> None:
        """Say which columns were left out and why, and what stood above the table."""
        sheet, rows = table.sheet, [line.row for line in _questions(group)]
        captions = {inner.title.place for inner in group.groups if inner.title is not None}
        for column, heading in sorted(table.headings.items()):
            entry = next((cells[column] for row in (table.bottom, table.top)
                          if column in (cells := sheet.rows.get(row, {}))), None)  # fmt: skip
            given = [sheet.rows[row][column] for row in rows if column in sheet.rows[row]]
            why = _unused(table, column, given) if heading and entry is not None else None
            if why is None and entry is not None and column in sheet.hidden_columns:
                self._notes.append(Noted(f"{sheet.name}!{entry.place}", msg("a hidden column: it was taken")))
            if entry is not None and why is not None:
                self.left.append(Left(f"{sheet.name}!{entry.place}", heading, why))
        for column in sorted(sheet.hidden_columns & (sheet.rows.get(table.top, {}).keys() - table.headings.keys())):
            entry = sheet.rows[table.top][column]
            self.left.append(Left(f"{sheet.name}!{entry.place}", tidy(entry.text), msg("a hidden column")))
        for entry in (entry for row, cells in sheet.rows.items() if row < table.top for entry in cells.values()):
            if tidy(entry.text) and entry.place not in captions:
                self.left.append(Left(f"{sheet.name}!{entry.place}", tidy(entry.text), msg("above the table")))

    def _title(self, table: Table | None, taken: Collection[str], file: str) -> str:
        """Take the first text above the table that names no field to fill in; else the file's name."""
        for row, cells in table.sheet.rows.items() if table else ():
            for entry in cells.values() if table and row < table.top else ():
                text = tidy(entry.text)
                place = f"{table.sheet.name}!{entry.place}" if table else ""
                named = entry.number is None and len(text) in TITLES and place not in taken
                if named and not any(sign in text for sign in (":", "__", "..")):
                    self.left = [one for one in self.left if one.place != place]
                    return text
        name = tidy(file.replace("_", " ").replace("-", " "))
        return f"{name[:1].upper()}{name[1:]}" or "Grid"


def _language(tables: Sequence[Table]) -> str | None:
    """Tell the language of the questions where there are translations beside them."""
    table = next((table for table in tables if table.translation is not None), None)
    return None if table is None else language(table.headings[table.column("question") or 0])


def _row(place: str) -> int:
    return int("".join(filter(str.isdigit, place)) or 0)


def _unused(table: Table, column: int, given: list[Entry]) -> Message | None:
    """Say why a column is no part of the draft; None where it is."""
    role = table.roles.get(column)
    if column in table.ticked or (role == "answers" and not announces(table.headings[column])):
        answers = [entry for entry in given if from_text(entry.text) is None and tidy(entry.text) and not entry.formula]
        return msg("answers of a visit, in {count} rows", count=len(answers)) if answers else None
    if role == "translation" and (table.translation is None or column != table.translation[0]):
        return msg("titles in another language")
    ruled = any(table.sheet.rule(row, column) for row in range(table.bottom + 1, table.bottom + 4))
    if role in ("comment", "result") or (role is None and ruled):
        return msg("filled in at each visit")
    return msg("a heading that says nothing servaudit knows") if role is None else None


def _questions(group: Group) -> Iterator[Line]:
    yield from group.lines
    for inner in group.groups:
        yield from _questions(inner)


def _named(scales: Iterable[Scale]) -> dict[str, Scale]:
    """Name each scale once; two that would share a name are told apart by a number."""
    found: dict[str, Scale] = {}
    known = set()
    for scale in scales:
        if scale.kind in ("yes_no", "info") or scale.same in known:
            continue
        known.add(scale.same)
        name, number = scale.name, 2
        while name in found or name == "yes_no":
            name, number = f"{scale.name}_{number}", number + 1
        found[name] = scale
    return found
