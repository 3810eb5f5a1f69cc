"""Filled workbooks read back: whatever people and programs did to them, answers are found, or it is said where not."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.exceptions import IllegalCharacterError

from grids import grid_of
from servaudit import sources
from servaudit.render.checklist_xlsx import render
from servaudit.sources.workbook import codes
from visits import criterion, plan, section

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.worksheet.worksheet import Worksheet

PLAN = plan(
    criterion("smile", evidence={"require": "note"}),
    criterion("greeted", repeat="mean"),
    criterion("wait", scale={"curve": [[60, 1], [300, 0]], "unit": "s"}, repeat="mean"),
    criterion("services", scale={"choices": {"wifi": 1, "café crème": 2}, "multiple": True}),
    criterion("said", scale={"info": "text"}),
    criterion("seen_on", scale={"info": "date"}),
    criterion("seen_at", scale={"info": "time"}),
    section("rooms", criterion("clean"), criterion("lit"), repeat="mean"),
    context={"hurry": {"type": "bool", "default": False}, "staff": {"type": "number", "default": 2}},
)
BLANK = {language: render(grid_of(PLAN), language) for language in ("fr", "en")}


class Filled:
    """A workbook opened with openpyxl, whose cells are found by the names they were given."""

    def __init__(self, language: str = "fr") -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(BLANK[language]))

    def place(self, name: str) -> tuple[Worksheet, str]:
        text = self.book.defined_names[name].attr_text
        sheet, _, cell = (text or "").rpartition("!")
        return self.book[sheet.strip("'")], cell.replace("$", "")

    def set(self, **values: Any) -> Filled:
        for name, value in values.items():
            sheet, cell = self.place(name)
            sheet[cell] = value
        return self

    def read(self) -> sources.Source:
        stream = io.BytesIO()
        self.book.save(stream)
        return sources.parse("visite 7.xlsx", stream.getvalue())


def _answers(source: sources.Source) -> dict[str, Any]:
    assert isinstance(source.data, dict)
    found = source.data["answers"]
    assert isinstance(found, dict)
    return found


def _said(source: sources.Source) -> list[str]:
    return [f"{one.where} {one.code}" for one in source.diagnostics]


def test_an_empty_workbook_is_an_observation_of_nothing() -> None:
    source = Filled().read()
    assert source.data == {
        "kind": "observation",
        "standard": "shop@1.0.0",
        "language": "fr",
        "visit": {"id": "visite-7", "context": {"hurry": False, "staff": 2}},
        "answers": {},
    }
    assert _said(source) == []


def test_every_shape_of_answer_is_read() -> None:
    source = Filled().set(
        a_smile="Non", n_smile=" « Suivant ! » ", e_smile="photos/a.jpg\nb.jpg ; c.jpg",
        a_greeted_yes=7, a_greeted_no=3, a_wait_1=90, a_wait_3="2 min", a_services_wifi="✓", a_services_caf_cr_me="x",
        a_said="=pas une formule ?"[1:], a_seen_on=dt.date(2026, 11, 3), a_seen_at=dt.time(14, 5),
        a_rooms_1_clean="Oui", a_rooms_3_lit="Sans objet", n_rooms_3_clean="sale",
        v_site="Lyon", v_date=dt.date(2026, 11, 3), v_started=dt.time(10, 15), v_auditor="A12",
        v_context_hurry="Oui", v_context_staff=3, visit_note="Bien.", bravo_2="Merci !", team_2="Guichet",
    ).read()  # fmt: skip
    assert _said(source) == []
    assert _answers(source) == {
        "smile": {"value": "Non", "note": "« Suivant ! »", "evidence": ["photos/a.jpg", "b.jpg", "c.jpg"]},
        "greeted": {"yes": 7, "no": 3},
        "wait": [90, "2 min"],
        "services": ["wifi", "café crème"],
        "said": "pas une formule ?",
        "seen_on": "2026-11-03",
        "seen_at": "14:05",
        "rooms": [{"clean": "Oui"}, {"clean": {"note": "sale"}, "lit": "Sans objet"}],
    }
    assert isinstance(source.data, dict)
    assert source.data["visit"] == {
        "id": "lyon-2026-11-03-10-15",
        "site": "Lyon",
        "date": "2026-11-03",
        "started": "10:15",
        "auditor": "A12",
        "context": {"hurry": True, "staff": 3},
    }
    assert source.data["note"] == "Bien."
    assert source.data["commendations"] == [{"note": "Merci !", "team": "Guichet"}]


def test_boxes_that_are_unticked_in_words_are_not_ticked() -> None:
    assert _answers(Filled().set(a_services_wifi="non", a_services_caf_cr_me=0).read()) == {}
    assert _answers(Filled().set(a_services_na="✓").read()) == {"services": "na"}


def _sorted(filled: Filled) -> None:
    """Exchange two rows as sorting does: contents move, names stay."""
    (sheet, first), (_, second) = filled.place("a_smile"), filled.place("a_seen_at")
    for column in range(1, 9):
        one, two = sheet.cell(int(first[1:]), column), sheet.cell(int(second[1:]), column)
        one.value, two.value = two.value, one.value


def _without_names(filled: Filled) -> None:
    for name in list(filled.book.defined_names):
        del filled.book.defined_names[name]


def _without_hidden_sheet(filled: Filled) -> None:
    del filled.book["_servaudit"]


def _without_both(filled: Filled) -> None:
    _without_names(filled)
    _without_hidden_sheet(filled)


def _without_properties(filled: Filled) -> None:
    properties = filled.book.custom_doc_props  # type: ignore[attr-defined] # not in the stubs
    for name in list(properties.names):
        del properties[name]


@pytest.mark.parametrize("damage", [_sorted, _without_names, _without_hidden_sheet, _without_both, _without_properties])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_answers_are_found_again(damage: Callable[[Filled], None], language: str) -> None:
    filled = Filled(language).set(
        a_smile="Non", n_smile="froid", a_said="rien", a_greeted_no=2, a_wait_2=120, a_rooms_2_lit="Oui"
    )
    damage(filled)
    assert _answers(filled.read()) == {
        "smile": {"value": "Non", "note": "froid"},
        "greeted": {"no": 2},
        "wait": [120],
        "said": "rien",
        "rooms": [{"lit": "Oui"}],
    }


def test_a_formula_is_no_answer() -> None:
    filled = Filled().set(a_smile='=IF(1=1,"Oui","Non")', a_said="#N/A")
    source, cells = filled.read(), [filled.place(name)[1] for name in ("a_smile", "a_said")]
    assert _said(source) == [f"visite 7.xlsx: Grille!{cell} workbook-formula" for cell in cells]
    assert not source.usable


def test_a_changed_label_is_said_with_what_it_was() -> None:
    filled = Filled().set(a_smile="Oui")
    sheet, cell = filled.place("a_smile")
    sheet[f"A{cell[1:]}"] = "The smile is not needed"
    (warning,) = filled.read().diagnostics
    assert (warning.code, str(warning.where)) == ("workbook-label", f"visite 7.xlsx: Grille!A{cell[1:]}")
    assert "smile" in str(warning.help)


def test_a_cell_that_is_gone_is_said() -> None:
    filled = Filled()
    filled.book.defined_names["a_smile"].attr_text = "#REF!"
    sheet, cell = filled.place("a_greeted_yes")
    sheet.delete_rows(int(cell[1:]) - 2)
    source = filled.read()
    assert any(one.code == "workbook-cells" and "smile" in str(one.message) for one in source.diagnostics)


def test_another_format_is_refused() -> None:
    filled = Filled()
    filled.book.custom_doc_props["format"].value = "servaudit/workbook/9"  # type: ignore[attr-defined] # same
    assert [one.code for one in filled.read().diagnostics] == ["workbook-format"]
    assert sources.said_kind(filled.read()) == "observation"


def test_another_workbook_is_told_apart() -> None:
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    source = sources.parse("budget.xlsx", stream.getvalue())
    assert [one.code for one in source.diagnostics] == ["workbook-foreign"]
    assert sources.said_kind(source) is None


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (codes.Code(None, (), "smile"), "smile"),
        (codes.Code("shop", (("rooms", 2), ("beds", 1)), "clean", "#", "3"), "shop/rooms[2].beds[1].clean#3"),
        (codes.Code(None, (), "greeted", "=", "café = crème"), "greeted=café = crème"),
        (codes.Code(None, (), "services", ":", "a#b"), "services:a#b"),
    ],
)
def test_codes_are_written_and_read(code: codes.Code, text: str) -> None:
    assert codes.spell(code) == text
    assert codes.read(text) == code


@pytest.mark.parametrize("text", ["", "visit.date", "Smile", "a b", "rooms[1]", "rooms[x].a", "a#", "=1+1"])
def test_what_is_no_code_is_none(text: str) -> None:
    assert codes.read(text) is None


_NAMES = sorted(Filled().book.defined_names)
_CELLS = [name for name in _NAMES if name.startswith(("a_", "n_", "e_", "v_", "visit_", "bravo_", "team_"))]
_HELD = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.dates(dt.date(1901, 1, 1))
    | st.times() | st.text(max_size=20) | st.sampled_from(["=1+1", "#DIV/0!", "@SUM(A1)", "Oui", "n/a", "1e999"])
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(_CELLS), _HELD, max_size=12), st.sampled_from(["fr", "en"]))
def test_whatever_stands_in_the_cells_is_read_or_refused(values: dict[str, Any], language: str) -> None:
    filled = Filled(language)
    for name, value in values.items():
        try:
            filled.set(**{name: value})
        except (ValueError, IllegalCharacterError):
            return
    source = filled.read()
    assert isinstance(source.data, dict)
    assert source.data["kind"] == "observation"
    assert all(str(one.where).startswith("visite 7.xlsx") for one in source.diagnostics)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_the_hidden_sheet_says_is_read_or_refused(data: st.DataObject) -> None:
    filled = Filled()
    sheet = filled.book["_servaudit"]
    for _ in range(data.draw(st.integers(1, 6))):
        row, column = data.draw(st.integers(1, sheet.max_row)), data.draw(st.integers(1, 4))
        words = ["visit.note", "rooms[1].clean", "rooms", "a=1", "smile#x", "x/y", "=1", "choice", "A1", "a_smile"]
        sheet.cell(row, column).value = data.draw(st.sampled_from(words) | st.integers(0, 9) | st.none())
    filled.set(a_smile="Oui", a_rooms_1_clean="Non", v_site="Lyon")
    source = filled.read()
    assert source.data is None or isinstance(source.data, dict)
