"""`no-guidance`: a criterion that does not say how to judge it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from servaudit.diagnostics import Problem, msg
from servaudit.lint.texts import criteria
from servaudit.model.scale import Choices
from servaudit.model.standard import Standard
from servaudit.scoring.names import scale_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.diagnostics import Message
    from servaudit.model.base import Document
    from servaudit.model.standard import Criterion

DESCRIBED: Final = 4
"""Words on average from which the labels of a scale say themselves what each answer stands for."""
MANY: Final = 10
"""Criteria from which a standard without any guidance is told so: a draft of a few is explained aloud."""


def find(document: Document) -> Iterator[Problem]:
    """Look at the criteria that are judged; where none of many has any guidance, that is said once.

    A figure is read, not judged, and a scale whose answers are described in words says itself what counts.
    """
    if not isinstance(document, Standard):
        return
    judged = [(one, place) for one, place in criteria(document, ()) if _judged(document, one)]
    bare = [(one, place) for one, place in judged if one.guidance is None]
    if len(bare) == len(judged):
        if len(judged) < MANY:
            return
        message = msg("no criterion says how to judge it")
        yield Problem("no-guidance", ("id",), message, _remedy())
        return
    for criterion, place in bare:
        message = msg("“{id}” does not say how to judge it", id=criterion.id)
        yield Problem("no-guidance", (*place, "id"), message, _remedy())


def _remedy() -> Message:
    return msg("write under guidance: where to look, and what counts as yes and as no")


def _judged(standard: Standard, criterion: Criterion) -> bool:
    scale = scale_of(standard, criterion)
    if scale is None:
        return True  # one of a vocabulary's
    if not isinstance(scale, Choices):
        return False
    labels = [text for choice in scale.choices.values() for text in (choice.label or {}).values()]
    return not labels or sum(len(label.split()) for label in labels) / len(labels) < DESCRIBED
