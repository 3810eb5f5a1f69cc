"""Which language servaudit speaks to the person at the keyboard."""

from __future__ import annotations

import itertools
import os
from typing import Annotated, Final, Literal

import typer

from servaudit.cli.exits import UsageError
from servaudit.configuration import settings
from servaudit.diagnostics import msg

Speech = Literal["fr", "en"]
SPEECHES: Final[dict[str, Speech]] = {"fr": "fr", "en": "en"}
LANG = Annotated[Speech | None, typer.Option("--lang", help="Language of messages and reports.", show_default=False)]
LANGS = Annotated[
    str | None,
    typer.Option("--lang", metavar="<fr|en|fr,en>", help="Language of messages and reports; two: each report twice."),
]


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


def several(flag: str | None) -> tuple[Speech, ...]:
    """Give the languages of reports, each once: the flag's, `servaudit.yaml`'s, none. Raises `UsageError`."""
    if flag is None:
        return () if (chosen := settings().language) is None else (chosen,)
    try:
        return tuple(dict.fromkeys(SPEECHES[language.strip()] for language in flag.split(",")))
    except KeyError:
        raise UsageError(msg("--lang {given}: fr, en, or both with a comma between them", given=flag or '""')) from None


def asked(arguments: list[str]) -> Speech | None:
    """Find the language that a command line asks for, once the command itself has ended."""
    given = [argument.removeprefix("--lang=") for argument in arguments if argument.startswith("--lang=")]
    given += [after for name, after in itertools.pairwise(arguments) if name == "--lang"]
    first = (languages.partition(",")[0].strip() for languages in given)
    return next((SPEECHES[language] for language in first if language in SPEECHES), None)
