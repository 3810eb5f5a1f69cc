"""`servaudit textconv`: a workbook as text, for git to compare; never the reason why `git diff` stops."""

from __future__ import annotations

from typing import Annotated

import typer

from servaudit.cli.exits import Exit
from servaudit.cli.language import LANG, spoken


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(textconv)


def textconv(
    workbook: Annotated[str, typer.Argument(metavar="FILE", help="A workbook (.xlsx).")],
    lang: LANG = None,
) -> None:
    """Print what the cells of a workbook hold, for git diff (docs/ci says how git is told)."""
    from servaudit.cli.show import Show  # noqa: PLC0415 - what a command needs is loaded when it runs
    from servaudit.render.textconv import render  # noqa: PLC0415 - same
    from servaudit.sources.workbook import read  # noqa: PLC0415 - same

    show = Show(spoken(lang))
    book = read(workbook)
    if any(fault.code in ("file-not-found", "file-unreadable") for fault in book.diagnostics):
        show.diagnostics(book.diagnostics)
        raise typer.Exit(Exit.INPUT)
    # What is wrong with a workbook stands in the place of its cells, since git would stop at an error; without its
    # name, which git makes anew each time.
    for fault in book.diagnostics:
        show.line(f"({show.say.message(fault.message)})")
    show.raw(render(book))
