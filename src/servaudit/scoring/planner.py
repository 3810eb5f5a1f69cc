"""Makes a standard ready to score with: tree, gauges and compiled rules; every fault met is kept at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servaudit.diagnostics import Path, did_you_mean, msg
from servaudit.model.rules import Combination, Limit
from servaudit.model.scale import BUILT_IN, YES_NO
from servaudit.scoring import names
from servaudit.scoring.compiler import Compiler
from servaudit.scoring.expressions import Expression, Fault
from servaudit.scoring.gauge import Gauge, make_gauge
from servaudit.scoring.order import asked_first
from servaudit.scoring.parts import instead
from servaudit.scoring.plan import (
    CriterionNode,
    Plan,
    SectionNode,
    is_scored,
)
from servaudit.scoring.types import COUNT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from servaudit.model.standard import Criterion, Section, Standard
    from servaudit.scoring.answers import Spelling
    from servaudit.scoring.outcome import Judgement
    from servaudit.scoring.selection import Selected

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
        self.rules = Compiler(standard, self.known)
        self.criteria: dict[str, CriterionNode] = {}
        self.sections: dict[str, SectionNode] = {}
        self.gauges: dict[str, Gauge] = {}
        self.seen: dict[tuple[object, ...], dict[Spelling, Judgement]] = {}
        self.visible: dict[frozenset[str], names.Names] = {}
        self.conditional = False

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
        rules = self.rules.verdict(scoring, ("scoring",), seen, over, default)
        rollup = None
        if standard.rollup is not None:
            rollup = self.rules.verdict(standard.rollup, ("rollup",), names.of_rollup(self.known), "visits", [])
        return Plan(
            standard,
            root,
            rules,
            rollup,
            self.criteria,
            self.sections,
            self.conditional,
            asked_first(_needs(root, frozenset())),
            frozenset(self.rules.uses),
            tuple(self.rules.problems),
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
            self.rules.problem(
                "combination", place, Fault("", msg("sections nest at most {limit} deep", limit=MAX_NESTING))
            )
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
                self.rules.problem(
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
        if within not in self.visible:
            self.visible[within] = names.applicability(self.known, within)
        return self.rules.expression((*place, "applies_when"), source, self.visible[within], "condition")


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
