"""`stale-translation`: a text that changed since a revision while its translation did not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servaudit.diagnostics import Problem, msg

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from servaudit.diagnostics import Path


class LeftBehind(NamedTuple):
    """A translation, its place and language, beside a text of its document's `own` language that was another before."""

    place: Path
    language: str
    own: str
    before: str
    after: str


def find(translations: Iterable[LeftBehind], revision: str) -> Iterator[Problem]:
    """Tell those whose text says something else now; capitals, spaces and punctuation do not."""
    for one in translations:
        if _letters(one.before) != _letters(one.after):
            message = msg("the text in “{own}” changed since {revision}, and this translation of it did not",
                          own=one.own, revision=revision)  # fmt: skip
            remedy = msg("bring it up to date; one that still holds is told until a later revision is compared with")
            yield Problem("stale-translation", one.place, message, remedy)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
