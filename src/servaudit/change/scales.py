"""Compares scales: answers and their points, and the curves, steps and ranges that measured values are read on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.change.change import missing
from servaudit.diagnostics import msg
from servaudit.model.scale import Choices, Info
from servaudit.scoring.gauge import make_gauge

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servaudit.change.change import Notebook
    from servaudit.change.kinds import Level
    from servaudit.diagnostics import Message, Path
    from servaudit.model.scale import Choice, Scale


def compare_scales(
    old: Scale, new: Scale, place: Path, subject: str, title: Mapping[str, str] | None, book: Notebook
) -> None:
    """Compare two scales, found at `place` in the new document."""
    if isinstance(old, Choices) and isinstance(new, Choices) and not old.choices.keys().isdisjoint(new.choices):
        _choices(old, new, place, subject, title, book)
    elif isinstance(old, Info) and isinstance(new, Info):
        _info(old, new, place, subject, title, book)
    elif old != new:
        book.note("scale", place, subject, "scale", old, new, title=title)


def _choices(
    old: Choices, new: Choices, place: Path, subject: str, title: Mapping[str, str] | None, book: Notebook
) -> None:
    for field in ("better", "max", "multiple"):
        book.value("scale", (*place, field), subject, field, getattr(old, field), getattr(new, field), title=title)
    for name, choice in new.choices.items():
        at: Path = (*place, "choices", name)
        before = old.choices.get(name)
        if before is None:
            moves: tuple[Level, Message] | None = None
            if not _same_ends(old, new):
                moves = ("major", msg("the best or the worst that can be answered is worth something else"))
            book.note("answer-added", at, subject, f"choices.{name}", None, _points(choice), title=title, raised=moves)
            continue
        book.value("scale", at, subject, f"choices.{name}", before.points, choice.points, title=title)
        book.text("label", at, subject, f"choices.{name}", before.label, choice.label, title=title)
    for name in missing(old.choices, new.choices):
        book.note(
            "answer-removed", (*place, "choices", name), subject, f"choices.{name}", _points(old.choices[name]), None,
            side="old", title=title,
        )  # fmt: skip
    _order(list(old.choices), list(new.choices), (*place, "choices"), subject, title, book)


def _points(choice: Choice) -> float | str:
    return "na" if choice.points is None else choice.points


def _same_ends(old: Choices, new: Choices) -> bool:
    """Tell whether best, worst and maximum points are what they were, so that no outcome and no score moves."""
    before, after = make_gauge(old), make_gauge(new)
    return (before.best, before.worst, before.maximum) == (after.best, after.worst, after.maximum)


def _info(old: Info, new: Info, place: Path, subject: str, title: Mapping[str, str] | None, book: Notebook) -> None:
    for field in ("info", "unit"):
        book.value("scale", (*place, field), subject, field, getattr(old, field), getattr(new, field), title=title)
    before, after = old.choices or {}, new.choices or {}
    for name, label in after.items():
        at: Path = (*place, "choices", name)
        if name in before:
            book.text("label", at, subject, f"choices.{name}", before[name], label, title=title)
        else:
            book.note("answer-added", at, subject, f"choices.{name}", None, name, title=title)
    for name in missing(before, after):
        at = (*place, "choices", name)
        book.note("answer-removed", at, subject, f"choices.{name}", name, None, side="old", title=title)


def _order(
    old: list[str], new: list[str], place: Path, subject: str, title: Mapping[str, str] | None, book: Notebook
) -> None:
    before, after = [name for name in old if name in new], [name for name in new if name in old]
    if before != after:
        book.note("order", place, subject, "choices", before, after, title=title)
