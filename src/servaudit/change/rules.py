"""Compares how two standards conclude: combination, policies, measures, levels, limits, pass mark, display."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.change.change import plain, same_rule
from servaudit.model.rules import Aggregate

if TYPE_CHECKING:
    from servaudit.change.change import Notebook
    from servaudit.diagnostics import Path
    from servaudit.model.checklist import Whole
    from servaudit.model.rules import Limit, Measure, Rollup, Rung, Scoring, Verdicts

COMBINATION = ("combine", "start", "sign", "floor", "max")


def compare_scoring(old: Scoring, new: Scoring, book: Notebook) -> None:
    """Compare the rules of a visit."""
    place: Path = ("scoring",)
    for field in type(new.policies).model_fields:
        at: Path = (*place, "policies", field)
        book.value("policy", at, "scoring", field, getattr(old.policies, field), getattr(new.policies, field))
    book.value("target", (*place, "classify"), "scoring", "classify", old.classify, new.classify)
    for field in type(new.display).model_fields:
        at = (*place, "display", field)
        book.value("display", at, "scoring", f"display.{field}", getattr(old.display, field),
                   getattr(new.display, field))  # fmt: skip
    compare_whole(old, new, book)


def compare_whole(old: Scoring | Whole, new: Scoring | Whole, book: Notebook) -> None:
    """Compare what the rules of a standard and those of several standards together have in common."""
    place: Path = ("scoring",)
    for field in COMBINATION:
        book.value("combination", (*place, field), "scoring", field, getattr(old, field), getattr(new, field))
    _verdicts(old, new, place, book)


def compare_rollups(old: Rollup | None, new: Rollup | None, book: Notebook) -> None:
    """Compare the rules of several visits together."""
    place: Path = ("rollup",)
    if old is None or new is None:
        if old is not new:
            kind = "rollup-added" if old is None else "rollup-removed"
            book.note(kind, place, "rollup", "rollup", old, new, side="old" if new is None else "new")
        return
    book.text("wording", (*place, "title"), "rollup", "title", old.title, new.title)
    _verdicts(old, new, place, book)


def _verdicts(old: Verdicts, new: Verdicts, place: Path, book: Notebook) -> None:
    subject = str(place[0])
    _measures(old.measures, new.measures, (*place, "measures"), book)
    before, after = list(old.levels), list(new.levels)
    if before != after:
        book.note("levels", (*place, "levels"), subject, "levels", before, after)
    for name in after:
        if name in old.levels:
            book.text("wording", (*place, "levels", name), name, "levels", old.levels[name], new.levels[name])
    _ladder(old.ladder, new.ladder, (*place, "ladder"), subject, book)
    _limits(old.limits, new.limits, (*place, "limits"), subject, book)
    book.value("pass-mark", (*place, "pass"), subject, "pass", old.pass_, new.pass_)


def _measures(old: dict[str, Measure], new: dict[str, Measure], place: Path, book: Notebook) -> None:
    for name, measure in new.items():
        at: Path = (*place, name)
        if name not in old:
            book.note("measure-added", at, name, "measures", None, measure)
            continue
        before = old[name]
        if isinstance(before, Aggregate) and isinstance(measure, Aggregate):
            book.text("wording", (*at, "title"), name, "title", before.title, measure.title)
            for field in ("agg", "of", "where", "that", "over", "all"):
                book.value("measure", (*at, field), name, field, getattr(before, field), getattr(measure, field))
        else:
            book.value("measure", at, name, "measures", before, measure)
    for name, measure in old.items():
        if name not in new:
            book.note("measure-removed", (*place, name), name, "measures", measure, None, side="old")
    before_order, after_order = [n for n in old if n in new], [n for n in new if n in old]
    if before_order != after_order:
        book.note("order", place, "measures", "measures", before_order, after_order)


def _ladder(old: list[Rung], new: list[Rung], place: Path, subject: str, book: Notebook) -> None:
    """Compare rung by rung where the levels are the same; else the ladders as they are."""
    if [rung.level for rung in old] == [rung.level for rung in new]:
        for index, (before, after) in enumerate(zip(old, new, strict=True)):
            book.value("ladder", (*place, index, "when"), after.level, "when", before.when, after.when)
        return
    book.note("ladder", place, subject, "ladder", [plain(rung) for rung in old], [plain(rung) for rung in new])


def _limits(old: list[Limit] | None, new: list[Limit] | None, place: Path, subject: str, book: Notebook) -> None:
    if (old is None) != (new is None):  # the rule that holds when a standard declares none
        book.note("limit", place, subject, "limits", None if old is None else "own", None if new is None else "own")
    before = {limit.id: limit for limit in old or ()}
    for index, limit in enumerate(new or ()):
        at: Path = (*place, index)
        was = before.pop(limit.id, None)
        if was is None:
            book.note("limit-added", at, limit.id, "limits", None, _rule(limit), title=limit.text)
            continue
        book.text("wording", (*at, "text"), limit.id, "text", was.text, limit.text, title=limit.text)
        if not same_rule(was.when, limit.when) or _action(was) != _action(limit):
            book.note("limit", at, limit.id, "limits", _rule(was), _rule(limit), title=limit.text)
    places = {limit.id: index for index, limit in enumerate(old or ())}
    for name, limit in before.items():
        book.note("limit-removed", (*place, places[name]), name, "limits", _rule(limit), None, side="old",
                  title=limit.text)  # fmt: skip


def _action(limit: Limit) -> dict[str, object]:
    return limit.model_dump(exclude={"id", "when", "text"}, exclude_none=True)


def _rule(limit: Limit) -> dict[str, object]:
    return {"when": limit.when, **_action(limit)}
