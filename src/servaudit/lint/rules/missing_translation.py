"""`missing-translation`: a text without one of the languages that its document is written in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.diagnostics import Problem, msg
from servaudit.lint.texts import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.diagnostics import Path
    from servaudit.lint.texts import Said
    from servaudit.model.base import Document


def find(document: Document) -> Iterator[Problem]:
    """Find the texts that lack a language the document's title has: the title says in which languages it is meant.

    What has no word in it (a figure, initials) needs no translation, nor do the names of sites and auditors.
    """
    own = getattr(document, "language", None)
    title = getattr(document, "title", None)
    if own is None or title is None:
        return
    meant = {own, *(language or own for language in title)}
    whole: dict[Path, list[Said]] = {}
    for said in texts(document):
        whole.setdefault(said.text, []).append(said)
    for place, given in whole.items():
        missing = sorted(meant - {said.language for said in given})
        if missing and not _names(place) and any(letter.islower() for said in given for letter in said.said):
            message = msg("this text is not translated: {languages} missing, which the title has",
                          languages=", ".join(missing))  # fmt: skip
            yield Problem("missing-translation", place, message, msg("say it in each language of the title"))


def _names(place: Path) -> bool:
    return place[:1] == ("visit",) and place[1] in ("site", "auditor") and "choices" in place
