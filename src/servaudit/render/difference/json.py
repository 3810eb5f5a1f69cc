"""Writes a difference as JSON, `servaudit/diff/1`, spelled out field by field; words are in English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servaudit.render.json import GENERATOR, encode

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from servaudit.change.change import Change
    from servaudit.change.difference import Difference
    from servaudit.change.impact import Came, Effect
    from servaudit.diagnostics import Span
    from servaudit.report.change import Version

SCHEMA = "servaudit/diff/1"


def render(
    difference: Difference,
    standard: str,
    sides: tuple[Version, Version],
    places: Callable[[Change], Span],
    effects: Sequence[Effect] | None = None,
) -> bytes:
    """Write the document; `effects` None: no visit was scored. The same input, the same bytes."""
    old, new = sides
    document = {
        "schema": SCHEMA,
        "generator": GENERATOR,
        "standard": standard,
        "old": old._asdict(),
        "new": new._asdict(),
        "level": difference.level,
        "wanted": difference.wanted,
        "enough": difference.enough,
        "changes": [_change(change, places(change)) for change in difference.changes],
        "impact": None if effects is None else [_effect(each) for each in effects],
    }
    return encode(document, indent=2)


def _change(change: Change, place: Span) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "level": change.level,
        "subject": change.subject,
        "field": change.field,
        "language": change.language,
        "old": change.old,
        "new": change.new,
        "why": str(change.why) if change.why else None,
        "side": change.side,
        "path": list(change.path),
        "file": place.file,
        "line": place.line,
        "column": place.column,
    }


def _effect(each: Effect) -> dict[str, Any]:
    return {
        "path": each.path,
        "visit": each.visit,
        "site": each.site,
        "date": each.date,
        "before": _came(each.before),
        "after": _came(each.after),
        "moved": each.moved,
        "delta": each.delta,
        "rank_before": each.rank_before,
        "rank_after": each.rank_after,
        "kept_aside": len(each.kept),
    }


def _came(came: Came) -> dict[str, Any]:
    return {
        "score": came.score,
        "points": came.points,
        "max_points": came.max_points,
        "level": came.level,
        "verdict": came.verdict,
        "refused": [str(reason) for reason in came.refused],
    }
