"""A vocabulary: axes of analysis and scales that standards share; and what a standard is with those that it uses."""

# Without `from __future__ import annotations`: pydantic needs the types at once, and would compile texts.
from collections.abc import Sequence
from typing import Any, Final, Literal

from pydantic import Field

from servaudit.model.base import Document, Id, Language, Text, Version, Worded
from servaudit.model.scale import Scale
from servaudit.model.standard import Facet, Standard

GROUPS: Final = ("facets", "scales")
"""What a vocabulary declares, and a standard may declare, too."""


class Vocabulary(Worded, Document):
    """Facets and scales that several standards share."""

    kind: Literal["vocabulary"]
    id: Id
    version: Version
    language: Language = "en"
    title: Text
    description: Text | None = None
    source: Text | None = Field(None, description="where it comes from: a model, a scheme, a charter")
    facets: dict[Id, Facet] = {}
    scales: dict[Id, Scale] = {}


def joined(standard: Standard, vocabularies: Sequence[Vocabulary]) -> Standard:
    """Give a standard the facets and scales of the vocabularies it uses, before its own; `borrowed` says which.

    Where two declare one id, the standard's own counts, then the first: `lint.vocabulary` finds such faults.
    """
    groups: dict[str, Any] = {}
    borrowed: set[tuple[str, str]] = set()
    for group in GROUPS:
        own = getattr(standard, group)
        taken: dict[str, Any] = {}
        for vocabulary in vocabularies:
            for name, entry in getattr(vocabulary, group).items():
                if name not in own:
                    taken.setdefault(name, _in_language(entry, vocabulary.language))
        borrowed |= {(group, name) for name in taken}
        groups[group] = taken | own
    return standard.model_copy(update=groups).borrowing(frozenset(borrowed))


def _in_language(value: Any, language: str) -> Any:  # noqa: ANN401 - any part of a model
    """Say of each plain text which language it is in: elsewhere it would be taken for that of the other document."""
    if isinstance(value, Document):
        fields = {name: _in_language(getattr(value, name), language) for name in type(value).model_fields}
        return value.model_copy(update=fields)
    if isinstance(value, dict):
        if isinstance(value.get(""), str):
            return {language: value[""]}
        return {name: _in_language(item, language) for name, item in value.items()}
    return value
