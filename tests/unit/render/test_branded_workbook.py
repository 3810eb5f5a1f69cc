"""A brand's own workbook: a copy of the bundled template, edited in LibreOffice by script, renders without loss."""

# ruff: noqa: SLF001 - openpyxl tells of charts and pictures only so
from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from PIL import Image

from factories import HOSTILE
from handmade import card, passing_card, standard
from office import converted, edited, needs_office
from servaudit import resources
from servaudit.i18n import translator
from servaudit.render.xlsx import render
from servaudit.report import build

if TYPE_CHECKING:
    from pathlib import Path

    from servaudit.model.scorecard import Scorecard
    from servaudit.report.document import Report

pytestmark = needs_office
RED = (200, 16, 46)
WEIGHT = 7  # the column of weights among those of the criteria
BASIC = """
Sub Edit(source As String, target As String, logo As String)
  doc = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, Array())
  visit = doc.Sheets.getByIndex(1)
  visit.getCellRangeByName("A2").CharColor = RGB(200, 16, 46)
  visit.getCellRangeByName("A6:E6").CellBackColor = RGB(255, 240, 220)

  Dim file(0) As New com.sun.star.beans.PropertyValue
  file(0).Name = "URL" : file(0).Value = ConvertToURL(logo)
  picture = doc.createInstance("com.sun.star.drawing.GraphicObjectShape")
  picture.Graphic = createUnoService("com.sun.star.graphic.GraphicProvider").queryGraphic(file())
  Dim size As New com.sun.star.awt.Size
  size.Width = 1500 : size.Height = 700
  picture.setSize(size)
  visit.DrawPage.add(picture)
  Dim place As New com.sun.star.awt.Point
  place.X = 15000 : place.Y = visit.getCellRangeByName("A2").Position.Y
  picture.setPosition(place)

  search = visit.createSearchDescriptor()
  search.SearchString = "{{ count.outcome }}"
  row = visit.findFirst(search).CellAddress.Row
  Dim area(0) As New com.sun.star.table.CellRangeAddress
  area(0).Sheet = 1
  area(0).StartColumn = 1 : area(0).EndColumn = 1 : area(0).StartRow = row - 2 : area(0).EndRow = row
  Dim box As New com.sun.star.awt.Rectangle
  box.X = 11000 : box.Y = visit.getCellByPosition(3, row).Position.Y : box.Width = 7000 : box.Height = 4000
  visit.Charts.addNewByName("Extra", box, area(), True, False)

  doc.Sheets.getByIndex(2).Columns.removeByIndex(7, 1)
  Dim how(0) As New com.sun.star.beans.PropertyValue
  how(0).Name = "FilterName" : how(0).Value = "Calc MS Excel 2007 XML"
  doc.storeToURL(ConvertToURL(target), how())
  doc.close(True)
  StarDesktop.terminate()
End Sub
"""


def report(*cards: Scorecard) -> Report:
    made = standard()
    return build([(one, made) for one in cards], [], translator("fr"), generator="servaudit 1.2.3")


def opened(content: bytes) -> openpyxl.Workbook:
    with warnings.catch_warnings():  # openpyxl says what it will not keep; this is a look, nothing is saved
        warnings.filterwarnings("ignore", message=".*extension is not supported", category=UserWarning)
        return openpyxl.load_workbook(io.BytesIO(content))


def rows(sheet: Any) -> list[tuple[Any, ...]]:
    found = [list(row) for row in sheet.iter_rows(values_only=True)]
    for row in found:
        while row and row[-1] is None:
            row.pop()
    return [tuple(row) for row in found]


@pytest.fixture(scope="module")
def brand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("brand")
    source, own, logo = folder / "report.xlsx", folder / "brand.xlsx", folder / "logo.png"
    source.write_bytes(resources.templates().joinpath("report.xlsx").read_bytes())
    Image.new("RGB", (150, 70), RED).save(logo)
    edited(BASIC, folder, source, own, logo)
    assert own.is_file()
    return own


def test_the_brand_is_in_every_visit_and_nothing_else_changed(brand: Path) -> None:
    made = report(card(), passing_card())
    ours, theirs = opened(render(made)), opened(render(made, brand))
    assert theirs.sheetnames == ours.sheetnames
    for name in ours.sheetnames:
        expected = rows(ours[name])
        if name == "Critères":
            expected = [row[:WEIGHT] + row[WEIGHT + 1 :] for row in expected]
        assert rows(theirs[name]) == expected, name
    for visit in made.visits:
        sheet = theirs[visit.title]
        assert sheet["A1"].font.color.rgb == "FFC8102E"
        assert sheet["E5"].fill.fgColor.rgb == "FFFFF0DC"
        (picture,) = sheet._images
        assert Image.open(picture.ref).convert("RGB").getpixel((70, 30)) == RED
        assert len(sheet._charts) == len(ours[visit.title]._charts) + 1 == 3
        below = next(cell.row for cell in sheet["A"] if cell.value == "Sections")
        assert all(chart.anchor.to.row < below - 1 for chart in sheet._charts[:2]), "a chart covers what is below it"
        extra = sheet._charts[-1].series[0].val.numRef.f
        title, _, cells = extra.rpartition("!")
        assert title.strip("'") == visit.title
        assert [row[0].value for row in sheet[cells.replace("$", "")]] == [count.count for count in visit.counts]


def test_filters_lists_and_colours_are_still_there(brand: Path) -> None:
    book = opened(render(report(card(), passing_card()), brand))
    plan, criteria = book["Plan d’action"], book["Critères"]
    last = len(rows(plan))
    assert plan.auto_filter.ref == f"A1:K{last}"
    assert {str(item.sqref) for item in plan.data_validations.dataValidation} == {f"J2:J{last}", f"K2:K{last}"}
    assert criteria.freeze_panes == "D2"
    rules = {str(area.sqref): [rule.formula for rule in area.rules] for area in criteria.conditional_formatting}
    assert rules[f"D2:D{len(rows(criteria))}"][0] == ['$L2="good"']  # it was M before a column went
    assert criteria["L2"].value in {"good", "fair", "bad", "muted"}


def test_a_hostile_visit_is_harmless_in_it_and_prints(brand: Path, tmp_path: Path) -> None:
    nasty = [row._replace(note=text) for row, text in zip(card().criteria * 2, HOSTILE.values(), strict=False)]
    content = render(report(card(criteria=tuple(nasty[:9]), note="\n".join(HOSTILE.values()))), brand)
    assert {cell.data_type for sheet in opened(content) for row in sheet for cell in row} <= {"s", "n", "d"}
    assert converted(content, "pdf", tmp_path).read_bytes().startswith(b"%PDF")
