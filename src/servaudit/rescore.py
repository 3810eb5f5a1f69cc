"""Brings an observation to other versions of what it was made with before it is scored: their history is replayed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servaudit.change.migration import migrate
from servaudit.diagnostics import msg
from servaudit.library import Reference
from servaudit.model.standard import Standard
from servaudit.sources import Source

if TYPE_CHECKING:
    from servaudit.diagnostics import Diagnostic
    from servaudit.library import Library
    from servaudit.model.observation import Observation
    from servaudit.scoring.grid import Grid


class Target(NamedTuple):
    """The versions to score with: of the standard or checklist that a visit names (`2.0.0`, or a range, `^2`).

    `pins`: of the standards of a checklist, the version by id; left out, the highest that the checklist takes.
    """

    versions: str
    pins: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, grid: Grid) -> Target:
        """Give the versions that a visit was scored with."""
        pins = tuple((part.ref.id, part.ref.version) for part in grid.parts) if grid.checklist else ()
        return cls(grid.ref.version, pins)


class Rescored(NamedTuple):
    """The observation as the other version has it: None, with the reason, where that cannot be."""

    source: Source | None
    diagnostics: tuple[Diagnostic, ...] = ()


def brought_to(target: Target, observation: Observation, source: Source, library: Library) -> Rescored:
    """Bring an observation to the versions of a target; of a range, to the highest that is found.

    What the data of the source that is given back hold are the migrated answers; its places stay those of the file.
    """
    identity, _, old = observation.of.partition("@")
    data = source.data
    if not isinstance(data, dict):
        return Rescored(None, source.diagnostics)
    if observation.checklist is None:
        wanted = Reference(identity, target.versions, ("standard",))
        data, found_version, told = _moved(data, old, wanted, source, source, library)
        return Rescored(_again(source, data) if found_version else None, told)
    from servaudit.model.checklist import Checklist  # noqa: PLC0415 - most visits have none

    found = library.find(Checklist, Reference(identity, target.versions, ("checklist",)), source)
    told = found.diagnostics
    if found.document is None or found.source is None:
        return Rescored(None, tuple(map(_of_checklist, told)))
    made = dict(one.split("@") for one in observation.standards)
    for number, use in enumerate(found.document.standards):
        wanted = Reference(
            use.standard, dict(target.pins).get(use.standard, use.version), ("standards", number, "standard")
        )
        data, version, more = _moved(data, made.get(use.standard), wanted, source, found.source, library)
        told += more
        if version is None:
            return Rescored(None, told)
        made[use.standard] = version
    taken = {use.standard for use in found.document.standards}
    data = {
        **data,
        "checklist": f"{identity}@{found.document.version}",
        "standards": [f"{name}@{version}" for name, version in made.items() if name in taken],
    }
    return Rescored(_again(source, data), told)


def _of_checklist(told: Diagnostic) -> Diagnostic:
    """Say whose version is asked for, where a checklist does not have it: most often its standard's was meant."""
    if told.code != "version-mismatch":
        return told
    help_ = msg("the version asked for is that of the checklist, which takes the newest standards it allows: ^1 or >=1")
    return told._replace(help=help_)


def _moved(
    data: dict[str, Any], old: str | None, wanted: Reference, source: Source, near: Source, library: Library
) -> tuple[dict[str, Any], str | None, tuple[Diagnostic, ...]]:
    """Bring the answers to one standard to the version that is found, which is given too: None where there is none."""
    found = library.find(Standard, wanted, near)
    if found.document is None:
        return data, None, found.diagnostics
    version = found.document.version
    if old is None or old == version:
        return data, version, found.diagnostics
    # Where the old version cannot be found, answers that were written as labels are not understood: scoring says so.
    made_with = library.find(Standard, Reference(wanted.id, old, wanted.place), near).document
    migrated = migrate(data, wanted.id, found.document.history, old, version, made_with, found.document)
    told = tuple(source.diagnostic(problem) for problem in migrated.problems)
    return migrated.data, version, (*found.diagnostics, *told)


def _again(source: Source, data: dict[str, Any]) -> Source:
    return Source(source.path, source.text, data, source.sha256, source.format, source.diagnostics)
