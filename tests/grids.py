"""Grids made of plans drawn or written for tests, and the answers of a visit as the cells of a workbook hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servaudit.i18n import translator
from servaudit.model.scorecard import StandardRef
from servaudit.render.checklist_xlsx import lay_out
from servaudit.scoring.grid import Grid, Part
from servaudit.sources.workbook import codes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.report.asked import GridRow
    from servaudit.scoring.plan import Plan

HASH = "0" * 64


def grid_of(plan: Plan) -> Grid:
    """Make the grid of one standard."""
    ref = StandardRef(plan.standard.id, plan.standard.version, HASH, "standard.yaml")
    return Grid(ref, (Part(plan, ref),))


def cells_of(grid: Grid, answers: dict[str, Any], language: str) -> Iterator[tuple[str, str, object]]:
    """Give the name of each cell that answers fill, what it is (`answer`, `note`, `evidence`), and what stands in it.

    Raises AssertionError where a sheet has no room for an answer.
    """
    tr = translator(language)
    sheets = lay_out(grid, tr)
    rows = {row.id: row for part in sheets.view.parts for row in part.criteria}
    found = 0
    for place in sheets.places:
        code = codes.read(place.code)
        if code is None or place.role == "choice":
            continue
        raw = _at(answers, code)
        detail = raw if isinstance(raw, dict) and raw.keys() & {"value", "note", "evidence"} else {"value": raw}
        if place.role == "answer":
            value = _item(detail.get("value"), code, rows[code.criterion], tr.t("N/A"))
        else:
            value = detail.get(place.role)
            value = "\n".join(value) if isinstance(value, list) else value
        if value is not None:
            found += 1
            yield place.name, place.role, value


def _at(answers: dict[str, Any], code: codes.Code) -> Any:
    level: Any = answers.get(code.standard, {}) if code.standard else answers
    for section, number in code.instances:
        instances = level.get(section, [])
        level = instances[number - 1] if number <= len(instances) else {}
    return level.get(code.criterion)


def _item(value: Any, code: codes.Code, row: GridRow, na: str) -> object:
    """Give what stands in one cell of an answer; None where it stays empty."""
    labels = {one.key: one.label for one in row.choices} | {"na": na}

    def said(one: Any) -> object:
        return labels.get(str(one), one)

    if value is None:
        return None
    if code.sign == "#":
        values = value if isinstance(value, list) else [value]
        return said(values[int(code.item) - 1]) if int(code.item) <= len(values) else None
    if code.sign == "=":
        counts = value if isinstance(value, dict) else _counted(value)
        own_na = any(one.key == code.item and one.points is None for one in row.choices)
        return (counts.get(code.item, 0) + (counts.get("na", 0) if own_na else 0)) or None
    if code.sign == ":":
        return "✓" if code.item in (value if isinstance(value, list) else [value]) else None
    return said(value)


def _counted(value: Any) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in value if isinstance(value, list) else [value]:
        if one is not None:
            counts[str(one)] = counts.get(str(one), 0) + 1
    return counts
