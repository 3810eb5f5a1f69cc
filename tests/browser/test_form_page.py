"""The offline form in a real browser: filled in by touch, kept, taken elsewhere, finished; accessible throughout."""

from __future__ import annotations

import base64
import io
import json
import random
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image

from forms import form_at, grid_of
from servaudit import sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Locator, Page

ROOT = Path(__file__).parents[2]
AGENCE = ROOT / "examples/agence/standard.yaml"
CALL = ROOT / "examples/parcours/grille.yaml"
EVERYTHING = Path(__file__).parent / "forms/everything.yaml"


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, str]:
    folder = tmp_path_factory.mktemp("forms")
    return {path: form_at(folder / f"{path.parent.name}.html", grid_of(path)) for path in (AGENCE, CALL, EVERYTHING)}


@pytest.fixture
def faults() -> Iterator[list[str]]:
    """What the pages complain of; anything fails the test."""
    found: list[str] = []
    yield found
    assert found == []


@pytest.fixture
def opened(browser: Browser, addresses: dict[Path, str], faults: list[str]) -> Iterator[Callable[..., Page]]:
    """Open a form in a browser of its own; `within` opens it once more where it was open."""
    contexts: list[BrowserContext] = []

    def open_(path: Path = AGENCE, *, within: Page | None = None, scheme: str = "light", width: int = 390) -> Page:
        if within is None:
            size = {"width": width, "height": 844}
            contexts.append(
                browser.new_context(viewport=size, color_scheme=scheme, accept_downloads=True, reduced_motion="reduce")
            )  # type: ignore[arg-type]
        page = (within.context if within is not None else contexts[-1]).new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text))
        page.goto(addresses[path])
        page.locator("[data-do=new]").wait_for()
        return page

    yield open_
    for context in contexts:
        context.close()


def begin(page: Page) -> None:
    page.click("[data-do=new]")


def step(page: Page, title: str) -> None:
    page.click("[data-do=contents]")
    page.locator("dialog .goto", has_text=title).click()


def card(page: Page, text: str) -> Locator:
    return page.locator("fieldset.criterion:visible", has_text=text)


def choose(page: Page, criterion: str, choice: str) -> None:
    card(page, criterion).locator(".choice").filter(has=page.get_by_text(choice, exact=True)).click()


def draft(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate("servaudit.current().draft")
    return found


def downloaded(page: Page, button: str) -> tuple[str, dict[str, Any]]:
    with page.expect_download() as waiting:
        page.click(button)
    return waiting.value.suggested_filename, json.loads(Path(waiting.value.path()).read_text("utf-8"))


def photo(path: Path, size: tuple[int, int] = (3000, 2000)) -> Path:
    picture = Image.effect_noise((size[0] // 4, size[1] // 4), 40).convert("RGB").resize(size)
    exif = Image.Exif()
    exif[0x0110] = "a camera"
    picture.save(path, "JPEG", exif=exif)
    return path


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


def test_a_stopwatch_goes_on_while_the_page_is_closed(opened: Callable[..., Page]) -> None:
    page = opened()
    begin(page)
    step(page, "Accueil")
    card(page, "Le premier contact").locator(".watch").click()
    page.evaluate("""() => { const { draft } = servaudit.current();
      draft.answers.first_contact.started -= 41000; servaudit.drafts.save(draft); }""")
    again = opened(within=page)
    page.close()
    again.locator(".visits .main").click()
    step(again, "Accueil")
    watch = card(again, "Le premier contact").locator(".watch")
    assert "0:4" in watch.inner_text()
    watch.click()
    assert 41 <= draft(again)["answers"]["first_contact"]["value"] <= 50
    outcome = again.evaluate(
        "servaudit.current().scored.parts[0].leaves.find(({ node }) => node.id === 'first_contact').judgement.outcome"
    )
    assert outcome == "partly"


def test_visits_are_kept_side_by_side_and_resumed_after_a_restart(opened: Callable[..., Page]) -> None:
    page = opened()
    for site in ("Lyon", "Brest"):
        begin(page)
        page.locator("[data-field=site] input").fill(site)
        step(page, "Accueil")
        choose(page, "horaires affichés", "Oui" if site == "Lyon" else "Non")
        page.click("[data-do=home]")
    keys = page.evaluate("Object.keys(localStorage).filter((key) => key.includes('accueil_agence'))")
    assert len(keys) == 2
    assert {key.split("/")[-1].split("-")[0] for key in keys} == {"lyon", "brest"}
    again = opened(within=page)
    page.close()
    assert sorted(name.split(",")[0] for name in again.locator(".visits h3").all_inner_texts()) == ["Brest", "Lyon"]
    again.locator(".visits li", has_text="Brest").locator(".main").click()
    step(again, "Accueil")
    assert draft(again)["answers"]["open_on_time"]["value"] == "no"
    assert card(again, "horaires affichés").locator("input:checked").get_attribute("value") == "no"
    again.click("[data-do=home]")
    again.locator(".visits li", has_text="Brest").get_by_role("button", name="Supprimer").click()
    again.locator("dialog .main").click()
    assert again.locator(".visits h3").count() == 1


def test_a_visit_is_carried_to_another_device(opened: Callable[..., Page], tmp_path: Path) -> None:
    page = opened()
    begin(page)
    page.locator("[data-field=site] input").fill("Lyon")
    step(page, "Accueil")
    choose(page, "horaires affichés", "Non")
    card(page, "Chaque client").locator(".tap").first.click()
    card(page, "Le premier contact").locator("input.number").fill("presque rien")
    card(page, "horaires affichés").locator("input[type=file]").last.set_input_files(photo(tmp_path / "a.jpg"))
    card(page, "horaires affichés").locator("img").wait_for()
    step(page, "Terminer")
    name, data = downloaded(page, "[data-do=export]")
    assert name.startswith("lyon-")
    assert data["answers"]["first_contact"] == "presque rien"  # nothing is lost of what is not finished
    (tmp_path / name).write_text(json.dumps(data), "utf-8")
    other = opened()
    other.locator("main.home input[type=file]").set_input_files(tmp_path / name)
    step(other, "Accueil")
    assert card(other, "horaires affichés").locator("input:checked").get_attribute("value") == "no"
    assert card(other, "horaires affichés").locator("img").count() == 1
    assert card(other, "Le premier contact").locator("input.number").input_value() == "presque rien"
    assert draft(other)["answers"]["greeted"]["value"] == {"yes": 1}
    step(other, "Terminer")
    assert downloaded(other, "[data-do=export]")[1] == data


def test_a_file_that_is_no_visit_is_refused(opened: Callable[..., Page], tmp_path: Path) -> None:
    page = opened()
    texts = (
        "not json",
        "[]",
        '{"kind": "observation", "standard": "other@1.0.0", "visit": {"id": "x"}}',
        "null",
        '{"kind": 1}',
    )
    for number, text in enumerate(texts):
        path = tmp_path / f"{number}.json"
        path.write_text(text, "utf-8")
        page.locator("main.home input[type=file]").set_input_files(path)
        page.get_by_text("Ce fichier n’est pas une visite").wait_for()
    assert page.locator(".visits li").count() == 0


def test_a_photo_is_shrunk_kept_and_stripped_of_what_cameras_write(opened: Callable[..., Page], tmp_path: Path) -> None:
    page = opened()
    begin(page)
    step(page, "Accueil")
    card(page, "horaires affichés").locator("input[type=file]").last.set_input_files(
        photo(tmp_path / "a.jpg", (4000, 3000))
    )
    card(page, "horaires affichés").locator("img").wait_for()
    name = draft(page)["answers"]["open_on_time"]["evidence"][0]
    again = opened(within=page)
    address = again.evaluate("(name) => servaudit.photos.get(name)", name)
    picture = Image.open(io.BytesIO(base64.b64decode(address.partition(",")[2])))
    assert (picture.format, picture.size, len(picture.getexif())) == ("JPEG", (1280, 960), 0)
    card(page, "horaires affichés").get_by_role("button", name="Supprimer la photo 1").click()
    assert draft(page)["answers"]["open_on_time"]["evidence"] == []
    (tmp_path / "b.jpg").write_text("<script>no photo</script>")
    card(page, "horaires affichés").locator("input[type=file]").last.set_input_files(tmp_path / "b.jpg")
    page.get_by_text("Ce fichier n’est pas une photo").wait_for()
    assert card(page, "horaires affichés").locator("img").count() == 0


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


def test_hostile_text_stays_text_and_loses_its_control_characters(opened: Callable[..., Page]) -> None:
    page = opened()
    begin(page)
    hostile = "<img src=x onerror=\"document.title='taken'\">\u202e\x07</script>\r\nfin"
    page.locator("[data-field=site] input").fill(hostile.replace("\r\n", " "))
    step(page, "Accueil")
    card(page, "horaires affichés").get_by_role("button", name="Remarque").click()
    card(page, "horaires affichés").locator("textarea").fill(hostile)
    choose(page, "horaires affichés", "Oui")
    page.evaluate("servaudit.current().draft.answers.greeted.note = 'a\\u0000b\\ud800c\\u009b'")
    step(page, "Terminer")
    _, data = downloaded(page, "[data-do=export]")
    assert data["answers"]["open_on_time"]["note"] == "<img src=x onerror=\"document.title='taken'\"></script>\nfin"
    assert data["answers"]["greeted"]["note"] == "abc"
    page.click("[data-do=home]")
    assert page.title() != "taken"
    assert page.locator("img").count() == 0
    assert "<img src=x" in page.locator(".visits h3").inner_text()


def test_a_browser_that_keeps_nothing_is_told_of_at_once(
    opened: Callable[..., Page], addresses: dict[Path, str], tmp_path: Path
) -> None:
    """In a frame without origin, localStorage and IndexedDB throw SecurityError."""
    page = opened()
    around = tmp_path / "frame.html"
    around.write_text(
        f'<iframe sandbox="allow-scripts allow-downloads" width=390 height=844 src="{addresses[AGENCE]}">'
    )
    page.goto(around.as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("[data-do=new]").wait_for()
    assert "n’enregistre rien" in frame.locator("#banner").inner_text()
    frame.locator("[data-do=new]").click()
    frame.locator("[data-do=next]").click()
    frame.locator("section:not([hidden]) .choice").first.click()
    assert frame.locator("section:not([hidden]) .choice input").first.is_checked()
    assert "n’enregistre rien" in frame.locator("#banner").inner_text()


def test_a_full_disk_is_told_of(opened: Callable[..., Page]) -> None:
    page = opened()
    begin(page)
    assert not page.locator("#banner").is_visible()
    page.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
    )
    page.locator("[data-field=site] input").fill("Lyon")
    assert "n’enregistre rien" in page.locator("#banner").inner_text()


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


def test_the_finished_file_reads_as_an_observation(opened: Callable[..., Page], tmp_path: Path) -> None:
    page = opened()
    begin(page)
    page.locator("[data-field=site] input").fill("Nantes")
    page.locator("[data-field='context.counters_open'] input").fill("2,5")
    step(page, "Terminer")
    page.locator(".bravos .add").click()
    page.locator(".bravo textarea").fill("Bravo à l’accueil.")
    page.locator(".bravo select").select_option("smile")
    name, data = downloaded(page, "[data-do=finish]")
    path = tmp_path / name
    path.write_text(json.dumps(data), "utf-8")
    assert sources.read(path).usable
    assert data["visit"]["context"] == {"appointment": False, "complaint": False, "counters_open": 2.5}
    assert data["commendations"] == [{"note": "Bravo à l’accueil.", "criterion": "smile"}]


NASTY: tuple[Any, ...] = (
    *(None, 0, -1, 1e300, True, "", "x", "na", "<b>", "2026-13-45", [], {}, [[]], [None], [{"value": {}}]),
    *({"value": None}, {"value": {}}, {"value": []}, {"note": {}}, {"constructor": 1}, {"__proto__": 1}),
    *({"yes": -3}, {"yes": "many"}, {"yes": 1e99}, {"value": "yes", "note": 5, "evidence": "p.jpg"}),
    {"value": "yes", "evidence": [{}, "a.jpg"]},
)


def test_no_file_however_odd_breaks_the_page(opened: Callable[..., Page], tmp_path: Path) -> None:
    page = opened(EVERYTHING)
    dice = random.Random(4)  # noqa: S311 - the same files each time
    ids = ["gate", "top", "starred", "timed", "worst", "priced", "rooms", "desks", "d1", "nobody", "constructor"]
    keys = ("note", "answers", "commendations", "overrides", "photos", "made_from")
    documents = []
    for number in range(400):
        visit = {"id": f"n{number}", **{name: dice.choice(NASTY) for name in ("site", "date", "context", "started")}}
        answers = {name: dice.choice(NASTY) for name in dice.sample(ids, 6)}
        answers["rooms"] = dice.choice([[dict(answers)], [dict(answers), dice.choice(NASTY)], dice.choice(NASTY)])
        document = {"kind": "observation", "standard": "everything@1.0.0", "visit": visit, "answers": answers}
        for name in dice.sample(keys, 2):
            document[name] = dice.choice(NASTY)
        documents.append(document)
    faults = page.evaluate(
        """async (texts) => {
          const found = [];
          for (const text of texts) {
            try {
              const taken = servaudit.takenUp(JSON.parse(text));
              const scored = servaudit.score(taken.draft);
              const again = servaudit.takenUp(await servaudit.observation(taken.draft, scored));
              const score = servaudit.score(again.draft).result.score;
              if (score !== scored.result.score) found.push(`${score} ${scored.result.score} ${text}`);
            } catch (error) { found.push(`${error.stack} ${text}`); }
          }
          return found;
        }""",
        [json.dumps(one) for one in documents],
    )
    assert faults == []
    for number, document in enumerate(documents[:12]):
        path = tmp_path / f"{number}.json"
        path.write_text(json.dumps(document), "utf-8")
        page.locator("main.home input[type=file]").set_input_files(path)
        page.locator("[data-do=contents]").wait_for()
        page.click("[data-do=home]")
    assert page.locator(".visits li").count() == 12


def test_a_spoilt_draft_can_be_removed(opened: Callable[..., Page]) -> None:
    page = opened()
    begin(page)
    key = page.evaluate("servaudit.current().draft.kept")
    page.click("[data-do=home]")
    page.evaluate(
        "(key) => localStorage.setItem(key, JSON.stringify({ visit: { id: 'x' }, answers: 5, kept: key }))", key
    )
    page.evaluate("localStorage.setItem('servaudit-form/1/accueil_agence@1.2.0/y', 'no json')")
    page.reload()
    page.get_by_role("button", name="Supprimer").click()
    page.locator("dialog .main").click()
    assert page.locator(".visits li").count() == 0


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


def test_drafts_and_photos_outlive_the_browser(browser: Browser, addresses: dict[Path, str], tmp_path: Path) -> None:
    path = next(found for found in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if found)
    picture = photo(tmp_path / "a.jpg", (800, 600))
    for start in ("first", "second"):
        context = browser.browser_type.launch_persistent_context(
            tmp_path / "profile", executable_path=path, args=["--no-sandbox", "--disable-gpu"], locale="fr"
        )
        page = context.new_page()
        page.goto(addresses[AGENCE])
        if start == "first":
            begin(page)
            step(page, "Accueil")
            choose(page, "horaires affichés", "Non")
            card(page, "horaires affichés").locator("input[type=file]").last.set_input_files(picture)
            card(page, "horaires affichés").locator("img").wait_for()
        else:
            page.locator(".visits .main").click()
            step(page, "Accueil")
            assert card(page, "horaires affichés").locator("input:checked").get_attribute("value") == "no"
            card(page, "horaires affichés").locator("img").wait_for()
        context.close()
