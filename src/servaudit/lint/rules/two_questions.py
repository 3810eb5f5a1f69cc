"""`two-questions`: a criterion that asks two things at once, so that no single answer is true of both."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from servaudit.diagnostics import Problem, msg
from servaudit.lint.rules import english, french
from servaudit.lint.rules.wording import shown
from servaudit.lint.texts import questions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from servaudit.lint.texts import Question
    from servaudit.model.base import Document

_EITHER: Final = re.compile(r"\bet\s?/\s?ou\b|\band\s?/\s?or\b", re.IGNORECASE)
_SECOND: Final = re.compile(r"\?\s+[^?]{3,}\?")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_BRACKETS: Final = re.compile(r"\([^()]*\)")
_CLAUSE: Final = re.compile(r"[.;:!?()…–—]\s*")


class _Language(NamedTuple):
    conjunction: re.Pattern[str]
    aside: re.Pattern[str]
    two_verbs: Callable[[list[str], list[str]], bool]


_LANGUAGES: Final[Mapping[str, _Language]] = {
    "fr": _Language(
        re.compile(r",?\s(?:et|puis|ainsi\sque)(?:\s(?:puis|aussi|ensuite|enfin|surtout|également))?\s", re.IGNORECASE),
        re.compile(r"^(?:si|s'il|lorsqu|quand|dès qu|avant|après|en cas)[^,]*,", re.IGNORECASE),
        french.two_verbs,
    ),
    "en": _Language(
        re.compile(r",?\s(?:and|then)(?:\s(?:then|also|finally|if so,?))?\s", re.IGNORECASE),
        re.compile(r"^(?:if|when|where|while|before|after|once|in case|in the event)\b[^,]*,", re.IGNORECASE),
        english.two_verbs,
    ),
}


def find(document: Document) -> Iterator[Problem]:
    """Look for “et/ou”, for two questions, and for an “and” that a second verb of the same subject follows.

    Two nouns, two adjectives and what stands in a subordinate clause are one thing to look at, or too often are.
    """
    for question in questions(document):
        match = _EITHER.search(question.words) or _SECOND.search(question.words) or _joined(question)
        if match is None:
            continue
        word = "?" if match[0].startswith("?") else shown(question, match).strip(" ,\u00a0\u202f")
        message = msg("two questions in one (“{word}”): which of them does the answer answer?", word=word)
        remedy = msg("make each a criterion of its own")
        at = question.at(match.start() + len(match[0]) - len(match[0].lstrip(" ,\u00a0\u202f\n")))
        yield Problem("two-questions", question.said.place, message, remedy, at=at)


def _joined(question: Question) -> re.Match[str] | None:
    """Find the conjunction behind which a second verb begins."""
    language = _LANGUAGES.get(question.said.language)
    if language is None:
        return None
    asked = _BRACKETS.sub(lambda aside: " " * len(aside[0]), question.words)
    for match in language.conjunction.finditer(asked):
        start = max((end.end() for end in _CLAUSE.finditer(asked, 0, match.start())), default=0)
        before = _words(language.aside.sub("", asked[start : match.start()]))
        after = _words(_CLAUSE.split(asked[match.end() :])[0].split(",")[0])
        if before and after and language.two_verbs(before, after):
            return match
    return None


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]
