"""The handbook and the trainer's material in a real browser: accessible, alone, printable; typed text stays text."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image

from booklets import STANDARD, booklet_of, opened
from servaudit import sources
from servaudit.checklists import Checklists
from servaudit.library import Library
from servaudit.render import pdf, training
from servaudit.sources.evidence import read_photo

if TYPE_CHECKING:
    from playwright.sync_api import Browser

EXAMPLE = Path(__file__).parents[2] / "examples/agence/standard.yaml"
HOSTILE = "</style><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext to read the pages with")


@pytest.fixture(scope="module", params=["trainer", "staff"])
def page_of_example(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The booklet of the branch example, as a file."""
    opened_grid = Checklists(Library(), request.param).open(sources.read(EXAMPLE)).grid
    assert opened_grid is not None
    path: Path = tmp_path_factory.mktemp("book") / f"{request.param}.html"
    path.write_bytes(training.page(booklet_of(opened_grid, request.param), read_photo))
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_accessibility_fault_and_nothing_spills_over(
    browser: Browser, page_of_example: Path, scheme: str, width: int
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(page_of_example.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width in (390, 1280):
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
    context.close()


@pytest.mark.parametrize("width", [390, 768])
def test_answers_that_are_sentences_leave_room_for_the_criterion(browser: Browser, tmp_path: Path, width: int) -> None:
    label = "Chaque jour, devant chaque client, et la personne le regarde quand elle lui parle"
    long = STANDARD.replace("fr: Souvent", f'fr: "{label}"').replace(
        "        repeat: mean\n        facets", "        facets"
    )
    grid = opened(tmp_path, audience="trainer", standard=long)
    (tmp_path / "book.html").write_bytes(training.page(booklet_of(grid, "trainer"), read_photo))
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto((tmp_path / "book.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    widths = page.evaluate("[...document.querySelectorAll('.grid tbody th')].map((one) => one.offsetWidth)")
    assert min(widths) > 100
    page.close()


def test_pictures_are_in_the_page_and_the_network_is_asked_for_nothing(browser: Browser, page_of_example: Path) -> None:
    page = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(page_of_example.as_uri())
    assert ([url for url in asked if not url.startswith("data:")], said) == ([page_of_example.as_uri()], [])
    assert page.locator("img").count() == 6
    assert page.evaluate("[...document.images].every(image => image.naturalWidth > 300 && image.alt)")
    page.close()


def test_every_picture_is_named_with_the_hash_of_its_file(browser: Browser, page_of_example: Path) -> None:
    page = browser.new_page()
    page.goto(page_of_example.as_uri())
    named = page.locator(".sources li").all_inner_texts()
    page.close()
    assert len(named) == 6
    for line in named:
        path, sha256 = line.split(" SHA-256 ")
        assert sources.evidence.hash_file(str(EXAMPLE), path).sha256 == sha256.strip()


@pytest.mark.parametrize("audience", ["trainer", "staff"])
def test_what_was_typed_runs_nothing_and_stays_text(browser: Browser, tmp_path: Path, audience: str) -> None:
    hostile = STANDARD.replace("en: There is a smile.", f"en: {json.dumps(HOSTILE)}")
    hostile = hostile.replace("en: Good morning!", f"en: {json.dumps(HOSTILE)}")
    hostile = hostile.replace("en: Shop}", f"en: {json.dumps(HOSTILE)}}}")
    path = tmp_path / "book.html"
    grid = opened(tmp_path, audience=audience, standard=hostile)
    path.write_bytes(training.page(booklet_of(grid, audience, "en"), read_photo))
    page = browser.new_page()
    page.goto(path.as_uri())
    assert page.title().startswith(HOSTILE)
    assert page.locator("h1").inner_text() == HOSTILE
    assert (page.locator("img").count(), page.evaluate("document.scripts.length")) == (0, 0)
    page.close()


def test_only_a_picture_beside_the_standard_is_shown(browser: Browser, tmp_path: Path) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(drawn, "PNG")
    folder = tmp_path / "inside"
    folder.mkdir()
    (tmp_path / "outside.png").write_bytes(drawn.getvalue())
    shown = []
    for make in (
        lambda file: file.write_bytes(drawn.getvalue()),
        lambda file: file.write_bytes(b"<svg onload='x'>"),
        lambda file: file.symlink_to(tmp_path / "outside.png"),
    ):
        file = folder / "smile.png"
        file.unlink(missing_ok=True)
        make(file)
        path = tmp_path / "book.html"
        path.write_bytes(training.page(booklet_of(opened(folder, audience="staff"), "staff"), read_photo))
        page = browser.new_page()
        page.goto(path.as_uri())
        shown.append((page.locator("img").count(), page.locator(".sources li").count()))
        page.close()
    assert shown == [(1, 1), (0, 0), (0, 0)]


@needs_poppler
def test_it_prints_on_a4_with_numbered_pages_and_no_card_cut(
    browser: Browser, page_of_example: Path, tmp_path: Path
) -> None:
    opened_page = browser.new_page()
    opened_page.goto(page_of_example.as_uri())
    cards = [re.sub(r"\s+", " ", text).strip() for text in opened_page.locator(".card").all_inner_texts()]
    opened_page.close()
    printed = tmp_path / "book.pdf"
    printed.write_bytes(pdf.render(page_of_example.read_bytes()))
    size = subprocess.run(["pdfinfo", printed], capture_output=True, check=True, text=True).stdout
    assert "A4" in size
    read = ["pdftotext", "-raw", printed, "-"]
    pages = subprocess.run(read, capture_output=True, check=True, text=True).stdout.split("\f")[:-1]
    assert [f"{number} / {len(pages)}" in page for number, page in enumerate(pages, 1)] == [True] * len(pages)
    flat = [re.sub(r"\s+", "", page) for page in pages]
    assert len(cards) > 35
    for card in cards:
        first, last = re.sub(r"\s+", "", card[:30]), re.sub(r"\s+", "", card[-25:])
        assert any(first in page and last in page for page in flat), card


def test_the_answers_of_the_quiz_come_at_the_end_and_agree_with_its_questions(tmp_path: Path, browser: Browser) -> None:
    grid = Checklists(Library(), "trainer").open(sources.read(EXAMPLE)).grid
    assert grid is not None
    path = tmp_path / "trainer.html"
    path.write_bytes(training.page(booklet_of(grid), read_photo))
    page = browser.new_page()
    page.goto(path.as_uri())
    questions = page.locator(".questions > li")
    answers = page.locator(".answers > li")
    assert questions.count() == answers.count() == 20
    assert page.evaluate(
        "document.querySelector('#quiz').compareDocumentPosition(document.querySelector('#answers')) & 4"
    )
    for number in range(20):
        letter = answers.nth(number).locator("strong").inner_text().split()[-1]
        option = questions.nth(number).locator(".options li").nth("ABC".index(letter)).locator("span").nth(1)
        assert answers.nth(number).locator("p").inner_text().startswith(option.inner_text())
    page.close()
