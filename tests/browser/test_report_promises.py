"""What a report promises its readers, seen in a real browser and on real paper, on visits of the bundled example."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from factories import HOSTILE, hostile_visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
VISITS = ROOT / "examples/agence/visites"
LINES = """cells => cells.map(cell => {
  const range = document.createRange();
  range.selectNodeContents(cell);
  return new Set([...range.getClientRects()].map(one => one.top)).size;
})"""
needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext to read the pages with")


def servaudit(*arguments: object) -> None:
    subprocess.run([sys.executable, "-m", "servaudit", *map(str, arguments), "--quiet"], check=True)


def pages(document: Path) -> list[str]:
    """The letters of each page of a PDF."""
    line = ["pdftotext", "-raw", document, "-"]
    text = subprocess.run(line, capture_output=True, check=True, text=True).stdout
    return [letters(page) for page in text.split("\f")[:-1]]


def letters(text: str) -> str:
    """A text without its spaces: lines are broken anew on paper."""
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The visit with most findings, as a page."""
    path = tmp_path_factory.mktemp("promises") / "lille.html"
    servaudit("score", next(VISITS.glob("lille*")), "-o", path, "--lang", "fr")
    return path


@pytest.fixture
def page(browser: Browser, report: Path) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    opened.goto(report.as_uri())
    yield opened
    opened.close()


def test_the_result_comes_first_then_what_to_put_right_then_strengths_then_the_figures(page: Page) -> None:
    heads = [re.sub(r"\s*\d+$", "", text) for text in page.locator("article h2, article h3").all_inner_texts()]
    wanted = ["Lille Fives", "Écarts", "Points forts", "Sections", "Axes d’analyse", "La visite", "Tous les critères"]
    assert [head for head in heads if head in wanted] == wanted
    first = page.locator(".hero").inner_text()
    for said in ("34,2", "Insuffisant", "Sous le seuil", "Seuil de réussite", "Observé", "Note possible"):
        assert said in first


def test_findings_are_critical_first_then_by_what_they_cost(page: Page) -> None:
    found = page.locator(".findings > li").evaluate_all(
        "items => items.map(item => [item.className, item.querySelector('.cost')?.textContent ?? '0'])"
    )
    ranks = [(kind != "critical", -float(re.sub(r"[^\d,]", "", cost).replace(",", ".") or 0)) for kind, cost in found]
    assert len(ranks) > 20
    assert ranks == sorted(ranks)


def test_the_weakest_link_is_named_once_and_is_the_lowest_section(page: Page) -> None:
    rows = page.locator("table.sections tbody tr").evaluate_all(
        "rows => rows.map(row => [!!row.querySelector('.tag'), row.querySelector('.depth-1') !== null,"
        " row.cells[1].textContent])"
    )
    scores = {weak: [] for weak in (True, False)}
    for weak, top, score in rows:
        if top and score != "—":
            scores[weak].append(float(score.replace(",", ".").rstrip("\u00a0%")))
    assert len(scores[True]) == 1
    assert scores[True][0] == min(scores[True] + scores[False])
    assert page.locator("table.sections .tag").inner_text() == "maillon faible"


def test_every_status_has_an_icon_and_a_word(page: Page) -> None:
    marks = page.locator(".mark, .badge")
    assert marks.count() > 50
    bare = "marks => marks.filter(mark => !mark.querySelector('svg.icon use') || !mark.textContent.trim()).length"
    assert marks.evaluate_all(bare) == 0


def test_counts_are_announced(page: Page) -> None:
    said = page.locator(".tools output")
    assert said.get_attribute("aria-live") == "polite"
    page.locator("[name=severity]").select_option("critical")
    assert re.fullmatch(r"Critères affichés\s: \d sur 47", said.inner_text())


def test_all_of_it_can_be_done_from_the_keyboard(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")
    reached: set[str] = set()
    for _ in range(400):
        page.keyboard.press("Tab")
        name = page.evaluate(
            "(e => e.name || e.dataset.do || (e.closest('th') && 'head') || e.tagName)(document.activeElement)"
        )
        reached.add(name)
        if name == "SUMMARY" and "opened" not in reached:
            page.keyboard.press("Enter")
            assert page.evaluate("document.activeElement.parentElement.open")
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline == "solid"
            reached.add("opened")
    wanted = {"q", "outcome", "severity", "facet", "clear", "expand", "collapse", "head", "SUMMARY", "opened", "A"}
    assert wanted <= reached, wanted - reached


def test_no_table_is_cut_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    cut = "boxes => boxes.filter(box => box.scrollWidth > box.clientWidth + 1).map(box => box.className)"
    assert page.locator(".scroll, table, .axis").evaluate_all(cut) == []
    label = "cells => cells.map(cell => getComputedStyle(cell, '::before').content)"
    labels = page.locator("table.sections tbody tr").first.locator("td[data-label]").evaluate_all(label)
    assert labels == ['"Poids "', '"Coût (pts) "', '"Observé "']


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Visits with levels, of checklists and of one site many times, in one page."""
    path = tmp_path_factory.mktemp("promises") / "together.html"
    visits = [ROOT / "examples" / name for name in ("agence/visites", "parcours/appels", "centre_appels/ecoutes")]
    servaudit("score", *visits, "-o", path, "--lang", "fr")
    return path.as_uri()


@pytest.mark.parametrize(
    ("media", "width"), [("screen", 768), ("screen", 900), ("screen", 1000), ("screen", 1280), ("print", 680)]
)
def test_the_table_of_visits_shows_its_dates_without_scrolling(
    browser: Browser, together: str, media: Literal["screen", "print"], width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})  # 680 pixels are A4 less its margins
    page.goto(together)
    page.emulate_media(media=media)
    table = page.locator("table.visits")
    right = table.evaluate("table => table.parentElement.getBoundingClientRect().right")
    last = table.locator("tr > :last-child")
    ends = last.evaluate_all("cells => cells.map(one => one.getBoundingClientRect().right)")
    assert len(ends) > 20
    assert max(ends) <= right + 0.5
    assert max(last.evaluate_all(LINES)) == 2  # a day and its month stay together
    page.close()


def test_the_id_of_a_visit_stands_below_its_site_where_there_are_several(browser: Browser, together: str) -> None:
    page = browser.new_page(viewport={"width": 900, "height": 900})
    page.goto(together)
    names = page.locator("table.visits th[scope=row]").all_inner_texts()
    page.close()
    assert "Nantes Graslin" in names
    assert "Plateau de Limoges\nappel-07" in names


@needs_poppler
def test_on_paper_nothing_is_cut_in_two(page: Page, tmp_path: Path) -> None:
    parts = "items => items.map(item => [item.querySelector('h4'), item.lastElementChild].map(one => one.textContent))"
    findings = page.locator(".findings > li").evaluate_all(parts)
    rows = page.locator("table.criteria tr[id] th").evaluate_all(
        "heads => heads.map(one => one.firstChild.textContent)"
    )
    assert len(findings) > 20
    for space in (0, 35, 70, 105):  # pages end elsewhere with each
        page.locator(".findings").evaluate("(list, space) => { list.style.paddingTop = `${space}px`; }", space)
        printed = tmp_path / f"{space}.pdf"
        printed.write_bytes(page.pdf(prefer_css_page_size=True))
        sheets = pages(printed)
        for title, end in findings:
            assert any(letters(title) in sheet and letters(end) in sheet for sheet in sheets), (space, title)
    assert [row for row in rows if not any(letters(row) in sheet for sheet in sheets)] == []


class TestAHostileVisit:
    """Every other format is looked at in tests/cli/test_bad_input.py; these two need a browser."""

    @pytest.fixture
    def reports(self, browser: Browser, tmp_path: Path) -> Path:
        assert browser
        folder = tmp_path
        (folder / "visit.json").write_text(hostile_visit(), "utf-8")
        standards = ROOT / "tests/cases/standards"
        servaudit(
            "score", folder / "visit.json", "--standards", standards, *("-o", folder / "h.html", "-o", folder / "h.pdf")
        )
        return folder

    def test_its_page_runs_nothing_and_asks_for_nothing(self, browser: Browser, reports: Path) -> None:
        opened = browser.new_page()
        said: list[str] = []
        for event in ("dialog", "pageerror", "request", "console"):
            opened.on(event, lambda thing, event=event: said.append(f"{event} {getattr(thing, 'url', thing)}"))  # type: ignore[call-overload] # a loop over its names
        opened.goto((reports / "h.html").as_uri())
        opened.locator("[data-do=expand]").first.click()
        opened.wait_for_load_state("networkidle")
        assert said == [f"request {(reports / 'h.html').as_uri()}"]
        assert HOSTILE["markup"] in opened.locator("body").inner_text()
        opened.close()

    @needs_poppler
    def test_its_pdf_holds_the_words_and_no_action(self, reports: Path) -> None:
        printed = (reports / "h.pdf").read_bytes()
        for action in (b"/JavaScript", b"/JS", b"/Launch", b"/OpenAction", b"/EmbeddedFile", b"/SubmitForm", b"/URI"):
            assert action not in printed, action
        text = "".join(pages(reports / "h.pdf"))
        assert "=1+1" in text
        assert "<script>alert(1)</script>" in text
        assert "\x1b" not in text
