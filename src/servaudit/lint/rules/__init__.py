"""The rules of a good standard, each in a file named after its code: which there are, and which a team wants."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from servaudit.diagnostics import CODES
from servaudit.lint.glossary import lint_words
from servaudit.lint.rules import (
    dominant_criterion,
    equal_answers,
    id_pattern,
    judgement_word,
    missing_translation,
    na_unsettled,
    negative_wording,
    no_guidance,
    saturated_sum,
    two_questions,
    unreachable_maximum,
    unused_facet,
    unused_level,
    vague_word,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from servaudit.diagnostics import Problem
    from servaudit.model.base import Document
    from servaudit.model.configuration import Glossary, Named, Switch
    from servaudit.scoring.plan import Plan

WRITTEN: Final[Mapping[str, Callable[[Document], Iterable[Problem]]]] = {
    "two-questions": two_questions.find,
    "vague-word": vague_word.find,
    "judgement-word": judgement_word.find,
    "negative-wording": negative_wording.find,
    "no-guidance": no_guidance.find,
    "missing-translation": missing_translation.find,
    "unused-level": unused_level.find,
}
"""What any document says, as it is written."""

GRADING: Final[Mapping[str, Callable[[Plan], Iterable[Problem]]]] = {
    "dominant-criterion": dominant_criterion.find,
    "saturated-sum": saturated_sum.find,
    "unreachable-maximum": unreachable_maximum.find,
    "equal-answers": equal_answers.find,
    "unused-facet": unused_facet.find,
    "na-unsettled": na_unsettled.find,
}
"""What the answers come to, in a standard that can be scored with."""


def wanted(code: str, switches: Mapping[str, Switch]) -> bool:
    """Tell whether a team wants a rule: what it says, else what the table of codes says."""
    switch = switches.get(code)
    return CODES[code].usual if switch is None else switch != "off"


def lint_rules(
    document: Document,
    plan: Plan | None,
    switches: Mapping[str, Switch],
    glossary: Glossary,
    ids: Mapping[Named, str],
) -> list[Problem]:
    """Find what the rules wanted say of a document, as it is written, and of the plan of a standard without faults."""
    found = [problem for code, find in WRITTEN.items() if wanted(code, switches) for problem in find(document)]
    if plan is not None:
        found += [problem for code, find in GRADING.items() if wanted(code, switches) for problem in find(plan)]
    if ids:
        found += id_pattern.find(document, ids)
    if glossary:
        found += lint_words(document, glossary)
    return found
