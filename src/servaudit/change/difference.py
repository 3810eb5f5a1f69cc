"""The typed difference of two versions of a standard, and the version that it calls for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servaudit.change.change import Notebook, missing
from servaudit.change.kinds import highest
from servaudit.change.pairing import pair
from servaudit.change.rules import compare_rollups, compare_scoring
from servaudit.change.shared import compare_shared
from servaudit.change.tree import compare_trees
from servaudit.diagnostics import msg
from servaudit.model.versions import SemVer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servaudit.change.change import Change, Side
    from servaudit.change.kinds import Level
    from servaudit.diagnostics import Path
    from servaudit.model.standard import Fact, Standard
    from servaudit.scoring.plan import Plan


class Difference(NamedTuple):
    """What changed from one version to another; `changes` in the order they are looked for."""

    old_version: str
    new_version: str
    changes: tuple[Change, ...]

    @property
    def level(self) -> Level:
        """The part of the version that the changes raise."""
        return highest([change.level for change in self.changes])

    @property
    def wanted(self) -> str:
        """The lowest version that the new document may have."""
        return raised(self.old_version, self.level)

    @property
    def enough(self) -> bool:
        """Whether the new document's version is high enough."""
        return SemVer.of(self.new_version) >= SemVer.of(self.wanted)


def raised(version: str, level: Level) -> str:
    """Raise a version: `1.2.3` by minor is `1.3.0`."""
    major, minor, patch = SemVer.of(version)
    match level:
        case "major":
            return str(SemVer(major + 1, 0, 0))
        case "minor":
            return str(SemVer(major, minor + 1, 0))
        case "patch":
            return str(SemVer(major, minor, patch + 1))
        case "none":
            return version


def compare(old: Plan, new: Plan) -> Difference:
    """Find every change from one compiled standard to another."""
    before, after = old.standard, new.standard
    book = Notebook(before.language, after.language)
    book.value("identity", ("id",), after.id, "id", before.id, after.id)
    book.value("language", ("language",), after.id, "language", before.language, after.language)
    for field in ("title", "description", "source"):
        book.text("wording", (field,), after.id, field, getattr(before, field), getattr(after, field))
    _parameters(before, after, book)
    _facts("context", before.context, after.context, book)
    _needed(old, new, book)
    _facts("attribute", before.attributes, after.attributes, book)
    compare_shared(before, after, book)
    compare_trees(old, new, pair(before, after), book)
    compare_scoring(before.scoring, after.scoring, book)
    compare_rollups(before.rollup, after.rollup, book)
    for version in sorted(before.history.keys() | after.history.keys()):
        was, now = before.history.get(version), after.history.get(version)
        side: Side = "new" if now is not None else "old"
        book.value("history", ("history", version), version, "history", was, now, side=side)
    return Difference(before.version, after.version, tuple(book.changes))


def _parameters(old: Standard, new: Standard, book: Notebook) -> None:
    for name, value in new.parameters.items():
        if name in old.parameters:
            book.value("parameter", ("parameters", name), name, "parameters", old.parameters[name], value)
        else:
            book.note("parameter-added", ("parameters", name), name, "parameters", None, value)
    for name in missing(old.parameters, new.parameters):
        at: Path = ("parameters", name)
        book.note("parameter-removed", at, name, "parameters", old.parameters[name], None, side="old")


def _facts(kind: str, old: Mapping[str, Fact], new: Mapping[str, Fact], book: Notebook) -> None:
    """Compare facts: of the visit (context), or those that criteria have (attributes)."""
    group = "context" if kind == "context" else "attributes"
    for name, fact in new.items():
        at: Path = (group, name)
        if name not in old:
            book.note(f"{kind}-added", at, name, group, None, fact)
            continue
        before = old[name]
        for field in ("type", "default"):
            book.value(kind, (*at, field), name, field, getattr(before, field), getattr(fact, field))
        was, now = list(before.values or ()), list(fact.values or ())
        if set(was) - set(now):
            book.note(kind, (*at, "values"), name, "values", was, now)
        elif was != now:
            book.note("order" if set(was) == set(now) else f"{kind}-added", (*at, "values"), name, "values", was, now)
        for value in now:
            if value in was:
                old_label, label = (before.values or {})[value], (fact.values or {})[value]
                book.text("wording", (*at, "values", value), f"{name}.{value}", "values", old_label, label)
        book.text("wording", (*at, "title"), name, "title", before.title, fact.title)
    for name in missing(old, new):
        book.note(f"{kind}-removed", (group, name), name, group, old[name], None, side="old")


def _needed(old: Plan, new: Plan, book: Notebook) -> None:
    """Take down facts that a visit must now give, because a rule reads them and nothing stands in for them."""
    for name, fact in new.standard.context.items():
        known = old.standard.context.get(name)
        needed_before = known is not None and known.default is None and f"context.{name}" in old.uses
        if fact.default is None and f"context.{name}" in new.uses and not needed_before:
            why = msg("a rule reads it, and nothing stands in for it: visits made before do not give it")
            index = next((n for n, change in enumerate(book.changes) if change.path == ("context", name)), None)
            if index is None:
                book.note("context", ("context", name), name, "context", None, "required")
                index = len(book.changes) - 1
            book.changes[index] = book.changes[index]._replace(level="major", why=why)
