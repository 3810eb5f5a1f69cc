"""Writes scorecards as JSON, `servaudit/scores/1`, spelled out field by field so that it changes only on purpose.

Floats are rounded to 9 decimals, what two scores are compared on; `null` means that there is no such figure.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from servaudit import __version__
from servaudit.diagnostics import Cell, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from servaudit.diagnostics import Diagnostic
    from servaudit.model.scorecard import (
        CriterionScore,
        LimitResult,
        RollupCard,
        Scorecard,
        SectionScore,
        StandardRef,
        VisitFacts,
    )

SCHEMA = "servaudit/scores/1"
GENERATOR = {"name": "servaudit", "version": __version__}
DECIMALS = 9


def render(
    scorecards: Iterable[Scorecard],
    rollups: Iterable[RollupCard] = (),
    problems: Iterable[Diagnostic] = (),
    *,
    indent: int | None = 2,
) -> bytes:
    """Write one document of all scorecards, rollups and problems, in their order; the same input, the same bytes.

    `indent` None writes one line, in a third of the time: for what no person reads.
    """
    document = {
        "schema": SCHEMA,
        "generator": GENERATOR,
        "scorecards": [scorecard(card) for card in scorecards],
        "rollups": [rollup(card) for card in rollups],
        "problems": [problem(diagnostic) for diagnostic in problems],
    }
    return encode(document, indent=indent)


def encode(document: Mapping[str, object], indent: int | None = None) -> bytes:
    """Write any JSON document the way every output of servaudit is: UTF-8, rounded, a line end at its end."""
    text = json.dumps(_plain(document), ensure_ascii=False, allow_nan=False, indent=indent)
    return f"{text}\n".encode("utf-8", "replace")


def scorecard(card: Scorecard) -> dict[str, Any]:
    """Spell out one scorecard."""
    low, high = card.bounds
    return {
        "visit": _visit(card.visit),
        "standard": _standard(card.standard),
        "checklist": None if card.checklist is None else _standard(card.checklist),
        "role": card.role,
        "observation": {
            "path": card.observation.path,
            "sha256": card.observation.sha256,
            "made_with": card.observation.made_with,
        },
        "score": card.score,
        "score_before_limits": card.score_before_limits,
        "points": card.points,
        "points_before_limits": card.points_before_limits,
        "max_points": card.max_points,
        "level": card.level,
        "level_before_limits": card.level_before_limits,
        "target": card.target,
        "verdict": card.verdict,
        "passed": card.passed,
        "reason": card.reason,
        "pass_mark": card.pass_mark,
        "coverage": card.coverage,
        "bounds": {"low": low, "high": high},
        "counts": card.counts,
        "sections": [_section(section) for section in card.sections],
        "weakest": card.weakest,
        "out_of_scope": card.out_of_scope,
        "criteria": [_criterion(criterion) for criterion in card.criteria],
        "facets": [
            {
                "facet": facet.facet,
                "value": facet.value,
                "score": facet.score,
                "weight": facet.weight,
                "criteria": facet.criteria,
            }
            for facet in card.facets
        ],
        "measures": card.measures,
        "limits": [_limit(limit) for limit in card.limits],
        "overrides": [
            {
                "of": override.of,
                "computed": override.computed,
                "to": override.to,
                "by": override.by,
                "reason": override.reason,
                "date": override.date,
            }
            for override in card.overrides
        ],
        "findings": [
            {
                "criterion": finding.criterion,
                "path": finding.path,
                "outcome": finding.outcome,
                "severity": finding.severity,
                "lost": finding.lost,
            }
            for finding in card.findings
        ],
        "strengths": card.strengths,
        "commendations": [
            {"criterion": praise.criterion, "note": praise.note, "team": praise.team} for praise in card.commendations
        ],
    }


def rollup(card: RollupCard) -> dict[str, Any]:
    """Spell out what several visits came to together."""
    return {
        "standard": _standard(card.standard),
        "visits": card.visits,
        "scored": card.scored,
        "score": card.score,
        "level": card.level,
        "level_before_limits": card.level_before_limits,
        "verdict": card.verdict,
        "passed": card.passed,
        "measures": card.measures,
        "limits": [_limit(limit) for limit in card.limits],
    }


def problem(diagnostic: Diagnostic) -> dict[str, Any]:
    """Spell out one problem; messages are in English, as every word of a machine's format."""
    where = diagnostic.where
    place: dict[str, Any] = {}
    if isinstance(where, Span):
        place = {"line": where.line, "column": where.column, "end_column": where.end_column}
    elif isinstance(where, Cell):
        place = {"sheet": where.sheet, "cell": where.cell}
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "file": diagnostic.file,
        **place,
        "message": str(diagnostic.message),
        "help": None if diagnostic.help is None else str(diagnostic.help),
    }


def _visit(visit: VisitFacts) -> dict[str, Any]:
    return {
        "id": visit.id,
        "site": visit.site,
        "date": visit.date,
        "started": visit.started,
        "ended": visit.ended,
        "auditor": visit.auditor,
        "source": visit.source,
        "context": visit.context,
        "note": visit.note,
    }


def _standard(standard: StandardRef) -> dict[str, Any]:
    return {"id": standard.id, "version": standard.version, "sha256": standard.sha256, "path": standard.path}


def _section(section: SectionScore) -> dict[str, Any]:
    return {
        "id": section.id,
        "path": section.path,
        "depth": section.depth,
        "score": section.score,
        "points": section.points,
        "max_points": section.max_points,
        "weight": section.weight,
        "effective_weight": section.effective_weight,
        "lost": section.lost,
        "coverage": section.coverage,
        "combine": section.combine,
        "excluded": section.excluded,
    }


def _criterion(criterion: CriterionScore) -> dict[str, Any]:
    return {
        "id": criterion.id,
        "path": criterion.path,
        "section": criterion.section,
        "outcome": criterion.outcome,
        "raw": criterion.raw,
        "value": criterion.value,
        "answers": [
            {"raw": reading.raw, "value": reading.value, "points": reading.points, "count": reading.count}
            for reading in criterion.readings
        ],
        "n": criterion.n,
        "score": criterion.score,
        "points": criterion.points,
        "max_points": criterion.max_points,
        "weight": criterion.weight,
        "effective_weight": criterion.effective_weight,
        "lost": criterion.lost,
        "severity": criterion.severity,
        "status": criterion.status,
        "facets": criterion.facets,
        "bonus": criterion.bonus,
        "hidden": criterion.hidden,
        "note": criterion.note,
        "evidence": [{"path": file.path, "sha256": file.sha256} for file in criterion.evidence],
    }


def _limit(limit: LimitResult) -> dict[str, Any]:
    return {
        "id": limit.id,
        "fired": limit.fired,
        "action": limit.action,
        "value": limit.value,
        "changed": limit.changed,
    }


_AS_IT_IS = frozenset({str, int, bool, type(None)})


def _plain(value: object) -> object:
    """Round floats to 9 decimals (never -0.0) and make of everything what JSON has a word for."""
    kind = type(value)
    if kind in _AS_IT_IS:
        return value
    if kind is dict:
        # A scorecard has two thousand values: those that stay as they are need no call.
        return {str(name): item if type(item) in _AS_IT_IS else _plain(item) for name, item in value.items()}  # type: ignore[attr-defined] # a dictionary
    if isinstance(value, float):
        rounded = round(float(value), DECIMALS) + 0.0
        return int(rounded) if rounded.is_integer() and abs(rounded) < 2**53 else rounded
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "items"):
        return {str(name): _plain(item) for name, item in value.items()}
    return value if isinstance(value, str | int) else str(value)
