"""Words that a team's glossary avoids, in the texts of a standard or checklist: where, and what to say instead."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from servaudit.diagnostics import Path, Problem, msg
from servaudit.lint.texts import PART, texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from servaudit.model.base import Document
    from servaudit.model.configuration import Glossary

_STARTS: Final = re.compile(rf"(?<!{PART})(?:{PART}+|\S)")
"""Where a word to avoid may begin: at a word, or at a character that is part of none."""


def lint_words(document: Document, glossary: Glossary) -> list[Problem]:
    """Find the words to avoid, each once in a text, at the word itself.

    Whole words count, in the text's own language, however they are capitalised, singular or plural in -s or -x.
    Accents count (“marché” is not “marche”), save on capitals, which many leave bare.
    """
    finders: dict[str, _Finder] = {language: _Finder(words) for language, words in glossary.items() if words}
    found: list[Problem] = []
    for text in texts(document):
        finder = finders.get(text.language)
        if finder is not None:
            found += finder.problems(text.said, text.place)
    return found


class _Finder:
    """The words of one language, by how they begin: of several at one place the longest counts."""

    def __init__(self, words: Mapping[str, str]) -> None:
        # The house's words are known too: who says “client final” for “client” may say it.
        known: dict[str, str | None] = {unicodedata.normalize("NFC", word): None for word in words.values()}
        known |= {unicodedata.normalize("NFC", word): house for word, house in words.items()}
        self._known: dict[str, list[tuple[str, str | None]]] = {}
        for word, house in sorted(known.items(), key=lambda entry: -len(entry[0])):
            if (start := _STARTS.match(word)) is not None:
                self._known.setdefault(_beginning(start[0]), []).append((word, house))
        self._patterns: dict[str, re.Pattern[str]] = {}

    def problems(self, text: str, place: Path) -> Iterator[Problem]:
        """Yield a problem for each word to avoid."""
        composed = unicodedata.normalize("NFC", text)
        said: set[str] = set()
        end = 0
        for start in _STARTS.finditer(composed):
            found = self._at(composed, start) if start.start() >= end else None
            if found is None:
                continue
            match, word, house = found
            end = match.end()
            if house is None or word in said:
                continue
            said.add(word)
            message = msg("the house does not say “{word}”, but “{house}”", word=match[0], house=house)
            remedy = msg("the words to avoid are in servaudit.yaml, under “glossary”")
            # Where accents were characters of their own, places in the composed text are not those of the file.
            yield Problem("house-word", place, message, remedy, at=match.start() if composed == text else None)

    def _at(self, text: str, start: re.Match[str]) -> tuple[re.Match[str], str, str | None] | None:
        """Find the longest of the known words that stands at a place, and the house's own for it, if any."""
        beginning = _beginning(start[0])
        known = self._known.get(beginning)
        if known is None:
            return None
        if beginning not in self._patterns:  # made when it is met: a text has few of the words of a long glossary
            any_of = "|".join(f"({_pattern(word)})" for word, _ in known)
            self._patterns[beginning] = re.compile(f"(?:{any_of})(?!{PART})")
        match = self._patterns[beginning].match(text, start.start())
        return None if match is None else (match, *known[(match.lastindex or 0) - 1])


def _beginning(start: str) -> str:
    """Give the same for all that may stand for the first word of an entry: capitals, bare ones, a plural."""
    plain = start.replace("’", "'")
    return "".join(unicodedata.normalize("NFD", letter)[0].upper().casefold() for letter in plain).rstrip("sx")


def _pattern(word: str) -> str:
    """Write a word, or several, as a pattern: capitals or not, each singular or plural."""
    return r"\s+".join("".join(map(_letter, part)) + "[sSxX]?" for part in word.split())


def _letter(letter: str) -> str:
    if letter in "'’":
        return "['’]"
    bare = unicodedata.normalize("NFD", letter)[0].upper()
    spelled = {letter, letter.lower(), letter.upper(), bare}
    return f"[{''.join(re.escape(one) for one in sorted(spelled) if len(one) == 1)}]"
