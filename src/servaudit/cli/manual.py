"""The man page, in one language, built from the commands themselves; `docs/man` holds what comes out."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Any

import typer

from servaudit import __version__
from servaudit.cli import usage
from servaudit.cli.app import application
from servaudit.diagnostics import msg
from servaudit.i18n import translator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.diagnostics import Message
    from servaudit.i18n.translator import Translator

# Commands and contexts are `Any`: typer carries them from click, and names none of their types in public.

EXITS: tuple[tuple[int, Message], ...] = (
    (0, msg("Done.")),
    (1, msg("Done, and a gate that was asked for did not hold, or what was compared differs.")),
    (2, msg("Wrong usage.")),
    (3, msg("Input that cannot be used: not everything was done; what could be was.")),
    (70, msg("A fault of servaudit itself, with what to send us.")),
    (74, msg("Output that could not be written, or would have replaced a file that is read.")),
    (130, msg("Interrupted.")),
)
ENVIRONMENT: tuple[tuple[str, Message], ...] = (
    (
        "LC_ALL, LC_MESSAGES, LANG",
        msg("The language of messages, French or English, where neither --lang nor servaudit.yaml says."),
    ),
    ("NO_COLOR", msg("Set to anything: no colours.")),
)


def page(language: str) -> str:
    """Write the whole page, in `fr` or `en`."""
    command: Any = typer.main.get_command(application())
    tr = translator(language)
    ctx = typer.Context(command, info_name="servaudit")
    return "\n".join([*_lines(command, ctx, tr), ""])


def _lines(command: Any, ctx: Any, tr: Translator) -> Iterator[str]:  # noqa: ANN401 - see above
    yield f'.TH SERVAUDIT 1 "" "servaudit {__version__}"'
    yield _head(tr.t("NAME"))
    yield f"servaudit \\- {_text(usage.summary(command, tr))}"
    yield _head(tr.t("SYNOPSIS"))
    yield ".B servaudit"
    yield _text(tr.t("COMMAND [ARGUMENTS]..."))
    yield _head(tr.t("OPTIONS"))
    yield from _parameters(command, ctx, tr)
    yield _head(tr.t("COMMANDS"))
    for name, one in command.commands.items():
        if not one.hidden:
            inner = typer.Context(one, info_name=name, parent=ctx)
            yield f'.SS "{_text(_call(one, inner, tr))}"'
            for number, paragraph in enumerate(tr.word(inspect.cleandoc(one.help)).split("\n\n")):
                yield from [".PP"] * bool(number)
                yield _text(" ".join(paragraph.split("\n")))
            yield from _parameters(one, inner, tr)
    yield _head(tr.t("EXIT STATUS"))
    for code, meaning in EXITS:
        yield from (".TP", f".B {code}", _text(tr.message(meaning)))
    yield _head(tr.t("FILES"))
    yield from (".TP", ".I servaudit.yaml")
    yield _text(
        tr.t("The nearest one, here or further up as far as the git repository, says what holds for every command.")
    )
    yield _head(tr.t("ENVIRONMENT"))
    for name, meaning in ENVIRONMENT:
        yield from (".TP", f".B {_text(name)}", _text(tr.message(meaning)))


def _head(title: str) -> str:
    return f".SH {_text(title)}"


def _call(command: Any, ctx: Any, tr: Translator) -> str:  # noqa: ANN401 - see above
    """Write how a command is called, on one line."""
    words = usage.line(command, ctx, tr).split()
    return " ".join(words[words.index("servaudit") :])


def _parameters(command: Any, ctx: Any, tr: Translator) -> Iterator[str]:  # noqa: ANN401 - see above
    for param in command.get_params(ctx):
        if not param.hidden:
            yield from (".TP", f".B {_text(usage.parameter(param, ctx, tr))}", _text(usage.explained(param, ctx, tr)))


def _text(text: str) -> str:
    """Write a text so that nothing in it is a request, and every letter is one that any roff knows.

    A line may end after each of several choices: they are one word, and may be longer than a line.
    """
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq").replace("|", "|\\:")
    escaped = re.sub(r"[^\x00-\x7f]", lambda match: f"\\[u{ord(match[0]):04X}]", escaped)
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped
