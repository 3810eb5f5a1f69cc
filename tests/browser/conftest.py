"""A real Chromium for the tests of pages: skipped where there is none, failed where CI says that one is required."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from form_pages import AGENCE, CALL, DELIVERY, EVERYTHING, QUOTIENT, SOCIAL
from forms import form_at, grid_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless browser, shared by the tests."""
    path = next(
        (found for found in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if found), None
    )
    if path is None:
        if os.environ.get("SERVAUDIT_REQUIRE_BROWSER") == "1":
            pytest.fail("SERVAUDIT_REQUIRE_BROWSER=1 and no Chromium on the PATH")
        pytest.skip("no Chromium on the PATH")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is a browser

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, str]:
    folder = tmp_path_factory.mktemp("forms")
    paths = (AGENCE, CALL, DELIVERY, EVERYTHING, QUOTIENT, SOCIAL)
    return {path: form_at(folder / f"{path.parent.name}-{path.stem}.html", grid_of(path)) for path in paths}


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
