"""Scorecards made by hand, for tests of what comes after scoring."""

from __future__ import annotations

import json
from typing import Any

from servaudit.model.scorecard import (
    CriterionScore,
    EvidenceFile,
    FacetScore,
    Finding,
    LimitResult,
    ObservationRef,
    OverrideResult,
    Praise,
    Reading,
    RollupCard,
    Scorecard,
    SectionScore,
    StandardRef,
    VisitFacts,
)

HOSTILE = {
    "formula": "=1+1",
    "command": "=cmd|'/c calc'!A0",
    "sum": "@SUM(A1)",
    "plus": "+1",
    "minus": "-2+3",
    "tab": "\t=1",
    "error": "#N/A",
    "escape": "_x0041_",
    "control": "a\x00b\x1b[31mc\x07",
    "markup": "<script>alert(1)</script>&amp;<b>",
    "jinja": "{{ 7*7 }}{% for x in y %}",
    "long": "é" * 40_000,
    "surrogate": "lone \ud800 half",
    "emoji": "👍" * 3,
    "lines": "one\r\ntwo\nthree",
}


def hostile_visit() -> str:
    """Write an observation of `tests/cases/standards/counter.yaml` with hostile text wherever somebody types."""
    notes = ("greeted", "smile", "wait", "mark", "exit_clear")
    texts = [*HOSTILE.values()]
    answers = {name: {"value": "na", "note": text} for name, text in zip(notes, texts, strict=False)}
    answers["mark"] = {"value": 3, "note": "".join(texts[:4])}
    document = {
        "kind": "observation", "standard": "counter@1.0.0", "note": HOSTILE["long"],
        "visit": {"id": HOSTILE["formula"], "site": HOSTILE["markup"], "auditor": HOSTILE["jinja"],
                  "source": HOSTILE["command"], "context": {"open_counters": 2}},
        "answers": answers,
        "commendations": [{"note": text} for text in texts],
    }  # fmt: skip
    return json.dumps(document)


def criterion(identity: str, **changes: Any) -> CriterionScore:
    """A criterion met with yes; changes are fields."""
    base = CriterionScore(
        id=identity, path=f"welcome.{identity}", section="welcome", outcome="met", raw="yes", value="yes", points=1.0,
        max_points=1.0, score=1.0, n=1, weight=1.0, effective_weight=0.25, lost=0.0, severity="minor", status=None,
        facets={"stage": "welcome"}, bonus=False, hidden=False, note=None, evidence=(),
        readings=(Reading("yes", "yes", 1.0),),
    )  # fmt: skip
    return base._replace(**changes)


def not_met(identity: str, **changes: Any) -> CriterionScore:
    """A criterion answered no."""
    fields: dict[str, Any] = {
        "outcome": "not_met", "raw": "no", "value": "no", "points": 0.0, "score": 0.0, "lost": 0.25,
        "readings": (Reading("no", "no", 0.0),),
    }  # fmt: skip
    return criterion(identity, **(fields | changes))


def scorecard(**changes: Any) -> Scorecard:
    """A visit of four criteria in two sections, failed by a limit; changes are fields."""
    criteria = (
        criterion("greeted", note="Sourire franc", evidence=(EvidenceFile("photos/smile.jpg", "ab" * 32),)),
        criterion(
            "wait", raw=[270, "2 min"], value=195.0, outcome="partly", points=0.4375, score=0.4375, n=2, lost=0.140625,
            readings=(Reading(270, 270.0, 0.125), Reading("2 min", 120.0, 0.75)),
        ),
        not_met("exit_clear", severity="critical", section="place", path="place.exit_clear", note="Cartons"),
        criterion(
            "ramp", outcome="unobserved", raw=None, value=None, points=None, score=None, lost=None,
            effective_weight=None, section="place", path="place.ramp", readings=(), n=0,
        ),
    )  # fmt: skip
    base = Scorecard(
        visit=VisitFacts(
            "lyon-2026-11-03", "lyon_part_dieu", "2026-11-03", "10:15", "10:50", "A12", "mystery",
            {"counters_open": 3.0}, "Jour de marché",
        ),
        standard=StandardRef("branch_welcome", "1.2.0", "cd" * 32, "standards/branch_welcome.yaml"),
        observation=ObservationRef("lyon.yaml", "ef" * 32),
        score=0.609375, score_before_limits=0.609375, points=None, points_before_limits=None, max_points=None,
        level="C", level_before_limits="B", target=None, verdict="limited", passed=False, reason=None, pass_mark=0.6,
        coverage=0.75, bounds=(0.45703125, 0.70703125),
        counts={"met": 1, "partly": 1, "not_met": 1, "not_applicable": 0, "unobserved": 1, "recorded": 0},
        sections=(
            SectionScore("welcome", "welcome", 1, 0.71875, None, None, 1.0, 0.5, 0.140625, 1.0, "mean", False),
            SectionScore("place", "place", 1, 0.0, None, None, 1.0, 0.5, 0.25, 0.5, "mean", False),
        ),
        criteria=criteria,
        facets=(FacetScore("stage", "welcome", 0.609375, 1.0, 4),),
        measures={"worst": 0.0, "third": 1 / 3},
        limits=(LimitResult("critical_missed", True, "at_most", "C", True),),
        overrides=(OverrideResult("level", "C", "B", "A02", "Relu", "2026-11-05"),),
        findings=(
            Finding("exit_clear", "place.exit_clear", "not_met", "critical", 0.25),
            Finding("wait", "welcome.wait", "partly", "minor", 0.140625),
        ),
        strengths=("welcome.greeted",),
        commendations=(Praise("greeted", "Bravo à l’équipe", "accueil"),),
        weakest="place",
    )  # fmt: skip
    return base._replace(**changes)


def rollup(**changes: Any) -> RollupCard:
    """Two visits, one verdict; changes are fields."""
    base = RollupCard(
        standard=scorecard().standard, visits=2, scored=2, score=0.7, level=None, level_before_limits=None,
        verdict="passed", passed=True, measures={"accuracy": 0.95}, limits=(),
    )  # fmt: skip
    return base._replace(**changes)
