"""`servaudit template`: what it copies, what it leaves alone, and that score takes what it copied."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from servaudit import resources

pytestmark = pytest.mark.usefixtures("visits")


def bundled(name):
    return resources.templates().joinpath(name).read_bytes()


def test_the_workbook_is_copied_and_score_renders_an_edited_copy(run):
    done = run("template", "report.xlsx", "-o", "brand.xlsx")
    assert (done.code, done.out) == (0, "")
    assert "brand.xlsx" in done.err
    assert Path("brand.xlsx").read_bytes() == bundled("report.xlsx")
    book = openpyxl.load_workbook("brand.xlsx")
    book[book.sheetnames[-1]]["A1"] = "Our own method: {{ report.title }}"
    book.save("brand.xlsx")
    assert run("score", "lille.yaml", "--template", "brand.xlsx", "-o", "out.xlsx").code == 0
    sheets = openpyxl.load_workbook("out.xlsx").worksheets
    assert sheets[-1]["A1"].value.startswith("Our own method: ")
    assert "{{" not in sheets[-1]["A1"].value


def test_the_page_is_copied_with_its_parts_and_score_renders_an_edited_copy(run):
    assert run("template", "report.html", "-o", "brand/").code == 0
    copied = {path.relative_to("brand").as_posix() for path in Path("brand").rglob("*") if path.is_file()}
    assert {"report.html", "report.css"} < copied
    assert any(name.startswith("parts/") for name in copied)
    assert copied.isdisjoint({"report.xlsx", "README.md"})
    assert all(Path("brand", name).read_bytes() == bundled(name) for name in copied)
    page = Path("brand/report.html")
    page.write_text(page.read_text("utf-8").replace("</body>", "<p>Our own page</p></body>"), "utf-8")
    assert run("score", "lille.yaml", "--template", "brand/report.html", "-o", "out.html").code == 0
    assert "<p>Our own page</p>" in Path("out.html").read_text("utf-8")


@pytest.mark.parametrize("name", ["report.xlsx", "report.html"])
def test_a_file_that_is_there_is_kept_unless_forced_and_then_nothing_is_written(run, name):
    last = Path("report.css") if name == "report.html" else Path(name)
    last.write_text("a week of work", "utf-8")
    before = sorted(Path().iterdir())
    done = run("template", name, "--lang", "fr")
    assert done.code == 74
    assert f"{last}\N{NO-BREAK SPACE}: ce fichier existe déjà" in done.err
    assert (last.read_text("utf-8"), sorted(Path().iterdir())) == ("a week of work", before)
    assert run("template", name, "--force").code == 0
    assert last.read_bytes() == bundled(last.name)


def test_a_page_is_copied_beside_another_though_they_share_parts(run):
    for name in ("report.html", "sheet.html", "trainer.html"):
        assert run("template", name).code == 0
        assert Path(name).read_bytes() == bundled(name)
    done = run("template", "sheet.html")
    assert (done.code, done.err) == (0, "everything was there already\n")
    Path("parts/colours.css").write_text("a week of work", "utf-8")
    done = run("template", "handbook.html")
    assert (done.code, Path("handbook.html").exists()) == (74, False)
    assert "colours.css: this file is there already" in done.err


def test_a_copy_of_ones_own_that_was_made_by_servaudit_is_kept_too(run):
    assert run("score", "lille.yaml", "-o", "report.xlsx").code == 0
    report = Path("report.xlsx").read_bytes()
    assert run("template", "report.xlsx").code == 74
    assert Path("report.xlsx").read_bytes() == report


def test_a_template_that_does_not_exist_is_wrong_usage(run):
    done = run("template", "report.pdf")
    assert done.code == 2
    assert "report.xlsx" in done.err
