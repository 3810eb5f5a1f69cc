"""The live score of a workbook, worked out by the real LibreOffice, is the engine's: drawn and delivered standards."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from grids import cells_of, grid_of
from office import driven, needs_office
from servaudit import sources
from servaudit.audit import Audit
from servaudit.checklists import Checklists
from servaudit.i18n import translator
from servaudit.library import Library
from servaudit.load import load
from servaudit.model.scale import Choices, Curve, Range, Steps
from servaudit.model.standard import Standard
from servaudit.render.checklist_xlsx import lay_out, render
from servaudit.scoring.names import scale_of
from servaudit.scoring.plan import CriterionNode, SectionNode
from servaudit.scoring.planner import compile_standard
from standards_drawn import answers, standards
from visits import criterion, scored, section, unchecked

if TYPE_CHECKING:
    from servaudit.scoring.plan import Plan
    from servaudit.scoring.visit import Scored

pytestmark = needs_office
Visit = tuple["Plan", dict[str, Any], dict[str, Any]]
READ = ("live_score", "live_points", "live_coverage", "live_level", "live_verdict")


def _drawn(count: int, number: int, **keys: Any) -> list[Visit]:
    """Draw standards that a sheet can work out, each with the answers of a visit."""
    found: list[Visit] = []

    @seed(number)
    @settings(max_examples=count, phases=[Phase.generate], database=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def draw(data: st.DataObject) -> None:
        plan = data.draw(standards(**keys))
        if not plan.problems:
            given_ = data.draw(answers(plan))
            if _has_room(plan, given_):
                found.append((plan, given_, {}))

    draw()
    return found


def _has_room(plan: Plan, level: dict[str, Any]) -> bool:
    """Tell whether a sheet can hold answers: no block filled with nothing, no N/A to count where it is forbidden."""
    for name, value in level.items():
        node = plan.criteria.get(name)
        if node is None:
            if not all(any(one is not None for one in item.values()) and _has_room(plan, item) for item in value):
                return False
            continue
        counted = node.gauge.multiple or (node.criterion.repeat is not None and node.gauge.words is not None)
        if counted and node.not_applicable == "forbid" and "na" in str(value):
            return False
    return True


def _expected(result: Scored) -> list[object]:
    figures, level = result.result.figures, result.result.level
    order = result.plan.rules.order
    rank = order.index(level) + 1 if level is not None else None
    return [figures.score, figures.points, result.result.counts.coverage, rank, result.result.verdict]


def _same(read: str, wanted: object) -> bool:
    if wanted is None:
        return read == "t:"
    if isinstance(wanted, str):
        return read == f"t:{wanted}"
    return read.startswith("n:") and abs(float(read[2:]) - float(str(wanted))) <= 1e-9 * max(
        1.0, abs(float(str(wanted)))
    )


def _compared(visits: list[Visit], folder: Path, language: str, read: tuple[str, ...] = READ) -> int:
    """Fill in, let LibreOffice calculate, and compare; gives how many sheets worked their score out."""
    commands: list[tuple[str, ...]] = []
    expected: list[tuple[Visit, list[object]]] = []
    known: dict[int, Path] = {}
    for visit in visits:
        plan, given_, context = visit
        grid = grid_of(plan)
        if not lay_out(grid, translator(language)).parts[0].result.scored:
            continue
        path = known.setdefault(id(plan), folder / f"{len(known)}.xlsx")
        if not path.exists():
            path.write_bytes(render(grid, language))
        commands.append(("open", str(path)))
        for name, value in context.items():
            said = translator(language).t("Yes" if value else "No") if isinstance(value, bool) else value
            commands.append(_written(f"v_context_{name}", said))
        commands += (_written(name, value) for name, _, value in cells_of(grid, given_, language))
        commands += [*(("read", name) for name in read), ("close",)]
        expected.append((visit, _expected(scored(plan, given_, context=context))))
    found = iter(driven(commands, folder))
    for visit, wanted in expected:
        values = [next(found) for _ in read]
        kept = [value for name, value in zip(READ, wanted, strict=True) if name in read]
        assert all(map(_same, values, kept)), (values, kept, visit[1:], visit[0].standard)
    return len(expected)


def _written(name: str, value: object) -> tuple[str, ...]:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return "number", name, repr(round(float(value), 12))  # LibreOffice's Basic reads no number near 1e-308
    return "text", name, str(value)


def test_drawn_standards_score_as_the_engine_scores_them(tmp_path: Path) -> None:
    read = tuple(name for name in READ if name != "live_level")
    visits = [*_drawn(70, 1), *_drawn(70, 2, policies=True)]
    assert _compared(visits, tmp_path, "en", read) > 70


def _one(scale: Any, rng: random.Random) -> Any:
    """Answer once, at random."""
    match scale:
        case Choices():
            return rng.choice(list(scale.choices))
        case Curve():
            return rng.randint(0, int(max(x for x, _ in scale.curve)) + 50)
        case Steps():
            return rng.randint(0, 4)
        case Range():
            return rng.uniform(*sorted(scale.range))
        case _:
            return rng.choice(list(scale.choices)) if scale.choices else "dit"


def _answered(plan: Plan, node: CriterionNode, rng: random.Random) -> Any:
    """Answer a criterion at random, now and then not at all, or with N/A."""
    chance, scale = rng.random(), scale_of(plan.standard, node.criterion)
    if chance < 0.15:
        return None
    if chance < 0.22 and node.gauge.scored:
        return "na"
    if isinstance(scale, Choices) and scale.multiple:
        return rng.sample(list(scale.choices), rng.randint(1, len(scale.choices)))
    if node.criterion.repeat is not None:
        return [_one(scale, rng) for _ in range(rng.randint(1, 4))]
    return _one(scale, rng)


def _guess(plan: Plan, rng: random.Random, node: SectionNode | None = None) -> dict[str, Any]:
    """Answer every criterion of a standard, or of a section of it."""
    found: dict[str, Any] = {}
    for child in (node or plan.root).children:
        if isinstance(child, CriterionNode):
            found[child.id] = _answered(plan, child, rng)
        elif child.repeat is None:
            found |= _guess(plan, rng, child)
        else:
            found[child.id] = [_guess(plan, rng, child) for _ in range(rng.randint(1, 3))]
    return found


def test_the_branch_standard_scores_as_the_engine_scores_it(tmp_path: Path) -> None:
    standard = load(sources.read("examples/agence/standard.yaml"), Standard).value
    assert standard is not None
    plan, rng = compile_standard(standard), random.Random(4)  # noqa: S311 - drawn the same each time
    facts = ("appointment", "complaint")
    visits: list[Visit] = [
        (plan, _guess(plan, rng), {name: rng.random() < 0.5 for name in facts} | {"counters_open": 3})
        for _ in range(25)
    ]
    assert _compared(visits, tmp_path, "fr") == 25


RULES = unchecked(
    criterion("desk", scale={"info": "choice", "choices": {"open": None, "5": None}}),
    criterion("wait", scale={"curve": [[60, 1], [300, 0]], "unit": "s"}, repeat="mean", severity="major", weight=2),
    criterion("calm", applies_when="answers.wait > 120 or answers.desk == 'open'", severity="critical"),
    section(
        "rooms",
        criterion("clean", scale={"choices": {"good": 2, "fair": 1, "bad": 0}}, facets={"place": "in"}),
        criterion("lit", applies_when="answers.clean != 'bad' and answers.desk in ['open', 5]"),
        criterion("extra", bonus=True, weight=0.5),
        repeat="worst",
        weight=3,
    ),
    section("late", criterion("bill"), criterion("bye"), applies_when="not context.hurry"),
    context={"hurry": {"type": "bool", "default": False}, "size": {"type": "choice", "values": ["small", "big"]},
             "staff": {"type": "number", "default": 2}},
    parameters={"worst": 0.3, "by": {"5": 2}},
    facets={"place": {"values": {"in": None, "out": None}}},
    scoring={
        "measures": {
            "low": {"agg": "min", "of": "score", "over": "sections"},
            "gap": "score - low if low < 0.9 else 0 - 0.1",
            "heavy": {"agg": "sum", "of": "weight * score", "where": "severity != 'minor'"},
            "bad": {"agg": "count", "that": "outcome == 'not_met' and weight >= 1"},
            "share": {"agg": "share", "that": "score >= 0.5"},
            "total": {"agg": "sum", "of": "max", "all": True},
            "rounded": "round(score * 10) / parameters.by[5] + max(0, min(context.staff, 4)) - abs(0 - 1)",
        },
        "levels": ["a", "b", "c", "d"],
        "ladder": [
            {"level": "a", "when": "score >= 0.9 and gap <= 0.05 and share == 1"},
            {"level": "b", "when": "0.5 <= score and (bad < 3 or context.size == 'big') and total > 3"},
            {"level": "c", "when": "rounded > 3 and not (heavy < 0.2)"},
            {"level": "d"},
        ],
        "limits": [
            {"id": "critical", "when": "missed.critical > 0", "at_most": "c"},
            {"id": "rooms", "when": "sections.rooms < parameters.worst and coverage > 0.2", "fail": True},
        ],
        "pass": {"level": "b"},
        "policies": {"coverage_floor": 0.3},
    },
)  # fmt: skip


def test_conditions_measures_limits_and_repeated_sections_conclude_as_the_engine_does(tmp_path: Path) -> None:
    rng = random.Random(11)  # noqa: S311 - drawn the same each time
    visits: list[Visit] = []
    for _ in range(60):
        context: dict[str, Any] = {"size": rng.choice(["small", "big"])}
        if rng.random() < 0.7:
            context["hurry"] = rng.random() < 0.5
        if rng.random() < 0.5:
            context["staff"] = rng.randint(0, 6)
        visits.append((RULES, _guess(RULES, rng), context))
    assert not RULES.problems
    assert _compared(visits, tmp_path, "fr") == 60


def test_a_duration_below_nothing_counts_for_nothing_in_a_sheet_either(tmp_path: Path) -> None:
    scales = [{"curve": [[0, 1], [300, 0]], "unit": "s"}, {"steps": [[5, 1], [None, 0]], "unit": "min"},
              {"curve": [[-60, 1], [60, 0]], "unit": "s"}]  # fmt: skip
    made = unchecked(*(criterion(f"c{n}", scale=scale) for n, scale in enumerate(scales)), criterion("calm"))
    visits: list[Visit] = [(made, {"c0": value, "c1": value, "c2": value, "calm": "no"}, {}) for value in (-5, 0, 3)]
    assert [scored(made, given).result.counts.observed for _, given, _ in visits] == [2, 4, 4]
    assert _compared(visits, tmp_path, "en") == 3


def test_every_combination_a_sheet_does_not_work_out_says_so() -> None:
    by_attributes = unchecked(
        criterion("a"), scoring={"limits": [{"id": "x", "when": "score < 0.5", "score": 0.1}], "combine": "mean"}
    )
    sheets = lay_out(grid_of(by_attributes), translator("fr"))
    result = sheets.parts[0].result
    assert result.scored
    assert result.verdict == "noté à l’import"
    ticks = unchecked(criterion("a", scale={"choices": {"x": 1, "y": 2}, "multiple": True}, repeat="mean"))
    assert lay_out(grid_of(ticks), translator("fr")).parts[0].result.score == "noté à l’import"


def test_several_standards_and_the_whole_score_as_the_engine_scores_them(tmp_path: Path) -> None:
    opened = Checklists(Library()).open(sources.read("examples/parcours/grille.yaml"))
    assert opened.grid is not None
    visits = sorted(Path("examples/parcours/appels").glob("*.yaml"))
    blank = tmp_path / "blank.xlsx"
    blank.write_bytes(render(opened.grid, "en"))
    commands: list[tuple[str, ...]] = []
    for visit in visits:
        data = sources.read(visit).data
        assert isinstance(data, dict)
        commands.append(("open", str(blank)))
        commands += (_written(name, value) for name, _, value in cells_of(opened.grid, data["answers"], "en"))
        commands += [("read", "live_whole"), ("read", "live_score_1"), ("read", "live_score_2"), ("close",)]
    found = iter(driven(commands, tmp_path))
    for visit in visits:
        for one in Audit(Library()).visit(sources.read(visit)).scored:
            assert _same(next(found), one.result.figures.score)
