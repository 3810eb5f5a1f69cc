"""Compiles the rules of a standard: conditions, measures, ladder, limits; every fault met is kept at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.diagnostics import Path, Problem, msg
from servaudit.model.rules import Aggregate, Limit
from servaudit.scoring import names
from servaudit.scoring.expressions import Expression, Fault, compile_expression
from servaudit.scoring.plan import LimitRule, MeasureRule, VerdictRules
from servaudit.scoring.types import ANY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servaudit.model.rules import Verdicts
    from servaudit.model.standard import Standard
    from servaudit.scoring.types import Type


class Compiler:
    """Compiles expressions of one document. `whole` is the standard before a checklist left anything of it out.

    `problems` are the faults met, `uses` the names that anything looks at.
    """

    def __init__(self, standard: Standard, whole: Standard) -> None:
        self.standard, self.known = standard, whole
        self.problems: list[Problem] = []
        self.uses: set[str] = set()

    def verdict(
        self, rules: Verdicts, place: Path, known: names.Names, over: str, default: list[Limit]
    ) -> VerdictRules:
        """Compile what gives the verdict; measures go `over` these unless they say so."""
        measures: list[MeasureRule] = []
        for name, measure in rules.measures.items():
            at = (*place, "measures", name)
            if name in names.RESERVED or name in known or name in self.standard.attributes:
                self.problems.append(
                    Problem(
                        "reserved-name",
                        at,
                        msg("“{name}” is already the name of something else", name=name),
                        on_key=True,
                    )
                )
            if isinstance(measure, Aggregate):
                measures.append(self._aggregate(at, name, measure, known, over))
                known = known | {name: names.measured(measure)}
            else:
                of = self.expression(at, measure, known)
                measures.append(MeasureRule(name, None, over, of, None, None, False))
                known = known | {name: of.type if of else ANY}
        ladder = [
            (rung.level, self.expression((*place, "ladder", i, "when"), rung.when, known, "condition"))
            for i, rung in enumerate(rules.ladder)
        ]
        limits = []
        for i, limit in enumerate(default if rules.limits is None else rules.limits):
            when = self.expression((*place, "limits", i, "when"), limit.when, known, "condition")
            if when is not None:
                limits.append(LimitRule(limit, when))
        order = tuple(rules.levels) or tuple(dict.fromkeys(rung.level for rung in rules.ladder))
        mark = rules.pass_
        return VerdictRules(
            tuple(measures),
            tuple(ladder),
            tuple(limits),
            order,
            mark.score if mark else None,
            mark.level if mark else None,
        )

    def _aggregate(self, at: Path, name: str, measure: Aggregate, known: names.Names, default: str) -> MeasureRule:
        over = measure.over or default
        if (over == "visits") != (at[0] == "rollup"):
            self.problem(
                "bad-value", (*at, "over"), Fault("", msg("only a rollup goes over visits, and over nothing else"))
            )
            over = "visits" if at[0] == "rollup" else default
        elif over == "criteria" and default == "sections":
            message = msg("the whole of several standards goes over sections: its standards")
            self.problem("bad-value", (*at, "over"), Fault("", message))
        items = {
            "criteria": lambda: names.per_criterion(self.known, unscored_too=measure.all),
            "sections": lambda: names.per_section(self.known),
            "visits": lambda: names.per_visit(self.known),
        }[over]()
        seen = known | items
        if over == "criteria" and measure.all:
            seen = {n: t for n, t in seen.items() if n not in ("score", "points", "value")}
        return MeasureRule(
            name,
            measure.agg,
            over,
            self.expression((*at, "of"), measure.of, seen),
            self.expression((*at, "where"), measure.where, seen, "condition"),
            self.expression((*at, "that"), measure.that, seen, "condition"),
            measure.all,
        )

    def expression(
        self, place: Path, source: str | None, known: Mapping[str, Type], wanted: str = "value"
    ) -> Expression | None:
        """Compile an expression that sees the `known` names; None where there is none, or none to use."""
        if source is None:
            return None
        found = compile_expression(source, known)
        if isinstance(found, Fault):
            self.problem(found.code, place, found)
            return None
        self.uses |= found.names
        if wanted == "condition" and found.type.kind in ("text", "list", "map"):
            self.problem(
                "expression-type",
                place,
                Fault("", msg("this is not a condition"), 0, msg("compare it: {part} == '…'", part=source.strip())),
            )
            return None
        return found

    def problem(self, code: str, place: Path, fault: Fault) -> None:
        """Keep a fault at its place."""
        self.problems.append(Problem(code, place, fault.message, fault.help, at=fault.at))
