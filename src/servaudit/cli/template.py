"""`servaudit template`: copies a bundled template, to start one's own from."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from servaudit.cli.exits import WriteError
from servaudit.cli.language import LANG, spoken
from servaudit.diagnostics import msg

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable

_PAPER = ("parts/colours.css", "parts/marks.html", "paper/")
_BESIDE: Final[Mapping[str, tuple[str, ...]]] = {
    "report.html": ("report.css", "report.js", "parts/"),
    "sheet.html": _PAPER,
    "handbook.html": _PAPER,
    "trainer.html": _PAPER,
}
"""What each page needs beside it."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(template)


def template(
    name: Annotated[
        Literal["report.xlsx", "report.html", "checklist.xlsx", "sheet.html", "handbook.html", "trainer.html"],
        typer.Argument(help="The workbook, or the page."),
    ],
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="FILE|DIR", help="Where to; the folder you are in by default.")
    ] = ".",
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there.")] = False,  # noqa: FBT002 - a flag
    lang: LANG = None,
) -> None:
    """Copy a template, for you to edit and to give to score --template or to checklist --template."""
    from servaudit import resources  # noqa: PLC0415 - what a command needs is loaded when it runs
    from servaudit.cli.show import Show  # noqa: PLC0415 - same
    from servaudit.render import output as files  # noqa: PLC0415 - same

    folder = resources.templates()
    path = Path(output)
    named = path.suffix.lower() == Path(name).suffix and not path.is_dir() and not output.endswith((os.sep, "/"))
    copies = [(path if named else path / name, folder.joinpath(name))]
    if name in _BESIDE:
        beside = path.parent if named else path
        copies += [(beside / part, source) for part, source in _parts(folder, "") if part.startswith(_BESIDE[name])]
    wanted = [(target, content) for target, source in copies if not _holds(target, content := source.read_bytes())]
    if not force:
        for target, _ in wanted:
            if os.path.lexists(target):
                raise WriteError(msg("{path}: this file is there already; --force replaces it", path=str(target)))
    show = Show(spoken(lang))
    try:
        for target, content in wanted:
            files.write(target, content, force=force)
            show.note(msg("written: {path}", path=str(target)))
    except files.OutputError as error:
        raise WriteError(msg("{path}: {reason}", path=str(error.path), reason=error.reason)) from error
    if not wanted:
        show.note(msg("everything was there already"))


def _holds(path: Path, content: bytes) -> bool:
    """Tell a file that is there and says the same already, as parts that pages share do after the first of them."""
    try:
        return path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def _parts(folder: Traversable, within: str) -> Iterator[tuple[str, Traversable]]:
    """List every file of a folder and of those in it, with its path."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _parts(entry, f"{within}{entry.name}/")
        else:
            yield f"{within}{entry.name}", entry
