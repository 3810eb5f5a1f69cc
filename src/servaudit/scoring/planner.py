"""Makes a standard ready to score with: tree, gauges and compiled rules; every fault met is kept at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servaudit.diagnostics import Path, Problem, did_you_mean, msg
from servaudit.model.rules import Aggregate, Combination, Limit
from servaudit.model.scale import BUILT_IN, YES_NO
from servaudit.scoring import names
from servaudit.scoring.expressions import Expression, Fault, compile_expression
from servaudit.scoring.gauge import Gauge, make_gauge
from servaudit.scoring.order import asked_first
from servaudit.scoring.parts import instead
from servaudit.scoring.plan import (
    CriterionNode,
    LimitRule,
    MeasureRule,
    Plan,
    SectionNode,
    VerdictRules,
    is_scored,
)
from servaudit.scoring.types import ANY, COUNT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from servaudit.model.rules import Verdicts
    from servaudit.model.standard import Criterion, Section, Standard
    from servaudit.scoring.answers import Spelling
    from servaudit.scoring.outcome import Judgement
    from servaudit.scoring.selection import Selected
    from servaudit.scoring.types import Type

Children = tuple[CriterionNode | SectionNode, ...]
MAX_NESTING = 20
"""Levels of sections: with the bounds of every number, what keeps the points of the whole within a double."""
DEFAULT_LIMIT = Limit.model_construct(
    id="critical_missed", when="missed.critical > 0", text=None, score=None, at_most=None, fail=True, add=None
)
FAILED_LIMIT = Limit.model_construct(
    id="standard_failed", when="failed > 0", text=None, score=None, at_most=None, fail=True, add=None
)


def lower_is_better(children: Iterable[CriterionNode | SectionNode], rules: Combination) -> bool:
    """Tell whether a group's points are demerits: all that is scored in it is, and no `sign: -1` turns them round."""
    known = [
        child.gauge.lower_is_better if isinstance(child, CriterionNode) else child.lower_is_better
        for child in children
        if is_scored(child)
    ]
    return bool(known) and all(known) and rules.sign != -1


def compile_standard(standard: Standard, selected: Selected | None = None) -> Plan:
    """Compile a standard, or what a checklist `selected` of it; every fault met is in the plan's `problems`.

    Faults are at their place in the document. What was left out keeps its name in expressions, where it is null.
    """
    return _Planner(standard if selected is None else selected.standard, selected).plan()


def compile_whole(whole: Standard) -> Plan:
    """Compile the rules of a whole whose sections stand for standards (scoring.whole); faults as above.

    Unless the rules have limits of their own, a standard that failed fails the whole.
    """
    return _Planner(whole, None).plan({"failed": COUNT}, [FAILED_LIMIT], "sections")


class _Around(NamedTuple):
    """What stands around a criterion or section: the section it is in, and how deep that is.

    `path` leads to it from the innermost repeated section (dotted, with a dot at its end); `within` are the criteria
    answered in the repeated sections around it; `bonus`: one of these sections is.
    """

    section: str = ""
    path: str = ""
    depth: int = 0
    within: frozenset[str] = frozenset()
    bonus: bool = False


class _Planner:
    def __init__(self, standard: Standard, selected: Selected | None) -> None:
        self.standard = standard
        self.known = standard if selected is None else selected.whole
        self.selected = selected
        self.problems: list[Problem] = []
        self.criteria: dict[str, CriterionNode] = {}
        self.sections: dict[str, SectionNode] = {}
        self.gauges: dict[str, Gauge] = {}
        self.seen: dict[tuple[object, ...], dict[Spelling, Judgement]] = {}
        self.conditional = False
        self.uses: set[str] = set()

    def plan(
        self, known: names.Names | None = None, default: list[Limit] | None = None, over: str = "criteria"
    ) -> Plan:
        """Compile; `known` are more names that the rules see, `default` the limits where the standard has none.

        `over` is what measures go over unless they say so: a whole has sections and no criteria of its own.
        """
        standard, scoring = self.standard, self.standard.scoring
        criteria, sections = self._children((), standard.criteria, standard.sections, _Around())
        top: Children = (*criteria, *sections)
        root = SectionNode(
            "", (), 0, scoring, 1.0, False, False, None, None, criteria, sections, self._own(top),
            lower_is_better(top, scoring),
        )  # fmt: skip
        critical = any(node.criterion.severity == "critical" for node in self.criteria.values())
        default = default or ([DEFAULT_LIMIT] if critical else [])
        seen = names.whole(self.known) | (known or {})
        rules = self._verdict(scoring, ("scoring",), seen, over, default)
        rollup = None
        if standard.rollup is not None:
            rollup = self._verdict(standard.rollup, ("rollup",), names.of_rollup(self.known), "visits", [])
        return Plan(
            standard,
            root,
            rules,
            rollup,
            self.criteria,
            self.sections,
            self.conditional,
            asked_first(_needs(root, frozenset())),
            frozenset(self.uses),
            tuple(self.problems),
            frozenset() if self.selected is None else self.selected.left_out,
            () if self.selected is None else self.selected.criteria,
            any(node.criterion.evidence is not None for node in self.criteria.values()),
        )

    def _own(self, children: Iterable[CriterionNode | SectionNode]) -> frozenset[str]:
        """List the keys that the answers of these children stand under; a repeated section is one key."""
        own: set[str] = set()
        for child in children:
            if isinstance(child, CriterionNode):
                own.add(child.criterion.id)
            elif child.repeat is not None:
                own.add(child.id)
            else:
                own |= child.own
        return frozenset(own)

    def _children(
        self, place: Path, criteria: Iterable[Criterion], sections: Iterable[Section], around: _Around
    ) -> tuple[tuple[CriterionNode, ...], tuple[SectionNode, ...]]:
        return (
            tuple(self._criterion((*place, "criteria", i), item, around) for i, item in enumerate(criteria)),
            tuple(self._section((*place, "sections", i), item, around) for i, item in enumerate(sections)),
        )

    def _criterion(self, place: Path, criterion: Criterion, around: _Around) -> CriterionNode:
        policies, own = self.standard.scoring.policies, criterion.policies
        gauge = self._gauge(place, criterion)
        not_applicable = (own.not_applicable if own else None) or policies.not_applicable
        missing = (own.missing if own else None) or policies.missing
        node = CriterionNode(
            criterion.id,
            around.path + criterion.id,
            criterion,
            place,
            around.section,
            gauge,
            self._condition(place, criterion.applies_when, around.within),
            not_applicable,
            missing,
            criterion.bonus or around.bonus,
            instead(
                criterion,
                gauge,
                not_applicable=not_applicable,
                missing=missing,
                bonus=criterion.bonus or around.bonus,
            ),
            self.seen.setdefault((id(gauge), criterion.repeat), {}),
        )
        self.criteria.setdefault(criterion.id, node)
        return node

    def _section(self, place: Path, section: Section, around: _Around) -> SectionNode:
        depth = around.depth + 1
        if depth > MAX_NESTING:
            self._problem("combination", place, Fault("", msg("sections nest at most {limit} deep", limit=MAX_NESTING)))
        applies = self._condition(place, section.applies_when, around.within)
        path, within = f"{around.path}{section.id}.", around.within
        if section.repeat is not None:
            path, within = "", within | _inside(section)
        own = _Around(section.id, path, depth, within, around.bonus or section.bonus)
        criteria, sections = self._children(place, section.criteria, section.sections, own)
        children: Children = (*criteria, *sections)
        node = SectionNode(
            section.id,
            place,
            depth,
            section,
            section.weight,
            section.bonus,
            section.uncapped,
            section.repeat,
            applies,
            criteria,
            sections,
            self._own(children),
            lower_is_better(children, section),
        )
        self.sections.setdefault(section.id, node)
        return node

    def _gauge(self, place: Path, criterion: Criterion) -> Gauge:
        if not isinstance(criterion.scale, str):
            return make_gauge(criterion.scale)
        name = criterion.scale
        if name not in self.gauges:
            scale = names.scale_of(self.standard, criterion)
            if scale is None:
                known = [*self.standard.scales, *BUILT_IN]
                self._problem(
                    "scale-unknown",
                    (*place, "scale"),
                    Fault("", msg("there is no scale “{name}”", name=name), help=did_you_mean(name, known)),
                )
            self.gauges[name] = make_gauge(scale or YES_NO)
        return self.gauges[name]

    def _condition(self, place: Path, source: str | None, within: frozenset[str]) -> Expression | None:
        if source is None:
            return None
        self.conditional = True
        return self._compile((*place, "applies_when"), source, names.applicability(self.known, within), "condition")

    def _verdict(
        self, rules: Verdicts, place: Path, known: names.Names, over: str, default: list[Limit]
    ) -> VerdictRules:
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
                of = self._compile(at, measure, known)
                measures.append(MeasureRule(name, None, over, of, None, None, False))
                known = known | {name: of.type if of else ANY}
        ladder = [
            (rung.level, self._compile((*place, "ladder", i, "when"), rung.when, known, "condition"))
            for i, rung in enumerate(rules.ladder)
        ]
        limits = []
        for i, limit in enumerate(default if rules.limits is None else rules.limits):
            when = self._compile((*place, "limits", i, "when"), limit.when, known, "condition")
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
            self._problem(
                "bad-value", (*at, "over"), Fault("", msg("only a rollup goes over visits, and over nothing else"))
            )
            over = "visits" if at[0] == "rollup" else default
        elif over == "criteria" and default == "sections":
            message = msg("the whole of several standards goes over sections: its standards")
            self._problem("bad-value", (*at, "over"), Fault("", message))
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
            self._compile((*at, "of"), measure.of, seen),
            self._compile((*at, "where"), measure.where, seen, "condition"),
            self._compile((*at, "that"), measure.that, seen, "condition"),
            measure.all,
        )

    def _compile(
        self, place: Path, source: str | None, known: Mapping[str, Type], wanted: str = "value"
    ) -> Expression | None:
        if source is None:
            return None
        found = compile_expression(source, known)
        if isinstance(found, Fault):
            self._problem(found.code, place, found)
            return None
        self.uses |= found.names
        if wanted == "condition" and found.type.kind in ("text", "list", "map"):
            self._problem(
                "expression-type",
                place,
                Fault("", msg("this is not a condition"), 0, msg("compare it: {part} == '…'", part=source.strip())),
            )
            return None
        return found

    def _problem(self, code: str, place: Path, fault: Fault) -> None:
        self.problems.append(Problem(code, place, fault.message, fault.help, at=fault.at))


def _needs(section: SectionNode, under: frozenset[str]) -> dict[str, frozenset[str]]:
    """Give the answers that the conditions on each criterion ask for, those of the sections around it too."""
    needs: dict[str, frozenset[str]] = {}
    for child in section.children:
        names_ = child.applies.names if child.applies is not None else ()
        asked = under.union(name.removeprefix("answers.") for name in names_ if name.startswith("answers."))
        needs |= {child.id: asked} if isinstance(child, CriterionNode) else _needs(child, asked)
    return needs


def _inside(section: Section) -> frozenset[str]:
    """List the criteria answered in one instance of a section; a section that repeats in it has answers of its own."""
    once = (_inside(child) for child in section.sections if child.repeat is None)
    return frozenset(criterion.id for criterion in section.criteria).union(*once)
