"""The help of each command, laid out in one language: what it does, its arguments, its options, the commands in it."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from servaudit.i18n.translator import Translator

    Rows = Iterable[tuple[str, str]]

# Commands, parameters and contexts are `Any`: typer carries them from click, and names none of their types in public.


def page(command: Any, ctx: Any, tr: Translator) -> str:  # noqa: ANN401 - see above
    """Write all that `--help` says."""
    out = ctx.make_formatter()
    _usage(command, ctx, tr, out)
    out.write_paragraph()
    with out.indentation():
        out.write_text(tr.word(inspect.cleandoc(command.help)))
    params = [param for param in command.get_params(ctx) if not param.hidden]
    arguments = [param for param in params if param.param_type_name == "argument"]
    _section(out, tr.t("Arguments:"), [(_argument(param, ctx, tr), explained(param, ctx, tr)) for param in arguments])
    options = [param for param in params if param.param_type_name == "option"]
    _section(out, tr.t("Options:"), [(_option(param, ctx, tr), explained(param, ctx, tr)) for param in options])
    commands = [(name, summary(one, tr)) for name, one in getattr(command, "commands", {}).items() if not one.hidden]
    _section(out, tr.t("Commands:"), commands)
    return str(out.getvalue().rstrip("\n"))


def line(command: Any, ctx: Any, tr: Translator) -> str:  # noqa: ANN401 - see above
    """Write how a command is called: `Usage: servaudit explain [OPTIONS] OBSERVATION [ID]`."""
    out = ctx.make_formatter()
    _usage(command, ctx, tr, out)
    return str(out.getvalue().rstrip("\n"))


def summary(command: Any, tr: Translator) -> str:  # noqa: ANN401 - see above
    """Write the first paragraph of what a command says of itself, on one line."""
    return " ".join(tr.word(inspect.cleandoc(command.help or "")).partition("\n\n")[0].split("\n"))


def name(param: Any, tr: Translator) -> str:  # noqa: ANN401 - see above
    """Name a parameter as its users know it: `OBSERVATION`, `-o, --output`."""
    if param.param_type_name == "argument":
        return tr.word((param.metavar or param.name.upper()).strip("[]"))
    return ", ".join(sorted(param.opts, key=lambda option: len(option) - len(option.lstrip("-"))))


def _usage(command: Any, ctx: Any, tr: Translator, out: Any) -> None:  # noqa: ANN401 - see above
    pieces = [tr.t("[OPTIONS]")]
    for param in command.get_params(ctx):
        if param.param_type_name == "argument":
            piece = name(param, tr) + ("..." if param.nargs != 1 else "")
            pieces.append(piece if param.required else f"[{piece}]")
    if hasattr(command, "commands"):
        pieces.append(tr.t("COMMAND [ARGUMENTS]..."))
    out.write_usage(ctx.command_path, " ".join(pieces), prefix=tr.t("Usage:") + " ")


def _section(out: Any, title: str, rows: Rows) -> None:  # noqa: ANN401 - see above
    rows = list(rows)
    if rows:
        with out.section(title.removesuffix(":")):  # it adds the colon
            out.write_dl(rows)


def parameter(param: Any, ctx: Any, tr: Translator) -> str:  # noqa: ANN401 - see above
    """Write a parameter as it stands in the help: its name and the value it takes."""
    return _argument(param, ctx, tr) if param.param_type_name == "argument" else _option(param, ctx, tr)


def _argument(param: Any, ctx: Any, tr: Translator) -> str:  # noqa: ANN401 - see above
    return f"{name(param, tr)} {_choices(param, ctx)}".rstrip()


def _option(param: Any, ctx: Any, tr: Translator) -> str:  # noqa: ANN401 - see above
    if param.is_flag:
        return " / ".join([name(param, tr), *param.secondary_opts])
    value = tr.word(param.metavar) if param.metavar else _choices(param, ctx) or param.display_type(ctx)
    return f"{name(param, tr)} {value}"


def _choices(param: Any, ctx: Any) -> str:  # noqa: ANN401 - see above
    return str(param.display_type(ctx)) if param.type_descriptor.is_choice else ""


def explained(param: Any, ctx: Any, tr: Translator) -> str:  # noqa: ANN401 - see above
    """Write what a parameter is for, whether it is needed, else what it is when it is left out."""
    default = param.get_default(ctx, call=False)
    if param.required:
        rest = tr.t("required")
    elif param.show_default and default not in (None, False, (), []):
        rest = tr.t("default: {value}", value=param.opts[0] if default is True else str(default))
    else:
        return tr.word(param.help)
    return f"{tr.word(param.help)}  [" + rest.replace(" ", "\N{NO-BREAK SPACE}") + "]"
