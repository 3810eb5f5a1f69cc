"""The rows of the sheet to fill in: what stands in each, the cell to answer in, and the codes that lead back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servaudit.model.scale import Choices
from servaudit.render.checklist_xlsx.conditions import given, number, quoted
from servaudit.render.checklist_xlsx.slots import NA, Group, offers_na
from servaudit.render.workbook import Formula, Named
from servaudit.report.words import SENTENCE, unit_word
from servaudit.sources.workbook.codes import BELOW

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servaudit.i18n import Translator
    from servaudit.render.checklist_xlsx.live import Live
    from servaudit.render.checklist_xlsx.slots import Slot
    from servaudit.report.asked import GridPart, GridRow

VALIDATION = 255
"""Characters that Excel takes in the formula of a validation."""


class Place(NamedTuple):
    """A cell that is read back: its name, its code, what it is (`answer`, `note`, `evidence`).

    The label beside it is there once for a row.
    """

    name: str
    code: str
    role: str
    label: str


class SheetRow(NamedTuple):
    """One row of the sheet. `kind` says what the template writes; cells that are not there are None.

    `list` is the source of a drop-down list, `check` the formula that a number must meet, both for validations.
    `depth` is that of a section; `status` tells what is still missing in the row.
    """

    kind: str
    text: str
    code: str = ""
    depth: int = 0
    guidance: str | None = None
    answer: object = None
    list: object = None
    check: object = None
    hint: str = ""
    note: object = None
    evidence: object = None
    status: object = None
    score: object = None


class Lists:
    """The drop-down lists of a workbook, each a range with a name; equal ones are one."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, ...], str] = {}

    def of(self, labels: Sequence[str]) -> Formula:
        """Name the list of these labels."""
        return Formula(self._known.setdefault(tuple(labels), f"list_{len(self._known) + 1}"))

    def rows(self) -> Iterator[object]:
        """Give the cells of all lists, one under the other, with nothing between."""
        for labels, name in self._known.items():
            yield from (Named(label, name) for label in labels)


class Rows:
    """Writes the rows of one standard. `places` fills with the cells to read back."""

    def __init__(self, part: GridPart, live: Live, lists: Lists, tr: Translator, places: list[Place]) -> None:
        self.live, self.lists, self.tr, self.places = live, lists, tr, places
        self.of: Mapping[str, GridRow] = {row.id: row for row in part.criteria}
        self.titles = {section.id: section.title for section in part.sections}

    def rows(self) -> Iterator[SheetRow]:
        """Give the rows in the order of the standard."""
        yield from self._group(self.live.root, 0)

    def _group(self, group: Group, depth: int) -> Iterator[SheetRow]:
        for child in group.children:
            if not isinstance(child, Group):
                yield from self._slot(child)
            elif child.instance is not None:
                title = self.titles.get(child.node.id, child.node.id)
                text = self.tr.t(
                    "{title}, {number} of {count}", title=title, number=child.instance, count=len(group.children)
                )
                yield SheetRow("instance", text, score=self._score(child))
                yield from self._group(child, depth)
            else:
                title = self.titles.get(child.node.id, child.node.id)
                yield SheetRow("section", title, depth=depth + 1, score=self._score(child))
                yield from self._group(child, depth + 1)

    def _score(self, group: Group) -> object:
        if not self.live.supported or group.instance is not None:
            return None
        return Formula(self.live.name("sec", group.slug))

    def _slot(self, slot: Slot) -> Iterator[SheetRow]:
        row, code = self.of[slot.node.id], slot.code_of("")
        label = row.text if row.severity == "minor" else f"{row.text}\n▲ {row.severity_word}"
        head = SheetRow(
            "head",
            label,
            code,
            guidance=self._guidance(slot, row),
            answer=BELOW,
            note=self._place(f"n_{slug}" if (slug := slot.slug) else "", code, "note"),
            evidence=self._place(f"e_{slot.slug}", code, "evidence"),
            status=Formula(self._status(slot, row)),
        )
        if slot.shape == "one":
            yield self._answered(head, slot, row, "", label)
            return
        yield head
        for item in slot.cells:
            own = self._item_label(slot, item)
            yield self._answered(SheetRow("item", own, slot.code_of(item)), slot, row, item, own)

    def _guidance(self, slot: Slot, row: GridRow) -> str | None:
        """Say how to judge; answers that are sentences are listed, since a drop-down list shows but their beginning."""
        labels = [label for key, label in self.live.words.labels(slot).items() if key != NA]
        if slot.shape != "one" or max(map(len, labels), default=0) <= SENTENCE:
            return row.guidance
        return "\n".join([*([row.guidance] if row.guidance else []), *(f"• {label}" for label in labels)])

    def _item_label(self, slot: Slot, item: str) -> str:
        if slot.shape == "observations":
            return self.tr.t("Observation {number}", number=item)
        label = self.live.words.labels(slot)[item]
        return self.tr.t("Number of “{answer}”", answer=label) if slot.shape == "tally" else label

    def _answered(self, row: SheetRow, slot: Slot, of: GridRow, item: str, label: str) -> SheetRow:
        """Give a row its cell to answer in, with what it lets in."""
        cell = slot.cells[item]
        answer = self._place(cell, row.code, "answer", label)
        one = "answer" if row.kind == "head" else "item"
        labels = self.live.words.labels(slot)
        if slot.shape == "tally":
            return row._replace(kind=f"{one}_count", answer=answer, hint=self.tr.t("count"))
        if slot.shape == "ticks":
            return row._replace(kind=f"{one}_list", answer=answer, list=self.lists.of([TICK]))
        if of.choices and not (isinstance(slot.scale, Choices) and slot.scale.multiple):
            offered = [label for key, label in labels.items() if key != NA or offers_na(slot)]
            longest = max(offered, key=len, default="")
            return row._replace(kind=f"{one}_list", answer=answer._replace(room=longest), list=self.lists.of(offered))
        if of.kind == "number":
            return row._replace(
                kind=f"{one}_number",
                answer=answer,
                check=self._check(cell, of, labels.get(NA) if offers_na(slot) else None),
                hint=self._hint(of),
            )
        kind = of.kind if of.kind in ("date", "time") else "text"
        return row._replace(kind=f"{one}_{kind}", answer=answer)

    @staticmethod
    def _check(cell: str, of: GridRow, na: str | None) -> Formula | None:
        """Say what a number must meet; with long names less, since Excel takes 255 characters in a validation."""
        bounds = []
        if of.low is not None and of.high is not None:
            low, high = sorted((of.low, of.high))
            bounds = [f"{cell}>={number(low)}", f"{cell}<={number(high)}"]
        is_number = f"ISNUMBER({cell})"
        tests = [f"AND({','.join([is_number, *bounds])})"] if bounds else []
        for test in (*tests, is_number):
            text = f"OR({test},{cell}={quoted(na)})" if na else test
            if len(text) <= VALIDATION:
                return Formula(text)
        return None

    def _hint(self, of: GridRow) -> str:
        """Say the unit and the bounds."""
        unit = unit_word(of.unit, self.tr)
        if of.low is None or of.high is None:
            return unit
        bounds = self.tr.t("{low} to {high}", low=of.low, high=of.high)
        return f"{bounds} {unit}".strip()

    def _place(self, name: str, code: str, role: str, label: str = "") -> Named:
        self.places.append(Place(name, code, role, label))
        return Named(None, name)

    def _status(self, slot: Slot, row: GridRow) -> str:
        """Tell in the row what is missing: an answer, a note, evidence; or that there is nothing to answer here."""
        t, name = self.tr.t, self.live.name
        done = quoted(f"{DONE}")
        rule = row.evidence
        if rule is not None:
            note, photo = f"n_{slot.slug}", f"e_{slot.slug}"
            missing = {"note": f'{note}=""', "photo": f'{photo}=""', "any": f'AND({note}="",{photo}="")'}[rule.require]
            word = {"note": t("note?"), "photo": t("photo?"), "any": t("note or photo?")}[rule.require]
            if rule.when == "always":
                done = f"IF({missing},{quoted(f'{LACKS} {word}')},{done})"
            elif self.live.supported:
                lacks = f'AND({name("is", slot.slug)}="not_met",{missing})'
                done = f"IF({lacks},{quoted(f'{LACKS} {word}')},{done})"
        to_answer, not_asked, to_check = t("to answer"), t("not asked"), t("answer?")
        open_ = quoted(f"{OPEN} {to_answer}") if row.scored and not row.bonus else quoted(ASIDE)
        if self.live.supported and row.scored:
            unread = quoted(f"{UNREAD} {to_check}")
            done = f'IF({name("is", slot.slug)}="unobserved",{unread},{done})'
        status = f"IF({given(slot.cells.values())}=0,{open_},{done})"
        if self.live.supported and self.live.conditional(slot):
            hidden, said = f"{name('if', slot.slug)}=FALSE", quoted(f"{OUT} {not_asked}")
            status = f"IF({hidden},{said},{status})"
        return status


OPEN, LACKS, UNREAD, OUT, DONE, ASIDE, TICK = "○", "!", "‼", "–", "✓", "·", "✓"
