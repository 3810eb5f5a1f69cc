"""The live score: one row of formulas for each criterion and section, on the sheet that works the score out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.model.scale import Choices
from servaudit.render.checklist_xlsx import answers, conditions, groups
from servaudit.render.checklist_xlsx.conditions import Term, UnsupportedError, number
from servaudit.render.checklist_xlsx.slots import Group, Slot, is_bonus, is_uncapped
from servaudit.render.checklist_xlsx.working import Held, Row, Words, checked
from servaudit.render.workbook import Formula, Named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from servaudit.scoring.expressions import Expression
    from servaudit.scoring.plan import Plan


class Live:
    """Works out one standard. `rows` are ready where `supported`, which tells whether a sheet can compute the score.

    `tag` tells its names from those of other standards in the same workbook. `used` names, for what stands in instances
    of repeated sections, the cells that tell whether these are filled in.
    """

    def __init__(self, plan: Plan, root: Group, words: Words, facts: Callable[[str], Term], tag: str) -> None:
        self.plan, self.root, self.words, self.facts, self.tag = plan, root, words, facts, tag
        self.rows: list[Row] = []
        self._conditional: set[str] = set()
        self.used: dict[str, tuple[str, ...]] = {}
        self.supported = True
        self._asked = set(plan.asked) | {name[8:] for name in plan.uses if name.startswith("answers.")}
        try:
            self.rows = [checked(row) for row in self._group(root, (), {}, ())]
        except UnsupportedError:
            self.supported = False

    def conditional(self, slot: Slot) -> bool:
        """Tell whether a criterion may not be asked, on this visit or in this instance."""
        return slot.slug in self._conditional

    def name(self, kind: str, of: str = "") -> str:
        """Make a name of the workings: of a column of this standard, or of one group or criterion."""
        return f"{kind}_{of}" if of else f"{kind}{self.tag}"

    def _group(
        self, group: Group, above: tuple[Expression, ...], known: Mapping[str, Slot], used: tuple[str, ...]
    ) -> Iterator[Row]:
        """Give the rows below a group, each child under what it brings, then of those below them."""
        known = {**known, **{slot.node.id: slot for slot in _own(group)}}
        if group.repeated:
            groups.check_instances(group)
        ordered = [*(c for c in group.children if not is_bonus(c)), *(c for c in group.children if is_bonus(c))]
        ordered.sort(key=lambda child: (is_bonus(child), is_uncapped(child)))
        later: list[Row] = []
        for child in ordered:
            if isinstance(child, Slot):
                own = (*above, *((child.node.applies,) if child.node.applies else ()))
                later += self._observations(child)
                yield self._slot(child, group, own, known, used)
                continue
            own = (*above, *((child.node.applies,) if child.node.applies and child.instance is None else ()))
            inside = used
            value: Held = None
            if child.instance is not None:
                name = self.name("used", child.slug)
                inside = (*used, name)
                value = Named(Formula(self._used(child, group)), name)
            yield self._total(child, group)._replace(value=value)
            later += self._group(child, own, known, inside)
        yield from later

    def _every(self, column: str, *names: str) -> str:
        """Name a cell among all of its column, and by names of its own."""
        return " ".join((self.name(f"all_{column}"), *names))

    def _total(self, child: Group, group: Group) -> Row:
        formulas = groups.total(child, self.plan.policies.zero_weights)
        place = _place(child)
        kinds = {"points": "secp", "maximum": "secm", "score": "sec"}
        own = {of: (self.name(kind, child.slug),) if child.instance is None else () for of, kind in kinds.items()}
        return Row(
            child.slug,
            Named(child.node.weight if child.instance is None else 1, f"w{place}_{group.slug}"),
            raw=formulas.base and Formula(formulas.base),
            points=Named(Formula(formulas.points), " ".join((f"p{place}_{group.slug}", *own["points"]))),
            maximum=Named(Formula(formulas.maximum), " ".join((f"m{place}_{group.slug}", *own["maximum"]))),
            score=Named(Formula(formulas.score), " ".join((f"s{place}_{group.slug}", *own["score"]))),
            outcome=Named("section" if child.instance is None else "instance", self._every("outcome")),
            counts=Named(None, self._every("counts")),
            missed=Named(None, self._every("missed")),
            forbidden=Named(None, self._every("forbidden")),
        )

    def _slot(
        self,
        slot: Slot,
        group: Group,
        applies: Sequence[Expression],
        known: Mapping[str, Slot],
        used: tuple[str, ...],
    ) -> Row:
        gauge, slug, place = slot.node.gauge, slot.slug, _place(slot)
        terms = [conditions.condition(one.tree, lambda name: self.look(name, known)) for one in applies]
        names = [Term(name, "bool") for name in used]
        conditional = bool(terms or names)
        applying: object = True
        if conditional:
            self._conditional.add(slug)
            joined = conditions.all_of([*names, *terms])
            applying = Formula(f'IFERROR({joined.text},"")' if joined.unknown else joined.text)
        self.used[slug] = used
        raw, n = self._raw(slot)
        aside = {case[0]: part.points for case, part in slot.node.instead.items() if case[1] == "policy"}
        na, missing = (_or_nothing(aside.get(case)) for case in ("not_applicable", "unobserved"))
        seen = "ISNUMBER(D{row})" if not conditional else "AND(C{row}=TRUE,ISNUMBER(D{row}))"
        not_applicable = 'D{row}="na"' if not conditional else 'AND(C{row}=TRUE,D{row}="na")'
        points = f"IF({seen},D{{row}},IF({not_applicable},{na},{missing}))"
        if conditional:
            points = f'IF(C{{row}}=FALSE,"",{points})'
        top = gauge.maximum
        most = '""' if top is None else f"IF({seen},{number(top)}*({n}),{number(top)})" if n != "1" else number(top)
        best, worst = (f"ROUND(({n})*{number(end or 0.0)},9)" for end in (gauge.best, gauge.worst))
        judged = f'IF(ROUND(D{{row}},9)={best},"met",IF(ROUND(D{{row}},9)={worst},"not_met","partly"))'
        outcome = f'IF({seen},{judged},IF({not_applicable},"not_applicable","unobserved"))'
        if not gauge.scored:
            outcome = f'IF({_given(slot)},"recorded","unobserved")'
        if conditional:
            outcome = f'IF(C{{row}}=FALSE,"not_applicable",{outcome})'
        counted = gauge.scored and not slot.node.bonus
        known_word = 'OR(H{row}="met",H{row}="partly",H{row}="not_met")'
        severity = slot.node.criterion.severity
        forbidding = self._forbidding(slot, hidden="C{row}=FALSE" if conditional else "FALSE")
        value = self._value(slot, conditional=conditional) if slot.node.id in self._asked else None
        return Row(
            slot.code_of(""),
            Named(slot.node.criterion.weight, f"w{place}_{group.slug}"),
            applying if not conditional else Named(applying, self.name("if", slug)),
            Formula(raw) if raw else None,
            Named(Formula(points) if gauge.scored else None, f"p{place}_{group.slug} {self.name('pt', slug)}"),
            Named(
                Formula(f'IF(ISNUMBER(E{{row}}),{most},"")') if gauge.scored else None,
                f"m{place}_{group.slug} {self.name('mx', slug)}",
            ),
            Named(
                Formula('IF(AND(ISNUMBER(E{row}),ISNUMBER(F{row})),E{row}/F{row},"")') if gauge.scored else None,
                f"s{place}_{group.slug} {self.name('sc', slug)}",
            ),
            Named(Formula(outcome), self._every("outcome", self.name("is", slug))),
            Named(
                Formula(f'IF({known_word},1,IF(H{{row}}="unobserved",0,""))') if counted else None,
                self._every("counts"),
            ),
            Named(
                Formula(f'IF(AND(I{{row}}=1,H{{row}}<>"met"),"{severity}","")') if counted else None,
                self._every("missed"),
            ),
            Named(Formula(forbidding) if forbidding and counted else None, self._every("forbidden")),
            Named(Formula(value), self.name("val", slug)) if value else None,
        )

    def _raw(self, slot: Slot) -> tuple[str, str]:
        """Give the formula of the points answered, and of how many observations are in them."""
        if not slot.node.gauge.scored:
            return "", "1"
        labels, repeat = self.words.labels(slot), slot.node.criterion.repeat
        if slot.shape == "one":
            return answers.one(slot.scale, slot.cells[""], labels), "1"
        if slot.shape == "observations" and repeat is not None:
            if isinstance(slot.scale, Choices):  # several ticks of several observations
                raise UnsupportedError
            area = self.name("o", slot.slug)
            n = f"COUNT({area})" if repeat == "sum" else "1"
            return answers.several(area, repeat, lower_is_better=slot.node.gauge.lower_is_better), n
        if not isinstance(slot.scale, Choices):
            raise UnsupportedError
        if slot.shape == "tally" and repeat is not None:
            combined, n = answers.tally(slot.scale, slot.cells, repeat)
            return combined, n if repeat == "sum" else "1"
        return answers.ticked(slot.scale, slot.cells), "1"

    def _observations(self, slot: Slot) -> Iterator[Row]:
        """Give a row for each of several measurements."""
        if slot.shape != "observations" or not slot.node.gauge.scored:
            return
        labels = self.words.labels(slot)
        for item, cell in slot.cells.items():
            raw = Named(Formula(answers.one(slot.scale, cell, labels)), self.name("o", slot.slug))
            outcome, counts, missed, forbidden = (Named(None, self._every(column)) for column in _EVERY)
            yield Row(slot.code_of(item), raw=raw, outcome=outcome, counts=counts, missed=missed, forbidden=forbidden)

    def _value(self, slot: Slot, *, conditional: bool) -> str:
        repeat = slot.node.criterion.repeat
        if slot.shape in ("tally", "ticks"):
            raise UnsupportedError
        found, _ = answers.value(slot.scale, list(slot.cells.values()), self.words.labels(slot), repeat)
        hidden = 'IF(C{row}=FALSE,"",' if conditional else "("
        return f'{hidden}IF(H{{row}}="unobserved",NA(),{found}))'

    def look(self, name: str, known: Mapping[str, Slot]) -> Term:
        """Give the term of a name that conditions see; `known` are the answers in sight. Raises UnsupportedError."""
        owner, _, rest = name.partition(".")
        if owner == "parameters":
            return conditions.constant(_within(self.plan.standard.parameters, rest))
        if owner == "context":
            return self.facts(rest)
        slot = known.get(rest) if owner == "answers" else None
        if slot is None:
            raise UnsupportedError
        return answer_term(slot, self.name("val", slot.slug), asking=True)

    def _used(self, child: Group, group: Group) -> str:
        """Tell whether an instance is filled in; the first one counts when none is."""
        cells = [cell for slot in child.slots() for cell in slot.cells.values()]
        own = f"{conditions.given(cells)}>0"
        if child.instance != 1:
            return own
        others = [self.name("used", one.slug) for one in group.children if isinstance(one, Group) and one is not child]
        return f"OR({own},NOT(OR({','.join(others)})))" if others else "TRUE"

    @staticmethod
    def _forbidding(slot: Slot, *, hidden: str) -> str:
        tests = []
        if slot.node.missing == "forbid":
            tests.append('H{row}="unobserved"')
        if slot.node.not_applicable == "forbid":
            tests.append(f'AND(H{{row}}="not_applicable",NOT({hidden}))')
        return f'IF(OR({",".join(tests)}),1,"")' if tests else ""


_EVERY = ("outcome", "counts", "missed", "forbidden")


def answer_term(slot: Slot, name: str, *, asking: bool) -> Term:
    """Give the term that stands for an answer's value: unknown while nobody gave it, for those who are `asking`."""
    measured = not isinstance(slot.scale, Choices) and getattr(slot.scale, "info", "number") == "number"
    kind: conditions.Kind = "number" if measured else "text"
    if asking:
        return Term(name, kind, null=True, unknown=True)
    return Term(f'IFERROR({name},"")', kind, null=True)


def _within(owner: object, path: str) -> object:
    for part in path.split("."):
        if not isinstance(owner, dict) or part not in owner:
            raise UnsupportedError
        owner = owner[part]
    return owner


def _own(group: Group) -> Iterator[Slot]:
    """Give the criteria that are answered on the level of a group: those in it, but not in instances below it."""
    for child in group.children:
        if isinstance(child, Slot):
            yield child
        elif not child.repeated:
            yield from _own(child)


def _place(child: Slot | Group) -> str:
    """Tell which of its parent's ranges a child stands in."""
    return "" if not is_bonus(child) else "f" if is_uncapped(child) else "b"


def _given(slot: Slot) -> str:
    return f"{conditions.given(slot.cells.values())}>0"


def _or_nothing(points: float | None) -> str:
    return '""' if points is None else number(points)
