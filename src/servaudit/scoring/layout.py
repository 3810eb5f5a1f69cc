"""Lays the answers of a visit out on the standard's tree: each criterion judged, hidden ones found (SCORING §7)."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from servaudit.diagnostics import Path, Problem, did_you_mean, msg
from servaudit.scoring.answers import Spelling, memorable, spelling, take_apart
from servaudit.scoring.facts import Context, check_facts
from servaudit.scoring.outcome import NOT_APPLICABLE, UNOBSERVED, Judgement, RefusedAt, judge
from servaudit.scoring.parts import own_part
from servaudit.scoring.plan import CriterionNode, Plan, SectionNode
from servaudit.scoring.sheet import Branch, Leaf, Sheet
from servaudit.scoring.units import Refused
from servaudit.scoring.values import UNKNOWN

MAX_INSTANCES = 1000
_LEAVES = 100
"""Answers remembered by a criterion, `_SEEN` by those of one scale: so many come within a hundred visits, if ever."""
_SEEN = 500
Conditions = tuple[Callable[[Mapping[str, Any]], Any], ...]


def lay_out(plan: Plan, answers: Mapping[str, Any], context: Mapping[str, Any], place: Path = ("answers",)) -> Sheet:
    """Lay a visit's answers, found under `place`, and facts out.

    Nothing raises: what cannot be read is a problem and stays unobserved.
    """
    problems: list[Problem] = []
    found = _Found([], problems, [], [], {})
    facts = check_facts(plan, context, problems)
    root = _Level(plan, answers, place, facts, found).branch(plan.root, "")
    return Sheet(root, facts, found.leaves, tuple(problems), found.evidence, found.only_remarks, found.levels, place)


def _lasts(key: Spelling, judgement: Judgement) -> bool:
    """Whether to remember what an answer came to.

    Of one in which nothing was observed, the next visit may have a note, which is to be told of; there is none beside
    "", an answer left out.
    """
    return (key == "" or judgement.outcome != "unobserved") and memorable(key)


class _Found(NamedTuple):
    """What is found on the way through the tree: see `Sheet`."""

    leaves: list[Leaf]
    problems: list[Problem]
    evidence: list[tuple[Path, tuple[str, ...]]]
    only_remarks: list[Path]
    levels: dict[Path, Mapping[str, Any]]


class _Level:
    """The answers at one level: the whole visit, or one instance of a repeated section inside it.

    An instance stands in the level `outer`; `within` are the keys that lead to it, and `prefix` its path with a dot.
    """

    def __init__(
        self,
        plan: Plan,
        answers: Mapping[str, Any],
        place: Path,
        facts: Context,
        found: _Found,
        outer: _Level | None = None,
        within: Path = (),
        prefix: str = "",
    ) -> None:
        self.plan, self.answers, self.place, self.facts, self.found = plan, answers, place, facts, found
        self.within, self.prefix = within, prefix
        found.levels[within] = answers
        self.conditions: dict[str, Conditions] = {}
        self.done: dict[str, Leaf] = {}
        # What conditions see: the value of an answer, null where it does not apply, UNKNOWN where nobody gave it.
        self.given: ChainMap[str, Any] = outer.given.new_child() if outer else ChainMap()

    def branch(self, node: SectionNode, path: str, under: Conditions = (), *, instance: bool = False) -> Branch:
        """Lay out one section that stands `under` conditions of its parents."""
        if node.depth == 0 or instance:
            self._begin(node, under)
        own = self.plan.conditional or self.within
        leaves = [self._leaf(one) for one in node.criteria] if own else self._judged(node.criteria)
        self.found.leaves.extend(leaves)
        prefix = f"{path}." if path else ""
        sections = [
            (self.branch if section.repeat is None else self._instances)(section, prefix + section.id)
            for section in node.sections
        ]
        return Branch(node, path, leaves, sections, instance=instance)

    def _begin(self, node: SectionNode, under: Conditions) -> None:
        """Look at the level as a whole: answers nobody asked for, conditions, and the answers that those ask for."""
        self._unknown_answers(node)
        if self.plan.conditional:
            self._spread(node, under)
            asked = [name for name in self.plan.asked if name in node.own]
            self.given.update(dict.fromkeys(asked, UNKNOWN))  # so it stays in a circle
            for name in asked:
                leaf = self.done[name] = self._leaf(self.plan.criteria[name])
                if leaf.judgement.outcome != "unobserved":
                    self.given[name] = leaf.judgement.value

    def _spread(self, node: SectionNode, under: Conditions) -> None:
        """Note under which conditions each criterion of this level stands, before any is evaluated."""
        conditions: Conditions
        for child in node.children:
            conditions = under if child.applies is None else (*under, child.applies)
            if isinstance(child, SectionNode) and child.repeat is None:
                self._spread(child, conditions)
            elif conditions:
                self.conditions[child.id] = conditions

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

    def _leaf(self, node: CriterionNode) -> Leaf:
        """Lay out one criterion that may be hidden, or stands in an instance."""
        if node.id in self.done:
            return self.done[node.id]
        (leaf,) = self._judged((node,))
        state = self._state(node.id)
        if state is True and not self.within:
            return leaf
        judgement, part = leaf.judgement, leaf.part
        if state is not True:
            judgement, part = NOT_APPLICABLE if state is False else UNOBSERVED, None
            if leaf.judgement.outcome != "unobserved":
                self._unasked(node, state)
        return Leaf(node, self.prefix + node.path, judgement, part, self.within,
                    refused=leaf.refused, hidden=state is False)  # fmt: skip

    def _unasked(self, node: CriterionNode, state: Any) -> None:  # noqa: ANN401 - false or UNKNOWN
        why = (
            msg("this criterion does not apply here: its answer is not scored")
            if state is False
            else msg("whether this criterion applies rests on an answer nobody gave: it is not scored")
        )
        self.found.problems.append(Problem("answer-hidden", (*self.place, node.id), why, on_key=True))

    def _judged(self, nodes: Iterable[CriterionNode]) -> list[Leaf]:
        """Judge the answers to criteria; what was answered before is not judged again, whatever its note."""
        given = self.answers.get
        leaves = []
        for node in nodes:
            raw = said = given(node.id)
            if type(raw) is dict and len(raw) == 2 and "note" in raw and type(raw["note"]) is str:  # noqa: PLR2004 - a value and its note
                said = raw.get("value") or raw
            kind = type(said)
            key = said if kind is str or kind is int else spelling(said)
            leaf = node.leaves.get(key)
            if leaf is None:
                leaf = self._judge(node, raw, key)
                if len(node.leaves) < _LEAVES and _lasts(key, leaf.judgement):
                    node.leaves[key] = leaf
            leaves.append(leaf)
        return leaves

    def _judge(self, node: CriterionNode, raw: Any, key: Spelling) -> Leaf:  # noqa: ANN401 - what the file holds
        """Judge an answer that this criterion never had; another of its scale may have."""
        judgement = node.seen.get(key)
        if judgement is None:
            try:
                answer = take_apart(raw, multiple=node.gauge.multiple)
                judgement = judge(answer, node.gauge, node.criterion.repeat)
            except (Refused, RefusedAt) as refused:
                self._refuse(node, raw, refused)
                return Leaf(node, node.path, UNOBSERVED, None, refused=True)
            if answer.evidence:
                self.found.evidence.append(((*self.place, node.id), answer.evidence))
            if not answer.values and (answer.note is not None or answer.evidence):
                self.found.only_remarks.append((*self.place, node.id))
            if len(node.seen) < _SEEN and _lasts(key, judgement):
                node.seen[key] = judgement
        return Leaf(node, node.path, judgement, own_part(node.criterion, node.gauge, judgement))

    def _refuse(self, node: CriterionNode, raw: Any, refused: Refused | RefusedAt) -> None:  # noqa: ANN401 - same
        place = (*self.place, node.id)
        faults = (
            [(refused, (*place, *refused.path))]
            if isinstance(refused, Refused)
            else [(why, self._under(place, raw, path)) for why, path in refused.faults]
        )
        self.found.problems.extend(Problem(why.code, at, why.message, why.help) for why, at in faults)

    @staticmethod
    def _under(place: Path, raw: Any, path: Path) -> Path:  # noqa: ANN401 - same
        return (*place, *path) if path or not isinstance(raw, dict) else (*place, "value")

    def _instances(self, node: SectionNode, path: str) -> Branch:
        raw = self.answers.get(node.id)
        state = self._state(node.id)
        items = raw if isinstance(raw, list) else []
        if raw is not None and (not isinstance(raw, list) or not all(isinstance(item, dict) for item in raw)):
            self.found.problems.append(
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
            self.found.problems.append(Problem("answer-shape", (*self.place, node.id), message))
            items = []
        instances: list[Branch] = []
        conditions: Conditions = () if state is True else (lambda _: state,)
        for index, item in enumerate(items or [{}]):
            keys, name = (node.id, index), f"{path}[{index + 1}]"
            level = _Level(
                self.plan, item, (*self.place, *keys), self.facts, self.found, self, (*self.within, *keys), f"{name}."
            )
            instances.append(level.branch(node, name, conditions, instance=True))
        return Branch(node, path, (), instances, instances=True)

    def _unknown_answers(self, node: SectionNode) -> None:
        if node.own.issuperset(self.answers):
            return
        for name in sorted(self.answers.keys() - node.own, key=str):
            if name in self.plan.left_out:
                message = msg("the checklist leaves “{name}” out: its answer is not scored", name=name)
                self.found.problems.append(Problem("answer-out-of-scope", (*self.place, name), message, on_key=True))
                continue
            where = [n for n in self.plan.sections.values() if n.repeat is not None and name in n.own]
            help_ = (
                msg("it belongs under {section}: [{{…}}]", section=where[0].id)
                if where
                else did_you_mean(str(name), node.own)
            )
            self.found.problems.append(
                Problem(
                    "unknown-criterion",
                    (*self.place, name),
                    msg("the standard has no criterion “{name}” here", name=name),
                    help_,
                    on_key=True,
                )
            )
