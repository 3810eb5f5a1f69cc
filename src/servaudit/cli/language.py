"""Which language servaudit speaks to the person at the keyboard."""

from __future__ import annotations

import itertools
import os
from typing import Annotated, Literal

import typer

Speech = Literal["fr", "en"]
LANG = Annotated[Speech | None, typer.Option("--lang", help="Language of messages and reports.", show_default=False)]


def spoken(flag: Speech | None = None) -> Speech:
    """Give the language of messages: the flag, else the environment's (LC_ALL, LC_MESSAGES, LANG), else English."""
    if flag is not None:
        return flag
    environment = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return "fr" if environment.lower().startswith("fr") else "en"


def asked(arguments: list[str]) -> Speech | None:
    """Find the language that a command line asks for, once the command itself has ended."""
    given = [argument.removeprefix("--lang=") for argument in arguments if argument.startswith("--lang=")]
    given += [after for name, after in itertools.pairwise(arguments) if name == "--lang"]
    return next((language for language in given if language in ("fr", "en")), None)  # type: ignore[misc] # one of the two
