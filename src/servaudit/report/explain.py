"""How each figure of a visit came about: steps that unfold from the verdict down to single answers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from servaudit.diagnostics import msg
from servaudit.report import words
from servaudit.report.figures import DASH
from servaudit.report.formula import Formula
from servaudit.report.rows import Rows
from servaudit.report.said import measure_words, observed
from servaudit.report.taken import taken
from servaudit.report.visit import override_row
from servaudit.report.worth import worth
from servaudit.scoring.measures import gone_over
from servaudit.scoring.names import scale_of
from servaudit.scoring.sheet import Branch, Leaf

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from servaudit.diagnostics import Message, Path
    from servaudit.i18n import Translator
    from servaudit.model.scorecard import CriterionScore, SectionScore
    from servaudit.scoring.expressions import Expression
    from servaudit.scoring.plan import Plan
    from servaudit.scoring.visit import Scored

_WITHOUT: Mapping[tuple[str, str], Message] = {
    ("unobserved", "exclude"): msg("not observed: left out of the score, and of its maximum"),
    ("unobserved", "zero"): msg("not observed: the standard counts 0 points"),
    ("unobserved", "forbid"): msg("not observed, which the standard forbids"),
    ("not_applicable", "exclude"): msg("not applicable: left out of the score, and of its maximum"),
    ("not_applicable", "zero"): msg("not applicable: the standard counts 0 points"),
    ("not_applicable", "full"): msg("not applicable: the standard counts its best points"),
    ("not_applicable", "forbid"): msg("not applicable, which the standard forbids"),
}

_MANY = 20


class Step(NamedTuple):
    """One figure: what it is (`name`, an id or path), its value, how it was made, and the steps it was made from.

    `place` leads to the answer in the observation, where there is one; `word` is what a step without an id is asked
    for by.
    """

    name: str
    title: str
    value: str
    how: tuple[str, ...]
    steps: tuple[Step, ...] = ()
    place: Path | None = None
    word: str = ""


def explain(plan: Plan, scored: Scored, tr: Translator, rows: Rows | None = None) -> Step:
    """Explain a visit from its verdict down; `rows` are the standard's, where several visits share them."""
    return _Explainer(plan, scored, tr, rows or Rows(plan.standard, tr)).visit()


class _Explainer:
    def __init__(self, plan: Plan, scored: Scored, tr: Translator, rows: Rows) -> None:
        self.plan, self.scored, self.tr = plan, scored, tr
        self.card = scored.card
        self.rows = rows
        self.figures = self.rows.figures
        self.formula = Formula(self.figures, tr, plan.policies.zero_weights)
        self.criteria = {score.path: score for score in self.card.criteria}
        self.sections = {score.path: score for score in self.card.sections}

    def visit(self) -> Step:
        card, root = self.card, self.scored.sheet.root
        before = self.figures.shown(card.score_before_limits, card.points_before_limits, card.max_points)
        score = Step("", self.tr.t("Score before limits"), before, self._combination(root), tuple(self._parts(root)),
                     word="score")  # fmt: skip
        final = self.figures.shown(card.score, card.points, card.max_points)
        level = self.figures.level(card.level)
        return Step(
            "", self.rows.say(self.plan.standard.title) or "", " · ".join(text for text in (final, level) if text), (),
            (score, *self._measures(), *self._rules(), self._verdict(), *self._decisions()),
        )  # fmt: skip

    def _parts(self, branch: Branch) -> Iterator[Step]:
        for child in branch.children:
            yield self._criterion(child) if isinstance(child, Leaf) else self._section(child)

    def _section(self, branch: Branch) -> Step:
        score = self.sections[branch.path]
        value = self.figures.shown(score.score, score.points, score.max_points)
        if self.scored.parts:  # a standard of a whole is explained by itself
            how = [self.tr.t("the score of this standard, after its own rules"), *self._share(score, instance=False)]
            return Step(branch.path, self.rows.section_title(branch.path), value, tuple(how))
        how = list(self._combination(branch))
        if branch.node.applies is not None and not branch.instance:
            how.append(self._condition(branch.node.applies, self.scored.names))
        how += self._share(score, instance=branch.instance)
        return Step(branch.path, self.rows.section_title(branch.path), value, tuple(how), tuple(self._parts(branch)))

    def _combination(self, branch: Branch) -> tuple[str, ...]:
        evaluation = self.scored.evaluation
        total = evaluation.totals[branch.path]
        if branch.instances:
            return self._instances(branch)
        parts = [part for child in branch.children if (part := evaluation.part(child)) is not None]
        return self.formula.group(branch.node.rules, parts, total)

    def _instances(self, branch: Branch) -> tuple[str, ...]:
        """Write how the instances of a repeated section were combined; those with nothing scored are only counted."""
        totals, total = self.scored.evaluation.totals, self.scored.evaluation.totals[branch.path]
        known = [one for child in branch.children if not (one := totals[child.path]).empty]
        left = len(branch.children) - len(known)
        lines = []
        if known:
            how = branch.node.repeat or "mean"
            by_points = total.points is not None and (total.score is None or branch.node.rules.combine == "sum")
            if how == "sum" and not by_points:
                how = "mean"  # instances that have a score only have no sum
            write = self.tr.number if by_points else lambda score: self.figures.score(score).text
            values = [(write((one.points if by_points else one.score) or 0.0), 1) for one in known]
            formula = self.formula.repeated(how, values, write((total.points if by_points else total.score) or 0.0))
            combination = observed(how, len(known), self.tr)
            lines.append(self.tr.t("{combination}: {formula}", combination=combination, formula=formula))
        if left:
            lines.append(self.tr.n("{count} observation in which nothing was scored is left out",
                                   "{count} observations in which nothing was scored are left out", left))  # fmt: skip
        return tuple(lines)

    def _criterion(self, leaf: Leaf) -> Step:
        score = self.criteria[leaf.path]
        criterion = leaf.node.criterion
        answer, _ = self.figures.said(score, criterion)
        sheet = self.scored.sheet
        taken = sheet.answer(leaf)
        how = [self._answers(leaf, score)]
        scale = worth(scale_of(self.plan.standard, criterion), self.figures, self.tr) if leaf.judgement.n else None
        if scale:
            how.append(scale)
        if leaf.node.applies is not None:
            how.append(self._condition(leaf.node.applies, self.scored.names))
        if leaf.hidden:
            how.append(self.tr.t("it does not apply here, so it is not scored"))
        if criterion.bonus:
            how.append(self.tr.t("a bonus: its points are added, its maximum is not"))
        if taken.note:
            how.append(self.tr.t("note: {note}", note=taken.note[:300]))
        how += self._share(score)
        value = self.figures.shown(score.score, score.points, score.max_points)
        title = self.rows.criterion_text(score.id)
        given = taken.values or taken.note
        return Step(leaf.path, title, f"{answer} → {value}" if score.points is not None else answer, tuple(how), (),
                    sheet.place(leaf) if given else None)  # fmt: skip

    def _answers(self, leaf: Leaf, score: CriterionScore) -> str:
        tr, judgement = self.tr, leaf.judgement
        if judgement.outcome == "recorded":
            return tr.t("recorded, not scored")
        if judgement.outcome in ("unobserved", "not_applicable"):
            policy = leaf.node.missing if judgement.outcome == "unobserved" else leaf.node.not_applicable
            return tr.message(_WITHOUT[judgement.outcome, policy])
        points = self.figures.points_of(score.points or 0.0, score.max_points)
        if score.n <= 1:
            return points
        counted = [reading for reading in judgement.readings if reading.points is not None]
        how = leaf.node.criterion.repeat or "mean"
        values = [(tr.number(reading.points or 0.0), reading.count) for reading in counted[:_MANY]]
        formula = self.formula.repeated(how, values, points) if len(counted) <= _MANY else points
        return tr.t("{combination}: {formula}", combination=observed(how, score.n, tr), formula=formula)

    def _share(self, score: CriterionScore | SectionScore, *, instance: bool = False) -> list[str]:
        """Say what a part weighs and costs; the weight is that of a repeated section, not of each instance."""
        tr = self.tr
        parts = [] if instance else [tr.t("weight {weight}", weight=score.weight)]
        if score.effective_weight:
            parts.append(tr.t("{share} of the whole", share=tr.percent(score.effective_weight, 1)))
        if score.lost:
            points = self.figures.amount(score.lost, self.card.max_points)
            lost = self.figures.lost(score.lost, self.card.max_points)
            parts.append(tr.n("costs {points} point", "costs {points} points", tr.grammatical(points),
                              points=lost.text if lost else ""))  # fmt: skip
        return [", ".join(parts)] if parts else []

    def _condition(self, expression: Expression, names: Mapping[str, Any]) -> str:
        """Show a condition with the values it was decided by."""
        values = [f"{name} = {self.rows.value(_value(names, name))}" for name in _shown(expression.names)]
        held = self.tr.t("holds") if expression.holds(names) else self.tr.t("does not hold")
        return f"{expression.source.strip()} — {held}" + (f" ({', '.join(values[:8])})" if values else "")

    def _measures(self) -> Iterator[Step]:
        """List the measures as they stand at the end; one that limits moved says what it was before."""
        declared, before = self.plan.standard.scoring.measures, self._before()
        steps, items = [], self.scored.visible.items(self.scored.result.target)
        for rule in self.plan.rules.measures:
            shown = {
                when: self.rows.measures({rule.name: values.get(rule.name)}, declared)[0]
                for when, values in (("before", before), ("after", self.card.measures))
            }
            how = [measure_words(rule, self.tr)]
            if rule.agg is not None:
                said = taken(rule, gone_over(rule, self.scored.names, items[rule.over]), self.rows)
                how += [said] if said else []
            if shown["before"].text != shown["after"].text:
                how.append(self.tr.t("before limits: {value}", value=shown["before"].text))
            steps.append(Step(rule.name, shown["after"].name, shown["after"].text, tuple(how)))
        if steps:
            yield Step("", self.tr.t("Measures"), "", (), tuple(steps), word="measures")

    def _before(self) -> Mapping[str, Any]:
        """Give the names that the rules saw before limits."""
        judged = self.scored.result.judged
        if judged.before == judged.after:
            return self.scored.names
        return self.scored.visible.measured(self.scored.result.target)(judged.before)[0]

    def _rules(self) -> Iterator[Step]:
        """Say what ladder and limits concluded: each of them on the figures it saw."""
        result, judged, tr = self.scored.result, self.scored.result.judged, self.tr
        if judged.level_before is not None and result.level_before is None:
            return  # too little was observed for any conclusion
        before = self._before()
        if self.plan.rules.ladder:
            level = self.figures.level(result.level_before) or DASH
            yield Step("", tr.t("Level before limits"), level, (), tuple(self._ladder(before)), word="level")
        if not self.card.limits:
            return
        yield Step("", tr.t("Limits"), "", (), tuple(self._limits(before)), word="limits")
        moved = judged.before != judged.after
        if moved:
            final = self.figures.shown(judged.after.score, judged.after.points, judged.after.maximum)
            yield Step("", tr.t("Score after limits"), final, tuple(self._moved()), word="score")
        if self.plan.rules.ladder and (moved or result.level != result.level_before):
            level = self.figures.level(result.level) or DASH
            ladder = tuple(self._ladder(self.scored.names)) if moved else ()
            yield Step("", tr.t("Level after limits"), level, tuple(self._ceilings()), ladder, word="level")

    def _ladder(self, names: Mapping[str, Any]) -> Iterator[Step]:
        for level, when in self.plan.rules.ladder:
            how = self.tr.t("otherwise") if when is None else self._condition(when, names)
            yield Step("", self.figures.level(level) or level, "", (how,))
            if when is None or when.holds(names):
                break

    def _limits(self, before: Mapping[str, Any]) -> Iterator[Step]:
        results = {result.id: result for result in self.card.limits}
        for rule in self.plan.rules.limits:
            result = results[rule.limit.id]
            state = self.tr.t("fired") if result.fired else self.tr.t("did not fire")
            how = [self._condition(rule.when, before)]
            if result.fired:
                how.append(self.rows.effect(result.action, result.value))
                if not result.changed:
                    how.append(self.tr.t("It changed nothing here."))
            yield Step(rule.limit.id, rule.limit.id, state, tuple(how))

    def _moved(self) -> Iterator[str]:
        """Write how limits made the score what it is: by adding points, or by setting it."""
        judged = self.scored.result.judged
        terms = [float(limit.value) for limit in judged.limits
                 if limit.fired and limit.action == "add" and isinstance(limit.value, int | float)]  # fmt: skip
        if terms and judged.before.points is not None:
            held = self.plan.settle(math.fsum([judged.before.points, *terms]))
            yield self.formula.added(judged.before.points, terms, held)
        for limit in judged.limits:
            if limit.fired and limit.changed and limit.action == "score":
                yield f"{limit.id} — {self.rows.effect(limit.action, limit.value)}"

    def _ceilings(self) -> Iterator[str]:
        for limit in self.scored.result.judged.limits:
            if limit.fired and limit.changed and limit.action == "at_most":
                yield f"{limit.id} — {self.rows.effect(limit.action, limit.value)}"

    def _decisions(self) -> Iterator[Step]:
        """Say what people retained in place of what was computed."""
        for override in self.card.overrides:
            row = override_row(override, self.rows, self.tr)
            yield Step("", self.tr.t("Decision"), row.retained, (row.sentence,))

    def _verdict(self) -> Step:
        card = self.card
        how = []
        if isinstance(card.pass_mark, str):
            how.append(self.tr.t("pass mark: level “{level}”", level=self.figures.level(card.pass_mark) or ""))
        elif card.pass_mark is not None:
            how.append(self.tr.t("pass mark: {mark}", mark=self.figures.score(card.pass_mark).text))
        if card.coverage is not None:
            how.append(self.tr.t("coverage: {coverage}", coverage=self.tr.percent(card.coverage)))
        reason = words.why_no_score(card, self.tr)
        return Step("", self.tr.t("Verdict"), words.verdict_badge(card.verdict, self.tr).word,
                    (*how, *([reason] if reason else [])), word="verdict")  # fmt: skip


def _shown(names: frozenset[str]) -> list[str]:
    """Leave out the maps whose members are named: `answers` where `answers.wait` is there."""
    return sorted(name for name in names if not any(other.startswith(f"{name}.") for other in names))


def _value(names: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401 - whatever the rule looked at
    value: Any = names
    for part in name.split("."):
        value = value.get(part) if hasattr(value, "get") else None
    return value
