"""The offline form in a real browser: filled in by touch or by keys, finished; accessible throughout."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from form_pages import (
    AGENCE,
    CALL,
    DELIVERY,
    EVERYTHING,
    QUOTIENT,
    ROOT,
    SOCIAL,
    begin,
    card,
    choose,
    downloaded,
    draft,
    step,
)
from forms import form_at, grid_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 768, 1280])
def test_no_accessibility_fault_on_any_screen(opened: Callable[..., Page], scheme: str, width: int) -> None:
    page = opened(EVERYTHING, scheme=scheme, width=width)
    said = []

    def check(name: str) -> None:
        result = Axe().run(page)
        said.extend(f"{name}: {one['id']} {one['nodes'][0]['html'][:200]}" for one in result.response["violations"])
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name

    check("home")
    begin(page)
    check("visit")
    for title in ("Tout ce qui se note", "Plain", "Rooms", "Counted"):
        step(page, title)
        for summary in page.locator("summary:visible").all():
            summary.click()
        for label in page.locator(".choice:visible").all()[:12]:
            label.click()
        check(title)
    page.click("[data-do=contents]")
    check("contents")
    page.keyboard.press("Escape")
    step(page, "Terminer")
    page.locator(".bravos .add").click()
    page.click("[data-do=export]")
    check("finish")
    page.click("[data-do=home]")
    check("home again")
    assert said == []


@pytest.mark.parametrize("theme", ["dark", "sun"])
def test_the_themes_have_contrast_too(opened: Callable[..., Page], theme: str) -> None:
    page = opened()
    while page.evaluate("document.documentElement.dataset.theme") != theme:
        page.click("[data-do=theme]")
    begin(page)
    step(page, "Accueil")
    choose(page, "horaires affichés", "Oui")
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()
    page.reload()
    page.locator("[data-do=new]").wait_for()
    assert page.evaluate("document.documentElement.dataset.theme") == theme


def test_everything_to_touch_is_large_enough_for_a_thumb(opened: Callable[..., Page]) -> None:
    page = opened(EVERYTHING)
    sizes = """() => {
      const fields = "input:not([type=radio], [type=checkbox], [type=file])";
      return [...document.querySelectorAll(`button, select, summary, textarea, .choice, .file, ${fields}`)]
        .filter((one) => one.checkVisibility())
        .map((one) => [one.outerHTML.slice(0, 90), one.getBoundingClientRect()])
        .filter(([, box]) => box.width < 44 || box.height < 44)
        .map(([html, box]) => `${html} ${box.width} × ${box.height}`);
    }"""
    assert page.evaluate(sizes) == []
    begin(page)
    for title in ("visite", "Tout ce", "Plain", "Rooms", "Counted", "Terminer"):
        step(page, title)
        for label in page.locator(".choice:visible").all()[:4]:
            label.click()  # an answer that can be cleared again
        assert page.evaluate(sizes) == [], title
    page.click("[data-do=contents]")
    assert page.evaluate(sizes) == []


def test_it_asks_no_network_for_anything(opened: Callable[..., Page]) -> None:
    page = opened()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    begin(page)
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith("file:")] == []
    assert len(asked) == 1


def test_what_does_not_apply_is_not_asked(opened: Callable[..., Page]) -> None:
    page = opened()
    begin(page)
    page.locator("[data-field='context.appointment'] .choice", has_text="Oui").click()
    step(page, "Accueil")
    assert card(page, "rendez-vous est attendu").count() == 1
    assert card(page, "Si l’attente se prolonge").count() == 0
    wait = card(page, "L’attente avant la prise en charge").locator("input.number")
    wait.fill("6 min")
    assert card(page, "Si l’attente se prolonge").count() == 1
    wait.fill("4 min 30 s")
    assert card(page, "Si l’attente se prolonge").count() == 0
    step(page, "La visite")
    page.locator("[data-field='context.complaint'] .choice", has_text="Oui").click()
    page.click("[data-do=contents]")
    assert page.locator("dialog .goto", has_text="Réclamations et incidents").count() == 1


def test_a_tally_counts_every_tap_and_takes_back(opened: Callable[..., Page]) -> None:
    page = opened()
    begin(page)
    step(page, "Accueil")
    greeted = card(page, "Chaque client qui entre")
    for _ in range(7):
        greeted.locator(".tap", has_text="Oui").click()
    for _ in range(4):
        greeted.locator(".tap", has_text="Non").click()
    greeted.locator(".take").nth(1).click()
    assert draft(page)["answers"]["greeted"]["value"] == {"yes": 7, "no": 3}
    assert greeted.locator(".count").all_inner_texts() == ["7", "3"]
    assert greeted.get_by_role("button", name="Oui : 7, en ajouter un").count() == 1


def test_finishing_refuses_what_a_rule_requires_and_leads_to_it(opened: Callable[..., Page]) -> None:
    page = opened(CALL)
    begin(page)
    step(page, "Terminer")
    page.click("[data-do=finish]")
    assert page.locator(".lack.bad li").count() == 3
    assert page.evaluate("document.activeElement.closest('.lack.bad') !== null")
    page.locator(".lack.bad .goto", has_text="Agence appelée").click()
    assert page.evaluate("document.activeElement.dataset.field") == "site"
    page.locator("[data-field=site] input").fill("Lyon")
    page.locator("[data-field=started] input").fill("10:00")
    page.locator("[data-field=auditor] input").fill("A1")
    step(page, "Terminer")
    assert page.locator(".lack.bad li").count() == 0
    name, data = downloaded(page, "[data-do=finish]")
    assert name.startswith("lyon-")
    assert data["checklist"] == "appel_mystere@1.0.0"
    assert data["standards"] == ["appel_agence@1.0.0", "service_behaviours@1.0.0"]
    assert set(data["made_from"]) == {data["checklist"], *data["standards"]}


def test_a_miss_that_requires_a_note_or_photo_keeps_a_visit_open(opened: Callable[..., Page]) -> None:
    page = opened()
    begin(page)
    page.locator("[data-field='context.counters_open'] input").fill("2")
    step(page, "Besoins")
    choose(page, "Personne d’autre n’entend", "Non")
    said = card(page, "Personne d’autre n’entend").locator(".fault")
    assert said.inner_text() == "Une remarque est exigée ici."
    step(page, "Terminer")
    page.click("[data-do=finish]")
    assert page.locator(".lack.bad li").count() == 1
    step(page, "Besoins")
    card(page, "Personne d’autre n’entend").locator("textarea").fill("Au guichet, tout s’entend.")
    assert not said.is_visible()
    step(page, "Terminer")
    assert downloaded(page, "[data-do=finish]")[1]["answers"]["confidentiality"]["value"] == "no"


def test_a_number_out_of_range_or_unreadable_is_said_at_once(opened: Callable[..., Page]) -> None:
    page = opened(EVERYTHING)
    begin(page)
    step(page, "Rooms")
    choose(page, "Lit", "Oui")
    seats = card(page, "Seats")
    for typed, wrong in (("11", True), ("douze", True), ("9,5", False), ("", False)):
        seats.locator("input.number").fill(typed)
        assert seats.locator(".fault").is_visible() is wrong, typed


def test_sections_are_repeated_and_taken_away(opened: Callable[..., Page]) -> None:
    page = opened(EVERYTHING)
    begin(page)
    step(page, "Rooms")
    page.locator(".add:visible").click()
    assert page.evaluate("document.activeElement.textContent") == "Rooms 2"
    page.locator("section:not([hidden]) .instance").nth(1).locator("fieldset.criterion", has_text="Lit").locator(
        ".choice"
    ).first.click()
    assert [len(one) > 0 for one in draft(page)["answers"]["rooms"]] == [True, True]
    page.locator(".instance .top button").nth(1).click()
    page.locator("dialog .main").click()
    assert page.locator("section:not([hidden]) .instance").count() == 1
    assert len(draft(page)["answers"]["rooms"]) == 1


def test_one_file_speaks_french_and_english(opened: Callable[..., Page]) -> None:
    page = opened()
    assert page.locator("h1").inner_text() == "Cérémonie de service en agence"
    page.click("[data-do=language]")
    assert page.locator("h1").inner_text() == "Service ceremony in a branch"
    assert page.evaluate("document.documentElement.lang") == "en"
    begin(page)
    step(page, "Welcome")
    choose(page, "open at the times", "Yes")
    page.click("[data-do=contents]")
    page.locator("dialog [data-do=language]").click()
    page.keyboard.press("Escape")
    assert card(page, "horaires affichés").locator("input:checked").get_attribute("value") == "yes"


def test_a_visit_can_be_filled_in_with_the_keyboard_alone(opened: Callable[..., Page]) -> None:
    page = opened(width=1280)
    page.locator("[data-do=new]").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "H2"
    page.locator("[data-do=next]").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Accueil et prise en charge"
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert draft(page)["answers"]["open_on_time"]["value"] == "yes"
    page.keyboard.press("ArrowRight")
    assert draft(page)["answers"]["open_on_time"]["value"] == "no"
    page.locator("[data-do=contents]").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.do") == "contents"


def test_what_the_page_does_not_compute_is_scored_on_import(opened: Callable[..., Page], tmp_path: Path) -> None:
    page = opened()
    page.goto(form_at(tmp_path / "stars.html", grid_of(ROOT / "tests/cases/acceptance/stars_grid/standard.yaml")))
    page.locator("[data-do=new]").click()
    assert page.locator(".chip").inner_text() == "noté à l’import"
    page.click("[data-do=contents]")
    page.locator("dialog .goto").last.click()
    assert page.locator(".result h3").inner_text() == "Noté à l’import"


def test_a_standards_own_text_is_text_too(opened: Callable[..., Page], tmp_path: Path) -> None:
    hostile = "</title></script><script>document.title='taken'</script><img src=x onerror=alert(1)>"
    standard = {
        "kind": "standard", "id": "h", "version": "1.0.0", "title": hostile, "description": hostile,
        "criteria": [{"id": "a", "text": hostile, "guidance": hostile,
                      "scale": {"choices": {"yes": {"points": 1, "label": hostile}, "no": 0}}}],
    }  # fmt: skip
    path = tmp_path / "h.json"
    path.write_text(json.dumps(standard), "utf-8")
    page = opened()
    page.goto(form_at(tmp_path / "h.html", grid_of(path)))
    page.locator("[data-do=new]").click()
    page.click("[data-do=next]")
    page.locator("summary").click()
    assert page.locator("img").count() == 0
    assert page.title() != "taken"
    assert hostile in page.locator("fieldset.criterion legend").inner_text()


def test_the_sites_of_a_checklist_are_chosen_from_a_list(opened: Callable[..., Page], tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    sites = ", ".join(f"s{n}: {{fr: Agence {n}, en: Branch {n}}}" for n in range(6))
    path.write_text(
        "kind: checklist\nid: c\nversion: 1.0.0\nlanguage: fr\ntitle: {fr: Visite, en: Visit}\n"
        "standards: [{standard: accueil_agence, version: ^1.0, include: {sections: [welcome]}}]\n"
        f"visit: {{site: {{required: true, choices: {{{sites}}}}}, source: {{default: mystery}}}}\n",
        "utf-8",
    )
    page = opened()
    page.goto(form_at(tmp_path / "c.html", grid_of(path, AGENCE.parent)))
    page.locator("[data-do=new]").click()
    page.locator("[data-field=site] select").select_option(label="Agence 3")
    assert page.locator(".where").inner_text() == "Agence 3"
    assert {name: draft(page)["visit"][name] for name in ("site", "source")} == {"site": "s3", "source": "mystery"}


def test_answers_that_are_sentences_are_read_one_below_the_other(opened: Callable[..., Page]) -> None:
    page = opened(QUOTIENT, width=390)
    begin(page)
    page.click("[data-do=next]")
    boxes = [one.bounding_box() for one in page.locator("fieldset.criterion:visible").first.locator(".choice").all()]
    places = [box for box in boxes if box]
    assert len(places) == 5
    assert len({box["x"] for box in places}) == 1
    assert all(above["y"] + above["height"] <= below["y"] for above, below in itertools.pairwise(places))


def test_a_unit_is_a_word_of_the_readers_language_and_a_count_has_none(opened: Callable[..., Page]) -> None:
    page = opened(SOCIAL)
    begin(page)
    step(page, "Délai")
    assert card(page, "La solution est donnée").locator(".unit").inner_text() == "jours"
    page.click("[data-do=contents]")
    page.locator("dialog [data-do=language]").click()
    page.keyboard.press("Escape")
    assert card(page, "The solution is given").locator(".unit").inner_text() == "days"
    step(page, "Tone")
    assert card(page, "free of language mistakes").locator(".unit").count() == 0


def test_no_word_of_an_answer_is_broken_and_no_tag_leaves_its_card_on_a_phone(opened: Callable[..., Page]) -> None:
    page = opened(DELIVERY, width=390)
    begin(page)
    tags = page.locator("fieldset.field:visible .tag").all()
    assert [tag.evaluate("tag => tag.scrollWidth > tag.clientWidth") for tag in tags] == [False] * 7
    step(page, "Facture")
    lines = "word => { const all = new Range(); all.selectNodeContents(word); return all.getClientRects().length; }"
    words = [
        one for one in page.locator("fieldset.criterion:visible .choice > span").all() if one.inner_text().isalpha()
    ]
    assert "Combien" in [word.inner_text() for word in words]
    assert [word.inner_text() for word in words if word.evaluate(lines) != 1] == []
