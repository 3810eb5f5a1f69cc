"""A summary of several visits: what they say together, without each of them, and with where every figure comes from."""

from __future__ import annotations

import hashlib
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
