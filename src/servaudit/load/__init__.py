"""From a source to a model, or to diagnostics: what an author got wrong is never an exception."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import ValidationError

from servaudit.diagnostics import Diagnostic, Problem, did_you_mean, msg, nearest
from servaudit.load.fields import keys_at
from servaudit.load.words import mistyped, shown, wording
from servaudit.model.base import Document
from servaudit.model.checklist import Checklist
from servaudit.model.observation import Observation
from servaudit.model.standard import Standard

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from servaudit.diagnostics import Path
    from servaudit.sources import Source

REPORTED = 200
"""Faults reported of one document; nobody reads more before mending the first."""

KINDS: dict[str, type[Document]] = {"standard": Standard, "checklist": Checklist, "observation": Observation}
SAID = (*KINDS, "configuration")
"""Every kind that a file may say; `servaudit.configuration` loads the last."""

T_co = TypeVar("T_co", bound=Document, covariant=True)


@dataclass(frozen=True, slots=True)
class Loaded(Generic[T_co]):
    """A document and the source it came from. `value` is None when a diagnostic is an error."""

    value: T_co | None
    source: Source
    diagnostics: tuple[Diagnostic, ...] = ()


def load(source: Source, model: type[T_co]) -> Loaded[T_co]:
    """Validate a source as one kind of document."""
    if not source.usable:
        return Loaded(None, source, source.diagnostics)
    try:
        value = model.model_validate(source.data)
    except ValidationError as error:
        problems = _problems(error.errors(include_url=False)[:REPORTED], model, source)
        return Loaded(None, source, (*source.diagnostics, *(source.diagnostic(problem) for problem in problems)))
    return Loaded(value, source, source.diagnostics)


def load_any(source: Source) -> Loaded[Document]:
    """Validate a source as the kind of document that it says it is."""
    if not source.usable:
        return Loaded(None, source, source.diagnostics)
    kind = source.data.get("kind") if isinstance(source.data, dict) else None
    model = KINDS.get(kind) if isinstance(kind, str) else None
    if model is None:
        return Loaded(None, source, (*source.diagnostics, source.diagnostic(_no_kind(source.data))))
    return load(source, model)


def _no_kind(data: object) -> Problem:
    listed = msg("start the file with one of {kinds}", kinds=", ".join(f"“kind: {kind}”" for kind in KINDS))
    if not isinstance(data, dict):
        return Problem("unknown-kind", (), msg("a document is a mapping (key: value)"), listed)
    if data.get("kind") is None:
        return Problem("unknown-kind", (), msg("“kind” is missing"), listed)
    kind = shown(data["kind"])
    return Problem(
        "unknown-kind",
        ("kind",),
        msg("“{kind}” is no kind of document", kind=kind),
        did_you_mean(kind, SAID) or listed,
    )


def _problems(errors: list[ErrorDetails], model: type[Document], source: Source) -> list[Problem]:
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
