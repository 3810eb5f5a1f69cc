"""The form's live score in a real Chromium, held to the engine's: on every example and case, and at random."""

from __future__ import annotations

import json
import math
import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from forms import as_held, at_random, audited, form_at, grid_of
from servaudit import sources
from servaudit.audit import observations
from servaudit.load import load
from servaudit.model.observation import Observation
from servaudit.model.scorecard import ObservationRef
from servaudit.report.form.rules import live
from servaudit.report.form.trees import tree
from servaudit.scoring.arithmetic import half_up
from servaudit.scoring.expressions import Expression, compile_expression
from servaudit.scoring.layout import lay_out
from servaudit.scoring.types import ANY
from servaudit.scoring.values import UNKNOWN
from servaudit.scoring.visit import score_visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from servaudit.scoring.visit import Scored

ROOT = Path(__file__).parents[2]
OWN = Path(__file__).parent / "forms"
FOLDERS = [*sorted((ROOT / "tests/cases/acceptance").iterdir()), *sorted((ROOT / "examples").iterdir())]
SCORE = """([answers, facts]) => {
  const { result, parts } = servaudit.scoreVisit(servaudit.FORM, answers, facts);
  const sum = (name) => parts.reduce((n, { counts }) => n + counts[name], 0);
  const [observed, expected] = [sum("observed"), sum("expected")];
  return result && { ...result, coverage: expected ? observed / expected : null };
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def opened(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("[data-do=new]")


def nine(value: object) -> object:
    return round(value, 9) + 0.0 if isinstance(value, int | float) and not isinstance(value, bool) else value


def figures(scored: Scored) -> dict[str, object]:
    """Give what the form computes."""
    result = scored.result
    return {
        "score": nine(result.figures.score), "points": nine(result.figures.points), "level": result.level,
        "verdict": result.verdict, "passed": result.passed, "coverage": nine(result.counts.coverage),
    }  # fmt: skip


def shown(page: Page, answers: object, facts: object) -> dict[str, object]:
    result = page.evaluate(SCORE, [answers, facts])
    return {name: nine(result[name]) for name in ("score", "points", "level", "verdict", "passed", "coverage")}


@pytest.mark.parametrize("folder", [folder for folder in FOLDERS if folder.is_dir()], ids=lambda folder: folder.name)
def test_every_visit_has_the_engines_score(page: Page, tmp_path: Path, folder: Path) -> None:
    seen = ""
    compared = 0
    for source in observations([str(folder)]):
        found = audited(Path(source.path))
        assert found.grid is not None
        if found.grid.ref.path != seen:
            seen = found.grid.ref.path
            opened(page, form_at(tmp_path / "form.html", found.grid, "en"))
        if not all(live(part.plan) for part in found.grid.parts):
            assert page.evaluate(SCORE, [{}, {}]) is None
        else:
            scored = found.scored[0]
            facts = {name: value for one in found.scored for name, value in one.sheet.context.items()}
            assert shown(page, as_held(found), facts) == figures(scored), source.path
        compared += 1
    assert compared


@pytest.mark.parametrize(
    "document",
    [*sorted(OWN.glob("*.yaml")), ROOT / "examples/agence/standard.yaml"],
    ids=lambda path: path.parent.name + path.stem,
)
def test_visits_at_random_have_the_engines_score(page: Page, tmp_path: Path, document: Path) -> None:
    grid = grid_of(document)
    opened(page, form_at(tmp_path / "form.html", grid, "en"))
    part = grid.parts[0]
    dice = random.Random(document.stem)  # noqa: S311 - the same visits each time
    seen: dict[str, set[object]] = {"level": set(), "verdict": set()}
    for number in range(150):
        raw, held, facts = at_random(part.plan, dice)
        text = json.dumps({"kind": "observation", "standard": f"{part.ref.id}@{part.ref.version}",
                           "visit": {"id": str(number), "context": facts}, "answers": raw})  # fmt: skip
        found = load(sources.parse("visit.json", text.encode()), Observation)
        assert found.value is not None, found.diagnostics
        sheet = lay_out(part.plan, found.value.answers, found.value.visit.context)
        wrong = [one for one in sheet.problems if one.code != "answer-hidden"]
        assert wrong == [], text
        scored = score_visit(part.plan, found.value, part.ref, ObservationRef("visit.json", ""), sheet=sheet)
        wanted = figures(scored)
        assert shown(page, held, facts) == wanted, text
        for name, values in seen.items():
            values.add(wanted[name])
    assert len(seen["level"]) >= 2, seen
    assert None not in seen["verdict"]


def test_a_duration_below_nothing_is_no_answer(page: Page, tmp_path: Path) -> None:
    standard = tmp_path / "standard.yaml"
    standard.write_text(
        "kind: standard\nid: shop\nversion: 1.0.0\ntitle: Shop\n"
        "criteria: [{id: wait, text: Wait, scale: {curve: [[60, 1], [300, 0]], unit: s}}]\n"
    )
    opened(page, form_at(tmp_path / "form.html", grid_of(standard), "en"))
    given = [shown(page, {"wait": {"value": value}}, {})["score"] for value in ("0", "-5", -5, "-1")]
    assert given == [1, None, None, None]


def test_sums_and_roundings_are_those_of_the_engine(page: Page, tmp_path: Path) -> None:
    opened(page, form_at(tmp_path / "form.html", grid_of(OWN / "points.yaml"), "en"))
    dice = random.Random(9)  # noqa: S311 - the same numbers each time
    sums = [[dice.uniform(-1, 1) * 10 ** dice.randint(-12, 12) for _ in range(dice.randint(0, 40))] for _ in range(300)]
    sums += [
        [0.1] * 10,
        [1e16, 1.0, -1e16],
        [1e100, 1.0, -1e100, 1e-9],
        [1.0, 2**-53, 2**-106],
        [-1.0, -(2**-53), -(2**-60)],
    ]
    assert page.evaluate("(all) => all.map(servaudit.fsum)", sums) == [math.fsum(one) for one in sums]
    numbers = (
        [dice.uniform(-100, 100) for _ in range(500)] + [k / 2**10 for k in range(-64, 64)] + [62.5, 0.285, 1.005, 2.5]
    )
    assert page.evaluate("(all) => all.map(servaudit.nine)", numbers) == [round(one, 9) for one in numbers]
    for decimals in (0, 1, 2, 3, 6, 9):
        wanted = [half_up(one, decimals) for one in numbers]
        assert page.evaluate("([all, n]) => all.map((one) => servaudit.halfUp(one, n))", [numbers, decimals]) == wanted


EXPRESSIONS = (
    "a + b * c - d / e",
    "a / 0",
    "-a > +b",
    "not flag and (word == 'yes' or word in ['x', 'no'])",
    "a if flag else word",
    "0 < a <= 5",
    "0 < a < b < c",
    "min(a, b, c) + max([a, nothing])",
    "min([a, b])",
    "round(a, 2)",
    "round(a * 100)",
    "ceil(a) - floor(b) + abs(c)",
    "m.x",
    "m['x'] + m[word]",
    "m.y > 1",
    "nothing == nothing",
    "nothing > 1 or flag",
    "unknown > 1",
    "unknown > 1 or flag",
    "unknown and false",
    "flag and unknown",
    "unknown if flag else a",
    "word in 'xyesx'",
    "a == '5'",
    "flag == 'yes'",
    "[1, a] == [1.0, 5]",
    "a not in [1, 2]",
    "some == ['p', 'q']",
    "'p' in some",
    "a == 5 == 5.0",
    "true and none",
    "false or 0",
    "m[nothing]",
    "word < 'z'",
    "a != b",
    "unknown in [1]",
    "max(a, unknown)",
    "not unknown",
)


@pytest.mark.parametrize("flag", [True, False])
def test_expressions_have_the_engines_results(page: Page, tmp_path: Path, flag: bool) -> None:  # noqa: FBT001
    opened(page, form_at(tmp_path / "form.html", grid_of(OWN / "points.yaml"), "en"))
    numbers = {"a": 5, "b": 2.5, "c": -0.1, "d": 7, "e": 0.3}
    things = {"m": {"x": 1.5, "yes": 2, "no": 3}, "some": ["p", "q"], "nothing": None, "unknown": UNKNOWN}
    scope = {**numbers, **things, "flag": flag, "word": "yes" if flag else "no"}
    run = """([node, scope]) => {
      const result = servaudit.run(node, { ...scope, unknown: servaudit.UNKNOWN });
      return result === servaudit.UNKNOWN ? "?" : result;
    }"""
    sent = {name: "?" if value is UNKNOWN else value for name, value in scope.items()}
    for source in EXPRESSIONS:
        compiled = compile_expression(source, dict.fromkeys(scope, ANY))
        assert isinstance(compiled, Expression), (source, compiled)
        wanted = compiled(scope)
        found = page.evaluate(run, [tree(compiled), sent])
        assert found == ("?" if wanted is UNKNOWN else wanted), source
