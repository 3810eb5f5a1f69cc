"""The arithmetic of one group written out: lines that each add up, the last one giving the group's figure."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from servaudit.diagnostics import msg
from servaudit.scoring.arithmetic import same

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from servaudit.diagnostics import Message
    from servaudit.i18n import Translator
    from servaudit.model.rules import Combination, Repeat
    from servaudit.report.figures import Figures
    from servaudit.scoring.combine import Part, Total

_COMBINED: Mapping[str, Message] = {
    "mean": msg("mean by weight"),
    "sum": msg("sum of weight × points"),
    "min": msg("the weakest part"),
    "max": msg("the best part"),
    "product": msg("product of the parts"),
}


class Formula:
    """Writes formulas with the figures of one standard, in one language."""

    def __init__(self, figures: Figures, tr: Translator, zero_weights: str) -> None:
        self._figures, self._tr, self._zero_weights = figures, tr, zero_weights

    def group(self, rules: Combination, parts: Sequence[Part], total: Total) -> tuple[str, ...]:
        """Write how `parts` became `total`: the combination, then capped bonuses, then those that no cap holds."""
        tr = self._tr
        words = tr.message(_COMBINED[rules.combine])
        if not parts or total.empty:
            return (tr.t("{combination}: nothing was scored", combination=words),)
        if rules.combine in ("mean", "sum"):
            first, *rest = self._sum(rules, parts, total) if rules.combine == "sum" else self._mean(parts, total)
        else:
            scores = ", ".join(self._score(part.score) for part in parts if not part.bonus)
            first, rest = f"{scores} → {self._score(total.score)}", []
        return (tr.t("{combination}: {formula}", combination=words, formula=first), *rest)

    def repeated(self, how: Repeat, values: Sequence[tuple[str, int]], result: str) -> str:
        """Write how observations, each with the times it was made, became one `result`."""
        written = [text if times == 1 else f"{self._tr.number(times)} × {text}" for text, times in values]
        n = sum(times for _, times in values)
        if how == "sum":
            return f"{' + '.join(written)} = {result}"
        if how == "mean":
            return f"({' + '.join(written)}) / {self._tr.number(n)} = {result}"
        return f"{', '.join(written)} → {result}"

    def added(self, points: float, terms: Sequence[float], held: float) -> str:
        """Write the terms that limits added to points, and what the floor or the maximum made of the sum."""
        number = self._tr.number
        written = "".join(f" {'−' if term < 0 else '+'} {number(abs(term))}" for term in terms)
        return f"{number(points)}{written} = {self._held(math.fsum([points, *terms]), held, number)}"

    def _mean(self, parts: Sequence[Part], total: Total) -> Iterator[str]:
        counted = [part for part in parts if part.score is not None and not part.bonus]
        if not total.divisor:
            yield self._tr.t("every weight is zero, which the standard counts as 0")
            return
        weights = [1.0 if total.even else part.weight for part in counted]
        base = math.fsum([w * (part.score or 0.0) for w, part in zip(weights, counted, strict=True)]) / total.divisor
        terms = self._terms(weights, [self._score(part.score) for part in counted])
        yield f"({terms}) / {self._tr.number(total.divisor)} = {self._score(base)}"
        yield from self._bonuses(base, parts, 1.0, total.divisor, None)

    def _sum(self, rules: Combination, parts: Sequence[Part], total: Total) -> Iterator[str]:
        counted = [part for part in parts if part.points is not None and not part.bonus]
        number = self._tr.number
        weights = [1.0 if total.even else part.weight for part in counted]
        if not any(part.weight for part in counted) and self._zero_weights == "zero":
            yield self._tr.t("every weight is zero, which the standard counts as 0")
            return
        terms = self._terms(weights, [number(part.points or 0.0) for part in counted])
        if rules.start is not None or rules.sign < 0:
            terms = f"{number(rules.start or 0.0)} {'−' if rules.sign < 0 else '+'} ({terms})"
        summed = math.fsum([w * (part.points or 0.0) for w, part in zip(weights, counted, strict=True)])
        points = (rules.start or 0.0) + rules.sign * summed
        held = points if rules.max is None else min(points, rules.max)
        bonus = any(part.bonus for part in parts)
        if not bonus and rules.floor is not None:
            held = max(held, rules.floor)
        yield f"{terms} = {self._held(points, held, number)}"
        yield from self._bonuses(held, parts, total.maximum, None, rules.floor)

    def _bonuses(
        self, base: float, parts: Sequence[Part], cap: float | None, divisor: float | None, floor: float | None
    ) -> Iterator[str]:
        """Add weight × points of bonuses: those that the cap holds, then the free ones; the floor comes last."""
        write = self._tr.number if divisor is None else self._score
        last = None if floor is None else max((part.uncapped for part in parts if part.bonus), default=None)
        for free in (False, True):
            bonuses = [part for part in parts if part.bonus and part.uncapped is free]
            if not bonuses:
                continue
            terms = self._terms([part.weight for part in bonuses], [write(part.points or 0.0) for part in bonuses])
            gained = math.fsum([part.weight * (part.points or 0.0) for part in bonuses]) / (divisor or 1.0)
            terms = terms if divisor is None else f"({terms}) / {self._tr.number(divisor)}"
            summed = base + gained
            held = summed if free or cap is None or gained <= 0 else max(base, min(cap, summed))
            if floor is not None and last is free:
                held = max(held, floor)
            words = self._tr.t("with the bonuses that no maximum holds") if free else self._tr.t("with the bonuses")
            formula = f"{write(base)} + {terms} = {self._held(summed, held, write)}"
            yield self._tr.t("{combination}: {formula}", combination=words, formula=formula)
            base = held

    def _held(self, value: float, held: float, write: Callable[[float], str]) -> str:
        """Write a sum, and what it was held at where that is something else."""
        if same(value, held):
            return write(held)
        template = msg("{value}, held at {held} (the floor)") if held > value else msg(
            "{value}, held at {held} (the maximum)")  # fmt: skip
        return self._tr.t(template.template, value=write(value), held=write(held))

    def _score(self, score: float | None) -> str:
        return self._figures.score(score).text

    def _terms(self, weights: Sequence[float], values: Sequence[str]) -> str:
        return " + ".join(f"{self._tr.number(weight)} × {value}" for weight, value in zip(weights, values, strict=True))
