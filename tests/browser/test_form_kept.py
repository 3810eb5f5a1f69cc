"""What the offline form keeps and hands over: drafts, photos, files from elsewhere, hostile ones too."""

from __future__ import annotations

import base64
import io
import json
import random
import shutil
from typing import TYPE_CHECKING, Any

from PIL import Image

from form_pages import AGENCE, EVERYTHING, begin, card, choose, downloaded, draft, photo, step
from forms import form_at, grid_of
from servaudit import sources

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Page


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


def test_a_bravo_names_the_standard_of_a_criterion_that_two_have(browser: Browser, tmp_path: Path) -> None:
    for name in ("shop", "desk"):
        criteria = f"[{{id: smile, text: Smile}}, {{id: {name}_tidy, text: Tidy}}]"
        head = f"kind: standard\nid: {name}\nversion: 1.0.0\nlanguage: en\ntitle: {name.title()}\n"
        (tmp_path / f"{name}.yaml").write_text(f"{head}criteria: {criteria}\n", "utf-8")
    both = tmp_path / "both.yaml"
    used = "[{standard: shop, version: ^1.0}, {standard: desk, version: ^1.0}]"
    both.write_text(
        f"kind: checklist\nid: both\nversion: 1.0.0\nlanguage: en\ntitle: Both\nstandards: {used}\n", "utf-8"
    )
    page = browser.new_page()
    page.goto(form_at(tmp_path / "form.html", grid_of(both), "en"))
    begin(page)
    step(page, "Finish")
    for criterion in ("smile@desk", "desk_tidy"):
        page.locator(".bravos .add").click()
        page.locator(".bravo textarea").last.fill("Bravo")
        page.locator(".bravo select").last.select_option(criterion)
    _, data = downloaded(page, "[data-do=finish]")
    assert data["commendations"] == [
        {"note": "Bravo", "criterion": "smile", "standard": "desk"}, {"note": "Bravo", "criterion": "desk_tidy"}
    ]  # fmt: skip
    page.reload()
    page.locator(".visits .main").click()
    step(page, "Finish")
    chosen = page.locator(".bravo select").evaluate_all("boxes => boxes.map((box) => box.selectedOptions[0].text)")
    page.close()
    assert chosen == ["3. Smile", "4. Tidy"]
