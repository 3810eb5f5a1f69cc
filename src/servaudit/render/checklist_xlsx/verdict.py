"""The formulas of what a visit comes to: score, coverage, measures, level, limits, whether it passes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servaudit.model.standard import SEVERITIES
from servaudit.render.checklist_xlsx import conditions, groups
from servaudit.render.checklist_xlsx.conditions import NESTED, Term, UnsupportedError, number
from servaudit.render.checklist_xlsx.live import Live, answer_term
from servaudit.render.checklist_xlsx.measures import Measures
from servaudit.render.checklist_xlsx.slots import Group
from servaudit.render.checklist_xlsx.working import Row, checked
from servaudit.render.workbook import Formula, Named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servaudit.model.rules import Limit
    from servaudit.scoring.plan import Plan


class Verdict(NamedTuple):
    """What a sheet tells of one standard. `score`, `level` and `verdict` are names of cells; None: told on import.

    The cell of the level holds its rank in `levels`, from 1; that of the verdict a word of the engine's.
    """

    rows: list[Row]
    score: str | None
    points: bool
    level: str | None
    verdict: str | None
    coverage: str | None


def conclude(live: Live) -> Verdict:
    """Work out what one standard comes to, as far as a sheet can."""
    rules, rows = _Rules(live), live.rows
    try:
        rows = [*rows, *map(checked, rules.figures())]
    except UnsupportedError:
        live.supported = False
    if not live.supported:
        return Verdict([], None, False, None, None, None)
    by_points = live.plan.standard.scoring.combine == "sum"
    score, coverage = live.name("live_score"), live.name("live_coverage")
    alone = by_points and not _ratio(live)
    shown = live.name("live_points") if alone else score
    try:
        rows = [*rows, *map(checked, rules.conclusions())]
    except UnsupportedError:
        return Verdict(rows, shown, alone, None, None, coverage)
    level = live.name("live_level") if live.plan.rules.ladder else None
    return Verdict(rows, shown, alone, level, live.name("live_verdict"), coverage)


def conclude_whole(plan: Plan, parts: Sequence[tuple[Live, Verdict]], slug: str) -> Verdict:
    """Work out the score of several standards together; its level and its verdict are told on import."""
    nothing = Verdict([], None, False, None, None, None)
    if plan.root.rules.combine == "sum" or any(verdict.verdict is None for _, verdict in parts):
        return nothing
    group = Group(plan.root, slug)
    rows = []
    for live, _ in parts:
        node = plan.sections[live.plan.standard.id]
        group.children.append(Group(node, live.root.slug))
        score = Named(Formula(live.name("live_score")), f"s_{slug}")
        rows.append(Row(node.id, Named(node.weight, f"w_{slug}"), score=score))
    try:
        total = groups.total(group, plan.policies.zero_weights)
    except UnsupportedError:
        return nothing
    incomplete = ",".join(live.name("is_incomplete") for live, _ in parts)
    rows.append(Row("whole", score=_formula(f'IF(OR({incomplete}),"",{total.score})', "live_whole")))
    return Verdict(rows, "live_whole", False, None, None, None)


def _ratio(live: Live) -> bool:
    """Tell whether the whole has a maximum, so that its points make a score."""
    rules = live.plan.standard.scoring
    if rules.max is not None or (rules.sign == -1 and rules.start is not None):
        return True
    return rules.sign == 1 and all(
        slot.node.gauge.maximum is not None for slot in live.root.slots() if slot.node.gauge.scored
    )


class _Rules:
    def __init__(self, live: Live) -> None:
        self.live, self.plan, self.rules = live, live.plan, live.plan.rules
        self.measures = Measures(live, self._look)
        self.sections = [group for group in live.root.groups() if group.instance is None and not _inside(live, group)]

    def cell(self, kind: str) -> str:
        return self.live.name(kind)

    def figures(self) -> Iterator[Row]:
        """Give the whole and its coverage."""
        whole, floor = groups.total(self.live.root, self.plan.policies.zero_weights), self.plan.policies.coverage_floor
        scoring, counts = self.plan.standard.scoring, self.cell("all_counts")
        yield Row("coverage", score=_formula(f'IF(COUNT({counts})=0,"",AVERAGE({counts}))', self.cell("live_coverage")))
        coverage = self.cell("live_coverage")
        below = f"ROUND({coverage},9)<{number(round(floor or 0.0, 9))}"
        incomplete = "FALSE" if floor is None else f"IF(ISNUMBER({coverage}),{below},FALSE)"
        yield Row("incomplete", score=_formula(incomplete, self.cell("is_incomplete")))
        yield Row(
            "before limits",
            raw=Formula(whole.base) if whole.base else None,
            points=_formula(whole.points, self.cell("whole_points")),
            maximum=Formula(whole.maximum),
            score=_formula(whole.score, self.cell("whole_score")),
        )
        silent = self.cell("is_incomplete")
        points = f'IF({silent},"",{self.cell("whole_points")})' if scoring.combine == "sum" else '""'
        yield Row(
            "score",
            points=_formula(points, self.cell("live_points")),
            score=_formula(f'IF({silent},"",{self.cell("whole_score")})', self.cell("live_score")),
        )

    def conclusions(self) -> Iterator[Row]:
        """Give measures, level, limits and verdict. Raises UnsupportedError before giving any."""
        rows = [row for rule in self.rules.measures for row in self.measures.rows(rule)]
        if self.plan.standard.scoring.classify is not None or len(self.rules.ladder) > NESTED:
            raise UnsupportedError
        if any(rule.limit.score is not None or rule.limit.add is not None for rule in self.rules.limits):
            raise UnsupportedError
        rank = {name: place for place, name in enumerate(self.rules.order, 1)}
        found = '""'
        for level, when in reversed(self.rules.ladder):
            place = str(rank[level])
            found = place if when is None else f"IF({self._holds(when.tree)},{place},{found})"
        whole = f"OR(ISNUMBER({self.cell('whole_score')}),ISNUMBER({self.cell('whole_points')}))"
        silent = f"OR({self.cell('is_incomplete')},NOT({whole}))"
        before = f'IF({silent},"",{found})'
        rows.append(Row("level before limits", score=_formula(before, self.cell("level_before"))))
        fired: list[tuple[Limit, str]] = []
        for number_, rule in enumerate(self.rules.limits, 1):
            name = self.cell(f"limit_{number_}")
            rows.append(Row(f"limit: {rule.limit.id}", score=_formula(self._holds(rule.when.tree), name)))
            fired.append((rule.limit, name))
        ceilings = [f"IF({name},{rank[limit.at_most]},0)" for limit, name in fired if limit.at_most is not None]
        held = f"MAX({','.join([self.cell('level_before'), *ceilings])})"
        level = f'IF(ISNUMBER({self.cell("level_before")}),{held},"")'
        rows.append(Row("level", score=_formula(level, self.cell("live_level"))))
        rows += self._verdict([name for limit, name in fired if limit.fail], silent, rank)
        return iter(rows)

    def _verdict(self, failing: list[str], silent: str, rank: dict[str, int]) -> Iterator[Row]:
        failed = f"OR({','.join(failing)})" if failing else "FALSE"
        yield Row("failed by a limit", score=_formula(failed, self.cell("is_failed")))
        before, after = (self._passes(self.cell(name), rank) for name in ("level_before", "live_level"))
        yield Row("passed before limits", score=_formula(before, self.cell("passed_before")))
        level_before, level = self.cell("level_before"), self.cell("live_level")
        lower = f"AND(ISNUMBER({level_before}),ISNUMBER({level}),N({level})>N({level_before}))"
        is_failed, passed_before = self.cell("is_failed"), self.cell("passed_before")
        # A failure that was one before limits already is no work of theirs. Passed is 1, not passed 0, no mark nothing:
        # LibreOffice tells truth values from numbers by how a cell looks, which it does not know before computing it.
        bites = f"OR({lower},AND({is_failed},NOT(AND(ISNUMBER({passed_before}),{passed_before}=0))))"
        passed = f"IF({is_failed},0,{after})"
        yield Row("passed", score=_formula(passed, self.cell("is_passed")))
        is_passed, forbidden = self.cell("is_passed"), self.cell("all_forbidden")
        marked = f"ISNUMBER({is_passed})"
        said = (
            f'IF(AND({marked},{is_passed}=0,{bites}),"limited",'
            f'IF(NOT({marked}),"scored",IF({is_passed}=1,"passed","below")))'
        )
        last = f'IF(SUM({forbidden})>0,"forbidden",IF({silent},"no_score",{said}))'
        verdict = f'IF({self.cell("is_incomplete")},"incomplete",{last})'
        yield Row("verdict", score=_formula(verdict, self.cell("live_verdict")))

    def _passes(self, level: str, rank: dict[str, int]) -> str:
        rules, score = self.rules, self.cell("whole_score")
        if rules.pass_score is not None:
            mark, sign = number(round(rules.pass_score, 9)), "<=" if self.plan.root.lower_is_better else ">="
            return f'IF(ISNUMBER({score}),IF(ROUND({score},9){sign}{mark},1,0),"")'
        if rules.pass_level is None:
            return '""'
        return f"IF(AND(ISNUMBER({level}),N({level})<={rank[rules.pass_level]}),1,0)"

    def _holds(self, tree: object) -> str:
        return conditions.condition(tree, self._look).text  # type: ignore[arg-type] # an expression's own tree

    def _look(self, name: str) -> Term:
        head, _, rest = name.partition(".")
        if name in self.measures.terms:
            return self.measures.terms[name]
        if name in ("score", "points", "coverage"):
            return Term(self._figure(name), "number", null=True)
        if head == "missed" and rest in SEVERITIES:
            return Term(f'COUNTIF({self.cell("all_missed")},"{rest}")', "number")
        if head == "sections":
            group = next((one for one in self.sections if one.node.id == rest), None)
            if group is None:
                raise UnsupportedError
            return Term(self.live.name("sec", group.slug), "number", null=True)
        if head == "answers":
            return self._answer(rest)
        return self.live.look(name, {})

    def _figure(self, name: str) -> str:
        if name == "points" and self.plan.standard.scoring.combine != "sum":
            return '""'
        return self.cell({"score": "whole_score", "points": "whole_points", "coverage": "live_coverage"}[name])

    def _answer(self, name: str) -> Term:
        slot = next((one for one in self.live.root.slots() if one.node.id == name and not one.code.instances), None)
        if slot is None:
            raise UnsupportedError
        return answer_term(slot, self.live.name("val", slot.slug), asking=False)


def _inside(live: Live, group: Group) -> bool:
    """Tell whether a group stands in an instance of a repeated section."""
    return any(one.instance is not None and group in one.groups() for one in live.root.groups())


def _formula(text: str, name: str) -> Named:
    return Named(Formula(text), name)
