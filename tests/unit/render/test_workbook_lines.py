"""A row that loops repeat is written the fast way as it is written row by row, whatever its loops and cells are."""

from __future__ import annotations

import io
from typing import Any, NamedTuple

import openpyxl
import pytest
from markupsafe import Markup
from openpyxl.styles import Alignment

from servaudit.render.workbook import Formula, TemplateError, layout, render


class Part(NamedTuple):
    name: str
    sum: Formula


class Item:
    def __init__(self, name: str, *below: Item, **more: Any) -> None:
        self.name, self.below, self.part = name, below, Part(name.upper(), Formula("LEN(A{row})"))
        self.text = Markup(name * 90)  # noqa: S704 - a text of another class than str
        self.__dict__.update(more)


ITEMS = (Item("a", Item("b", Item("c"), Item("d")), Item("e")), Item("f"), Item("g", Item("h", Item("i"))))


def made(loops: list[str], cells: list[str]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    row = 1
    for loop in loops:
        sheet[f"A{row}"], row = f"{{% for {loop} %}}", row + 1
    for column, text in zip("ABCDEF", cells, strict=False):
        sheet[f"{column}{row}"] = text
        sheet[f"{column}{row}"].alignment = Alignment(wrap_text=True)
    for _ in loops:
        row += 1
        sheet[f"A{row}"] = "{% endfor %}"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def rows(template: bytes) -> list[tuple[Any, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(render(template, {"items": ITEMS}))).active
    return [
        (sheet.row_dimensions[place].height, *(cell.value for cell in row)) for place, row in enumerate(sheet.rows, 1)
    ]


@pytest.mark.parametrize(
    "loops",
    [
        ["x in items"], ["x in items", "y in x.below"], ["x in items", "x in x.below"],
        ["x in items", "y in x.below", "x in y.below"], ["x in items", "y in x.below", "y in y.below"],
        ["x in items", "y in items[loop.index0].below"], ["x in items", "y in []"],
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "cells",
    [
        ["{{ x.name }}", "{{ x.part.name }}", "{{ items | length }}"], ["{{ x.name }}!", "{{ loop.index }}"],
        ["{{ x.part.sum }}", "{{ x.part.name }}"], ["{{ x.text }}", "{{ x.name }}"],
    ],
)  # fmt: skip
def test_the_fast_way_is_the_slow_way(loops, cells):
    if len(loops) > 1 and loops[-1].startswith("y"):
        cells = [*cells, "{{ y.name }}", "{{ y.part.sum }}", "{{ y.text }}"]
    fast = rows(made(loops, cells))
    assert fast == rows(made([f"{loop} if true" for loop in loops], cells))  # more than a plain loop: row by row


def test_what_an_item_lacks_is_said_of_its_cell():
    one = Item("z")
    del one.name
    template = made(["x in xs"], ["{{ x.part.name }}", "{{ x.name }}"])
    with pytest.raises(TemplateError, match=r"Sheet!B2.*name"):
        render(template, {"xs": [ITEMS[0], one]})


@pytest.mark.parametrize("after", [[], ["x"]])
@pytest.mark.parametrize("cells", [1, 2])
def test_rows_are_counted_wherever_they_come_from(monkeypatch, cells, after):
    book = openpyxl.load_workbook(io.BytesIO(made(["x in range(2)", "y in range(6)"], ["{{ y }}"])))
    if cells > 1:
        book.active.insert_rows(3)
        book.active["A3"] = "more"
    for text in after:
        book.active.append([text])
    stream = io.BytesIO()
    book.save(stream)
    rows = 2 * 6 * cells + len(after)
    monkeypatch.setattr(layout, "MAX_ROW", rows)
    render(stream.getvalue(), {"range": range})
    monkeypatch.setattr(layout, "MAX_ROW", rows - 1)
    with pytest.raises(TemplateError, match="at most"):
        render(stream.getvalue(), {"range": range})
