"""The configuration in reach, for a command: its faults are shown, and a broken one ends the command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from servaudit.cli.exits import Exit
from servaudit.configuration import settings

if TYPE_CHECKING:
    from servaudit.cli.show import Show
    from servaudit.configuration import Settings


def configured(show: Show) -> Settings:
    """Give what `servaudit.yaml` decides. Ends with 3, its faults shown, where it cannot be used."""
    found = settings()
    show.diagnostics(found.faults)
    if not found.usable:
        raise typer.Exit(Exit.INPUT)
    return found
