"""Ids from wording: snake case, ASCII, the same for the same words, and no two alike."""

from __future__ import annotations

import keyword
import re
from typing import Final

from servaudit.draft.grid import plain

LONGEST: Final = 48
BRIEF: Final = 3
"""Words of a text that is kept whole: `check_in`, `prise_de_conge`."""
_SMALL: Final = frozenset({
    "le", "la", "les", "l", "un", "une", "des", "du", "de", "d", "est", "sont", "et", "ou", "au", "aux", "a",
    "par", "pour", "dans", "avec", "sur", "en", "ne", "n", "il", "elle", "on", "ce", "cette", "ses", "sa",
    "son", "leur", "leurs", "qui", "que", "qu", "se", "s", "y", "t", "the", "an", "is", "are", "was", "were",
    "and", "or", "of", "to", "in", "at", "by", "for", "with", "his", "her", "their", "its", "be", "been", "has",
    "have", "had", "does", "do", "did", "you", "your",
})  # fmt: skip
_VALUES: Final = ("null", "true", "false")  # no texts, in YAML
_NUMBERING: Final = re.compile(r"^\s*(?:\d+(?:[.\-]\d+)*[.)\s\-–:]+|[A-Z][.)]\s+|[IVX]+\s*[.)\-–]\s+|[-•*]\s*)+")


def unnumbered(text: str) -> str:
    """Take the number off a text: `1.2 - Le client…`, `A. Accueil`, `IV) Caisse`."""
    rest = _NUMBERING.sub("", text).strip()
    return rest or text.strip()


def snake(text: str, longest: int = LONGEST) -> str:
    """Make an id of a text, without its small words; empty when nothing of it can be spelled in ASCII."""
    words = re.findall(r"[a-z0-9]+", plain(text))
    kept = [word for word in words if word not in _SMALL] if len(words) > BRIEF else words
    name = ""
    for word in kept or words:
        if name and len(name) + len(word) >= longest:
            break
        name = f"{name}_{word}" if name else word[:longest]
    if name and not name[0].isalpha():
        name = f"n_{name}"
    return f"{name}_" if keyword.iskeyword(name) or name in _VALUES else name


class Ids:
    """Gives out ids, each once. Texts that would share one are told apart by their section, then by a number."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, text: str, fallback: str, within: str = "", *, qualified: bool = False) -> str:
        """Make the id of a text; `fallback` where it gives none, `within` is its section's id."""
        own = snake(unnumbered(text)) or fallback
        long = f"{within}_{own}"[:90].rstrip("_") if within else own
        for name in (long,) if qualified else (own, long):
            if name not in self._taken:
                self._taken.add(name)
                return name
        number = 2
        while f"{long}_{number}" in self._taken:
            number += 1
        self._taken.add(f"{long}_{number}")
        return f"{long}_{number}"
