"""Makes filled-in workbooks: one checklist rendered once, its cells filled in the XML, as often as asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.bench.documents import observation
from tests.grids import cells_of

from servaudit import sources
from servaudit.checklists import Checklists
from servaudit.library import Library
from servaudit.render.checklist_xlsx import render
from servaudit.render.workbook.markup import escape
from servaudit.render.workbook.package import pack, unpack
from servaudit.sources import workbook

if TYPE_CHECKING:
    from pathlib import Path

VARIANTS = 20
"""Different visits: the others have their answers again."""
_CELL = re.compile(r'<c r="([A-Z]+\d+)"( s="\d+")/>')
_SHEET = "xl/worksheets/sheet2.xml"


def write(standard: Path, folder: Path, visits: int) -> Path:
    """Write `visits` workbooks with the answers and notes of as many observations; gives the folder."""
    grid = Checklists(Library()).open(sources.read(standard)).grid
    assert grid is not None
    blank = render(grid, "en")
    parts, book = unpack(blank), workbook.parse("blank.xlsx", blank)
    made = []
    for number in range(min(visits, VARIANTS)):
        visit = sources.parse("visit.yaml", observation(number).encode()).data
        assert isinstance(visit, dict)
        answers = visit["answers"]
        found = {cell[1]: value for name, _, value in cells_of(grid, answers, "en") if (cell := book.named(name))}
        sheet = _CELL.sub(lambda match, found=found: _filled(match, found), parts[_SHEET].decode())
        made.append(pack({**parts, _SHEET: sheet.encode()}.items()))
    folder.mkdir()
    for number in range(visits):
        (folder / f"visit-{number:05}.xlsx").write_bytes(made[number % len(made)])
    return folder


def _filled(match: re.Match[str], values: dict[str, object]) -> str:
    value = values.get(match[1])
    if value is None:
        return match[0]
    if isinstance(value, int | float):
        return f'<c r="{match[1]}"{match[2]}><v>{value!r}</v></c>'
    return f'<c r="{match[1]}"{match[2]} t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'
