"""The reader of workbooks: what it tells, what it refuses, and that nothing from outside makes it raise."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from servaudit.sources import workbook
from servaudit.sources.workbook import package, sheet
from servaudit.sources.workbook.values import moment

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOON = dt.datetime(2026, 11, 3, 12, 5)  # noqa: DTZ001 - a workbook knows no zones


def _made(fill: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _grid(book: openpyxl.Workbook) -> None:
    first = book.active
    assert first is not None
    first.title = "L’accueil d'Élise"
    values: list[str | float | dt.date | dt.time] = [
        "Réponse",
        5,
        2.5,
        True,
        dt.date(2026, 11, 3),
        dt.time(14, 5),
        NOON,
        "=B1+1",
        "#N/A",
    ]
    for column, value in enumerate(values, 1):
        first.cell(1, column, value)
    first["A3"] = "fusion"
    first.merge_cells("A3:C3")
    validation = DataValidation(type="list", formula1="reponses", sqref="A1:A2")
    first.add_data_validation(validation)
    other = book.create_sheet("Listes")
    other.sheet_state = "hidden"
    other["A1"] = "Oui"
    book.defined_names["ans_smile"] = DefinedName("ans_smile", attr_text="'L’accueil d''Élise'!$A$1")
    book.defined_names["reponses"] = DefinedName("reponses", attr_text="Listes!$A$1:$A$2")
    book.custom_doc_props.append(StringProperty(name="servaudit", value="branch@1.2.0"))  # type: ignore[attr-defined] # not in the stubs


@pytest.fixture
def grid() -> workbook.Workbook:
    return workbook.parse("grille.xlsx", _made(_grid))


def _changed(content: bytes, **parts: bytes | None) -> bytes:
    """Replace parts of a package, `/` written `__`; None takes one out."""
    wanted = {name.replace("__", "/"): part for name, part in parts.items()}
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in wanted:
                new.writestr(name, old.read(name))
        for name, part in wanted.items():
            if part is not None:
                new.writestr(name, part)
    return stream.getvalue()


def _rewritten(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package_:
        before = package_.read(part)
    assert old in before
    return _changed(content, **{part.replace("/", "__"): before.replace(old, new)})


def _codes(content: bytes) -> list[str]:
    return [diagnostic.code for diagnostic in workbook.parse("grille.xlsx", content).diagnostics]


def test_cells_come_with_their_values_and_formulas(grid: workbook.Workbook) -> None:
    first = grid.sheets[0]
    assert (first.name, first.hidden) == ("L’accueil d'Élise", False)
    assert first.value("A1") == "Réponse"
    assert (first.value("B1"), type(first.value("B1"))) == (5, int)
    assert first.value("C1") == 2.5
    assert first.value("D1") is True
    assert first.value("E1") == dt.date(2026, 11, 3)
    assert type(first.value("E1")) is dt.date
    assert first.value("F1") == dt.time(14, 5)
    assert first.value("G1") == NOON
    assert first.cells["H1"] == (None, "B1+1", False)
    assert first.cells["I1"] == ("#N/A", None, True)
    assert "J1" not in first.cells


def test_what_surrounds_the_cells_is_told(grid: workbook.Workbook) -> None:
    first, hidden = grid.sheets
    assert first.merged == ("A3:C3",)
    assert first.validations == ((("A1:A2",), "list", "reponses", ""),)
    assert hidden.hidden
    assert grid.properties == {"servaudit": "branch@1.2.0"}
    assert grid.names["reponses"] == "Listes!$A$1:$A$2"
    assert grid.diagnostics == ()
    assert grid.usable


def test_a_name_leads_to_its_one_cell(grid: workbook.Workbook) -> None:
    assert grid.named("ans_smile") == (grid.sheets[0], "A1")
    assert grid.named("reponses") is None
    assert grid.named("ans_frown") is None


def test_a_place_is_told_by_sheet_and_cell(grid: workbook.Workbook) -> None:
    assert str(grid.where("Grille", "C14")) == "grille.xlsx: Grille!C14"
    assert workbook.place("C14") == (14, 3)
    assert workbook.place("$AB$7") == (7, 28)
    assert workbook.place("Feuille") is None
    assert workbook.spell(14, 3) == "C14"


def test_macros_and_other_workbooks_are_reported_and_left_alone() -> None:
    content = _made(_grid)
    assert _codes(_changed(content, **{"xl__vbaProject.bin": b"\xd0\xcf"})) == ["workbook-macros"]
    link = (
        b'<Relationship Id="rId99" Target="externalLinks/externalLink1.xml" Type="http://schemas.openxmlformats.org'
        b'/officeDocument/2006/relationships/externalLink"/></Relationships>'
    )
    linked = _rewritten(content, "xl/_rels/workbook.xml.rels", b"</Relationships>", link)
    assert _codes(linked) == ["workbook-links"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "workbook-unreadable"),
        (b"kind: observation\n", "workbook-unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "workbook-unreadable"),
        (b"PK\x05\x06" + b"\0" * 18, "workbook-unreadable"),
    ],
)
def test_what_is_no_workbook_is_refused(content: bytes, code: str) -> None:
    assert _codes(content) == [code]


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    content = _made(_grid)
    assert _codes(_changed(content, **{"xl__worksheets__sheet1.xml": b" " * (8 << 20)})) == ["workbook-too-large"]
    assert _codes(_changed(content, **{f"a{n}": b"" for n in range(package.ENTRIES)})) == ["workbook-too-large"]


def test_a_size_that_the_package_lies_about_is_found_out() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", b"<Types>" + b" " * 100_000 + b"</Types>")
        made.writestr("_rels/.rels", b" " * 100_000)
    content = stream.getvalue().replace((100_000).to_bytes(4, "little"), (40).to_bytes(4, "little"))
    assert _codes(content) == ["workbook-unreadable"]


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "CELLS", 5)
    assert _codes(_made(_grid)) == ["workbook-too-large"]


@pytest.mark.parametrize(
    "part",
    [
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16"),
        b"<a",
        b"\xff\xfe\x00",
    ],
)
def test_document_types_other_encodings_and_damage_are_refused(part: bytes) -> None:
    assert _codes(_changed(_made(_grid), **{"xl__workbook.xml": part})) == ["workbook-unreadable"]


def test_a_sheet_that_is_missing_is_said() -> None:
    found = workbook.parse("grille.xlsx", _changed(_made(_grid), **{"xl__worksheets__sheet2.xml": None}))
    assert "xl/worksheets/sheet2.xml" in str(found.diagnostics[0].message)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert [diagnostic.code for diagnostic in workbook.read(str(tmp_path / "none.xlsx")).diagnostics] == [
        "file-not-found"
    ]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("dd/mm/yyyy", "date"), ("mmmm", "date"), ("hh:mm", "time"), ("yyyy-mm-dd hh:mm", "datetime"), ("0.00", None),
        ("General", None), ('0" jours"', None), ("[h]:mm", None), ("[Red]0", None), ("[$-40C]d mmmm yyyy;@", "date"),
        ("h:mm AM/PM", "time"), ("0\\d", None),
    ],
)  # fmt: skip
def test_a_number_format_shows_a_date_a_time_or_neither(code: str, kind: str | None) -> None:
    assert moment(code) == kind


@settings(max_examples=150)
@given(st.data())
def test_a_workbook_damaged_anywhere_is_read_or_refused(data: st.DataObject) -> None:
    content = _DAMAGED
    with zipfile.ZipFile(io.BytesIO(content)) as whole:
        part = data.draw(st.sampled_from(sorted(whole.namelist())))
        before = whole.read(part)
    at = data.draw(st.integers(0, len(before)))
    junk = data.draw(
        st.binary(max_size=6) | st.sampled_from([b"<c/>", b'r="A1"', b"9" * 400, b"<v>1e999</v>", b"&#0;"])
    )
    cut = data.draw(st.integers(0, 40))
    damaged = _changed(content, **{part.replace("/", "__"): before[:at] + junk + before[at + cut :]})
    found = workbook.parse("grille.xlsx", damaged)
    assert found.sheets or not found.usable


@settings(max_examples=100)
@given(st.integers(0, 5000), st.binary(min_size=1, max_size=4))
def test_a_package_damaged_anywhere_is_read_or_refused(at: int, junk: bytes) -> None:
    content = _DAMAGED
    place = at % len(content)
    found = workbook.parse("grille.xlsx", content[:place] + junk + content[place + len(junk) :])
    assert found.sheets or not found.usable


_DAMAGED = _made(_grid)
