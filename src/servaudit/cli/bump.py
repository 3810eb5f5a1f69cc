"""`servaudit bump`: sets the version that the changes of a document call for, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from servaudit.cli.exits import Exit, InputError, UsageError, WriteError
from servaudit.cli.language import LANG, spoken
from servaudit.diagnostics import msg, reason

if TYPE_CHECKING:
    from servaudit.change.difference import Difference
    from servaudit.cli.show import Show
    from servaudit.diagnostics import Message
    from servaudit.library import Library
    from servaudit.releases import Versioned
    from servaudit.sources import Source


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(bump)


def bump(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH", help="Standards, checklists and vocabularies to set the version of.")
    ],
    against: Annotated[
        str, typer.Option("--against", metavar="REV", help="The revision to compare with, as git names it.")
    ] = "HEAD",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say it, and change nothing.")] = False,  # noqa: FBT002 - a flag
    lang: LANG = None,
) -> None:
    """Set the version that the changes of a standard, checklist or vocabulary call for; that line alone is touched."""
    from servaudit import sources  # noqa: PLC0415 - what a command needs is loaded when it runs
    from servaudit.cli.settings import configured  # noqa: PLC0415 - same
    from servaudit.cli.show import Show  # noqa: PLC0415 - same
    from servaudit.library import Library  # noqa: PLC0415 - same
    from servaudit.releases import Versioned  # noqa: PLC0415 - same

    show = Show(spoken(lang))
    if "-" in paths:
        raise UsageError(msg("bump changes files; standard input is none"))
    library = Library(configured(show).standards)
    ends = {Exit.DONE}
    for path in paths:
        source = sources.read(path)
        loaded = library.open(source)
        show.diagnostics(loaded.diagnostics)
        if not isinstance(loaded.value, Versioned):
            if loaded.value is not None:
                show.failure(msg("{path}: this is no standard, checklist or vocabulary", path=path))
            ends.add(Exit.INPUT)
        elif not _bumped(loaded.value, source, against, show, library, dry_run=dry_run):
            ends.add(Exit.INPUT)
    raise typer.Exit(max(ends))


def _bumped(document: Versioned, source: Source, against: str, show: Show, library: Library, *, dry_run: bool) -> bool:
    """Set the version of one file; says whether that could be decided."""
    from servaudit.releases import since, target  # noqa: PLC0415 - same

    found = since(document, source.path, against, library)
    show.diagnostics(found.diagnostics)
    if found.difference is None:
        if found.old is None:
            show.note(msg("{path}: new since {revision}, its version stays", path=source.path, revision=against))
            return True
        if not found.diagnostics:
            show.note(msg("{path}: what it was in {revision} cannot be read", path=source.path, revision=against))
        return False
    old, new = document.version, target(found.difference, document)
    if new == old:
        kept = msg("{path}: {version} is right ({why})", path=source.path, version=old, why=_why(found.difference))
        show.line(show.say.message(kept))
        return True
    told = msg("{path}: {old} → {new} ({why})", path=source.path, old=old, new=new, why=_why(found.difference))
    if not dry_run:
        _write(source, old, new)
    show.line(show.say.message(told))
    return True


def _why(difference: Difference) -> Message:
    from servaudit.releases import gravest  # noqa: PLC0415 - same
    from servaudit.report.change import LEVEL_WORDS  # noqa: PLC0415 - same

    if difference.level == "none":
        return msg("nothing changed")
    return msg("{label}: {text}", label=LEVEL_WORDS[difference.level][0], text=gravest(difference))


def _write(source: Source, old: str, new: str) -> None:
    """Put the new version in the place of the old one; quotes and comments stay."""
    from servaudit import sources  # noqa: PLC0415 - same
    from servaudit.render import output as files  # noqa: PLC0415 - same
    from servaudit.sources.splice import Edit, splice  # noqa: PLC0415 - same

    path = Path(source.path)
    place = source.place(("version",))
    written = source.text[place.start : place.end] if place else ""
    if place is None or written.count(old) != 1:
        raise InputError(msg("{path}: the version is written in a way that is left to you", path=source.path))
    try:
        content = path.read_bytes()
        if sources.parse(source.path, content).sha256 != source.sha256:
            raise InputError(msg("{path}: somebody else is changing this file", path=source.path))
        edit = Edit(place.start, place.end, written.replace(old, new))
        files.write(path, splice(content, [edit]), force=True)
    except files.OutputError as error:
        raise WriteError(msg("{path}: {reason}", path=str(error.path), reason=error.reason)) from error
    except OSError as error:
        raise InputError(msg("{path}: {reason}", path=source.path, reason=reason(error))) from error
