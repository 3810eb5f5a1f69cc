"""`servaudit schema`: the JSON Schema of a kind of document."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(schema)


def schema(
    kind: Annotated[
        Literal[
            "standard",
            "checklist",
            "vocabulary",
            "observation",
            "configuration",
            "scores",
            "scorecard",
            "diff",
            "verification",
            "comparison",
            "config",
            "list",
            "document",
        ],
        typer.Argument(
            help="A document that you write, or that servaudit writes: scores, a scorecard (a line of .jsonl), a diff…"
        ),
    ],
) -> None:
    """Print a JSON Schema (2020-12), for editors and validators."""
    from servaudit.change.schema import schema as difference  # noqa: PLC0415 - what a command needs is loaded when it runs
    from servaudit.cli.show import Show  # noqa: PLC0415 - same
    from servaudit.model.schema import schema as make  # noqa: PLC0415 - same

    if kind in ("verification", "comparison", "config", "list", "document"):
        from servaudit.cli.schemas import schema as printed  # noqa: PLC0415 - same

        Show().json(as_text(printed(kind)))
    else:
        Show().json(as_text(difference() if kind == "diff" else make(kind)))


def as_text(schema: dict[str, Any]) -> str:
    """Write a schema the way it is committed under docs/schemas."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
