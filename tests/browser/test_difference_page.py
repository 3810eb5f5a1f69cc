"""The page of a difference in a real browser: accessible in both themes and at every width, and no wider than it."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from servaudit.change.difference import compare
from servaudit.change.impact import effect, ranked
from servaudit.i18n import translator
from servaudit.model.standard import Standard
from servaudit.render.difference.html import render
from servaudit.report.change import Version, diff_view
from servaudit.report.impact import impact_view
from servaudit.scoring.planner import compile_standard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

OLD = {
    "kind": "standard", "id": "counter", "version": "1.2.0", "language": "fr",
    "title": {"fr": "Au guichet", "en": "At the counter"},
    "criteria": [
        {"id": "greeted", "text": {"fr": "Le client est salué", "en": "The customer is greeted"}, "weight": 2},
        {"id": "smile", "text": {"fr": "Un sourire franc <script>alert(1)</script>"}},
        {"id": "thanked", "text": {"fr": "w" * 200}},
    ],
    "scoring": {"pass": {"score": 0.6}},
}  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of a change with an impact, as a file."""
    data = deepcopy(OLD)
    data["version"] = "1.3.0"
    data["criteria"][0]["weight"] = 1
    data["criteria"][1]["text"]["fr"] = "Un sourire sincère <script>alert(1)</script>"
    data["criteria"][2]["id"] = "bye"
    data["criteria"].append({"id": "seat", "text": "Un siège"})
    before, after = (compile_standard(Standard.model_validate(each)) for each in (OLD, data))
    answers = [
        {"greeted": "yes", "smile": "no"},
        {"greeted": "no", "smile": "yes"},
        {"greeted": "yes", "smile": "yes", "thanked": "no"},
    ]
    head = {"kind": "observation", "standard": "counter@1.2.0"}
    visits = [
        {**head, "visit": {"id": f"v{number}", "site": "Lyon", "date": "2026-11-03"}, "answers": given}
        for number, given in enumerate(answers)
    ]
    effects = ranked(effect(visit, f"{visit['visit']['id']}.yaml", before, after) for visit in visits)
    tr = translator("fr")
    sides = (Version("1.2.0", "HEAD:counter.yaml", "a" * 64), Version("1.3.0", "counter.yaml", "b" * 64))
    view = diff_view(
        compare(before, after), after.standard, sides, tr, generator="servaudit 1.0",
        places=lambda change: f"counter.yaml:{len(change.path)}:1",
        impact=impact_view(effects, before.standard, after.standard, tr),
    )  # fmt: skip
    path = tmp_path_factory.mktemp("difference") / "change.html"
    path.write_bytes(render(view))
    return path.as_uri()


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page in the light and in the dark theme."""
    context = browser.new_context(color_scheme=request.param)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_no_accessibility_fault_in_either_theme_and_nothing_wider_than_the_page(page, address, width):
    page.set_viewport_size({"width": width, "height": 900})
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.goto(address)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints == []


def test_what_goes_and_what_comes_is_marked(page, address):
    page.goto(address)
    assert page.locator("li ins", has_text="sincère").count() == 1
    assert page.locator("li del", has_text="franc").count() == 1
    assert "demandent la version 2.0.0" in page.locator(".conclusion").inner_text()
    assert page.locator("tbody tr").count() == 3
    assert "le référentiel n’a pas de critère" in page.locator(".refused").inner_text()
