"""`servaudit validate`: every problem of every file in one run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from servaudit.cli.exits import Exit
from servaudit.cli.language import LANG, spoken
from servaudit.diagnostics import did_you_mean, msg, switch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.cli.show import Show
    from servaudit.diagnostics import Diagnostic
    from servaudit.sources import Source

SCHEMA = "servaudit/diagnostics/1"
Form = Literal["text", "json", "github", "sarif", "junit"]
UNUSABLE = frozenset({"file-not-found", "file-unreadable", "revision"})


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(validate)


def validate(
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="Files or folders; - is standard input.")],
    standards: Annotated[
        list[str] | None, typer.Option("--standards", metavar="DIR", help="More folders of standards.")
    ] = None,
    form: Annotated[
        Form, typer.Option("--format", help="What is written: for people, programs or CI servers.")
    ] = "text",
    strict: Annotated[bool | None, typer.Option("--strict/--no-strict", help="Warnings count as errors.")] = None,
    against: Annotated[
        str | None, typer.Option("--against", metavar="REV", help="What changed since must have raised its version.")
    ] = None,
    lang: LANG = None,
) -> None:
    """Check standards and observations, and say where each problem is and what to do."""
    from servaudit.audit import Audit  # noqa: PLC0415 - what a command needs is loaded when it runs
    from servaudit.cli.settings import configured  # noqa: PLC0415 - same
    from servaudit.cli.show import Show, ordered  # noqa: PLC0415 - same
    from servaudit.library import Library  # noqa: PLC0415 - same
    from servaudit.releases import unfollowed  # noqa: PLC0415 - same
    from servaudit.sources import STDIN  # noqa: PLC0415 - same

    show = Show(spoken(lang))
    settings = configured(show).but(strict=strict)
    library = Library((*(standards or ()), *settings.standards))
    audit = Audit(library, switches=settings.lint, house=settings)
    found: list[Diagnostic] = []
    files: list[str] = []
    # GitHub's runner reads commands on stderr too: there, names of files stay unsaid.
    aside = Show(show.say.language, quiet=form == "github")
    for source in _sources(paths, aside):
        files.append(source.path)
        found += audit.check(source)
        if against is not None and source.path != STDIN:
            found += switch(unfollowed(source, against, library), settings.lint)
    found = ordered(found)
    _write(show, form, files, found, strict=settings.strict)
    raise typer.Exit(outcome(len(files), found, strict=settings.strict))


def _write(show: Show, form: Form, files: list[str], found: list[Diagnostic], *, strict: bool) -> None:
    """Write what was found in one of the formats."""
    if form == "json":
        show.json(as_json(len(files), found))
    elif form == "sarif":
        from servaudit.render.problems import sarif  # noqa: PLC0415 - only this format needs it

        show.json(sarif.render(found, show.say))
    elif form == "junit":
        from servaudit.render.problems import junit  # noqa: PLC0415 - same

        show.raw(junit.render(found, files, show.say, strict=strict))
    elif form == "github":
        from servaudit.render.problems import github  # noqa: PLC0415 - same

        show.raw(github.render(found, show.say))
        _summary(show, len(files), found)
    else:
        show.diagnostics(found, to="out")
        _summary(show, len(files), found)


def outcome(files: int, found: list[Diagnostic], *, strict: bool) -> Exit:
    """Choose the exit code: 3 when something could not be read or there was nothing, 1 when there are errors."""
    if not files or any(diagnostic.code in UNUSABLE for diagnostic in found):
        return Exit.INPUT
    return Exit.GATE if any(strict or diagnostic.severity == "error" for diagnostic in found) else Exit.DONE


def as_json(files: int, found: list[Diagnostic]) -> str:
    """Write diagnostics as a JSON document; messages are in English, so that they can be compared."""
    from servaudit.render.json import encode, problem  # noqa: PLC0415 - only this format needs it

    rows = [problem(diagnostic) for diagnostic in found]
    return encode({"schema": SCHEMA, "files": files, "diagnostics": rows}, indent=2).decode()


def _sources(paths: list[str], show: Show) -> Iterator[Source]:
    """Read what was named, each file once: files as they are, folders with all the documents of ours in them."""
    from servaudit import sources  # noqa: PLC0415 - YAML is loaded when there is something to read

    once = sources.Once()
    for path in paths:
        if not sources.is_folder(path):
            if once.first(path):
                yield sources.read(path)
            continue
        skipped = []
        for name in filter(once.first, sources.documents(path)):
            source = sources.read(name)
            if _ours(source):
                yield source
            elif not _schema(source):
                skipped.append(name)
        if skipped:
            show.note(msg("not for servaudit, left aside: {files}", files=", ".join(skipped)))


def _ours(source: Source) -> bool:
    """Whether a file of a folder is meant for servaudit: it says a kind of ours, or nearly."""
    from servaudit.load import SAID  # noqa: PLC0415 - same
    from servaudit.sources import said_kind  # noqa: PLC0415 - same

    kind = said_kind(source)
    return kind is not None and (kind in SAID or did_you_mean(kind, SAID) is not None)


def _schema(source: Source) -> bool:
    """Whether a file is a JSON Schema, as editors have them beside standards."""
    return isinstance(source.data, dict) and "$schema" in source.data


def _summary(show: Show, files: int, found: list[Diagnostic]) -> None:
    """Say how many files were checked and what was found, on stderr."""
    errors = sum(diagnostic.severity == "error" for diagnostic in found)
    warnings = len(found) - errors
    if found:
        counts = msg(
            "files: {files}, errors: {errors}, warnings: {warnings}", files=files, errors=errors, warnings=warnings
        )
        show.note(counts)
    elif files:
        show.note(msg("files: {files}, no problem found", files=files))
    else:
        show.note(msg("there is nothing to check: no standard and no observation"))
