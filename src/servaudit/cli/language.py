"""Which language servaudit speaks to the person at the keyboard."""

from __future__ import annotations

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
