"""Commands that say what they are, and what is wrong with how they were called, in the language of who called them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand
from typer.exceptions import TyperException

from servaudit.cli.exits import Exit
from servaudit.diagnostics import msg

if TYPE_CHECKING:
    from servaudit.cli.show import Show
    from servaudit.i18n.translator import Translator

# Contexts and items of completion are `Any`: typer carries them from click, and does not name them in public.


def show() -> Show:
    """Give a console that speaks the language of the command line, else that of the environment."""
    from servaudit.cli.language import asked, spoken  # noqa: PLC0415 - only for help, or when something goes wrong
    from servaudit.cli.show import Show  # noqa: PLC0415 - same

    return Show(spoken(asked(sys.argv)))


def _tr() -> Translator:
    return show().say


class Worded:
    """What commands and groups have in common. The modules that say it are loaded when something is to be said."""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 - see above
        """Write the help."""
        from servaudit.cli import usage  # noqa: PLC0415 - see above
        from servaudit.cli.show import sayable  # noqa: PLC0415 - same

        return sayable(usage.page(self, ctx, _tr()), sys.stdout)

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - lines are wrapped, not cut
        """Write what the command does in a sentence, for completion."""
        from servaudit.cli import usage  # noqa: PLC0415 - see above

        return usage.summary(self, _tr())

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:  # noqa: ANN401 - see above
        """Complete a word."""
        items: list[Any] = super().shell_complete(ctx, incomplete)  # type: ignore[misc] # typer's classes have it
        tr = _tr()
        for item in items:
            item.help = item.help and tr.word(item.help)
        return items

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - see above
        """Read the command line. Ends with 2 and what is wrong where it cannot be read."""
        try:
            return super().parse_args(ctx, args)  # type: ignore[misc,no-any-return] # typer's classes have it
        except TyperException as error:
            raise refused(error, ctx) from None


class WordedCommand(Worded, TyperCommand):
    """A command."""


class Application(typer.Typer):
    """The application: every command of it is worded."""

    def command(self, name: str | None = None, **options: Any) -> Any:  # noqa: ANN401 - typer's own
        """Register a command, as typer does."""
        return super().command(name, cls=WordedCommand, **options)


def refused(error: TyperException, ctx: Any) -> BaseException:  # noqa: ANN401 - see above
    """Say on stderr what is wrong with a command line, and give the exception that ends the command."""
    if ctx.resilient_parsing:  # a word is being completed: nothing is wrong yet
        return error
    from servaudit.cli import usage  # noqa: PLC0415 - see above
    from servaudit.cli.misuse import complaint  # noqa: PLC0415 - same

    console = show()
    found = complaint(error, ctx, console.say)
    console.raw(usage.line(ctx.command, ctx, console.say) + "\n", to="err")
    console.failure(found.message, found.help or msg("{command} --help says more", command=ctx.command_path))
    return typer.Exit(Exit.USAGE)
