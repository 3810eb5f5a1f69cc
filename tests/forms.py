"""Offline forms for tests: made of standards, and visits as the form's script holds them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from servaudit import sources
from servaudit.audit import Audit
from servaudit.checklists import Checklists
from servaudit.library import Library
from servaudit.render.form import render
from servaudit.scoring.units import is_duration

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from playwright.sync_api import Page

    from servaudit.audit import Audited
    from servaudit.model.scorecard import CriterionScore
    from servaudit.scoring.grid import Grid
    from servaudit.scoring.plan import CriterionNode, Plan, SectionNode
    from servaudit.scoring.sheet import Leaf


def grid_of(document: Path, *folders: Path) -> Grid:
    """Open a checklist or a standard."""
    opened = Checklists(Library(tuple(map(str, folders)))).open(sources.read(document))
    assert opened.grid is not None, opened.diagnostics
    return opened.grid


def form_at(path: Path, grid: Grid, language: str = "fr") -> str:
    """Write the form of a grid; gives its address."""
    path.write_bytes(render(grid, language))
    return path.as_uri()


def audited(path: Path, *folders: Path) -> Audited:
    """Score an observation with the engine."""
    found = Audit(Library(tuple(map(str, folders)))).visit(sources.read(path))
    assert found.scored, found.diagnostics
    return found


def handed_over(page: Page, source: Path, target: Path) -> Path:
    """Open an observation in the form that a page shows, and write what the form makes of it."""
    page.locator("[data-do=new]").wait_for()
    page.locator("main.home input[type=file]").set_input_files(source)
    page.locator("[data-do=next]").wait_for()
    handed = page.evaluate(
        "() => { const { draft, scored } = servaudit.current(); return servaudit.observation(draft, scored); }"
    )
    page.click("[data-do=home]")
    target.write_text(json.dumps(handed), "utf-8")
    return target


def merged(criterion: CriterionScore) -> CriterionScore:
    """Leave out how an answer was spelled, and count equal readings together."""
    counts: dict[tuple[object, float | None], int] = {}
    for one in criterion.readings:
        counts[one.value, one.points] = counts.get((one.value, one.points), 0) + one.count
    readings: Any = tuple(sorted(counts.items(), key=str))
    evidence = tuple(file._replace(path="", sha256=None) for file in criterion.evidence)
    return criterion._replace(raw=None, readings=readings, evidence=evidence)


def as_held(found: Audited) -> dict[str, Any]:
    """Give the answers of a visit as the form's script holds them, read by the engine."""
    assert found.grid is not None
    answers: dict[str, Any] = {}
    for scored in found.scored:
        for leaf in scored.sheet.leaves:
            level: Any = answers
            keys = scored.sheet.place(leaf)[1:-1]
            for key in keys:
                if isinstance(key, int):
                    level.extend({} for _ in range(key + 1 - len(level)))
                    level = level[key]
                else:
                    following = keys[keys.index(key) + 1 :]
                    level = level.setdefault(key, [] if following and isinstance(following[0], int) else {})
            held = _held(leaf)
            if held is not None:
                level[leaf.node.id] = {"value": held, "note": scored.sheet.answer(leaf).note or "", "evidence": []}
    return answers


def _held(leaf: Leaf) -> Any:
    readings = leaf.judgement.readings
    if not readings:
        return None
    values = [("na" if one.value is None else one.value, one.count) for one in readings]
    if leaf.node.gauge.multiple:
        return values[0][0] if values[0][0] == "na" else list(values[0][0])
    if leaf.node.criterion.repeat is None or not leaf.node.gauge.scored:
        return values[0][0]
    if leaf.node.gauge.words is None:
        return [value for value, count in values for _ in range(count)]
    tally: dict[str, int] = {}
    for value, count in values:
        tally[value] = tally.get(value, 0) + count
    return tally


def at_random(  # noqa: C901 - one case for each kind of answer
    plan: Plan, dice: random.Random
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Make up a visit: its answers as a document has them, the same as the form holds them, and the facts."""

    def value(node: CriterionNode) -> Any:
        gauge, repeat = node.gauge, node.criterion.repeat
        allowed = [] if node.not_applicable == "forbid" or not gauge.scored else ["na"]

        def one() -> Any:
            if gauge.words is None:
                if not gauge.scored:
                    return "x"
                whole = dice.randint(0 if is_duration(gauge.unit) else -2, 10)
                return dice.choice([*allowed, whole, round(dice.uniform(0, 10), 3)])
            return dice.choice([*allowed, *gauge.words, *gauge.words])

        if gauge.multiple:
            return dice.choice(["na", dice.sample(gauge.words or (), dice.randint(1, len(gauge.words or ())))])
        if repeat is None or not gauge.scored:
            return one()
        if gauge.words is None:
            return [dice.randint(0, 1000) for _ in range(dice.randint(1, 4))]
        return {word: dice.randint(0, 4) for word in gauge.words}

    def level(node: SectionNode, raw: dict[str, Any], held: dict[str, Any]) -> None:
        for child in node.children:
            if hasattr(child, "gauge"):
                if dice.random() < 0.85:
                    given = value(child)
                    raw[child.id] = given
                    held[child.id] = {"value": given}
            elif child.repeat is not None:
                pairs: list[tuple[dict[str, Any], dict[str, Any]]] = [({}, {}) for _ in range(dice.randint(1, 3))]
                for pair in pairs:
                    level(child, *pair)
                raw[child.id], held[child.id] = [one for one, _ in pairs], [one for _, one in pairs]
            else:
                level(child, raw, held)

    raw: dict[str, Any] = {}
    held: dict[str, Any] = {}
    level(plan.root, raw, held)
    possible = {"bool": [True, False], "number": [0, 1, 2, 3.5], "text": ["none", "one", "x"]}
    facts = {
        name: dice.choice(possible.get(fact.type) or list(fact.values or [None]))
        for name, fact in plan.standard.context.items()
    }
    return raw, held, facts
