"""The visits of the examples, filled in by touch in a real Chromium: what the form hands over is scored alike."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from forms import at_random, audited, form_at, grid_of, handed_over, merged
from servaudit.model.base import as_written
from servaudit.scoring.answers import remarks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

    from servaudit.audit import Audited
    from servaudit.model.scorecard import Scorecard
    from servaudit.scoring.sheet import Leaf

EXAMPLES = Path(__file__).parents[2] / "examples"
OWN = Path(__file__).parent / "forms"
VISITS = [
    *sorted((EXAMPLES / "agence/visites").glob("*.yaml")),
    *sorted((EXAMPLES / "parcours/appels").glob("*.yaml")),
    *sorted((EXAMPLES / "centre_appels/ecoutes").glob("*.yaml"))[:3],
    *(path for path in sorted((EXAMPLES / "hygiene").glob("*.yaml")) if path.stem != "expected"),
]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 768, "height": 1024}, accept_downloads=True, reduced_motion="reduce"
    )
    opened = context.new_page()
    opened.set_default_timeout(10_000)
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda message: faults.append(message.text))
    yield opened
    context.close()
    assert faults == []


def fill_visit(page: Page, found: Audited) -> None:
    visit = found.scored[0].observation.visit
    facts = {"site": visit.site, "date": visit.date, "started": visit.started, "ended": visit.ended,
             "auditor": visit.auditor}  # fmt: skip
    context = {name: value for one in found.scored for name, value in one.observation.visit.context.items()}
    given = {**facts, **{f"context.{name}": value for name, value in context.items()}}
    for name, value in given.items():
        field = page.locator(f"[data-field='{name}']")
        if value is None or not field.count():
            continue
        if field.locator(".choice").count():
            key = {True: "yes", False: "no"}.get(value, value)  # type: ignore[call-overload]
            field.locator(f".choice:has(input[value='{key}'])").click()
        elif field.locator("select").count():
            field.locator("select").select_option(str(value))
        else:
            field.locator("input").fill(str(as_written(value)))


def fill_answer(  # noqa: C901, PLR0912 - one case for each kind of control
    card: Locator, leaf: Leaf, raw: object, folder: Path
) -> None:
    readings = leaf.judgement.readings
    if card.locator(".tally").count():
        order = list(leaf.node.gauge.words or ())
        for reading in readings:
            for _ in range(reading.count):
                card.locator(".tap").nth(order.index(str(reading.value))).click()
    elif card.locator(".measure").count():
        for number, reading in enumerate(readings):
            if number:
                card.get_by_role("button", name="Autre mesure").click()
            if reading.value is None:
                card.locator(".toggle").click()
            else:
                card.locator("input.number").nth(number).fill(str(as_written(reading.raw)))
    elif card.locator(".choice").count():
        key = "na" if readings[0].value is None else readings[0].value
        card.locator(f".choice:has(input[value='{key}'])").click()
    else:
        card.locator(".control textarea, .control input").fill(str(readings[0].value))
    _, remark, evidence = remarks(raw)
    if remark:
        note = card.locator(".note textarea")
        if not note.is_visible():
            card.get_by_role("button", name="Remarque").first.click()
        note.fill(remark)
    for path in evidence:
        card.locator("input[type=file]").last.set_input_files(folder / path)
        card.locator("img").wait_for()


def fill_in(page: Page, found: Audited, folder: Path) -> None:
    """Fill a visit in as an auditor does: step after step, each card that is asked."""
    page.click("[data-do=new]")
    fill_visit(page, found)
    leaves = {
        (scored.standard.id, leaf.node.id): (leaf, scored.sheet.raw(leaf))
        for scored in found.scored
        for leaf in scored.sheet.leaves
    }
    parts = page.evaluate("servaudit.FORM.parts.map((part) => part.id)")
    while page.locator("[data-do=next]").is_visible():
        page.click("[data-do=next]")
        # Answers may bring up further cards in the same step.
        seen: set[str] = set()
        while True:
            ids = [card.get_attribute("id") for card in page.locator("fieldset.criterion:visible").all()]
            new = next((name for name in ids if name and name not in seen), None)
            if new is None:
                break
            seen.add(new)
            card = page.locator(f"#{new}")
            criterion = card.evaluate("(card) => card.node.id")
            leaf, raw = next(leaves[part, criterion] for part in parts if (part, criterion) in leaves)
            if leaf.judgement.readings:
                fill_answer(card, leaf, raw, folder)
    observation = found.scored[0].observation
    said = [praise for one in found.scored for praise in one.observation.commendations]
    if observation.note:
        page.locator("section:not([hidden]) .end > .card > textarea").fill(observation.note)
    for praise in said:
        page.locator(".bravos .add").click()
        box = page.locator(".bravo").last
        box.locator("textarea").fill(praise.note)
        box.locator("input").fill(praise.team or "")
        box.locator("select").select_option(praise.criterion or "")


def alike(card: Scorecard, asked: set[str]) -> Scorecard:
    """Leave out of a card its source, and what the form did not ask for: ids, who decided otherwise later."""
    left = {name: None for name in ("id", "date", "source", "started", "ended", "auditor", "site") if name not in asked}
    visit: Any = card.visit._replace(**left)
    criteria = tuple(map(merged, card.criteria))
    return card._replace(
        visit=visit, observation=card.observation._replace(path="", sha256=""), criteria=criteria, overrides=()
    )


@pytest.mark.parametrize("path", VISITS, ids=lambda path: path.stem)
def test_a_visit_filled_in_by_touch_has_the_scorecard_of_its_text(page: Page, tmp_path: Path, path: Path) -> None:
    found = audited(path)
    assert found.grid is not None
    page.goto(form_at(tmp_path / "form.html", found.grid))
    page.locator("[data-do=new]").wait_for()
    fill_in(page, found, path.parent)
    live = page.evaluate("servaudit.current().scored.result")
    score = page.locator(".result .figure").inner_text()
    with page.expect_download() as waiting:
        page.click("[data-do=finish]")
    handed = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(handed)
    there = path.parent if path.parent.name == "hygiene" else path.parent.parent
    again = audited(handed, there)
    assert {one.severity for one in again.diagnostics} <= {"warning"}
    assert [
        one.code for one in again.diagnostics if one.code in ("made-from", "answer-hidden", "evidence-missing")
    ] == []
    visit = found.scored[0].observation.visit
    asked = {name for name in ("site", "date", "started", "ended", "auditor") if getattr(visit, name) is not None}
    assert [alike(one.card, asked) for one in again.scored] == [alike(one.card, asked) for one in found.scored]
    result = again.scored[0].result
    for name in ("score", "points"):
        wanted = getattr(result.figures, name)
        assert live[name] == (None if wanted is None else pytest.approx(wanted, abs=5e-10))
    assert (live["level"], live["verdict"], live["passed"]) == (result.level, result.verdict, result.passed)
    assert score != "–"
    data = json.loads(handed.read_text("utf-8"))
    assert set(data.get("photos", {})) == {name for one in again.scored for name in one.evidence}


@pytest.mark.parametrize("document", [EXAMPLES / "agence/standard.yaml", OWN / "everything.yaml", OWN / "points.yaml"],
                         ids=lambda path: path.parent.name + path.stem)  # fmt: skip
def test_visits_at_random_pass_through_the_form_unchanged(page: Page, tmp_path: Path, document: Path) -> None:
    """Nine visits, opened from their files and handed over again."""
    grid = grid_of(document)
    page.goto(form_at(tmp_path / "form.html", grid))
    dice = random.Random(document.stem)  # noqa: S311 - the same visits each time
    for number in range(9):
        raw, _, facts = at_random(grid.parts[0].plan, dice)
        visit = {"id": f"v{number}", "site": "L’île « A »", "date": "2026-11-03", "context": facts}
        data = {"kind": "observation", "standard": f"{grid.ref.id}@{grid.ref.version}", "visit": visit, "answers": raw}
        source = tmp_path / f"visit-{number}.json"
        source.write_text(json.dumps(data), "utf-8")
        again = handed_over(page, source, tmp_path / f"again-{number}.json")
        cards = [
            alike(audited(path, document.parent).scored[0].card, {"id", "site", "date"}) for path in (again, source)
        ]
        assert cards[0] == cards[1], data
