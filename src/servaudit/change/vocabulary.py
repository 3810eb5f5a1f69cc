"""Compares two versions of a vocabulary: whoever uses it may use any of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.change.change import Notebook
from servaudit.change.difference import Difference
from servaudit.change.shared import compare_facets, compare_named

if TYPE_CHECKING:
    from servaudit.model.vocabulary import Vocabulary


def compare_vocabularies(old: Vocabulary, new: Vocabulary) -> Difference:
    """Find every change from one vocabulary to another."""
    book = Notebook(old.language, new.language)
    book.value("identity", ("id",), new.id, "id", old.id, new.id)
    book.value("language", ("language",), new.id, "language", old.language, new.language)
    for field in ("title", "description", "source"):
        book.text("wording", (field,), new.id, field, getattr(old, field), getattr(new, field))
    compare_facets(old.facets, new.facets, book)
    compare_named(old.scales, new.scales, book)
    return Difference(old.version, new.version, tuple(book.changes))
