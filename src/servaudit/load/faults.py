"""What keeps a source from being a document, said where its author can mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.diagnostics import Problem, did_you_mean, msg, nearest
from servaudit.load.fields import keys_at
from servaudit.load.words import mistyped, shown, wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic_core import ErrorDetails

    from servaudit.diagnostics import Path
    from servaudit.model.base import Document
    from servaudit.sources import Source


def no_kind(data: object, kinds: Sequence[str], said: Sequence[str]) -> Problem:
    """Say that a document does not say what it is: one of these `kinds`; all that a file may say are `said`."""
    listed = msg("start the file with one of {kinds}", kinds=", ".join(f"“kind: {kind}”" for kind in kinds))
    if not isinstance(data, dict):
        return Problem("unknown-kind", (), msg("a document is a mapping (key: value)"), listed)
    if data.get("kind") is None:
        return Problem("unknown-kind", (), msg("“kind” is missing"), listed)
    kind = shown(data["kind"])
    return Problem(
        "unknown-kind",
        ("kind",),
        msg("“{kind}” is no kind of document", kind=kind),
        did_you_mean(kind, said) or listed,
    )


def problems_of(errors: list[ErrorDetails], model: type[Document], source: Source) -> list[Problem]:
    """Make one problem of the errors at one place: the members of a union each complain of the same value."""
    known = {error["loc"]: keys_at(model, error["loc"][:-1]) for error in errors if error["type"] == "extra_forbidden"}
    # A misspelt key is one mistake, although the right one is then missing, too.
    meant = {(*loc[:-1], name) for loc, keys in known.items() for name in nearest(str(loc[-1]), keys)[:1]}
    groups: dict[tuple[Path, bool], list[ErrorDetails]] = {}
    for error in errors:
        if error["type"] != "missing" or error["loc"] not in meant:
            groups.setdefault(_place(error, source), []).append(error)
    problems: list[Problem] = []
    for (path, on_key), group in groups.items():
        merged = mistyped(group) if len(group) > 1 else None
        said = [merged] if merged else [wording(error, known.get(error["loc"], [])) for error in group]
        problems += [Problem(each.code, path, each.message, each.help, on_key=on_key) for each in said]
    return problems


def _place(error: ErrorDetails, source: Source) -> tuple[Path, bool]:
    """Find the path in the file of pydantic's `loc`, and whether the key is meant.

    What is missing is shown at the key of the mapping that lacks it, or at the list's item. `loc` also names members of
    unions, which are not in the file and are left out.
    """
    loc = error["loc"]
    if error["type"] == "missing":
        path = source.existing(loc[:-1])
        return path, not (path and isinstance(path[-1], int))
    if loc and loc[-1] == "[key]":
        return source.existing(loc[:-1]), True
    return source.existing(loc), error["type"] == "extra_forbidden"
