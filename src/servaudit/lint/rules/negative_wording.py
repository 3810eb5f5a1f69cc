"""`negative-wording`: a criterion that says what should not be, so that a “no” to it means that all is well."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from servaudit.diagnostics import Problem, msg
from servaudit.lint.rules.wording import bracketed, looked_for, shown
from servaudit.lint.texts import questions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.lint.texts import Question
    from servaudit.model.base import Document

NEGATIONS: Final = {
    "fr": re.compile(
        r"\b(?:ne\s|n')(?:[^\s.,;:?!]+\s){0,5}?(?:pas|plus|jamais|rien|aucune?|personne|guère|nulle part)\b(?! de\s\d)"
        r"|^(?:aucune?|nul(?:le)?|rien|personne|pas de|pas d'|jamais|absence de|absence d'|l'absence de)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:not(?! only\b)|never|cannot|nobody|nothing|no one|none|\w+n't)\b"
        r"|\bno(?=\s(?!more\b|longer\b|later\b|less\b|fewer\b|sooner\b|one\b|matter\b|\d)[a-z])",
        re.IGNORECASE,
    ),
}
ASIDE: Final = {
    "fr": re.compile(
        r"\b(?:qui|que|qu'\w*|dont|où|si|s'ils?|lorsque?|lorsqu'\w*|quand|ce|même|sinon|afin|pour)\s", re.IGNORECASE
    ),
    "en": re.compile(
        r"\b(?:who|whom|whose|that|which|what|if|whether|when|where|while|why|how|even|so|because)\s", re.IGNORECASE
    ),
}
"""Words that open a part of a sentence of its own: what is denied there is a circumstance, not what is asked."""

_NUMBER: Final = {
    "fr": r"(?:\d+|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|quinze|vingt|trente|quarante|cent)\b",
    "en": r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty)\b",
}
LIMIT: Final = {
    "fr": re.compile(
        r"[^.,;:?!]{0,60}\b"
        r"(?:(?:plus|moins|au-delà) d(?:e\s|')|(?:dépass|excèd)\w+\s(?:(?:pas|plus|jamais|guère)\s)?(?:les\s)?)"
        rf"{_NUMBER['fr']}"
    ),
    "en": re.compile(rf"[^.,;:?!]{{0,60}}\b(?:(?:more|longer|later|less|fewer) than|exceeds?)\s{_NUMBER['en']}"),
}
"""What makes of a negation a limit, which has no better wording: it is let be."""


def find(document: Document) -> Iterator[Problem]:
    """Look for negations in what an auditor is asked, but limits, clauses, brackets: who has no ticket may be met."""
    for question, match in looked_for(questions(document), NEGATIONS, _aside):
        message = msg("this says what should not be (“{word}”): is “no” the good answer?",
                      word=shown(question, match).strip())  # fmt: skip
        remedy = msg("say what is there when all is well, so that “yes” is the good answer")
        yield Problem("negative-wording", question.said.place, message, remedy, at=question.at(match.start()))


def _aside(question: Question, match: re.Match[str]) -> bool:
    """Tell whether a negation is a limit, or stands in a clause of its own or in brackets."""
    language = question.said.language
    clause = re.split(r"[,;:.?!]\s", question.words[: match.start()])[-1]
    limit = LIMIT[language].match(question.words, match.start())
    return limit is not None or bracketed(question, match) or ASIDE[language].search(clause) is not None
