"""Writes problems as workflow commands of GitHub Actions, which shows them beside the lines of a pull request.

A command is `::error file=…,line=…::message`. The runner also reads an older form, `##[…]`, anywhere in a line, so no
text that somebody typed keeps either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.diagnostics import Span
from servaudit.render.problems import helped, path, told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from servaudit.diagnostics import Diagnostic
    from servaudit.i18n.translator import Translator


def render(problems: Iterable[Diagnostic], tr: Translator) -> str:
    """Write one command for each problem."""
    return "".join(f"{_command(problem, tr)}\n" for problem in problems)


def _command(problem: Diagnostic, tr: Translator) -> str:
    where = problem.where
    properties = {"file": path(problem.file)}
    if isinstance(where, Span):
        properties |= {"line": str(where.line), "col": str(where.column), "endColumn": str(where.end_column)}
    properties["title"] = f"servaudit: {problem.code}"
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    text = "\n".join(filter(None, (told(problem, tr), helped(problem, tr))))
    return f"::{problem.severity} {listed}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("##[", "# #[").replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
