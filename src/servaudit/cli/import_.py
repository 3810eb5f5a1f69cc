"""`servaudit import`: what teams have in workbooks becomes documents that people read, review and version."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from servaudit.cli.exits import UsageError
from servaudit.cli.language import LANG, spoken
from servaudit.diagnostics import msg


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import")(import_)


def import_(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="FILE", help="Filled-in checklists (.xlsx, .json) or folders; with --as, a grid."),
    ],
    kind: Annotated[
        Literal["standard"] | None, typer.Option("--as", help="Make a standard of your own grid (.xlsx, .csv).")
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="FILE|DIR", help="Where to; standard output when left out."),
    ] = None,
    standards: Annotated[
        list[str] | None, typer.Option("--standards", metavar="DIR", help="More folders of standards.")
    ] = None,
    mapping: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="WHAT=COLUMN,…", help="Columns by letter or heading: section=A,question=C."),
    ] = None,
    sheets: Annotated[
        list[str] | None, typer.Option("--sheet", metavar="NAME", help="Only this sheet; may be repeated.")
    ] = None,
    id_: Annotated[str | None, typer.Option("--id", metavar="ID", help="The standard's id.")] = None,
    answers: Annotated[
        str | None, typer.Option("--answers", metavar="LIST", help="What questions take that do not say it: 1-5, /10.")
    ] = None,
    hidden: Annotated[bool, typer.Option("--hidden", help="Take hidden sheets, rows and columns too.")] = False,  # noqa: FBT002 - a flag
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,  # noqa: FBT002 - a flag
    lang: LANG = None,
) -> None:
    """Turn filled-in checklists into observations; with --as standard, your own grid into a draft standard."""
    from servaudit.cli.show import Show  # noqa: PLC0415 - what a command needs is loaded when it runs

    show = Show(spoken(lang))
    if kind is None:
        if mapping or sheets or id_ or answers or hidden:
            raise UsageError(msg("--map, --sheet, --id, --answers and --hidden go with --as standard"))
        from servaudit.cli.visits import Asked, import_visits  # noqa: PLC0415 - same

        import_visits(Asked(paths, output, tuple(standards or ()), force), show)
        return
    if len(paths) != 1:
        raise UsageError(msg("a standard is made of one file"))
    from servaudit.cli import draft  # noqa: PLC0415 - same

    asked = draft.Asked(paths[0], output, tuple(mapping or ()), tuple(sheets or ()), id_, answers, hidden, force)
    draft.draft_standard(asked, show)
