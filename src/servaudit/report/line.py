"""One visit on one line, for lists too long to hold a view of each visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servaudit.report import words
from servaudit.report.figures import Figures

if TYPE_CHECKING:
    from servaudit.i18n import Translator
    from servaudit.model.scorecard import Scorecard
    from servaudit.model.standard import Standard
    from servaudit.report.view import Badge, Result


class Line(NamedTuple):
    """A visit, its result, and how many findings it has."""

    id: str
    title: str
    date_text: str | None
    result: Result
    verdict: Badge
    findings: str
    critical: int


def line_view(card: Scorecard, standard: Standard, tr: Translator) -> Line:
    """Make the line of one visit."""
    result = Figures(standard, tr).result(card.score, card.points, card.max_points, card.level)
    name, date = words.clean(card.visit.id), card.visit.date
    critical = sum(finding.severity == "critical" for finding in card.findings)
    found = tr.n("{count} finding", "{count} findings", len(card.findings)) if card.findings else ""
    if critical:
        found += tr.n(", {count} critical", ", {count} critical ones", critical)
    return Line(
        name, words.cleaned(card.visit.site) or name, tr.date(date) if date else None,
        result, words.verdict_badge(card.verdict, tr), found, critical,
    )  # fmt: skip
