"""What an auditor probably meant by an answer that cannot be read: the help beside the fault."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from servaudit.diagnostics import Message, Path, Problem, msg
from servaudit.model.base import folded
from servaudit.model.scale import Choices
from servaudit.scoring.answers import DETAIL_KEYS
from servaudit.scoring.names import scale_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servaudit.scoring.plan import CriterionNode, Plan

_QUOTES: Final = "“”„«»‘’\"'"
_FRACTION: Final = re.compile(r"(\d{1,6})\s*/\s*(\d{1,6})")


def hinted(problem: Problem, answers: Mapping[str, Any], plan: Plan, place: Path) -> Problem:
    """Give a fault of an answer the help that fits what was written; unchanged when nothing is known better.

    `answers` are those found under `place`.
    """
    if problem.path[:1] != ("answers",):
        return problem
    help_ = _misplaced(problem) if problem.code == "unknown-criterion" else _misread(problem, answers, plan, len(place))
    if help_ is None:
        return problem
    return Problem(problem.code, problem.path, problem.message, help_, problem.on_key, problem.at)


def _misplaced(problem: Problem) -> Message | None:
    if str(problem.path[-1]) in DETAIL_KEYS:
        return msg("what goes with an answer is written under its criterion: {{value: …, note: …}}")
    return None


def _misread(problem: Problem, answers: Mapping[str, Any], plan: Plan, depth: int) -> Message | None:
    raw: Any = answers
    for part in problem.path[depth:]:
        try:
            raw = raw[part]
        except (KeyError, IndexError, TypeError):
            return None
    names = (str(part) for part in reversed(problem.path))
    node = next((plan.criteria[name] for name in names if name in plan.criteria), None)
    if not isinstance(raw, str) or node is None:
        return None
    text = raw.strip()
    if len(text) > 1 and text[0] in _QUOTES and text[-1] in _QUOTES:
        return msg("these quotes are part of the answer: use straight ones around it, or none")
    tally = _FRACTION.fullmatch(text)
    if tally and node.criterion.repeat and int(tally[1]) <= int(tally[2]):
        rest = int(tally[2]) - int(tally[1])
        return msg("to count answers, write a tally: {example}", example=f"{{yes: {int(tally[1])}, no: {rest}}}")
    return _initial(text, node, plan) if len(text) == 1 else None


def _initial(letter: str, node: CriterionNode, plan: Plan) -> Message | None:
    """Offer the answers that begin with a letter given alone."""
    scale = scale_of(plan.standard, node.criterion)
    if not isinstance(scale, Choices):
        return None
    words = {word: None for name, choice in scale.choices.items() for word in (name, *(choice.label or {}).values())}
    fitting = [f"“{word}”" for word in words if folded(word).startswith(folded(letter))]
    return msg("write it in full: {answers}", answers=" / ".join(fitting)) if fitting else None
