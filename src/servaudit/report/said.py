"""What an aggregate does, in words: measures over criteria, sections or visits, and observations combined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.diagnostics import msg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servaudit.diagnostics import Message
    from servaudit.i18n import Translator
    from servaudit.scoring.plan import MeasureRule

_AGGREGATES: Mapping[str, Message] = {
    "sum": msg("sum of “{of}”, over {items}"),
    "max": msg("greatest value of “{of}”, over {items}"),
    "min": msg("least value of “{of}”, over {items}"),
    "mean": msg("mean of “{of}”, over {items}"),
    "count": msg("how many there are, among {items}"),
    "share": msg("part that fulfils “{that}”, among {items}"),
}
_ITEMS: Mapping[tuple[str, bool], Message] = {
    ("criteria", False): msg("the criteria scored"),
    ("criteria", True): msg("all criteria"),
    ("sections", False): msg("the sections scored"),
    ("sections", True): msg("all sections"),
    ("visits", False): msg("the visits scored"),
    ("visits", True): msg("all visits"),
}


def measure_words(rule: MeasureRule, tr: Translator) -> str:
    """Say how a measure is computed; an expression stays as the standard writes it."""
    if rule.agg is None:
        return rule.of.source.strip() if rule.of else ""
    values = {name: one.source.strip() for name, one in (("of", rule.of), ("that", rule.that)) if one is not None}
    template = _AGGREGATES[rule.agg]
    if rule.agg == "count" and rule.that is not None:
        template = msg("how many fulfil “{that}”, among {items}")
    text = tr.t(template.template, items=_ITEMS[rule.over, rule.all], **values)
    if rule.where is None:
        return text
    return tr.t("{text} where “{condition}” holds", text=text, condition=rule.where.source.strip())


def observed(how: str, count: int, tr: Translator) -> str:
    """Say how several observations of one thing are combined."""
    match how:
        case "mean":
            return tr.n("mean of {count} observation", "mean of {count} observations", count)
        case "sum":
            return tr.n("sum of {count} observation", "sum of {count} observations", count)
        case "worst":
            return tr.n("the worst of {count} observation", "the worst of {count} observations", count)
        case "best":
            return tr.n("the best of {count} observation", "the best of {count} observations", count)
        case _:
            return tr.n("median of {count} observation", "median of {count} observations", count)
