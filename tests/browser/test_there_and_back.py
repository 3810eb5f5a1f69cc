"""The same twelve visits to a branch as text, through LibreOffice, and through the form: one scorecard."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from forms import at_random, audited, form_at, grid_of, handed_over, merged
from grids import cells_of
from office import driven, needs_office
from servaudit.render.checklist_xlsx import render

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from servaudit.audit import Audited
    from servaudit.model.scorecard import Scorecard

pytestmark = needs_office

AGENCE = Path(__file__).parents[2] / "examples/agence"
STANDARD = AGENCE / "standard.yaml"
DRAWN = 9


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Give the three visits of the example, and nine made up, whose answers a sheet has room for."""
    folder = tmp_path_factory.mktemp("texts")
    grid = grid_of(STANDARD)
    dice = random.Random(11)  # noqa: S311 - the same visits each time
    found = sorted((AGENCE / "visites").glob("*.yaml"))
    while len(found) < 3 + DRAWN:
        raw, _, facts = at_random(grid.parts[0].plan, dice)
        visit = {"id": f"drawn-{len(found)}", "site": "L’île « A »", "date": "2026-11-03", "context": facts}
        data = {"kind": "observation", "standard": f"{grid.ref.id}@{grid.ref.version}", "visit": visit, "answers": raw}
        path = folder / f"{visit['id']}.json"
        path.write_text(json.dumps(data), "utf-8")
        found.append(path)
    return found


@pytest.fixture(scope="module")
def cards(texts: list[Path]) -> list[Scorecard]:
    return [bare(audited(path, AGENCE)) for path in texts]


def bare(found: Audited) -> Scorecard:
    """Leave out of a scorecard where it came from, how answers were spelled, and what was decided afterwards."""
    card = found.scored[0].card
    visit: Any = card.visit._replace(id="", date=None, started=None, ended=None, auditor=None, source=None, note=None)
    return card._replace(
        visit=visit,
        observation=card.observation._replace(path="", sha256="", made_with=None),
        criteria=tuple(merged(one) for one in card.criteria),
        commendations=(),
        overrides=(),
    )


def commands(found: Audited, blank: Path, filled: Path) -> list[tuple[str, ...]]:
    """Say to LibreOffice what an auditor types: the visit, the answers, the notes."""
    assert found.grid is not None
    observation = found.scored[0].observation
    facts = {f"v_context_{name}": value for name, value in observation.visit.context.items()}
    typed: list[tuple[str, object]] = [("v_site", observation.visit.site), ("v_date", observation.visit.date)]
    typed += facts.items()
    typed += [(name, value) for name, _, value in cells_of(found.grid, observation.answers, "fr")]
    made: list[tuple[str, ...]] = [("open", str(blank))]
    for name, value in typed:
        if isinstance(value, bool):
            made.append(("text", name, "Oui" if value else "Non"))
        elif isinstance(value, int | float):
            made.append(("number", name, repr(float(value))))
        elif value is not None:
            made.append(("text", name, str(value).replace("\n", " ")))
    return [*made, ("save", str(filled)), ("close",)]


def test_the_workbooks_that_libreoffice_saved_have_the_scorecards_of_the_texts(
    texts: list[Path], cards: list[Scorecard], tmp_path: Path
) -> None:
    blank = tmp_path / "blank.xlsx"
    blank.write_bytes(render(grid_of(STANDARD), "fr"))
    typed: list[tuple[str, ...]] = []
    for number, path in enumerate(texts):
        typed += commands(audited(path, AGENCE), blank, tmp_path / f"{number}.xlsx")
    driven(typed, tmp_path)
    for number, card in enumerate(cards):
        again = audited(tmp_path / f"{number}.xlsx", AGENCE)
        assert bare(again) == card, texts[number].name


def test_what_the_form_hands_over_has_the_scorecards_of_the_texts(
    browser: Browser, texts: list[Path], cards: list[Scorecard], tmp_path: Path
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(form_at(tmp_path / "form.html", grid_of(STANDARD)))
    for number, (path, card) in enumerate(zip(texts, cards, strict=True)):
        found = audited(path, AGENCE).scored[0].observation
        opened = tmp_path / f"opened-{number}.json"
        opened.write_text(found.model_dump_json(by_alias=True, exclude_none=True), "utf-8")
        again = handed_over(page, opened, tmp_path / f"handed-{number}.json")
        assert bare(audited(again, AGENCE)) == card, path.name
    context.close()
