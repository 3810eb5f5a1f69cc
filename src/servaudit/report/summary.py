"""What several visits say together: the table that opens the report, what fails most often, and rollups."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from servaudit.report import words
from servaudit.report.rows import Rows, clamped
from servaudit.report.view import CountRow, Figure, FrequentFinding, RollupView, Summary, SummaryRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servaudit.i18n import Translator
    from servaudit.model.scorecard import RollupCard
    from servaudit.model.standard import Standard
    from servaudit.report.view import CriterionRow, VisitView

_FREQUENT = 10
_JUDGED = ("met", "partly", "not_met")


def summary(visits: Sequence[VisitView], tr: Translator, mean: Figure | None = None) -> Summary:
    """Sum up several visits; `mean` is the mean of their scores where one standard scored them all."""
    alone = [visit for visit in visits if visit.role != "part"]
    return Summary(
        visits=len(alone),
        sentence=tr.n("{count} visit", "{count} visits", len(alone)),
        verdicts=_verdicts(alone),
        mean=mean,
        rows=_rows(visits),
        frequent=_frequent(visits, tr),
    )


def mean_score(visits: Sequence[VisitView], standard: Standard, tr: Translator) -> Figure | None:
    """Write the mean score of visits scored against one standard; None when none has a score."""
    scores = [visit.result.score.value for visit in visits if visit.result.score.value is not None]
    return Rows(standard, tr).figures.score(math.fsum(scores) / len(scores)) if scores else None


def _rows(visits: Sequence[VisitView]) -> tuple[SummaryRow, ...]:
    """Make a row of every visit; the whole of several standards, which come after it, has the findings of all."""
    rows: list[SummaryRow] = []
    whole = 0
    for place, visit in enumerate(visits):
        row = _row(visit)
        if row.role == "part":
            first = rows[whole]
            found = first.findings + row.findings, first.critical + row.critical
            rows[whole] = first._replace(findings=found[0], critical=found[1])
        else:
            whole = place
        rows.append(row)
    return tuple(rows)


def _row(visit: VisitView) -> SummaryRow:
    return SummaryRow(
        anchor=visit.anchor,
        address=f"#{visit.anchor}",
        id=visit.id,
        title=visit.standard_title if visit.role == "part" else visit.title,
        date=visit.date,
        date_text=visit.date_text,
        standard=visit.standard_title,
        result=visit.result,
        ratio=visit.ratio,
        verdict=visit.verdict,
        findings=len(visit.findings),
        critical=sum(finding.criterion.severity.key == "critical" for finding in visit.findings),
        role=visit.role,
        name=visit.standard_title if visit.role == "part" else visit.name,
    )


def _verdicts(visits: Sequence[VisitView]) -> tuple[CountRow, ...]:
    found = {visit.verdict.key: visit.verdict for visit in visits}
    counts = {key: sum(visit.verdict.key == key for visit in visits) for key in words.VERDICT_WORDS if key in found}
    return tuple(CountRow(found[key], count, count / len(visits)) for key, count in counts.items())


def _frequent(visits: Sequence[VisitView], tr: Translator) -> tuple[FrequentFinding, ...]:
    """Rank criteria by on how many visits they were not (fully) met, then by their share of those that judged them."""
    judged: dict[tuple[str, str], int] = {}
    missed: dict[tuple[str, str], int] = {}
    shown: dict[tuple[str, str], CriterionRow] = {}
    titles: dict[str, str] = {}
    for visit in visits:
        titles[visit.identity.standard] = visit.standard_title
        rows = {row.id: row for row in visit.criteria if row.outcome.key in _JUDGED}
        wrong = {finding.criterion.id for finding in visit.findings}
        for identifier, row in rows.items():
            key = visit.identity.standard, identifier
            shown[key] = row
            judged[key] = judged.get(key, 0) + 1
            missed[key] = missed.get(key, 0) + (identifier in wrong)
    order = {"critical": 0, "major": 1, "minor": 2}
    ranked = sorted(
        (key for key, count in missed.items() if count),
        key=lambda key: (-missed[key], -missed[key] / judged[key], order[shown[key].severity.key], key),
    )
    return tuple(
        FrequentFinding(
            text=shown[key].text,
            standard=titles[key[0]],
            severity=shown[key].severity,
            missed=missed[key],
            judged=judged[key],
            share=_share(missed[key] / judged[key], tr),
            sentence=tr.n("{missed} of {count} visit", "{missed} of {count} visits", judged[key], missed=missed[key]),
        )
        for key in ranked[:_FREQUENT]
    )


def _share(ratio: float, tr: Translator) -> Figure:
    return Figure(ratio, tr.percent(ratio))


def rollup_view(card: RollupCard, standard: Standard, tr: Translator) -> RollupView:
    """Make the view of several visits rolled up into one verdict."""
    rows = Rows(standard, tr)
    rollup = standard.rollup
    title = (rows.say(rollup.title) if rollup else None) or rows.say(standard.title) or standard.id
    result = rows.figures.result(card.score, None, None, card.level)
    before = rows.figures.result(card.score, None, None, card.level_before_limits)
    return RollupView(
        title=title,
        standard=f"{standard.id} {standard.version}",
        visits=card.visits,
        scored=card.scored,
        sentence=tr.n("{scored} of {count} visit scored", "{scored} of {count} visits scored", card.visits,
                      scored=card.scored),
        result=result,
        before=before if before != result else None,
        ratio=clamped(card.score),
        verdict=words.verdict_badge(card.verdict, tr),
        passed=card.passed,
        measures=rows.measures(card.measures, rollup.measures if rollup else {}),
        limits=rows.limits(card.limits, rollup.limits if rollup else None),
    )  # fmt: skip
