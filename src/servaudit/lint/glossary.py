"""Words that a team's glossary avoids, in the texts of a standard or checklist: where, and what to say instead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, get_args, get_type_hints

from servaudit.diagnostics import Path, Problem, msg
from servaudit.model.base import LANGUAGES, Document, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.model.checklist import Checklist
    from servaudit.model.configuration import Glossary
    from servaudit.model.standard import Standard
    from servaudit.model.vocabulary import Vocabulary

_TEXT_KEYS: Final = frozenset({"", *LANGUAGES})
_PART: Final = r"[\w\u2010\u2011-]"
"""What a word is made of: “user-friendly” is not said with “user”."""


def lint_words(document: Standard | Checklist | Vocabulary, glossary: Glossary) -> list[Problem]:
    """Find the words to avoid, each once in a text, at the word itself.

    Whole words count, in the text's own language, however they are capitalised, singular or plural in -s or -x.
    Accents count (“marché” is not “marche”), save on capitals, which many leave bare.
    """
    finders = {language: _Finder(words) for language, words in glossary.items() if words}
    found = []
    for place, language, text in _texts(document, ()):
        finder = finders.get(language or document.language)  # type: ignore[call-overload] # a Text's keys are languages
        if finder is not None:
            found += finder.problems(text, (*place, language) if language else place)
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


def _texts(value: object, place: Path) -> Iterator[tuple[Path, str, str]]:
    """Yield every text below a value: where it is, its language (empty: the document's), and what it says."""
    if isinstance(value, Document):
        for name in _worded(type(value)):
            yield from _texts(getattr(value, name), (*place, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, (*place, index))
    elif isinstance(value, Mapping):
        for name, item in value.items():
            if isinstance(item, str) and name in _TEXT_KEYS:
                yield place, name, item
            else:
                yield from _texts(item, (*place, name))


@lru_cache(maxsize=128)
def _worded(model: type[Document]) -> tuple[str, ...]:
    """Name the fields of a model that hold texts, or other models; ids, expressions and parameters are none."""
    hints = get_type_hints(model, include_extras=True)
    return tuple(name for name in model.model_fields if _holds(hints[name]))


def _holds(hint: Any) -> bool:  # noqa: ANN401 - a type hint may be anything
    if isinstance(hint, type):
        return issubclass(hint, Document)
    return bool(hint == Text) or any(map(_holds, get_args(hint)))
