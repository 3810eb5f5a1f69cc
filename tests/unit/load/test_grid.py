"""Workbooks become sheets of a grid: cells, merged areas, what cells let in, what is hidden."""

from __future__ import annotations

import datetime as dt

import pytest
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from servaudit.draft.grid import Area
from servaudit.load.grid import ROWS, read


@pytest.fixture
def saved(tmp_path):
    def save(book, name="grille.xlsx"):
        path = tmp_path / name
        book.save(path)
        return str(path)

    return save


def test_cells_show_what_people_read(saved):
    book = Workbook()
    sheet = book.active
    moment = dt.date(2026, 3, 1)
    for column, value in zip("ABCDEFGH", ("Critère", 2.5, 3, True, moment, "=1+1", "  ", "#N/A"), strict=True):
        sheet[f"{column}1"] = value
    (grid,) = read(saved(book)).sheets
    shown = {entry.place: entry.text for entry in grid.entries.values()}
    assert shown == {"A1": "Critère", "B1": "2.5", "C1": "3", "D1": "yes", "E1": "2026-03-01", "F1": "", "H1": "#N/A"}
    assert (grid.entries[1, 2].number, grid.entries[1, 6].formula, grid.entries[1, 8].error) == (2.5, True, True)


def test_lists_of_answers_are_found_wherever_they_stand(saved):
    book = Workbook()
    sheet = book.active
    lists = book.create_sheet("Mes listes")
    for row, text in enumerate(("Conforme", "Non conforme", None, "NA"), 1):
        lists.cell(row, 2, text)
        sheet.cell(row, 9, text)
    book.defined_names["reponses"] = DefinedName("reponses", attr_text="'Mes listes'!$B$1:$B$4")
    formulas = ['"Oui,Non,NA"', "'Mes listes'!$B$1:$B$4", "$I$1:$I$4", "Reponses", "=INDIRECT(A1)", "Nulle!$A$1:$A$3"]
    for row, formula in enumerate(formulas, 1):
        rule = DataValidation(type="list", formula1=formula)
        rule.add(f"A{row}")
        sheet.add_data_validation(rule)
    grid = read(saved(book)).sheets[0]
    found = [grid.rule(row, 1) for row in range(1, 7)]
    words = ("Conforme", "Non conforme", "NA")
    assert [rule and rule.options for rule in found] == [("Oui", "Non", "NA"), words, words, words, None, None]


def test_bounds_merged_areas_and_what_is_hidden(saved):
    book = Workbook()
    sheet = book.active
    sheet["A1"] = "x"
    sheet.merge_cells("A1:C2")
    rule = DataValidation(type="whole", operator="between", formula1="1", formula2="5")
    rule.add("B3:B9")
    sheet.add_data_validation(rule)
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["D"].hidden = True
    book.create_sheet("Vieux").sheet_state = "hidden"
    path = saved(book)
    grid, old = read(path).sheets
    assert (grid.merged, grid.rule(5, 2).low, grid.rule(5, 2).high) == ((Area(1, 1, 2, 3),), 1, 5)
    assert (grid.hidden_rows, grid.hidden_columns, old.hidden) == ({4}, {4}, True)
    shown = read(path, hidden=True).sheets
    assert [(one.hidden, one.hidden_rows, one.hidden_columns) for one in shown] == [(False, set(), set())] * 2


def test_cells_beyond_any_grid_are_said_and_left_out(saved):
    book = Workbook()
    book.active["A1"], book.active[f"A{ROWS + 1}"] = "x", "y"
    grid = read(saved(book))
    assert [fault.code for fault in grid.diagnostics] == ["grid-too-large"]
    assert list(grid.sheets[0].entries) == [(1, 1)]
