"""Names what a measure was computed from on one visit: sections by title, criteria by id, with their values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servaudit.report.rows import Rows
    from servaudit.scoring.plan import MeasureRule

_MANY: Final = 20
_NEAREST: Final = 5
_APART: Final = " · "


def taken(rule: MeasureRule, found: Sequence[tuple[Mapping[str, Any], Any]], rows: Rows) -> str | None:
    """Say what `gone_over` found, the value of each item as the measure's own is written.

    Of a least or a greatest value those that come nearest to it, it first; of a count or a share what counts; of a sum
    or a mean every part. None where there is nothing, or more than anybody reads.
    """
    if rule.agg in ("count", "share"):
        said = [_name(rule, names, rows) for names, counts in found if counts]
        return _APART.join(said) if 0 < len(said) <= _MANY else None
    known = [(names, value) for names, value in found if isinstance(value, int | float)]
    if rule.agg in ("min", "max"):
        known.sort(key=lambda pair: pair[1], reverse=rule.agg == "max")
    elif len(known) > _MANY:
        return None
    shown = known[:_NEAREST] if rule.agg in ("min", "max") else known
    said = [f"{_name(rule, names, rows)} → {rows.measured(rule.name, value)}" for names, value in shown]
    return _APART.join([*said, "…"] if len(shown) < len(known) else said) or None


def _name(rule: MeasureRule, names: Mapping[str, Any], rows: Rows) -> str:
    """Say a section's title or a criterion's id, which is shorter than its text and can be asked for."""
    return rows.section_title(names["id"]) if rule.over == "sections" else str(names["id"])
