"""What is wrong with the rules of a whole: standards that cannot be combined as asked, scores out of place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.diagnostics import Problem, msg
from servaudit.lint.combination import declaration_faults, has_maximum, rule_faults
from servaudit.lint.standard import doubled_limits
from servaudit.scoring.names import within_ratio

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from servaudit.model.checklist import Checklist
    from servaudit.model.rules import Scoring
    from servaudit.model.standard import Fact
    from servaudit.scoring.plan import Plan, SectionNode


def whole_faults(checklist: Checklist, whole: Plan, parts: Mapping[str, Plan]) -> Iterable[Problem]:
    """Check how the standards of a checklist, by id in `parts` (those found), are combined; `whole`: its rules."""
    rules = whole.standard.scoring
    yield from declaration_faults(rules, ("scoring",))
    yield from doubled_limits(whole.standard)
    yield from _facts(checklist, parts)
    if rules.combine in ("mean", "sum") and not any(use.weight for use in checklist.standards):
        yield Problem(
            "zero-weights",
            ("standards", 0, "weight"),
            msg("all weights are zero: no score can be made"),
            msg("give one of the standards a weight"),
        )
    found = [
        fault
        for index, use in enumerate(checklist.standards)
        if use.standard in parts
        for fault in _fits(rules, parts[use.standard].root, index)
    ]
    yield from found
    if not found:
        roots = [part.root for part in parts.values()]
        reaches = rules.combine != "sum" or rules.max is not None or (rules.sign == -1 and rules.start is not None)
        yield from rule_faults(
            whole,
            maximum=reaches or (rules.sign == 1 and all(map(has_maximum, roots))),
            ratio=all(within_ratio(part.standard) for part in parts.values()),
        )


def _facts(checklist: Checklist, parts: Mapping[str, Plan]) -> Iterable[Problem]:
    """Refuse standards that mean different things by one fact: a visit says it once for all."""
    first: dict[str, tuple[str, Fact]] = {}
    for index, use in enumerate(checklist.standards):
        for name, fact in parts[use.standard].standard.context.items() if use.standard in parts else ():
            other, known = first.setdefault(name, (use.standard, fact))
            if (fact.type, set(fact.values or ())) != (known.type, set(known.values or ())):
                message = msg("“{name}” is another kind of fact than in “{other}”", name=name, other=other)
                yield Problem(
                    "context-type",
                    ("standards", index, "standard"),
                    message,
                    msg("a visit says each fact once: give one of them another name"),
                )


def _fits(rules: Scoring, root: SectionNode, index: int) -> Iterable[Problem]:
    """Refuse a standard that the rules would leave out without a word, or turn upside down."""
    place = ("standards", index, "standard")
    if rules.combine == "sum":
        if root.rules.combine != "sum":
            yield Problem(
                "combination",
                place,
                msg("a sum needs points, and this standard has only a score"),
                msg("combine the standards by mean, or give this one scoring: combine: sum"),
            )
    elif not has_maximum(root):
        yield Problem(
            "no-maximum",
            place,
            msg("this standard has points without a maximum, so no score to combine"),
            msg("give it a max, or combine the standards by sum"),
        )
    elif root.lower_is_better:
        yield Problem(
            "combination",
            place,
            msg("fewer points are better in this standard: its score cannot be combined with others"),
            msg("turn its points round, with combine: sum, start and sign: -1"),
        )
