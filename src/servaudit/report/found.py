"""Finds in an explanation what was asked for: by an id or a path, or by a word for what has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.report.explain import Step

WORDS = ("score", "measures", "level", "limits", "verdict")
"""What may be asked for beside ids."""


def find(step: Step, name: str) -> list[Step]:
    """Find the steps of an id or a path (several for a criterion of a repeated section).

    Failing that those of a word, without what their parts were made from: of a score that would be everything.
    """
    every = list(_every(step))
    return [one for one in every if one.name and name in (one.name, one.name.rpartition(".")[2])] or [
        one._replace(steps=tuple(part._replace(steps=()) for part in one.steps)) for one in every if one.word == name
    ]


def askable(step: Step) -> set[str]:
    """List what may be asked for: the ids and words of a step and of those it was made from."""
    return {word for one in _every(step) for word in (one.name.rpartition(".")[2], one.word) if word}


def _every(step: Step) -> Iterator[Step]:
    yield step
    for child in step.steps:
        yield from _every(child)
