"""Lays the answers of a visit out on the standard's tree: each criterion judged, hidden ones found (SCORING §7)."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Mapping
from typing import Any

from servaudit.diagnostics import Path, Problem, did_you_mean, msg
from servaudit.scoring.answers import DETAIL_KEYS, take_apart
from servaudit.scoring.facts import Context, check_facts
from servaudit.scoring.outcome import NOT_APPLICABLE, UNOBSERVED, RefusedAt, judge
from servaudit.scoring.parts import own_part
from servaudit.scoring.plan import CriterionNode, Known, Plan, SectionNode
from servaudit.scoring.sheet import Branch, Leaf, Sheet
from servaudit.scoring.units import Refused
from servaudit.scoring.values import UNKNOWN

MAX_INSTANCES = 1000
_MEMO = 1000
_LONGEST = 60
_SHORT = 20
_SCALARS = frozenset({str, int, float, bool})
_WHOLE = frozenset({int})
Conditions = tuple[Callable[[Mapping[str, Any]], Any], ...]


def lay_out(plan: Plan, answers: Mapping[str, Any], context: Mapping[str, Any], place: Path = ("answers",)) -> Sheet:
    """Lay a visit's answers, found under `place`, and facts out.

    Nothing raises: what cannot be read is a problem and stays unobserved.
    """
    problems: list[Problem] = []
    facts = check_facts(plan, context, problems)
    leaves: list[Leaf] = []
    root = _Level(plan, answers, place, facts, None, problems, leaves).branch(plan.root, "")
    return Sheet(root, facts, leaves, tuple(problems))


class _Level:
    """The answers at one level: the whole visit, or one instance of a repeated section inside it."""

    def __init__(
        self,
        plan: Plan,
        answers: Mapping[str, Any],
        place: Path,
        facts: Context,
        outer: _Level | None,
        problems: list[Problem],
        leaves: list[Leaf],
    ) -> None:
        self.plan, self.answers, self.place, self.facts = plan, answers, place, facts
        self.outer, self.problems, self.leaves = outer, problems, leaves
        self.conditions: dict[str, Conditions] = {}
        self.done: dict[str, Leaf] = {}
        # What conditions see: the value of an answer, null where it does not apply, UNKNOWN where nobody gave it.
        self.given: ChainMap[str, Any] = outer.given.new_child() if outer else ChainMap()

    def branch(self, node: SectionNode, path: str, under: Conditions = (), *, instance: bool = False) -> Branch:
        """Lay out one section that stands `under` conditions of its parents."""
        if node.depth == 0 or instance:
            self._begin(node, under)
        prefix = f"{path}." if path else ""
        # Where nothing can hide a criterion, visits share the leaves of equal answers: nobody changes them.
        shared = not self.plan.conditional and self.outer is None
        given, found = self.answers.get, self.leaves.append
        children: list[Leaf | Branch] = []
        for child in node.children:
            if isinstance(child, CriterionNode):
                if not shared:
                    leaf = self.leaf(child, prefix)
                elif type(raw := given(child.id)) is not str:
                    leaf = self.judged(child, prefix, raw)
                elif (known := child.leaves.get(raw)) is not None:
                    leaf = known
                else:
                    leaf = self.judged(child, prefix, raw)
                    if leaf.raw is raw and len(raw) <= _LONGEST and len(child.leaves) < _MEMO:
                        child.leaves[raw] = leaf
                found(leaf)
                children.append(leaf)
            else:
                lay = self.branch if child.repeat is None else self._instances
                children.append(lay(child, prefix + child.id))
        return Branch(node, path, children, instance=instance)

    def _begin(self, node: SectionNode, under: Conditions) -> None:
        """Look at the level as a whole: answers nobody asked for, conditions, and the answers that those ask for."""
        self._unknown_answers(node)
        if self.plan.conditional:
            self._spread(node, under)
            asked = [name for name in self.plan.asked if name in node.own]
            self.given.update(dict.fromkeys(asked, UNKNOWN))  # so it stays in a circle
            for name in asked:
                leaf = self.done[name] = self.leaf(self.plan.criteria[name], "")
                if leaf.judgement.outcome != "unobserved":
                    self.given[name] = leaf.judgement.value

    def _spread(self, node: SectionNode, under: Conditions) -> None:
        """Note under which conditions each criterion of this level stands, before any is evaluated."""
        conditions: Conditions
        for child in node.children:
            conditions = under if child.applies is None else (*under, child.applies)
            if isinstance(child, CriterionNode):
                if conditions:
                    self.conditions[child.criterion.id] = conditions
            elif child.repeat is not None:
                self.conditions[child.id] = conditions
            else:
                self._spread(child, conditions)

    def _state(self, name: str) -> Any:  # noqa: ANN401 - true, false or UNKNOWN
        result: Any = True
        scope = {"answers": self.given, "context": self.facts, "parameters": self.plan.standard.parameters}
        for condition in self.conditions.get(name, ()):
            value = condition(scope)
            if value is UNKNOWN:
                result = UNKNOWN
            elif not value:
                return False
        return result

    def leaf(self, node: CriterionNode, prefix: str) -> Leaf:
        """Lay out one criterion that may be hidden."""
        leaf = self.done.get(node.id)
        if leaf is not None:
            leaf.path = prefix + node.id
            return leaf
        leaf = self.judged(node, prefix, self.answers.get(node.id))
        if node.id in self.conditions:
            self._apply(leaf, self._state(node.id))
        return leaf

    def judged(self, node: CriterionNode, prefix: str, raw: Any) -> Leaf:  # noqa: ANN401
        """Judge the answer to one criterion; one seen before is not judged again, whatever its note."""
        value = raw
        if type(raw) is dict and len(raw) == 2 and type(raw.get("note")) is str:  # noqa: PLR2004
            value = raw.get("value", raw)
        spelling = value if type(value) is str and len(value) <= _LONGEST else _spelling(value)
        known = node.memo.get(spelling)
        if known is None:
            known = self._judge(node, raw, (node.criterion.repeat, spelling))
            if spelling is not None and known[0] is not UNOBSERVED and len(node.memo) < _MEMO:
                node.memo[spelling] = known
        judgement, part, refused = known
        return Leaf(node, prefix + node.id, self.place, None if refused else raw, judgement, part)

    def _judge(self, node: CriterionNode, raw: Any, spelling: tuple[str | None, str | None]) -> Known:  # noqa: ANN401
        """Judge an answer that this criterion never had; another of the same scale may have."""
        seen = node.gauge.seen
        judgement = seen.get(spelling)
        if judgement is None:
            if raw is None:
                return UNOBSERVED, None, False
            try:
                answer = take_apart(raw, multiple=node.gauge.multiple)
                judgement = judge(answer, node.gauge, node.criterion.repeat)
            except (Refused, RefusedAt) as refused:
                self._refuse(node, raw, refused)
                return UNOBSERVED, None, True
            if spelling[1] is not None and len(seen) < _MEMO:
                seen[spelling] = judgement
        return judgement, own_part(node.criterion, node.gauge, judgement), False

    def _refuse(self, node: CriterionNode, raw: Any, refused: Refused | RefusedAt) -> None:  # noqa: ANN401
        place = (*self.place, node.id)
        faults = (
            [(refused, place)]
            if isinstance(refused, Refused)
            else [(why, self._under(place, raw, path)) for why, path in refused.faults]
        )
        self.problems += (Problem(why.code, at, why.message, why.help) for why, at in faults)

    @staticmethod
    def _under(place: Path, raw: Any, path: Path) -> Path:  # noqa: ANN401
        return (*place, *path) if path or not isinstance(raw, dict) else (*place, "value")

    def _apply(self, leaf: Leaf, state: Any) -> None:  # noqa: ANN401
        if state is True:
            return
        answered = leaf.judgement.outcome != "unobserved"
        if state is False:
            leaf.judgement, leaf.part, leaf.hidden = NOT_APPLICABLE, None, True
        else:
            leaf.judgement, leaf.part = UNOBSERVED, None
        if answered:
            why = (
                msg("this criterion does not apply here: its answer is not scored")
                if state is False
                else msg("whether this criterion applies rests on an answer nobody gave: it is not scored")
            )
            self.problems.append(Problem("answer-hidden", leaf.place, why, on_key=True))

    def _instances(self, node: SectionNode, path: str) -> Branch:
        raw = self.answers.get(node.id)
        state = self._state(node.id)
        items = raw if isinstance(raw, list) else []
        if raw is not None and (not isinstance(raw, list) or not all(isinstance(item, dict) for item in raw)):
            self.problems.append(
                Problem(
                    "answer-shape",
                    (*self.place, node.id),
                    msg("section “{name}” is repeated: give a list of instances", name=node.id),
                    msg("write each instance as - {{criterion: answer}}"),
                )
            )
            items = []
        elif len(items) > MAX_INSTANCES:
            message = msg("at most {limit} instances of one section", limit=MAX_INSTANCES)
            self.problems.append(Problem("answer-shape", (*self.place, node.id), message))
            items = []
        children: list[Leaf | Branch] = []
        conditions: Conditions = () if state is True else (lambda _: state,)
        for index, item in enumerate(items or [{}]):
            place = (*self.place, node.id, index)
            level = _Level(self.plan, item, place, self.facts, self, self.problems, self.leaves)
            children.append(level.branch(node, f"{path}[{index + 1}]", conditions, instance=True))
        return Branch(node, path, children, instances=True)

    def _unknown_answers(self, node: SectionNode) -> None:
        for name in sorted(self.answers.keys() - node.own, key=str):
            if name in self.plan.left_out:
                message = msg("the checklist leaves “{name}” out: its answer is not scored", name=name)
                self.problems.append(Problem("answer-out-of-scope", (*self.place, name), message, on_key=True))
                continue
            where = [n for n in self.plan.sections.values() if n.repeat is not None and name in n.own]
            help_ = (
                msg("it belongs under {section}: [{{…}}]", section=where[0].id)
                if where
                else did_you_mean(str(name), node.own)
            )
            self.problems.append(
                Problem(
                    "unknown-criterion",
                    (*self.place, name),
                    msg("the standard has no criterion “{name}” here", name=name),
                    help_,
                    on_key=True,
                )
            )


def _spelling(value: Any) -> str | None:  # noqa: ANN401
    """Spell an answer, to remember what it came to; None for what is long or odd and will hardly come again.

    1, true and "1" are equal as keys of a dictionary, so their spellings must not be.
    """
    kind = type(value)
    if kind is str:
        return value if len(value) <= _LONGEST else None
    if kind is list:
        plain = len(value) <= _SHORT and _SCALARS.issuperset(map(type, value))
    elif kind is dict:
        counts = map(type, value.values())
        plain = len(value) <= _SHORT and DETAIL_KEYS.isdisjoint(value) and _WHOLE.issuperset(counts)
    else:
        plain = kind in _SCALARS
    spelling = f"\0{value!r}" if plain else ""
    return spelling if 0 < len(spelling) <= 4 * _LONGEST else None
