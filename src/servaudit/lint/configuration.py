"""Faults of meaning in a configuration: switches that would do nothing, templates of another format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.diagnostics import CODES, Problem, did_you_mean, msg
from servaudit.model.configuration import SWITCHED

if TYPE_CHECKING:
    from servaudit.model.configuration import Configuration


def lint_configuration(configuration: Configuration) -> list[Problem]:
    """Find the switches of codes that do not exist or that nothing can switch, and templates that cannot be used."""
    found = []
    for form in ("html", "xlsx"):
        name = getattr(configuration.templates, form)
        if name is not None and not name.lower().endswith(f".{form}"):
            message = msg("the name of this template ends in .{form}", form=form)
            found.append(Problem("bad-value", ("templates", form), message))
    for code in configuration.lint:
        if code in SWITCHED:
            continue
        place = ("lint", code)
        if code in CODES:
            message = msg("“{code}” is an error, which stays one: only warnings can be switched", code=code)
            found.append(Problem("unknown-code", place, message, on_key=True))
        else:
            message = msg("“{code}” is no code of a warning", code=code)
            found.append(Problem("unknown-code", place, message, did_you_mean(code, SWITCHED), on_key=True))
    return found
