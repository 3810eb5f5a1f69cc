"""The sheet to tick by hand in a real browser: on A4, every head repeated, every page numbered, nothing cut."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from booklets import STANDARD, opened, sheet_of
from servaudit.render import paper, pdf

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

HOSTILE = "</style><script>document.title='taken'</script>\"'; } @page { size: A5 } */ {{ 7 }}"
needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext to read the pages with")


def long_standard(count: int) -> str:
    """A standard of two sections with many criteria, each with a text and guidance of a few lines."""
    sections = [
        {
            "id": name,
            "title": f"Section {name}",
            "criteria": [
                {
                    "id": f"{name}_{n}",
                    "text": f"Critère {name} {n} tenu devant chaque client qui entre.",
                    "guidance": f"Repère {name} {n} : "
                    + "regardez bien avant de répondre. " * (1 + n % 7)
                    + f"Fin {name} {n}.",
                    **({"repeat": "mean"} if n % 5 == 0 else {}),
                    **({"scale": {"curve": [[60, 1], [300, 0]], "unit": "s"}} if n % 4 == 0 else {}),
                }
                for n in range(count)
            ],
        }
        for name in ("un", "deux")
    ]
    document = {"kind": "standard", "id": "long", "version": "1.0.0", "language": "fr", "title": "Un long référentiel"}
    return json.dumps({**document, "sections": sections}, ensure_ascii=False)


def words(text: str) -> str:
    """Join a text whatever its line breaks and hyphens."""
    return re.sub(r"\s+", " ", text)


@pytest.fixture
def long_sheet(tmp_path: Path) -> bytes:
    """A sheet of several pages."""
    (tmp_path / "long.yaml").write_text(long_standard(30), "utf-8")
    return paper.page(sheet_of(opened(tmp_path, "long.yaml")))


@pytest.mark.parametrize("width", [390, 1280])
def test_no_accessibility_fault_and_nothing_spills_over(browser: Browser, tmp_path: Path, width: int) -> None:
    path = tmp_path / "sheet.html"
    path.write_bytes(paper.page(sheet_of(opened(tmp_path))))
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(path.as_uri())
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        context.close()


def test_it_asks_the_network_for_nothing_and_what_was_typed_runs_and_changes_nothing(
    browser: Browser, tmp_path: Path
) -> None:
    hostile = STANDARD.replace("en: There is a smile.", f"en: {json.dumps(HOSTILE)}")
    hostile = hostile.replace("en: Shop}", f"en: {json.dumps(HOSTILE)}}}")
    path = tmp_path / "sheet.html"
    path.write_bytes(paper.page(sheet_of(opened(tmp_path, standard=hostile), "en")))
    page = browser.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    assert (said, asked) == ([], [path.as_uri()])
    assert page.title() == f"{HOSTILE} · shop@1.2.0"
    assert page.locator("h1").inner_text() == HOSTILE
    assert page.evaluate("document.scripts.length") == 0
    printed = page.pdf(prefer_css_page_size=True)
    page.close()
    assert b"/MediaBox [0 0 594.95996 841.91998]" in printed


def test_every_criterion_has_a_place_for_its_answer(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "sheet.html"
    path.write_bytes(paper.page(sheet_of(opened(tmp_path))))
    page = browser.new_page()
    page.goto(path.as_uri())
    rows = page.locator("tbody tr")
    assert rows.count() == 4 + 3 * 2 + 5  # the section that repeats is there three times
    for row in rows.all():
        assert row.locator("td:last-child .box, td:last-child .blank, td:last-child .rule").count() > 0
    assert page.locator("tbody tr", has_text="Le sourire est là.").locator(".marks .box").count() == 20
    page.close()


@needs_poppler
def test_each_page_has_its_number_the_document_and_the_heads_of_what_is_on_it_and_no_criterion_is_cut(
    long_sheet: bytes, browser: Browser, tmp_path: Path
) -> None:
    assert browser
    printed = tmp_path / "sheet.pdf"
    printed.write_bytes(pdf.render(long_sheet))
    read = ["pdftotext", "-raw", printed, "-"]
    pages = subprocess.run(read, capture_output=True, check=True, text=True).stdout.split("\f")[:-1]
    assert len(pages) > 5
    assert [f"{number} / {len(pages)}" in page for number, page in enumerate(pages, 1)] == [True] * len(pages)
    assert ["long@1.0.0 · SHA-256" in page for page in pages] == [True] * len(pages)
    assert ["Site ____" in page for page in pages] == [False] + [True] * (len(pages) - 1)
    for page in map(words, pages):
        sections = {name for name in ("un", "deux") if re.search(rf"Critère {name} \d", page)}
        assert len(re.findall("N° Critère Réponse", page)) == len(sections)
        assert {name for name in ("un", "deux") if f"Section {name}" in page} == sections
    for name in ("un", "deux"):
        for n in range(30):
            (page,) = [page for page in map(words, pages) if f"Critère {name} {n} tenu" in page]
            assert f"Repère {name} {n} :" in page.replace("\u00a0", " ")
            assert f"Fin {name} {n}." in page
