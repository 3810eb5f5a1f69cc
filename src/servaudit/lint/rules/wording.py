"""How the rules of wording look for words: whole ones, capitalised or not, in texts prepared by `lint.texts`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from servaudit.lint.texts import PART

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from servaudit.lint.texts import Question

_FIGURE: Final = re.compile(
    r"\d|\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|quinze|vingt|trente|quarante|soixante|cent|"
    r"two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|sixty|hundred|"
    r"une? (?:seconde|minute|heure|journée|jour|semaine|fois)|(?:one|an?) (?:second|minute|hour|day|week))\b",
    re.IGNORECASE,
)


def listed(words: str) -> frozenset[str]:
    """Give the words of a list with spaces between."""
    return frozenset(words.split())


def whole(words: str) -> re.Pattern[str]:
    """Compile a list of words, each of them a pattern, one a line or with ` | ` between; the longest counts."""
    found = sorted((word.strip() for line in words.split("\n") for word in line.split(" | ") if word.strip()), key=len)
    any_of = "|".join(word.replace(" ", r"\s+") for word in reversed(found))
    return re.compile(rf"(?<!{PART})(?:{any_of})(?!{PART})", re.IGNORECASE)


def looked_for(
    questions: Iterable[Question],
    patterns: Mapping[str, re.Pattern[str]],
    let_be: Callable[[Question, re.Match[str]], bool],
) -> Iterator[tuple[Question, re.Match[str]]]:
    """Yield what is found of a language's pattern in the questions in that language, each wording once a text.

    What a rule lets be is left out first: the same word may stand again where it does not.
    """
    for question in questions:
        pattern = patterns.get(question.said.language)
        seen: set[str] = set()
        for match in pattern.finditer(question.words) if pattern is not None else ():
            word = match[0].casefold()
            if word not in seen and not let_be(question, match):
                seen.add(word)
                yield question, match


def clause(words: list[str], determiners: frozenset[str], stops: frozenset[str], verbs: frozenset[str]) -> bool:
    """Tell whether words begin with a subject and its verb: « une trace est remise », “a copy is given”."""
    if words[0] not in determiners:
        return False
    for place, word in enumerate(words[1:5]):
        if word in stops:
            return False
        if place and word in verbs:
            return True
    return False


def shown(question: Question, match: re.Match[str]) -> str:
    """Quote what was found as it was written, its apostrophes too."""
    at = question.at(match.start())
    return match[0] if at is None else question.said.said[at : at + len(match[0])]


def bracketed(question: Question, match: re.Match[str]) -> bool:
    """Tell whether what was found stands in brackets: an example or a remark, not what is asked."""
    before = question.words[: match.start()]
    return before.count("(") > before.count(")")


def has_figure(text: str) -> bool:
    """Tell whether a text names a figure, in digits or in words."""
    return _FIGURE.search(text) is not None
