"""A summary of several visits: what they say together, without each of them, and with where every figure comes from."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import openpyxl
import pytest

from servaudit import report

pytestmark = pytest.mark.usefixtures("visits")
VISITS = ("lille.yaml", "lyon.yaml")


def rows(path: str, sheet: str) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path)[sheet].values)


def test_a_page_of_two_visits_alone_leads_nowhere_and_names_its_documents(run):
    assert run("--lang", "en", "score", *VISITS, "-o", "net.html", "--summary").code == 0
    page = Path("net.html").read_text("utf-8")
    assert 'id="visit-' not in page
    assert 'href="#visit-' not in page
    assert not Path("net").exists()
    for name in VISITS:
        assert hashlib.sha256(Path(name).read_bytes()).hexdigest() in page


def test_a_workbook_has_no_sheet_of_criteria_and_its_findings_by_criterion(run):
    assert run("--lang", "en", "score", *VISITS, "-o", "net.xlsx", "-o", "whole.xlsx").code == 0
    assert run("--lang", "en", "score", *VISITS, "-o", "net.xlsx", "--summary").code == 0
    assert openpyxl.load_workbook("net.xlsx").sheetnames == ["Summary", "Action plan", "Data", "Method"]
    for sheet in ("Data", "Method"):
        assert rows("net.xlsx", sheet) == rows("whole.xlsx", sheet)
    findings = rows("whole.xlsx", "Action plan")[1:]
    planned = rows("net.xlsx", "Action plan")[1:]
    assert {row[2] for row in planned} == {row[2] for row in findings}
    assert len(planned) == len({row[2] for row in planned})
    assert all("visit" in str(row[0]) and row[10] == "To do" for row in planned)


def test_more_visits_than_a_workbook_shows_one_by_one_are_summed_up(run, monkeypatch):
    run("--lang", "en", "score", *VISITS, "-o", "asked.xlsx", "--summary")
    monkeypatch.setattr(report, "MOST", 1)
    run("--lang", "en", "score", *VISITS, "-o", "many.xlsx")
    assert Path("asked.xlsx").read_bytes() == Path("many.xlsx").read_bytes()


def test_one_visit_has_nothing_to_sum_up(run):
    run("score", "lyon.yaml", "-o", "plain.html", "-o", "plain.xlsx")
    run("score", "lyon.yaml", "-o", "asked.html", "-o", "asked.xlsx", "--summary")
    assert Path("asked.html").read_bytes() == Path("plain.html").read_bytes()
    assert Path("asked.xlsx").read_bytes() == Path("plain.xlsx").read_bytes()


def test_a_visit_keeps_its_explanations_where_a_refused_file_came_first(run):
    Path("broken.yaml").write_text("kind: observation\n", "utf-8")
    assert run("score", "broken.yaml", "lyon.yaml", "-o", "asked.html", "--summary").code == 3
    assert run("score", "broken.yaml", "lyon.yaml", "-o", "plain.html").code == 3
    assert 'class="how' in Path("asked.html").read_text("utf-8")
    assert Path("asked.html").read_bytes() == Path("plain.html").read_bytes()


class TestSeveralStandards:
    @pytest.fixture(autouse=True)
    def _calls(self, visits, monkeypatch):
        shutil.copytree(Path(__file__).parents[2] / "examples" / "parcours", visits.parent / "calls")
        monkeypatch.chdir(visits.parent / "calls")

    def test_one_visit_has_nothing_to_sum_up_however_many_its_standards(self, run):
        run("score", "appels/lyon-2026-11-09.yaml", "-o", "plain.html", "-o", "plain.xlsx")
        run("score", "appels/lyon-2026-11-09.yaml", "-o", "asked.html", "-o", "asked.xlsx", "--summary")
        for form in ("html", "xlsx"):
            assert Path(f"asked.{form}").read_bytes() == Path(f"plain.{form}").read_bytes()

    def test_two_visits_to_one_site_are_told_apart_wherever_the_workbook_speaks_of_one(self, run):
        text = Path("appels/lille-2026-11-09.yaml").read_text("utf-8")
        Path("appels/lyon-2026-11-09.yaml").write_text(text.replace("id: appel-lille-2026-11-09", "id: again"), "utf-8")
        assert run("score", "appels", "-o", "two.xlsx", "--lang", "en").code == 0
        book = openpyxl.load_workbook("two.xlsx")
        names = {"Lille Fives · appel-lille-2026-11-09", "Lille Fives · again"}
        assert book.sheetnames[1:7] == [
            "Lille Fives · appel-lille-2026-", "Call to a branch", "Behaviours of a service provide",
            "Lille Fives · again", "Call to a branch (2)", "Behaviours of a service pro (2)",
        ]  # fmt: skip
        assert {book[name]["A1"].value for name in book.sheetnames[1:7]} == names
        for sheet in ("Criteria", "Action plan"):
            assert {row[0] for row in rows("two.xlsx", sheet)[1:]} == names
        method = rows("two.xlsx", "Method")
        headings = [row[0] for row in method if str(row[0]).startswith("Measures · ")]
        assert headings == [f"Measures · {name} · Behaviours of a service provider" for name in sorted(names)[::-1]]
        origins = [row[:2] for row in method if str(row[1]).endswith(".yaml")]
        assert {row[0] for row in origins} == names
        assert len(origins) == len(set(origins))
        assert run("verify", "two.xlsx").code == 0

    @pytest.mark.parametrize(("named", "counted"), [("appels/lyon-2026-11-09.yaml", False), ("appels", True)])
    def test_what_fails_often_and_means_are_of_several_visits(self, run, named, counted):
        run("score", named, "-o", "a.html", "-o", "a.xlsx", "--lang", "en")
        page = Path("a.html").read_text("utf-8")
        cells = {cell for row in rows("a.xlsx", "Summary") for cell in row}
        for said in ("mean score", "What fails most often", "not a ranking"):
            assert (said in page) is counted
        assert ("What fails most often" in cells) is counted
        assert page.count('href="#visit-2"') == 1  # its standards are still listed, each leading to its part

    def test_two_visits_are_summed_up(self, run):
        run("score", "appels", "-o", "asked.xlsx", "--summary", "--lang", "en")
        assert openpyxl.load_workbook("asked.xlsx").sheetnames == ["Summary", "Action plan", "Data", "Method"]
        assert run("verify", "asked.xlsx").code == 0


def test_a_workbook_of_the_summary_is_verified_and_one_that_was_changed_is_not(run):
    run("score", *VISITS, "-o", "net.xlsx", "--summary")
    assert run("verify", "net.xlsx").code == 0
    book = openpyxl.load_workbook("net.xlsx")
    book.worksheets[0]["A24"] = "Best of all"
    book.save("net.xlsx")
    done = run("verify", "net.xlsx", "--lang", "en")
    assert done.code == 1
    assert "Best of all" in done.out
    assert done.out.count("the report says") == 1


class TestTemplatesOfOnesOwn:
    def made(self, run, *cells: str) -> str:
        book = openpyxl.Workbook()
        for row, text in enumerate(cells, 1):
            book.active.cell(row, 1, text)
        book.save("house.xlsx")
        return run("--lang", "en", "score", *VISITS, "-o", "net.xlsx", "--template", "house.xlsx", "--summary").err

    EACH = ("{% for visit in report.visits %}", "{{ visit.title }}", "{% endfor %}")
    MISSED = ("{% for row in report.missed %}", "{{ row.text }}", "{% endfor %}")

    def test_rows_of_visits_that_a_summary_leaves_out_are_said(self, run):
        said = self.made(run, *self.EACH)
        assert "net.xlsx: without visits one by one, what its template shows of “report.visits” is missing" in said

    def test_nothing_is_said_where_nothing_is_missing(self, run):
        for cells in ((*self.EACH, *self.MISSED), ("{{ report.title }}",)):
            assert "is missing" not in self.made(run, *cells)
        run("score", "lyon.yaml", "-o", "net.xlsx", "--template", "house.xlsx", "--summary")
        assert "is missing" not in run("score", *VISITS, "-o", "net.xlsx", "--template", "house.xlsx").err
