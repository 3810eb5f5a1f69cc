"""What several visits say together: the table that opens the report, what fails most often, and rollups."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from servaudit.model.standard import GRAVITY
from servaudit.report import words
from servaudit.report.document import FrequentFinding, RollupView, Summary, SummaryRow
from servaudit.report.rows import Rows, clamped
from servaudit.report.view import CountRow, Figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servaudit.i18n import Translator
    from servaudit.model.scorecard import CriterionScore, RollupCard, Scorecard
    from servaudit.model.standard import Standard

_FREQUENT = 10
_JUDGED = ("met", "partly", "not_met")


def summary(
    cards: Sequence[Scorecard],
    rows: Sequence[Rows],
    names: Sequence[str],
    tr: Translator,
    mean: Figure | None = None,
    ranked: Sequence[FrequentFinding] = (),
    *,
    linked: bool = True,
) -> Summary:
    """Sum up several visits, each with the rows of its standard and its name.

    `mean` is the mean of their scores where one standard scored them all, `ranked` what they `missed`; `linked`:
    whether each is shown below.
    """
    alone = [card for card in cards if card.role != "part"]
    return Summary(
        visits=len(alone),
        sentence=tr.n("{count} visit", "{count} visits", len(alone)),
        verdicts=_verdicts(alone, tr),
        mean=mean,
        rows=_rows(cards, rows, names, tr, linked=linked),
        frequent=tuple(ranked[:_FREQUENT]),
    )


def mean_score(cards: Sequence[Scorecard], rows: Rows) -> Figure | None:
    """Write the mean score of visits scored against one standard; None when none has a score."""
    scores = [card.score for card in cards if card.role != "part" and card.score is not None]
    return rows.figures.score(math.fsum(scores) / len(scores)) if scores else None


def _rows(
    cards: Sequence[Scorecard], rows: Sequence[Rows], names: Sequence[str], tr: Translator, *, linked: bool
) -> tuple[SummaryRow, ...]:
    """Make a row of every visit; the whole of several standards, which comes before them, has the findings of all."""
    found: list[SummaryRow] = []
    whole = 0
    for place, (card, own, name) in enumerate(zip(cards, rows, names, strict=True)):
        row = _row(card, own, name, f"visit-{place + 1}", tr, linked=linked)
        if row.role == "part":
            first = found[whole]
            both = first.findings + row.findings, first.critical + row.critical
            found[whole] = first._replace(findings=both[0], critical=both[1])
        else:
            whole = place
        found.append(row)
    return tuple(found)


def _row(card: Scorecard, rows: Rows, name: str, anchor: str, tr: Translator, *, linked: bool) -> SummaryRow:
    standard, title, date = rows.section_title(""), words.site(card), card.visit.date
    part = card.role == "part"
    return SummaryRow(
        anchor=anchor,
        address=f"#{anchor}" if linked else "",
        id=words.clean(card.visit.id),
        title=standard if part else title,
        date=date,
        date_text=tr.date(date) if date else None,
        standard=standard,
        result=rows.figures.result(card.score, card.points, card.max_points, card.level),
        ratio=clamped(card.score),
        verdict=words.verdict_badge(card.verdict, tr),
        findings=len(card.findings),
        critical=sum(finding.severity == "critical" for finding in card.findings),
        role=card.role,
        name=standard if part else name,
        coverage=rows.figures.share(card.coverage, 0),
    )


def _verdicts(cards: Sequence[Scorecard], tr: Translator) -> tuple[CountRow, ...]:
    counts = Counter(card.verdict for card in cards)
    return tuple(
        CountRow(words.verdict_badge(key, tr), counts[key], counts[key] / len(cards))
        for key in words.VERDICT_WORDS
        if counts[key]
    )


def missed(cards: Sequence[Scorecard], rows: Sequence[Rows], tr: Translator) -> tuple[FrequentFinding, ...]:
    """Rank criteria by on how many visits they were not (fully) met, then critical first, then by their share.

    A criterion of a repeated section counts once a visit.
    """
    judged: Counter[tuple[str, str]] = Counter()
    wrong: Counter[tuple[str, str]] = Counter()
    shown: dict[tuple[str, str], tuple[Rows, CriterionScore]] = {}
    for card, own in zip(cards, rows, strict=True):
        standard = card.standard.id
        judged.update({(standard, score.id) for score in card.criteria if score.outcome in _JUDGED})
        missed = {(standard, finding.criterion) for finding in card.findings}
        wrong.update(missed)
        if not missed <= shown.keys():
            scores = {(standard, score.id): score for score in card.criteria if score.outcome in _JUDGED}
            shown.update((key, (own, scores[key])) for key in missed - shown.keys())
    ranked = sorted(
        wrong, key=lambda key: (-wrong[key], GRAVITY[shown[key][1].severity], -wrong[key] / judged[key], key)
    )
    return tuple(_missed(*shown[key], wrong[key], judged[key], tr) for key in ranked)


def _missed(rows: Rows, score: CriterionScore, missed: int, judged: int, tr: Translator) -> FrequentFinding:
    return FrequentFinding(
        text=rows.criterion_text(score.id),
        guidance=rows.guidance(score),
        standard=rows.section_title(""),
        severity=words.severity_badge(score.severity, tr),
        missed=missed,
        judged=judged,
        share=_share(missed / judged, tr),
        sentence=tr.n("{missed} of {count} visit", "{missed} of {count} visits", judged, missed=missed),
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
