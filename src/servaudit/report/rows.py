"""The tables of one visit: criteria, sections, facets, measures and limits, each row finished."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from servaudit.model.rules import Aggregate
from servaudit.report import words
from servaudit.report.figures import DASH, Figures
from servaudit.report.measures import differences, scores
from servaudit.report.radar import radar
from servaudit.report.view import (
    CriterionGroup,
    CriterionRow,
    EvidenceRow,
    FacetGroup,
    FacetRow,
    Fact,
    LimitRow,
    MeasureRow,
    SectionRow,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from servaudit.i18n import Translator
    from servaudit.model.rules import Limit, Measure
    from servaudit.model.scorecard import (
        CriterionScore,
        EvidenceFile,
        FacetScore,
        LimitResult,
        Scorecard,
        SectionScore,
    )
    from servaudit.model.standard import Criterion, Section, Standard
    from servaudit.report.view import AnswerRow, Figure, Tone

_INSTANCE = re.compile(r"\[(\d+)\]$")
_NOT_AN_ANCHOR = re.compile(r"[^A-Za-z0-9_.-]+")
_SHORT_HASH = 12


class _Told(NamedTuple):
    """What a row says of its criterion on every visit."""

    anchor: str
    section: str
    within: str
    text: str
    weight: Figure
    facets: tuple[Fact, ...]
    facet_keys: tuple[str, ...]
    guidance: str | None
    why: str | None


class Rows:
    """Makes the rows of the scorecards of one standard in one language."""

    def __init__(self, standard: Standard, tr: Translator) -> None:
        self._standard = standard
        self._tr = tr
        self.figures = Figures(standard, tr)
        self._told: dict[str, _Told] = {}
        self._facts: dict[tuple[str, str], Fact] = {}
        self._texts: dict[int, str | None] = {}
        self._criteria: dict[str, Criterion] = {}
        self._sections: dict[str, Section] = {}
        self._criteria.update((criterion.id, criterion) for criterion in standard.criteria)
        for section in _walk(standard.sections):
            self._sections[section.id] = section
            self._criteria.update((criterion.id, criterion) for criterion in section.criteria)

    def say(self, text: Mapping[str, str] | None) -> str | None:
        """Say one of the standard's texts."""
        if not text:
            return None
        if id(text) not in self._texts:  # the standard lives as long as this does, and so do its texts
            self._texts[id(text)] = words.cleaned(self._standard.say(text, self._tr.language))
        return self._texts[id(text)]

    def criterion_text(self, identifier: str) -> str:
        """Say a criterion's text, or its id when the standard does not have it."""
        criterion = self._criteria.get(identifier)
        return (self.say(criterion.text) if criterion else None) or identifier

    def section_title(self, path: str) -> str:
        """Say the title of the section at a path; an instance of a repeated section has its number."""
        if not path:
            return self.say(self._standard.title) or self._standard.id
        last = path.rpartition(".")[2]
        instance = _INSTANCE.search(last)
        section = self._sections.get(_INSTANCE.sub("", last))
        title = (self.say(section.title) if section else None) or last
        return f"{title} {instance[1]}" if section and instance else title

    def criteria(self, card: Scorecard, anchor: str) -> tuple[CriterionRow, ...]:
        """Make a row of every criterion, in the standard's order."""
        return tuple(
            self._criterion(score, str(position), anchor, card.max_points)
            for position, score in enumerate(card.criteria, 1)
        )

    def _within(self, place: str) -> str:
        """Say which instances of repeated sections lead to a place, and the section there; empty where none does."""
        *above, last = place.split(".")
        if "[" not in place:
            return ""
        return " · ".join(map(self.section_title, [*(part for part in above if _INSTANCE.search(part)), last]))

    def _tell(self, score: CriterionScore, criterion: Criterion | None) -> _Told:
        place = score.path.rpartition(".")[0]
        within = self._within(place)
        return _Told(
            _NOT_AN_ANCHOR.sub("-", score.path),
            within or self.section_title(place),
            within,
            self.criterion_text(score.id),
            self.figures.number(score.weight) or self.figures.score(None),
            tuple(self._facet(axis, value) for axis, value in score.facets.items()),
            tuple(f"{axis}={value}" for axis, value in score.facets.items()),
            self.say(criterion.guidance) if criterion else None,
            self.say(criterion.why) if criterion else None,
        )

    def _of(self, score: CriterionScore) -> _Told:
        told = self._told.get(score.path)
        if told is None:
            told = self._told[score.path] = self._tell(score, self._criteria.get(score.id))
        return told

    def facts(self, score: CriterionScore) -> tuple[Fact, ...]:
        """Say where a criterion stands on each axis."""
        return self._of(score).facets

    def guidance(self, score: CriterionScore) -> str | None:
        """Say how a criterion is judged."""
        return self._of(score).guidance

    def answers(self, score: CriterionScore) -> tuple[AnswerRow, ...]:
        """List the answers to a criterion one by one; visits share the rows of equal answers."""
        return self.figures.said(score, self._criteria.get(score.id))[1]

    def _criterion(self, score: CriterionScore, number: str, anchor: str, total: float | None) -> CriterionRow:
        figures, told = self.figures, self._of(score)
        answer, answers = figures.said(score, self._criteria.get(score.id))
        return CriterionRow(
            id=score.id,
            path=score.path,
            anchor=f"{anchor}.{told.anchor}",
            number=number,
            section=told.section,
            within=told.within,
            text=told.text,
            answer=answer,
            n=score.n,
            outcome=words.outcome_badge(score.outcome, self._tr),
            severity=words.severity_badge(score.severity, self._tr),
            shown=figures.shown(score.score, score.points, score.max_points),
            score=figures.maybe_score(score.score),
            points=figures.number(score.points),
            max_points=figures.number(score.max_points),
            weight=told.weight,
            effective_weight=figures.share(score.effective_weight),
            lost=figures.lost(score.lost, total),
            status=words.cleaned(score.status),
            facets=told.facets,
            facet_keys=told.facet_keys,
            guidance=told.guidance,
            why=told.why,
            note=words.cleaned(score.note),
            evidence=tuple(_evidence(file) for file in score.evidence),
            hidden=score.hidden,
            bonus=score.bonus,
            answers=answers,
        )

    def groups(self, rows: Iterable[CriterionRow]) -> tuple[CriterionGroup, ...]:
        """Group rows by section, keeping their order."""
        return tuple(CriterionGroup(title, tuple(group)) for title, group in groupby(rows, lambda row: row.section))

    def _facet(self, axis: str, value: str) -> Fact:
        if (axis, value) not in self._facts:
            self._facts[axis, value] = self._fact(axis, value)
        return self._facts[axis, value]

    def _fact(self, axis: str, value: str) -> Fact:
        facet = self._standard.facets.get(axis)
        title = self.say(facet.title) if facet else None
        label = self.say(facet.values.get(value)) if facet else None
        return Fact(title or axis, label or value)

    def sections(self, card: Scorecard) -> tuple[SectionRow, ...]:
        """Make a row of every section, parents before their children."""
        top = min((section.depth for section in card.sections), default=1)
        return tuple(self._section(section, card, top) for section in card.sections)

    def _section(self, section: SectionScore, card: Scorecard, top: int) -> SectionRow:
        figures = self.figures
        return SectionRow(
            id=section.id,
            path=section.path,
            depth=section.depth - top + 1,
            title=self.section_title(section.path),
            shown=figures.shown(section.score, section.points, section.max_points),
            score=figures.score(section.score),
            ratio=clamped(section.score),
            tone=tone(section.score, card.pass_mark),
            points=figures.number(section.points),
            max_points=figures.number(section.max_points),
            weight=figures.number(section.weight) or figures.score(None),
            effective_weight=figures.share(section.effective_weight),
            lost=figures.lost(section.lost, card.max_points),
            coverage=figures.share(section.coverage, 0),
            weakest=section.path == card.weakest,
            excluded=section.excluded,
        )

    def facets(self, scores: Iterable[FacetScore], pass_mark: float | str | None) -> tuple[FacetGroup, ...]:
        """Group the scores by axis, in the standard's order."""
        groups: dict[str, list[FacetRow]] = {}
        for score in scores:
            label = self._facet(score.facet, score.value).text
            row = FacetRow(
                score.value, label, self.figures.score(score.score), clamped(score.score),
                tone(score.score, pass_mark), score.criteria,
            )  # fmt: skip
            groups.setdefault(score.facet, []).append(row)
        return tuple(
            FacetGroup(axis, self._axis(axis), tuple(rows), radar((row.label, row.ratio) for row in rows))
            for axis, rows in groups.items()
        )

    def _axis(self, axis: str) -> str:
        facet = self._standard.facets.get(axis)
        return (self.say(facet.title) if facet else None) or axis

    def measures(self, measures: Mapping[str, object], declared: Mapping[str, Measure]) -> tuple[MeasureRow, ...]:
        """Write the named values, each by its title; a share is a percentage, a mean or an end of scores is a score."""
        every = {**self._standard.scoring.measures, **declared}
        write = dict.fromkeys(scores(every), self._score) | dict.fromkeys(differences(every), self.figures.apart)
        return tuple(
            self._measure(name, value, declared.get(name), write.get(name)) for name, value in measures.items()
        )

    def measured(self, name: str, value: float) -> str:
        """Write a number as a measure of the standard is written."""
        return self.measures({name: value}, self._standard.scoring.measures)[0].text

    def _measure(
        self, name: str, value: object, declared: Measure | None, write: Callable[[float], str] | None
    ) -> MeasureRow:
        if not isinstance(declared, Aggregate):
            return MeasureRow(name, value, self.value(value))
        write = self._share if declared.agg == "share" else write
        text = write(value) if write and isinstance(value, int | float) else self.value(value)
        return MeasureRow(self.say(declared.title) or name, value, text)

    def _score(self, value: float) -> str:
        return self.figures.score(value).text

    def _share(self, value: float) -> str:
        return self._tr.percent(value, 1)

    def value(self, value: object) -> str:
        """Write a value of any type: a measure or a fact of the context."""
        if value is None:
            return DASH
        if isinstance(value, bool):
            return self._tr.t("Yes") if value else self._tr.t("No")
        if isinstance(value, int | float):
            return self._tr.number(value)
        return words.clean(str(value))

    def limits(self, results: Iterable[LimitResult], declared: Sequence[Limit] | None) -> tuple[LimitRow, ...]:
        """Say why each limit that fired did, and what it does."""
        known = {limit.id: limit for limit in declared or ()}
        return tuple(
            LimitRow(result.id, self._why(result.id, known.get(result.id)), self.effect(result.action, result.value),
                     result.changed)
            for result in results
            if result.fired
        )  # fmt: skip

    def _why(self, identifier: str, limit: Limit | None) -> str:
        if limit is None and identifier == "standard_failed":
            return self._tr.t("A standard is not passed.")
        if limit is None:
            return self._tr.t("A critical criterion is not fully met.")
        text = self.say(limit.text)
        return words.sentence(text) if text else self._tr.t("The condition “{condition}” holds.", condition=limit.when)

    def effect(self, action: str, value: object) -> str:
        """Say what a limit does."""
        match action:
            case "score":
                score = self.figures.score(value if isinstance(value, int | float) else None)
                return self._tr.t("The score becomes {score}.", score=score.text)
            case "at_most":
                return self._tr.t("The level is “{level}” at most.", level=self.figures.level(str(value)))
            case "add":
                return self._tr.t("Points added: {points}.", points=self.value(value))
            case _:
                return self._tr.t("The visit fails; its score stays as it is.")


def _walk(sections: Iterable[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _walk(section.sections)


def _evidence(file: EvidenceFile) -> EvidenceRow:
    return EvidenceRow(words.clean(file.path), file.sha256, file.sha256[:_SHORT_HASH] if file.sha256 else None)


def clamped(score: float | None) -> float | None:
    """Hold a score between 0 and 1, for a bar."""
    return None if score is None else min(1.0, max(0.0, round(score, 9)))


def tone(score: float | None, pass_mark: float | str | None) -> Tone:
    """Say whether a part of the visit would pass by itself; without a pass mark in score there is nothing to say."""
    if score is None or not isinstance(pass_mark, int | float):
        return "muted"
    return "good" if round(score, 9) >= round(pass_mark, 9) else "fair"
