"""Compares two versions of a checklist: what it takes of which standards, and what it asks of the visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.change.change import Notebook, missing
from servaudit.change.difference import Difference
from servaudit.change.rules import compare_rollups, compare_whole
from servaudit.diagnostics import msg
from servaudit.model.checklist import Whole
from servaudit.model.versions import bounds

if TYPE_CHECKING:
    from servaudit.change.kinds import Level
    from servaudit.diagnostics import Message, Path
    from servaudit.model.checklist import Checklist, Use, VisitField, VisitFields


def compare_checklists(old: Checklist, new: Checklist) -> Difference:
    """Find every change from one checklist to another."""
    book = Notebook(old.language, new.language)
    book.value("identity", ("id",), new.id, "id", old.id, new.id)
    book.value("language", ("language",), new.id, "language", old.language, new.language)
    for field in ("title", "description", "scenario"):
        book.text("wording", (field,), new.id, field, getattr(old, field), getattr(new, field))
    _standards(old, new, book)
    _fields(old.visit, new.visit, book)
    compare_whole(old.scoring or Whole(), new.scoring or Whole(), book)
    compare_rollups(old.rollup, new.rollup, book)
    return Difference(old.version, new.version, tuple(book.changes))


def _standards(old: Checklist, new: Checklist, book: Notebook) -> None:
    before = {use.standard: use for use in old.standards}
    after = {use.standard: use for use in new.standards}
    for index, use in enumerate(new.standards):
        place: Path = ("standards", index)
        if use.standard in before:
            _use(before[use.standard], use, place, book)
        else:
            book.note("standard-added", place, use.standard, "standards", None, use.version)
    for index, use in enumerate(old.standards):
        if use.standard not in after:
            book.note(
                "standard-removed", ("standards", index), use.standard, "standards", use.version, None, side="old"
            )
    was, now = [name for name in before if name in after], [name for name in after if name in before]
    if was != now:
        book.note("order", ("standards",), new.id, "standards", was, now)


def _use(old: Use, new: Use, place: Path, book: Notebook) -> None:
    name = new.standard
    raised: tuple[Level, Message] | None = None
    if _majors(old.version) != _majors(new.version):
        raised = ("major", msg("it takes other major versions of the standard"))
    book.value("standard-range", (*place, "version"), name, "version", old.version, new.version, raised=raised)
    book.value("weight", (*place, "weight"), name, "weight", old.weight, new.weight)
    for field in ("include", "exclude"):
        book.value("selection", (*place, field), name, field, getattr(old, field), getattr(new, field))
    book.value("order", (*place, "order"), name, "order", old.order, new.order)
    for parameter in sorted(old.parameters.keys() | new.parameters.keys()):
        at: Path = (*place, "parameters", parameter)
        book.value("parameter", at, name, f"parameters.{parameter}", old.parameters.get(parameter),
                   new.parameters.get(parameter))  # fmt: skip
    for audience in sorted(old.wording.keys() | new.wording.keys()):
        before, after = old.wording.get(audience, {}), new.wording.get(audience, {})
        for criterion in dict.fromkeys([*before, *after]):
            words, others = before.get(criterion), after.get(criterion)
            for field in ("text", "guidance", "why"):
                at = (*place, "wording", audience, criterion, field)
                book.text("wording" if field == "text" else "guidance", at, criterion, f"wording.{audience}.{field}",
                          getattr(words, field, None), getattr(others, field, None))  # fmt: skip


def _majors(span: str) -> set[tuple[str, int]]:
    """Give the major versions that a range ends at."""
    return {(bound.sign, bound.version.major) for bound in bounds(span) or ()}


def _fields(old: VisitFields, new: VisitFields, book: Notebook) -> None:
    before, after = _asked(old), _asked(new)
    for name, field in after.items():
        place: Path = ("visit", *name.split(".", 1))
        if name not in before:
            book.note("visit-field", place, name, "visit", None, field if field.required else None)
            continue
        was = before[name]
        for key in ("title", "help"):
            book.text("wording", (*place, key), name, key, getattr(was, key), getattr(field, key))
        for key in ("required", "default"):
            book.value("visit-field", (*place, key), name, key, getattr(was, key), getattr(field, key))
        known, offered = was.choices or {}, field.choices or {}
        if list(known) != list(offered):
            book.note("visit-field", (*place, "choices"), name, "choices", list(known), list(offered))
        for choice in offered:
            if choice in known:
                book.text(
                    "label", (*place, "choices", choice), name, f"choices.{choice}", known[choice], offered[choice]
                )
    for name in missing(before, after):
        book.note("visit-field", ("visit", *name.split(".", 1)), name, "visit", name, None, side="old")


def _asked(fields: VisitFields) -> dict[str, VisitField]:
    """List the fields that are asked for, those of the context by `context.<fact>`."""
    own = {name: getattr(fields, name) for name in type(fields).model_fields if name != "context"}
    facts = {f"context.{name}": field for name, field in fields.context.items()}
    return {name: field for name, field in {**own, **facts}.items() if field is not None}
