"""`servaudit import`: what teams have in workbooks becomes documents that people read, review and version."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from servaudit.cli.language import LANG, spoken


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import")(import_)


def import_(
    grid: Annotated[str, typer.Argument(metavar="FILE", help="A workbook (.xlsx), or a table of text (.csv).")],
    kind: Annotated[Literal["standard"], typer.Option("--as", help="What it becomes.")],
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar="FILE", help="Where to; standard output when left out.")
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
    """Make a standard of your own grid: its sections, questions, weights and answers, to be read and mended."""
    from servaudit.cli.draft import Asked, draft_standard  # noqa: PLC0415 - what a command needs is loaded when it runs
    from servaudit.cli.show import Show  # noqa: PLC0415 - same

    asked = Asked(grid, output, tuple(mapping or ()), tuple(sheets or ()), id_, answers, hidden, force)
    assert kind == "standard"  # noqa: S101 - typer lets nothing else through
    draft_standard(asked, Show(spoken(lang)))
