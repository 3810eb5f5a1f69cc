"""`servaudit migrate`: brings past visits to a newer version of their standard, as its history tells."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from servaudit.cli.exits import Exit, InputError, UsageError, WriteError
from servaudit.cli.language import LANG, spoken
from servaudit.diagnostics import msg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.cli.show import Show
    from servaudit.diagnostics import Diagnostic
    from servaudit.library import Library
    from servaudit.sources import Source


class Brought(NamedTuple):
    """A visit in its newer version: what is to be written, and what is to be said. Without content it was refused."""

    content: bytes | None
    versions: str
    diagnostics: tuple[Diagnostic, ...]
    changed: bool
    kept: bool


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(migrate)


def migrate(
    paths: Annotated[list[str], typer.Argument(metavar="OBSERVATION", help="Files or folders.")],
    to: Annotated[
        str | None, typer.Option("--to", metavar="VERSION", help="The version to bring them to; the newest in reach.")
    ] = None,
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar="FILE|DIR", help="Where to; - is standard output.")
    ] = None,
    standards: Annotated[
        list[str] | None, typer.Option("--standards", metavar="DIR", help="More folders of standards.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there.")] = False,  # noqa: FBT002 - a flag
    lang: LANG = None,
) -> None:
    """Bring past visits to a newer version of their standard; what has no place in it is kept aside."""
    from servaudit import sources  # noqa: PLC0415 - what a command needs is loaded when it runs
    from servaudit.audit import observations  # noqa: PLC0415 - same
    from servaudit.cli.settings import configured  # noqa: PLC0415 - same
    from servaudit.cli.show import Show  # noqa: PLC0415 - same
    from servaudit.library import Library  # noqa: PLC0415 - same
    from servaudit.model.versions import bounds  # noqa: PLC0415 - same

    if to is not None and bounds(to) is None:
        raise UsageError(msg("--to {given}: write a version, 2.0.0, or a range, ^2.0", given=to or '""'))
    show = Show(spoken(lang))
    settings = configured(show)
    library = Library((*(standards or ()), *settings.standards))
    found = list(observations(paths))
    if not found:
        raise InputError(msg("there is nothing to migrate: no observation was found"))
    several = len(found) > 1 or any(map(sources.is_folder, paths))
    if several and output in (None, sources.STDIN):
        raise UsageError(msg("several visits are written into a folder: name one with -o"))
    ends, taken = {Exit.DONE}, set[str]()
    for source in found:
        brought = _brought(source, to, library)
        show.diagnostics(brought.diagnostics)
        if brought.content is None:
            ends.add(Exit.INPUT)
            continue
        target = _target(source.path, paths, output or sources.STDIN, several=several)
        if target is None:
            show.raw(brought.content.decode("utf-8"))
            continue
        if str(target) in taken:
            raise WriteError(msg("{path}: two visits would be written here", path=str(target)))
        taken.add(str(target))
        if brought.changed or not target.exists():
            _write(target, brought.content, force=force)
        show.note(msg("{path}: {versions}", path=str(target), versions=brought.versions))
        _say_evidence(show, source, target)
        if not brought.kept:
            show.note(msg("{path}: written anew, without the comments and the layout it had", path=str(target)))
    raise typer.Exit(max(ends))


def _brought(source: Source, to: str | None, library: Library) -> Brought:
    """Bring one visit to a version: of its standard, or of its checklist with the standards that it takes."""
    from servaudit.load import load  # noqa: PLC0415 - same
    from servaudit.migrations import Way  # noqa: PLC0415 - same
    from servaudit.model.observation import Observation  # noqa: PLC0415 - same
    from servaudit.render.rewrite import rewritten  # noqa: PLC0415 - same

    loaded = load(source, Observation)
    if loaded.value is None:
        return Brought(None, "", loaded.diagnostics, changed=False, kept=True)
    way = Way(source, library)
    if loaded.value.checklist is None:
        way.standard(loaded.value.standard or "", ("standard",), to)
    else:
        way.checklist(loaded.value, to)
    diagnostics = (*loaded.diagnostics, *way.diagnostics)
    versions = ", ".join(way.said)
    if any(one.severity == "error" for one in diagnostics):
        return Brought(None, versions, diagnostics, changed=False, kept=True)
    content, kept = _content(source), True
    if way.steps:
        content, kept = rewritten(source.path, content, way.steps)
    return Brought(content, versions, diagnostics, changed=bool(way.steps), kept=kept)


def _say_evidence(show: Show, source: Source, target: Path) -> None:
    """Say which files a visit names that are not beside its new place."""
    folder = Path(source.path).parent
    left = _evidence(source) if target.parent.resolve() != folder.resolve() else []
    if left:
        show.note(
            msg(
                "{path}: its evidence stays in {folder}: copy it beside the new file: {files}",
                path=str(target),
                folder=str(folder),
                files=", ".join(left),
            )
        )


def _evidence(source: Source) -> list[str]:
    """List the files beside a visit that its answers, those kept aside too, name as their evidence; each once."""
    from servaudit.sources.evidence import hash_file  # noqa: PLC0415 - same

    data = source.data if isinstance(source.data, dict) else {}
    groups = [group for key in ("answers", "former") if isinstance(group := data.get(key), dict)]
    named = dict.fromkeys(path for group in groups for value in group.values() for path in _named(value))
    return [path for path in named if hash_file(source.path, path).code not in ("evidence-missing", "evidence-path")]


def _named(value: object) -> Iterator[str]:
    """Yield what is named as evidence in an answer, or in those of a standard, of a section or of its instances."""
    from servaudit.scoring.answers import DETAIL_KEYS  # noqa: PLC0415 - same

    if isinstance(value, dict) and value.keys() <= DETAIL_KEYS:
        evidence = value.get("evidence")
        yield from (path for path in (evidence if isinstance(evidence, list) else [evidence]) if isinstance(path, str))
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _named(one)


def _content(source: Source) -> bytes:
    """Give a file's bytes, as they were read; of what changed in between, the text."""
    from servaudit.sources import STDIN, parse  # noqa: PLC0415 - same
    from servaudit.sources.text import read_bytes  # noqa: PLC0415 - same

    content = b"" if source.path == STDIN else read_bytes(source.path)
    same = isinstance(content, bytes) and parse(source.path, content).sha256 == source.sha256
    return content if isinstance(content, bytes) and same else source.text.encode()


def _target(path: str, paths: list[str], output: str, *, several: bool) -> Path | None:
    """Give the file to write a visit to; None for standard output. What was in a folder keeps its place in it."""
    from servaudit.sources import STDIN  # noqa: PLC0415 - same

    if output == STDIN:
        return None
    folder = Path(output)
    if not several and not folder.is_dir() and not output.endswith((os.sep, "/")):
        return folder
    within = next((one for one in paths if Path(one).is_dir() and Path(path).is_relative_to(one)), None)
    name = "observation.yaml" if path == STDIN else Path(path).name
    return folder / (Path(path).relative_to(within) if within else name)


def _write(path: Path, content: bytes, *, force: bool) -> None:
    from servaudit.render import output as files  # noqa: PLC0415 - same

    if os.path.lexists(path) and not force:
        raise WriteError(msg("{path}: this file is there already; --force replaces it", path=str(path)))
    try:
        files.write(path, content, force=True)
    except files.OutputError as error:
        raise WriteError(msg("{path}: {reason}", path=str(error.path), reason=error.reason)) from error
