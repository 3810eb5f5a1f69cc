"""What is wrong with a command line: told from what typer says of it in English, in our words, with what was meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from servaudit.cli import usage
from servaudit.diagnostics import Message, did_you_mean, msg

if TYPE_CHECKING:
    from servaudit.i18n.translator import Translator

# Exceptions are `Any`: typer carries them from click, and names only their first ancestor in public.


class Complaint(NamedTuple):
    """What is wrong and, where it is known, what to do."""

    message: Message
    help: Message | None = None


_SENTENCES: Final = {
    r"Option '(?P<name>.+)' requires an argument\.": msg("{name} needs a value after it"),
    r"Option '(?P<name>.+)' does not take a value\.": msg("{name} takes no value"),
    r"Got unexpected extra argument\(s\) \((?P<name>.*)\)": msg("more is named than can be taken: {name}"),
    r"Missing command\.": msg("a command is missing"),
    r"No such command '(?P<name>.*?)'\..*": msg("there is no command “{name}”"),
    r"No such command '(?P<name>.*?)'\. Did you mean .*": msg("there is no command “{name}”"),
}
"""What typer says where its exceptions hold no more than the sentence; what is not here is shown as it is said."""


def complaint(error: Any, ctx: Any, tr: Translator) -> Complaint:  # noqa: ANN401 - see above
    """Say what is wrong with the command line that a command (that of `ctx`) was called with."""
    if hasattr(error, "possibilities"):
        known = [option for param in ctx.command.get_params(ctx) for option in (*param.opts, *param.secondary_opts)]
        message = msg("there is no option {name}", name=error.option_name)
        return Complaint(message, did_you_mean(error.option_name, [name for name in known if name.startswith("-")]))
    param = getattr(error, "param", None)
    if param is None:
        return _sentence(error.message, getattr(ctx.command, "commands", {}))
    name = usage.name(param, tr)
    if hasattr(error, "param_type"):
        return Complaint(msg("{name} is missing", name=name))
    return _bad_value(error, name, [str(choice) for choice in param.type_descriptor.choices or ()])


def _sentence(said: str, commands: dict[str, object]) -> Complaint:
    for pattern, message in _SENTENCES.items():
        if found := re.fullmatch(pattern, said, re.DOTALL):
            values = found.groupdict()
            near = did_you_mean(values["name"], commands) if "command" in pattern and "name" in values else None
            return Complaint(msg(message.template, **values), near)
    return Complaint(msg("{reason}", reason=said))


def _bad_value(error: Any, name: str, choices: list[str]) -> Complaint:  # noqa: ANN401 - see above
    """Say why the value of an option or argument cannot be taken; typer leaves that to pydantic."""
    from servaudit.load.words import TYPES  # noqa: PLC0415 - only when something is wrong

    errors: list[dict[str, Any]] = getattr(error.__cause__, "errors", list)()
    if not errors:
        return Complaint(msg("{name}: {reason}", name=name, reason=error.message))
    kind, value = errors[0]["type"], str(errors[0]["input"])
    if choices:
        message = msg("{name}: “{value}” is not one of {choices}", name=name, value=value, choices=choices)
        return Complaint(message, did_you_mean(value, choices))
    if kind in TYPES:
        wanted = TYPES[kind]
        return Complaint(msg("{name}: {wanted} is expected, not “{value}”", name=name, wanted=wanted, value=value))
    return Complaint(msg("{name}: {reason}", name=name, reason=errors[0]["msg"]))
