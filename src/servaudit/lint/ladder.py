"""Ladders: levels nobody declared, rungs nobody reaches, a last rung that leaves some visits without a level."""

from __future__ import annotations

import ast
import operator
from typing import TYPE_CHECKING, Final

from servaudit.diagnostics import Path, Problem, did_you_mean, msg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from servaudit.model.rules import Verdicts
    from servaudit.scoring.expressions import Expression
    from servaudit.scoring.plan import Plan, VerdictRules

Atom = tuple[str, str, float | str]
_MIRROR: Final = {"Lt": "Gt", "LtE": "GtE", "Gt": "Lt", "GtE": "LtE", "Eq": "Eq"}
_IMPLIES: Final[dict[tuple[str, str], Callable[[float, float], bool]]] = {
    ("GtE", "GtE"): operator.ge, ("Gt", "Gt"): operator.ge, ("Gt", "GtE"): operator.ge, ("GtE", "Gt"): operator.gt,
    ("LtE", "LtE"): operator.le, ("Lt", "Lt"): operator.le, ("Lt", "LtE"): operator.le, ("LtE", "Lt"): operator.lt,
    ("Eq", "GtE"): operator.ge, ("Eq", "Gt"): operator.gt, ("Eq", "LtE"): operator.le, ("Eq", "Lt"): operator.lt,
}  # fmt: skip


def ladder_faults(plan: Plan) -> Iterable[Problem]:
    """Check the ladder, limits and pass mark of a standard and of its rollup."""
    standard = plan.standard
    yield from _levels(standard.scoring, ("scoring",))
    yield from _rungs(standard.scoring, plan.rules, ("scoring",))
    if standard.rollup is not None and plan.rollup is not None:
        yield from _levels(standard.rollup, ("rollup",))
        yield from _rungs(standard.rollup, plan.rollup, ("rollup",))
    classify = standard.scoring.classify
    if classify is not None:
        for index, level in enumerate(classify.awarded):
            yield from _known(level, standard.scoring, ("scoring", "classify", "awarded", index))


def _levels(rules: Verdicts, place: Path) -> Iterable[Problem]:
    if rules.levels:
        for index, rung in enumerate(rules.ladder):
            yield from _known(rung.level, rules, (*place, "ladder", index, "level"))
    for index, limit in enumerate(rules.limits or ()):
        if limit.at_most is not None:
            yield from _known(limit.at_most, rules, (*place, "limits", index, "at_most"))
    if rules.pass_ is not None and rules.pass_.level is not None:
        yield from _known(rules.pass_.level, rules, (*place, "pass", "level"))


def _known(level: str, rules: Verdicts, place: Path) -> Iterable[Problem]:
    known = list(rules.levels) or [rung.level for rung in rules.ladder]
    if level not in known:
        yield Problem(
            "unknown-level",
            place,
            msg("there is no level “{level}”", level=level),
            did_you_mean(level, known) or msg("levels: {levels}", levels=", ".join(known)),
        )


def _rungs(written: Verdicts, rules: VerdictRules, place: Path) -> Iterable[Problem]:
    place = (*place, "ladder")
    if written.ladder and all(rung.when is not None for rung in written.ladder):
        yield Problem(
            "ladder-no-last-rung",
            (*place, len(rules.ladder) - 1),
            msg("a visit that meets no condition gets no level"),
            msg("end the ladder with a rung without when"),
        )
    above: list[tuple[int, frozenset[Atom] | None, str]] = []
    for index, (rung, (_, when)) in enumerate(zip(written.ladder, rules.ladder, strict=True)):
        if when is None and rung.when is not None:
            continue  # it could not be compiled, which has been said
        atoms, source = _atoms(when), when.source.strip() if when else ""
        for earlier, wider, text in above:
            if source == text or (wider is not None and _covers(wider, atoms)):
                yield Problem(
                    "rung-shadowed",
                    (*place, index),
                    msg("this rung is never reached: rung {number} always comes first", number=earlier + 1),
                )
                break
        above.append((index, atoms, source))


def _covers(wider: frozenset[Atom], narrower: frozenset[Atom] | None) -> bool:
    """Tell whether whatever meets the narrower conditions meets the wider ones too."""
    return narrower is not None and all(any(_implies(one, atom) for one in narrower) for atom in wider)


def _implies(a: Atom, b: Atom) -> bool:
    if a == b:
        return True
    test = _IMPLIES.get((a[1], b[1]))
    if test is None or a[0] != b[0] or isinstance(a[2], str) or isinstance(b[2], str):
        return False
    return test(a[2], b[2])


def _atoms(when: Expression | None) -> frozenset[Atom] | None:
    """Take a conjunction of comparisons with constants apart; None when it is anything else."""
    if when is None:
        return frozenset()
    parts = when.tree.values if isinstance(when.tree, ast.BoolOp) and isinstance(when.tree.op, ast.And) else [when.tree]
    atoms = [_atom(part) for part in parts]
    return None if any(atom is None for atom in atoms) else frozenset(atom for atom in atoms if atom is not None)


def _atom(node: ast.expr) -> Atom | None:
    if not isinstance(node, ast.Compare) or len(node.ops) != 1:
        return None
    op, left, right = type(node.ops[0]).__name__, node.left, node.comparators[0]
    if isinstance(left, ast.Constant):
        left, right, op = right, left, _MIRROR.get(op, "")
    if not isinstance(right, ast.Constant) or not isinstance(right.value, int | float | str) or op not in _MIRROR:
        return None
    return ast.unparse(left), op, right.value
