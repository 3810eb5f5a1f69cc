"""From a source to a model, or to diagnostics: what an author got wrong is never an exception."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Generic, NamedTuple, TypeVar

from pydantic import ValidationError

from servaudit.model.base import Document
from servaudit.model.observation import Observation
from servaudit.model.standard import Standard

if TYPE_CHECKING:
    from servaudit.diagnostics import Diagnostic
    from servaudit.sources import Source

REPORTED = 200
"""Faults reported of one document; nobody reads more before mending the first."""

KINDS: Final = ("standard", "checklist", "vocabulary", "observation")
SAID: Final = (*KINDS, "configuration")
"""Every kind that a file may say; `servaudit.configuration` loads the last."""

T_co = TypeVar("T_co", bound=Document, covariant=True)


class Loaded(NamedTuple, Generic[T_co]):
    """A document and the source it came from. `value` is None when a diagnostic is an error."""

    value: T_co | None
    source: Source
    diagnostics: tuple[Diagnostic, ...] = ()


def model_of(kind: str) -> type[Document]:
    """Give the model of a kind, one of `KINDS`."""
    if kind == "checklist":
        from servaudit.model.checklist import Checklist  # noqa: PLC0415 - few runs read one, and its classes take time

        return Checklist
    if kind == "vocabulary":
        from servaudit.model.vocabulary import Vocabulary  # noqa: PLC0415 - same

        return Vocabulary
    return Standard if kind == "standard" else Observation


def load(source: Source, model: type[T_co]) -> Loaded[T_co]:
    """Validate a source as one kind of document."""
    if not source.usable:
        return Loaded(None, source, source.diagnostics)
    try:
        value = model.model_validate(source.data)
    except ValidationError as error:
        from servaudit.load.faults import problems_of  # noqa: PLC0415 - most documents have none

        problems = problems_of(error.errors(include_url=False)[:REPORTED], model, source)
        return Loaded(None, source, (*source.diagnostics, *(source.diagnostic(problem) for problem in problems)))
    return Loaded(value, source, source.diagnostics)


def load_any(source: Source) -> Loaded[Document]:
    """Validate a source as the kind of document that it says it is."""
    if not source.usable:
        return Loaded(None, source, source.diagnostics)
    kind = source.data.get("kind") if isinstance(source.data, dict) else None
    if kind not in KINDS:
        from servaudit.load.faults import no_kind  # noqa: PLC0415 - same

        return Loaded(None, source, (*source.diagnostics, source.diagnostic(no_kind(source.data, KINDS, SAID))))
    return load(source, model_of(kind))
