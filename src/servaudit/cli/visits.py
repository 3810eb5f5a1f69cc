"""`servaudit import FILE…`: visits filled in elsewhere (workbooks, JSON) become observations in YAML."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import typer

from servaudit import sources
from servaudit.audit import Audit, observations
from servaudit.cli import carried
from servaudit.cli.exits import Exit, UsageError, WriteError
from servaudit.cli.settings import configured
from servaudit.diagnostics import msg, reason
from servaudit.library import Library
from servaudit.render import observation
from servaudit.render import output as files
from servaudit.scoring.spelled import spelled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servaudit.audit import Audited
    from servaudit.cli.show import Show
    from servaudit.sources import Source

STDOUT: Final = "-"
_TAKEN: Final = (*sources.WORKBOOKS, ".json")
"""What is filled in elsewhere; YAML in a folder is there already."""


class Asked(NamedTuple):
    """What the command line says of an import."""

    paths: Sequence[str]
    output: str | None
    standards: Sequence[str] = ()
    force: bool = False


def import_visits(asked: Asked, show: Show) -> None:
    """Read each file, check it against what it was made from, and write it; one bad file never hides the next."""
    settings = configured(show)
    audit = Audit(Library((*asked.standards, *settings.standards)))
    targets = _Targets(asked)
    ends, written, refused = {Exit.DONE}, 0, 0
    with show.progress(msg("{count} visits imported")) as progress:
        for source in observations(asked.paths, _TAKEN):
            audited = audit.visit(source)
            progress()
            show.diagnostics(audited.diagnostics)
            if not audited.scored:
                ends.add(Exit.INPUT)
                refused += 1
                continue
            data = _data(audited)
            photos = carried.photos(data)
            text = observation.render(data, origin=_origin(source, show))
            target = targets.of(source)
            if target is None:
                show.raw(text)
                if photos:
                    show.note(msg("photos not written: {count}; name a file with -o to have them", count=len(photos)))
            else:
                carried.check(photos, target.parent, force=asked.force)
                _write(target, text, force=asked.force)
                show.note(msg("written: {path}", path=str(target)))
                carried.write(photos, target.parent, show)
                _stays(audited, target, show)
            written += 1
    if not written and not refused:
        show.failure(msg("there is nothing to import: no filled-in checklist was found"))
        ends.add(Exit.INPUT)
    if refused:
        show.note(msg("not imported, because of errors: {count} of {total}", count=refused, total=refused + written))
    raise typer.Exit(max(ends))


class _Targets:
    """Where each observation goes: one file, or one for each in a folder; None is standard output."""

    def __init__(self, asked: Asked) -> None:
        several = len(asked.paths) > 1 or any(map(sources.is_folder, asked.paths))
        self._taken: set[Path] = set()
        if asked.output in (None, STDOUT):
            if several:
                raise UsageError(msg("several visits need a folder to go to: -o DIR"))
            self._folder = self._file = None
            return
        path = Path(asked.output or "")
        into = several or path.is_dir() or str(asked.output).endswith(("/", os.sep)) or not path.suffix
        if not into and path.suffix.lower() not in (".yaml", ".yml"):
            raise UsageError(msg("{path}: an observation is written as .yaml", path=str(path)))
        self._folder, self._file = (path, None) if into else (None, path)

    def of(self, source: Source) -> Path | None:
        """Give the target of one source; two files of one name get two."""
        if self._folder is None:
            return self._file
        stem = Path(source.path).stem if source.path != STDOUT else "visit"
        path, number = self._folder / f"{stem}.yaml", 1
        while path in self._taken:
            number += 1
            path = self._folder / f"{stem}-{number}.yaml"
        self._taken.add(path)
        return path


def _data(audited: Audited) -> dict[str, object]:
    """Give what was filled in, with answers spelled by the keys of their scales."""
    grid, data = audited.grid, audited.source.data
    assert grid is not None  # noqa: S101 - it was scored
    assert isinstance(data, dict)  # noqa: S101 - same
    answers = data.get("answers", {})
    if grid.several:
        plans = {part.standard.id: part.plan for part in grid.parts}
        answers = {name: spelled(plans[name], own) if name in plans else own for name, own in answers.items()}
    else:
        answers = spelled(grid.parts[0].plan, answers)
    return {**data, "answers": answers}


def _origin(source: Source, show: Show) -> str:
    name = Path(source.path).name if source.path != STDOUT else STDOUT
    return show.say.t("from {name}, sha256 {sha256}", name=name, sha256=source.sha256)


def _write(path: Path, text: str, *, force: bool) -> None:
    """Write one observation; a file that is there is only replaced where that was asked for."""
    if os.path.lexists(path) and not force:
        raise WriteError(msg("{path}: this file is there already; --force replaces it", path=str(path)))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        files.write(path, text.encode(), force=force)
    except files.OutputError as error:
        raise WriteError(msg("{path}: {reason}", path=str(error.path), reason=error.reason)) from error
    except OSError as error:
        raise WriteError(msg("{path}: {reason}", path=str(path), reason=reason(error))) from error


def _stays(audited: Audited, target: Path, show: Show) -> None:
    """Say that photos do not move with the text."""
    here, there = Path(audited.source.path).parent.resolve(), target.parent.resolve()
    if here != there and any(path not in one.observation.photos for one in audited.scored for path in one.evidence):
        show.note(msg("the photos it names are still in {folder}: put them beside the text", folder=str(here)))
