"""What the workbook engine has for forms: names of cells, formulas made by programs, validations row by row."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from servaudit.render.workbook import Formula, Named, TemplateError, render


def _rendered(made: openpyxl.Workbook, **context: Any) -> openpyxl.Workbook:
    stream = io.BytesIO()
    made.save(stream)
    return openpyxl.load_workbook(io.BytesIO(render(stream.getvalue(), context)))


def _loop(*cells: str, extra: str | None = None) -> openpyxl.Workbook:
    """Make a template with one row of cells in a loop; `extra` is a second row in it."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "L'accueil"
    sheet["A1"] = "{% for x in xs %}"
    for column, text in enumerate(cells, 1):
        sheet.cell(2, column, text)
    if extra is not None:
        sheet["A3"] = extra
    sheet["A4" if extra is not None else "A3"] = "{% endfor %}"
    return made


def _names(made: openpyxl.Workbook) -> dict[str, str | None]:
    return {name: found.attr_text for name, found in made.defined_names.items()}


@pytest.mark.parametrize("extra", [None, "{{ x }}"])
def test_a_named_value_gives_its_cell_a_name(extra: str | None) -> None:
    xs = [Named("oui", "a_first"), Named(None, "a_second")]
    made = _rendered(_loop("{{ x }}" if extra is None else "-", extra=extra), xs=xs)
    rows = (1, 2) if extra is None else (2, 4)
    assert _names(made) == {"a_first": f"'L''accueil'!$A${rows[0]}", "a_second": f"'L''accueil'!$A${rows[1]}"}
    sheet = made.active
    assert sheet is not None
    assert [sheet[f"A{row}"].value for row in rows] == ["oui", None]


def test_cells_of_one_name_are_its_range() -> None:
    made = _rendered(_loop("{{ x }}"), xs=[Named(1, "points"), Named(2, "points"), 3, Named(4, "points")])
    assert _names(made) == {"points": "'L''accueil'!$A$1:$A$2,'L''accueil'!$A$4"}


def test_a_cell_may_have_several_names() -> None:
    made = _rendered(_loop("{{ x }}"), xs=[Named(1, "points first"), Named(2, "points")])
    assert _names(made) == {"points": "'L''accueil'!$A$1:$A$2", "first": "'L''accueil'!$A$1"}


def test_a_name_replaces_the_template_s_own() -> None:
    template = _loop("{{ x }}")
    template.defined_names["points"] = DefinedName("points", attr_text="'L''accueil'!$Z$9")
    template.defined_names["other"] = DefinedName("other", attr_text="1")
    assert _names(_rendered(template, xs=[Named(1, "Points")])) == {"other": "1", "Points": "'L''accueil'!$A$1"}


@pytest.mark.parametrize("name", ["", "A1", "R1C1", "l", "deux  mots", "é", "1a", "a" * 256, "a!b"])
def test_what_cannot_name_a_cell_is_refused(name: str) -> None:
    with pytest.raises(TemplateError, match="cannot name a cell"):
        _rendered(_loop("{{ x }}"), xs=[Named(1, name)])


@pytest.mark.parametrize("extra", [None, "-"])
def test_a_formula_knows_its_row_and_what_is_typed_is_never_one(extra: str | None) -> None:
    xs = [Formula('IF(B{row}<3,"&",{row})'), "=1+1", Named(Formula("SUM(1,2)"), "three")]
    made = _rendered(_loop("{{ x }}", extra=extra), xs=xs)
    sheet = made.active
    assert sheet is not None
    step = 1 if extra is None else 2
    cells = [sheet.cell(1 + step * number, 1) for number in range(3)]
    assert [(cell.value, cell.data_type) for cell in cells] == [
        ('=IF(B1<3,"&",1)', "f"),
        ("=1+1", "s" if extra is None else cells[1].data_type),
        ("=SUM(1,2)", "f"),
    ]
    assert cells[1].quotePrefix


def _validated(template: openpyxl.Workbook, **rules: Any) -> openpyxl.Workbook:
    sheet = template.active
    assert sheet is not None
    sheet.add_data_validation(DataValidation(sqref="B2", **rules))
    return template


def _validations(made: openpyxl.Workbook) -> list[tuple[str, str | None, str | None, str | None]]:
    sheet = made.active
    assert sheet is not None
    found = sheet.data_validations.dataValidation
    return [(str(one.sqref), one.formula1, one.formula2, one.prompt) for one in found]


@pytest.mark.parametrize("extra", [None, "-"])
def test_each_row_has_the_list_that_its_values_make(extra: str | None) -> None:
    template = _validated(_loop("-", "{{ x }}", extra=extra), type="list", formula1='"{{ x }}"')
    xs = [Formula("yes_no"), Formula("yes_no"), 'a,"b"', None, Formula("yes_no")]
    made = _rendered(template, xs=xs)
    ranges = ("B1:B2 B5", "B3") if extra is None else ("B1 B3 B9", "B5")
    assert _validations(made) == [(ranges[0], "yes_no", None, None), (ranges[1], '"a,""b"""', None, None)]


def test_bounds_and_messages_are_rendered_too_and_other_formulas_follow_their_rows() -> None:
    template = _validated(
        _loop("-", "{{ x }}"), type="decimal", formula1='"{{ x }}"', formula2="$C2", prompt="jusqu’à {{ x }}"
    )
    assert _validations(_rendered(template, xs=[1, 2.5])) == [
        ("B1", "1", "$C1", "jusqu’à 1"),
        ("B2", "2.5", "$C2", "jusqu’à 2.5"),
    ]
    long = _validated(_loop("-", "{{ x }}"), type="decimal", formula1="0", prompt="{{ x }}")
    assert _validations(_rendered(long, xs=["é" * 400])) == [("B1", "0", None, "é" * 255)]


def test_a_validation_that_says_nothing_of_rows_is_extended_as_before() -> None:
    template = _validated(_loop("-", "{{ x }}"), type="list", formula1='"oui,non"')
    assert _validations(_rendered(template, xs=[1, 2, 3])) == [("B1:B3", '"oui,non"', None, None)]


def test_many_ranges_are_several_validations() -> None:
    template = _validated(_loop("-", "{{ x }}", extra="-"), type="list", formula1='"{{ x }}"')
    found = _validations(_rendered(template, xs=["a"] * 900))
    assert [len(one[0].split()) for one in found] == [400, 400, 100]


def test_a_mistake_in_a_validation_is_told_with_its_cell() -> None:
    with pytest.raises(TemplateError, match="nothing_there") as raised:
        _rendered(_validated(_loop("-", "-"), type="list", formula1='"{{ nothing_there }}"'), xs=[1])
    assert "B2" in str(raised.value.diagnostic.where)
