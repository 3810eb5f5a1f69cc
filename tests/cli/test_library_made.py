"""Everything of the library becomes all that the commands make of it, in both languages, without a fault."""

from __future__ import annotations

import base64
import html
import json
import re
import zipfile
import zlib
from pathlib import Path

import openpyxl
import pytest

from booklets import sheet_of
from forms import grid_of
from servaudit import sources
from servaudit.i18n import LANGUAGES
from servaudit.render import pdf

ROOT = Path(__file__).parents[2]
GRIDS = sorted(path for path in (ROOT / "standards").rglob("*.yaml")
               if sources.said_kind(sources.read(path)) in ("standard", "checklist"))  # fmt: skip
VISITS = sorted({path.parent for path in (ROOT / "examples/bibliotheque").rglob("*.yaml")})
RESIDUE = re.compile(r"\{\{|\{%|Undefined")


def called(paths):
    return [pytest.param(path, id=path.relative_to(ROOT).as_posix()) for path in paths]


def unpacked(form):
    """Give the data of a form, as its script unpacks them."""
    (data,) = re.findall(r'<script type="text/plain" id="form">(.*?)</script>', form)
    return zlib.decompress(base64.b64decode(data), wbits=-zlib.MAX_WBITS).decode()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", called(GRIDS))
def test_it_becomes_a_form_a_workbook_a_sheet_a_handbook_and_a_trainers_page(run, folder, path, language):
    asked = [line.row.text for block in sheet_of(grid_of(path), language).blocks for line in block.lines]
    files = [word for name in ("form.html", "grid.xlsx", "sheet.md") for word in ("-o", name)]
    made = run("checklist", str(path), *files, "--lang", language)
    assert made.code == 0, made.err
    cells = {str(cell) for sheet in openpyxl.load_workbook(folder / "grid.xlsx", read_only=True)
             for row in sheet.iter_rows(values_only=True) for cell in row if cell}  # fmt: skip
    assert [text for text in asked if not any(cell.startswith(text) for cell in cells)] == []
    form = unpacked((folder / "form.html").read_text("utf-8"))
    assert [text for text in asked if json.dumps(text, ensure_ascii=False) not in form] == []
    for audience in ("staff", "trainer"):
        made = run("checklist", str(path), "--audience", audience, "-o", f"{audience}.html", "--lang", language)
        assert made.code == 0, made.err
    for name in ("sheet.md", "staff.html", "trainer.html"):
        assert RESIDUE.findall((folder / name).read_text("utf-8")) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", called(VISITS))
def test_its_visits_become_a_page_a_workbook_and_data(run, folder, path, language):
    files = [word for name in ("report.html", "report.xlsx", "report.json") for word in ("-o", name)]
    done = run("score", str(path), *files, "--lang", language)
    assert (done.code, RESIDUE.findall(done.out)) == (0, [])
    cards = json.loads((folder / "report.json").read_text("utf-8"))["scorecards"]
    page = (folder / "report.html").read_text("utf-8")
    assert f'<html lang="{language}"' in page
    assert [card["visit"]["id"] for card in cards if html.escape(card["visit"]["id"]) not in page] == []
    with zipfile.ZipFile(folder / "report.xlsx") as workbook:
        assert [
            name for name in workbook.namelist() if RESIDUE.search(workbook.read(name).decode("utf-8", "ignore"))
        ] == []


@pytest.mark.parametrize("path", called(GRIDS))
def test_it_is_printed(run, folder, path):
    try:
        pdf.browser()
    except pdf.PdfError:
        pytest.skip("no Chromium, Chrome or Edge")
    assert run("checklist", str(path), "-o", "sheet.pdf").code == 0
    printed = (folder / "sheet.pdf").read_bytes()
    assert printed.startswith(b"%PDF-")
    assert printed.count(b"/Type /Page\n") >= 1
