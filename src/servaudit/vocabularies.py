"""A standard together with the vocabularies it uses: found, checked, and read as one document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.library import Found, Reference
from servaudit.lint.vocabulary import clashes, lint_vocabulary, repeated
from servaudit.load import Loaded, load
from servaudit.model.vocabulary import GROUPS, Vocabulary, joined
from servaudit.shelves import BUNDLED
from servaudit.sources.folders import Head
from servaudit.sources.joined import Joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.diagnostics import Diagnostic, Path
    from servaudit.library import Library
    from servaudit.model.standard import Standard
    from servaudit.sources import Source


def together(standard: Standard, source: Source, library: Library, near: str) -> Loaded[Standard]:
    """Read a standard with the vocabularies it uses, looked for around the file `near`.

    What keeps that from being done is said at its `use:`. The diagnostics are those of this, without the source's own.
    """
    told: list[Diagnostic] = [source.diagnostic(problem) for problem in repeated(standard)]
    used: list[tuple[Vocabulary, Source]] = []
    for index, pin in enumerate(standard.use):
        wanted = Reference.of(pin, ("use", index))
        found = _of_its_time(wanted, source, near) or library.find(Vocabulary, wanted, source, near)
        told += found.diagnostics
        if found.document is not None and found.source is not None:
            told += _faults(found.document, found.source, source, wanted, library.checked)
            used.append((found.document, found.source))
    if not _stopped(told):
        told += (source.diagnostic(problem) for problem in clashes(standard, [one for one, _ in used]))
    if _stopped(told):
        return Loaded(None, source, tuple(told))
    elsewhere = {place: own for vocabulary, own in used for place in _declared(vocabulary)}
    whole = Joined(source, [own for _, own in used], elsewhere)
    return Loaded(joined(standard, [one for one, _ in used]), whole, tuple(told))


def _of_its_time(wanted: Reference, source: Source, near: str) -> Found[Vocabulary] | None:
    """Find what a standard of the past used in its revision; None for a file of today, or where it was not there."""
    if ":" not in source.path or source.path.startswith(BUNDLED):
        return None
    from servaudit.sources.revision import companion  # noqa: PLC0415 - hardly any standard is of the past

    then = companion(source.path, near, Head("vocabulary", wanted.id, wanted.versions))
    loaded = load(then, Vocabulary) if then is not None else None
    return Found(loaded.value, then, loaded.diagnostics) if loaded is not None and loaded.value is not None else None


def _faults(
    vocabulary: Vocabulary, own: Source, user: Source, wanted: Reference, checked: set[str]
) -> Iterator[Diagnostic]:
    """Check a vocabulary; where it cannot be used, the standard's `use:` says so, too."""
    found = [own.diagnostic(problem) for problem in lint_vocabulary(vocabulary)]
    if own.path not in checked:
        yield from found
    checked.add(own.path)
    if _stopped(found):
        yield user.diagnostic(wanted.invalid(own.path))


def _declared(vocabulary: Vocabulary) -> Iterator[Path]:
    for group in GROUPS:
        yield from ((group, name) for name in getattr(vocabulary, group))


def _stopped(found: list[Diagnostic]) -> bool:
    return any(one.severity == "error" for one in found)
