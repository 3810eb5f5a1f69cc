"""`servaudit schema`: the JSON Schema of a kind of document."""

from __future__ import annotations

from typing import Annotated, Literal

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(schema)


def schema(
    kind: Annotated[
        Literal["standard", "observation", "scores"],
        typer.Argument(help="A document that you write, or the scores that servaudit writes."),
    ],
) -> None:
    """Print a JSON Schema (2020-12), for editors and validators."""
    from servaudit.cli.show import Show  # noqa: PLC0415 - what a command needs is loaded when it runs
    from servaudit.model.schema import as_text  # noqa: PLC0415 - same

    Show().raw(as_text(kind))
