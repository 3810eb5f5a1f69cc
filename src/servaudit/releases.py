"""Whether version and translations of a document followed what changed in it, and the version that it should have."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servaudit.change.checklist import compare_checklists
from servaudit.change.difference import Difference, compare
from servaudit.change.kinds import KINDS, LEVELS
from servaudit.change.vocabulary import compare_vocabularies
from servaudit.diagnostics import Problem, msg
from servaudit.lint.rules import stale_translation
from servaudit.lint.rules.stale_translation import LeftBehind
from servaudit.model.checklist import Checklist
from servaudit.model.standard import Standard
from servaudit.model.versions import SemVer
from servaudit.model.vocabulary import Vocabulary
from servaudit.scoring.planner import compile_standard
from servaudit.sources import revision as revisions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.change.change import Change
    from servaudit.diagnostics import Diagnostic, Message
    from servaudit.library import Library
    from servaudit.sources import Source


Versioned = Standard | Checklist | Vocabulary


class Since(NamedTuple):
    """What changed in a document since a revision; None with diagnostics, or where it was not there yet (no `old`)."""

    difference: Difference | None
    old: Source | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


def changes(old: Versioned, new: Versioned) -> Difference | None:
    """Compare two documents of one kind; None for those of two."""
    if isinstance(old, Standard) and isinstance(new, Standard):
        return compare(compile_standard(old), compile_standard(new))
    if isinstance(old, Checklist) and isinstance(new, Checklist):
        return compare_checklists(old, new)
    if isinstance(old, Vocabulary) and isinstance(new, Vocabulary):
        return compare_vocabularies(old, new)
    return None


def since(document: Versioned, path: str, revision: str, library: Library) -> Since:
    """Compare a document with what its file was in a revision. What was broken then cannot be compared, nor mended."""
    old = revisions.at(path, revision)
    if old is None:
        return Since(None)
    loaded = library.open(old, path)
    if not isinstance(loaded.value, Versioned):
        return Since(None, old, tuple(one for one in loaded.diagnostics if one.code == "revision"))
    return Since(changes(loaded.value, document), old)


def target(difference: Difference, document: Versioned) -> str:
    """Give the version to raise a document to: what its changes call for, and what a standard's history tells of."""
    history = document.history if isinstance(document, Standard) else ()
    told = [version for version in history if SemVer.of(version) > SemVer.of(difference.old_version)]
    return max([difference.wanted, difference.new_version, *told], key=SemVer.of)


def unfollowed(source: Source, revision: str, library: Library) -> tuple[Diagnostic, ...]:
    """Find what did not follow the changes of a document since a revision: its version, and its translations."""
    document = library.open(source).value
    if not isinstance(document, Versioned):
        return ()
    found = since(document, source.path, revision, library)
    if found.difference is None:
        return found.diagnostics
    problems = [*stale_translation.find(_left_behind(found.difference, document, source), revision)]
    if not found.difference.enough:
        problems.append(_problem(found.difference, revision))
    return (*found.diagnostics, *(source.diagnostic(problem) for problem in problems))


def _left_behind(difference: Difference, document: Versioned, source: Source) -> Iterator[LeftBehind]:
    """Yield the translations that stayed as they were, but for those that stand in another file."""
    own = {change.path: change for change in difference.changes if change.language == document.language}
    for change in difference.changes:
        if change.kind != "translation-stale" or change.language is None or change.path not in own:
            continue
        places = ((*change.path, change.language), (*change.path, "label", change.language), change.path)
        place = next((one for one in places if source.place(one) is not None), None)
        if place is not None:
            text = own[change.path]
            yield LeftBehind(place, change.language, document.language, str(text.old), str(text.new))


def _problem(difference: Difference, revision: str) -> Problem:
    old, new, wanted = difference.old_version, difference.new_version, difference.wanted
    place = ("version",)
    remedy = msg("“servaudit bump” sets it, and “servaudit diff” shows every change")
    if SemVer.of(new) < SemVer.of(old):
        message = msg("the version went back: it was {old} in {revision}", old=old, revision=revision)
        return Problem("version-not-raised", place, message, remedy)
    message = msg("what changed since {revision} calls for version {wanted}: {changes}", revision=revision,
                  wanted=wanted, changes=gravest(difference))  # fmt: skip
    return Problem("version-not-raised", place, message, remedy)


def gravest(difference: Difference) -> Message:
    """Name the gravest changes, three of them at most."""
    ranked = sorted(difference.changes, key=lambda change: -LEVELS.index(change.level))
    top = [change for change in ranked if change.level == difference.level]
    named = _named(top[0])
    for change in top[1:3]:
        named = msg("{one}, {other}", one=named, other=_named(change))
    return msg("{changes}, …", changes=named) if len(top) > 3 else named  # noqa: PLR2004 - as the docstring says


def _named(change: Change) -> Message:
    title = KINDS[change.kind].title
    return msg("{change} ({id})", change=title, id=change.subject) if change.subject else title
