"""The workbook-template engine, on small workbooks made here with openpyxl and read back with it."""

# ruff: noqa: SLF001 - openpyxl tells of charts and pictures only so
from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from jinja2.sandbox import unsafe
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from PIL import Image as Picture

from factories import HOSTILE
from servaudit.render.workbook import TemplateError, render

if TYPE_CHECKING:
    from collections.abc import Iterator


def book(cells: dict[str, Any], title: str = "Data") -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    made.active.title = title
    for place, value in cells.items():
        made.active[place] = value
    return made


def saved(made: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def rendered(made: openpyxl.Workbook, **context: Any) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(render(saved(made), context)))


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def values(sheet: Any) -> list[list[Any]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


LOOP = {
    "A1": "Name", "B1": "Cost",
    "A2": "{% for x in xs %}",
    "A3": "{{ x.name }}", "B3": "{{ x.cost }}", "C3": "=B3*2", "D3": "=B3/SUM(B$3:B$3)",
    "A4": "{% endfor %}",
    "A5": "Total", "B5": "=SUM(B3:B3)",
}  # fmt: skip
XS = [{"name": "a", "cost": 1}, {"name": "b", "cost": 2.5}, {"name": "c", "cost": 3}]


def test_an_expression_alone_keeps_its_type_and_more_becomes_text() -> None:
    sheet = rendered(
        book({"A1": "{{ n }}", "B1": "{{ d }}", "C1": "{{ t }}", "D1": "{{ n }}!", "E1": "{{ gone }}", "F1": "x"}),
        n=1.5, d=dt.date(2026, 11, 3), t=True, gone=None,
    ).active  # fmt: skip
    assert [cell.value for cell in sheet[1]] == [
        1.5,
        dt.datetime.fromisoformat("2026-11-03"),
        True,
        "1.5!",
        None,
        "x",
    ]


def test_a_loop_repeats_rows_and_the_marker_rows_disappear() -> None:
    sheet = rendered(book(LOOP), xs=XS).active
    assert [row[0] for row in values(sheet)] == ["Name", "a", "b", "c", "Total"]
    assert [row[1] for row in values(sheet)][1:4] == [1, 2.5, 3]


def test_formulas_follow_relative_rows_of_their_turn_and_absolute_rows_of_all() -> None:
    sheet = rendered(book(LOOP), xs=XS).active
    assert [sheet[f"C{row}"].value for row in (2, 3, 4)] == ["=B2*2", "=B3*2", "=B4*2"]
    assert sheet["D3"].value == "=B3/SUM(B$2:B$4)"
    assert sheet["B5"].value == "=SUM(B2:B4)"


def test_an_empty_loop_leaves_one_hidden_row_only_where_something_refers_to_it() -> None:
    sheet = rendered(book(LOOP), xs=[]).active
    assert [row[0] for row in values(sheet)] == ["Name", None, "Total"]
    assert sheet.row_dimensions[2].hidden
    assert sheet["B3"].value == "=SUM(B2:B2)"
    plain = {place: value for place, value in LOOP.items() if place not in ("B5", "C3", "D3")}
    assert [row[0] for row in values(rendered(book(plain), xs=[]).active)] == ["Name", "Total"]


NESTED = {
    "A1": "{% for s in sections %}",
    "A2": "{{ s.title }}", "B2": "=SUM(B4:B4)",
    "A3": "{% for c in s.rows %}",
    "A4": "{{ loop.index }}", "B4": "{{ c }}",
    "A5": "{% endfor %}",
    "A6": "{% endfor %}",
    "A7": "=SUM(B4:B4)",
}  # fmt: skip


def test_many_plain_rows_come_out_like_any_others_and_none_is_kept_in_memory() -> None:
    alive, most = set(), 0

    class Row:
        def __init__(self, number: int) -> None:
            nonlocal most
            self.number, self.share, self.day, self.text = (
                number,
                number / 7,
                dt.date(2026, 11, 3),
                f"=row {number % 3}",
            )
            self.nothing, self.note = None, "a long remark " * (number % 9)
            alive.add(number)
            most = max(most, len(alive))

        def __del__(self) -> None:
            alive.discard(self.number)

    class Rows:
        def __len__(self) -> int:
            return 3000

        def __iter__(self) -> Iterator[Row]:
            return map(Row, range(3000))

    names = ("number", "share", "day", "text", "nothing", "note")
    made = book({"A1": "sum", "B1": "=SUM(A4:A4)", "C1": "=B4", "A2": "{% for r in rows %}", "A5": "{% endfor %}"})
    for column, name in zip("ABCDEF", names, strict=True):
        made.active[f"{column}4"] = f"{{{{ r.{name} }}}}"
    made.active["G4"], made.active["H4"] = "{{ loop.index }}{% if loop.last %} of {{ loop.length }}{% endif %}", "fixed"
    made.active["F4"].alignment = Alignment(wrap_text=True)
    made.active["A3"] = "{% for nested in [r] %}"
    made.active["A5"], made.active["A6"] = "{% endfor %}", "{% endfor %}"
    made.active["A7"] = "end"
    made.active.auto_filter.ref = "A1:H4"
    made.active.conditional_formatting.add("A4", FormulaRule(formula=["$B4>3"]))
    template = saved(made)
    streamed = render(template, {"rows": Rows()})
    assert most < 5
    made.active["A2"] = "{% for r in rows if true %}"  # more than a plain loop: the rows are laid out one by one
    template = saved(made)
    assert parts(streamed) == parts(render(template, {"rows": [Row(number) for number in range(3000)]}))
    sheet = openpyxl.load_workbook(io.BytesIO(streamed)).active
    assert (sheet["B1"].value, sheet["C1"].value, sheet.auto_filter.ref) == ("=SUM(A2:A3001)", "=B2", "A1:H3001")
    assert sheet["A3002"].value == "end"


def test_more_rows_than_a_sheet_can_have_are_an_error_at_their_loop() -> None:
    class Rows(list[int]):
        def __len__(self) -> int:
            return 2_000_000

    made = book({"A2": "{% for r in rows %}", "A3": "{{ r }}", "A4": "{% endfor %}"})
    with pytest.raises(TemplateError, match="Data!A2: a sheet has at most 1048576 rows"):
        rendered(made, rows=Rows())


def test_loops_nest_and_a_subtotal_sums_the_rows_of_its_own_turn() -> None:
    sections = [{"title": "x", "rows": [1, 2]}, {"title": "y", "rows": []}, {"title": "z", "rows": [4]}]
    sheet = rendered(book(NESTED), sections=sections).active
    assert values(sheet) == [
        ["x", "=SUM(B2:B3)"], [1, 1], [2, 2], ["y", "=SUM(B5:B5)"], [None, None], ["z", "=SUM(B7:B7)"], [1, 4],
        ["=SUM(B2:B7)", None],
    ]  # fmt: skip
    assert sheet.row_dimensions[5].hidden


@pytest.mark.parametrize(("n", "shown"), [(1, "one"), (2, "two"), (3, "many")])
def test_if_elif_and_else_choose_rows(n: int, shown: str) -> None:
    cells = {
        "A1": "{% if n == 1 %}", "A2": "one", "A3": "{% elif n == 2 %}", "A4": "two", "A5": "{% else %}", "A6": "many",
        "A7": "{% endif %}", "A8": "end",
    }  # fmt: skip
    assert values(rendered(book(cells), n=n).active) == [[shown], ["end"]]


def test_a_loop_has_an_else_for_nothing_and_a_condition_of_its_own() -> None:
    cells = {"A1": "{% for k, v in xs if v %}", "A2": "{{ k }}", "A3": "{% else %}", "A4": "none", "A5": "{% endfor %}"}
    assert values(rendered(book(cells), xs=[("a", 1), ("b", 0), ("c", 2)]).active) == [["a"], ["c"]]
    assert values(rendered(book(cells), xs=[("b", 0)]).active) == [["none"]]


def test_styles_heights_merges_formats_validations_filters_names_and_print_settings_follow() -> None:
    made = book(LOOP)
    sheet = made.active
    sheet["A3"].font = Font(bold=True)
    sheet.row_dimensions[3].height = 33
    sheet.merge_cells("E3:F3")
    sheet.merge_cells("A6:C7")
    sheet.conditional_formatting.add(
        "B3:B3", FormulaRule(formula=["$B3>2"], fill=PatternFill("solid", bgColor="FF0000"))
    )
    validation = DataValidation(type="list", formula1="Choices", sqref="A3:A3")
    sheet.add_data_validation(validation)
    sheet.auto_filter.ref = "A1:D3"
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.print_area = "A1:F5"
    made.defined_names["Costs"] = DefinedName("Costs", attr_text="Data!$B$3:$B$3")
    made.defined_names["Choices"] = DefinedName("Choices", attr_text="Data!$A$3:$A$3")
    out = rendered(made, xs=XS)
    sheet = out.active
    assert [sheet[f"A{row}"].font.b for row in (1, 2, 3, 4, 5)] == [False, True, True, True, False]
    assert [sheet.row_dimensions[row].height for row in (2, 4)] == [33, 33]
    assert {str(area) for area in sheet.merged_cells.ranges} == {"E2:F2", "E3:F3", "E4:F4", "A6:C7"}
    (formats,) = sheet.conditional_formatting
    assert (str(formats.sqref), formats.rules[0].formula) == ("B2:B4", ["$B2>2"])
    assert str(sheet.data_validations.dataValidation[0].sqref) == "A2:A4"
    assert sheet.auto_filter.ref == "A1:D4"
    assert sheet.freeze_panes == "A2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.print_area == "'Data'!$A$1:$F$5"
    assert out.defined_names["Costs"].attr_text == "'Data'!$B$2:$B$4"


def test_charts_tables_pictures_and_comments_follow() -> None:
    made = book(LOOP)
    sheet = made.active
    sheet["A5"].comment = Comment("note", "me")
    chart = BarChart()
    chart.title = "{{ title }}"
    chart.add_data(Reference(sheet, min_col=2, min_row=3, max_row=3))
    chart.set_categories(Reference(sheet, min_col=1, min_row=3, max_row=3))
    sheet.add_chart(chart, "A7")
    stream = io.BytesIO()
    Picture.new("RGB", (4, 4), "red").save(stream, "PNG")
    sheet.add_image(Image(stream), "A9")
    sheet.add_table(Table(displayName="Costs", ref="A1:B3"))
    content = render(saved(made), {"xs": XS, "title": "Été & co"})
    out = openpyxl.load_workbook(io.BytesIO(content)).active
    assert out["A5"].comment.text == "note"
    (chart,) = out._charts
    assert chart.series[0].val.numRef.f == "'Data'!$B$2:$B$4"
    assert chart.series[0].cat.numRef.f == "'Data'!$A$2:$A$4"
    assert chart.title.tx.rich.p[0].r[0].t == "Été & co"
    assert chart.anchor._from.row == 6
    assert out._images[0].anchor._from.row == 8
    assert out.tables["Costs"].ref == "A1:B4"


@pytest.mark.parametrize("shown", [True, False])
def test_a_chart_within_rows_that_are_not_shown_vanishes_and_leaves_nothing_dangling(*, shown: bool) -> None:
    made = book({
        "A1": "{% if shown %}", "A2": "Chart", "A3": "a", "B3": 1, "A5": "b", "B5": 2, "A6": "{% endif %}", "A7": "end",
    })  # fmt: skip
    for place, rows in (("D2", (3, 3)), ("D3", (5, 5)), ("D7", (3, 5))):
        chart = BarChart()
        chart.add_data(Reference(made.active, min_col=2, min_row=rows[0], max_row=rows[1]))
        made.active.add_chart(chart, place)
    sheet = rendered(made, shown=shown).active
    assert len(sheet._charts) == (3 if shown else 1)
    found = sheet._charts[-1].series[0].val.numRef.f
    assert found == ("'Data'!$B$2:$B$4" if shown else "'Data'!$B$1:$B$2")
    assert [row[0] for row in values(sheet) if row[0]] == (["Chart", "a", "b", "end"] if shown else ["end"])


@pytest.mark.parametrize(
    ("start", "end", "shown", "place"),
    [
        ((1, 0), (3, 7), True, (0, 0, 1, 7)),  # its end is in a row: the marker in between does not count
        ((1, 0), (2, 7), True, (0, 0, 1, 0)),  # it ends in a marker: above what follows
        ((3, 5), (8, 9), True, (1, 5, 4, 9)),  # rows of a loop count once: it keeps its height
        ((3, 5), (8, 9), False, (0, 5, 2, 9)),  # rows that vanished do not count
    ],
)
def test_a_chart_held_at_both_ends_covers_nothing_that_followed_it(
    start: tuple[int, int], end: tuple[int, int], place: tuple[int, ...], *, shown: bool
) -> None:
    made = book({
        "A1": "{% if shown %}", "A2": "beside", "A3": "{% endif %}", "A4": "beside", "A5": "{% for x in xs %}",
        "A6": "{{ x }}", "A7": "{% endfor %}", "A8": "below", "A9": "below",
    })  # fmt: skip
    chart = BarChart()
    chart.add_data(Reference(made.active, min_col=1, min_row=9, max_row=9))
    (row, offset), (last, rest) = start, end
    chart.anchor = TwoCellAnchor(_from=AnchorMarker(3, 0, row, offset), to=AnchorMarker(6, 0, last, rest))
    made.active.add_chart(chart)
    (found,) = rendered(made, shown=shown, xs=[1, 2, 3] if shown else []).active._charts
    ends = found.anchor._from, found.anchor.to
    assert tuple(figure for end in ends for figure in (end.row, end.rowOff)) == place


@pytest.mark.parametrize(("use", "left"), [("", 0), ("Sales", 1)])
def test_a_chart_vanishes_where_its_title_is_an_expression_that_gives_nothing(use: str, left: int) -> None:
    made = book({"A1": "a", "B1": 1})
    for title, place in (("{{ use }}", "D2"), ("", "D20"), (None, "D40")):
        chart = BarChart()
        chart.title = title
        chart.add_data(Reference(made.active, min_col=2, min_row=1, max_row=1))
        made.active.add_chart(chart, place)
    assert len(rendered(made, use=use).active._charts) == 2 + left


def test_a_sheet_repeats_with_its_charts_names_and_references() -> None:
    made = book({"A1": "{% sheet for v in visits %}", "A2": "{{ v.name }}", "A3": "=A2"}, title="{{ v.name }}")
    sheet = made.active
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=1, min_row=2, max_row=3))
    sheet.add_chart(chart, "C2")
    sheet.print_title_rows = "2:2"
    other = made.create_sheet("All")
    other["A1"] = "='{{ v.name }}'!A2"
    out = rendered(made, visits=[{"name": "Lyon/1"}, {"name": "L'Isle"}, {"name": "L'Isle"}])
    assert out.sheetnames == ["Lyon 1", "L'Isle", "L'Isle (2)", "All"]
    assert [out[name]["A1"].value for name in out.sheetnames] == ["Lyon/1", "L'Isle", "L'Isle", "='Lyon 1'!A1"]
    assert out["L'Isle"]._charts[0].series[0].val.numRef.f == "'L''Isle'!$A$1:$A$2"
    assert out["L'Isle (2)"].print_title_rows == "$1:$1"


def test_a_sheet_is_left_out_when_its_condition_does_not_hold() -> None:
    made = book({"A1": "kept"})
    made.create_sheet("Extra")["A1"] = "{% sheet if extra %}"
    assert rendered(made, extra=False).sheetnames == ["Data"]
    assert rendered(made, extra=True).sheetnames == ["Data", "Extra"]


def test_typed_text_is_text_whatever_it_looks_like() -> None:
    made = book({"A1": "{% for x in xs %}", "A2": "{{ x }}", "B2": "note: {{ x }}", "A3": "{% endfor %}"})
    content = render(saved(made), {"xs": list(HOSTILE.values())})
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    cells = dict(zip(HOSTILE, sheet["A"], strict=True))
    assert {cell.data_type for cell in cells.values()} == {"s"}
    assert cells["formula"].value == "=1+1"
    assert cells["error"].value == "#N/A"
    assert cells["jinja"].value == HOSTILE["jinja"]
    assert cells["markup"].value == HOSTILE["markup"]
    assert cells["control"].value == "ab[31mc"
    assert cells["lines"].value == "one\ntwo\nthree"
    assert len(cells["long"].value) == 32_767
    assert cells["long"].value.endswith("é […]")
    assert all(cells[name].quotePrefix for name in ("formula", "command", "sum", "plus", "minus", "tab"))
    assert not cells["emoji"].quotePrefix
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        text = package.read("xl/worksheets/sheet1.xml").decode()
        shared = package.read("xl/sharedStrings.xml").decode()
    assert "_x005F_x0041_" in shared
    assert "<f>" not in text


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("{{ visit.scor }}", "unknown name “visit.scor”", "“score”"),
        ("score: {{ visit.scor }}", "unknown name “visit.scor”", "“score”"),
        ("{{ visi }}", "unknown name “visi”", "“visit”"),
        ("{{ visit.score", "cannot be read", None),
        ("{{ visit.score | nofilter }}", "cannot be read", None),
        ("{{ 'x' * 10 }}", "no arithmetic", None),
        ("{{ 'x' | center(99999999999) }}", "center", None),
        ("{{ 'x'.center(99999999999) }}", "center", None),
        ("{{ visit.__class__ }}", "__class__", None),
        ("{{ visit.score | length }}", "fails", None),
    ],
)
def test_errors_name_the_sheet_and_cell_and_what_is_meant(text: str, message: str, hint: str | None) -> None:
    with pytest.raises(TemplateError) as caught:
        render(saved(book({"B7": text}, "Criteria")), {"visit": {"score": 1}}, file="report.xlsx")
    diagnostic = caught.value.diagnostic
    assert str(diagnostic.where) == "report.xlsx: Criteria!B7"
    assert message in str(diagnostic.message)
    assert hint is None or hint in str(diagnostic.help)


@pytest.mark.parametrize(
    ("cells", "place", "message"),
    [
        ({"A2": "{% for x in xs %}"}, "A2", "not closed"),
        ({"A3": "{% endfor %}"}, "A3", "closes nothing"),
        ({"A1": "{% if xs %}", "A2": "{% endfor %}"}, "A2", "should close"),
        ({"A1": "{% for x in ys %}", "A2": "{% endfor %}"}, "A1", "ys"),
        ({"A1": "{% for x of xs %}", "A2": "{% endfor %}"}, "A1", "cannot be read"),
        ({"A2": "{% sheet if xs %}"}, "A2", "A1"),
        ({"B2": '="{{ x }}"'}, "B2", "formula cannot hold"),
    ],
)
def test_wrong_markers_name_their_cell(cells: dict[str, str], place: str, message: str) -> None:
    with pytest.raises(TemplateError, match=message) as caught:
        render(saved(book(cells)), {"xs": []})
    assert str(caught.value.diagnostic.where) == f"template.xlsx: Data!{place}"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"hello", saved(book({}))[:500]])
def test_what_is_no_workbook_is_an_error_with_its_name(content: bytes) -> None:
    with pytest.raises(TemplateError, match=r"mine\.xlsx"):
        render(content, {}, file="mine.xlsx")


def test_a_part_with_a_document_type_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(book({"A1": "x"})))) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                content = b'<!DOCTYPE x [<!ENTITY e "e">]>' + content[content.index(b"<worksheet") :]
            new.writestr(name, content)
    with pytest.raises(TemplateError, match="document type"):
        render(stream.getvalue(), {})


def test_the_same_input_gives_the_same_bytes_without_a_clock() -> None:
    made = book(LOOP)
    made.properties.title = "{{ title }}"
    once, twice = (render(saved(made), {"xs": XS, "title": "T"}, custom={"servaudit": "1"}) for _ in range(2))
    assert once == twice
    out = openpyxl.load_workbook(io.BytesIO(once))
    assert out.properties.title == "T"
    assert out.custom_doc_props["servaudit"].value == "1"
    assert b"dcterms:created" not in zipfile.ZipFile(io.BytesIO(once)).read("docProps/core.xml")


def test_page_headers_are_rendered_and_data_cannot_be_a_code_in_them() -> None:
    made = book({"A1": "x"})
    made.active.oddFooter.left.text = "{{ title }}"
    with zipfile.ZipFile(io.BytesIO(render(saved(made), {"title": "R&D"}))) as package:
        assert b"R&amp;&amp;D" in package.read("xl/worksheets/sheet1.xml")


def test_a_damaged_template_is_an_error_that_names_it_and_never_another() -> None:
    with zipfile.ZipFile(io.BytesIO(saved(book(LOOP)))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    outcomes = []
    for name, content in parts.items():
        for damaged in (
            None,
            content[: len(content) // 2],
            content.replace(b'="', b'="x'),
            content.replace(b"1", b"-9"),
        ):
            stream = io.BytesIO()
            with zipfile.ZipFile(stream, "w") as package:
                for other, kept in (parts | {name: damaged}).items():
                    if kept is not None:
                        package.writestr(other, kept)
            try:
                render(stream.getvalue(), {"xs": XS}, file="mine.xlsx")
                outcomes.append("rendered")
            except TemplateError as error:
                outcomes.append(error.diagnostic.file)
    assert set(outcomes) == {"rendered", "mine.xlsx"}


def test_functions_of_the_context_and_of_jinja_are_called_and_unknown_ones_are_an_error() -> None:
    made = book({"A1": "{{ double(x.n) }}", "A2": "{{ range(n) | length }}", "A3": "{{ range(n).stop }}"})
    sheet = rendered(made, double=lambda value: value * 2, x={"n": 4}, n=3).active
    assert [row[0] for row in values(sheet)] == [8, 3, 3]
    with pytest.raises(TemplateError, match=r"Data!A1: unknown name “double”"):
        rendered(made, x={"n": 4}, n=3)
    with pytest.raises(TemplateError, match=r"Data!A1: unknown name “x\.n”"):
        rendered(made, double=lambda value: value * 2, x={}, n=3)
    with pytest.raises(TemplateError, match=r"Data!A1: this expression fails: .*not safely callable"):
        rendered(made, double=unsafe(lambda value: value), x={"n": 4}, n=3)
