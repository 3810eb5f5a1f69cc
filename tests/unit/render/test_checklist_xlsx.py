"""Workbooks to fill in: what is in them, that nothing in a standard runs in them, and that they are made the same."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.cell import MergedCell

from factories import HOSTILE
from forms import grid_of as form_grid
from grids import grid_of
from servaudit.i18n import translator
from servaudit.render.checklist_xlsx import lay_out, render
from servaudit.render.checklist_xlsx.conditions import FORMULA
from servaudit.sources import workbook
from servaudit.sources.workbook.identity import read
from visits import criterion, plan, section, unchecked

PLAN = plan(
    criterion("smile", evidence={"require": "note"}, severity="critical", guidance="Look at the eyes."),
    criterion("greeted", repeat="mean"),
    criterion("wait", scale={"curve": [[60, 1], [300, 0]], "unit": "s"}, repeat="mean"),
    criterion("heat", scale={"range": [0, 40], "max": 40, "unit": "°C"}),
    criterion("seen_on", scale={"info": "date"}),
    criterion("seen_at", scale={"info": "time"}),
    section("rooms", criterion("clean"), repeat="mean"),
)


def _book(language: str = "fr", **keys: Any) -> workbook.Workbook:
    return workbook.parse("a.xlsx", render(grid_of(keys.get("made", PLAN)), language))


def _rules(book: workbook.Workbook, name: str) -> list[tuple[str, str, str]]:
    sheet, cell = book.named(name) or pytest.fail(f"no cell is named {name}")
    at = workbook.place(cell) or (0, 0)
    found = [one for one in sheet.validations if any(workbook.within(at, area) for area in one.cells)]
    return [(one.kind, one.formula, one.second) for one in found]


def test_the_same_grid_gives_the_same_bytes() -> None:
    assert render(grid_of(PLAN), "fr") == render(grid_of(PLAN), "fr")


def test_every_cell_to_answer_in_has_a_name_and_is_open_and_no_other_is() -> None:
    made = openpyxl.load_workbook(io.BytesIO(render(grid_of(PLAN), "fr")))
    named = {
        (found.attr_text or "").replace("$", "")
        for name, found in made.defined_names.items()
        if re.match(r"(a|n|e|v)_|visit_note|bravo_|team_", name)
    }
    unlocked = {
        f"'{sheet.title}'!{cell.coordinate}"
        for sheet in made
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked and not isinstance(cell, MergedCell)
    }
    assert unlocked == named
    assert all(sheet.protection.sheet and sheet.protection.password is None for sheet in made)
    assert [sheet.sheet_state for sheet in made] == ["visible", "visible", "hidden", "hidden", "hidden"]
    assert made.sheetnames[:2] == ["Visite", "Grille"]


def test_each_cell_takes_what_its_scale_takes_and_stops_at_the_rest() -> None:
    book = _book()
    ((kind, listed, _),) = _rules(book, "a_smile")
    assert kind == "list"
    sheet, area = book.area(listed) or pytest.fail("no list")
    assert [sheet.value(cell) for cell in workbook.each(area)] == ["Oui", "Non", "Sans objet"]
    assert _rules(book, "a_greeted_yes") == [("whole", "0", "10000")]
    assert _rules(book, "a_wait_3") == [("custom", 'OR(ISNUMBER(a_wait_3),a_wait_3="Sans objet")', "")]
    bounded = 'OR(AND(ISNUMBER(a_heat),a_heat>=0,a_heat<=40),a_heat="Sans objet")'
    assert _rules(book, "a_heat") == [("custom", bounded, "")]
    assert [rule[0] for rule in _rules(book, "a_seen_on") + _rules(book, "a_seen_at")] == ["date", "time"]
    made = openpyxl.load_workbook(io.BytesIO(render(grid_of(PLAN), "fr")))
    found = [one for sheet in made for one in sheet.data_validations.dataValidation]
    assert all(one.showErrorMessage and one.errorStyle in (None, "stop") for one in found)


def test_it_says_what_it_was_made_from_twice() -> None:
    book = _book("en")
    made = read(book.properties)
    assert made is not None
    assert (made.language, made.standards) == ("en", (f"shop@1.0.0 sha256:{'0' * 64}",))
    hidden = book.sheet("_servaudit")
    assert hidden is not None
    texts = [held.value for held in hidden.cells.values()]
    assert all(text in texts for text in book.properties.values())


def test_it_is_printed_on_a4_with_its_heads_and_calculated_when_opened() -> None:
    made = openpyxl.load_workbook(io.BytesIO(render(grid_of(PLAN), "fr")))
    grid = made["Grille"]
    assert (grid.page_setup.paperSize, grid.page_setup.orientation, grid.page_setup.fitToWidth) == (9, "landscape", 1)
    assert grid.print_title_rows is not None
    assert grid.freeze_panes is not None
    assert made.calculation.fullCalcOnLoad


@pytest.mark.parametrize("text", [text for name, text in HOSTILE.items() if name not in ("control", "surrogate")])
def test_nothing_a_standard_says_runs_or_breaks_the_workbook(text: str) -> None:
    made = unchecked(
        criterion("a", scale={"choices": {"x": {"points": 1, "label": text}, "y": 0}}) | {"text": text},
        criterion("b", scale={"choices": {"x": {"points": 1, "label": text}, "y": 0}}, repeat="mean"),
        criterion("c", scale={"choices": {text[:50]: 1, "y": 0}, "multiple": True}),
        criterion("d", guidance=text, applies_when="answers.a == 'x'"),
        section("s", criterion("e")) | {"title": text},
        scoring={"levels": {"good": text}, "ladder": [{"level": "good", "when": "score > 0.5"}]},
        context={"size": {"type": "choice", "values": [text[:300], "y"], "title": text}},
    )
    assert not made.problems
    content = render(grid_of(made), "fr")
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert len(str(cell.value)) <= FORMULA + 1
                    # Outside of quotes, nothing of what was said.
                    assert re.fullmatch(r'=(?:[\w.$:+\-*/<>=(),{}&!\' ]|"[^"]*")*', str(cell.value), re.DOTALL), (
                        cell.value
                    )
    assert workbook.parse("a.xlsx", content).usable


def test_what_is_too_much_for_a_formula_is_scored_on_import() -> None:
    wide = unchecked(criterion("a", scale={"choices": {str(number): number for number in range(80)}}))
    assert not lay_out(grid_of(wide), translator("en")).parts[0].result.scored
    many = unchecked(*(criterion(f"c{number}") for number in range(300)))
    assert lay_out(grid_of(many), translator("en")).parts[0].result.scored
    render(grid_of(wide), "en")


def test_formulas_of_validations_are_no_longer_than_excel_takes() -> None:
    for length, said in ((40, "AND("), (95, "OR(ISNUMBER(")):
        name = "h" * length
        book = _book(made=unchecked(criterion(name, scale={"range": [-1000.25, 1000.25], "max": 10})))
        ((kind, text, _),) = _rules(book, f"a_{name}")
        assert kind == "custom"
        assert said in text
        assert len(text) <= 255


def test_answers_that_are_sentences_are_listed_where_one_reads_and_their_row_has_room_for_each() -> None:
    long = (
        "Chaque jour, devant chaque client, et la personne le regarde quand elle lui parle, même aux heures de pointe"
    )
    scale = {"choices": {"always": {"points": 1, "label": long}, "never": {"points": 0, "label": "Jamais"}}}
    made = plan(
        criterion("eyes", scale=scale, guidance="Regardez."), criterion("bare", scale=scale), criterion("short")
    )
    sheet = openpyxl.load_workbook(io.BytesIO(render(grid_of(made), "fr"))).worksheets[1]
    rows = {str(row[-1].value): row for row in sheet.iter_rows() if row[-1].value}
    assert rows["eyes"][1].value == f"Regardez.\n• {long}\n• Jamais"
    assert rows["bare"][1].value == f"• {long}\n• Jamais"
    assert rows["short"][1].value is None
    heights = {name: sheet.row_dimensions[row[0].row].height or 0 for name, row in rows.items()}
    assert min(heights["eyes"], heights["bare"]) > 6 * 12  # six lines in the narrow column of the answers
    assert heights["short"] < 40


def test_a_fact_that_a_checklist_asks_for_without_proposing_an_answer_has_an_empty_cell() -> None:
    grid = form_grid(Path(__file__).parents[3] / "standards/checklists/mystery_visit.yaml")
    book = openpyxl.load_workbook(io.BytesIO(render(grid, "en")))
    said = {}
    for name in ("v_context_complaint", "v_context_goods"):
        ((sheet, cell),) = book.defined_names[name].destinations
        said[name] = book[sheet][cell.replace("$", "")].value
    assert said == {"v_context_complaint": None, "v_context_goods": "Yes"}
