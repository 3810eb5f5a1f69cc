"""One scorecard becomes one visit of the view model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.model.scorecard import OUTCOMES
from servaudit.report import words
from servaudit.report.method import method, pass_mark
from servaudit.report.origin import identity
from servaudit.report.radar import radar
from servaudit.report.rows import Rows, clamped
from servaudit.report.view import (
    CountRow,
    Fact,
    FindingRow,
    OverrideRow,
    PraiseRow,
    VisitView,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.i18n import Translator
    from servaudit.model.scorecard import OverrideResult, Scorecard
    from servaudit.model.standard import Standard
    from servaudit.report.explain import Step
    from servaudit.report.view import CriterionRow, Result

_STRENGTHS = 8
_NAMED = 10


def visit_view(
    card: Scorecard,
    standard: Standard,
    tr: Translator,
    *,
    generator: str,
    anchor: str = "visit",
    name: str | None = None,
    rows: Rows | None = None,
    explanation: Step | None = None,
) -> VisitView:
    """Make the view of one visit; `anchor` must be unique in the report it goes to, and `name` tells it from others.

    `rows` are the standard's, where several visits share them; `explanation` is what `explain` made of the visit.
    """
    rows = rows or Rows(standard, tr)
    result, before = _results(card, rows)
    how = dict(_hows(explanation)) if explanation else {}
    criteria = tuple(_explained(row, how.get(row.path, ()), tr) for row in rows.criteria(card, anchor))
    sections = tuple(row._replace(how=said) if (said := how.get(row.path)) else row for row in rows.sections(card))
    by_path = {row.path: row for row in criteria}
    found = {row.severity.key: row.severity for row in criteria}
    facts = card.visit
    title = rows.section_title("")
    return VisitView(
        anchor=anchor,
        id=words.clean(facts.id),
        title=words.site(card),
        site=words.cleaned(facts.site),
        date=facts.date,
        date_text=tr.date(facts.date) if facts.date else None,
        standard_title=title,
        facts=tuple(_facts(card, standard, title, rows, tr)),
        note=words.cleaned(facts.note),
        result=result,
        before=before,
        reason=words.why_no_score(card, tr),
        ratio=clamped(card.score),
        verdict=words.verdict_badge(card.verdict, tr),
        passed=card.passed,
        pass_mark=_pass_mark(card, rows, tr),
        target=card.target,
        coverage=rows.figures.share(card.coverage, 0),
        bounds_text=_bounds_text(card, rows, tr),
        counts=_counts(card, tr),
        limits=rows.limits(card.limits, standard.scoring.limits),
        overrides=tuple(override_row(override, rows, tr) for override in card.overrides),
        findings=tuple(
            FindingRow(row, _cost(row, card.max_points, rows, tr))
            for row in (by_path.get(finding.path) for finding in card.findings)
            if row
        ),
        strengths=_strengths(card, criteria),
        commendations=tuple(
            PraiseRow(words.clean(praise.note), rows.criterion_text(praise.criterion) if praise.criterion else None,
                      words.cleaned(praise.team))
            for praise in card.commendations
        ),
        sections=sections,
        facets=rows.facets(card.facets, card.pass_mark),
        criteria=criteria,
        groups=rows.groups(criteria),
        evidence=tuple(dict.fromkeys(file for row in criteria for file in row.evidence)),
        measures=rows.measures(card.measures, standard.scoring.measures),
        method=method(standard, rows, tr, whole=card.role == "whole"),
        identity=identity(card, generator),
        severities=tuple(found[key] for key in words.SEVERITY_WORDS if key in found),
        radar=radar((row.title, row.ratio) for row in sections if row.depth == 1),
        explanation=tuple(_outline(step) for step in explanation.steps) if explanation else (),
        role=card.role,
        name=name or words.site(card),
    )  # fmt: skip


def _hows(step: Step) -> Iterator[tuple[str, tuple[str, ...]]]:
    for child in step.steps:
        if child.name:
            yield child.name, tuple(map(words.clean, child.how))
        yield from _hows(child)


def _explained(row: CriterionRow, how: tuple[str, ...], tr: Translator) -> CriterionRow:
    """Say how a row came about; its note, which the row has already, is left out."""
    if not how:
        return row
    note = tr.t("note: {note}", note=row.note[:300]) if row.note else None
    return row._replace(how=tuple(line for line in how if line.strip() != note))


def _outline(step: Step, depth: int = 0) -> Step:
    """Keep the steps of the result and what they were made from; what is deeper is said by its own row."""
    steps = tuple(_outline(child, depth + 1) for child in step.steps) if depth == 0 else ()
    how = tuple(map(words.clean, step.how)) if depth == 0 or not step.steps else ()
    return step._replace(value=words.clean(step.value), how=how, steps=steps, place=None)


def _results(card: Scorecard, rows: Rows) -> tuple[Result, Result | None]:
    """Write the result, and the one before limits when limits changed it."""
    result = rows.figures.result(card.score, card.points, card.max_points, card.level)
    before = rows.figures.result(
        card.score_before_limits, card.points_before_limits, card.max_points, card.level_before_limits
    )
    return result, before if before != result and any(limit.fired for limit in card.limits) else None


def _pass_mark(card: Scorecard, rows: Rows, tr: Translator) -> str | None:
    match card.pass_mark:
        case None:
            return None
        case str() as level:
            return pass_mark(None, level, rows, tr)
        case score:
            return pass_mark(score, None, rows, tr)


def _checklist(card: Scorecard) -> str | None:
    """Name the checklist that a standard's answers were given with."""
    made = card.checklist
    return f"{made.id} {made.version}" if made is not None and card.role != "whole" else None


def _made_with(card: Scorecard, tr: Translator) -> str | None:
    """Say that the visit was made with another version than it is scored with."""
    made = card.observation.made_with
    if made is None:
        return None
    return tr.t("made with {old}, scored with {new}", old=made.partition("@")[2],
                new=(card.checklist or card.standard).version)  # fmt: skip


def _out_of_scope(card: Scorecard, tr: Translator) -> str | None:
    """Say what the checklist did not take of the standard: nobody was to observe it, so nothing is missing."""
    names = card.out_of_scope
    if not names:
        return None
    shown = tr.list(names) if len(names) <= _NAMED else ", ".join([*names[:_NAMED], "…"])
    return tr.n(
        "{count} criterion that the checklist does not take: {names}",
        "{count} criteria that the checklist does not take: {names}",
        len(names),
        names=shown,
    )


def _facts(card: Scorecard, standard: Standard, title: str, rows: Rows, tr: Translator) -> Iterator[Fact]:
    facts = card.visit
    times = "\u2013".join(time for time in (facts.started, facts.ended) if time)
    found = (
        (tr.t("Visit"), facts.id),
        (tr.t("Site"), facts.site),
        (tr.t("Date"), tr.date(facts.date) if facts.date else None),
        (tr.t("Time"), times),
        (tr.t("Auditor"), facts.auditor),
        (tr.t("Source"), words.source_word(facts.source, tr)),
        (tr.t("Checklist") if card.role == "whole" else tr.t("Standard"), f"{title} {standard.version}"),
        (tr.t("Found in git"), card.standard.in_git),
        (tr.t("Scored again"), _made_with(card, tr)),
        (tr.t("Checklist"), _checklist(card)),
        (tr.t("Out of scope"), _out_of_scope(card, tr)),
    )
    for label, text in found:
        if text:
            yield Fact(label, words.clean(text))
    for name, value in facts.context.items():
        declared = standard.context.get(name)
        if value is not None:
            called = rows.say(declared.title) if declared else None
            said = rows.say(declared.values.get(str(value))) if declared and declared.values else None
            yield Fact(called or name, said or rows.value(value))


def _bounds_text(card: Scorecard, rows: Rows, tr: Translator) -> str | None:
    low, high = (rows.figures.score(bound) for bound in card.bounds)
    if low.value is None or high.value is None or low == high:
        return None
    return tr.t("between {low} and {high}, had everything been observed", low=low.text, high=high.text)


def _counts(card: Scorecard, tr: Translator) -> tuple[CountRow, ...]:
    total = sum(card.counts.values())
    return tuple(
        CountRow(words.outcome_badge(outcome, tr), card.counts[outcome], card.counts[outcome] / total)
        for outcome in OUTCOMES
        if card.counts.get(outcome)
    )


def _cost(row: CriterionRow, max_points: float | None, rows: Rows, tr: Translator) -> str | None:
    if row.lost is None or not row.lost.value:
        return None
    count = tr.grammatical(rows.figures.amount(row.lost.value, max_points))
    return tr.n("costs {points} pt", "costs {points} pts", count, points=row.lost.text)


def _strengths(card: Scorecard, criteria: tuple[CriterionRow, ...]) -> tuple[CriterionRow, ...]:
    """Give the first of the strengths; a strength is named by the path or the id of its criterion."""
    found = {row.id: row for row in reversed(criteria)} | {row.path: row for row in criteria}
    return tuple(found[name] for name in card.strengths if name in found)[:_STRENGTHS]


def override_row(override: OverrideResult, rows: Rows, tr: Translator) -> OverrideRow:
    """Say what was decided against what was computed, by whom and why."""
    of, computed, retained = _override_words(override, rows, tr)
    fields = {
        "of": of, "computed": computed, "retained": retained, "by": words.clean(override.by),
        "reason": words.clean(override.reason), "date": tr.date(override.date),
    }  # fmt: skip
    sentence = tr.t(
        "{of}: {computed} was computed, {retained} was retained. Decided by {by} on {date}: {reason}", **fields
    )
    return OverrideRow(**fields, sentence=sentence)


def _override_words(override: OverrideResult, rows: Rows, tr: Translator) -> tuple[str, str, str]:
    def said(value: str | float | None) -> str:
        if isinstance(value, int | float) or value is None:
            return rows.figures.score(value).text
        if override.of == "level":
            return words.clean(rows.figures.level(value) or value)
        return next((tr.message(word) for key, (word, _, _) in words.VERDICT_WORDS.items() if key == value),
                    words.clean(value))  # fmt: skip

    of = {"level": tr.t("Level"), "score": tr.t("Score"), "verdict": tr.t("Verdict")}[override.of]
    return of, said(override.computed), said(override.to)
