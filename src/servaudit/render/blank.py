"""Writes a blank observation as YAML, for those who like text: each criterion a comment, its key below to fill in."""

from __future__ import annotations

import json
import re
import textwrap
from typing import TYPE_CHECKING, Final, NamedTuple

from servaudit.report.words import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from servaudit.i18n import Translator
    from servaudit.report.asked import FieldView, GridPart, GridRow, GridSection
    from servaudit.report.paper import Line, Sheet

WIDTH: Final = 110
_LONG: Final = 220
_ASIDE: Final = " — "
_PLAIN: Final = re.compile(r"[^\W\d_][\w-]*(?: [\w-]+)*|\d{4}-\d\d-\d\d")
_WORDS: Final = frozenset({"null", "true", "false"})
_SAMPLES: Final[Mapping[str, str]] = {
    "date": "2026-11-03", "time": '"10:15"', "number": "3", "bool": "yes", "photo": "photos/1.jpg", "link": "https://…",
}  # fmt: skip


class Visit(NamedTuple):
    """What is known of the visit before it takes place; `date` is an ISO date."""

    id: str
    site: str | None
    date: str


def blank(sheet: Sheet, visit: Visit, tr: Translator) -> str:
    """Write the observation: it is valid as it is, with nothing observed."""
    return "".join(f"{line}\n" for line in _Blank(sheet, tr).lines(visit))


class _Inside(NamedTuple):
    """A section that repeats, and how far its answers are set in."""

    depth: int
    indent: int


class _Blank:
    def __init__(self, sheet: Sheet, tr: Translator) -> None:
        self.sheet, self.grid, self.tr = sheet, sheet.grid, tr
        self.found = {(block.part, line.row.id): line for block in sheet.blocks for line in block.lines}
        self.whens = {(block.part, line.row.id): block.condition for block in sheet.blocks for line in block.lines[:1]}

    def lines(self, visit: Visit) -> Iterator[str]:
        yield "kind: observation"
        yield f"{self.grid.kind}: {self.grid.identity}  # {_one_line(self.grid.title)}"
        if self.grid.kind == "checklist":
            yield f"standards: [{', '.join(part.identity for part in self.grid.parts)}]"
        yield f"language: {self.sheet.language}"
        yield "visit:"
        yield f"  id: {_scalar(visit.id)}"
        yield from self.fields(visit)
        yield '# note: "…"'
        yield from ("", *_comment(self.how(), ""))
        yield "answers:"
        for place, part in enumerate(self.grid.parts):
            if self.grid.several:
                yield f"  {_scalar(part.id)}:  # {_one_line(part.title)}"
            yield from self.part(place, part, 4 if self.grid.several else 2)
        yield ""
        praise = self.tr.t("Bravo!")
        yield f'# commendations: [{{note: "{praise} …"}}]'

    def how(self) -> str:
        return self.tr.t(
            "Write each answer after its colon. Left empty: not observed; na: not applicable. With a note or a photo: "
            "{example}",
            example='{value: no, note: "…", evidence: [photos/1.jpg]}',
        )

    def fields(self, visit: Visit) -> Iterator[str]:
        """Write what is known of the visit, and what is asked besides as comments."""
        facts = [field for field in self.grid.fields if field.id.startswith("context.")]
        usual = {
            field.id: option.key
            for field in self.grid.fields
            for option in field.choices
            if option.key == field.default and field not in facts
        }
        known = usual | {"site": _one_line(visit.site or "") or usual.get("site"), "date": visit.date}
        for field in self.grid.fields:
            value = known.pop(field.id, None)
            if value is not None:
                yield f"  {field.id}: {_scalar(value)}"
            elif field not in facts:
                yield f"  # {field.id}: {self.sample(field)}"
        yield from (f"  {name}: {_scalar(value)}" for name, value in known.items() if value is not None)
        if facts:
            yield "  # context:"
            yield from (f"  #   {field.id.removeprefix('context.')}: {self.sample(field)}" for field in facts)

    def sample(self, field: FieldView) -> str:
        """Show how a field is answered, and what it is."""
        given = _scalar(field.choices[0].key) if field.choices else _SAMPLES.get(field.type, '"…"')
        among = " · ".join(_choice(option.key, option.label) for option in field.choices)
        needed = [self.tr.t("to be filled in")] if field.required else []
        return f"{given}  # {_one_line(_ASIDE.join(filter(None, (field.title, among, field.help, *needed))))}"

    def part(self, place: int, part: GridPart, indent: int) -> Iterator[str]:
        inside = [_Inside(-1, indent)]
        opens = False
        for section in part.sections:
            while section.depth <= inside[-1].depth:
                inside.pop()
            yield from self.head(place, section, inside[-1].indent)
            if section.repeated:
                yield f"{_key(inside[-1].indent, opens=opens)}{_scalar(section.id)}:"
                inside.append(_Inside(section.depth, inside[-1].indent + 4))
                opens = True
            for row in section.criteria:
                yield from self.row(self.found[place, row.id], inside[-1].indent)
                yield f"{_key(inside[-1].indent, opens=opens)}{_scalar(row.id)}:"
                opens = False

    def head(self, place: int, section: GridSection, indent: int) -> Iterator[str]:
        if section.id:
            yield ""
            more = [self.tr.t("one “-” for each observation")] if section.repeated else []
            when = self.whens.get((place, section.criteria[0].id)) if section.criteria else None
            said = _ASIDE.join(filter(None, (section.title, when, *more)))
            yield from _comment(f"── {said} ──", " " * indent)

    def row(self, line: Line, indent: int) -> Iterator[str]:
        row, margin = line.row, " " * indent
        grave = f" ({row.severity_word})" if row.severity != "minor" else ""
        yield from _comment(f"{line.number}. {row.text}{grave}", margin)
        for text in (line.condition, textwrap.shorten(row.guidance or "", _LONG, placeholder=" …"), line.evidence):
            if text:
                yield from _comment(text, margin, "   ")
        yield from _comment(self.answers(line), margin, "   → ")

    def answers(self, line: Line) -> str:
        """Say what answers there are, and how several are written."""
        row = line.row
        said = [_choice(option.key, option.label) for option in row.choices] or [self.measured(row)]
        absent = [_choice("na", line.absent)] if line.absent else []
        several = _several(row) if row.repeat else ""
        return " · ".join((*said, *absent)) + several

    def measured(self, row: GridRow) -> str:
        if row.kind == "number":
            bounds = (
                self.tr.t("from {low} to {high}", low=row.low, high=row.high)
                if row.low is not None and row.high is not None
                else self.tr.t("a number")
            )
            return "4 min 30 s" if row.unit in ("s", "min", "h") else bounds
        return _SAMPLES.get(row.kind, '"…"')


def _several(row: GridRow) -> str:
    if row.kind == "choices":
        first, *others = (option.key for option in row.choices)
        return f"{_ASIDE}{{{first}: 7{''.join(f', {key}: 3' for key in others[:1])}}}"
    return f"{_ASIDE}[{'4 min, 6 min' if row.unit in ('s', 'min', 'h') else '1, 2'}]"


def _choice(key: str, label: str) -> str:
    return label if key.casefold() == label.casefold() else f"{key} ({label})"


def _key(indent: int, *, opens: bool) -> str:
    """Set a key in; the first of an item has its dash."""
    return f"{' ' * (indent - 2)}- " if opens else " " * indent


def _scalar(text: str) -> str:
    return text if _PLAIN.fullmatch(text) and text.lower() not in _WORDS else json.dumps(text, ensure_ascii=False)


def _one_line(text: str) -> str:
    text = clean(text)
    return " ".join(re.split(r"[\s\x85\u2028\u2029]+", text.replace("\u00a0", "\0"))).replace("\0", "\u00a0").strip()


def _comment(text: str, margin: str, inside: str = "") -> Iterator[str]:
    """Write a text as comments, none of which is long."""
    start = f"{margin}# {inside}"
    rest = f"{margin}# {' ' * len(inside)}"
    wrapped = textwrap.wrap(_one_line(text), WIDTH - len(start), break_on_hyphens=False)
    yield from (f"{start if number == 0 else rest}{line}".rstrip() for number, line in enumerate(wrapped))
