"""What tests do on the page of an offline form: begin a visit, go to a step, touch an answer, take the file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

ROOT = Path(__file__).parents[1]
AGENCE = ROOT / "examples/agence/standard.yaml"
CALL = ROOT / "examples/parcours/grille.yaml"
EVERYTHING = ROOT / "tests/browser/forms/everything.yaml"
QUOTIENT = ROOT / "standards/service_quotient.yaml"
SOCIAL = ROOT / "standards/social_media.yaml"
DELIVERY = ROOT / "standards/checklists/delivery_follow_up.yaml"


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
