"""What the page's script adds, in a real browser, on the reports of the bundled example: nothing is lost without it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

VISITS = Path(__file__).parents[2] / "examples/agence/visites"
SHOWN = "tr[id]:not(.filtered)"


def report(path: Path, *visits: Path, language: str = "fr") -> str:
    command = [sys.executable, "-m", "servaudit", "score", *visits, "-o", path, "--lang", language, "--quiet"]
    subprocess.run(command, check=True)
    return path.as_uri()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return report(tmp_path_factory.mktemp("script") / "agence.html", VISITS)


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The report, opened; a fault of the script or of the page's policy fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda message: faults.append(message.text))
    opened.goto(address)
    yield opened
    context.close()
    assert faults == []


def first(page: Page, selector: str = "") -> str:
    anchor = page.locator("article.visit").first.get_attribute("id")
    return f"#{anchor} {selector}".strip()


def said(page: Page) -> str:
    return page.locator(first(page, "output")).inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 768, 1280])
def test_no_accessibility_fault_with_everything_unfolded(page: Page, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 900})
    page.locator(first(page, "[data-do=expand]")).click()
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [390, 1280])
def test_no_accessibility_fault_where_visits_have_parts(browser: Browser, tmp_path: Path, width: int) -> None:
    opened = browser.new_page(viewport={"width": width, "height": 900})
    opened.goto(report(tmp_path / "parcours.html", VISITS.parents[1] / "parcours"))
    results = Axe().run(opened)
    assert results.violations_count == 0, results.generate_report()
    opened.close()


def test_search_knows_no_accents_and_says_how_many_it_found(page: Page) -> None:
    page.locator(first(page, "[type=search]")).fill("ECOUTE interrompu")
    rows = page.locator(first(page, SHOWN)).all_inner_texts()
    assert len(rows) == 1
    assert "écouté sans être interrompu" in rows[0]
    assert said(page) == "Critères affichés\u00a0: 1 sur 47"
    assert page.locator(first(page, "tr.group")).filter(visible=True).count() == 1


@pytest.mark.parametrize("typed", ["l’attente", "l'attente", "L'ATTENTE", "lʼattente", "  l'attente  duree "])
def test_search_knows_one_apostrophe_and_one_space(page: Page, typed: str) -> None:
    page.locator(first(page, "[type=search]")).fill(typed)
    assert page.locator(first(page, SHOWN)).filter(has_text="l’attente").count() > 0


def test_search_finds_what_no_keyboard_writes(page: Page) -> None:
    """Ligatures and spaces that are not to be broken stand in the page as print has them."""
    page.evaluate("""() => {
        const row = document.querySelector("article.visit tr[id]");
        row.cells[1].append("Le\u00a0cœur à l’œuvre\u202f! ex\u00a0æquo");
    }""")
    for typed in ("coeur", "cœur", "oeuvre !", "ex aequo", "ŒUVRE"):
        page.locator(first(page, "[type=search]")).fill(typed)
        assert page.locator(first(page, SHOWN)).count() == 1, typed


def test_search_finds_the_criteria_of_a_section_by_its_title(page: Page) -> None:
    page.locator(first(page, "[type=search]")).fill("prise en charge accueil")
    assert page.locator(first(page, SHOWN)).count() >= 8
    assert page.locator(first(page, "tr.group")).first.is_visible()


def test_a_search_that_finds_nothing_says_so_and_escape_ends_it(page: Page) -> None:
    search = page.locator(first(page, "[type=search]"))
    search.fill("zzz")
    assert said(page).startswith("Aucun critère ne correspond")
    search.press("Escape")
    assert page.locator(first(page, SHOWN)).count() == 47


def test_filters_narrow_each_other_and_are_kept_in_the_address(page: Page, browser: Browser) -> None:
    page.locator(first(page, "[name=outcome]")).select_option("not_met")
    missed = page.locator(first(page, SHOWN)).count()
    page.locator(first(page, "[name=facet]")).select_option(index=1)
    shown = page.locator(first(page, SHOWN))
    assert 0 < shown.count() < missed < 47
    assert {row.get_attribute("data-outcome") for row in shown.all()} == {"not_met"}
    again = browser.new_page()
    again.goto(page.url)
    assert again.locator(first(again, SHOWN)).count() == shown.count()
    assert again.locator(first(again, "[name=outcome]")).input_value() == "not_met"
    again.close()


def test_only_the_visit_that_is_filtered_changes(page: Page) -> None:
    page.locator(first(page, "[type=search]")).fill("zzz")
    assert page.locator(f"#visit-2 {SHOWN}").count() == 47


def test_a_column_sorts_up_then_down_then_as_the_standard_has_it(page: Page) -> None:
    def numbers() -> list[str]:
        return page.locator(first(page, "table.criteria tr[id] td:first-child")).all_inner_texts()

    before = numbers()
    head = page.locator(first(page, "table.criteria thead th")).filter(has_text="Coût")
    costs = "rows => rows.map(row => row.cells[6].dataset.v).filter(Boolean).map(Number)"
    for state, turn in (("ascending", 1), ("descending", -1)):
        head.locator("button").press("Enter")
        assert head.get_attribute("aria-sort") == state
        found = page.locator(first(page, "table.criteria tr[id]")).evaluate_all(costs)
        assert found == sorted(found, key=lambda cost: turn * cost)
        assert len(found) > 20
    head.locator("button").press("Enter")
    assert head.get_attribute("aria-sort") == "none"
    assert numbers() == before


def test_a_permalink_leads_to_its_criterion_even_when_a_filter_hid_it(page: Page) -> None:
    page.locator(first(page, "[type=search]")).fill("zzz")
    link = page.locator(first(page, ".findings h4 a")).last
    anchor = (link.get_attribute("href") or "")[1:]
    link.click()
    page.wait_for_function("anchor => !document.getElementById(anchor).classList.contains('filtered')", arg=anchor)
    assert page.url.endswith(f"#{anchor}")
    assert page.locator(f"[id='{anchor}']").is_visible()


def test_slash_goes_to_the_search(page: Page) -> None:
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    assert page.evaluate("document.activeElement.value") == ""


def test_every_figure_unfolds_and_folds_again(page: Page) -> None:
    folded = page.locator(first(page, "details.how"))
    assert folded.count() > 50
    page.locator(first(page, "[data-do=expand]")).click()
    assert page.locator(first(page, "details.how[open]")).count() == folded.count()
    page.locator(first(page, "[data-do=collapse]")).click()
    assert page.locator(first(page, "details.how[open]")).count() == 0


def test_the_theme_follows_the_system_until_one_is_chosen_and_the_choice_stays(page: Page) -> None:
    def paper() -> str:
        return page.evaluate("getComputedStyle(document.body).backgroundColor")  # type: ignore[no-any-return]

    page.emulate_media(color_scheme="light")
    light = paper()
    page.emulate_media(color_scheme="dark")
    dark = paper()
    button = page.locator(".theme")
    button.click()
    assert light != dark
    assert (paper(), button.inner_text()) == (light, "Thème\u00a0: clair")
    page.reload()
    assert paper() == light
    button.click()
    page.emulate_media(color_scheme="light")
    assert paper() == dark


def test_a_photo_grows_when_it_is_opened_and_escape_closes_it(page: Page) -> None:
    photo = page.locator("details.photo").first
    assert "rampe-encombree.jpg" in (photo.locator("img").get_attribute("alt") or "")
    assert photo.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)") > 300
    small = photo.locator("img").bounding_box()
    photo.locator("summary").press("Enter")
    large = photo.locator("img").bounding_box()
    assert small is not None
    assert large is not None
    assert (large["width"], large["height"]) == (1280, 900)
    assert small["width"] <= 320
    page.keyboard.press("Escape")
    assert photo.get_attribute("open") is None


def test_paper_shows_what_filters_hid_and_none_of_the_controls(page: Page) -> None:
    page.locator(first(page, "[type=search]")).fill("zzz")
    page.emulate_media(media="print")
    assert page.locator(first(page, "table.criteria tr[id]")).filter(visible=True).count() == 47
    assert page.locator(".tools, .theme").filter(visible=True).count() == 0


def test_without_scripts_the_page_is_complete_and_offers_nothing_that_needs_them(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(address)
    assert opened.locator("#visit-1 table.criteria tr[id]").filter(visible=True).count() == 47
    assert opened.locator("button, input, select").filter(visible=True).count() == 0
    opened.locator("#visit-1 details.how summary").first.click()
    assert opened.locator("#visit-1 details.how ul").first.is_visible()
    context.close()
