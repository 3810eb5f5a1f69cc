"""The application: the commands, and what happens to everything that goes wrong in any of them."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any, Final, cast

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from servaudit import __version__
from servaudit.cli import streams
from servaudit.cli.exits import EndError, Exit
from servaudit.cli.language import LANG  # noqa: TC001 - typer reads annotations when it runs
from servaudit.cli.words import Application, Worded, refused, show

if TYPE_CHECKING:
    from types import TracebackType


class Guarded(Worded, TyperGroup):
    """Ends each command with the right exit code, and never with a traceback."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - typer's context is not public
        """Read the command line; without anything in it, say what could be."""
        if not args and not ctx.resilient_parsing:
            typer.echo(self.get_help(ctx), err=True)
            raise typer.Exit(Exit.USAGE)
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - same
        """Find the command that is named first."""
        try:
            return super().resolve_command(ctx, args)
        except TyperException as error:
            raise refused(error, ctx) from None

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - typer's context is not public
        """Run the command that was asked for."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except KeyboardInterrupt:
            raise typer.Exit(Exit.INTERRUPTED) from None
        except BrokenPipeError:
            streams.drop(sys.stdout)
            raise typer.Exit(Exit.OUTPUT) from None
        except TyperException as error:
            raise refused(error, ctx) from None
        except typer.Abort:  # at a question
            raise typer.Exit(Exit.INTERRUPTED) from None
        except EndError as end:
            show().failure(end.message)
            raise typer.Exit(end.exit) from None
        return result


def say_unwritten(error: OSError) -> None:
    """Say why standard output could not be written, to whoever did not just stop reading it."""
    from servaudit.cli.show import unwritten  # noqa: PLC0415 - only when something goes wrong

    if not isinstance(error, BrokenPipeError):
        show().failure(unwritten(error).message)


def last_words(error: Exception) -> int:
    """Give the exit code of what no command foresaw: a console that cannot be written, else a bug, which is reported.

    Help and wrong usage are printed by typer, which lets what happens to the console escape.
    """
    if isinstance(error, OSError) and error.filename is None:
        if (code := getattr(error.__context__, "exit_code", None)) is not None:  # wrong usage, which could not be said
            return int(code)
        say_unwritten(error)
        return Exit.OUTPUT
    with suppress(OSError):
        sys.stderr.write(bug_report(error))
    return Exit.BUG


def bug_report(error: BaseException) -> str:
    """Say what to send us of an error that is ours: its kind and where it happened, nothing of the user's data."""
    import platform  # noqa: PLC0415 - only a bug needs it

    trace: TracebackType | None = error.__traceback__
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        module = trace.tb_frame.f_globals.get("__name__", "?")
        if module.partition(".")[0] == "servaudit":
            places.append(f"  {module}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return "\n".join(
        [
            f"servaudit {__version__} met a fault of its own: {type(error).__name__}",
            *places[-6:],
            f"Python {platform.python_version()} on {platform.system()}",
            "Please open an issue of the servaudit project with these lines, and say what you did.",
            "",
        ]
    )


app = Application(
    name="servaudit",
    cls=Guarded,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # help that is plain text can be read aloud, piped and searched
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def servaudit(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and end.", is_eager=True)] = False,  # noqa: FBT002 - a flag of the command line
    lang: LANG = None,
) -> None:
    """Audit the quality of a service: standards in YAML, visits scored, reports anybody can check."""
    if lang is not None:
        ctx.default_map = {name: {"lang": lang} for name in cast("Guarded", ctx.command).commands}
    if version:
        typer.echo(f"servaudit {__version__}")
        raise typer.Exit


COMMANDS: Final = {
    "init": "init",
    "new": "new",
    "list": "list_",
    "show": "description",
    "score": "score",
    "explain": "explain",
    "checklist": "checklist",
    "validate": "validate",
    "verify": "verify",
    "compare": "compare",
    "diff": "diff",
    "bump": "bump",
    "migrate": "migrate",
    "import": "import_",
    "config": "config",
    "schema": "schema",
    "template": "template",
    "textconv": "textconv",
}
"""The commands in the order of the help, and the modules beside this one that they are in."""


def application(*names: str) -> Application:
    """Give the application with these commands, which register themselves on it; all of them when none is named."""
    app.registered_commands.clear()  # of an earlier call in this process, where it is called again
    for name in names or COMMANDS:
        import_module(f"servaudit.cli.{COMMANDS[name]}").register(app)
    return app


def main() -> None:
    """Run the command line."""
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"  # what else is installed has no part in reading documents
    # Where a command is named first, the others are not loaded; help and mistakes speak of all.
    named = [name for name in sys.argv[1:2] if name in COMMANDS]
    application(*named)(prog_name="servaudit")
