"""Words that a team's glossary avoids, in the texts of a standard or checklist: where, and what to say instead."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from servaudit.diagnostics import Path, Problem, msg
from servaudit.lint.texts import texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from servaudit.model.base import Document
    from servaudit.model.configuration import Glossary

_PART: Final = r"[\w\u2010\u2011-]"
"""What a word is made of: “user-friendly” is not said with “user”."""


def lint_words(document: Document, glossary: Glossary) -> list[Problem]:
    """Find the words to avoid, each once in a text, at the word itself.

    Whole words count, in the text's own language, however they are capitalised, singular or plural in -s or -x.
    Accents count (“marché” is not “marche”), save on capitals, which many leave bare.
    """
    finders = {language: _Finder(words) for language, words in glossary.items() if words}
    found = []
    for text in texts(document):
        finder = finders.get(text.language)  # type: ignore[call-overload] # a Text's keys are languages
        if finder is not None:
            found += finder.problems(text.said, text.place)
    return found


class _Finder:
    """The words of one language, looked for together: of several at one place the longest counts."""

    def __init__(self, words: Mapping[str, str]) -> None:
        # The house's words are known too: who says “client final” for “client” may say it.
        known: dict[str, str | None] = {unicodedata.normalize("NFC", word): None for word in words.values()}
        known |= {unicodedata.normalize("NFC", word): house for word, house in words.items()}
        entries = sorted(known.items(), key=lambda entry: -len(entry[0]))
        self.houses = [house for _, house in entries]
        any_of = "|".join(f"({_pattern(word)})" for word, _ in entries)
        self.pattern = re.compile(f"(?<!{_PART})(?:{any_of})(?!{_PART})")

    def problems(self, text: str, place: Path) -> Iterator[Problem]:
        """Yield a problem for each word to avoid."""
        composed = unicodedata.normalize("NFC", text)
        said: set[int] = set()
        for match in self.pattern.finditer(composed):
            which = (match.lastindex or 0) - 1
            house = self.houses[which]
            if house is None or which in said:
                continue
            said.add(which)
            message = msg("the house does not say “{word}”, but “{house}”", word=match[0], house=house)
            remedy = msg("the words to avoid are in servaudit.yaml, under “glossary”")
            # Where accents were characters of their own, places in the composed text are not those of the file.
            yield Problem("house-word", place, message, remedy, at=match.start() if composed == text else None)


def _pattern(word: str) -> str:
    """Write a word, or several, as a pattern: capitals or not, each singular or plural."""
    return r"\s+".join("".join(map(_letter, part)) + "[sSxX]?" for part in word.split())


def _letter(letter: str) -> str:
    if letter in "'’":
        return "['’]"
    bare = unicodedata.normalize("NFD", letter)[0].upper()
    spelled = {letter, letter.lower(), letter.upper(), bare}
    return f"[{''.join(re.escape(one) for one in sorted(spelled) if len(one) == 1)}]"
