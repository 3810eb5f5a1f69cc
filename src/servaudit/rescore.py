"""Brings an observation to another version of its standard before it is scored: the standard's history is replayed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servaudit.change.migration import migrate
from servaudit.diagnostics import Problem, msg
from servaudit.library import Reference
from servaudit.model.standard import Standard
from servaudit.sources import Source

if TYPE_CHECKING:
    from servaudit.diagnostics import Diagnostic
    from servaudit.library import Library
    from servaudit.model.observation import Observation


class Rescored(NamedTuple):
    """The observation as the other version has it: None, with the reason, where that cannot be."""

    source: Source | None
    diagnostics: tuple[Diagnostic, ...] = ()


def brought_to(versions: str, observation: Observation, source: Source, library: Library) -> Rescored:
    """Bring an observation to the highest version found among `versions` (`2.0.0`, or a range).

    What the source's data hold are the migrated answers; its places stay those of the file.
    """
    if observation.standard is None:
        message = msg("a visit made with a checklist cannot be scored under another version of a standard")
        remedy = msg("servaudit migrate brings it to other versions")
        return Rescored(None, (source.diagnostic(Problem("rescore", ("checklist",), message, remedy)),))
    identity, _, old = observation.standard.partition("@")
    found = library.find(Standard, Reference(identity, versions, ("standard",)), source)
    if found.document is None:
        return Rescored(None, found.diagnostics)
    standard, data = found.document, source.data
    if standard.version == old or not isinstance(data, dict):
        return Rescored(source, found.diagnostics)
    # Where the old version cannot be found, answers that were written as labels are not understood: scoring says so.
    made_with = library.find(Standard, Reference(identity, old, ("standard",)), source).document
    migrated = migrate(data, identity, standard.history, old, standard.version, made_with)
    told = tuple(source.diagnostic(problem) for problem in migrated.problems)
    again = Source(source.path, source.text, migrated.data, source.sha256, source.format, source.diagnostics)
    return Rescored(again, (*found.diagnostics, *told))
