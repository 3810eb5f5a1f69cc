"""The HTML report in a real browser: accessible in both themes and at every width, alone, printable."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import time
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image

from handmade import HASH, card, no_score_card, passing_card, rollup_card, standard
from servaudit.i18n import translator
from servaudit.render import pdf
from servaudit.render.html import render
from servaudit.report import build

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

WIDTHS = (390, 768, 1280)
LONG = "Une note très longue. " * 200 + "w" * 300


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A report of three visits, as a file."""
    visits = [(one, standard()) for one in (card(), passing_card(), no_score_card())]
    report = build(visits, [(rollup_card(), standard())], translator("fr"), generator="servaudit 1.0")
    path: Path = tmp_path_factory.mktemp("report") / "visites.html"
    path.write_bytes(render(report))
    return path.as_uri()


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page in the light and in the dark theme."""
    context = browser.new_context(color_scheme=request.param)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_no_accessibility_fault_in_either_theme(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_the_themes_differ(browser: Browser, address: str) -> None:
    colours = set()
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
        opened = context.new_page()
        opened.goto(address)
        colours.add(opened.evaluate("getComputedStyle(document.body).backgroundColor"))
        context.close()
    assert len(colours) == 2


def test_the_page_asks_the_network_for_nothing_and_breaks_none_of_its_own_rules(page: Page, address: str) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert (asked, said) == ([address], [])
    assert page.locator(".hero").first.evaluate("element => getComputedStyle(element).display") == "grid"


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_no_long_word_of_a_title_is_broken_and_captions_are_as_wide_as_their_table(
    page: Page, address: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)
    lines = "element => { element.textContent = 'Comportements'; "
    lines += "return element.getBoundingClientRect().height / parseFloat(getComputedStyle(element).lineHeight) }"
    assert page.locator("h1").evaluate(lines) < 1.5
    captions = page.locator("table.visits caption, table.frequent caption")
    widths = captions.evaluate_all("all => all.map(one => one.offsetWidth / one.parentElement.offsetWidth)")
    assert len(widths) == 2
    assert min(widths) > 0.9


@pytest.mark.parametrize("width", [320, *WIDTHS])
def test_nothing_spills_over_the_side(page: Page, tmp_path: Path, width: int) -> None:
    report = build([(card(LONG), standard())], [], translator("fr"), generator="servaudit 1.0")
    path = tmp_path / "longue.html"
    path.write_bytes(render(report))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_icons_are_drawn_in_the_colour_of_their_word(page: Page, address: str) -> None:
    page.goto(address)
    mark = page.locator(".mark.good").first
    red, green, blue = (int(part) for part in re.findall(r"\d+", mark.evaluate("e => getComputedStyle(e).color"))[:3])
    drawn = Image.open(io.BytesIO(mark.locator(".icon").screenshot())).convert("RGB").tobytes()
    pixels = set(zip(drawn[::3], drawn[1::3], drawn[2::3], strict=True))
    assert any(abs(r - red) + abs(g - green) + abs(b - blue) < 60 for r, g, b in pixels), "no pixel has the colour"
    assert (0, 0, 0) not in pixels


def test_a_hostile_note_runs_nothing(page: Page, tmp_path: Path) -> None:
    note = "</script><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
    report = build([(card(note), standard())], [], translator("en"), generator="servaudit 1.0")
    path = tmp_path / "hostile.html"
    path.write_bytes(render(report, data=b'{"note": "</script><script>document.title=1</script>"}'))
    page.goto(path.as_uri())
    assert page.title() == "Branch welcome · Lyon Part-Dieu"
    assert page.locator("img").count() == 0


def test_it_prints_on_a4_with_the_head_of_the_table_on_every_page(browser: Browser, tmp_path: Path) -> None:
    rich = card()
    many = tuple(row for _ in range(12) for row in rich.criteria)
    long = build([(card(criteria=many), standard())], [], translator("fr"), generator="servaudit 1.0")
    path = tmp_path / "longue.html"
    path.write_bytes(render(long))
    page = browser.new_page(color_scheme="dark")
    page.goto(path.as_uri())
    page.emulate_media(media="print")
    paper = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--paper').trim()")
    shown = page.evaluate("getComputedStyle(document.querySelector('.criteria thead')).display")
    printed = page.pdf(prefer_css_page_size=True, tagged=True)
    page.close()
    assert (paper, shown) == ("#ffffff", "table-header-group")
    assert printed.startswith(b"%PDF")
    assert printed.count(b"/Type /Page\n") > 3
    assert b"/MediaBox [0 0 594.95996 841.91998]" in printed


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext to read the pages with")
def test_a_pdf_says_on_every_page_what_it_is_of_and_how_many_there_are(browser: Browser, tmp_path: Path) -> None:
    assert browser
    rich = card()
    visits = [
        (one._replace(criteria=tuple(row for _ in range(8) for row in one.criteria)), standard())
        for one in (rich, passing_card())
    ]
    printed = tmp_path / "report.pdf"
    printed.write_bytes(pdf.render(render(build(visits, [], translator("fr"), generator="servaudit 1.0"))))
    text = subprocess.run(["pdftotext", "-layout", printed, "-"], capture_output=True, check=True, text=True).stdout
    pages = text.split("\f")[:-1]
    assert len(pages) > 5
    assert [f"{number} / {len(pages)}" in page for number, page in enumerate(pages, 1)] == [True] * len(pages)
    assert all("Accueil en agence" in page.splitlines()[0] for page in pages)
    assert [bool(re.search(HASH[::-1], page)) for page in pages[1:]] == [True] * (len(pages) - 1)
    tables = [
        page for page in pages if len(re.findall(r"^ *\d+ .*(?:Respecté|En partie|Recueilli)", page, re.MULTILINE)) > 2
    ]
    assert len(tables) > 2
    assert [re.search(r"N°\s+Critère\s+Réponse\s+Constat", page) is not None for page in tables] == [True] * len(tables)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext to read the pages with")
def test_no_text_is_printed_over_another_however_long_a_note_is(browser: Browser, tmp_path: Path) -> None:
    assert browser
    note = "Le client attend devant le guichet, personne ne le salue. " * 180  # two pages and more
    rich = card()
    criteria = tuple(row._replace(note=note) for row in rich.criteria[:6])
    praise = tuple(one._replace(note=note) for one in rich.commendations)
    visit = card(criteria=criteria, commendations=praise, visit=rich.visit._replace(note=note))
    printed = tmp_path / "report.pdf"
    made = build([(visit, standard())], [], translator("fr"), generator="servaudit 1.0")
    printed.write_bytes(pdf.render(render(made)))
    told = subprocess.run(["pdftotext", "-bbox", printed, "-"], capture_output=True, check=True, text=True).stdout
    over = []
    for page in told.split("<page ")[1:]:
        words = [[float(side) for side in re.findall(r'"([\d.]+)"', line)] for line in re.findall("<word .*?>", page)]
        over += [
            (one, other)
            for place, one in enumerate(words)
            for other in words[place + 1 :]
            if min(one[2], other[2]) - max(one[0], other[0]) > 2 and min(one[3], other[3]) - max(one[1], other[1]) > 4
        ]
    assert over == []


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="no pdfinfo to read the document with")
def test_the_same_page_prints_the_same_bytes_and_any_reader_opens_them(browser: Browser, tmp_path: Path) -> None:
    assert browser
    page = render(build([(card(), standard())], [], translator("fr"), generator="servaudit 1.0"))
    printed = tmp_path / "report.pdf"
    printed.write_bytes(pdf.render(page))
    time.sleep(1.1)  # the dates that a browser writes count seconds
    assert pdf.render(page) == printed.read_bytes()
    told = subprocess.run(["pdfinfo", printed], capture_output=True, check=True, text=True)
    assert told.stderr == ""
    assert "Accueil en agence" in told.stdout
    assert "Date:" not in told.stdout
