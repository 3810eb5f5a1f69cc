"""The rows of the visit sheet: what is asked of the visit itself, with its lists and bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servaudit.render.checklist_xlsx.conditions import NESTED, Term, UnsupportedError, constant, number, quoted
from servaudit.render.checklist_xlsx.rows import Lists, Place
from servaudit.render.workbook import Named
from servaudit.sources.workbook.codes import COMMENDATIONS, NOTE, VISIT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servaudit.report.asked import FieldView

BRAVOS = 3
"""Rows to recognise what deserves it."""


class FieldRow(NamedTuple):
    """One row of the visit sheet: `kind` says what its cell lets in, `list` is the source of its drop-down list."""

    kind: str
    title: str
    code: str
    answer: object
    help: str | None = None
    required: bool = False
    list: object = None


def field_rows(fields: Sequence[FieldView], lists: Lists, places: list[Place]) -> Iterator[FieldRow]:
    """Give a row for each field of the visit."""
    for field in fields:
        code, name = f"{VISIT}{field.id}", cell_of(field)
        title = f"{field.title} *" if field.required else field.title
        places.append(Place(name, code, "answer", title))
        places += (Place(name, f"{code}={one.key}", "choice", one.label) for one in field.choices)
        default = next((one.label for one in field.choices if one.key == _key(field.default)), field.default)
        answer = Named(None if field.open else default, name)
        kind = "list" if field.choices else field.type
        options = lists.of([one.label for one in field.choices]) if field.choices else None
        yield FieldRow(kind, title, code, answer, field.help, field.required, options)


def remark_places(places: list[Place]) -> tuple[Named, list[tuple[Named, Named, str]]]:
    """Give the cells of the general remark, and of the rows to recognise somebody: what, and which team."""
    places.append(Place("visit_note", NOTE, "answer", ""))
    bravos = []
    for index in range(1, BRAVOS + 1):
        code = f"{COMMENDATIONS}{index}"
        places.append(Place(f"bravo_{index}", f"{code}.note", "answer", ""))
        places.append(Place(f"team_{index}", f"{code}.team", "answer", ""))
        bravos.append((Named(None, f"bravo_{index}"), Named(None, f"team_{index}"), f"{code}.note"))
    return Named(None, "visit_note"), bravos


def cell_of(field: FieldView) -> str:
    """Name the cell of a field."""
    return f"v_{field.id.replace('.', '_')}"


def fact_term(fields: Sequence[FieldView], name: str) -> Term:
    """Give the term of a fact of the visit; its default holds while the cell is empty. Raises UnsupportedError."""
    field = next((one for one in fields if one.id == f"context.{name}"), None)
    if field is None or len(field.choices) > NESTED:
        raise UnsupportedError
    cell = cell_of(field)
    default = '""' if field.default is None else constant(field.default).text
    if field.type == "bool":
        labels = {one.key: one.label for one in field.choices}
        yes, no = quoted(labels["yes"]), quoted(labels["no"])
        return Term(f"IF({cell}={yes},TRUE,IF({cell}={no},FALSE,{_bool(field)}))", "bool")
    if field.type == "number":
        return Term(f"IF(ISNUMBER({cell}),{cell},{default})", "number", null=field.default is None)
    if field.type == "choice":
        found = default
        for one in reversed(field.choices):
            found = f"IF({cell}={quoted(one.label)},{quoted(one.key)},{found})"
        return Term(found, "text", null=field.default is None)
    return Term(f'IF({cell}="",{default},{cell}&"")', "text", null=field.default is None)


def _bool(field: FieldView) -> str:
    return "TRUE" if field.default in (True, "yes") else "FALSE"


def _key(value: object) -> str | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return number(value) if isinstance(value, int | float) else value if isinstance(value, str) else None
