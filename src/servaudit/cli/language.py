"""Which language servaudit speaks to the person at the keyboard."""

from __future__ import annotations

import itertools
import os
from typing import Annotated, Literal

import typer

from servaudit.configuration import settings

Speech = Literal["fr", "en"]
LANG = Annotated[Speech | None, typer.Option("--lang", help="Language of messages and reports.", show_default=False)]


def spoken(flag: Speech | None = None) -> Speech:
    """Give the language of messages: the flag's, `servaudit.yaml`'s, the environment's (see `variable`), English."""
    if flag is not None:
        return flag
    if (chosen := settings().language) is not None:
        return chosen
    name = variable()
    return "fr" if name and os.environ[name].lower().startswith("fr") else "en"


def variable() -> str | None:
    """Name the variable of the environment that says the language: the first that is set; None when none is."""
    return next((name for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), None)


def asked(arguments: list[str]) -> Speech | None:
    """Find the language that a command line asks for, once the command itself has ended."""
    given = [argument.removeprefix("--lang=") for argument in arguments if argument.startswith("--lang=")]
    given += [after for name, after in itertools.pairwise(arguments) if name == "--lang"]
    return next((language for language in given if language in ("fr", "en")), None)  # type: ignore[misc] # one of the two
