"""How each figure of a visit came about: steps that unfold from the verdict down to single answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servaudit.diagnostics import msg
from servaudit.report.rows import Rows
from servaudit.scoring.sheet import Branch, Leaf

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from servaudit.diagnostics import Message, Path
    from servaudit.i18n import Translator
    from servaudit.model.scorecard import CriterionScore, SectionScore
    from servaudit.scoring.combine import Part, Total
    from servaudit.scoring.expressions import Expression
    from servaudit.scoring.plan import MeasureRule, Plan
    from servaudit.scoring.visit import Scored

_COMBINED: Mapping[str, Message] = {
    "mean": msg("mean by weight"),
    "sum": msg("sum of weight × points"),
    "min": msg("the weakest part"),
    "max": msg("the best part"),
    "product": msg("product of the parts"),
}
_REPEATED: Mapping[str, Message] = {
    "mean": msg("mean of {count} observations"),
    "sum": msg("sum of {count} observations"),
    "worst": msg("the worst of {count} observations"),
    "best": msg("the best of {count} observations"),
    "median": msg("median of {count} observations"),
}
_WITHOUT: Mapping[tuple[str, str], Message] = {
    ("unobserved", "exclude"): msg("not observed: left out of the score, and of its maximum"),
    ("unobserved", "zero"): msg("not observed: the standard counts 0 points"),
    ("unobserved", "forbid"): msg("not observed, which the standard forbids"),
    ("not_applicable", "exclude"): msg("not applicable: left out of the score, and of its maximum"),
    ("not_applicable", "zero"): msg("not applicable: the standard counts 0 points"),
    ("not_applicable", "full"): msg("not applicable: the standard counts its best points"),
    ("not_applicable", "forbid"): msg("not applicable, which the standard forbids"),
}


class Step(NamedTuple):
    """One figure: what it is (`name`, an id or path), its value, how it was made, and the steps it was made from.

    `place` leads to the answer in the observation, where there is one.
    """

    name: str
    title: str
    value: str
    how: tuple[str, ...]
    steps: tuple[Step, ...] = ()
    place: Path | None = None


def explain(plan: Plan, scored: Scored, tr: Translator, rows: Rows | None = None) -> Step:
    """Explain a visit from its verdict down; `rows` are the standard's, where several visits share them."""
    return _Explainer(plan, scored, tr, rows or Rows(plan.standard, tr)).visit()


def find(step: Step, name: str) -> list[Step]:
    """Find the steps of an id or a path: several for a criterion of a repeated section."""
    own = [step] if name in (step.name, step.name.rpartition(".")[2]) and step.name else []
    return own + [found for child in step.steps for found in find(child, name)]


class _Explainer:
    def __init__(self, plan: Plan, scored: Scored, tr: Translator, rows: Rows) -> None:
        self.plan, self.scored, self.tr = plan, scored, tr
        self.card = scored.card
        self.rows = rows
        self.figures = self.rows.figures
        self.criteria = {score.path: score for score in self.card.criteria}
        self.sections = {score.path: score for score in self.card.sections}

    def visit(self) -> Step:
        card, root = self.card, self.scored.sheet.root
        before = self.figures.shown(card.score_before_limits, card.points_before_limits, card.max_points)
        score = Step("", self.tr.t("Score before limits"), before, (self._combination(root),),
                     tuple(self._parts(root)))  # fmt: skip
        final = self.figures.shown(card.score, card.points, card.max_points)
        level = self.figures.level(card.level)
        return Step(
            "", self.rows.say(self.plan.standard.title) or "", " · ".join(text for text in (final, level) if text), (),
            (score, *self._measures(), *self._ladder(), *self._limits(), self._verdict()),
        )  # fmt: skip

    def _parts(self, branch: Branch) -> Iterator[Step]:
        for child in branch.children:
            yield self._criterion(child) if isinstance(child, Leaf) else self._section(child)

    def _section(self, branch: Branch) -> Step:
        score = self.sections[branch.path]
        value = self.figures.shown(score.score, score.points, score.max_points)
        how = [self._combination(branch)]
        if branch.node.applies is not None and not branch.instance:
            how.append(self._condition(branch.node.applies, self.scored.names))
        how += self._share(score)
        return Step(branch.path, self.rows.section_title(branch.path), value, tuple(how), tuple(self._parts(branch)))

    def _combination(self, branch: Branch) -> str:
        evaluation = self.scored.evaluation
        total = evaluation.totals[branch.path]
        if branch.instances:
            return self.tr.t(_REPEATED[branch.node.repeat or "mean"].template, count=len(branch.children))
        parts = [part for child in branch.children if (part := evaluation.part(child)) is not None]
        words = self.tr.message(_COMBINED[branch.node.rules.combine])
        if not parts or total.empty:
            return self.tr.t("{combination}: nothing was scored", combination=words)
        formula = self._formula(branch, parts, total)
        return self.tr.t("{combination}: {formula}", combination=words, formula=formula)

    def _formula(self, branch: Branch, parts: list[Part], total: Total) -> str:
        rules, number = branch.node.rules, self.tr.number
        if rules.combine == "sum":
            terms = " + ".join(f"{number(part.weight)} × {number(part.points or 0)}" for part in parts)
            if rules.start is not None or rules.sign < 0:
                terms = f"{number(rules.start or 0)} {'−' if rules.sign < 0 else '+'} ({terms})"
            points = number(total.points or 0)
            return f"{terms} = {points}" + (f" / {number(total.maximum)}" if total.maximum else "")
        score = self.figures.score(total.score).text
        if rules.combine != "mean":
            return f"{', '.join(self.figures.score(part.score).text for part in parts)} → {score}"
        terms = " + ".join(
            f"{number(part.weight)} × {number(part.points or 0) if part.bonus else self.figures.score(part.score).text}"
            for part in parts
        )
        return f"({terms}) / {number(total.divisor or 0)} = {score}"

    def _criterion(self, leaf: Leaf) -> Step:
        score = self.criteria[leaf.path]
        criterion = leaf.node.criterion
        answer = self.figures.answer(score, criterion)
        how = [self._answers(leaf, score)]
        if leaf.node.applies is not None:
            how.append(self._condition(leaf.node.applies, self.scored.names))
        if leaf.hidden:
            how.append(self.tr.t("it does not apply here, so it is not scored"))
        if criterion.bonus:
            how.append(self.tr.t("a bonus: its points are added, its maximum is not"))
        if leaf.answer.note:
            how.append(self.tr.t("note: {note}", note=leaf.answer.note[:300]))
        how += self._share(score)
        value = self.figures.shown(score.score, score.points, score.max_points)
        title = self.rows.criterion_text(score.id)
        given = leaf.answer.values or leaf.answer.note
        return Step(leaf.path, title, f"{answer} → {value}" if score.points is not None else answer, tuple(how), (),
                    leaf.place if given else None)  # fmt: skip

    def _answers(self, leaf: Leaf, score: CriterionScore) -> str:
        tr, judgement = self.tr, leaf.judgement
        if judgement.outcome == "recorded":
            return tr.t("recorded, not scored")
        if judgement.outcome in ("unobserved", "not_applicable"):
            policy = leaf.node.missing if judgement.outcome == "unobserved" else leaf.node.not_applicable
            return tr.message(_WITHOUT[judgement.outcome, policy])
        counted = [reading for reading in judgement.readings if reading.points is not None]
        terms = ", ".join(
            f"{tr.number(reading.points or 0)}" + (f" × {tr.number(reading.count)}" if reading.count > 1 else "")
            for reading in counted[:20]
        )
        how = tr.t(_REPEATED[leaf.node.criterion.repeat or "mean"].template, count=score.n) if score.n > 1 else ""
        points = tr.t("{points} points of {maximum}", points=score.points or 0.0, maximum=score.max_points) if (
            score.max_points
        ) else tr.t("{points} points", points=score.points or 0.0)  # fmt: skip
        return f"{how} ({terms}): {points}" if how else points

    def _share(self, score: CriterionScore | SectionScore) -> list[str]:
        tr = self.tr
        parts = [tr.t("weight {weight}", weight=score.weight)]
        if score.effective_weight:
            parts.append(tr.t("{share} of the whole", share=tr.percent(score.effective_weight, 1)))
        lost = self.figures.lost(score.lost, self.card.max_points)
        if score.lost and lost is not None:
            parts.append(tr.t("costs {points} points", points=lost.text))
        return [", ".join(parts)]

    def _condition(self, expression: Expression, names: Mapping[str, Any]) -> str:
        """Show a condition with the values it was decided by."""
        values = [f"{name} = {self.rows.value(_value(names, name))}" for name in _shown(expression.names)]
        held = self.tr.t("holds") if expression.holds(names) else self.tr.t("does not hold")
        return f"{expression.source.strip()} — {held}" + (f" ({', '.join(values[:8])})" if values else "")

    def _measures(self) -> Iterator[Step]:
        if self.plan.rules.measures:
            steps = [
                Step(rule.name, rule.name, self.rows.value(self.card.measures.get(rule.name)), (_written(rule),))
                for rule in self.plan.rules.measures
            ]
            yield Step("", self.tr.t("Measures"), "", (), tuple(steps))

    def _ladder(self) -> Iterator[Step]:
        if not self.plan.rules.ladder:
            return
        steps = []
        for level, when in self.plan.rules.ladder:
            how = self.tr.t("otherwise") if when is None else self._condition(when, self.scored.names)
            steps.append(Step("", self.figures.level(level) or level, "", (how,)))
            if when is None or when.holds(self.scored.names):
                break
        level = self.figures.level(self.card.level_before_limits) or "—"
        yield Step("", self.tr.t("Level before limits"), level, (), tuple(steps))

    def _limits(self) -> Iterator[Step]:
        if not self.card.limits:
            return
        fired = {result.id: result for result in self.card.limits}
        steps = []
        for rule in self.plan.rules.limits:
            result = fired[rule.limit.id]
            state = self.tr.t("fired") if result.fired else self.tr.t("did not fire")
            how = [rule.limit.when.strip()]
            if result.fired:
                how.append(self.rows.effect(result.action, result.value))
            steps.append(Step(rule.limit.id, rule.limit.id, state, tuple(how)))
        yield Step("", self.tr.t("Limits"), "", (), tuple(steps))

    def _verdict(self) -> Step:
        from servaudit.report import words  # noqa: PLC0415 - `words` is a local name elsewhere in this module

        card = self.card
        how = []
        if isinstance(card.pass_mark, str):
            how.append(self.tr.t("pass mark: level {level}", level=self.figures.level(card.pass_mark) or ""))
        elif card.pass_mark is not None:
            how.append(self.tr.t("pass mark: {mark}", mark=self.figures.score(card.pass_mark).text))
        if card.coverage is not None:
            how.append(self.tr.t("coverage: {coverage}", coverage=self.tr.percent(card.coverage)))
        reason = words.why_no_score(card, self.tr)
        return Step("", self.tr.t("Verdict"), words.verdict_badge(card.verdict, self.tr).word,
                    (*how, *([reason] if reason else [])))  # fmt: skip


def _written(rule: MeasureRule) -> str:
    """Write a measure the way the standard does."""
    if rule.agg is None:
        return rule.of.source.strip() if rule.of else ""
    parts = (("of", rule.of), ("where", rule.where), ("that", rule.that))
    clauses = [f"{word} {one.source.strip()}" for word, one in parts if one is not None]
    return " ".join([f"{rule.agg} over {rule.over}", *clauses])


def _shown(names: frozenset[str]) -> list[str]:
    """Leave out the maps whose members are named: `answers` where `answers.wait` is there."""
    return sorted(name for name in names if not any(other.startswith(f"{name}.") for other in names))


def _value(names: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401 - whatever the rule looked at
    value: Any = names
    for part in name.split("."):
        value = value.get(part) if hasattr(value, "get") else None
    return value
