"""The formulas of measures: what rules aggregate over criteria and sections, one row for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.render.checklist_xlsx import conditions
from servaudit.render.checklist_xlsx.conditions import Term, UnsupportedError, number
from servaudit.render.checklist_xlsx.working import Row
from servaudit.render.workbook import Formula, Named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from servaudit.render.checklist_xlsx.live import Live
    from servaudit.render.checklist_xlsx.slots import Group, Slot
    from servaudit.scoring.plan import MeasureRule


class Measures:
    """Works out the measures of one standard in order; `terms` are those that are done, by name.

    `look` gives the term of a name that rules see.
    """

    def __init__(self, live: Live, look: Callable[[str], Term]) -> None:
        self.live, self._look = live, look
        self.terms: dict[str, Term] = {}

    def rows(self, rule: MeasureRule) -> Iterator[Row]:
        """Give the rows of one measure: of each criterion or section it goes over, then of its value."""
        cell = self.live.name(f"measure_{rule.name}")
        if rule.agg is None:
            assert rule.of is not None  # noqa: S101 - a measure without an aggregate is an expression
            term = conditions.translate(rule.of.tree, self._look)
            yield Row(f"measure: {rule.name}", score=_formula(term.text, cell))
            self.terms[rule.name] = Term(cell, term.kind, null=True)
            return
        values = self.live.name("measured", rule.name) + self.live.tag
        counting = rule.agg in ("count", "share")
        items = list(self._items(rule))
        for code, scored, look in items:
            of = rule.that if counting else rule.of
            term = Term("1", "number") if of is None else conditions.translate(of.tree, look)
            value = f"IF({conditions.truth(term).text},1,0)" if counting else term.text
            tests = [scored, *([conditions.condition(rule.where.tree, look).text] if rule.where else [])]
            formula = f'IF(AND({",".join(tests)}),{value},"")'
            yield Row(f"{rule.name}: {code}", raw=_formula(formula, values))
        yield Row(f"measure: {rule.name}", score=_formula(_aggregate(rule.agg, values, any_=bool(items)), cell))
        self.terms[rule.name] = Term(cell, "number", null=rule.agg not in ("count", "sum"))

    def _items(self, rule: MeasureRule) -> Iterator[tuple[str, str, Callable[[str], Term]]]:
        name = self.live.name
        if rule.over == "sections":
            for group in self.live.root.groups():
                if group.instance is None:
                    scored = f"OR(ISNUMBER({name('sec', group.slug)}),ISNUMBER({name('secp', group.slug)}))"
                    yield group.slug, scored, self._of_section(group)
            return
        for slot in self.live.root.slots():
            scored = f"ISNUMBER({name('pt', slot.slug)})"
            there = ",".join(self.live.used.get(slot.slug, ())) or "TRUE"
            yield slot.code_of(""), f"AND({there})" if rule.all else scored, self._of_criterion(slot, all_=rule.all)

    def _of_section(self, group: Group) -> Callable[[str], Term]:
        own = {
            "score": Term(self.live.name("sec", group.slug), "number", null=True),
            "points": Term(self.live.name("secp", group.slug), "number", null=True),
            "max": Term(self.live.name("secm", group.slug), "number", null=True),
            "weight": conditions.constant(group.node.weight),
            "id": conditions.constant(group.node.id),
        }
        return lambda name: own[name] if name in own else self._look(name)

    def _of_criterion(self, slot: Slot, *, all_: bool) -> Callable[[str], Term]:
        criterion, name = slot.node.criterion, self.live.name
        most, top = name("mx", slot.slug), slot.node.gauge.maximum
        otherwise = '""' if top is None else number(top)
        own = {
            "id": conditions.constant(criterion.id),
            "section": conditions.constant(slot.node.section),
            "weight": conditions.constant(criterion.weight),
            "severity": conditions.constant(criterion.severity),
            "outcome": Term(name("is", slot.slug), "text"),
            "max": Term(f"IF(ISNUMBER({most}),{most},{otherwise})", "number", null=top is None),
        }
        if not all_:
            own["score"] = Term(name("sc", slot.slug), "number", null=True)
            own["points"] = Term(name("pt", slot.slug), "number", null=True)
        facets = {f"facets.{facet}": conditions.constant(value) for facet, value in criterion.facets.items()}
        attributes = {
            key: fact.default for key, fact in self.live.plan.standard.attributes.items()
        } | criterion.attributes
        declared = {key: conditions.constant(value) for key, value in attributes.items() if value is not None}
        every = {**own, **facets, **declared}

        def look(wanted: str) -> Term:
            if wanted in every:
                return every[wanted]
            if wanted in ("value", "status", "score", "points") or wanted.startswith("facets."):
                raise UnsupportedError
            return self._look(wanted)

        return look


def _aggregate(agg: str, values: str, *, any_: bool) -> str:
    if not any_:
        return "0" if agg in ("count", "sum") else '""'
    if agg in ("count", "sum"):
        return f"SUM({values})"
    function = {"share": "AVERAGE", "mean": "AVERAGE", "min": "MIN", "max": "MAX"}[agg]
    return f'IF(COUNT({values})=0,"",{function}({values}))'


def _formula(text: str, name: str) -> Named:
    return Named(Formula(text), name)
