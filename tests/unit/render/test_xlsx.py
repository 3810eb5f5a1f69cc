"""The report as a workbook says everything the view model holds, harmlessly, in both languages."""

from __future__ import annotations

import datetime as dt
import io
import warnings
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import openpyxl
import pytest

from factories import HOSTILE
from handmade import card, no_score_card, passing_card, rollup_card, standard
from office import converted, needs_office
from servaudit.i18n import translator
from servaudit.render.errors import TemplateError
from servaudit.render.output import made_by_servaudit
from servaudit.render.xlsx import render
from servaudit.report import build
from servaudit.report.view import Figure

if TYPE_CHECKING:
    from servaudit.model.scorecard import Scorecard
    from servaudit.report.document import Report


def report(*cards: Scorecard, language: str = "fr", rollups: tuple = ()) -> Report:
    made = standard()
    visits = [(one, made) for one in cards or (card(),)]
    return build(visits, [(one, made) for one in rollups], translator(language), generator="servaudit 1.2.3")


def opened(content: bytes) -> openpyxl.Workbook:
    with warnings.catch_warnings():  # openpyxl says what it will not keep; this is a look, nothing is saved
        warnings.filterwarnings("ignore", message=".*extension is not supported", category=UserWarning)
        return openpyxl.load_workbook(io.BytesIO(content))


def texts(sheet: Any) -> list[Any]:
    return [value for row in sheet.iter_rows(values_only=True) for value in row if value is not None]


def test_one_visit_has_its_sheets_in_its_language() -> None:
    assert opened(render(report())).sheetnames == ["Synthèse", "Critères", "Plan d’action", "Données", "Méthode"]
    english = opened(render(report(language="en")))
    assert english.sheetnames == ["Summary", "Criteria", "Action plan", "Data", "Method"]


def test_several_visits_open_with_an_overview_and_have_a_sheet_each() -> None:
    made = report(card(), passing_card(), no_score_card(), language="en", rollups=(rollup_card(),))
    book = opened(render(made))
    assert book.sheetnames[:4] == ["Summary", "Lyon Part-Dieu", "Nice Étoile", "Paris Bastille"]
    assert {"Réseau Rhône", "Rhône network"} & set(texts(book["Summary"]))
    assert [len(book[name]._charts) for name in book.sheetnames[:4]] == [2, 2, 2, 2]  # noqa: SLF001 - no other way


def test_the_content_of_a_visit_is_complete() -> None:
    view = report().visits[0]
    book = opened(render(report()))
    summary = texts(book["Synthèse"])
    assert view.before is not None
    expected = [
        view.verdict.word, view.result.text, view.result.level, f"{view.before.text} · {view.before.level}",
        view.bounds_text, view.note, *(section.score.text for section in view.sections),
        *(finding.criterion.text for finding in view.findings), *(row.text for row in view.strengths),
        *(praise.note for praise in view.commendations), *(limit.text for limit in view.limits),
        *(override.sentence for override in view.overrides),
    ]  # fmt: skip
    assert [text for text in expected if text not in summary] == []
    criteria = texts(book["Critères"])
    assert [row.text for row in view.criteria if row.text not in criteria] == []
    assert [row.note for row in view.criteria if row.note and row.note not in criteria] == []
    method = texts(book["Méthode"])
    hashes = [view.identity.standard_sha256, view.identity.observation_sha256, view.identity.version]
    hashes += [file.sha256 for row in view.criteria for file in row.evidence if file.sha256]
    assert [text for text in [*hashes, *view.method] if text not in method] == []


def test_figures_are_numbers_and_dates_are_dates() -> None:
    book = opened(render(report()))
    head, first = (list(row) for row in book["Données"].iter_rows(max_row=2, values_only=True))
    row = dict(zip(head, first, strict=False))
    assert row["date"] == dt.datetime(2026, 11, 3)  # noqa: DTZ001 - a workbook has no zones
    assert (row["score"], row["weight"], row["lost"], row["count"]) == (0.7, 2, 0.075, 1)
    identity = report().visits[0].identity
    assert row["standard"] == f"{identity.standard}@{identity.version}"
    assert row["observation"] == identity.observation_path
    assert book["Critères"]["G2"].value == 0.7
    assert book["Critères"]["G2"].number_format == "0.0\\\u00a0%"


def test_of_the_data_only_what_is_there_is_written() -> None:
    package = zipfile.ZipFile(io.BytesIO(render(report())))
    parts = [package.read(name).decode() for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
    (data,) = [part for part in parts if ">answer_number<" in part]
    sheet = opened(render(report()))["Données"]
    empty = [cell.coordinate for row in sheet["I2:K9"] for cell in row if cell.value is None]
    assert empty
    assert [place for place in empty if f'"{place}"' in data] == []


def test_filters_frozen_heads_validations_and_print_titles_are_there() -> None:
    book = opened(render(report()))
    sheet = book["Plan d’action"]
    assert sheet.auto_filter.ref == "A1:K5"
    assert sheet.freeze_panes == "D2"
    assert sheet.print_title_rows == "$1:$1"
    assert {str(item.sqref) for item in sheet.data_validations.dataValidation} == {"J2:J5", "K2:K5"}
    name, cells = book.defined_names["Statuses"].attr_text.split("!")
    assert [cell[0].value for cell in book[name.strip("'")][cells]] == ["À faire", "En cours", "Fait", "Abandonné"]


def test_the_data_has_one_row_for_each_answer() -> None:
    rows = list(opened(render(report()))["Données"].values)
    number, path, shown, count, points = (rows[0].index(name) for name in ("answer_number", "criterion", "answer",
                                                                          "count", "answer_points"))  # fmt: skip
    made = [(row[path], row[number], row[shown], row[count], row[points]) for row in rows[1:]]
    view = report().visits[0]
    assert made == [
        (row.path, one.number, one.text or None, one.times, one.points) for row in view.criteria for one in row.answers
    ]
    assert len(made) > len(view.criteria)
    tally = view.criteria[0]
    assert sum(one.times for one in tally.answers) == tally.n == 10


def test_evidence_that_was_found_is_linked_and_only_that() -> None:
    view = report()
    plain, linked = opened(render(view)), opened(render(view, folder=Path("out/reports")))
    assert all(cell.hyperlink is None for sheet in plain for row in sheet for cell in row)
    found = {row.text: row.evidence for row in view.visits[0].criteria if any(file.sha256 for file in row.evidence)}
    sheet = linked["Critères"]
    targets = {row[2].value: row[10].hyperlink.target for row in sheet.iter_rows(min_row=2) if row[10].hyperlink}
    observation = Path(view.visits[0].identity.observation_path).parent.as_posix()
    first = {text: next(file.path for file in files if file.sha256) for text, files in found.items()}
    assert targets == {text: quote(f"../../{observation}/{path}") for text, path in first.items()}
    assert targets
    assert any(cell.hyperlink for row in linked["Plan d’action"] for cell in row) == any(
        file.sha256 for finding in view.visits[0].findings for file in finding.criterion.evidence
    )


def test_what_is_late_or_done_is_coloured() -> None:
    rules = opened(render(report()))["Plan d’action"].conditional_formatting
    formulas = {str(area.sqref): [rule.formula for rule in area.rules] for area in rules}
    assert formulas["K2:K5"][0] == ["$K2=INDEX(Statuses,3)"]
    assert formulas["J2:J5"] == [['AND($J2<>"",$J2<TODAY(),$K2<>INDEX(Statuses,3),$K2<>INDEX(Statuses,4))']]


def test_a_visit_without_findings_leaves_nothing_dangling() -> None:
    made = opened(render(report(no_score_card())))
    assert made["Plan d’action"].auto_filter.ref == "A1:K1"
    assert "#REF!" not in str([texts(sheet) for sheet in made])


@pytest.mark.parametrize(("language", "name"), [("fr", "Plan d’action"), ("en", "Action plan")])
def test_a_plan_without_anything_to_do_says_so_and_is_not_a_blank_page(language: str, name: str) -> None:
    nothing = translator(language).t("Nothing was found wanting.")
    empty = opened(render(report(card(findings=()), card(findings=()), language=language)))
    assert texts(empty[name])[-1] == nothing
    assert nothing not in texts(opened(render(report(card(findings=()), card(), language=language)))[name])


def test_an_overview_says_how_much_of_each_visit_was_observed() -> None:
    sheet = opened(render(report(card(coverage=0.011), card(coverage=1.0), language="en")))["Summary"]
    (head,) = [row for row in sheet.iter_rows(values_only=True) if "Observed" in row]
    place = head.index("Observed")
    assert [row[place] for row in sheet.iter_rows(values_only=True) if row[0] and "lyon" in row[0]] == [0.011, 1]


@pytest.mark.parametrize(("visits", "charts"), [(60, 2), (61, 1)])
def test_the_chart_of_visits_is_left_out_where_its_bars_would_be_slivers(visits: int, charts: int) -> None:
    made = report(*[passing_card()] * visits, language="en")._replace(visits=(), data=())
    assert len(opened(render(made))["Summary"]._charts) == charts  # noqa: SLF001 - no other way


def test_the_chart_of_visits_has_no_bars_of_their_parts() -> None:
    whole, part = card(role="whole"), card(role="part")
    book = opened(render(report(whole, part, part, passing_card(), language="en")))
    series = book["Summary"]._charts[0].series[0]  # noqa: SLF001 - no other way
    places = [range_.f.replace("'", "").split("!") for range_ in (series.cat.strRef, series.val.numRef)]
    names, scores = ([cell.value for (cell,) in book[name][cells]] for name, cells in places)
    assert (names, scores) == (["Lyon Part-Dieu", "Nice Étoile"], [0.625, 0.925])


def test_the_same_report_gives_the_same_bytes_and_is_recognised_as_ours(tmp_path: Path) -> None:
    content = render(report())
    assert content == render(report())
    (tmp_path / "a.xlsx").write_bytes(content)
    assert made_by_servaudit(tmp_path / "a.xlsx")
    properties = {one.name: one.value for one in opened(content).custom_doc_props.props}
    assert properties["servaudit"] == "servaudit 1.2.3"
    assert card().standard.sha256 in properties["standards"]
    assert card().observation.sha256 in properties["observations"]


def test_no_expression_of_the_template_is_left_in_the_package() -> None:
    with zipfile.ZipFile(io.BytesIO(render(report(card(), passing_card())))) as package:
        assert [name for name in package.namelist() if b"{{" in package.read(name) or b"{%" in package.read(name)] == []


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_note_is_text(name: str) -> None:
    content = render(report(card(note=HOSTILE[name])))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = [package.read(part) for part in package.namelist() if part.startswith("xl/worksheets/")]
    assert not any(b"<f>" in part or b"<f " in part for part in parts)
    assert {cell.data_type for sheet in opened(content) for row in sheet for cell in row} <= {"s", "n", "d"}


def test_a_template_of_ones_own_is_used_and_its_errors_name_it(tmp_path: Path) -> None:
    own = tmp_path / "brand.xlsx"
    book = openpyxl.Workbook()
    book.active["B2"] = "{{ report.visits[0].result.score }}"
    book.save(own)
    assert opened(render(report(), own)).active["B2"].value == 0.625
    book.active["B7"] = "{{ report.titel }}"
    book.save(own)
    with pytest.raises(TemplateError, match=r"brand\.xlsx: Sheet!B7: unknown name “report\.titel”") as caught:
        render(report(), own)
    assert "“title”" in str(caught.value.diagnostic.help)
    with pytest.raises(TemplateError, match="does not exist"):
        render(report(), tmp_path / "none.xlsx")


@needs_office
def test_libreoffice_reads_every_cell_and_runs_nothing(tmp_path: Path) -> None:
    hostile = [row._replace(note=text) for row, text in zip(card().criteria * 2, HOSTILE.values(), strict=False)]
    content = render(report(card(criteria=tuple(hostile[:9]))))
    before, after = opened(content), opened(converted(content, "xlsx", tmp_path).read_bytes())
    assert after.sheetnames == before.sheetnames
    cells = [(sheet.title, cell) for sheet in before for row in sheet for cell in row if cell.value is not None]
    assert len(cells) > 200
    for title, cell in cells:
        other = after[title][cell.coordinate]
        assert other.data_type != "f", cell
        assert other.value == (cell.value.replace("_x005F_", "_") if isinstance(cell.value, str) else cell.value), cell


@needs_office
def test_a_template_saved_by_libreoffice_still_renders_the_same(tmp_path: Path) -> None:
    from servaudit.resources import templates  # noqa: PLC0415 - here only

    own = converted(templates().joinpath("report.xlsx").read_bytes(), "xlsx", tmp_path)
    made = report(card(), passing_card(), rollups=(rollup_card(),))
    ours, theirs = opened(render(made)), opened(render(made, own))
    assert theirs.sheetnames == ours.sheetnames
    assert {sheet.title: texts(sheet) for sheet in theirs} == {sheet.title: texts(sheet) for sheet in ours}
    assert len(theirs["Nice Étoile"]._charts) == 2  # noqa: SLF001 - no other way


@needs_office
def test_libreoffice_prints_it(tmp_path: Path) -> None:
    assert converted(render(report()), "pdf", tmp_path).read_bytes().startswith(b"%PDF")


def test_a_cost_in_points_is_not_shown_as_a_percentage() -> None:
    def kind(made: Report) -> tuple[set[object], list[str]]:
        sheet = opened(render(made))["Plan d’action"]
        rules = [rule for area in sheet.conditional_formatting for rule in area.rules if str(area.sqref)[0] == "E"]
        assert [rule.dxf.numFmt.formatCode for rule in rules] == ["General"]
        return {cell.value for cell in sheet["N"][1:]}, [rule.formula[0] for rule in rules]

    assert kind(report()) == ({"share"}, ['$N2="points"'])
    visit = report().visits[0]
    summed = visit.result._replace(points=Figure(20, "20"), max_points=None)
    made = report()._replace(visits=(visit._replace(result=summed),))
    assert kind(made) == ({"points"}, ['$N2="points"'])


def test_a_standard_without_sections_has_no_empty_table_or_chart_of_them() -> None:
    made = report()
    made = made._replace(visits=(made.visits[0]._replace(sections=()),))
    sheet = opened(render(made))["Synthèse"]
    assert "Sections" not in texts(sheet)
    assert len(sheet._charts) == 1  # noqa: SLF001 - no other way


@pytest.mark.parametrize(("language", "code", "short"), [("fr", "0.0\\\u00a0%", "0\\\u00a0%"), ("en", "0.0%", "0%")])
def test_numbers_have_the_percent_sign_of_the_language(language: str, code: str, short: str) -> None:
    book = opened(render(report(card(), passing_card(), language=language)))
    formats = {cell.number_format for sheet in book for row in sheet for cell in row if "%" in cell.number_format}
    assert formats == {code, short}
    axis = book.worksheets[0]._charts[0].y_axis  # noqa: SLF001 - no other way
    assert axis.number_format.formatCode == short


@pytest.mark.parametrize("language", ["fr", "en"])
def test_costs_in_points_say_so_at_the_head_of_their_column(language: str) -> None:
    cost = translator(language).t("Cost")
    plain = report(language=language)
    visit = plain.visits[0]
    summed = visit._replace(result=visit.result._replace(points=Figure(20, "20"), max_points=None))
    for made, head in ((plain, cost), (plain._replace(visits=(summed,)), f"{cost} (points)")):
        book = opened(render(made))
        heads = [value for sheet in book for value in texts(sheet) if isinstance(value, str) and value.startswith(cost)]
        assert heads.count(head) == 3


def test_nothing_overlaps_at_the_foot_of_a_page() -> None:
    """A long title has the left of the foot for itself, cut before the number of the page."""
    book = opened(render(report(card("A very long name of a site " * 20), language="en")))
    for sheet in book:
        assert not sheet.oddFooter.center.text
        assert len(sheet.oddFooter.left.text) <= 100
        assert sheet.oddFooter.right.text == "&P / &N"


def test_visits_of_one_site_are_told_apart_in_every_sheet() -> None:
    again = card()._replace(visit=card().visit._replace(id="lyon-2026-12-01"))
    made = report(card(), again, passing_card())
    book = opened(render(made))
    names = [f"Lyon Part-Dieu · {visit.id}" for visit in made.visits[:2]] + ["Nice Étoile"]
    assert [visit.name for visit in made.visits] == names
    assert [row.name for row in made.summary.rows] == names  # type: ignore[union-attr] # three visits have a summary
    for sheet in ("Synthèse", "Critères", "Plan d’action", "Méthode"):
        assert set(names) <= set(texts(book[sheet])), sheet
        assert "Lyon Part-Dieu" not in texts(book[sheet]), sheet


def test_evidence_that_is_missing_is_said_to_be_where_documents_are_named() -> None:
    rows = [row[1:4] for row in opened(render(report()))["Méthode"].iter_rows(values_only=True)]
    assert ("photos/perdue.jpg", None, "fichier introuvable") in rows


def test_an_overview_of_points_alone_has_no_chart_of_ratios_and_says_the_points_of_each_criterion() -> None:
    made = report(card(), passing_card())
    rows = tuple(row._replace(ratio=None) for row in made.summary.rows)  # type: ignore[union-attr] # as above
    pointed = tuple(row._replace(score=None, points=Figure(5, "5")) for row in made.visits[0].criteria)
    visits = (made.visits[0]._replace(criteria=pointed), made.visits[1])
    made = made._replace(visits=visits, summary=made.summary._replace(rows=rows))  # type: ignore[union-attr]
    book = opened(render(made))
    (chart,) = book["Synthèse"]._charts  # noqa: SLF001 - no other way
    assert chart.title.tx.rich.p[0].r[0].t == "Visites par verdict"
    assert [cell.value for cell in book["Critères"]["G"][1 : 1 + len(pointed)]] == [5] * len(pointed)
